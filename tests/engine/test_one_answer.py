"""One answer through the web room, as production builds it: how many files it enters, and how many transactions.

The traced way goes from the browser's frame to the ✓ on the message in the browser, performed and settled on disk.
The panel and the other views are drawn beside it, a few times a second for all that changed: they are not counted. The
numbers are ceilings that may only fall; run with `-s` to see the files.
"""

from __future__ import annotations

import ast
import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bot.app.process import App, start
from bot.config import Config
from bot.engine.runtime import Runtime
from bot.platforms.web.hub import Hub
from tests.platforms.web.test_server import Browser
from tests.ports import free_port
from tests.support import fresh

ROOT = Path(__file__).parents[2]
BOT = f"{ROOT / 'bot'}/"

FILES = 48  # two of them see whether somebody may write here; one holds what templates may use
TRANSACTIONS = 4
HEART = 5_072  # lines of the files entered, without adapters


def drawing_views(frame: FrameType) -> bool:
    """Whether a call belongs to the task that draws the views of a room."""
    caller: FrameType | None = frame
    while caller is not None and caller.f_code is not Hub._draw.__code__:
        caller = caller.f_back
    return caller is not None


class Trace:
    """The files of bot/ in which functions are called, and the transactions begun, in every thread."""

    def __init__(self) -> None:
        self.on = False
        self.files: set[str] = set()
        self.transactions = 0
        self.moves = 0  # calls that lead from one file into another

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if not self.on or event != "call" or not frame.f_code.co_filename.startswith(BOT):
            return
        name = frame.f_code.co_filename.removeprefix(BOT)
        if not name.endswith(".py") or drawing_views(frame):
            return
        self.files.add(name)
        if frame.f_back is not None and frame.f_back.f_code.co_filename != frame.f_code.co_filename:
            self.moves += frame.f_back.f_code.co_filename.startswith(BOT)
        if name == "store/sqlite.py" and frame.f_code.co_name == "_begin":
            self.transactions += 1

    def begin(self) -> None:
        self.on = True
        sys.setprofile(self)

    def end(self) -> None:
        sys.setprofile(None)
        self.on = False


@pytest.fixture
async def trace() -> AsyncIterator[Trace]:
    made = Trace()
    threading.setprofile(made)  # the thread of the database is started with the app
    yield made
    threading.setprofile(None)


@pytest.fixture
async def app(tmp_path: Path, trace: Trace) -> AsyncIterator[App]:
    fresh(tmp_path / "storycircle.db")
    made = await start(Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port()))
    yield made
    await made.close()


async def settled(runtime: Runtime) -> None:
    """All is performed, and on disk."""
    await runtime.idle()
    await runtime.store.engine.finish()


async def test_one_answer_takes_few_files_and_few_transactions(app: App, trace: Trace):
    runtime = app.runtime
    host, ada, bo, cleo = people = [Browser(app) for _ in range(4)]
    for browser, name in zip(people, ("Hedi", "Ada", "Bo", "Cleo"), strict=True):
        await browser.enter(name)
    assert await host.become_host(app.host_secret) == 200
    for browser in people:
        await browser.connect()
    await host.send(do="order", command="workshop start first-circle")
    for browser in (ada, bo, cleo):
        await browser.send(do="order", command="join")
    await host.send(do="order", command="workshop start")
    await host.send(do="order", command="workshop next 3")
    await bo.send(do="say", text="The first answer loads what the second finds at hand.")
    await settled(runtime)
    for browser in people:
        await browser.until(lambda frame: "✓" in str(frame) and "first answer" in str(frame))

    # they look every second or few for what an operator asks, and show that this process lives, whoever answers what
    beside = [task for task in asyncio.all_tasks() if task.get_name() in ("orders", "lead")]
    for task in beside:
        task.cancel()
    assert len(beside) == 2
    await asyncio.wait(beside)
    trace.begin()
    await ada.send(do="say", text="In spring we planted a garden behind the school.")
    await settled(runtime)
    await ada.until(lambda frame: "✓" in str(frame) and "garden" in str(frame))
    trace.end()
    for browser in people:
        await browser.close()

    heart = [name for name in trace.files if not name.startswith(("platforms/", "render/"))]
    lines = sum(len((ROOT / "bot" / name).read_text().splitlines()) for name in heart)
    print(
        f"\n{len(trace.files)} files, {trace.moves} moves, {trace.transactions} transactions, heart {lines} lines"
    )
    print("\n".join(sorted(trace.files)))
    assert len(trace.files) <= FILES
    assert trace.transactions <= TRANSACTIONS
    assert lines <= HEART


def test_nobody_in_the_engine_sets_an_attribute_of_another_object():
    """What an object is made of is handed in; only it changes what it holds."""
    for path in (ROOT / "bot" / "engine").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AugAssign | ast.AnnAssign)
                else []
            )
            for target in targets:
                if isinstance(target, ast.Attribute):
                    owner = target.value
                    assert isinstance(owner, ast.Name) and owner.id == "self", f"{path.name}:{node.lineno}"
