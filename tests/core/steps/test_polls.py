"""A choice that everybody watches: who taps what stands in the room at once, and everybody was told so before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.views import participant
from bot.render.i18n import translated
from tests.support import Scene, plain

SCRIPT = """
id: watched
title: Watched
about: A poll.
minutes: 20
review_hours: 24
steps:
  - {id: when, kind: choice, title: Next time, say: "When do we meet next?", minutes: 10, reveal: live, named: true,
     options: [{key: mon, label: Monday}, {key: tue, label: Tuesday}, {key: wed, label: Wednesday}]}
  - {id: bye, kind: message, title: Bye, minutes: 5, say: Thank you.}
"""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    made = await Scene(tmp_path / "watched.db", parse(SCRIPT)).open()
    await made.gathered("Ada", "Bo", "Cy")
    yield made
    await made.close()


def so_far(scene: Scene) -> str:
    return next(plain(text) for text in scene.room() if "Next time" in text and "so far" in text)


async def test_names_stand_beside_what_they_tapped_and_follow_what_they_change(scene: Scene):
    asked = plain(next(text for text in scene.room() if "When do we meet" in text))
    assert "Everyone sees who picked what" in asked and "Nobody sees" not in asked
    form = participant.form_for(scene.script, await scene.session(), "stage:ada", scene.script.step("when"))
    assert form is not None and "Everyone sees what you pick right away, with your name" in translated(
        form.seen_by
    )
    assert "nobody: Monday, Tuesday, Wednesday" in so_far(scene)

    await scene.submit("Ada", "when", picks=("tue",))
    await scene.order("Bo", "pick", numbers="2")
    await scene.wait(15)
    assert "2 × Tuesday: Ada, Bo" in so_far(scene) and "nobody: Monday, Wednesday" in so_far(scene)

    await scene.submit("Ada", "when", picks=("wed",))
    await scene.wait(15)
    assert "1 × Tuesday: Bo" in so_far(scene) and "1 × Wednesday: Ada" in so_far(scene)

    await scene.submit("Ada", "when", picks=())  # a poll lets people take their tap back
    await scene.wait(15)
    assert "Ada" not in so_far(scene)


async def test_a_number_in_the_room_counts_and_what_came_of_it_stands_there_when_it_closes(scene: Scene):
    await scene.say("Ada", "3")
    await scene.say("Bo", "Not this time, I am late")
    assert scene.ticked("Ada") == [True] and scene.ticked("Bo") == [False]
    await scene.next()
    closed = [plain(text) for text in scene.room()]
    assert any("The results are below" in text for text in closed)
    assert any("1 × Wednesday: Ada" in text and "so far" not in text for text in closed)

    await scene.order("Ada", "my", what="forget", how="me")
    assert not any("Ada" in text for text in map(plain, scene.room()))
    assert any("1 × Wednesday: someone" in text for text in map(plain, scene.room()))


async def test_a_vote_for_more_than_the_poll_allows_is_refused_with_a_word(scene: Scene):
    await scene.submit("Ada", "when", picks=("tue",))
    await scene.submit("Ada", "when", picks=("mon", "wed"))
    assert [a.picks for a in (await scene.session()).answers.values()] == [("tue",)]
    assert any("You picked 2. The limit is 1" in line for line in scene.private("Ada"))
