"""Killed anywhere: at every await of a scenario, and again and again with real process death."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.store.engine import read
from bot.store.inbox import Inbox
from bot.store.opening import open_store
from bot.store.outbox import Outbox
from bot.store.plans import PlanStore
from bot.store.sessions import SessionList
from tests.support import IssuerOf, Scene, plain

HERE = Path(__file__).parent
DEATHS = int(os.environ.get("STORYCIRCLE_DEATHS", "10"))  # more of them where somebody has the time


class Life:
    """Counts the awaits of a process on its database and its platform, and ends it at one of them."""

    def __init__(self, ends_at: int = -1) -> None:
        self.beats = 0
        self.ends_at = ends_at
        self.over = asyncio.Event()

    async def beat(self) -> None:
        """One more moment at which the process may be killed; a dead one never comes back from here."""
        if self.beats == self.ends_at:
            self.over.set()
        self.beats += 1
        if self.over.is_set():
            await asyncio.get_running_loop().create_future()


class Mortal:
    """A store or platform whose every call can be the last: before it is made, or before it is answered."""

    def __init__(self, inner: Any, life: Life) -> None:
        self._inner = inner
        self._life = life

    def __getattr__(self, name: str) -> Any:
        held = getattr(self._inner, name)
        if isinstance(held, Inbox | Outbox | PlanStore | SessionList):
            return Mortal(held, self._life)
        if not asyncio.iscoroutinefunction(held):
            return held

        async def call(*args: Any, **more: Any) -> Any:
            await self._life.beat()
            result = await held(*args, **more)
            await self._life.beat()
            return result

        return call


SCENARIO = [
    ("order", "Host", "workshop open", {"workshop": "small"}),
    ("join", "Ada"),
    ("join", "Bo"),
    ("order", "Host", "workshop start", {}),
    ("say", "Ada", "by the window"),
    ("say", "Bo", "in the garden"),
    ("wait", 6),
    ("submit", "Ada", "deep", {"bring": "patience", "take": "cake"}),
    ("order", "Bo", "answer", {"text": "typed in private"}),
    ("wait", 6),
    ("order", "Ada", "withdraw", {"answer": "2"}),
    ("order", "Host", "workshop end", {}),
]


async def perform(scene: Scene, line: tuple) -> None:
    match line:
        case ("order", who, command, args):
            await scene.order(who, command, **args)
        case ("join", who):
            await scene.join(who)
        case ("say", who, text):
            await scene.say(who, text)
        case ("submit", who, step, fields):
            await scene.submit(who, step, **fields)
        case ("confirm", who):
            [made] = await read(scene.store.engine, "SELECT id FROM plan")
            await scene.order(who, "schedule confirm", plan=made[0])
        case ("wait", seconds):
            await scene.wait(seconds)


def outcome(scene: Scene, session: Session) -> tuple[Any, dict[str, list[tuple[str, bool]]]]:
    """What counts: the state, and what stands on the stage."""
    lines: dict[str, list[tuple[str, bool]]] = {}  # in order in each channel; channels have none among them
    for x in scene.stage.lines.values():
        lines.setdefault(x.channel, []).append((plain(x.text), x.deleted))
    answers = [
        (a.person, a.step, a.withdrawn, [(k, p.text) for k, p in a.pieces.items()])
        for a in session.answers.values()
    ]
    return (session.phase, session.step, session.visit, answers), lines


async def through(
    path: Path,
    ends_at: int = -1,
    scenario: list[tuple] = SCENARIO,
    script: Script | None = None,
    badges: IssuerOf | None = None,
    look: Callable[[Scene], Awaitable[Any]] | None = None,
):
    """Play the scenario, die once at that moment, start again; the outcome, and how many moments there were."""
    life = Life()
    scene = Scene(path, script, mortal=lambda inner: Mortal(inner, life))
    scene.badges = badges
    await scene.open()
    life.beats, life.ends_at = 0, ends_at
    for line in scenario:
        said, clock = len(scene.stage.heard), scene.clock.at
        doing = asyncio.create_task(perform(scene, line))
        dying = asyncio.create_task(life.over.wait())
        await asyncio.wait({doing, dying}, return_when=asyncio.FIRST_COMPLETED)
        if dying.done():
            await bury(scene, doing)
            scene.mortal = lambda inner: inner
            life = Life()
            await scene.open()
            await scene._find()
            if line[0] == "wait":
                await scene.wait(line[1] - (scene.clock.at - clock).total_seconds())
            elif len(scene.stage.heard) == said:
                await perform(scene, line)  # it had not even been said
        else:
            dying.cancel()
            await doing
    beats = life.beats
    result = outcome(scene, await scene.session())
    if look is not None:
        result = (*result, await look(scene))
    await scene.close()
    return result, beats


async def bury(scene: Scene, doing: asyncio.Task[None]) -> None:
    """The dead process does nothing more; what its database thread had begun may still end."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        if "GroupCommit" not in str(task.get_coro()):
            task.cancel()
    await asyncio.gather(doing, return_exceptions=True)
    await scene.store.engine.finish()
    await scene.store.engine.close()


async def test_a_crash_at_any_await_changes_nothing(tmp_path: Path):
    # the tasks of the dead complain at the end that nobody waited for them; that is the point of them
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    expected, moments = await through(tmp_path / "whole.db")
    assert moments > 100
    for moment in range(moments):
        result, _ = await through(tmp_path / f"{moment}.db", moment)
        assert result[0] == expected[0], f"the state differs after a crash at moment {moment}"
        assert result[1] == expected[1], f"the transcript differs after a crash at moment {moment}"
    print(f"killed at each of {moments} moments")


@pytest.fixture
def children():
    """Processes that are gone when the test is over, however it ends."""
    made: list[asyncio.subprocess.Process] = []
    yield made
    for child in made:
        if child.returncode is None:
            child.kill()


async def test_real_deaths_lose_nothing_and_say_nothing_twice(tmp_path: Path, children):
    """A child process hears answers from a pipe and is killed with SIGKILL; what it confirmed is there."""
    database = tmp_path / "deaths.db"
    dice = random.Random(7)
    confirmed: set[str] = set()
    sent = 0
    for death in range(DEATHS):
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HERE / "crash_child.py"),
            str(database),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        )
        children.append(child)
        assert child.stdin and child.stdout
        assert (await child.stdout.readline()).strip() == b"ready", await child.communicate()
        burst = 30
        # Everything that was not confirmed is told again first, as a platform does after its cursor.
        again = [n for n in range(sent) if f"e{n}" not in confirmed]
        for n in [*again, *range(sent, sent + burst)]:
            child.stdin.write(json.dumps({"n": n}).encode() + b"\n")
        sent += burst
        await child.stdin.drain()
        for _ in range(dice.randrange(burst)):
            line = await child.stdout.readline()
            confirmed.add(json.loads(line)["heard"])
        if death < DEATHS - 1:
            child.send_signal(signal.SIGKILL)
            rest = await child.stdout.read()
        else:
            child.stdin.write_eof()
            rest = await child.stdout.read()
        for line in rest.splitlines():
            if line.endswith(b"}"):
                confirmed.add(json.loads(line)["heard"])
        await child.wait()
    store = await open_store(database)
    ((session, _, _),) = await store.sessions.listed()
    facts = await store.facts(session)
    seen = [fact.text for fact in facts if type(fact).__name__ == "Answered"]
    await store.close()
    assert sorted(seen, key=lambda text: int(text.split()[1])) == [f"answer {n}" for n in range(sent)]
    assert len(confirmed) == sent


def test_keys_fit_a_nonce_and_differ():
    from bot.engine.outbox_rows import key_of, part_key

    keys = {key_of("s", f"prompt:{n}", "room:1") for n in range(1000)}
    assert len(keys) == 1000 and all(len(key) == 25 for key in keys)
    assert part_key("k", 0) == "k" and part_key("k", 1) != part_key("k", 2)
