"""What an author meets: the guide's own example, forty broken scripts, YAML's traps, and the small commands."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.authoring.check import check_file
from bot.authoring.folder import shelf
from bot.authoring.loader import examine, framework, load, parse, variants
from bot.authoring.loader import series as read_series
from bot.authoring.rehearsal import Rehearsal
from bot.authoring.run_sheet import run_sheet
from bot.authoring.schema import schema
from bot.authoring.script_tests import play
from bot.authoring.template import seedling
from bot.cli.main import app
from bot.errors import ScriptError

ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"

GOOD = """\
id: mine
title: Mine
about: A few steps.
minutes: 40
frameworks: [maturity, value-cycles]
tail_hours: 24
rescue_lines: {silence: I go first.}
steps:
  - id: hello
    kind: open
    title: Hello
    minutes: 3
    max_chars: 140
    say: One line, please?
  - id: gut
    kind: choice
    title: Gut
    minutes: 2
    say: Where is it?
    options: [{key: early, label: Early}, {key: late, label: Late}]
  - id: taps
    kind: scale
    title: Taps
    minutes: 4
    items: spokes
    say: Nine ratings.
  - id: talk
    kind: pair
    title: Talk
    minutes: 5
    read_minutes: 1
    by: same:gut
    say: Talk, please.
    fields: [{key: line, label: A line, max_chars: 140}]
  - id: tale
    kind: story
    title: A tale
    minutes: 5
    say: Tell one.
    fields:
      - {key: moment, label: What happened, max_chars: 200}
      - {key: idea, label: An idea, max_chars: 80, loop: true}
  - id: wall
    kind: gallery
    title: Wall
    minutes: 4
    cards_from: tale
    say: Read one.
  - id: pick
    kind: vote
    title: Pick
    minutes: 3
    options_from: tale.idea
    say: Three dots.
  - id: word
    kind: reflection
    title: One word
    minutes: 2
    max_chars: 40
    say: One word.
  - id: bye
    kind: message
    title: Bye
    minutes: 1
    say: Thank you.
"""


def read(text: str, tmp_path: Path) -> list[str]:
    """The faults of a script, a line each; none if it is good."""
    folder = tmp_path / "prompts"
    folder.mkdir(exist_ok=True)
    if not (folder / "frameworks").exists():
        (folder / "frameworks").symlink_to(PROMPTS / "frameworks")
    path = folder / "w.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        variants(path)
    except ScriptError as error:
        return str(error).split("\n")
    return []


def test_the_script_that_is_broken_below_is_good(tmp_path: Path):
    assert read(GOOD, tmp_path) == []


# (what is changed, into what, line, column, what is said of it)
BROKEN = [
    ("id: mine", "id: My Circle", 1, 1, "Use small letters"),
    ("title: Mine\n", "", 1, 1, "title is missing. Add a line title: …"),
    ("minutes: 40", "minutes: forty", 4, 1, "Write a number"),
    ("minutes: 40", "minutes: 12:30", 4, 1, "Write a number"),
    ("minutes: 40", "minutes: 28", 4, 1, "Shorten a step, or say minutes: 34."),
    ("minutes: 40", "minutes:", 4, 1, "minutes"),
    ("frameworks: [maturity, value-cycles]", "frameworks: [maturty]", 5, 14, "There are: convening"),
    ("frameworks: [maturity, value-cycles]", "frameworks: maturity", 5, 1, "Begin each entry on a line"),
    ("frameworks: [maturity, value-cycles]", "framework: maturity", 5, 1, "Did you mean frameworks?"),
    ("tail_hours: 24", "tail_hours: -1", 6, 1, "It is at least 0."),
    ("title: Mine", "title: no", 2, 1, "Put it between quotes"),
    ("title: Mine", "title: 2026-12-01", 2, 1, "Put it between quotes"),
    ("title: Mine", "title: [a, b]", 2, 1, "Write one text"),
    ("  - id: hello", "  - id: yes", 9, 5, "Put it between quotes"),
    ("kind: open", "kind: opn", 9, 5, "Did you mean open?"),
    ("    kind: open\n", "", 9, 5, "kind is missing"),
    ("title: Hello", "title: " + "x" * 90, 11, 5, "and 80 fit. Shorten it."),
    ("max_chars: 140\n    say", "max_chars: 9000\n    say", 13, 5, "It is at most 4000."),
    ("max_chars: 140\n    say", "max_char: 140\n    say", 13, 5, "Did you mean max_chars?"),
    ("say: One line, please?", "say: You have ten minutes.", 14, 5, "Write {minutes} or {deadline}."),
    ("say: One line, please?", "say: Hello {name}.", 14, 5, "There are {minutes}"),
    ("say: One line, please?", "say: 'Use {cmd:dance}.'", 14, 5, "There is no command dance"),
    ("say: One line, please?", "say: " + "word " * 130, 14, 5, "Keep it to 600."),
    ("say: One line, please?", "say: ''", 14, 5, "Write something"),
    ("say: One line, please?", "say: One line: please?", 14, 18, "put the whole text between quotes"),
    ("say: Where is it?", "say: '{taps.top|x}'", 19, 5, "No choice or vote before this is called taps"),
    ("say: Nine ratings.", "say: 'It is {gut.top}.'", 26, 5, "Say what stands there if few"),
    ("options: [{key: early, label: Early}, {key: late, label: Late}]", "options: [{key: early, label: Early}]",
     20, 5, "a choice needs two options"),
    ("{key: late, label: Late}", "{key: late, label: Late, early}", 20, 68, "there is no key 'early' here"),
    ("{key: late, label: Late}]", "{key: late, label: Late}]\n    named: true", 21, 5, "reveal: live and named: true"),
    ("{key: late, label: Late}]", "{key: late, label: Late}]\n    reveal: live", 21, 5, "reveal: live and named: true"),
    ("{key: late, label: Late}]", "{key: late, label: Late}]\n    reveal: live\n    named: true\n    most: 2", 23, 5,
     "takes one tap"),
    ("label: Late}]", "label: " + "x" * 60 + "}]\n    reveal: live\n    named: true", 20, 5, "of 55 characters"),
    ("items: spokes", "items: spoks", 25, 5, "There are: phases, spokes, cycles."),
    ("items: spokes", "again: gut", 25, 5, "Name an earlier scale."),
    ("by: same:gut", "by: same", 32, 5, "Write random, same:step"),
    ("by: same:gut", "by: same:hello", 32, 5, "Name the choice that pairs are made by."),
    ("by: same:gut", "size: 5", 32, 5, "There are: 2 or 3."),
    ("by: same:gut", "when: people is 3", 32, 5, "does not work"),
    ("by: same:gut", "when: top(gut) == 'early'", 32, 5, 'top is written top("step")'),
    ("by: same:gut", "when: __import__('os').system('x') == 1", 32, 5, "does not work"),
    ("by: same:gut", "pass: false", 32, 5, "Take this line out."),
    ("loop: true", "loop: maybe", 42, 52, "Write true or false."),
    (", loop: true", "", 53, 5, "Add loop: true to the field idea"),
    ("cards_from: tale", "cards_from: word", 47, 5, "Name an earlier step"),
    ("cards_from: tale", "cards_from: tale\n    attach: radar:gut", 48, 5, "a radar is drawn from a scale"),
    ("options_from: tale.idea", "options_from: tale", 53, 5, "Write step.field"),
    ("options_from: tale.idea", "day: 2", 53, 5, "Add days: 5 to the workshop."),
    ("  - id: bye", "  - id: word", 61, 5, "Give each step its own."),
    ("    title: Bye", "    title: Bye\n    title: Good bye", 64, 5, "Keep one of them."),
    ("    title: Bye", "\ttitle: Bye", 63, 1, "Indent with spaces"),
    ("rescue_lines: {silence: I go first.}", "rescue_lines: [I go first.]", 7, 1, "Write key: value lines"),
    ("{silence: I go first.}", "{silence: \"{minutes} left\"}", 7, 16, "In a ready-made line there is {host}"),
    ("title: Mine", "title: *mine", 2, 8, "put it between quotes"),
    ("title: Mine", "title: !mine x", 2, 8, "put it between quotes"),
    ("steps:", "---\nsteps:", 8, 1, "Keep one workshop in a file"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "mend"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_script_is_told_its_line_column_and_mend(
    old: str, new: str, line: int, column: int, mend: str, tmp_path: Path
):
    assert old in GOOD
    found = read(GOOD.replace(old, new, 1), tmp_path)
    name = str(tmp_path / "prompts" / "w.yaml")
    assert any(each.startswith(f"{name}:{line}:{column}: ") and mend in each for each in found), found
    assert len(found) <= 4, found


def test_there_are_forty_of_them():
    assert len(BROKEN) >= 40


def test_what_would_fill_the_memory_is_refused_at_once(tmp_path: Path):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{two}: &{two} [*{one}, *{one}, *{one}, *{one}, *{one}, *{one}, *{one}, *{one}, *{one}]\n"
    (found,) = read(bomb, tmp_path)
    assert "grows too large" in found
    (found,) = read("a: &a [*a]\n", tmp_path)
    assert "alias" in found or "nested" in found
    (found,) = read("[" * 5000, tmp_path)
    assert "nested" in found or "not YAML" in found
    (found,) = read("say: " + "x" * 1_100_000, tmp_path)
    assert "A workshop fits into 1,000,000" in found


@pytest.mark.parametrize("wrong", ["? [a, b]\n: c\n", "1: 2\n", "null\n", "steps: 5\n", "steps: [5, null]\n"])
def test_odd_yaml_is_a_sentence_and_no_traceback(wrong: str, tmp_path: Path):
    for line in read(wrong, tmp_path) or ["none"]:
        assert re.match(r".*w\.yaml:\d+:\d+: \w.*\.", line), line


# -- the guide ------------------------------------------------------------------------------------


def example() -> str:
    """The complete example of the author guide."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "scripts.md").read_text(), re.S)
    return max(blocks, key=len)


async def test_the_example_of_the_guide_passes_check_and_runs(tmp_path: Path):
    path = tmp_path / "how-full.yaml"
    path.write_text(example(), encoding="utf-8")
    found = await check_file(path, play=True)
    assert found.faults == [] and found.warnings == []
    played = await Rehearsal(load(path), 6).play()
    assert played.session.phase.value == "closed" and "once_more" in played.session.steps


async def test_a_new_workshop_passes_check_and_runs_as_it_stands(tmp_path: Path):
    for minutes in (20, 45, 90):
        path = tmp_path / f"ours-{minutes}.yaml"
        path.write_text(seedling(f"ours-{minutes}", "Ours", minutes), encoding="utf-8")
        found = await check_file(path, play=True)
        assert found.faults == [] and found.warnings == []


def test_new_writes_once_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STORYCIRCLE_PROMPTS", str(tmp_path / "prompts"))
    run = CliRunner().invoke
    assert run(app, ["new", "our-evening"]).exit_code == 0
    again = run(app, ["new", "our-evening"])
    assert again.exit_code != 0 and "is there already" in str(again.exception)
    assert "cannot be an id" in str(run(app, ["new", "Our Evening"]).exception)
    assert run(app, ["check", str(tmp_path / "prompts"), "--play"]).exit_code == 0
    assert "Arriving" in run(app, ["print", "our-evening", "--at", "18:30"]).output
    assert "is no time" in str(run(app, ["print", "our-evening", "--at", "soon"]).exception)


async def test_tests_beside_a_script_say_what_was_not_said(tmp_path: Path):
    text = (
        GOOD
        + "tests:\n  - {do: Ada joins}\n  - {do: host /workshop begin, expect: a purple cow}\n  - {do: dance}\n"
    )
    path = tmp_path / "prompts"
    assert read(text, tmp_path) == []
    found = examine(path / "w.yaml")
    faults = await play(found.scripts[0], found.tests)
    assert "“a purple cow” was not said" in faults[0] and "One line, please?" in faults[0]
    assert "'dance' is not understood" in faults[1]


def test_the_schema_is_up_to_date_and_takes_what_ships():
    assert (PROMPTS / "schema.json").read_text() == schema(), "run: storycircle schema > prompts/schema.json"
    defined = json.loads(schema())
    for path in PROMPTS.glob("*.yaml"):
        head = path.read_text().split("\n", 1)[0]
        assert "yaml-language-server: $schema=schema.json" in head, f"{path} names no schema"
        series = yaml.safe_load(path.read_text()).get("kind") == "series"
        known = (defined["$defs"]["Series"] if series else defined)["properties"]
        assert set(yaml.safe_load(path.read_text())) <= set(known)


def test_a_run_sheet_has_the_clock_and_adds_up():
    script = load(PROMPTS / "community-maturity.yaml", "60", "one_community")
    sheet = run_sheet(script, datetime(2026, 12, 1, 19, 0))
    assert "19:00    2 min  1. Welcome" in sheet
    assert "20:00        the end that people were told" in sheet
    assert "18:50" in sheet and "[ ] Before" in sheet and "14 days after" in sheet
    days = run_sheet(load(PROMPTS / "community-maturity.yaml", "async"), datetime(2026, 12, 1, 9, 0))
    assert "Fri 04 Dec  day 4, at 09:00" in days and "Mon 07 Dec  day 5, at 09:00" in days


# -- frameworks and series ------------------------------------------------------------------------


def test_frameworks_are_data_and_an_area_more_is_a_wedge_more(tmp_path: Path):
    from bot.core.steps.diagrams import Wheel
    from bot.core.steps.scale_statistics import measure
    from bot.render.diagrams import draw
    from tests.core.pacing.test_multi_day import tapped

    found = framework(PROMPTS / "frameworks" / "convening.yaml")
    assert len(found.lists["areas"]) == 7
    for n in (3, 7, 11):
        folder = tmp_path / str(n) / "prompts" / "frameworks"
        folder.mkdir(parents=True)
        raw = yaml.safe_load((PROMPTS / "frameworks" / "convening.yaml").read_text())
        areas = (raw["lists"]["areas"] * 2)[:n]
        raw["lists"]["areas"] = [{**area, "key": f"k{k}"} for k, area in enumerate(areas)]
        (folder / "convening.yaml").write_text(yaml.safe_dump(raw))
        text = GOOD.replace("[maturity, value-cycles]", "[convening]").replace(
            "items: spokes", "items: areas"
        )
        (folder.parent / "w.yaml").write_text(text)
        script = load(folder.parent / "w.yaml")
        session = tapped(script, "taps", people=5)
        step = script.step("taps")
        drawn = draw(Wheel(measure=measure(script, session, step)))
        # each area has its name and number, and its wedge: one in paper, one filled
        assert drawn.count("<text") == 2 * n + 3 and drawn.count("<path") == 2 * n


def test_the_series_names_its_parts_and_carries_between_fields_that_exist():
    workshops = shelf(PROMPTS)
    series = read_series(PROMPTS / "community-conversations.yaml", list(workshops))
    assert series.parts == ("value-creation", "community-maturity", "change-agents") and series.statements
    for source, to in series.carry:
        for name in (source, to):
            workshop, step, field = name.split(".")
            there = [s.step(step) for s in workshops[workshop] if any(x.id == step for x in s.all_steps)]
            assert there and all(field in [f.key for f in each.fields] for each in there), name
        order = [series.parts.index(name.partition(".")[0]) for name in (source, to)]
        assert order[0] < order[1]


def test_a_series_with_a_part_that_is_not_there_says_which(tmp_path: Path):
    alone = GOOD.replace("[maturity, value-cycles]", "[]")
    (tmp_path / "one.yaml").write_text(alone.replace("items: spokes", "items: [{key: a, label: A}]"))
    (tmp_path / "both.yaml").write_text(
        "kind: series\nid: both\ntitle: Both\nabout: Two.\nparts: [mine, mne]\n"
        "carry: [{from: other.a.b, to: mine.tale.moment}]\n"
    )
    with pytest.raises(ScriptError) as caught:
        read_series(tmp_path / "both.yaml", list(shelf(tmp_path)))
    assert "both.yaml:5:15: there is no workshop mne. Did you mean mine?" in str(caught.value)
    assert "both.yaml:6:10: other.a.b is of no part" in str(caught.value)


# -- languages ------------------------------------------------------------------------------------


def test_texts_in_several_languages_fall_back_and_check_lists_what_is_missing(tmp_path: Path):
    text = GOOD.replace("title: Mine", "title: {en: Mine, es: Mío}").replace(
        "say: Thank you.", "say: {en: Thank you., es: Gracias., de: Danke.}"
    )
    assert read(text, tmp_path) == []
    found = examine(tmp_path / "prompts" / "w.yaml")
    assert found.scripts[0].title == "Mine" and found.scripts[0].step("bye").say == "Thank you."
    assert found.scripts[0].spoken["es"] == {"Mine": "Mío", "Thank you.": "Gracias."}
    assert any(":2:1: warning: title has no de." in each for each in found.warnings)


async def test_the_room_has_one_language_and_a_person_another_in_private(tmp_path: Path):
    from bot.core.participants.translation import in_language, languages
    from tests.support import Scene

    text = GOOD.replace(
        "say: One line, please?", "say: {en: 'One line, please?', es: '¿Una línea?', de: 'Eine Zeile?'}"
    )
    text = text.replace("{key: early, label: Early}", "{key: early, label: {en: Early, es: Pronto}}")
    text = text.replace("title: Gut\n", "title: {en: Gut, es: Instinto}\n")
    assert read(text, tmp_path) == []
    script = load(tmp_path / "prompts" / "w.yaml")
    assert languages(script) == ("en", "de", "es")
    spanish = in_language(script, "es")
    assert spanish.language == "es" and spanish.step("hello").say == "¿Una línea?"
    assert spanish.step("gut").options[0].label == "Pronto" and spanish.step("gut").options[1].label == "Late"
    assert in_language(spanish, "de").step("hello").say == "Eine Zeile?"
    assert in_language(spanish, "en").step("gut").title == "Gut"
    scene = await Scene(tmp_path / "t.db", script).open()
    try:
        await scene.gathered("Ada", "Bo")
        await scene.order("Ada", "language", language="xx")
        assert "en, de, es" in scene.private("Ada")[-1]
        await scene.order("Ada", "language", language="es")
        await scene.order("Ada", "now")
        await scene.order("Bo", "now")
        assert any("¿Una línea?" in text for text in scene.private("Ada"))
        assert any("One line" in text for text in scene.private("Bo"))
        assert any("One line, please?" in text for text in scene.room())
        assert not any("¿Una línea?" in text for text in scene.room())
    finally:
        await scene.close()


def test_parse_reads_text_without_a_file():
    assert parse(GOOD).id == "mine"
    assert asyncio.iscoroutinefunction(check_file)
