"""Recaps from one installation to another: nothing is lost on the way, and nothing is said that was not said before."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bot.authoring.loader import load
from bot.authoring.rehearsal import Rehearsal
from bot.core.views.recap import recap
from bot.render.i18n import spoken
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import CannotRead, as_json, plain, read
from bot.render.recap.page import page, page_of
from bot.render.recap.text import text
from bot.render.recap.transfer import bring_in, export, moved
from tests.support import Scene, small

ROOT = Path(__file__).parents[2]
WORKSHOPS = ["value-creation", "community-maturity", "change-agents"]


@pytest.mark.parametrize("people", [1, 3, 8, 30])
@pytest.mark.parametrize("name", WORKSHOPS)
async def test_what_was_read_in_shows_the_same_in_all_forms(name: str, people: int):
    setting = "" if name == "change-agents" else "one_community"
    one = await Rehearsal(load(ROOT / "prompts" / f"{name}.yaml", "90", setting), people, 5).play()
    there = recap(one.script, one.session)
    found, language = read(as_json(there, "en"))
    assert language == "en"
    assert page_of(found, language) == page(one.script, one.session)
    for form in (markdown, as_csv, text):
        assert form(found) == form(there), form.__name__
    again = as_json(found, "en")
    assert again == as_json(there, "en")
    assert again == as_json(read(again)[0], "en")


async def test_no_small_number_stands_in_it():
    script = load(ROOT / "prompts" / "community-maturity.yaml", "90", "one_community")
    one = await Rehearsal(script, 2, 5).play()
    body = json.loads(as_json(recap(one.script, one.session)))
    measured = [part["measured"] for part in body["parts"] if part["measured"]]
    assert measured and all(each["people"] == "1–3" for each in measured)
    for each in measured:
        assert all(item["n"] in (0, "1–3", "–") for item in each["items"])


def told(**changes: object) -> str:
    body = {
        "format": "storycircle-recap", "version": 1, "title": "T", "about": "", "at": "2026-11-25T19:00:00+00:00",
        "people": 3, "reading": 0, "answers": 3, "parts": [], "next_steps": [], "resources": [], "credits": "",
        "review_until": None, "ready": True,
    }  # fmt: skip
    return json.dumps({**body, **changes})


STORY = {"answer": "a", "title": "t", "author": "", "coverage": [["x", "maybe"]], "fields": []}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("not json", "no JSON"),
        ("[1]", "no recap"),
        ("{}", '"format"'),
        (told(version=2), "newer"),
        (told(parts=7), "parts: there should be a list"),
        (told(people="many"), "people: there should be a whole number"),
        (told(at="yesterday"), "at: 'yesterday' is no date"),
        (told(parts=[{"title": "x"}]), "parts[0]: it has no 'say'"),
        (told(stories=[STORY]), "stories[0].coverage: 'maybe'"),
        (told(discuss="javascript:alert(1)"), "discuss"),
        (told(pictures=[{"kind": "photo"}]), "pictures[0]"),
        (told(pictures=7), "pictures: there should be a list"),
        (told(map={"nodes": {"x": 4}}), "map"),
    ],
)
def test_what_is_no_recap_is_said_with_its_place(given: str, says: str):
    with pytest.raises(CannotRead) as found:
        read(given)
    assert says in str(found.value)


def test_foreign_words_are_literal_on_its_page():
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    story = {**STORY, "title": nasty, "coverage": [[nasty, "happened"]], "fields": [["l", nasty]]}
    bars = {
        "title": nasty,
        "kind": "bars",
        "data": {"title": nasty, "bars": [[nasty, 7]], "suggested": nasty},
    }
    found, language = read(told(title=nasty, stories=[story], pictures=[bars], language="xx"))
    made = page_of(found, language)
    assert language == "en" and "<script>" not in made and "<img" not in made


async def test_from_one_house_to_another(tmp_path: Path):
    scene = await Scene(tmp_path / "m.db", small()).open()
    await scene.gathered("Ada", "Bo")
    await scene.say("Ada", "the open garden")
    await scene.say("Bo", "the secret garden")
    await scene.order("Ada", "share", answer="1", how="name")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    file, data = tmp_path / "all.zip", tmp_path / "elsewhere"
    far = [each async for each in export(scene.store, file)]
    assert [(n, of) for n, of, _ in far] == [(1, 1)]
    with zipfile.ZipFile(file) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"the open garden" in whole and b"secret garden" not in whole
    assert list(bring_in(data, "circle", file)) == [(1, 1, scene.script.title)]
    assert list(bring_in(data, "circle", file)) == [(1, 1, scene.script.title)]  # again changes nothing
    (here,) = moved(data, "circle")
    with spoken(here.language):
        assert "the open garden" in page_of(here.recap, here.language)
    assert not moved(data, "other")
    await scene.close()


def test_of_a_file_with_a_fault_nothing_is_read_in(tmp_path: Path):
    file = tmp_path / "two.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one/recap.json", told())
        archive.writestr("two/recap.json", told(people="many"))
    with pytest.raises(CannotRead, match=r"two/recap\.json: people"):
        list(bring_in(tmp_path, "circle", file))
    assert not moved(tmp_path, "circle")
    lost = {"cycles": [], "stories": 5, "nodes": {"nowhere": {"all": 5, "happened": 5, "hoped": 0}}}
    file = tmp_path / "lost.json"
    file.write_text(told(map=lost))
    with pytest.raises(CannotRead, match=r"lost\.json: its map"):
        list(bring_in(tmp_path, "circle", file))
    file.write_text(told())
    with pytest.raises(CannotRead, match="no web room"):
        list(bring_in(tmp_path, "../elsewhere", file))
    assert len(list(bring_in(tmp_path, "web:garden", file))) == len(moved(tmp_path, "garden")) == 1
    with pytest.raises(CannotRead, match="cannot be read"):
        list(bring_in(tmp_path, "circle", tmp_path / "none.json"))


def test_it_knows_every_kind_of_value_that_a_recap_holds():
    assert plain(True) is True and plain(None) is None and plain(2.5) == 2.5
