"""Hosts and companions: taking over, undo, a second contact, a host who is away; and a call."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.events import Present
from bot.core.model.facts import Phase
from tests.support import HOST, PAIRED, ROOM, SMALL, Scene, person, plain

HOSTS = f"{ROOM}/hosts"


def hosts(scene: Scene) -> list[str]:
    return [plain(x.text) for x in scene.stage.lines.values() if x.channel == HOSTS and not x.deleted]


async def presence(scene: Scene, here: bool) -> None:
    await scene.happen(Present(id="", channel=ROOM, at=scene.clock.now(), person=HOST, here=here))


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = await Scene(tmp_path / "s.db").open()
    yield made
    await made.close()


async def test_a_companion_looks_after_people_but_sets_no_pace_before_taking_over(scene: Scene):
    await scene.gathered("Ada", "Bo", "Chi")
    await scene.order("Host", "workshop companion", name="@bo")
    assert any("now a co-host" in text for text in scene.private("Bo"))
    await scene.order("Bo", "workshop next")
    assert (await scene.session()).step == "hello"
    assert "workshop takeover" in scene.private("Bo")[-1]
    await scene.order("Bo", "workshop remove", name="Chi")
    assert (await scene.session()).people["stage:chi"].removed
    await scene.order("Bo", "workshop takeover")
    await scene.wait(3)
    await scene.order("Bo", "workshop next")
    session = await scene.session()
    assert session.guide == "stage:bo" and session.step == "deep"
    await scene.order("Host", "workshop takeover")
    assert (await scene.session()).guide == HOST.id


async def test_nobody_else_can_take_over(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Ada", "workshop takeover")
    await scene.order("Ada", "workshop companion", name="Ada")
    session = await scene.session()
    assert session.guide == HOST.id and not session.companions


async def test_after_three_minutes_without_the_host_the_companion_is_asked(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Host", "workshop companion", name="Bo")
    await presence(scene, False)
    await scene.wait(170)
    assert not any("If not, the workshop continues by itself" in text for text in scene.private("Bo"))
    await scene.wait(20, between=True)
    assert any("If not, the workshop continues by itself" in text for text in scene.private("Bo"))
    assert not any("If not, the workshop continues by itself" in text for text in scene.private("Ada"))


async def test_a_host_who_comes_back_in_time_is_not_missed(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.order("Host", "workshop companion", name="Bo")
    await presence(scene, False)
    await scene.wait(100)
    await presence(scene, True)
    await scene.wait(60)
    await presence(scene, False)
    await scene.wait(100)  # 260 s after the first time, 100 after the second
    assert not any("If not, the workshop continues by itself" in text for text in scene.private("Bo"))


async def test_a_move_can_be_undone_for_ten_seconds(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.submit("Ada", "deep", bring="a secret")
    before = (await scene.session()).steps["deep"].until
    await scene.next()
    assert any("a secret" in plain(text) for text in scene.room())
    await scene.wait(4)
    await scene.order("Host", "workshop undo")
    session = await scene.session()
    assert session.step == "deep" and not session.steps["deep"].closed
    assert not any("a secret" in plain(text) for text in scene.room())
    assert before and abs(session.steps["deep"].until - before) < timedelta(seconds=10)
    await scene.submit("Bo", "deep", bring="another")
    await scene.next()  # and what was taken back is shown now, with what came since
    shown = next(plain(text) for text in scene.room() if "a secret" in text)
    assert "another" in shown
    await scene.wait(11)
    await scene.order("Host", "workshop undo")
    assert "nothing to undo" in scene.private("Host")[-1]


async def test_after_an_undo_the_clock_and_the_next_prompt_work_as_ever(scene: Scene):
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.order("Host", "workshop undo")
    assert (await scene.session()).step == "hello"
    assert not any("Deeper" in text for text in scene.room())
    await scene.next()
    assert any("Deeper" in text for text in scene.room())
    await scene.order("Host", "workshop undo")
    await scene.wait(6 * 60)  # nobody answers: asked at time-up, then a minute of grace
    assert (await scene.session()).step == "deep"


async def test_the_second_contact_hears_of_help_and_stands_in_the_notice(scene: Scene):
    await scene.gathered("Ada", "Bo")
    assert "/help host messages the host." in plain(scene.room()[0])
    await scene.order("Host", "workshop contact", name="Bo")
    assert "/help host messages the host, or Bo." in plain(scene.room()[0])
    await scene.order("Ada", "helpme")
    assert any("asked for help" in text for text in scene.private("Bo"))
    assert not any("Ada" in plain(text) for text in scene.private("Bo"))


# -- a call ------------------------------------------------------------------------------------


async def in_call(tmp_path: Path, text: str) -> Scene:
    scene = await Scene(tmp_path / "call.db", parse(text)).open()
    await scene.order("Host", "workshop open", workshop=scene.script.id, how="call")
    await scene.join("Ada", "Bo", "Chi")
    await scene.order("Host", "workshop start")
    return scene


async def test_in_a_call_only_the_host_moves_on_and_nothing_is_repeated(tmp_path: Path):
    scene = await in_call(tmp_path, SMALL)
    before = len(scene.room())
    await scene.say("Ada", "here")
    await scene.say("Bo", "here, too")
    await scene.say("Chi", "and I")
    await scene.wait(3600)
    assert (await scene.session()).step == "hello"
    assert len(scene.room()) == before
    prompt = [x for x in scene.stage.lines.values() if x.kind == "prompt"][-1]
    assert [b.label for b in prompt.buttons] == ["Answer"]
    assert "during a call" in scene.room()[0]
    await scene.next()
    assert (await scene.session()).step == "deep"
    await scene.close()


async def test_a_call_that_nobody_ends_ends_by_itself(tmp_path: Path):
    scene = await in_call(tmp_path, SMALL)
    await scene.wait(7 * 3600)
    assert (await scene.session()).phase is Phase.REVIEW
    await scene.close()


async def test_in_a_call_pairs_are_a_list_to_read_out(tmp_path: Path):
    scene = await in_call(tmp_path, PAIRED)
    listed = next(plain(text) for text in scene.room() if "Your groups" in text)
    assert all(name in listed for name in ("Ada", "Bo", "Chi"))
    assert not scene.stage.threads
    await scene.close()


async def test_somebody_may_type_for_another_who_says_whether_it_is_theirs(tmp_path: Path):
    scene = await in_call(tmp_path, SMALL)
    await scene.order("Ada", "for", what="Bo: by the window, she said")
    assert not (await scene.session()).answers
    asked = plain(scene.private("Bo")[-1])
    assert "Ada typed this for you" in asked and "by the window" in asked
    await scene.order("Chi", "approve")  # not hers
    assert not (await scene.session()).answers
    await scene.order("Bo", "approve")
    (answer,) = (await scene.session()).answers.values()
    assert answer.person == person("Bo").id and answer.text("text") == "by the window, she said"
    await scene.order("Ada", "for", what="Chi: never mind")
    await scene.order("Chi", "decline")
    session = await scene.session()
    assert len(session.answers) == 1 and not session.offers
    await scene.close()
    assert b"never mind" not in (tmp_path / "call.db").read_bytes()


async def test_a_ready_made_line_is_posted_in_the_name_of_the_host_who_posts_it(tmp_path: Path):
    script = parse(f"{SMALL}rescue_lines: {{silence: '{{host}}: I start.', flood: Read.}}\n")
    scene = await Scene(tmp_path / "said.db", script).open()
    await scene.gathered("Ada", "Bo")
    await scene.order("Host", "workshop companion", name="Bo")
    await scene.order("Bo", "workshop say", line="silence")
    await scene.order("Host", "workshop say", line="flood")
    shown = [plain(x.text) for x in scene.stage.lines.values() if x.channel == ROOM]
    assert "Bo: I start." in shown and "Read." in shown
    await scene.wait(30)
    await scene.order("Host", "workshop say", line="silence")  # who has not joined has no name here
    assert "Host: I start." in [plain(x.text) for x in scene.stage.lines.values() if x.channel == ROOM]
    await scene.close()
