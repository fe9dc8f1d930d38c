"""Opens the database that a setting names, with the engine that it needs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.store import sqlite
from bot.store.migrate import bring_up_to_date
from bot.store.store import Store


async def open_store(path: Path, *, lasting: bool = True) -> Store:
    """Open the database, making or migrating it where needed.

    One that is not `lasting` waits for no disk: it is thrown away after a rehearsal.

    Raises:
        StoreError: the file is newer than this program, or cannot be used.
    """
    await asyncio.to_thread(bring_up_to_date, path)
    return Store(await sqlite.SqliteEngine.open(path, lasting=lasting), path.parent)


def copy_database(path: Path, target: Path) -> None:
    """Write a copy of a database as of one moment, also while it is in use."""
    sqlite.copy(path, target)
