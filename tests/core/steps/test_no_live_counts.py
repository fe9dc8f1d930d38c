"""Counts are not live: bars, radar and board of private taps change when the step closes, and not with each tap."""

from __future__ import annotations

from pathlib import Path

from bot.authoring.loader import parse
from bot.core.model.steps import Attached
from bot.core.steps.diagrams import Bars, picture
from bot.core.steps.scale_statistics import Measure
from bot.core.views.board import board
from tests.support import Scene

DRAWN = """
id: drawn
title: Drawn
about: Two questions with a picture each.
minutes: 20
steps:
  - {id: hello, kind: message, title: Hello, minutes: 1, say: Hello.}
  - {id: gut, kind: choice, title: Gut, minutes: 3, read_minutes: 1, say: "Which one?",
     options: [{key: a, label: Apples}, {key: b, label: Bread}]}
  - {id: rate, kind: scale, title: Rate, minutes: 3, read_minutes: 1, say: "How much?",
     items: [{key: trust, label: Trust}, {key: pace, label: Pace}, {key: rest, label: Rest}]}
"""
PEOPLE = ("Ada", "Bo", "Chi", "Dan", "Eve")


async def drawn(scene: Scene, key: str) -> object:
    kind = {"gut": "bars", "rate": "radar"}[key]
    return picture(scene.script, await scene.session(), Attached(picture=kind, of=key))


async def test_pictures_change_when_the_step_closes_and_not_with_each_tap(tmp_path: Path):
    scene = await Scene(tmp_path / "drawn.db", parse(DRAWN)).open()
    await scene.gathered(*PEOPLE)
    await scene.next()
    before = await drawn(scene, "gut")
    for name in PEOPLE:
        await scene.submit(name, "gut", picks=("a",))
        assert await drawn(scene, "gut") == before == Bars(title="Gut")
        assert not board(scene.script, await scene.session()).spread
    await scene.next()
    seen = await drawn(scene, "gut")
    assert isinstance(seen, Bars) and dict(seen.bars)["Apples"] == 5
    await scene.submit("Ada", "gut", picks=("b",))  # late
    assert await drawn(scene, "gut") == seen
    await scene.next()

    before = await drawn(scene, "rate")
    for name in PEOPLE:
        await scene.submit(name, "rate", picks=("trust=4", "pace=2", "rest=3"))
        assert await drawn(scene, "rate") == before
    await scene.next()
    seen = await drawn(scene, "rate")
    assert isinstance(seen, Measure) and seen.shown and seen.items[0].median == 4
    await scene.close()
