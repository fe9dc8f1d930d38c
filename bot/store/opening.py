"""Opens the database that a setting names, with the engine that it needs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.errors import StoreError
from bot.store import sqlite, sqlite_files
from bot.store.migrate import HEAD, bring_up_to_date, version
from bot.store.store import Store


async def open_store(path: Path, *, lasting: bool = True) -> Store:
    """Open the database, making or migrating it where needed.

    One that is not `lasting` waits for no disk: it is thrown away after a rehearsal.

    Raises:
        StoreError: the file is newer than this program, or cannot be used.
    """
    await asyncio.to_thread(bring_up_to_date, path)
    return Store(await sqlite.SqliteEngine.open(path, lasting=lasting), path.parent)


async def look_into(path: Path) -> Store:
    """Open a database only to read it, also while another process works with it; nothing is written.

    Raises:
        StoreError: there is none, its schema is not that of this program, or it cannot be used.
    """
    current = await asyncio.to_thread(version, path)
    if current is None:
        raise StoreError(f"There is no database {path} yet. The first start makes it: storycircle run.")
    if current != HEAD:
        raise StoreError(
            f"The database {path} is that of an older Storycircle (schema {current}; this one knows {HEAD}). "
            "It is left as it is; the next start brings it up to date."
        )
    return Store(await sqlite.SqliteEngine.open(path, reading=True), path.parent)


def copy_database(path: Path, target: Path) -> None:
    """Write a copy of a database as of one moment, also while it is in use."""
    sqlite_files.copy(path, target)


def check(path: Path) -> str:
    """Read a whole database that nobody has open; what is wrong with it, empty if nothing is.

    Raises:
        StoreError: it is none of ours, or from a newer program.
    """
    return sqlite_files.check(path)


def holds_erased_words(path: Path) -> bool:
    """True if a reader keeps the log of a database from being emptied of words that were erased."""
    return sqlite_files.unemptied(path).exists()
