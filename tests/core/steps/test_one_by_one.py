"""Where there are no forms: private questions come one at a time, in the private place, and can be taken up again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.events import About, CommandGiven, Edited, Posted
from tests.support import Scene, person, plain

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
    await made.order("Host", "workshop open", workshop="asked")
    await made.join("Ada", one_by_one=True)
    await made.join("Bo")
    await made.order("Host", "workshop start")
    yield made
    await made.close()


def private(scene: Scene, name: str) -> str:
    return scene.stage.private_channel(f"stage:{name.lower()}", "stage:circle")


async def says(scene: Scene, name: str, text: str) -> str:
    """What the bot answers in private to a line there."""
    await scene.say(name, text, channel=private(scene, name))
    return plain(scene.private(name)[-1])


async def test_who_has_no_form_is_asked_and_who_has_one_is_left_in_peace(scene: Scene):
    asked = plain(scene.private("Ada")[-1])
    assert "1 of 3: Mood" in asked and "3. Odd" in asked and "up to 2 numbers" in asked
    assert not any("Mood" in text for text in scene.private("Bo"))


async def test_numbers_are_taps_and_other_words_are_told_so(scene: Scene):
    assert "Answer this one with numbers" in await says(scene, "Ada", "rather well")
    assert "Answer this one with numbers" in await says(scene, "Ada", "9")
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
    assert "You decide later whether to share it" in first
    second = await says(scene, "Ada", "The door was open")
    assert "Did it happen?" in second and "1. It did" in second and "A story" not in second
    await scene.reopen()
    third = await says(scene, "Ada", "2")
    assert "What else?" in third and "skip" in third
    more = await says(scene, "Ada", "It was warm")
    assert "3. What else? ✓" in more and "1. What happened? ✓" in more
    await says(scene, "Ada", "1 The gate was open")
    assert "didn't save that" in plain(scene.private("Ada")[-2]) + await says(scene, "Ada", "And so on")
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
    assert not (await scene.session()).steps["tale"].closed  # asked what may be left out
    await says(scene, "Ada", "Skip")
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


async def told(scene: Scene, field: str) -> list[str]:
    """What stands in one field of the answers, the empty ones left out."""
    return [a.text(field) for a in (await scene.session()).answers.values() if a.text(field)]


async def test_ones_message_in_private_is_ones_answer_also_after_a_restart(scene: Scene):
    for _ in range(2):
        await scene.next()
    for line in ("The door was open", "2", "It was warm"):
        await scene.say("Ada", line, channel=private(scene, "Ada"))
    await scene.reopen()
    await scene.edit("Ada", 1, "The gate was open")
    await scene.edit("Ada", 3, "It was mild")
    await scene.edit("Ada", 2, "1")
    assert [await told(scene, key) for key in ("moment", "did", "more")] == [
        ["The gate was open"], ["did"], ["It was mild"],
    ]  # fmt: skip
    await scene.delete("Ada", 3)
    assert await told(scene, "more") == [] and await told(scene, "moment") == ["The gate was open"]
    await scene.delete("Ada", 1)
    await scene.delete("Ada", 2)
    session = await scene.session()
    assert [a.withdrawn for a in session.answers.values()] == [True]
    assert person("Ada").id not in session.steps["tale"].by_person
    assert not session.sources


async def test_an_edit_reaches_only_what_still_stands_as_that_message_said_it(scene: Scene):
    for _ in range(2):
        await scene.next()
    for line in ("The door was open", "2", "skip", "1 The window was open"):
        await scene.say("Ada", line, channel=private(scene, "Ada"))
    await scene.edit("Ada", 1, "The door was shut")
    assert await told(scene, "moment") == ["The window was open"]
    await scene.delete("Ada", 1)
    assert await told(scene, "moment") == ["The window was open"]
    await scene.edit("Ada", 4, "1 The window was shut")
    assert await told(scene, "moment") == ["The window was shut"]


async def test_numbers_follow_their_message_too(scene: Scene):
    await scene.say("Ada", "1 3", channel=private(scene, "Ada"))
    await scene.edit("Ada", 1, "2")
    (answer,) = (await scene.session()).answers.values()
    assert answer.picks == ("down",)
    await scene.edit("Ada", 1, "rather well")  # says nothing that could be counted
    (answer,) = (await scene.session()).answers.values()
    assert answer.picks == ("down",) and "Answer this one with numbers" in plain(scene.private("Ada")[-1])
    await scene.delete("Ada", 1)
    (answer,) = (await scene.session()).answers.values()
    assert answer.withdrawn and not answer.picks


async def test_nobody_elses_edit_reaches_an_answer(scene: Scene):
    for _ in range(2):
        await scene.next()
    message = await scene.say("Ada", "The door was open", channel=private(scene, "Ada"))
    await scene.happen(
        Edited(
            id="",
            channel=private(scene, "Ada"),
            at=scene.clock.now(),
            person=person("Bo"),
            message=message,
            text="No",
        )
    )
    assert await told(scene, "moment") == ["The door was open"]


async def test_what_is_open_now_is_asked_anew_question_by_question(scene: Scene):
    for _ in range(2):
        await scene.next()
    await scene.say("Ada", "The door was open", channel=private(scene, "Ada"))
    await scene.order("Ada", "now")
    question, left, coming = map(plain, scene.private("Ada")[-3:])
    assert "Did it happen?" in question and left.endswith("min left.") and "The recap comes next." in coming


async def test_a_line_in_the_room_is_talk_and_is_said_to_be_so_once(scene: Scene):
    for _ in range(2):
        await scene.next()
    await scene.say("Ada", "The door was open")
    assert "Everyone can see that message, but this question is private" in plain(scene.private("Ada")[-1])
    assert not await told(scene, "moment")


async def test_an_answer_typed_in_sight_counts_and_its_author_is_told_once(scene: Scene):
    for _ in range(2):
        await scene.next()

    async def typed(words: str) -> CommandGiven:
        event = CommandGiven(
            id="",
            channel="stage:circle",
            at=scene.clock.now(),
            person=person("Ada"),
            command="answer",
            args={"text": words},
            seen=True,
        )
        await scene.happen(event)
        return event

    await typed("The door was open")
    assert await told(scene, "moment") == ["The door was open"]
    await typed("2")
    assert sum("can see what you typed" in text for text in map(plain, scene.private("Ada"))) == 1


TWO_LATER = """
id: later
title: Later
about: Two short questions.
minutes: 45
audience: adults
contact: Cora
steps:
  - {id: first, kind: story, title: First, say: "Did it help?", minutes: 5, fields: [{key: one, label: "Did it help?"}]}
  - {id: second, kind: story, title: Second, say: "Again?", minutes: 5, fields: [{key: two, label: "Again?"}]}
"""


@pytest.mark.parametrize("replies", [True, False])
@pytest.mark.parametrize("typed", [True, False], ids=["/answer", "a line"])
async def test_one_word_typed_for_two_questions_answers_both(tmp_path: Path, replies: bool, typed: bool):
    """However short after each other: the second question was asked after the word was said first."""
    scene = await Scene(tmp_path / "later.db", parse(TWO_LATER)).open()
    await scene.order("Host", "workshop open", workshop="later")
    await scene.join("Ada", one_by_one=True)
    await scene.order("Host", "workshop start")
    for step in ("first", "second"):
        await said(scene, "yes", under=step if replies else "", typed=typed)
        await said(scene, "yes", under=step if replies else "", typed=typed)  # heard twice
        if step == "second" and not (replies or typed):  # the question changed just now
            assert "Is this for" in plain(scene.private("Ada")[-1])
            await said(scene, "2")
        assert len((await scene.session()).answers) == (1 if step == "first" else 2)
        if step == "first":
            await scene.next()
    assert await told(scene, "one") == ["yes"]
    assert await told(scene, "two") == ["yes"]
    await scene.close()


async def said(scene: Scene, text: str, *, under: str = "", typed: bool = False) -> None:
    """Ada says something in private, as a command or as a line, perhaps in reply to a question."""
    about = About(step=under) if under else None
    common = {"id": "", "channel": private(scene, "Ada"), "at": scene.clock.now(), "person": person("Ada")}
    if typed:
        await scene.happen(CommandGiven(**common, command="answer", args={"text": text}, about=about))
    else:
        await scene.happen(Posted(**common, text=text, about=about))


@pytest.mark.parametrize("typed", [True, False], ids=["/answer", "a line"])
@pytest.mark.parametrize(("seconds", "taken"), [(0.4, 1), (1.2, 2)])
async def test_the_next_of_several_questions_takes_the_same_word_once_it_can_have_been_read(
    tmp_path: Path, seconds: float, taken: int, typed: bool
):
    """A line that is sent twice is no answer to the question that the first one brought up."""
    both = 'fields: [{key: one, label: "Did it help?"}, {key: two, label: "Again?"}]}\n'
    scene = await Scene(tmp_path / "later.db", parse(TWO_LATER.partition("fields:")[0] + both)).open()
    await scene.order("Host", "workshop open", workshop="later")
    await scene.join("Ada", one_by_one=True)
    await scene.order("Host", "workshop start")
    await said(scene, "yes", typed=typed)
    await scene.wait(seconds)
    await said(scene, "yes", typed=typed)
    [answer] = (await scene.session()).answers.values()
    assert len(answer.pieces) == taken
    await scene.close()


async def test_two_questions_of_a_live_session_are_skipped_however_soon(tmp_path: Path):
    scene = await Scene(tmp_path / "later.db", parse(TWO_LATER)).open()
    await scene.order("Host", "workshop open", workshop="later")
    await scene.join("Ada", "Bo")
    await scene.order("Host", "workshop start")
    for step in ("first", "second"):
        await scene.order("Ada", "pass")
        await scene.order("Ada", "pass")  # heard twice
        steps = (await scene.session()).steps
        assert [key for key, state in steps.items() if "stage:ada" in state.passed][-1:] == [step]
        if step == "first":
            await scene.next()
    await scene.close()
