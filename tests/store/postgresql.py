"""A PostgreSQL of the tests' own, so that the contract of the store is held by an engine other than SQLite.

Debian's package `postgresql` brings the programs; the cluster stands in a temporary folder and listens on a socket there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.errors import StoreUnavailable
from bot.store.codec import storable
from bot.store.engine import Taken
from bot.store.group_commit import GroupCommit
from bot.store.migrate import run_migrations

PORT = 54329  # a part of the socket's name: nothing listens on the network


def programs() -> Path:
    """The folder with initdb; without it a skip on a laptop, and a failure in CI."""
    beside = shutil.which("initdb")
    folders = [Path(beside).parent] if beside else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if folders:
        return folders[-1]
    if os.environ.get("CI") == "true":
        pytest.fail("No PostgreSQL: .ci/run installs it.")
    pytest.skip(
        "No PostgreSQL here (Debian's package postgresql): its part of the store's contract is left out."
    )


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running server; yields how to connect. PostgreSQL refuses to run as root: then it runs as `postgres`."""
    bin, data = programs(), folder / "data"
    user = "postgres" if os.geteuid() == 0 else None
    folder.mkdir(exist_ok=True)
    if user:
        shutil.chown(folder, user)
    as_user: dict[str, Any] = {
        "check": True, "user": user, "cwd": folder, "stdout": subprocess.DEVNULL, "extra_groups": [] if user else None,
    }  # fmt: skip
    subprocess.run(
        [bin / "initdb", "-D", data, "-U", "storycircle", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        **as_user,
    )
    options = f"-k {folder} -p {PORT} -c listen_addresses='' -c fsync=off"
    subprocess.run(
        [bin / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **as_user
    )
    try:
        yield f"host={folder} port={PORT} user=storycircle dbname=postgres"
    finally:
        subprocess.run([bin / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], **as_user)


@cache
def _spelled(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class PostgresRows:
    """What jobs read and write; see `bot.store.engine.Rows`."""

    listed = "SELECT jsonb_array_elements_text(CAST(? AS jsonb))"

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        return self.connection.execute(_spelled(sql), storable(parameters))

    def executemany(self, sql: str, parameters: Any, /) -> Any:
        cursor = self.connection.cursor()
        cursor.executemany(_spelled(sql), [storable(each) for each in parameters])
        return cursor

    def erased(self) -> None:
        pass  # this cluster is thrown away


class PostgresEngine(GroupCommit):
    """psycopg's connection on a thread of its own."""

    def __init__(self, rows: PostgresRows, thread: ThreadPoolExecutor) -> None:
        super().__init__()
        self._rows, self._thread = rows, thread

    @classmethod
    async def open(cls, address: str, schema: str) -> PostgresEngine:
        """A database with the tables of today, empty."""
        thread = ThreadPoolExecutor(1)

        def connect() -> PostgresRows:
            with psycopg.connect(address, autocommit=True) as first:
                # in the order of a language, as most installations have it, and not in that of bytes
                first.execute(
                    f"CREATE DATABASE {schema} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
                )
            own = address.replace("dbname=postgres", f"dbname={schema}")
            host, port = (part.partition("=")[2] for part in own.split()[:2])
            run_migrations(f"postgresql+psycopg://storycircle@/{schema}?host={host}&port={port}")
            return PostgresRows(psycopg.connect(own, autocommit=True))

        return cls(await asyncio.get_running_loop().run_in_executor(thread, connect), thread)

    async def _run(self, work: Callable[[Any], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self._rows)

    def _begin(self, db: PostgresRows) -> None:
        db.execute("BEGIN")

    def _commit(self, db: PostgresRows) -> None:
        # A job that swallowed an error leaves a broken transaction, whose COMMIT is a ROLLBACK without a word.
        assert db.execute("COMMIT").statusmessage == "COMMIT"

    def _roll_back(self, db: PostgresRows) -> None:
        db.execute("ROLLBACK")

    def _settle(self, db: PostgresRows) -> None:
        pass

    def _translated(self, error: Exception, cannot_be: str) -> Exception:
        if isinstance(error, psycopg.IntegrityError):
            return Taken(str(error), error.diag.table_name or "")
        if isinstance(error, psycopg.OperationalError):
            return StoreUnavailable(f"The database cannot be {cannot_be}: {error}.")
        return error

    async def _let_go(self) -> None:
        await self._run(lambda rows: rows.connection.close())
        self._thread.shutdown()
