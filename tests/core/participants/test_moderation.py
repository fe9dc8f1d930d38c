"""What a host sees first and can hold back, reports, and what an audience under 18 changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.views.recap import recap
from bot.errors import ScriptError
from tests.support import GALLERIED, PAIRED, ROOM, SMALL, Scene, plain

LOOKED = SMALL.replace("look: none", "look: host")
YOUNG = "audience: under_18\ncontact: Hedi\nsecond_contact: Ines\nhelp_text: Call 116 111.\n"


def hosts(scene: Scene) -> list[str]:
    return [plain(x.text) for x in scene.stage.lines.values() if x.channel == f"{ROOM}/hosts"]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = await Scene(tmp_path / "s.db", parse(LOOKED)).open()
    await made.gathered("Ada", "Bo", "Chi")
    await made.next()
    await made.submit("Ada", "deep", bring="kind words")
    await made.submit("Bo", "deep", bring="a cruel line", anonymous=True)
    yield made
    await made.close()


def seen(scene: Scene, words: str) -> bool:
    return any(words in plain(text) for text in scene.room())


async def test_anonymous_answers_are_looked_at_by_default():
    step = parse(SMALL.replace("    look: none\n", "")).step("deep")
    assert step.look.value == "host"  # type: ignore[union-attr]


async def test_the_host_sees_it_for_a_minute_without_names_and_holds_one_back(scene: Scene):
    await scene.next()
    look = next(text for text in hosts(scene) if "only you see this yet" in text)
    assert "a cruel line" in look and "kind words" in look and "Bo" not in look and "Ada" not in look
    assert not seen(scene, "kind words")
    keys = (await scene.session()).steps["deep"].looking
    session = await scene.session()
    cruel = next(n for n, key in enumerate(keys, 1) if session.answers[key].person == "stage:bo")
    await scene.order("Host", "workshop hold", card=str(cruel))
    assert "has hidden" in scene.private("Bo")[-1]
    assert not any("has hidden" in text for text in scene.private("Ada"))
    await scene.wait(59)
    assert not seen(scene, "kind words")
    await scene.wait(2)
    assert seen(scene, "kind words") and not seen(scene, "cruel")


async def test_the_host_need_not_wait_and_can_let_go_again(scene: Scene):
    await scene.next()
    session = await scene.session()
    cruel = next(key for key in session.steps["deep"].looking if session.answers[key].person == "stage:bo")
    await scene.order("Host", "workshop hold", card=cruel)
    await scene.next()
    assert seen(scene, "kind words") and not seen(scene, "cruel")
    await scene.order("Host", "workshop release", card=cruel)
    assert seen(scene, "cruel")


async def test_what_comes_while_the_host_looks_is_kept_and_not_shown_unseen(scene: Scene):
    await scene.next()
    await scene.submit("Chi", "deep", bring="slipped in late")
    await scene.wait(61)
    assert seen(scene, "kind words") and not seen(scene, "slipped in late")
    assert "The others' answers are already out, so yours stays private" in scene.private("Chi")[-1]


async def test_a_change_while_the_host_looks_is_looked_at_too(scene: Scene):
    await scene.next()
    await scene.submit("Bo", "deep", bring="now worse")
    look = next(text for text in reversed(hosts(scene)) if "only you see this yet" in text)
    assert "now worse" in look and "cruel" not in look


async def test_what_is_held_back_stays_out_of_the_recap(scene: Scene):
    await scene.next()
    session = await scene.session()
    cruel = next(key for key in session.steps["deep"].looking if session.answers[key].person == "stage:bo")
    await scene.order("Host", "workshop hold", card=cruel)
    await scene.order("Bo", "share", answer="1", how="anonymous")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    assert "cruel" not in str(recap(scene.script, await scene.session()).parts)


async def test_only_hosts_hold(scene: Scene):
    await scene.next()
    await scene.order("Chi", "workshop hold", card="1")
    assert not any(answer.held for answer in (await scene.session()).answers.values())


async def test_a_report_reaches_the_host_and_the_contact_and_names_nobody(scene: Scene):
    await scene.order("Host", "workshop contact", name="Chi")
    await scene.next()
    await scene.next()
    session = await scene.session()
    shown = [key for _, keys in session.steps["deep"].revealed for key in keys]
    cruel = next(n for n, key in enumerate(shown, 1) if session.answers[key].person == "stage:bo")
    await scene.order("Ada", "report", card=str(cruel))
    assert any("a cruel line" in text for text in hosts(scene))
    assert any("a cruel line" in plain(text) for text in scene.private("Chi"))
    assert not any("Ada" in text for text in [*hosts(scene)[-2:], *map(plain, scene.private("Chi")[-2:])])
    assert "I won't tell anyone it was you" in scene.private("Ada")[-1]


async def test_reporting_the_same_again_tells_hosts_and_the_contact_once(scene: Scene):
    await scene.order("Host", "workshop contact", name="Chi")
    await scene.next()
    await scene.next()
    await scene.order("Ada", "report", card="1")
    heard = len(hosts(scene)), len(scene.private("Chi"))
    await scene.order("Ada", "report", card="1")
    assert (len(hosts(scene)), len(scene.private("Chi"))) == heard
    assert "I won't tell anyone it was you" in scene.private("Ada")[-1]
    await scene.order("Bo", "report", card="1")  # somebody else thinks so, too
    assert len(hosts(scene)) > heard[0]


async def test_what_the_host_looks_at_cannot_be_reported_by_guessing(scene: Scene):
    await scene.next()
    await scene.order("Ada", "report", card="1")
    assert "no card" in scene.private("Ada")[-1]


def test_an_audience_under_18_needs_contacts_and_help():
    with pytest.raises(ScriptError, match="under 18 needs second_contact"):
        parse(SMALL + "audience: under_18\ncontact: Hedi\nhelp_text: Call 116 111.\n")


async def test_under_18_nobody_talks_alone_and_no_name_is_published(tmp_path: Path):
    scene = await Scene(tmp_path / "y.db", parse(PAIRED + YOUNG)).open()
    await scene.order("Host", "workshop open", workshop="paired")
    await scene.join("Ada", "Bo", "Chi", "Dan", "Eve", "Fay", "Cora")
    await scene.order("Host", "workshop companion", name="Cora")
    await scene.order("Host", "workshop start")
    groups = (await scene.session()).steps["talk"].pairs.values()
    assert groups and all(len(group) >= 3 for group in groups)
    assert all("stage:cora" in seats for seats in scene.stage.threads.values())
    await scene.order("Ada", "partner")
    assert "No one talks one-to-one here" in scene.private("Ada")[-1]
    await scene.submit("Ada", "talk", line="we laughed")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Ada", "helpme")
    assert "116 111" in scene.private("Ada")[-1]
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    quotes = [q for part in recap(scene.script, await scene.session()).parts for q in part.quotes]
    assert [quote.author for quote in quotes] == [""]
    assert "under 18" in scene.room()[0]
    await scene.close()


async def test_under_18_the_host_always_looks(tmp_path: Path):
    scene = await Scene(tmp_path / "l.db", parse(SMALL + YOUNG)).open()
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.submit("Ada", "deep", bring="words")
    await scene.next()
    assert (await scene.session()).steps["deep"].looking is not None
    await scene.close()


async def test_each_person_is_shown_three_cards_first_and_every_card_is_somebodys(tmp_path: Path):
    from bot.core.views import participant

    scene = await Scene(tmp_path / "g.db", parse(GALLERIED)).open()
    names = ["Ada", "Bo", "Chi", "Dan", "Eve", "Fay", "Gus"]
    await scene.gathered(*names)
    for name in names:
        await scene.submit(name, "tale", moment=f"story of {name}", share="name")
    await scene.next()
    first: set[str] = set()
    for name in names:
        now = participant.now(scene.script, await scene.session(), f"stage:{name.lower()}")
        assert now.form
        mine = [c.answer for c in now.form.cards if c.first]
        assert len(mine) == 3 and len(now.form.cards) == 7
        first |= set(mine)
    assert len(first) == 7
    await scene.close()


async def test_private_words_are_not_reported_by_the_message_that_said_them(scene: Scene):
    await scene.order("Host", "workshop contact", name="Chi")
    await scene.order("Ada", "answer", text="what only I may read")
    session = await scene.session()
    private = [m for m, key in session.sources.items() if session.answers[key].person == "stage:ada"]
    before = len(hosts(scene))
    for message in (*private, *session.sources):
        await scene.order("Bo", "report", message=message)
    assert private and len(hosts(scene)) == before
    assert not any("kind words" in text or "only I may read" in text for text in scene.private("Chi"))
    assert not (await scene.session()).reported


async def test_what_was_said_in_the_room_is_reported_by_its_message(tmp_path: Path):
    scene = await Scene(tmp_path / "r.db", parse(SMALL)).open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "said before everybody")
    ((message, key),) = (await scene.session()).sources.items()
    await scene.order("Bo", "report", message=message)
    assert (await scene.session()).reported == {key}
    await scene.close()
