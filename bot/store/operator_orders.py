"""What commands of the operator's ask of the process that runs, which alone writes: a command leaves an order."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.errors import StoreError
from bot.store import codec
from bot.store.engine import Rows
from bot.store.migrate import HEAD, version

PATIENCE = 60.0  # seconds until a command no longer waits for its answer
LOOK = 0.2  # seconds between two looks for it
A_DAY = 86_400.0  # seconds after which an answer that nobody read goes


def waiting(db: Rows) -> list[tuple[str, dict[str, Any]]]:
    """The orders that nobody has followed yet, the first one first."""
    rows = db.execute("SELECT id, body FROM operator_order WHERE answer = '' ORDER BY at, id").fetchall()
    return [(id, codec.read(body)) for id, body in rows]


def answer(db: Rows, id: str, text: str) -> None:
    """An order was followed; what it was about is not kept."""
    db.erased()
    db.execute("UPDATE operator_order SET answer = ?, body = '{}' WHERE id = ?", (text, id))
    db.execute("DELETE FROM operator_order WHERE answer <> '' AND at < ?", (time.time() - A_DAY,))


class Desk:
    """Where a command leaves its orders, beside whatever process works with the database."""

    def __init__(self, path: Path) -> None:
        """Find the database.

        Raises:
            StoreError: there is none, or it is that of an older Storycircle.
        """
        current = version(path)
        if current != HEAD:
            raise StoreError(
                f"There is no database {path} yet. The first start makes it: storycircle run."
                if current is None
                else f"The database {path} is that of an older Storycircle. Start this one once: storycircle run."
            )
        self._path = path

    def leave(self, order: Mapping[str, str]) -> str:
        """Leave an order; its number."""
        id = secrets.token_hex(8)
        self._do(
            "INSERT INTO operator_order (id, body, answer, at) VALUES (?,?,'',?)",
            (id, codec.write(dict(order)), time.time()),
        )
        return id

    def answer(self, id: str) -> str:
        """Wait for what was done, and forget the order; empty if nobody has followed it in time."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            [row] = self._do("SELECT answer FROM operator_order WHERE id = ?", (id,)) or [("",)]
            if row[0]:
                self._do("DELETE FROM operator_order WHERE id = ?", (id,))
                return str(row[0])
            time.sleep(LOOK)
        return ""

    def _do(self, sql: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as db, db:
                db.execute("PRAGMA secure_delete=ON")
                return db.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"The database {self._path} cannot be written just now: {error}.") from error
