"""Who has read an answer, as its author is told: the room, voters, the recap, and never nobody too early."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.authoring.rehearsal import Rehearsal
from bot.core.model.session import Session
from bot.core.views import participant
from bot.core.views.participant import Mine, Readers
from bot.core.views.recap import published, quoted, recap
from tests.authoring.test_workshops import ALL, name
from tests.support import Scene


async def one(scene: Scene, who: str) -> Mine:
    """The first of somebody's answers."""
    session, script = await scene.runtime.sessions.load(scene.session_id)
    return participant.mine(script, session, f"stage:{who.lower()}")[0]


async def until(scene: Scene, step: str) -> Session:
    while (session := await scene.session()).step != step:
        await scene.next()
    return session


async def test_a_story_is_read_by_nobody_until_its_idea_is_voted_on_and_it_is_published(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await until(scene, "tale")
    await scene.submit("Ada", "tale", moment="It rained.", loop="Walk.")
    assert (await one(scene, "Ada")).readers == ()
    await until(scene, "choose")
    assert (await one(scene, "Ada")).readers == (Readers.VOTERS,)
    await scene.order("Host", "workshop end")
    await scene.order("Ada", "share", answer="1", how="anonymous")
    assert (await one(scene, "Ada")).readers == (Readers.VOTERS,)
    await scene.order("Host", "workshop publish")
    assert (await one(scene, "Ada")).readers == (Readers.VOTERS, Readers.RECAP)
    await scene.order("Ada", "my")
    assert "voted on as an idea, without your name, in the recap" in scene.private("Ada")[-1]
    assert "not shown to anyone so far" not in scene.private("Ada")[-1]


async def test_a_story_without_an_idea_did_not_stand_in_the_vote(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await until(scene, "tale")
    await scene.submit("Ada", "tale", moment="It rained.")
    await until(scene, "choose")
    assert (await one(scene, "Ada")).readers == ()
    await scene.order("Ada", "my")
    assert "not shown to anyone so far" in scene.private("Ada")[-1]


LOOKED = """
id: looked
title: Looked at
about: A question that a host reads first, and a pair.
minutes: 20
steps:
  - {id: deep, kind: open, title: Deep, minutes: 4, reveal: together, look: host, say: "What else?"}
  - {id: talk, kind: pair, title: Talk, minutes: 4, say: Talk., fields: [{key: line, label: A line, max_chars: 90}]}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


async def test_what_a_host_saw_before_the_end_was_seen_by_a_host(tmp_path: Path):
    scene = await Scene(tmp_path / "l.db", parse(LOOKED)).open()
    await scene.gathered("Ada", "Bo")
    await scene.submit("Ada", "deep", text="A doubt")
    assert (await one(scene, "Ada")).readers == ()
    await scene.wait(3)
    await scene.order("Host", "workshop next")
    assert (await scene.session()).current.looking  # type: ignore[union-attr]
    await scene.order("Host", "workshop end")
    assert Readers.HOST in (await one(scene, "Ada")).readers
    await scene.close()


async def test_what_one_wrote_for_a_group_was_shown_to_the_group(tmp_path: Path):
    scene = await Scene(tmp_path / "l.db", parse(LOOKED)).open()
    await scene.gathered("Ada", "Bo")
    while (await scene.session()).step != "talk":
        await scene.order("Host", "workshop next")
        await scene.wait(3)
    await scene.submit("Ada", "talk", line="We agree")
    assert Readers.PAIR in (await one(scene, "Ada")).readers
    await scene.close()


@pytest.mark.parametrize("script", [s for s in ALL if s.version in ("", "60")], ids=name)
async def test_published_is_what_stands_in_the_recap(script):
    played = await Rehearsal(script, 8).play()
    session = played.session
    words = set(quoted(script, session)) | {late.quote.answer for late in recap(script, session).added}
    assert words == {key for key, answer in session.answers.items() if published(script, session, answer)}
