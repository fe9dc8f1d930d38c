"""Faults in a workshop file: all at once, each with file, line, column and a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.folder import shelf
from bot.authoring.loader import load, parse
from bot.errors import ScriptError
from bot.store import codec
from tests.support import SMALL, small

PROMPTS = Path(__file__).parents[2] / "prompts"


def faults(text: str) -> list[str]:
    with pytest.raises(ScriptError) as caught:
        parse(text, "w.yaml")
    return str(caught.value).split("\n")


def test_what_ships_has_no_faults():
    found = shelf(PROMPTS)
    assert "first-circle" in found
    for script in (variant for there in found.values() for variant in there if not variant.days):
        assert sum(s.minutes + getattr(s, "read_minutes", 0) for s in script.steps) <= 0.9 * script.minutes


def test_first_circle_has_every_kind_that_the_shortest_workshop_needs():
    script = load(PROMPTS / "first-circle.yaml")
    kinds = [type(step).__name__ for step in script.steps]
    assert kinds == ["Message", "Open", "Open", "Choice", "Story", "Vote", "Reflection", "Message"]
    assert script.minutes == 16
    story = script.step("story")
    assert len(story.fields) == 3


def test_all_faults_come_at_once_in_the_order_of_the_file():
    found = faults(
        """id: Not Good
title: A title
abot: misspelt
minutes: 20
steps:
  - {id: a, kind: opn, title: A, say: hello, minutes: 1}
  - id: b
    kind: open
    title: B
    say: You have 5 minutes for {this}.
    minutes: 3
    revael: live
"""
    )
    assert found == [
        "w.yaml:1:1: id is 'Not Good'. Use small letters, digits, - and _, beginning with a letter.",
        "w.yaml:1:1: about is missing. Add a line about: …",
        "w.yaml:3:1: there is no key 'abot' here. Did you mean about?",
        "w.yaml:6:5: kind is 'opn'. Did you mean open?",
        "w.yaml:10:5: say names a time ('5 minutes'). Write {minutes} or {deadline}.",
        "w.yaml:10:5: there is no variable {this}. There are {minutes} and {deadline}, {cmd:…} for a "
        "command, and {step.top} for what was chosen.",
        "w.yaml:12:5: there is no key 'revael' here. Did you mean reveal?",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("minutes: 20", "minutes: 15"), "the steps take 16 of 15 minutes"),
        (("id: deep", "id: hello"), "the id hello is used twice"),
        (("options_from: tale.loop", "options_from: tale.lop"), "has no field lop"),
        (("options_from: tale.loop", "options_from: later.x"), "no step before this one is called later"),
        ((", loop: true", ""), "Add loop: true to the field loop"),
        (("label: I bring", "label: " + "very " * 10), "and 45 fit"),
        (("say: Tell one.", "say: " + "word " * 200), "Keep it to 600"),
        (("dots: 2", "dots: many"), "valid integer"),
        (("key: take", "key: bring"), "two fields have the same key"),
    ],
)
def test_single_faults_name_their_line(change: tuple[str, str], line: str):
    assert change[0] in SMALL
    (found,) = faults(SMALL.replace(*change))
    assert line in found and found.startswith("w.yaml:")
    number = int(found.split(":")[1])
    assert 1 <= number <= len(SMALL.split("\n"))


def test_a_key_given_twice_is_a_fault():
    (found,) = faults(SMALL + "title: Again\n")
    assert "title is given twice" in found


@pytest.mark.parametrize(
    "text", ["", "just words", "- a\n- b", "a: [", "\ta: b", "a: !!python/object:os.system x"]
)
def test_what_is_no_script_is_said_in_a_line(text: str):
    assert faults(text)[0].startswith("w.yaml:")


def test_a_missing_file_and_a_binary_one_are_sentences(tmp_path: Path):
    with pytest.raises(ScriptError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScriptError, match="UTF-8"):
        load(tmp_path / "b.yaml")


def test_a_script_survives_the_database():
    hash, body = codec.canonical(small())
    assert codec.loads(body) == small()
    assert codec.canonical(codec.loads(body)) == (hash, body)
