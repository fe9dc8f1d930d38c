"""Rows of the Matrix adapter: the reactions to our messages, and erasure. SQL only."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from bot.core.model.events import Reacted
from bot.store import codec


def keep_reaction(c: sqlite3.Connection, event: Reacted) -> None:
    """Remember a reaction, so that its removal can be told."""
    c.execute(
        "INSERT INTO matrix_reaction (id, body) VALUES (?,?) ON CONFLICT DO NOTHING",
        (event.id, codec.dumps(event)),
    )


def reactions(c: sqlite3.Connection, ids: list[str]) -> Mapping[str, Reacted]:
    """Those of these events that were reactions."""
    marks = ",".join("?" * len(ids))
    found = c.execute(f"SELECT id, body FROM matrix_reaction WHERE id IN ({marks})", ids)  # noqa: S608
    return {id: codec.loads(body) for id, body in found.fetchall()}


def forget(c: sqlite3.Connection, person: str) -> None:
    """Nothing of this person is kept here."""
    c.execute("DELETE FROM matrix_reaction WHERE instr(body, ?) > 0", (f'"{person}"',))
    c.execute("DELETE FROM matrix_room WHERE channel = ?", (f"matrix:~{person.partition(':')[2]}",))
