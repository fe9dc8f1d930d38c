"""A second line in the room offers itself in place of the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model.events import MessageUsedAsAnswer
from bot.core.model.session import Session
from tests.support import ROOM, Scene, person

LATE, REAL = "sorry I'm late, what was the question?", "A walk by the sea"


async def two_lines(tmp_path: Path) -> Scene:
    scene = await Scene(tmp_path / "s.db").open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", LATE)
    await scene.say("Ada", REAL)
    return scene


def words(session: Session, person: str) -> list[str]:
    mine = session.steps["hello"].by_person.get(person, ())
    return [piece.text for key in mine for piece in session.answers[key].pieces.values()]


def asked(scene: Scene) -> list[str]:
    return [text for text in scene.private("Ada") if "Use this instead?" in text]


async def test_the_later_line_counts_if_its_author_says_so(tmp_path: Path):
    scene = await two_lines(tmp_path)
    assert words(await scene.session(), "stage:ada") == [LATE]
    assert len(asked(scene)) == 1 and REAL in asked(scene)[0]
    await scene.order("Ada", "approve")
    assert words(await scene.session(), "stage:ada") == [REAL]
    assert scene.ticked("Ada")[1] and not asked(scene) and not (await scene.session()).offers
    await scene.edit("Ada", 2, "A walk by the lake")
    assert words(await scene.session(), "stage:ada") == ["A walk by the lake"]
    await scene.say("Ada", "and a cake")
    assert not asked(scene)  # said once
    await scene.close()


async def test_the_first_stays_if_its_author_says_so_and_is_not_asked_again(tmp_path: Path):
    scene = await two_lines(tmp_path)
    await scene.order("Ada", "decline")
    await scene.say("Ada", "ha!")
    session = await scene.session()
    assert words(session, "stage:ada") == [LATE] and not session.offers and not asked(scene)
    await scene.close()


async def test_only_the_latest_is_offered_on_one_card(tmp_path: Path):
    scene = await two_lines(tmp_path)
    await scene.say("Ada", "Or rather: a run")
    assert len(asked(scene)) == 1 and "a run" in asked(scene)[0] and REAL not in asked(scene)[0]
    await scene.order("Ada", "approve")
    assert words(await scene.session(), "stage:ada") == ["Or rather: a run"]
    await scene.close()


@pytest.mark.parametrize("how", ["delete", "end", "forget"])
async def test_a_line_that_nobody_chose_is_not_kept(tmp_path: Path, how: str):
    scene = await two_lines(tmp_path)
    if how == "delete":
        await scene.delete("Ada", 2)
    elif how == "end":
        await scene.order("Host", "workshop end")
    else:
        await scene.order("Ada", "forget", me="me")
    assert not (await scene.session()).offers and not asked(scene)
    await scene.close()


async def test_an_edit_of_the_offered_line_is_what_is_offered(tmp_path: Path):
    scene = await two_lines(tmp_path)
    await scene.edit("Ada", 2, "A swim")
    assert "A swim" in asked(scene)[0]
    await scene.close()


async def test_a_host_who_has_not_joined_is_told_that_a_line_was_not_saved(tmp_path: Path):
    scene = await Scene(tmp_path / "h.db").open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Host", "Mine is a cake")
    await scene.say("Host", "with cream")
    assert sum("haven't joined" in text for text in scene.private("Host")) == 1
    await scene.close()


async def use(scene: Scene, name: str, text: str, channel: str = ROOM) -> str:
    """Somebody says a line, and names it as their answer."""
    message = await scene.say(name, text, channel=channel)
    await named(scene, name, message, text, channel)
    return message


async def named(scene: Scene, name: str, message: str, text: str, channel: str = ROOM) -> None:
    event = MessageUsedAsAnswer(
        id="", channel=channel, at=scene.clock.now(), person=person(name), message=message, text=text
    )
    await scene.happen(event)


async def test_the_tick_stands_on_the_line_that_counts_however_often_it_changes(tmp_path: Path):
    scene = await two_lines(tmp_path)
    await scene.order("Ada", "approve")
    assert scene.ticked("Ada") == [False, True]
    await named(scene, "Ada", scene._said["Ada"][0], LATE)  # after all
    await scene.order("Ada", "approve")
    assert words(await scene.session(), "stage:ada") == [LATE] and scene.ticked("Ada") == [True, False]
    await named(scene, "Ada", scene._said["Ada"][1], REAL)
    await scene.order("Ada", "approve")
    assert words(await scene.session(), "stage:ada") == [REAL] and scene.ticked("Ada") == [False, True]
    await scene.close()


async def test_a_line_that_its_author_names_is_offered_in_place_of_their_answer(tmp_path: Path):
    scene = await Scene(tmp_path / "s.db").open()
    await scene.gathered("Ada", "Bo")
    await scene.order("Ada", "answer", text="by form")
    await use(scene, "Ada", REAL)  # it offers itself as it is said; to name it is the yes
    assert words(await scene.session(), "stage:ada") == [REAL] and scene.ticked("Ada") == [True]
    assert not asked(scene)
    await use(scene, "Ada", "a third line")
    assert words(await scene.session(), "stage:ada") == [REAL] and len(asked(scene)) == 1
    await scene.order("Ada", "decline")
    assert words(await scene.session(), "stage:ada") == [REAL]
    await scene.close()


async def test_in_a_form_a_named_line_changes_one_field_and_leaves_the_others(tmp_path: Path):
    scene = await Scene(tmp_path / "s.db").open()
    await scene.gathered("Ada", "Bo")
    await scene.next()
    await scene.submit("Ada", "deep", bring="patience", take="calm")
    await use(scene, "Ada", "a patient ear")
    assert len(asked(scene)) == 1
    await scene.order("Ada", "approve")
    (key,) = (await scene.session()).steps["deep"].by_person["stage:ada"]
    answer = (await scene.session()).answers[key]
    assert (answer.text("bring"), answer.text("take")) == ("a patient ear", "calm")
    assert not answer.source
    await scene.close()


async def test_what_was_said_in_private_is_not_said_in_the_room_by_being_named(tmp_path: Path):
    scene = await Scene(tmp_path / "s.db").open()
    await scene.gathered("Ada", "Bo")
    private = scene.stage.private_channel("stage:ada", ROOM)
    message = scene.posted("Ada", "in a low voice", channel=private).id  # where it was said it was talk
    await named(scene, "Ada", message, "in a low voice", private)
    session = await scene.session()
    (answer,) = session.answers.values()
    assert not answer.source and answer.pieces["text"].said == message
    assert scene.ticked("Ada") == [False]
    await scene.wait(20)
    assert any("in a low voice" in text for text in scene.room())  # as an answer by form would be
    await scene.close()
