"""A database that the first program wrote (commit 0647720) is opened by every later one, and its sessions go on.

`old/made_by.txt` is the script that made it, in the names of that time.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app.process import App, start
from bot.authoring.rehearsal import VirtualClock
from bot.config import Config
from bot.core.model.events import CommandGiven, Event, Person, Posted
from bot.core.model.facts import Phase
from bot.core.model.session import Session
from bot.core.steps.taps import says_counts
from bot.store.migrate import bring_up_to_date
from bot.store.opening import copy_database
from tests.ports import free_port

OLD = Path(__file__).parent / "old"
EXPECTED = json.loads((OLD / "expected.json").read_text(encoding="utf-8"))
ADA = Person(id="web:1ada", name="Ada")
HEDI = Person(id="web:0hedi", name="Hedi")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """The program of today on the database of then, with its clock where the old one stopped."""
    data, prompts = tmp_path / "data", tmp_path / "prompts"
    data.mkdir()
    prompts.mkdir()
    dump = (OLD / "0647720.sql").read_text(encoding="utf-8")
    with sqlite3.connect(data / "storycircle.db") as connection:
        connection.executescript(dump)
    clock = VirtualClock()
    clock.at = max(map(datetime.fromisoformat, re.findall(r'"at":"([0-9T:.+-]+)"', dump)))
    (prompts / "other.yaml").write_text(OTHER)
    app = await start(Config(data=data, prompts=prompts, port=free_port()), clock)
    for task in app.runtime.tasks:
        if task.get_name() == "clock":
            task.cancel()
    yield app
    await app.close()


OTHER = """
id: other
title: Other
about: The workshop of then is not in the folder any more.
minutes: 10
steps: [{id: hello, kind: open, title: Hello, minutes: 3, say: "One line, please?"}]
"""


async def session_in(app: App, room: str) -> Session:
    for key, expected in EXPECTED["sessions"].items():
        if expected["platform"] == f"web:{room}":
            return (await app.runtime.sessions.load(key))[0]
    raise AssertionError(room)


async def hear(app: App, event: Event) -> None:
    await app.runtime.hear(event)
    await app.runtime.idle()


def command(app: App, room: str, who: Person, name: str, /, **args: str) -> CommandGiven:
    now = app.runtime.clock.now()
    return CommandGiven(
        id=f"web:{name}:{now}", channel=f"web:{room}", at=now, person=who, command=name, args=args,
        host=who is HEDI, private=f"web:{room}/~{who.id.removeprefix('web:')}",
    )  # fmt: skip


async def test_every_session_is_as_it_was(app: App):
    for key, expected in EXPECTED["sessions"].items():
        session, script = await app.runtime.sessions.load(key)
        assert not says_counts(script)  # people were told that small numbers stay hidden
        assert {
            "phase": session.phase.value,
            "step": session.step,
            "version": session.version,
            "platform": session.places[session.rooms[0]],
            "people": sorted(person.name for person in session.people.values()),
            "answers": len(session.answers),
        } == expected


async def test_a_session_in_mid_run_goes_on(app: App):
    before = await session_in(app, "running")
    assert before.phase is Phase.RUNNING and before.step == "talk"
    await hear(app, command(app, "running", ADA, "park", text="A word for later"))
    await hear(app, command(app, "running", HEDI, "workshop next", leaving=str(before.moment)))
    after = await session_in(app, "running")
    assert after.moment != before.moment and len(after.answers) == len(before.answers) + 1


async def test_a_review_that_waited_comes_to_its_recap(app: App):
    assert (await session_in(app, "review")).phase is Phase.REVIEW
    await hear(app, command(app, "review", HEDI, "workshop publish"))
    assert (await session_in(app, "review")).phase in (Phase.FOLLOWING, Phase.CLOSED)


async def test_a_lobby_of_then_begins_and_hears_an_answer(app: App):
    await hear(app, command(app, "lobby", HEDI, "workshop start"))
    now = app.runtime.clock.now()
    await hear(app, Posted(id="web:said", channel="web:lobby", at=now, person=ADA, text="Here I am"))
    session = await session_in(app, "lobby")
    assert session.step == "hello" and len(session.answers) == 1


async def test_timers_and_plans_of_then_fall_due(app: App):
    clock = app.runtime.clock
    assert isinstance(clock, VirtualClock)
    due = await app.runtime.next_due()
    assert due is not None and due <= clock.at + timedelta(days=1)
    before = (await session_in(app, "days")).version
    until = clock.at + timedelta(days=2)
    while (due := await app.runtime.next_due()) is not None and due <= until:
        clock.at = max(clock.at, due)
        await app.runtime.wake()
        await app.runtime.idle()
    assert (await session_in(app, "days")).version > before
    assert (await session_in(app, "review")).phase in (Phase.FOLLOWING, Phase.CLOSED)


async def test_a_badge_of_then_is_still_its_owners_and_a_plan_is_still_planned(app: App):
    (badge,) = await app.store.read(lambda c: c.execute("SELECT person, workshop FROM badge").fetchall())
    assert tuple(badge) == (ADA.id, "old")
    await hear(app, command(app, "plan", HEDI, "schedule list"))
    rows = await app.store.read(
        lambda c: c.execute(
            "SELECT body FROM web_message WHERE channel = 'web:plan/~0hedi' ORDER BY id"
        ).fetchall()
    )
    assert "Old circle" in rows[-1][0]


async def test_the_card_of_a_plan_of_then_still_says_who_comes(app: App):
    (before,) = await app.store.read(
        lambda c: c.execute(
            "SELECT id, body FROM web_message WHERE channel = 'web:plan' AND deleted = 0"
        ).fetchall()
    )
    await hear(app, command(app, "plan", HEDI, "coming", how="yes", plan="uyjdwyt"))
    (after,) = await app.store.read(
        lambda c: c.execute(
            "SELECT id, body FROM web_message WHERE channel = 'web:plan' AND deleted = 0"
        ).fetchall()
    )
    assert after[0] == before[0] and after[1] != before[1]


def bytes_of(folder: Path) -> bytes:
    """Everything that is on disk."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_who_is_forgotten_after_the_migrations_leaves_no_bytes_in_pages_of_then(app: App):
    facts = await app.store.read(
        lambda c: [json.loads(b) for (b,) in c.execute("SELECT body FROM fact").fetchall()]
    )
    answers = [
        fact["text"]
        for fact in facts
        if fact["t"] == "Answered" and fact["person"] == ADA.id and len(fact["text"]) > 12
    ]
    assert len(answers) > 3 and all(text.encode() in bytes_of(app.store.folder) for text in answers)
    for room in ("running", "review", "lobby", "days", "plan", "closed"):
        await hear(app, command(app, room, ADA, "forget", me="me"))
    await app.store.engine.finish()
    left = bytes_of(app.store.folder)
    assert [text for text in answers if text.encode() in left] == []


def test_the_migrations_leave_no_second_copy_of_words_in_free_pages(tmp_path: Path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((OLD / "0647720.sql").read_text(encoding="utf-8"))
    bring_up_to_date(path)
    copy_database(path, tmp_path / "copy.db")  # which holds only what is in use
    with closing(sqlite3.connect(path)) as connection:
        bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM fact")]
    words = {fact["text"].encode() for fact in bodies if len(fact.get("text", "")) > 12}
    whole, used = path.read_bytes(), (tmp_path / "copy.db").read_bytes()
    assert len(words) > 10 and [text for text in words if whole.count(text) != used.count(text)] == []
