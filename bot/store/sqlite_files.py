"""Database files: a copy of one, whether one is whole, and whether erased words may still be in its log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store import migrate


def unemptied(path: Path) -> Path:
    """The mark beside a database whose log still holds words that were erased."""
    return path.with_name(f"{path.name}.erasing")


def copy(path: Path, target: Path) -> None:
    """Write a copy of a database as of one moment, also while it is in use, without bytes of what was erased."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def check(path: Path) -> str:
    """The fault of a database that nobody has open; empty if there is none."""
    migrate.version(path)
    try:
        with closing(sqlite3.connect(migrate.reading(path), uri=True)) as connection:
            [found] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == "ok" else str(found)
