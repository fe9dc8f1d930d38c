"""A second line in the room offers itself in place of the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model.session import Session
from tests.support import Scene

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
