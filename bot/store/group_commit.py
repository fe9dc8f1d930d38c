"""Group commit: everything that waits to be written shares one transaction, and so one fsync.

One commit a message is the ceiling of a naive bot. Here whoever writes while a commit is under way
waits for the next one, together with all others.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from bot.errors import Superseded
from bot.store.engine import Rows

T = TypeVar("T")
Job = Callable[[Rows], Any]

LEADS = "SELECT 1 FROM cursor WHERE platform = 'leader' AND value = ?"
LAZY_SECONDS = 0.02  # how long a write that nobody waits for may wait for company


class GroupCommit(ABC):
    """An engine that runs jobs in shared transactions. A job that fails does not take its neighbours along.

    A kind of database says how a function gets onto its thread, what begins and ends a transaction there, and
    what its errors mean.
    """

    def __init__(self) -> None:
        self._jobs: list[tuple[Job, asyncio.Future[Any]]] = []
        self._awaited = False  # somebody waits for one of the jobs
        self._drain: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None
        self.commits = self.writes = 0  # transactions on disk, and the writes that shared them
        self.leader, self.damage = "", ""
        self.lazy_seconds = LAZY_SECONDS

    @abstractmethod
    async def _run(self, work: Callable[[Any], T]) -> T:
        """Run a function with the connection, on the database thread."""

    @abstractmethod
    def _begin(self, db: Any) -> None:
        """Begin a transaction that may write."""

    @abstractmethod
    def _commit(self, db: Any) -> None:
        """Put the transaction on disk."""

    @abstractmethod
    def _roll_back(self, db: Any) -> None:
        """Undo the transaction, if there is one."""

    @abstractmethod
    def _settle(self, db: Any) -> None:
        """Do what has to follow a transaction, such as emptying the log after words were erased."""

    @abstractmethod
    def _translated(self, error: Exception, cannot_be: str) -> Exception:
        """The error of the port for one of the database, which cannot be read or written; any other as it is."""

    @abstractmethod
    async def _let_go(self) -> None:
        """Close the connection, and end the thread."""

    async def write(self, job: Callable[[Rows], T], *, lazy: bool = False) -> T:
        """Run `job` inside the next transaction; returns when that is on disk."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.append((job, future))
        if not lazy:
            self._awaited = True
            if self._drain is None:
                self._start()
        elif self._drain is None:
            self._start_later()
        return await future

    async def read(self, work: Callable[[Rows], T]) -> T:
        """Run a function that only reads, on the database thread."""
        try:
            return await self._run(work)
        except Exception as error:
            meant = self._translated(error, "read")
            if meant is error:
                raise
            raise meant from error

    def _start_later(self) -> None:
        if self._later is None:
            loop = asyncio.get_running_loop()
            self._later = loop.call_later(self.lazy_seconds, self._start)

    def _start(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        self._awaited = True
        if self._drain is None:
            self._drain = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._jobs and self._awaited:
                jobs, self._jobs, self._awaited = self._jobs, [], False
                work = partial(self._transact, jobs)
                results = await self._run(work)
                for (_, future), (done, result) in zip(jobs, results, strict=True):
                    if future.cancelled():
                        continue
                    if done:
                        future.set_result(result)
                    else:
                        future.set_exception(result)
        finally:
            self._drain = None
            if self._jobs:
                self._start_later()  # nobody waits for what is left: it goes with whatever is written next

    def _transact(self, jobs: list[tuple[Job, asyncio.Future[Any]]], db: Any) -> list[tuple[bool, Any]]:
        try:
            results = [(True, result) for result in self._together(db, [job for job, _ in jobs])]
        except Exception as error:
            if len(jobs) == 1:
                results = [(False, error)]
            else:
                results = [self._alone(db, job) for job, _ in jobs]
        self._settle(db)
        return results

    def _together(self, db: Any, jobs: list[Job]) -> list[Any]:
        try:
            self._begin(db)
            if self.leader and db.execute(LEADS, (self.leader,)).fetchone() is None:
                raise Superseded("Another Storycircle has taken over; this one writes nothing any more.")
            results = [job(db) for job in jobs]
            self._commit(db)
        except BaseException as error:
            self._roll_back(db)
            meant = self._translated(error, "written") if isinstance(error, Exception) else error
            if meant is error:
                raise
            raise meant from error
        self.commits, self.writes = self.commits + 1, self.writes + len(jobs)
        return results

    def _alone(self, db: Any, job: Job) -> tuple[bool, Any]:
        try:
            return True, self._together(db, [job])[0]
        except Exception as error:
            return False, error

    async def finish(self) -> None:
        """Return when nothing is left to write."""
        while self._jobs or self._drain is not None:
            self._start()
            drain = self._drain
            if drain is not None:
                await drain

    async def close(self) -> None:
        """Finish, and let go of the database."""
        await self.finish()
        await self._let_go()
