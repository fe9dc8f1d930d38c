"""Nobody meets a step with nothing in it: it is skipped with one line, or people can fill it with a tap."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Phase
from bot.core.views.participant import form_for
from tests.support import GALLERIED, ROOM, Scene, person, plain

EMPTY = """
id: empty
title: Nothing in it
about: What follows a question needs an answer to it.
minutes: 30
steps:
  - {id: hello, kind: message, title: Hello, minutes: 1, say: Hello.}
  - id: tale
    kind: story
    title: A tale
    minutes: 4
    say: Tell one.
    fields:
      - {key: moment, label: "What happened?", max_chars: 300}
      - {key: loop, label: "What should we do?", max_chars: 80, optional: true, loop: true}
  - {id: wall, kind: gallery, title: The wall, minutes: 8, cards_from: tale, say: Read one slowly.}
  - {id: choose, kind: vote, title: The vote, minutes: 4, dots: 3, options_from: tale.loop, say: "Which one?"}
  - {id: sum, kind: digest, title: So far, minutes: 4, of: [tale, choose], say: This is it.}
  - {id: bye, kind: open, title: Bye, minutes: 4, say: "A last word?"}
"""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    scene = await Scene(tmp_path / "empty.db", parse(EMPTY)).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dan")
    await scene.next()
    assert (await scene.session()).step == "tale"
    yield scene
    await scene.close()


def lines(scene: Scene) -> list[str]:
    return [plain(line.text) for line in scene.stage.lines.values() if not line.deleted]


def buttons(scene: Scene, name: str) -> list[str]:
    channel = scene.stage.private_channel(person(name).id, ROOM)
    shown = [line for line in scene.stage.lines.values() if line.channel == channel]
    return [button.command for line in shown for button in line.buttons if "Share mine" in button.label]


async def test_what_has_nothing_in_it_is_skipped_at_once_with_a_line_each(scene: Scene):
    await scene.next()
    assert (await scene.session()).step == "bye"
    for title in ("The wall", "The vote", "So far"):
        assert f"There's nothing for *{title}* this time, so we'll skip it." in scene.room()
    assert not any("Read one slowly" in text or "Which one?" in text for text in scene.room())


async def test_a_wall_that_people_can_still_fill_asks_the_host_and_each_teller(scene: Scene):
    await scene.submit("Ada", "tale", moment="Kept to myself", share="no")
    await scene.next()
    session = await scene.session()
    assert session.step == "wall" and session.current is not None and session.current.until is not None
    assert (session.current.until - scene.runtime.clock.now()).total_seconds() == 120
    assert any("Put yours up first" in text for text in lines(scene))
    assert not buttons(scene, "Bo") and len(buttons(scene, "Ada")) == 1

    command, answer, how = buttons(scene, "Ada")[0].rsplit(" ", 2)
    await scene.order("Ada", command, answer=answer, how=how)
    hung = [plain(text) for text in scene.room() if "Kept to myself" in text]
    assert hung and "Ada" not in hung[0]
    session = await scene.session()
    assert session.current is not None and session.current.until is not None
    assert (session.current.until - scene.runtime.clock.now()).total_seconds() == 8 * 60
    await scene.wait(121)
    assert (await scene.session()).step == "wall"


async def test_a_wall_that_stays_empty_lasts_two_minutes(scene: Scene):
    await scene.submit("Ada", "tale", moment="Kept to myself", share="no")
    await scene.next()
    await scene.wait(121)
    assert (await scene.session()).step != "wall"
    assert "There's nothing for *The wall* this time, so we'll skip it." in scene.room()


async def test_nobody_is_asked_to_pick_among_nothing(scene: Scene):
    await scene.submit("Ada", "tale", moment="Kept to myself", share="no")
    await scene.next()
    form = form_for(scene.script, await scene.session(), "stage:ada", scene.script.step("wall"))
    assert form is not None and form.is_gallery and not form.options


async def test_nobody_may_pick_more_than_there_is(scene: Scene):
    await scene.submit("Ada", "tale", moment="A true one", loop="Meet outside", share="name")
    for _ in range(10):
        if (await scene.session()).step == "choose":
            break
        await scene.next()
    form = form_for(scene.script, await scene.session(), "stage:bo", scene.script.step("choose"))
    assert form is not None and form.most == 1
    assert any("Pick one." in text or "One number." in text for text in scene.room())


async def test_a_session_whose_rest_is_empty_ends(tmp_path: Path):
    script = parse(
        GALLERIED.replace("  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}\n", "")
    )
    scene = await Scene(tmp_path / "end.db", script).open()
    await scene.gathered("Ada")
    await scene.next()
    assert (await scene.session()).phase is not Phase.RUNNING
    await scene.close()
