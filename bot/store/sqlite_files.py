"""SQLite's files and errors: a copy, whether one is whole, whether erased words may still be in its log."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from bot.errors import Damaged, StoreError, StoreUnavailable
from bot.store import migrate
from bot.store.engine import Taken

EMPTY_AGAIN = 1.0  # seconds until the log is tried to be emptied again


def unemptied(path: Path) -> Path:
    """The mark beside a database whose log still holds words that were erased."""
    return path.with_name(f"{path.name}.erasing")


class ErasingLog:
    """Empties the write-ahead log, in older pages of which blanked words still are.

    A reader that is in the way holds up nobody: it is tried again until it is done, and a mark beside the
    database says so meanwhile.

    Args:
        path: of the database.
        run: runs a function with the connection, on its thread.
    """

    def __init__(
        self, path: Path, run: Callable[[Callable[[sqlite3.Connection], None]], Awaitable[None]]
    ) -> None:
        self._mark = unemptied(path)
        self._run = run
        self._loop = asyncio.get_running_loop()
        self._again: asyncio.TimerHandle | None = None
        self._emptying: asyncio.Future[None] | None = None
        self._closing = False

    def empty(self, db: sqlite3.Connection) -> None:
        """Empty it now if nobody reads it, else soon; on the thread of the database."""
        db.execute("PRAGMA busy_timeout=0")
        try:
            [busy, *_] = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.DatabaseError:
            busy = 1
        finally:
            db.execute("PRAGMA busy_timeout=5000")
        if busy:
            self._loop.call_soon_threadsafe(self._try_again)
        with contextlib.suppress(OSError):  # a full disk: without the mark it is tried again just the same
            if busy:
                self._mark.touch(mode=0o600)
            else:
                self._mark.unlink(missing_ok=True)

    async def close(self) -> None:
        """Try no more."""
        self._closing = True
        if self._again is not None:
            self._again.cancel()
        if self._emptying is not None:
            await self._emptying

    def _try_again(self) -> None:
        if self._again is None and not self._closing:
            self._again = self._loop.call_later(EMPTY_AGAIN, self._empty_now)

    def _empty_now(self) -> None:
        self._again = None
        self._emptying = asyncio.ensure_future(self._run(self.empty))


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
