"""Performing what was committed: order, parts, pauses, dead letters, and the clock under it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import bot.clock
from bot.authoring.rehearsal import START
from bot.clock import WallClock
from bot.core.model.cards import Note
from bot.core.model.effects import Edit, Remove, Say
from bot.core.model.events import About
from bot.core.platform import Action, Capabilities, Change
from bot.engine.outbox_rows import key_of, row
from bot.errors import Permanent, Transient
from bot.platforms.memory import MemoryPlatform
from bot.store import Decided, Row
from tests.support import ROOM, Scene


class Moody(MemoryPlatform):
    """A stage that fails as it is told to, before or after it has done what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.mood: Callable[[str, Action], Exception | None] = lambda channel, doing: None
        self.after: Callable[[str, Action], Exception | None] = lambda channel, doing: None

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        if error := self.mood(channel, doing):
            raise error
        done = await super().perform(channel, doing, key, because)
        if error := self.after(channel, doing):
            raise error
        return done


@pytest.fixture
async def moody(tmp_path: Path):
    scene = await Scene(tmp_path / "delivery.db", stage=Moody()).open()
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Ada")
    yield scene
    await scene.close()


async def perform(scene: Scene, *effects) -> None:
    """Commit effects of the session and let delivery perform them."""
    session = await scene.session()
    rows = [
        row(
            effect,
            scope=session.id,
            own=f"{session.version}:{nth}",
            session=session.id,
            places=session.places,
            due=START,
            private=lambda person: "",
        )
        for nth, effect in enumerate(effects)
    ]
    await scene.store.commit([Decided(event=f"x{effects}", session="", at=START, rows=rows)])
    scene.runtime.delivery.add(rows)
    await scene.runtime.idle()


def note(name: str, text: str) -> Say:
    return Say(place="room:1", name=name, card=Note(text=text), about=About(step="hello"))


async def test_what_fails_for_now_is_tried_again_and_holds_back_what_comes_after(moody: Scene):
    failures = iter([Transient("429", 3.0), Transient("502"), Transient("502")])
    moody.stage.mood = lambda channel, doing: next(failures, None)
    at = moody.clock.now()
    await perform(moody, note("one", "first"), note("two", "second"))
    assert moody.room()[-2:] == ["first", "second"]
    assert moody.clock.now() - at >= timedelta(seconds=3)  # the pause that the platform asked for
    assert not await moody.store.outbox.pending()


async def test_what_fails_for_good_is_put_aside_and_the_rest_goes_on(moody: Scene):
    moody.stage.mood = lambda channel, doing: (
        Permanent("403") if getattr(doing, "text", "") == "first" else None
    )
    await perform(moody, note("one", "first"), note("two", "second"))
    assert moody.room()[-1] == "second"
    (dead,) = await moody.store.outbox.dead()
    assert "403" in dead.error
    await moody.reopen()
    assert "first" not in moody.room()  # given up means given up


async def test_an_answer_that_was_lost_on_the_way_back_is_not_said_twice(moody: Scene):
    lost = iter([Transient("the connection broke after it was done")])
    moody.stage.after = lambda channel, doing: next(lost, None)
    await perform(moody, note("one", "only once"))
    assert moody.room().count("only once") == 1


async def test_a_long_message_comes_in_parts_each_with_its_receipt(moody: Scene):
    moody.stage.can = Capabilities(limit=100)
    text = "\n\n".join(f"paragraph {n} " + "word " * 12 for n in range(5))
    await perform(moody, note("long", text))
    key = key_of(moody.session_id, "long", "room:1")
    receipts = await moody.store.outbox.receipts(moody.session_id, key)
    assert len(receipts) == 5 and [r.part for r in receipts] == list(range(5))
    assert all(len(moody.stage.lines[r.message].text) <= 100 for r in receipts)
    found = (await moody.store.context_for([], [], [receipts[3].message])).receipts
    assert found[receipts[3].message].about.step == "hello"

    await perform(moody, Edit(place="room:1", name="long", card=Note(text="short now")))
    assert len(await moody.store.outbox.receipts(moody.session_id, key)) == 1
    assert moody.room()[-1] == "short now" and not any("paragraph" in text for text in moody.room())

    longer = Note(text="\n\n".join("again " * 12 for _ in range(3)))
    await perform(moody, Edit(place="room:1", name="long", card=longer))
    assert len(await moody.store.outbox.receipts(moody.session_id, key)) == 3

    await perform(moody, Remove(place="room:1", name="long"))
    assert not await moody.store.outbox.receipts(moody.session_id, key) and not any(
        "again" in text for text in moody.room()
    )


async def test_of_a_message_in_parts_only_those_are_sent_anew_that_changed(moody: Scene):
    moody.stage.can = Capabilities(limit=2_000)
    changed: list[str] = []

    def watch(channel: str, doing: Action) -> None:
        if isinstance(doing, Change):
            changed.append(doing.post.text)

    first, last = "a" * 1500, "b" * 1500
    moody.stage.mood = watch
    await perform(moody, note("long", f"{first}\n\n{last}"))
    await perform(moody, Edit(place="room:1", name="long", card=Note(text=f"{first}\n\n{last}c")))
    assert changed == [f"{last}c"]


async def test_a_message_in_parts_that_was_broken_off_goes_on_where_it_was(moody: Scene):
    moody.stage.can = Capabilities(limit=100)
    text = "\n\n".join(f"paragraph {n} " + "word " * 12 for n in range(4))
    count = iter([None, None, Permanent("the process dies here")])
    moody.stage.mood = lambda channel, doing: next(count, None)
    await perform(moody, note("long", text))
    assert sum("paragraph" in text for text in moody.room()) == 2
    await moody.store.write(lambda c: c.execute("UPDATE outbox SET dead = 0"))  # as if it had only died
    await moody.reopen()
    assert [text[:11] for text in moody.room() if "paragraph" in text] == [f"paragraph {n}" for n in range(4)]


async def test_of_revisions_that_wait_only_the_newest_is_performed(moody: Scene):
    await perform(moody, note("board", "zero"))
    changes = []
    moody.stage.subscribe(lambda what, line: changes.append(line.text) if what == "changed" else None)
    revisions = [Edit(place="room:1", name="board", card=Note(text=str(n))) for n in range(50)]
    await perform(moody, *revisions)
    assert changes == ["49"]


async def test_a_revision_of_something_never_said_says_nothing(moody: Scene):
    before = len(moody.stage.lines)
    await perform(moody, Edit(place="room:1", name="nothing", card=Note(text="a ghost")))
    assert len(moody.stage.lines) == before


async def test_what_is_urgent_goes_first(moody: Scene):
    from dataclasses import replace

    order: list[str] = []
    moody.stage.subscribe(lambda what, line: order.append(line.text))
    later = replace(note("later", "later"), priority=9)
    await perform(moody, later, note("now", "now"))
    assert order == ["now", "later"]


async def test_an_answer_to_an_interaction_that_is_long_gone_is_still_given(moody: Scene):
    from dataclasses import replace

    await perform(moody, replace(note("late", "said all the same"), because="stage:expired"))
    assert moody.room()[-1] == "said all the same"


async def test_the_clock_notices_that_the_machine_slept(monkeypatch: pytest.MonkeyPatch):
    """Monotonic time stands still in suspend; the wall clock jumps, and a wait must end all the same."""
    monkeypatch.setattr(bot.clock, "LONGEST_SLEEP", 0.01)

    class Slept(WallClock):
        looks = 0

        def now(self):
            Slept.looks += 1
            return START if Slept.looks < 3 else START + timedelta(hours=8)

    async with asyncio.timeout(2):
        await Slept().until(START + timedelta(hours=1), asyncio.Event())


async def test_a_wait_ends_when_something_earlier_turns_up():
    changed = asyncio.Event()
    clock = WallClock()
    waiting = asyncio.create_task(clock.until(clock.now() + timedelta(hours=1), changed))
    changed.set()
    async with asyncio.timeout(2):
        await waiting


async def test_a_worker_that_is_ended_before_it_began_leaves_nothing_behind(scene: Scene):
    await scene.gathered("Ada", "Bo")
    note = Say(place="room:1", name="late", card=Note(text="late"))
    row = Row(
        key="late", session=scene.session_id, channel=ROOM, place="room:1", effect=note,
        due=scene.clock.now(), priority=0,
    )  # fmt: skip
    scene.runtime.delivery.add([row])  # its worker is made, and has not begun
    await scene.runtime.delivery.stop()
    await scene.runtime.delivery.idle()
