"""What a vote chose: taken on by whoever says so, asked after once, told of in the recap."""

from __future__ import annotations

import pytest

from bot.core.model.evolve import fold
from bot.core.model.facts import Phase
from bot.core.steps.action_items import choices
from bot.core.views.recap import recap
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import as_json
from bot.render.recap.page import page
from bot.render.recap.text import text
from tests.store.test_erasure import bytes_of
from tests.support import ROOM, Scene, plain

DAY = 86400.0
IDEA = "bring <b>broken</b> things"
LINE = "we met twice, Wolkenkuckucksheim-4711"


async def voted(scene: Scene) -> None:
    """A vote over Ada's idea and one of the script is over."""
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    while (await scene.session()).step != "tale":
        await scene.next()
    await scene.submit("Ada", "tale", moment="It rained.", loop=IDEA, share="name")
    idea = next(a.id for a in (await scene.session()).answers.values() if a.step == "tale")
    while (await scene.session()).step != "choose":
        await scene.next()
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.submit(name, "choose", picks=(idea, "rest") if name == "Ada" else (idea,))
    await scene.next()


def private(scene: Scene, name: str) -> list[str]:
    return [plain(line) for line in scene.private(name)]


def room(scene: Scene) -> list[str]:
    return [plain(x.text) for x in scene.stage.lines.values() if x.channel == ROOM and not x.deleted]


def last(scene: Scene, name: str) -> str:
    return private(scene, name)[-1]


async def test_what_was_chosen_is_offered_once_with_how_to_take_it_on(scene: Scene):
    await voted(scene)
    told = [line for line in room(scene) if "Want to do one of these?" in line]
    assert len(told) == 1 and "1. " in told[0] and IDEA in told[0] and "(4 dots)" in told[0]
    session = await scene.session()
    assert [(c.label, c.dots) for c in choices(scene.script, session)] == [(IDEA, 4), ("Rest a while", 1)]


async def test_only_who_says_so_has_it_and_it_can_be_given_back(scene: Scene):
    await voted(scene)
    await scene.order("Host", "review owner", who="1 Bo")
    assert "If you say yes, your name appears next to it in the recap" in last(scene, "Bo")
    assert not (await scene.session()).undertaken
    await scene.order("Bo", "take", which="1", days="21")
    assert "To update it or hand it back" in last(scene, "Bo")
    await scene.order("Chi", "take", which="1")
    assert "Bo" in last(scene, "Chi") and "already" in last(scene, "Chi")
    shown = [line for line in room(scene) if "Want to do one of these?" in line]
    assert "Bo" in shown[-1] and "is doing this by" in shown[-1]
    await scene.order("Chi", "progress", how="1 done")
    assert "not yours" in last(scene, "Chi")
    await scene.order("Bo", "take", which="1", days="no")
    await scene.order("Chi", "take", which="1")
    [held] = (await scene.session()).undertaken.values()
    assert held.person == "stage:chi"


@pytest.mark.parametrize("said", [("7", ""), ("x", ""), ("1", "0"), ("1", "9999"), ("1", "soon")])
async def test_what_cannot_be_is_said_and_changes_nothing(scene: Scene, said: tuple[str, str]):
    await voted(scene)
    await scene.order("Bo", "take", which=said[0], days=said[1])
    assert not (await scene.session()).undertaken
    assert last(scene, "Bo")


async def test_asked_once_after_a_week_and_the_recap_says_what_became_of_it(scene: Scene):
    await voted(scene)
    await scene.order("Bo", "take", which="1")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    before = len(private(scene, "Bo"))
    await scene.wait(6 * DAY)
    assert len(private(scene, "Bo")) == before
    await scene.wait(20 * DAY)
    asked = [line for line in private(scene, "Bo") if "A week ago" in line]
    assert len(asked) == 1
    await scene.order("Bo", "progress", how=f"1 started: {LINE}")
    session = await scene.session()
    assert session.phase is Phase.CLOSED
    found = recap(scene.script, session)
    for shown in (page(scene.script, session), text(found), markdown(found), as_json(found), as_csv(found)):
        assert "we met twice" in shown and "Bo" in shown
    assert "<b>broken" not in page(scene.script, session)
    assert fold(await scene.store.facts(scene.session_id)) == session


async def test_who_said_already_is_not_asked(scene: Scene):
    await voted(scene)
    await scene.order("Bo", "take", which="1")
    await scene.order("Bo", "progress", how="1 done")
    await scene.order("Host", "workshop end")
    await scene.wait(20 * DAY)
    assert not [line for line in private(scene, "Bo") if "A week ago" in line]


async def test_an_idea_that_is_taken_back_is_gone_and_so_are_words_of_who_is_forgotten(scene: Scene):
    await voted(scene)
    await scene.order("Bo", "take", which="1")
    await scene.order("Bo", "progress", how=f"1 started: {LINE}")
    await scene.order("Bo", "forget", me="me")
    await scene.store.engine.finish()
    assert LINE.encode() not in bytes_of(scene.path)
    session = await scene.session()
    [held] = session.undertaken.values()
    assert held.person.startswith("forgotten:") and held.text == ""
    assert fold(await scene.store.facts(scene.session_id)) == session
    await scene.order("Ada", "share", answer="1", how="no")
    assert IDEA not in as_json(recap(scene.script, await scene.session()))
