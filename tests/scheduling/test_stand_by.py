"""Two processes on one folder: one works, the other stands by, and takes over what is due."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.errors import Superseded
from bot.scheduling.decision import Changed
from bot.scheduling.phrases import When
from bot.scheduling.plan import Plan, State, planned
from bot.store import Decided
from bot.store.leadership import lead
from bot.store.opening import open_store
from tests.platforms.web.house import ROOT
from tests.ports import free_port
from tests.support import fresh


async def run(data: Path, *more: str, port: int = 0) -> asyncio.subprocess.Process:
    env = {
        **os.environ,
        "STORYCIRCLE_DATA": str(data),
        "STORYCIRCLE_PORT": str(port or free_port()),
        "STORYCIRCLE_TAKE_OVER_AFTER": "4",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *more, cwd=ROOT, env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def says(process: asyncio.subprocess.Process, word: bytes) -> None:
    assert process.stdout and process.stderr
    async with asyncio.timeout(30):
        while word not in (line := await process.stdout.readline()):
            assert line, (await process.stderr.read()).decode()[-2000:]


@asynccontextmanager
async def ended(*processes: asyncio.subprocess.Process) -> AsyncIterator[None]:
    try:
        yield
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def touched(file: Path) -> None:
    before = file.stat().st_mtime_ns
    async with asyncio.timeout(10):
        while file.stat().st_mtime_ns == before:
            await asyncio.sleep(0.05)


def leader(data: Path) -> str:
    with sqlite3.connect(f"file:{data}/storycircle.db?mode=ro", uri=True) as database:
        return str(database.execute("SELECT value FROM cursor WHERE platform = 'leader'").fetchone()[0])


async def due_in(data: Path, seconds: int) -> None:
    """A plan whose door opens so soon, written behind the back of whoever runs."""
    now = datetime.now(timezone.utc)
    at = now + timedelta(minutes=10, seconds=seconds)
    when = When((at.replace(tzinfo=None),), "UTC")
    made = Plan(
        id="due", community="web", rooms=("web:circle",), host="web:host", host_name="Hedi",
        workshop="first-circle", title="First circle", when=when, state=State.ON, made=now, passed=now,
    )  # fmt: skip
    plan = replace(planned(made, now), version=1)
    store = await open_store(fresh(data / "storycircle.db"))
    changed = Changed(before=0, plan=plan, id=plan.id, community=plan.community)
    await store.commit([Decided(event="made", session="", at=now, plans=(changed,))])
    await store.close()


def sessions(data: Path) -> int:
    with sqlite3.connect(f"file:{data}/storycircle.db?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM session").fetchone()[0])


async def test_the_one_that_stands_by_takes_over_and_begins_what_is_due_once(tmp_path: Path) -> None:
    first = await run(tmp_path)
    second = None
    try:
        await says(first, b"is running")
        second = await run(tmp_path, "--stand-by")
        await says(second, b"stands by")
        await due_in(tmp_path, 1)  # which only somebody hears of who reads the table
        first.send_signal(signal.SIGKILL)
        await first.wait()
        await says(second, b"is running")
        async with asyncio.timeout(30):
            while not sessions(tmp_path):
                await asyncio.sleep(0.1)
        third = await run(tmp_path)
        assert third.stderr
        assert b"--stand-by" in await third.stderr.read()  # and without the word it says so, and ends
        assert await third.wait() != 0
        assert sessions(tmp_path) == 1
    finally:
        for process in filter(None, (first, second)):
            if process.returncode is None:
                process.kill()
                await process.wait()


async def test_one_that_stands_by_can_be_stopped(tmp_path: Path) -> None:
    first = await run(tmp_path)
    try:
        await says(first, b"is running")
        second = await run(tmp_path, "--stand-by")
        await says(second, b"stands by")
        second.terminate()
        async with asyncio.timeout(10):
            assert await second.wait() == 0
    finally:
        first.kill()
        await first.wait()


async def test_one_that_hangs_is_ended_and_its_port_is_free(tmp_path: Path) -> None:
    port = free_port()
    first = await run(tmp_path, port=port)
    await says(first, b"is running")
    second = await run(tmp_path, "--stand-by", port=port)
    async with ended(first, second):
        await says(second, b"stands by")
        for _ in range(6):  # longer than the patience: one that shows life is left alone
            await touched(tmp_path / "running.lock")
        assert first.returncode is None
        first.send_signal(signal.SIGSTOP)
        await says(second, b"is running")
        assert await first.wait() == -signal.SIGKILL


async def test_one_that_wakes_up_after_another_took_over_writes_nothing_and_ends(tmp_path: Path) -> None:
    first = await run(tmp_path)
    await says(first, b"is running")
    second = await run(tmp_path, "--stand-by")
    async with ended(first, second):
        await says(second, b"stands by")
        (tmp_path / "running.lock").write_text("7 1 another-machine")  # which nobody can end from here
        first.send_signal(signal.SIGSTOP)
        await says(second, b"is running")
        name = leader(tmp_path)
        first.send_signal(signal.SIGCONT)
        assert first.stderr
        async with asyncio.timeout(10):
            said = await first.stderr.read()
            assert await first.wait() == 2
        assert b"Another Storycircle has taken over" in said and b"Traceback" not in said
        assert leader(tmp_path) == name and second.returncode is None


async def test_each_transaction_sees_first_who_leads(tmp_path: Path) -> None:
    database = fresh(tmp_path / "storycircle.db")
    old, new = await open_store(database), await open_store(database)
    try:
        await lead(old.engine)
        await old.inbox.advance("web", "1")
        await lead(new.engine)
        for _ in range(2):
            with pytest.raises(Superseded, match="taken over"):
                await old.inbox.advance("web", "2")
        assert await new.inbox.cursor("web") == "1"
        await new.inbox.advance("web", "3")
        assert await old.inbox.cursor("web") == "3"
    finally:
        await old.close()
        await new.close()
