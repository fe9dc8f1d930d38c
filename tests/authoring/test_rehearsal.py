"""A rehearsal plays everything that a host can play: pauses, calls, series, and both sides of a condition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.authoring.check import check_file
from bot.authoring.loader import load, load_series, variants
from bot.authoring.rehearsal import Rehearsal, SeriesRehearsal
from bot.authoring.rehearsal_coverage import play_both_sides
from bot.authoring.rehearsal_report import report
from bot.authoring.simulated_people import CASTS
from bot.cli.main import app
from bot.core.model.facts import Mode, Phase

PROMPTS = Path(__file__).parents[2] / "prompts"

HEAD = """\
id: mine
title: Mine
about: A few steps.
minutes: 40
rescue_lines: {silence: I go first.}
steps:
"""
HELLO = """\
  - id: hello
    kind: open
    title: Hello
    minutes: 3
    max_chars: 140
    say: One line, please?
"""
BREAK = """\
  - id: break
    kind: pause
    title: Break
    minutes: 10
    say: Stretch your legs.
"""
CHOICE = """\
  - id: mood
    kind: choice
    title: Mood
    minutes: 2
    say: How are we?
    options: [{key: well, label: Well}, {key: tired, label: Tired}]
"""
IF_TIRED = """\
  - id: rest
    kind: open
    title: What would help
    minutes: 3
    max_chars: 140
    when: top("mood") == "tired"
    say: What would help you rest?
"""
BYE = """\
  - id: word
    kind: reflection
    title: One word
    minutes: 2
    max_chars: 40
    say: One word for how you leave.
  - id: bye
    kind: message
    title: Bye
    minutes: 1
    say: Thank you.
"""


def written(tmp_path: Path, *steps: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + "".join(steps), encoding="utf-8")
    return path


async def test_the_host_of_a_rehearsal_goes_on_after_a_pause(tmp_path: Path):
    played = await Rehearsal(load(written(tmp_path, HELLO, BREAK, BYE)), 6).play()
    assert "bye" in played.session.steps and not played.stopped_at
    assert dict(played.steps)["Break"] == pytest.approx(10, abs=1)
    assert played.minutes < 20


async def test_a_pause_that_is_the_last_step_or_the_first_ends_too(tmp_path: Path):
    played = await Rehearsal(load(written(tmp_path, HELLO, BREAK)), 6).play()
    assert played.minutes < 20 and not played.stopped_at
    played = await Rehearsal(load(written(tmp_path, BREAK, HELLO)), 6).play()
    assert "hello" in played.session.steps


async def test_without_a_host_a_pause_does_not_end_and_the_report_says_where(tmp_path: Path):
    played = await Rehearsal(load(written(tmp_path, HELLO, BREAK, BYE)), 6, manner="unhosted").play()
    assert played.stopped_at == "Break" and "bye" not in played.session.steps
    assert "It stopped at Break: only the host can go on from there." in report(played)


@pytest.mark.parametrize("workshop", ["first-circle", "value-creation", "change-agents"])
async def test_in_a_call_the_host_leads_through_every_step(workshop: str):
    script = load(PROMPTS / f"{workshop}.yaml")
    played = await Rehearsal(script, 8, mode=Mode.CALL).play()
    assert played.session.phase is Phase.CLOSED and not played.stopped_at
    expected = {step.id for step in script.steps if not step.when}
    assert expected <= set(played.session.steps)
    assert played.minutes <= script.minutes + 1


def test_the_call_is_rehearsed_from_the_command_line_as_a_host_would_ask_for_it(tmp_path: Path):
    run = CliRunner().invoke
    done = run(app, ["rehearse", "first-circle", "--version", "call", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.exception
    assert "first-circle-call.txt" in [path.name for path in tmp_path.iterdir()]
    done = run(app, ["rehearse", "value-creation", "--version", "60 call many", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.exception
    wrong = run(app, ["rehearse", "value-creation", "--version", "61", "--out", str(tmp_path)])
    assert "can't run as “61”" in str(wrong.exception) and "90, 60, async" in str(wrong.exception)


async def test_a_series_is_played_part_after_part_and_what_was_said_comes_back(tmp_path: Path):
    series, parts = load_series(PROMPTS / "community-conversations.yaml")
    played = await SeriesRehearsal(series, parts, 8).play()
    assert [each.script.id for each in played] == list(series.parts)
    assert all(each.session.phase in (Phase.FOLLOWING, Phase.CLOSED) for each in played)
    assert [len(each.session.earlier) for each in played] == [0, 1, 2]
    lines = "\n".join(line for each in played for line in each.lines)
    assert re.search(r"\(offered to \w+ from Creating value in your community: “.+”\)", lines)


def test_a_series_is_rehearsed_from_the_command_line(tmp_path: Path):
    done = CliRunner().invoke(app, ["rehearse", "community-conversations", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.exception
    names = {path.name for path in tmp_path.iterdir()}
    assert "community-conversations.txt" in names
    assert {"value-creation-90.html", "community-maturity-90.html", "change-agents-90.html"} <= names


async def test_both_sides_of_a_condition_are_played(tmp_path: Path):
    script = load(written(tmp_path, HELLO, CHOICE, IF_TIRED, BYE))
    coverage = await play_both_sides([script], people=6)
    assert coverage.asked == {"rest"} and coverage.left_out == {"rest"}
    assert any("rest" in played.session.steps for played in coverage.played)
    assert any("rest" not in played.session.steps for played in coverage.played)


async def test_a_step_for_enough_people_is_played_with_fewer_too(tmp_path: Path):
    skipped = (
        HELLO.replace("hello", "pairs").replace("Hello", "Pairs") + "    needs_people: 4\n    if_few: skip\n"
    )
    reworded = (
        HELLO.replace("hello", "more").replace("Hello", "More")
        + "    needs_people: 3\n    if_few: Just you?\n"
    )
    coverage = await play_both_sides([load(written(tmp_path, HELLO, skipped, reworded, BYE))], people=6)
    assert coverage.complete
    few = [played.session.steps for played in coverage.played]
    assert any("pairs" not in steps for steps in few) and any("pairs" in steps for steps in few)
    assert any(steps["more"].few for steps in few) and any(not steps["more"].few for steps in few)


@pytest.mark.parametrize(("how", "version"), [("60", "60"), ("async", "async"), ("call", "90")])
def test_a_series_is_rehearsed_as_it_is_asked_for(how: str, version: str, tmp_path: Path):
    done = CliRunner().invoke(
        app,
        ["rehearse", "community-conversations", "--version", how, "--people", "4", "--out", str(tmp_path)],
    )
    assert done.exit_code == 0, done.output
    assert len(list(tmp_path.glob(f"*-{version}*.html"))) == 3
    assert ("during a call" in done.output) is (how == "call")


def test_a_series_that_is_not_held_like_that_says_how_it_is(tmp_path: Path):
    done = CliRunner().invoke(
        app, ["rehearse", "community-conversations", "--version", "45", "--out", str(tmp_path)]
    )
    assert done.exit_code != 0 and "90" in str(done.exception or done.output)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ('share("mood", "tired") > 1', "was never asked"),
        ("people >= 1", "was never left out"),
    ],
)
async def test_a_condition_that_has_one_side_only_is_a_warning(condition: str, sentence: str, tmp_path: Path):
    step = IF_TIRED.replace('top("mood") == "tired"', condition)
    found = await check_file(written(tmp_path, HELLO, CHOICE, step, BYE))
    assert found.faults == []
    (warning,) = found.warnings
    assert sentence in warning and "What would help" in warning
    assert ":24:5: warning: " in warning


@pytest.mark.parametrize(
    "condition",
    ['share("mood", "tired") > 0.8', "people >= 9", "people < 3", 'mode == "call"', 'answered("hello") < 3'],
)
async def test_a_condition_that_has_two_sides_is_fine(condition: str, tmp_path: Path):
    step = IF_TIRED.replace('top("mood") == "tired"', condition)
    found = await check_file(written(tmp_path, HELLO, CHOICE, step, BYE))
    assert found.faults == [] and found.warnings == []


@pytest.mark.parametrize("workshop", ["community-maturity", "change-agents"])
def test_a_cast_has_words_of_its_own_for_the_steps_of_a_workshop_that_fit_their_fields(workshop: str):
    words = CASTS[workshop]
    asked: dict[str, int] = {}
    for script in variants(PROMPTS / f"{workshop}.yaml"):
        for step in script.all_steps:
            for field in getattr(step, "fields", ()):
                if not field.options:
                    asked[f"{step.id}.{field.key}"] = field.max_chars
                    if field.key == "text":
                        asked[step.id] = field.max_chars
    assert words.keys() <= asked.keys(), words.keys() - asked.keys()
    for key, lines in words.items():
        assert len(set(lines)) == len(lines)
        for line in lines:
            assert isinstance(line, str) and len(line) <= asked[key], (key, line)
    story = {key for key in asked if key.startswith("story.") and not key.endswith("title")}
    assert story <= words.keys(), story - words.keys()


async def test_a_modest_retrospective_passes_and_is_warned_of_its_posts_with_the_step_and_the_number(
    tmp_path: Path,
):
    steps = [
        f"  - {{id: q{n}, kind: {kind}, title: Question {n}, minutes: 2, max_chars: 140, {more}say: What went well.}}\n"
        for n, (kind, more) in enumerate(
            [("open", "")] * 2 + [("open", "reveal: together, look: none, ")] * 3 + [("reflection", "")],
            1,
        )
    ]
    bye = "  - id: bye" + BYE.partition("  - id: bye")[2]
    retro = HEAD.replace("minutes: 40", "minutes: 20") + "".join(steps) + bye
    path = tmp_path / "retro.yaml"
    path.write_text(retro, encoding="utf-8")
    told: list[str] = []
    found = await check_file(path, tell=told.append)
    assert found.faults == [] and any("no faults" in line for line in told)
    posts = [each for each in found.warnings if "the bot posts" in each]
    assert len(posts) == len(found.warnings) <= 1
    for warning in posts:
        assert re.search(
            r"retro\.yaml:\d+:\d+: warning: the bot posts \d+ times .*most often in .+: \d+ times\.", warning
        )
    assert not any(": :" in line for line in (*told, *found.warnings))
