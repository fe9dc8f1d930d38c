"""The storage port: what a database engine has to offer, and nothing that only one of them has.

All SQL of the program is written once, for every engine: standard SQL, with `?` for parameters, `listed` for
lists, and the functions `instr` and `json_extract`, which an engine that lacks them defines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Taken(Exception):
    """A row of this key is there already.

    Args:
        table: where.
    """

    def __init__(self, message: str, table: str) -> None:
        super().__init__(message)
        self.table = table


class Cursor(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """The number of rows that the statement changed."""
        ...

    def fetchone(self) -> Any:
        """The next row as a tuple; None if there is none."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Rows(Protocol):
    """The rows of the database, as a job on the database thread reads and writes them.

    Texts are kept without NUL, whoever hands them over, and whether they are a name, a key or somebody's words.
    A job lets every error of the engine pass: one that it caught would leave a broken transaction behind.
    """

    @property
    def listed(self) -> str:
        """The SQL between the parentheses of `IN (…)`, for one parameter: a list of texts as JSON."""
        ...

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor:
        """Run a statement once for each of these parameters."""
        ...

    def erased(self) -> None:
        """Somebody's words were taken away: after the commit no copy of them may stay in a log."""
        ...


class Engine(Protocol):
    """A database, open. Its own errors come as `Taken` and `StoreUnavailable`."""

    commits: int  # how many there were
    writes: int  # that shared them
    damage: str  # what is broken in the database itself, once somebody came upon it
    leader: str  # the name under which this process leads; each transaction sees first that it still does

    async def write(self, job: Callable[[Rows], T], *, lazy: bool = False) -> T:
        """Run `job` inside the next transaction; returns when that is on disk.

        Args:
            job: raises to undo what it did; it may run twice, the first time undone.
            lazy: nobody waits for this one: give others a moment to ride along.

        Raises:
            Taken: a row of this key is there already.
            StoreUnavailable: the database cannot be written; nothing is half-written.
            Superseded: another process has taken over.
        """
        ...

    async def read(self, work: Callable[[Rows], T]) -> T:
        """Run a function that only reads.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        ...

    async def finish(self) -> None:
        """Return when nothing is left to write."""
        ...

    async def close(self) -> None:
        """Finish, and let go of the database."""
        ...


async def read(engine: Engine, sql: str, *parameters: Any) -> list[Any]:
    """The rows of one question."""
    return await engine.read(lambda db: db.execute(sql, parameters).fetchall())
