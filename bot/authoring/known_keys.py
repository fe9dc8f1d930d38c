"""The keys that may stand at a place of a workshop file, and where else a key belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from bot.authoring import model as m
from bot.authoring import step_model
from bot.authoring.diagnostics import Fault, Marks, mark_of

Model = type[BaseModel]
# What each part of a file is called in a sentence.
NAMES: dict[Model, str] = {
    m.Script: "the workshop itself",
    m.Series: "the series itself",
    m.Framework: "the framework itself",
    m.FollowUp: "a follow-up",
    m.Badge: "a badge",
    m.Recognition: "a recognition",
    m.Test: "a test",
    m.Entry: "an entry of a list",
    m.Carry: "an entry of carry",
    step_model.Field: "a field",
    step_model.Option: "an option",
    step_model.Item: "an item of a scale",
    **{each: f"a step of kind {kind}" for kind, each in step_model.KINDS.items()},
}
# What people call a key or a kind who have written for other tools, or guess.
OTHER_KEYS: Mapping[str, Sequence[str]] = {
    "say": ("ask", "question", "prompt", "text", "body", "content", "message", "description"),
    "title": ("name", "heading", "label"),
    "kind": ("type",),
    "minutes": ("duration", "time", "length", "timer"),
    "options": ("choices", "answers"),
    "items": ("statements", "questions", "scales"),
    "when": ("if", "condition"),
    "max_chars": ("limit", "max_length", "maxlength"),
    "host_notes": ("notes", "hints"),
}
OTHER_KINDS: Mapping[str, Sequence[str]] = {
    "open": ("question", "ask", "text", "input", "line", "prompt", "checkin", "check-in", "write"),
    "choice": ("poll", "select", "radio", "quiz", "multiple", "pick"),
    "scale": ("rating", "rate", "slider", "likert", "radar"),
    "message": ("info", "say", "intro", "instruction", "welcome", "slide", "read"),
    "pause": ("break", "rest", "wait"),
    "pair": ("breakout", "breakouts", "group", "groups", "discussion", "talk"),
    "digest": ("summary", "overview"),
    "gallery": ("wall", "exhibition"),
    "reflection": ("checkout", "check-out", "reflect", "journal"),
    "story": ("form", "tell"),
    "vote": ("ballot", "dots", "ranking"),
}


def hint_for(root: Model, loc: Sequence[Any], given: Collection[str] = ()) -> str:
    """What to do about a key that is not known where it stands.

    Args:
        loc: the path of the key as pydantic gives it, with the branches of unions in it.
        given: the keys that stand beside it.
    """
    here = list(_models_at(root, loc[:-1]))
    return _hint(root, here, str(loc[-1]), given)


def kind_meant(kind: str) -> str:
    """The kind of step that a word is probably meant to be; nothing if nobody can tell."""
    other = [known for known, words in OTHER_KINDS.items() if kind.strip().lower() in words]
    return [*other, *get_close_matches(kind, step_model.KINDS, 1), ""][0]


def faults_of_unknown_kinds(steps: Any, marks: Marks) -> list[Fault]:
    """The unknown keys of steps whose kind is unknown, so that all of it is told at once."""
    faults = []
    for n, step in enumerate(steps if isinstance(steps, list) else []):
        if not isinstance(step, dict) or step.get("kind") in step_model.KINDS:
            continue
        meant = step_model.KINDS.get(kind_meant(str(step.get("kind") or step.get("type") or "")))
        here = [meant] if meant else list(step_model.KINDS.values())
        known = {name for model in here for name in keys_of(model)}
        for key in map(str, step):
            if key not in known:
                what = f"there is no key {key[:40]!r} here"
                faults.append(
                    Fault(mark_of(("steps", n, key), marks), what, _hint(m.Script, here, key, step))
                )
    return faults


def _hint(root: Model, here: Sequence[Model], key: str, given: Collection[str]) -> str:
    known = sorted({name for model in here for name in keys_of(model)})
    near = [
        *get_close_matches(key, known, 1, 0.8),
        *(
            name
            for name, words in OTHER_KEYS.items()
            if name in known and name not in given and get_close_matches(key.lower(), words, 1, 0.8)
        ),
        *get_close_matches(key, known, 1),
    ]
    if near:
        return f"Did you mean {near[0]}?"
    every = [model for model in _all(root, set()) if model in NAMES and model not in here]
    homes = [model for model in every if key in keys_of(model)]
    if homes:
        where = _listed(homes)
        return f"It belongs to {where}: see whether the line is indented as deep as the others there."
    elsewhere = get_close_matches(key, {name for model in every for name in keys_of(model)}, 1, 0.8)
    if elsewhere:
        where = _listed([model for model in every if elsewhere[0] in keys_of(model)])
        return f"Did you mean {elsewhere[0]}? That belongs to {where}."
    return f"Known keys: {', '.join(known)}."


def _listed(models: Sequence[Model]) -> str:
    if set(step_model.KINDS.values()) <= set(models):
        return " or ".join(
            ["a step", *(NAMES[each] for each in models if each not in step_model.KINDS.values())]
        )
    return " or ".join(NAMES[model] for model in models)


def keys_of(model: Model) -> list[str]:
    """The keys of one part of a file, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_at(root: Model, path: Sequence[Any]) -> Iterator[Model]:
    """The parts that may stand at a path."""
    models: list[Model] = [root]
    for part in path:
        if part in step_model.KINDS and any(model in step_model.KINDS.values() for model in models):
            models = [step_model.KINDS[part]]
            continue
        inner = [
            found
            for model in models
            for name, field in model.model_fields.items()
            if part in (name, field.alias)
            for found in _within(field.annotation)
        ]
        models = inner or models  # a number in a list, or the branch of a union
    yield from models


def _within(annotation: Any) -> Iterator[Model]:
    if annotation == step_model.AnyStep:
        yield from step_model.KINDS.values()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _all(model: Model, seen: set[Model]) -> Iterator[Model]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for inner in _within(field.annotation):
            yield from _all(inner, seen)
