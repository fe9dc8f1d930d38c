"""Where there are no forms: private questions come one at a time, in the private place, and can be taken up again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.scripts import parse
from tests.support import Scene, plain

SCRIPT = """
id: asked
title: Asked
about: Three questions.
minutes: 45
audience: adults
contact: Cora
steps:
  - {id: mood, kind: choice, title: Mood, say: "How is it?", minutes: 5, most: 2,
     options: [{key: up, label: Up}, {key: down, label: Down}, {key: odd, label: Odd}]}
  - {id: taps, kind: scale, title: Taps, say: Three things., minutes: 5,
     items: [{key: a, label: One}, {key: b, label: Two}, {key: c, label: Three}]}
  - id: tale
    kind: story
    title: A story
    say: Tell it.
    minutes: 20
    fields:
      - {key: moment, label: "What happened?"}
      - {key: did, label: "Did it happen?", options: [{key: did, label: It did}, {key: not, label: Not yet}]}
      - {key: more, label: "What else?", optional: true}
"""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = await Scene(tmp_path / "asked.db", parse(SCRIPT)).open()
    await made.order("Host", "workshop start", workshop="asked")
    await made.join("Ada", one_by_one=True)
    await made.join("Bo")
    await made.order("Host", "workshop begin")
    yield made
    await made.close()


def private(scene: Scene, name: str) -> str:
    return scene.stage.private(f"stage:{name.lower()}", "stage:circle")


async def says(scene: Scene, name: str, text: str) -> str:
    """What the bot answers in private to a line there."""
    await scene.say(name, text, channel=private(scene, name))
    return plain(scene.private(name)[-1])


async def test_who_has_no_form_is_asked_and_who_has_one_is_left_in_peace(scene: Scene):
    asked = plain(scene.private("Ada")[-1])
    assert "1 of 3: Mood" in asked and "3. Odd" in asked and "up to 2 numbers here" in asked
    assert not any("Mood" in text for text in scene.private("Bo"))


async def test_numbers_are_taps_and_other_words_are_told_so(scene: Scene):
    assert "answered with taps" in await says(scene, "Ada", "rather well")
    assert "answered with taps" in await says(scene, "Ada", "9")
    await says(scene, "Ada", "1 3")
    (answer,) = (await scene.session()).answers.values()
    assert answer.picks == ("up", "odd")
    await scene.submit("Bo", "mood", picks=["up"])
    await scene.next()
    assert "such as 3 4 ? 2" in plain(scene.private("Ada")[-1])
    await says(scene, "Ada", "3 ? 5")
    picks = [a.picks for a in (await scene.session()).answers.values() if a.step == "taps"]
    assert picks == [("a=3", "b=?", "c=5")]


async def test_a_story_is_asked_question_by_question_also_over_a_restart(scene: Scene):
    for _ in range(2):
        await scene.next()
    first = plain(scene.private("Ada")[-1])
    assert "3 of 3: A story" in first and "What happened?" in first and "(1 of 2)" in first
    assert "Nobody reads it now" in first
    second = await says(scene, "Ada", "The door was open")
    assert "Did it happen?" in second and "1. It did" in second and "A story" not in second
    await scene.reopen()
    more = await says(scene, "Ada", "2")
    assert "3. What else?" in more and "1. What happened? ✓" in more
    await says(scene, "Ada", "3 It was warm")
    await says(scene, "Ada", "1 The gate was open")
    (answer,) = (await scene.session()).answers.values()
    assert (answer.text("moment"), answer.text("did"), answer.text("more")) == (
        "The gate was open", "not", "It was warm",
    )  # fmt: skip


async def test_a_story_that_somebody_is_in_the_middle_of_does_not_end(scene: Scene):
    for _ in range(2):
        await scene.next()
    await scene.submit("Bo", "tale", moment="The bench", did="did")
    await says(scene, "Ada", "The door was open")
    await scene.wait(60)
    state = (await scene.session()).steps["tale"]
    assert not state.closed and not state.complete
    await says(scene, "Ada", "2")
    await scene.wait(60)
    assert (await scene.session()).steps["tale"].closed


async def test_who_stops_in_the_middle_of_a_story_may_pass_the_rest(scene: Scene):
    for _ in range(2):
        await scene.next()
    await scene.submit("Bo", "tale", moment="The bench", did="did")
    await says(scene, "Ada", "The door was open")
    await scene.order("Ada", "pass")
    await scene.wait(60)
    assert (await scene.session()).steps["tale"].closed
    assert "The door was open" in [a.text("moment") for a in (await scene.session()).answers.values()]


async def test_time_to_finish_counts_in_the_middle_of_a_story_as_well(scene: Scene):
    for _ in range(2):
        await scene.next()
    await says(scene, "Ada", "The door was open")
    await scene.wait(20 * 60 - 30)
    await scene.order("Ada", "writing")
    before = (await scene.session()).current
    await scene.wait(40)
    after = (await scene.session()).current
    assert (
        before and after and not after.closed and after.until and before.until and after.until > before.until
    )
