"""SQLite's files and errors: a copy, whether one is whole, whether erased words may still be in its log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import Damaged, StoreError, StoreUnavailable
from bot.store import migrate
from bot.store.engine import Taken


def unemptied(path: Path) -> Path:
    """The mark beside a database whose log still holds words that were erased."""
    return path.with_name(f"{path.name}.erasing")


def meaning(error: Exception, cannot_be: str) -> Exception:
    """The error of the storage port for one of SQLite, which cannot be read or written; any other as it is."""
    if isinstance(error, sqlite3.IntegrityError):
        # "UNIQUE constraint failed: seen.event, seen.session"
        return Taken(str(error), str(error).rpartition(": ")[2].partition(".")[0])
    if isinstance(error, sqlite3.OperationalError | OSError):
        return StoreUnavailable(
            f"The database cannot be {cannot_be}: {error}. Nothing is half-written and nothing is "
            "lost; free some space or end what locks it, and it goes on by itself."
        )
    if type(error) is sqlite3.DatabaseError:  # its subclasses are faults of ours
        return Damaged(
            f"The database is damaged: {error}. Stop Storycircle, and restore your last backup: "
            "storycircle restore FILE --replace. What is there now is kept beside it."
        )
    return error


def copy(path: Path, target: Path) -> None:
    """Write a copy of a database as of one moment, also while it is in use, without bytes of what was erased.

    Raises:
        StoreError: it can't be read, or the copy can't be written.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise StoreError(f"The database {path} can't be copied: {error}.") from error


def check(path: Path) -> str:
    """The fault of a database that nobody has open; empty if there is none."""
    migrate.version(path)
    try:
        with closing(sqlite3.connect(migrate.reading(path), uri=True)) as connection:
            [found] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == "ok" else str(found)
