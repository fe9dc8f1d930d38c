"""Warnings: the craft of facilitation, as far as a machine can see it."""

from __future__ import annotations

import re

from bot.authoring import model as m
from bot.authoring import step_model
from bot.authoring.build import Frameworks, fields_of, minutes_of
from bot.authoring.diagnostics import Path_
from bot.authoring.lint.problems import SPOKEN, Problems
from bot.authoring.lint.workshop import tight

MOST_INPUTS = 5  # in ten minutes; more is a form, not a story
PARAGRAPH = 250  # characters; a step that asks for more than this asks for a paragraph
PARAGRAPHS_AN_HOUR = 5  # text chat holds about five real questions an hour
ONE_LINE = 200
IDIOMS = (
    "low-hanging fruit", "ballpark", "touch base", "outside the box", "on the same page", "hit the ground",
    "bite the bullet", "piece of cake", "break the ice", "deep dive", "move the needle", "circle back",
    "at the end of the day", "elephant in the room", "no-brainer", "rule of thumb",
)  # fmt: skip
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")


def craft_warnings(model: m.Script, frameworks: Frameworks) -> Problems:
    """Warnings: the craft of facilitation, as far as a machine can see it."""
    yield from tight(model)
    steps = list(enumerate(model.steps))
    for version in [""] + ["short"] * bool(model.minutes_short):
        whole = model.minutes_short if version else model.minutes
        assert whole
        most = max(1, PARAGRAPHS_AN_HOUR * whole // 60)
        long = [n for n, step in steps if minutes_of(step, version) and _asks_paragraph(step)]
        if len(long) > most:
            what = f"{len(long)} steps ask for a paragraph in {whole} minutes"
            yield ("steps", long[most]), what, f"Text chat holds {most}: turn one into a tap or a line."
    for n, step in steps:
        if isinstance(step, step_model.Story):
            yield from _story_inputs(step, ("steps", n))
            if not any(field.loop for field in step.fields):
                hint = "Add a field with loop: true, such as: what should the community do with it?"
                yield ("steps", n, "fields"), f"nothing of {step.id} comes back to the community", hint
        if isinstance(step, step_model.Pair) and step.output == "one_line":
            hung = any(
                isinstance(other, step_model.Gallery) and other.cards_from == step.id for other in model.steps
            )
            if not hung and not step.read_minutes:
                yield (
                    ("steps", n),
                    f"nobody reads what {step.id} brings back",
                    "Add read_minutes, or a gallery.",
                )
        for key in SPOKEN:
            text = getattr(step, key, "")
            yield from _words(text, ("steps", n, key), model.language)
        options = getattr(step, "options", ())
        for k, option in enumerate(options if not isinstance(options, str) else ()):
            if not EMOJI.sub("", option.label).strip(" \ufe0f"):
                yield (
                    ("steps", n, "options", k),
                    f"{option.label!r} has no word",
                    "Add a word beside the sign.",
                )
    typed = next(
        (other for other in steps if isinstance(other[1], step_model.Writing) and other[1].minutes), None
    )
    if typed is not None:
        asked = fields_of(typed[1], frameworks) if isinstance(typed[1], step_model.Writing) else ()
        if len(asked) > 1 or asked[0].max_chars > ONE_LINE:
            hint = f"Let the first question be one line (max_chars: {ONE_LINE} at most)."
            yield ("steps", typed[0]), f"the first thing to type, {typed[1].id}, is long", hint
    if not isinstance(model.steps[-1], step_model.Message):
        yield ("steps", len(steps) - 1), "there is no close", "End with a message that says thank you."
    if model.minutes >= 30 and not any(isinstance(step, step_model.Reflection) for _, step in steps):
        yield ("steps",), "there is no check-out", "Add a reflection before the close."
    if not model.rescue_lines:
        yield ("id",), "there are no rescue lines", "Add rescue_lines: silence, flood, heat, drift."


def _asks_paragraph(step: step_model.Step) -> bool:
    if not isinstance(step, step_model.Writing) or isinstance(step, step_model.Reflection):
        return False
    asked = sum(f.max_chars for f in step.fields if not f.later and not f.optional and not f.options)
    return (asked or (step.max_chars or 600) * (not step.fields)) > PARAGRAPH


def _story_inputs(step: step_model.Story, at: Path_) -> Problems:
    asked = [field for field in step.fields if not field.later]
    minutes = min(step.minutes or 10**6, step.minutes_short or step.minutes or 10**6)
    if len(asked) > max(MOST_INPUTS, MOST_INPUTS * minutes // 10):
        what = f"{len(asked)} things are asked for in {minutes} minutes"
        yield (*at, "fields"), what, "Give the others later: true; they stay open until the recap."


def _words(text: str, at: Path_, language: str) -> Problems:
    if language == "en":
        low = text.lower()
        for idiom in IDIOMS:
            if idiom in low:
                yield at, f"“{idiom}” is an idiom", "Say it plainly; not everybody grew up with it."
    for line in text.split("\n"):
        if line.strip() and EMOJI.search(line) and not re.search(r"\w", EMOJI.sub("", line)):
            yield at, f"{line.strip()[:20]!r} stands without a word", "Add a word beside the sign."
