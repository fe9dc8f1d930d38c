"""Every order about a plan, sent once, twice, late, stale and from two devices: the state is that of each once."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.scheduling import messages
from bot.scheduling.plan import Plan
from tests.scheduling.test_plans import ordered, plan, the_plan
from tests.support import ROOM, Scene, person, plain

TYPED = (
    "schedule skip PLAN",
    "schedule pause PLAN",
    "schedule resume PLAN",
    "schedule cancel PLAN",
    "schedule cancel PLAN which:this",
    "schedule move PLAN 2026-01-22 18:00",
    "schedule move PLAN which:this 2026-01-28 19:30",
    "schedule move PLAN which:this 2026-01-22 09:00",
    "schedule move PLAN which:this 2026-02-05 10:00",
    "schedule move PLAN which:this 2026-02-12 18:00",
    "schedule move PLAN which:all 2026-01-21 20:00",
    "schedule change PLAN cap:2",
    "schedule change PLAN minutes:45",
    "schedule here PLAN",
    "schedule begin PLAN",
    "schedule wait PLAN",
    "schedule check PLAN example",
    "schedule companion PLAN Ana",
    "schedule confirm PLAN",
    "schedule drop PLAN",
)
RSVPS = ("coming yes", "coming maybe", "coming no", "coming remind", "needs a chair")


@dataclass(frozen=True)
class Order:
    """Something that somebody does, and what of it and of before arrives once more."""

    kind: str  # press, typed, rsvp, or wait
    which: int
    again: int  # times that it comes again at once
    late: tuple[int, ...]  # presses of before that come now


ORDERS = st.lists(
    st.builds(
        Order,
        kind=st.sampled_from(("press", "press", "press", "typed", "typed", "rsvp", "wait")),
        which=st.integers(0, 1000),
        again=st.integers(0, 2),
        late=st.lists(st.integers(0, 1000), max_size=3).map(tuple),
    ),
    min_size=3,
    max_size=9,
)


def shown(scene: Scene) -> list[str]:
    """The commands of all the buttons that the host can see, the newest last."""
    private = scene.stage.private_channel(person("Host").id, ROOM)
    lines = [each for each in scene.stage.lines.values() if each.channel == private and not each.deleted]
    return [button.command for line in lines[-6:] for button in line.buttons]


async def state(scene: Scene) -> object:
    """All that is true of the plan, and of who comes."""
    found = await the_plan(scene)
    people = [await scene.store.plans.comes_to(person(name).id) for name in ("Ana", "Ben")]
    return found, people


async def act(scene: Scene, order: Order, key: str) -> list[tuple[str, str]]:
    """Do something for the first time; what was typed or pressed, and by whom."""
    if order.kind == "wait":
        found = await the_plan(scene)
        until = (found.next_at or scene.clock.now() + timedelta(hours=1)) - scene.clock.now()
        await scene.wait(max(until.total_seconds(), 60.0))
        return []
    if order.kind == "press":
        buttons = shown(scene)
        if not buttons:
            return []
        line, name = buttons[order.which % len(buttons)], "Host"
    elif order.kind == "typed":
        line, name = TYPED[order.which % len(TYPED)].replace("PLAN", key), "Host"
    else:
        line, name = RSVPS[order.which % len(RSVPS)], ("Ana", "Ben")[order.which % 2]
    await ordered(scene, name, f"/{line}")
    return [(name, line)]


async def repeat(scene: Scene, name: str, line: str) -> str:
    """The same once more, from another device; what whoever sent it is told."""
    before = len(scene.private(name))
    await ordered(scene, name, f"/{line}")
    told = [plain(each) for each in scene.private(name)[before:]]
    assert told, f"nothing is said to /{line}"
    return told[-1]


def assert_one_at_a_time(found: Plan) -> None:
    """An order that puts one occurrence to a time never puts a second one there."""
    moments = [wall for occurrence, wall in found.moved.items() if occurrence not in found.skipped]
    assert len(moments) == len(set(moments)), moments


async def walked(path: Path, orders: list[Order], *, twice: bool) -> list[object]:
    """The states after each order."""
    scene = await Scene(path).open()
    try:
        key = (await plan(scene, "every Tuesday 7pm")).id
        states, pressed = [], [line for line in shown(scene) if "@" in line]
        done: list[tuple[str, str]] = []
        typed = [TYPED[order.which % len(TYPED)] for order in orders if order.kind == "typed"]
        for order in orders:
            done = await act(scene, order, key)
            states.append(await state(scene))
            if not twice:
                continue
            pressed += [line for _, line in done if "@" in line]
            again = [each for each in done for _ in range(order.again)]
            late = [("Host", pressed[n % len(pressed)]) for n in order.late if pressed]
            for name, line in again:
                told = await repeat(scene, name, line)
                assert "@" not in line or told != messages.OLD_DRAFT, line
                assert await state(scene) == states[-1], f"/{line} acted again: {told}"
            for name, line in late:
                told = await repeat(scene, name, line)
                assert told != messages.OLD_DRAFT, line
                assert await state(scene) == states[-1], f"/{line} acted late: {told}"
        for line in reversed([each for each in typed if twice and "move PLAN which:this" in each]):
            for name in ("Host", "Host"):  # typed again when all is over, from two devices
                await repeat(scene, name, line.replace("PLAN", key))
                assert_one_at_a_time(await the_plan(scene))
        return states
    finally:
        await scene.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ORDERS)
def test_the_state_is_that_of_each_order_once(orders: list[Order]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walked(Path(folder) / "plans.db", orders, twice=True))
