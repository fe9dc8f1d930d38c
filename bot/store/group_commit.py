"""Group commit: everything that waits to be written shares one transaction, and so one fsync.

One commit a message is the ceiling of a naive bot. Here whoever writes while a commit is under way
waits for the next one, together with all others.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import aiosqlite

from bot.errors import StoreUnavailable

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]

LAZY_SECONDS = 0.02  # how long a write that nobody waits for may wait for company


class Hop(aiosqlite.Connection):
    """A connection that can run a whole function on the database thread, in one hop.

    aiosqlite makes one hop for every statement, which is most of the cost of a small transaction.
    """

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on the database thread."""
        execute: Callable[..., Awaitable[T]] = self._execute
        return await execute(work, self._conn)


async def connect(path: str) -> Hop:
    """An open connection; transactions are begun by hand."""
    hop = Hop(lambda: sqlite3.connect(path, isolation_level=None), 64)
    await hop
    return hop


class GroupCommit:
    """Runs jobs in shared transactions. A job that fails does not take its neighbours along."""

    def __init__(self, connection: Hop) -> None:
        self._connection = connection
        self._jobs: list[tuple[Job, asyncio.Future[Any]]] = []
        self._drain: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self.commits = 0
        self.lazy_seconds = LAZY_SECONDS
        self.truncate_after = False  # set by a job that erased something

    async def write(self, job: Callable[[sqlite3.Connection], T], *, lazy: bool = False) -> T:
        """Run `job` inside the next transaction; returns when that is on disk.

        Args:
            job: gets the connection, on the database thread; raises to undo what it did.
            lazy: nobody waits for this one: give others a moment to ride along.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.append((job, future))
        if self._drain is None:
            if not lazy:
                self._start()
            elif self._later is None:
                self._later = loop.call_later(self.lazy_seconds, self._start)
        return await future

    def _start(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._drain is None:
            self._drain = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._jobs:
                jobs, self._jobs = self._jobs, []
                work = partial(self._transact, jobs)
                results = await self._connection.run(work)
                for (_, future), (done, result) in zip(jobs, results, strict=True):
                    if future.cancelled():
                        continue
                    if done:
                        future.set_result(result)
                    else:
                        future.set_exception(result)
        finally:
            self._drain = None

    def _transact(
        self, jobs: list[tuple[Job, asyncio.Future[Any]]], connection: sqlite3.Connection
    ) -> list[tuple[bool, Any]]:
        try:
            results = [(True, result) for result in self._together(connection, [j for j, _ in jobs])]
        except Exception as error:
            if len(jobs) == 1:
                results = [(False, error)]
            else:
                results = [self._alone(connection, job) for job, _ in jobs]
        if self.truncate_after:
            # Blanked words are still in older pages of the write-ahead log until it is emptied.
            self.truncate_after = False
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return results

    def _together(self, connection: sqlite3.Connection, jobs: list[Job]) -> list[Any]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            results = [job(connection) for job in jobs]
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise StoreUnavailable(
                    f"The database cannot be written: {error}. Nothing is half-written and nothing is "
                    "lost; free some space or end what locks it, and it goes on by itself."
                ) from error
            raise
        self.commits += 1
        return results

    def _alone(self, connection: sqlite3.Connection, job: Job) -> tuple[bool, Any]:
        try:
            return True, self._together(connection, [job])[0]
        except Exception as error:
            return False, error

    async def finish(self) -> None:
        """Wait until nothing is left to write."""
        while self._jobs or self._drain is not None:
            self._start()
            drain = self._drain
            if drain is not None:
                await drain
