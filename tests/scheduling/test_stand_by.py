"""Two processes on one folder: one works, the other stands by, and takes over what is due."""

import asyncio
import os
import signal
import sqlite3
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.scheduling.decision import Changed
from bot.scheduling.phrases import When
from bot.scheduling.plan import Plan, State, planned
from bot.store import Decided
from bot.store.opening import open_store
from tests.platforms.web.house import ROOT, free_port
from tests.support import fresh


async def run(data: Path, *more: str) -> asyncio.subprocess.Process:
    env = {**os.environ, "STORYCIRCLE_DATA": str(data), "STORYCIRCLE_PORT": str(free_port())}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *more, cwd=ROOT, env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def says(process: asyncio.subprocess.Process, word: bytes) -> None:
    assert process.stdout and process.stderr
    async with asyncio.timeout(30):
        while word not in (line := await process.stdout.readline()):
            assert line, (await process.stderr.read()).decode()[-2000:]


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
