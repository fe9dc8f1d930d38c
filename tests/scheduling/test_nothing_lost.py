"""What is planned is done once: killed at any moment, two hundred in one second, away over fifty of them."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.platforms.memory import MemoryPlatform
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Plan
from bot.store import Decided
from bot.store.engine import read
from tests.engine.test_crash import through
from tests.support import Scene, person, plain

MINUTE = 60
SCENARIO = [
    ("order", "Host", "schedule add", {"workshop": "small", "when": "next Tuesday 7pm"}),
    ("confirm", "Host"),
    ("order", "Ana", "coming", {"how": "yes"}),
    ("order", "Ana", "coming", {"how": "remind"}),
    ("wait", 4 * 24 * 60 * MINUTE),  # a day before: the list, a reminder
    ("wait", 23 * 60 * MINUTE + 46 * MINUTE),  # soon
    ("wait", 5 * MINUTE),  # the door
    ("join", "Ana"),
    ("join", "Ben"),
    ("join", "Cleo"),
    ("order", "Host", "schedule here", {}),
    ("wait", 10 * MINUTE),  # it begins
]


async def test_a_crash_at_any_await_does_what_is_planned_once(tmp_path: Path) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    expected, moments = await through(tmp_path / "whole.db", scenario=SCENARIO)
    assert expected[0][0] is Phase.RUNNING
    assert any("Tomorrow" in text for text, _ in expected[1]["stage:circle/~ana"])
    assert moments > 60
    for moment in range(moments):
        result, _ = await through(tmp_path / f"{moment}.db", moment, SCENARIO)
        assert result == expected, f"it differs after a crash at moment {moment}"


ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
DUE = datetime(2026, 1, 20, 19, 0, tzinfo=timezone.utc)


async def in_room(scene: Scene, n: int, command: str, **args: str) -> None:
    room = f"stage:room{n}"
    who = person("Host")
    await scene.happen(
        CommandGiven(
            id="",
            channel=room,
            at=scene.clock.now(),
            person=who,
            command=command,
            args=args,
            host=True,
            private=scene.stage.private_channel(who.id, room),
        )
    )


async def many(scene: Scene, numbers: range, at: datetime) -> None:
    """A plan in each of many rooms, all for one moment, on the clocks of four zones."""
    for n in numbers:
        zone = ZONES[n % 4]
        wall = at.astimezone(ZoneInfo(zone))
        await in_room(scene, n, "schedule add", workshop="small", when=f"{wall:%Y-%m-%d %H:%M}", zone=zone)
        lines = [x for x in scene.stage.lines.values() if x.channel == f"stage:room{n}/~host" and x.buttons]
        plan = lines[-1].buttons[0].command.split()[-1]
        await in_room(scene, n, "schedule confirm", plan=plan)


async def lobbies(scene: Scene) -> dict[str, int]:
    rows = await read(scene.store.engine, "SELECT room, count(*) FROM session GROUP BY room")
    return dict(rows)


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "many.db").open()
    yield scene
    await scene.close()


async def test_two_hundred_in_one_second_over_four_zones_and_fifty_while_away(scene: Scene) -> None:
    await many(scene, range(200), DUE)
    await many(scene, range(200, 250), DUE + timedelta(hours=5))
    before = scene.runtime.commits
    await scene.wait((DUE - timedelta(minutes=9) - scene.clock.now()).total_seconds())
    there = await lobbies(scene)
    assert there == {f"stage:room{n}": 1 for n in range(200)}
    assert scene.runtime.commits - before < 100  # two hundred at once share commits
    await scene.close()
    scene.clock.at = DUE + timedelta(hours=5, minutes=7)
    await scene.open()
    await scene.wait(1)
    there = await lobbies(scene)
    assert there == {f"stage:room{n}": 1 for n in range(250)}
    for n in range(200, 250):
        said = [plain(x.text) for x in scene.stage.lines.values() if x.channel == f"stage:room{n}"]
        assert sum("I was offline" in text for text in said) == 1


async def test_only_the_next_day_is_held_in_memory(scene: Scene) -> None:
    await many(scene, range(3), DUE)
    await many(scene, range(3, 5), DUE + timedelta(days=300))
    jobs = scene.runtime.timers._scheduler.get_jobs()
    assert len(jobs) == 0  # nothing is to be done before Monday
    await scene.wait((DUE - timedelta(hours=30) - scene.clock.now()).total_seconds())
    jobs = scene.runtime.timers._scheduler.get_jobs()
    assert len(jobs) == 3
    await scene.wait(7 * 24 * 3600)
    assert len(scene.runtime.timers._scheduler.get_jobs()) == 0


async def test_the_same_moment_twice_is_a_duplicate(scene: Scene) -> None:
    await many(scene, range(1), DUE)
    [(_, key, room, at)] = await scene.store.plans.moments(DUE)
    scene.clock.at = at
    await scene.runtime.timers.load()
    fired = scene.runtime.timers.due()
    if not fired:
        scene.runtime.timers._until = None
        await scene.runtime.timers.load()
        fired = scene.runtime.timers.due()
    for event in (*fired, *fired):
        await scene.runtime.hear(event)
    await scene.runtime.idle()
    plan = await scene.store.plans.get(key)
    assert isinstance(plan, Plan)
    told = [plain(x.text) for x in scene.stage.lines.values() if x.channel == f"{room}/~host"]
    assert (
        sum(
            "prepare an example of your own, name a co-host and a support contact, and check that I can post in the room"
            in text
            for text in told
        )
        == 1
    )


class Towns(MemoryPlatform):
    """A stage on which every room is a community of its own."""

    def community(self, channel: str) -> str:
        return channel.partition("/")[0]


async def test_plans_of_one_name_in_two_communities_do_not_meet(tmp_path: Path) -> None:
    scene = await Scene(tmp_path / "towns.db", stage=Towns()).open()
    await many(scene, range(1), DUE)
    [(town, key, _, _)] = await scene.store.plans.moments(DUE)
    (plan,) = await scene.store.plans.named(key)
    assert town == "stage:room0" and plan.host == "stage:host"
    other = replace(
        plan, community="stage:room1", rooms=("stage:room1",), version=1, host=PersonId("stage:ana")
    )
    also = Changed(before=0, plan=other, id=key, community="stage:room1")
    await scene.store.commit([Decided(event="made", session="", at=scene.clock.now(), plans=(also,))])
    await scene.reopen()
    await in_room(scene, 0, "schedule show", plan=key)
    await in_room(scene, 1, "coming", how="yes", plan=key)
    plans = {plan.community: plan for plan in await scene.store.plans.named(key)}
    assert [len(await scene.store.plans.coming(plans[t], plan.occurrence)) for t in sorted(plans)] == [0, 1]
    (said,) = await scene.store.plans.comes_to("stage:host")
    assert said[1].community == "stage:room1"
    await scene.wait((DUE - scene.clock.now() - timedelta(minutes=9)).total_seconds())
    assert await lobbies(scene) == {"stage:room0": 1, "stage:room1": 1}
    told = {
        x.channel
        for x in scene.stage.lines.values()
        if "prepare an example of your own, name a co-host and a support contact, and check that I can post in the room"
        in plain(x.text)
    }
    assert told == {"stage:room0/~host", "stage:room1/~ana"}
    await scene.close()
