"""What is kept is written down: every table, every column, every fact with words; and it goes when its time is over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from bot.cli.privacy_register import KEPT, document
from bot.core.model import facts
from bot.core.model.evolve import fold
from bot.core.model.facts import Phase, Words
from bot.core.participants.community import Times
from bot.store import rewriting
from bot.store.engine import read
from bot.store.retention import sweep
from bot.store.schema import META
from tests.store.test_erasure import SECRET, bytes_of, told
from tests.support import Scene

ROOT = Path(__file__).parents[2]
DAY = 86400.0


def test_nothing_is_stored_that_is_not_written_down():
    assert set(KEPT) == set(META.tables)
    for name, table in META.tables.items():
        assert set(KEPT[name]["columns"]) == {column.name for column in table.columns}, name


def test_the_page_is_what_the_program_says():
    assert (ROOT / "docs" / "privacy.md").read_text() == document(), (
        "run: scripts/run privacy > docs/privacy.md"
    )


def test_every_fact_with_words_can_be_blanked():
    """A fact that holds words and is not blanked by `rewriting.blank` would outlive its author's wish."""
    holding = {
        fact.__name__
        for fact in get_args(facts.Fact)
        if any(hint is Words for hint in get_type_hints(fact).values())
    }
    assert {"PersonJoined", "Answered", "Offered", "Thanked"} <= holding
    for fact in get_args(facts.Fact):
        fields = [n for n, hint in get_type_hints(fact).items() if hint is Words]
        body = json.dumps({"t": fact.__name__, **dict.fromkeys(fields, SECRET)})
        assert SECRET not in rewriting.blank(body), fact.__name__


async def ended(scene: Scene) -> None:
    await told(scene)
    await scene.order("Bo", "share", answer="1", how="name")
    await scene.order("Ada", "share", answer="1", how="no")
    session = await scene.session()
    for answer in session.answers.values():
        if answer.person == "stage:ada":
            number = [a.id for a in session.answers.values() if a.person == "stage:ada"].index(answer.id) + 1
            await scene.order("Ada", "share", answer=str(number), how="no")
    await scene.order("Host", "workshop takeover")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")


@pytest.fixture
async def keeping(scene: Scene) -> Scene:
    scene.runtime.decider.times = Times(keep_days=30)
    return scene


async def test_what_nobody_may_read_goes_when_its_time_is_over(keeping: Scene):
    scene = keeping
    await ended(scene)
    before = await scene.session()
    assert before.phase is Phase.CLOSED and before.keep_days == 30
    await scene.wait(29 * DAY)
    await scene.store.engine.finish()
    assert SECRET.encode() in bytes_of(scene.path)
    await scene.wait(2 * DAY)
    await scene.store.engine.finish()
    found = bytes_of(scene.path)
    assert SECRET.encode() not in found
    assert b"of Bo, which stays" in found  # he lets others read it
    after = await scene.session()
    assert len(after.answers) == len(before.answers)  # counts stay
    names = {p.name for p in after.people.values() if p.name}
    assert "Bo" in names and "Chi" not in names and "Dan" not in names  # they left nothing under their name
    assert fold(await scene.store.facts(scene.session_id)) == after


async def test_without_the_setting_nothing_goes_by_itself(scene: Scene):
    await ended(scene)
    await scene.wait(400 * DAY)
    await scene.store.engine.finish()
    assert SECRET.encode() in bytes_of(scene.path)


async def test_old_talk_goes_and_an_open_workshop_keeps_its_own(scene: Scene):
    def put(c) -> int:
        rows = [
            ("web:garden", "ana", {"text": "old talk"}, 10.0),
            ("web:garden", "ana", {"text": "new talk"}, 99.0),
            ("web:garden", "", {"text": "what people said", "kind": "answers"}, 10.0),
            ("web:garden", "", {"text": "the recap", "kind": "recap"}, 10.0),
            ("web:garden/~ana", "", {"text": "private", "kind": "recap"}, 10.0),
            ("web:circle", "ana", {"text": "still on"}, 10.0),
            ("web:circle/~ana", "", {"text": "still private", "kind": "mine"}, 10.0),
        ]
        for n, (channel, author, body, at) in enumerate(rows):
            c.execute(
                "INSERT INTO web_message (rev, channel, author, key, body, reply_to, signs, edited, deleted, at)"
                " VALUES (?,?,?,?,?,'','',0,0,?)",
                (n, channel, author, str(n), json.dumps(body), at),
            )
        c.execute(
            "INSERT INTO place (home, channel, session, place, holds, at)"
            " VALUES (1,'web:circle','x','room:1',1,1)"
        )
        return sweep(c, 50.0, 50.0)

    assert await scene.store.write(put) == 3
    left = await read(scene.store.engine, "SELECT json_extract(body, '$.text') FROM web_message ORDER BY rev")
    assert [text for (text,) in left] == ["new talk", "the recap", "still on", "still private"]
