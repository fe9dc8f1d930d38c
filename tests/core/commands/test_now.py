"""`/now` says how much time is left, wherever a clock moves the session on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Scene

ABOUT_TIME = ("min left", "a minute left", "timer")


async def told(scene: Scene, name: str) -> list[str]:
    before = len(scene.private(name))
    await scene.order(name, "now")
    return [text for text in scene.private(name)[before:] if any(words in text for words in ABOUT_TIME)]


async def test_the_minutes_that_are_left_are_said(tmp_path: Path):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.gathered("Ada", "Bo")
    assert await told(scene, "Ada") == ["4 min left."]
    await scene.wait(100)
    assert await told(scene, "Ada") == ["3 min left."]  # 2:20
    assert await told(scene, "Host") == ["3 min left."]
    await scene.order("Host", "workshop extend", minutes="2")
    assert await told(scene, "Ada") == ["5 min left."]
    await scene.order("Host", "workshop pause")
    assert await told(scene, "Ada") == ["We're taking a break. The timer has stopped."]
    await scene.wait(600)
    await scene.order("Host", "workshop resume")
    await scene.wait(220)
    assert await told(scene, "Ada") == ["Less than a minute left."]
    await scene.close()


@pytest.mark.parametrize("how", ["call", "async"])
async def test_where_no_clock_moves_it_on_none_is_said(tmp_path: Path, how: str):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.order("Host", "workshop open", workshop="small", how=how)
    await scene.join("Ada", "Bo")
    await scene.order("Host", "workshop start")
    assert await told(scene, "Ada") == []
    await scene.close()
