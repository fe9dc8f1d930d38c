"""The SQLite engine: one file, WAL, `synchronous=FULL`, and erasure that leaves no bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import Damaged, StoreError
from bot.store import migrate
from bot.store.codec import storable
from bot.store.group_commit import GroupCommit
from bot.store.sqlite_files import ErasingLog, meaning

T = TypeVar("T")

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a tick means: it is on disk
    "secure_delete=ON",  # what is erased is overwritten
    "busy_timeout=5000",
    "cache_size=-16000",
)


class SqliteRows(sqlite3.Connection):
    """A connection that knows how to spell a list, and whether words were erased."""

    listed = "SELECT value FROM json_each(?)"
    erasing = False

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """See `Rows.execute`."""
        return super().execute(sql, storable(parameters))

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """See `Rows.executemany`."""
        return super().executemany(sql, map(storable, parameters))

    def erased(self) -> None:
        """See `Rows.erased`."""
        self.erasing = True


class _Hop(aiosqlite.Connection):
    """A connection that can run a whole function on the database thread, in one hop.

    aiosqlite makes one hop for every statement, which is most of the cost of a small transaction.
    """

    async def run(self, work: Callable[[SqliteRows], T]) -> T:
        execute: Callable[..., Awaitable[T]] = self._execute
        return await execute(work, self._conn)


class SqliteEngine(GroupCommit):
    """One SQLite file; see `bot.store.engine.Engine`."""

    def __init__(self, hop: _Hop, path: Path) -> None:
        super().__init__()
        self._hop = hop
        self._log = ErasingLog(path, hop.run)

    @classmethod
    async def open(cls, path: Path, *, lasting: bool = True, reading: bool = False) -> SqliteEngine:
        """Open a file whose schema is up to date. One that is not `lasting` waits for no disk; `reading` never writes.

        Raises:
            StoreError: it cannot be used.
        """

        def connect() -> SqliteRows:
            address = migrate.reading(path) if reading else path
            return sqlite3.connect(address, uri=reading, isolation_level=None, factory=SqliteRows)

        def prepare(db: SqliteRows) -> None:
            pragmas = PRAGMAS if lasting else (*PRAGMAS, "synchronous=OFF")
            for pragma in ("busy_timeout=5000",) if reading else pragmas:
                db.execute(f"PRAGMA {pragma}")

        hop = _Hop(connect, 64)
        try:
            await hop
            await hop.run(prepare)
        except sqlite3.Error as error:
            raise StoreError(f"The database {path} cannot be opened: {error}.") from error
        engine = cls(hop, path)
        if not reading:
            await hop.run(engine._log.empty)  # what a crash left in it
        if not lasting:
            engine.lazy_seconds = 0.0  # nobody else is there to ride along
        return engine

    async def _run(self, work: Callable[[SqliteRows], T]) -> T:
        return await self._hop.run(work)

    def _begin(self, db: SqliteRows) -> None:
        db.execute("BEGIN IMMEDIATE")

    def _commit(self, db: SqliteRows) -> None:
        db.execute("COMMIT")

    def _roll_back(self, db: SqliteRows) -> None:
        if db.in_transaction:
            db.execute("ROLLBACK")

    def _settle(self, db: SqliteRows) -> None:
        if db.erasing:
            db.erasing = False
            self._log.empty(db)

    def _translated(self, error: Exception, cannot_be: str) -> Exception:
        meant = meaning(error, cannot_be)
        if isinstance(meant, Damaged):
            self.damage = str(meant)
        return meant

    async def _let_go(self) -> None:
        await self._log.close()
        await self._hop.close()
