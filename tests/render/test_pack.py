"""What a host takes along: one file with pictures, slides, worksheets and the recap; and the board behind a link."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.views.recap import recap
from bot.render.recap.pack import pack, worksheets
from tests.support import Scene, small

ROOT = Path(__file__).parents[2]


async def test_it_holds_all_forms_of_the_recap_and_tells_how_far_it_is():
    one = await Rehearsal(load(ROOT / "prompts" / "value-creation.yaml", "60"), 8, 5).play()
    heard: list[tuple[int, int]] = []
    made = zipfile.ZipFile(io.BytesIO(await pack(one.script, one.session, lambda *far: heard.append(far))))
    assert made.testzip() is None
    names = made.namelist()
    assert {"recap.html", "recap.md", "recap.json", "recap.csv", "worksheets.html", "about.txt"} <= set(names)
    pictures = [n for n in names if n.endswith(".png")]
    assert len([n for n in pictures if n.startswith("slides/")]) >= 3
    assert (
        len([n for n in pictures if n.startswith("stories/")])
        == len(recap(one.script, one.session).stories)
        > 0
    )
    assert all(made.read(n).startswith(b"\x89PNG") for n in pictures)
    assert heard[-1][0] == heard[-1][1] == len(pictures)
    assert json.loads(made.read("recap.json"))["title"] == one.script.title


async def test_words_that_nobody_allowed_are_in_none_of_its_files(tmp_path: Path):
    scene = await Scene(tmp_path / "pack.db", small()).open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "the open garden")
    await scene.say("Bo", "the secret garden")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    made = zipfile.ZipFile(io.BytesIO(await pack(scene.script, await scene.session())))
    texts = {n: made.read(n).decode() for n in made.namelist() if not n.endswith(".png")}
    assert "the open garden" in texts["recap.md"]
    assert not [n for n, said in texts.items() if "secret garden" in said or "Bo<" in said]
    await scene.close()


@pytest.mark.parametrize("name", ["value-creation", "community-maturity", "change-agents"])
def test_a_worksheet_asks_what_the_workshop_asks(name: str):
    script = load(ROOT / "prompts" / f"{name}.yaml", "60")
    said = worksheets(script)
    assert "<script" not in said and "{minutes}" not in said and "{cmd:" not in said and "**" not in said
    for step in script.steps:
        for asked in getattr(step, "fields", ()):
            if getattr(step, "output", True):
                assert asked.label.replace("'", "&#39;") in said, asked.label


async def test_hosts_alone_get_it_and_the_board(tmp_path: Path):
    scene = await Scene(tmp_path / "hands.db", small()).open()

    await scene.gathered("Ada")
    await scene.order("Ada", "review pack")
    await scene.order("Ada", "review board")
    assert sum("Only hosts" in text for text in scene.private("Ada")) == 2
    await scene.close()
