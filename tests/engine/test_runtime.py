"""The runtime as it runs: listening, catching up before the clock, letting go."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.model.events import CommandGiven, Deleted, Edited, Joined, Posted
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.store.outbox import home_of
from tests.support import HOST, ROOM, Scene, person


async def until(true, seconds: float = 5) -> None:
    """Wait for a condition, not for luck."""
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.001)


@pytest.fixture
async def left(tmp_path: Path):
    """A scene in the middle of a step, stopped; time has passed, and Bo has answered meanwhile."""
    scene = await Scene(tmp_path / "left.db").open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "before the stop")
    await scene.close()
    scene.clock.at += timedelta(minutes=4, seconds=30)  # the time of the step is up
    event = Posted(
        id=scene.stage.next_id, channel=ROOM, at=scene.clock.now(), person=person("Bo"), text="meanwhile"
    )
    scene.posted("Bo", "meanwhile")
    scene.stage.happen(event)
    yield scene


async def test_what_was_missed_is_heard_before_any_timer(left: Scene):
    gate = asyncio.Event()
    events = left.stage.events

    async def slow(since):
        await gate.wait()  # the platform takes its time to tell what was missed
        async for batch in events(since):
            yield batch

    left.stage.events = slow  # type: ignore[method-assign]
    left.catch_up = lambda: asyncio.sleep(0)  # type: ignore[method-assign]
    await left.open()
    left.runtime.run()
    for _ in range(50):
        await asyncio.sleep(0)
    assert not (await left.session()).steps["hello"].host_asked  # the timer is due, and it waits
    gate.set()

    async def answered() -> bool:
        return len((await left.session()).answers) == 2

    await until(answered)

    async def went_on() -> bool:
        state = (await left.session()).steps["hello"]
        return state.host_asked or state.complete

    await until(went_on)
    facts = [type(fact).__name__ for fact in await left.store.facts(left.session_id)]
    assert facts.index("Answered", facts.index("Answered") + 1) < len(facts) - 1
    assert "Paused" not in facts
    await left.runtime.stop()
    await left.store.close()


async def test_a_platform_that_never_catches_up_does_not_stop_the_clock_for_ever(
    left: Scene, monkeypatch: pytest.MonkeyPatch
):
    import bot.engine.runtime

    monkeypatch.setattr(bot.engine.due, "CATCH_UP", 0.05)

    async def silent(since):
        await asyncio.get_running_loop().create_future()
        yield

    left.stage.events = silent  # type: ignore[method-assign]
    left.catch_up = lambda: asyncio.sleep(0)  # type: ignore[method-assign]
    await left.open()
    left.runtime.run()

    async def asked() -> bool:
        return (await left.session()).steps["hello"].host_asked

    await until(asked)
    await left.runtime.stop()
    await left.store.close()


async def test_the_cache_is_bounded_and_a_dropped_session_comes_back_the_same(scene: Scene, monkeypatch):
    import bot.engine.session_repository

    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "kept on disk")
    before = await scene.session()
    monkeypatch.setattr(bot.engine.session_repository, "MOST_SESSIONS", 0)
    scene.runtime.sessions._cache.put(before)
    assert scene.runtime.sessions._cache.get(before.id) is None
    assert await scene.session() == before


async def test_a_conflict_reloads_and_decides_again(scene: Scene):
    """Somebody else wrote to the session: what was decided on the old state is decided anew."""
    from bot.core.model import facts as f
    from bot.store import Decided

    await scene.gathered("Ada", "Bo")
    session = await scene.session()
    other = f.HostNamed(at=scene.clock.now(), person=PersonId("stage:bo"))
    await scene.store.commit(
        [Decided(event="elsewhere", session=session.id, version=session.version, at=other.at, facts=(other,))]
    )
    await scene.say("Ada", "all the same")
    after = await scene.session()
    assert "stage:bo" in after.hosts and [a.text("text") for a in after.answers.values()] == ["all the same"]


async def test_a_full_disk_confirms_nothing_and_goes_on_by_itself(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    import bot.engine.inbox

    monkeypatch.setattr(bot.engine.inbox, "STORE_PAUSE", 0.01)
    names = [f"P{n}" for n in range(40)]
    await scene.gathered(*names)
    pages = await scene.store.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    await scene.store.read(lambda c: c.execute(f"PRAGMA max_page_count = {pages}"))
    events = [scene.posted(name, "y" * 590) for name in names]
    cursors = [scene.stage.happen(event) for event in events]
    waiting = [
        asyncio.create_task(scene.runtime.hear(event, "stage", cursor))
        for event, cursor in zip(events, cursors, strict=True)
    ]

    async def put_back() -> bool:
        return scene.runtime._inbox._waiting != []

    await until(put_back)
    assert not any(task.done() for task in waiting)
    assert not any(scene.ticked(name)[0] for name in names)
    assert not [
        fact for fact in await scene.store.facts(scene.session_id) if type(fact).__name__ == "Answered"
    ]
    await scene.store.read(lambda c: c.execute("PRAGMA max_page_count = 1000000"))
    await asyncio.gather(*waiting)
    await scene.runtime.idle()
    assert all(scene.ticked(name) == [True] for name in names)
    assert len((await scene.session()).answers) == 40


async def test_an_event_that_had_to_wait_is_tried_again_even_if_nobody_tells(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    """What it waits for may settle between the look and the commit; then no settling comes to wake it."""
    import bot.engine.runtime
    from bot.core.model.cards import Note
    from bot.core.model.effects import Say
    from bot.store import Decided, Row

    monkeypatch.setattr(bot.engine.runtime, "HELD_PAUSE", 0.02)
    await scene.gathered("Ada", "Bo")
    prompt = [x.id for x in scene.stage.lines.values() if x.kind == "prompt"][-1]
    receipt = (await scene.store.context_for([], [], [prompt])).receipts[prompt]
    await scene.store.outbox.settle([], [], [(home_of(receipt), receipt.key, receipt.part)])
    row = Row(
        key=receipt.key,
        session=scene.session_id,
        channel=ROOM,
        place="room:1",
        effect=Say(place="room:1", name="late", card=Note(text="late"), about=receipt.about),
        due=scene.clock.now(),
        priority=0,
    )
    await scene.store.commit([Decided(event="x", session="", at=scene.clock.now(), rows=(row,))])
    scene.runtime.run()
    event = scene.posted("Ada", "an early reply", reply_to=prompt)
    scene.stage.happen(event)
    await scene.runtime.hear(event, "stage")
    assert len(await scene.store.inbox.all_held()) == 1
    await scene.store.outbox.settle([row], [receipt])

    async def heard() -> bool:
        return len((await scene.session()).answers) == 1

    await until(heard)
    assert not await scene.store.inbox.all_held()
    await scene.runtime.stop()


async def test_an_event_for_a_session_that_does_not_exist_comes_to_nothing(scene: Scene):
    await scene.gathered("Ada", "Bo")
    real, scene.session_id = scene.session_id, "made-up"
    await scene.submit("Ada", "hello", text="words to nowhere")
    scene.session_id = real
    assert not await scene.store.inbox.all_held()
    await scene.say("Ada", "and it goes on")
    assert scene.ticked("Ada") == [True]


async def test_talk_that_concerns_nobody_writes_nothing_and_its_position_rides_along(scene: Scene):
    elsewhere = "stage:elsewhere"
    await scene.gathered("Ada", "Bo")
    first, commits = await scene.store.inbox.cursor("stage"), scene.runtime.commits
    for n in range(100):
        await scene.say("Zoe", f"talk {n}", channel=elsewhere)
    assert scene.runtime.commits == commits and await scene.store.inbox.cursor("stage") == first
    await scene.say("Ada", "an answer")
    assert scene.runtime.commits == commits + 1
    answered = await scene.store.inbox.cursor("stage")
    assert answered is not None and first is not None and int(answered) > int(first) + 99
    await scene.say("Zoe", "more", channel=elsewhere)
    scene.clock.at += timedelta(minutes=2)
    await scene.say("Zoe", "much later", channel=elsewhere)
    later = await scene.store.inbox.cursor("stage")
    assert later is not None and int(later) == int(answered) + 2
    await scene.say("Zoe", "and more", channel=elsewhere)
    await scene.runtime.stop()
    last = await scene.store.inbox.cursor("stage")
    assert last is not None and int(last) == int(later) + 1


async def test_what_opens_by_the_clock_has_the_position_of_the_talk_before_it_on_disk(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.say("Zoe", "talk", channel="stage:elsewhere")
    before = await scene.store.inbox.cursor("stage")
    await scene.wait(3600)  # timers are heard, and no platform told anything
    after = await scene.store.inbox.cursor("stage")
    assert before is not None and after is not None and int(after) == int(before) + 1


async def test_a_message_and_its_change_that_are_told_together_are_both_heard(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi")
    lines = [scene.posted(name, "first") for name in ("Ada", "Bo")]
    now = scene.clock.now()
    ada, bo = (line.id for line in lines)
    changes = [
        Edited(id="stage:e1", channel=ROOM, at=now, person=person("Ada"), message=ada, text="second"),
        Deleted(id="stage:e2", channel=ROOM, at=now, person=person("Bo"), message=bo),
    ]
    await asyncio.gather(*(scene.runtime.hear(event) for event in (*lines, *changes)))
    await scene.runtime.idle()
    answers = (await scene.session()).answers.values()
    said = [([piece.text for piece in a.pieces.values()], a.withdrawn) for a in answers]
    assert said == [(["second"], False), ([""], True)]


async def test_what_is_ordered_in_one_breath_is_heard_in_its_order(scene: Scene):
    def ordered(n: int, command: str, **args: str) -> CommandGiven:
        return CommandGiven(
            id=f"stage:o{n}",
            channel=ROOM,
            at=scene.clock.now(),
            person=HOST,
            command=command,
            args=args,
            host=True,
            seed="seed",
            private=scene.stage.private_channel(HOST.id, ROOM),
        )

    joined = Joined(
        id="stage:j", channel=ROOM, at=scene.clock.now(), person=person("Ada"), private="stage:~ada"
    )
    orders = [
        ordered(1, "workshop open", workshop="small"),
        joined,
        ordered(2, "workshop start"),
        ordered(3, "workshop open", workshop="small"),
    ]
    commits = scene.runtime.commits
    await asyncio.gather(*(scene.runtime.hear(event) for event in orders))
    await scene.runtime.idle()
    assert scene.runtime.commits - commits <= 3  # nothing clashed, so nothing was decided one by one
    await scene._find()
    session = await scene.session()
    assert session.phase is Phase.RUNNING and session.people[person("Ada").id].present
    assert len(await scene.store.sessions.listed()) == 1
