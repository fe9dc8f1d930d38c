"""Slips of authors that used to pass in silence, or were answered with YAML's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.authoring.check import check_file
from bot.authoring.loader import examine, load
from bot.cli import program
from bot.cli.main import app
from bot.cli.program import workshop_file
from bot.errors import ScriptError
from tests.authoring.test_authors import GOOD, read
from tests.support import SMALL

ROOT = Path(__file__).parents[2]

PROMPTS = Path(__file__).parents[2] / "prompts"


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        (
            "say: One line, please?",
            "say: One line, please? #hello",
            "“#hello” is a comment here, and nobody reads it",
        ),
        ("title: Hello", "title: We are # 1", "“# 1” is a comment here"),
        ("about: A few steps.", "about: A few steps. # not many", "“# not many” is a comment here"),
        ("{silence: I go first.}", "\n  silence: I go first. # and last", "“# and last” is a comment here"),
    ],
)
def test_words_that_yaml_takes_for_a_comment_are_a_warning(old: str, new: str, warning: str, tmp_path: Path):
    assert read(GOOD.replace(old, new, 1), tmp_path) == []
    warnings = examine(tmp_path / "prompts" / "w.yaml").warnings
    assert any(warning and warning in each for each in warnings) is bool(warning), warnings


def test_a_comment_behind_a_number_or_an_id_is_none_of_our_business(tmp_path: Path):
    text = GOOD.replace("minutes: 40", "minutes: 40 # all in all").replace("id: hello", "id: hello # first")
    text = text.replace("say: One line, please?", "say: 'One line, please?' # the first question")
    text = text.replace("steps:\n", "steps: # nine\n")
    assert read(text, tmp_path) == []
    assert not any("comment" in each for each in examine(tmp_path / "prompts" / "w.yaml").warnings)


def test_a_text_that_is_all_comment_says_so(tmp_path: Path):
    (fault,) = read(GOOD.replace("say: One line, please?", "say: # please"), tmp_path)
    assert "say is empty" in fault and "# stands between quotes" in fault


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("max_chars: 200}", "max_chrs: 200}", "Did you mean max_chars?"),
        ("{key: early, label: Early}", "{key: early, lable: Early}", "Did you mean label?"),
        ("items: spokes", "items: [{key: a, label: A, qestion: Why}]", "Did you mean question?"),
        (
            "    title: Hello\n",
            "    title: Hello\n    tail_hours: 3\n",
            "It belongs to the workshop itself: see whether",
        ),
        ("tail_hours: 24", "tail_hours: 24\nsay: Hello", "It belongs to a step"),
        ("    title: Wall\n", "    title: Wall\n    max_chars: 3\n", "a field"),
        ("cards_from: tale", "cards_from: tale\n    reactions: [{kee: a, label: A}]", "Did you mean key?"),
        ("tail_hours: 24", "recognition: [{earn: story, rle: Teller}]", "Did you mean role?"),
        ("tail_hours: 24", "tests: [{do: Ada joins, expct: Hello}]", "Did you mean expect?"),
        ("tail_hours: 24", "badge: {name: A, statments: [I can]}", "Did you mean statements?"),
        (
            "tail_hours: 24",
            "follow_ups: [{id: x, days: 7, titel: X, title: X, say: X}]",
            "Did you mean title?",
        ),
    ],
)
def test_a_key_in_the_wrong_place_or_misspelt_is_told_where_it_belongs(
    old: str, new: str, hint: str, tmp_path: Path
):
    found = read(GOOD.replace(old, new, 1), tmp_path)
    assert any("there is no key" in each and hint in each for each in found), found


WRONG_STEPS = """
id: wrong
title: Wrong
about: Keys and kinds as other tools call them.
minutes: 20
steps:
  - {id: a, kind: question, title: A, minutes: 3, ask: "One?", revael: live}
  - {id: b, kind: opne, title: B, minutes: 3, say: "Two?", max_char: 100}
  - {id: c, kind: open, title: C, minutes: 3, ask: "Three?"}
  - {id: d, type: open, title: D, duration: 3, say: "Four?"}
  - {id: e, kind: choice, title: E, minutes: 3, question: "Five?", choices: [{key: x, label: X}]}
  - {id: f, kind: karaoke, title: F, minutes: 3, say: Sing., sond: loud}
  - {id: g, kind: open, title: G, minutes: 3, say: "Seven?", question: "Seven?"}
"""


def test_a_wrong_kind_hides_no_other_fault_and_words_of_other_tools_are_known(tmp_path: Path):
    found = [each.split(":", 1)[1] for each in read(WRONG_STEPS, tmp_path)]
    assert [each.partition(": ")[2] for each in found if each.startswith("7:")] == [
        "kind is 'question'. Did you mean open?",
        "there is no key 'ask' here. Did you mean say?",
        "there is no key 'revael' here. Did you mean reveal?",
    ]
    told = "\n".join(found)
    for line, sentence in (
        (8, "kind is 'opne'. Did you mean open?"),
        (8, "there is no key 'max_char' here. Did you mean max_chars?"),
        (9, "there is no key 'ask' here. Did you mean say?"),
        (10, "there is no key 'type' here. Did you mean kind?"),
        (10, "there is no key 'duration' here. Did you mean minutes?"),
        (11, "there is no key 'question' here. Did you mean say?"),
        (11, "there is no key 'choices' here. Did you mean options?"),
        (12, "kind is 'karaoke'. Kinds: message,"),
        (12, "there is no key 'sond' here."),
        (13, "there is no key 'question' here. It belongs to an item of a scale"),
    ):
        assert any(each.startswith(f"{line}:") and sentence in each for each in found), (
            f"{line} {sentence}\n{told}"
        )


def test_a_wrong_indent_is_told_without_words_of_yaml(tmp_path: Path):
    found = read(GOOD.replace("    title: Hello\n", "   title: Hello\n"), tmp_path)
    assert "indented otherwise than those that it belongs to" in found[0] and "block" not in found[0]


@pytest.mark.parametrize("by", [1, 2, 4])
def test_a_line_too_far_right_is_told_as_that_and_not_as_a_colon(by: int, tmp_path: Path):
    found = read(GOOD.replace("    title: Hello\n", " " * (4 + by) + "title: Hello\n"), tmp_path)
    assert "indented otherwise than those that it belongs to" in found[0] and "colon" not in found[0]
    found = read(GOOD.replace("title: Hello\n", "title: Hello: you\n"), tmp_path)
    assert "There is a colon inside the text" in found[0]


def test_an_entry_that_is_only_words_is_told_with_its_words(tmp_path: Path):
    found = read(
        GOOD.replace("cards_from: tale", "cards_from: tale\n    reactions: [me too, help]"), tmp_path
    )
    assert any(
        "'me too' is only words. An entry here has keys: {key: …, label: …}." in each for each in found
    )


async def test_a_workshop_with_little_time_to_join_is_warned_and_passes(tmp_path: Path):
    path = tmp_path / "full.yaml"
    path.write_text(SMALL.replace("minutes: 20", "minutes: 17"))
    checked = await check_file(path)
    assert not checked.faults
    assert any("the steps take 16 of 17 minutes" in each for each in checked.warnings)


@pytest.mark.parametrize(
    ("attached", "what"),
    [
        ("radar:two", "a radar has a corner for each item, and two has 2"),
        ("wheel:two", "a wheel has a corner for each item, and two has 2"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_a_fault(attached: str, what: str, tmp_path: Path):
    two = (
        "  - id: two\n    kind: scale\n    title: Two\n    minutes: 1\n    say: Tap.\n"
        "    items: [{key: a, label: A}, {key: b, label: B}]\n  - id: bye"
    )
    text = GOOD.replace("  - id: bye", two).replace(
        "say: Thank you.", f"say: Thank you.\n    attach: {attached}"
    )
    assert any(what in each for each in read(text, tmp_path))
    assert any(
        what in each
        for each in read(GOOD.replace("  - id: bye", two) + f"pictures: ['{attached}']\n", tmp_path)
    )


@pytest.mark.parametrize(
    ("step", "picture"), [("items: spokes", "radar:taps"), ("{key: late, label: Late}]", "bars:gut")]
)
def test_a_picture_under_its_own_step_is_a_fault(step: str, picture: str, tmp_path: Path):
    found = read(GOOD.replace(step, f"{step}\n    attach: {picture}"), tmp_path)
    assert any("hangs under the step that it is drawn from" in each for each in found), found


def test_a_workshop_that_is_not_there_is_said_with_the_names_near_it():
    run = CliRunner().invoke
    assert "Did you mean first-circle?" in str(run(app, ["rehearse", "first-cirle"]).exception)
    said = str(run(app, ["rehearse", "nope"]).exception)
    assert "There's no workshop nope" in said and "first-circle" in said and "UTF-8" not in said
    for command in ("print", "check"):
        assert "There's no workshop nope" in str(run(app, [command, "nope"]).exception)


def test_messages_name_the_command_that_is_there(monkeypatch: pytest.MonkeyPatch):
    said = "Matrix is not set up yet: run `storycircle setup matrix`. Or storycircle doctor; storycircle.example."
    monkeypatch.setattr("sys.argv", ["/somewhere/bin/storycircle"])
    assert program.called_here(said) == said
    monkeypatch.setattr("sys.argv", [str(ROOT / "bot" / "__main__.py")])
    assert "`scripts/run setup matrix`" in program.called_here(said)
    assert "scripts/run doctor; storycircle.example" in program.called_here(said)
    assert re.search(r"scripts/run", program.program())


def test_the_shape_of_reactions_stands_in_the_guide_as_it_is_read(tmp_path: Path):
    guide = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    shape = re.search(r"`reactions`: up to five signs, such as `(\[.*?\])`", guide)
    assert shape is not None
    assert (
        read(GOOD.replace("cards_from: tale", f"cards_from: tale\n    reactions: {shape[1]}"), tmp_path) == []
    )


def test_every_message_of_a_fault_is_a_sentence():
    with pytest.raises(ScriptError, match="There's no workshop x"):
        program.workshop_file("x", ROOT / "nowhere")


def test_a_series_without_its_kind_is_told_which_line_it_lacks(tmp_path: Path):
    path = tmp_path / "ours.yaml"
    path.write_text("id: ours\ntitle: Ours\nabout: Two.\nparts: [first-circle, second]\n", encoding="utf-8")
    with pytest.raises(ScriptError, match=r"ours.yaml:4:1: .*add a line kind: series"):
        load(path)


async def test_words_that_are_a_comment_are_named_beside_other_faults(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "id: mine\ntitle: Mine\nabout: Two.\nminutes: 20\nsteps:\n"
        "  - {id: a, kind: open, title: A, minutes: soon, say: Hello}\n"
        "  - id: b\n    kind: message\n    title: B\n    minutes: 1\n    say: Bring this #1 thing\n",
        encoding="utf-8",
    )
    found = await check_file(path)
    assert any("minutes" in fault for fault in found.faults)
    assert any("“#1 thing” is a comment" in warning for warning in found.warnings)


def test_a_path_that_is_not_there_is_answered_with_those_near(tmp_path: Path):
    for wrong in ("frist-circle.yaml", str(PROMPTS / "frist-circle.yaml"), "frist-circle"):
        with pytest.raises(ScriptError, match=r"Did you mean .*first-circle"):
            workshop_file(wrong, PROMPTS)
