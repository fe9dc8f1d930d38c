"""Reads a workshop script: YAML in, `core.script.Script` out; or every fault at once, each with its
place and a way to mend it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Spec

from bot.core import script as s
from bot.errors import ScriptError

Path_ = tuple[str | int, ...]
Mark = tuple[int, int]

NAME = r"^[a-z][a-z0-9_-]*$"
LONGEST_PROMPT = 600  # characters; domain: short blocks, no walls of text
SLACK = 0.9  # of the minutes; the rest is for joining and breathing
LITERAL_TIME = re.compile(
    r"\b(\d+|one|two|three|five|ten|fifteen)\s+(minutes?|mins?|hours?)\b|\btonight\b", re.I
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Field(_Model):
    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=45)
    help: str = ""
    max_chars: int = Spec(default=600, ge=1, le=4000)
    optional: bool = False
    loop: bool = False


class _Option(_Model):
    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=80)


class _Step(_Model):
    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    say: str = Spec(min_length=1)
    minutes: int = Spec(ge=1, le=60 * 24 * 30)
    host_notes: str = ""


class _Asking(_Step):
    read_minutes: int = Spec(default=0, ge=0, le=60)
    say_again: str = ""
    advance: Literal["ask", "auto"] = "ask"


class _Writing(_Asking):
    quote: bool = True
    max_chars: int | None = Spec(default=None, ge=1, le=4000)
    fields: tuple[_Field, ...] = ()


class _Message(_Step):
    kind: Literal["message"]


class _Open(_Writing):
    kind: Literal["open"]
    reveal: Literal["live", "together", "never"] = "live"
    anonymous_allowed: bool = False
    look: Literal["host", "none"] | None = None


class _Choice(_Asking):
    kind: Literal["choice"]
    options: tuple[_Option, ...] = Spec(min_length=2, max_length=25)


class _Story(_Writing):
    kind: Literal["story"]
    fields: tuple[_Field, ...] = Spec(min_length=1)


class _Vote(_Asking):
    kind: Literal["vote"]
    dots: int = Spec(default=3, ge=1, le=10)
    options: tuple[_Option, ...] = Spec(default=(), max_length=25)
    options_from: str = Spec(default="", pattern=r"^$|^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$")


class _Gallery(_Asking):
    kind: Literal["gallery"]
    cards_from: str = Spec(pattern=NAME)
    reactions: tuple[_Option, ...] = Spec(default=(), max_length=5)


class _Pair(_Writing):
    kind: Literal["pair"]
    size: Literal[2, 3] = 2


class _Reflection(_Writing):
    kind: Literal["reflection"]


_AnyStep = Annotated[
    _Message | _Open | _Choice | _Story | _Vote | _Gallery | _Pair | _Reflection, Spec(discriminator="kind")
]


class _Script(_Model):
    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    about: str = Spec(min_length=1, max_length=LONGEST_PROMPT)
    language: str = "en"
    minutes: int = Spec(ge=1)
    agreements: str = ""
    steps: tuple[_AnyStep, ...] = Spec(min_length=1)
    next_steps: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    credits: str = ""
    tail_hours: int = Spec(default=0, ge=0)
    review_hours: int = Spec(default=24, ge=1)
    rescue_lines: Mapping[str, str] = {}
    audience: Literal["adults", "mixed", "under_18"] = "adults"
    contact: str = Spec(default="", max_length=80)
    second_contact: str = Spec(default="", max_length=80)
    help_text: str = Spec(default="", max_length=LONGEST_PROMPT)


class Fault:
    """One thing that is wrong in a script, where it is, and what to do about it."""

    def __init__(self, mark: Mark, what: str, hint: str) -> None:
        self.mark, self.what, self.hint = mark, what, hint

    def line(self, name: str) -> str:
        """As `file:line:column: what. hint`."""
        return f"{name}:{self.mark[0]}:{self.mark[1]}: {self.what.rstrip('.')}. {self.hint}".rstrip()


def load(path: Path) -> s.Script:
    """Read a script from a file.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path}: cannot be read: {error}. Save it as UTF-8 text.") from error
    return parse(text, str(path))


def parse(text: str, name: str = "script") -> s.Script:
    """Read a script from YAML text; see `load`."""
    marks: dict[Path_, Mark] = {}
    faults: list[Fault] = []
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = _plain(node, (), marks, faults) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        fault = Fault(at, f"this is not YAML: {error.problem}", "Look for a missing quote or a wrong indent.")
        raise ScriptError(fault.line(name)) from error
    except yaml.YAMLError as error:
        raise ScriptError(f"{name}:1:1: this is not YAML: {error}.") from error
    if not isinstance(raw, dict):
        raise ScriptError(f"{name}:1:1: a script is a mapping with id, title, about, minutes and steps.")
    try:
        model = _Script.model_validate(raw)
    except ValidationError as error:
        faults += _texts(raw, marks)
        faults += [
            _fault(each, marks, raw)
            for each in error.errors()
            if each["type"] != "too_short" or not raw.get("steps")
        ]
        raise ScriptError("\n".join(f.line(name) for f in sorted(faults, key=_by_mark))) from error
    faults += _texts(raw, marks)
    faults += [Fault(_mark(at, marks), what, hint) for at, what, hint in _lint(model)]
    if faults:
        raise ScriptError("\n".join(f.line(name) for f in sorted(faults, key=_by_mark)))
    return _built(model)


def _by_mark(fault: Fault) -> Mark:
    return fault.mark


def _plain(node: yaml.Node, path: Path_, marks: dict[Path_, Mark], faults: list[Fault]) -> Any:
    """YAML nodes to plain data, remembering where each value stood."""
    here = (node.start_mark.line + 1, node.start_mark.column + 1)
    marks[path] = here
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            at = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in found:
                faults.append(Fault(at, f"{key} is given twice here", "Keep one of them."))
            found[key] = _plain(value_node, (*path, key), marks, faults)
            marks[(*path, key)] = at
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, n), marks, faults) for n, each in enumerate(node.value)]
    return yaml.SafeLoader("").construct_object(node)


def _mark(path: Path_, marks: Mapping[Path_, Mark]) -> Mark:
    while path not in marks and path:
        path = path[:-1]
    return marks.get(path, (1, 1))


_KINDS: dict[str, type[BaseModel]] = {
    "message": _Message,
    "open": _Open,
    "choice": _Choice,
    "story": _Story,
    "vote": _Vote,
    "gallery": _Gallery,
    "pair": _Pair,
    "reflection": _Reflection,
}


def _fault(error: Any, marks: Mapping[Path_, Mark], raw: Any) -> Fault:
    # pydantic puts the kind of a step into the path; the file does not have it there
    path = tuple(p for n, p in enumerate(error["loc"]) if not (n == 2 and p in _KINDS))
    what, hint = f"{'.'.join(map(str, path))}: {error['msg']}", ""
    key = str(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            known = _known(error["loc"])
            near = get_close_matches(key, known, 1)
            what = f"there is no key {key!r} here"
            hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(known))}."
        case "missing":
            what, hint = f"{key} is missing", f"Add a line {key}: …"
        case "string_pattern_mismatch":
            what = f"{key} is {error['input']!r}"
            hint = "Use small letters, digits, - and _, beginning with a letter."
        case "union_tag_invalid" | "union_tag_not_found":
            given = error["input"].get("kind") if isinstance(error["input"], dict) else None
            near = get_close_matches(str(given), _KINDS, 1)
            what = f"kind is {given!r}" if given else "kind is missing"
            hint = f"Did you mean {near[0]}?" if near else f"Kinds: {', '.join(_KINDS)}."
        case "string_too_long":
            most = error["ctx"]["max_length"]
            what = f"{key} is {len(error['input'])} characters long, and {most} fit"
            hint = "Shorten it."
        case "tuple_type" | "list_type":
            what, hint = f"{key} is not a list", "Begin each entry on a line of its own with a dash."
        case _:
            pass
    return Fault(_mark(path, marks), what, hint)


def _known(loc: tuple[Any, ...]) -> list[str]:
    if len(loc) == 1:
        return list(_Script.model_fields)
    if len(loc) == 4 and loc[2] in _KINDS:
        return list(_KINDS[loc[2]].model_fields)
    return list(_Field.model_fields if "fields" in loc else _Option.model_fields)


def _texts(raw: Mapping[str, Any], marks: Mapping[Path_, Mark]) -> list[Fault]:
    """What is wrong in the texts of steps, also of a script that has other faults."""
    faults: list[Fault] = []
    steps = raw.get("steps")
    for n, step in enumerate(steps if isinstance(steps, list) else ()):
        for key in ("say", "say_again"):
            text = step.get(key, "") if isinstance(step, dict) else ""
            mark = _mark(("steps", n, key), marks)
            if not isinstance(text, str):
                continue
            if len(text) > LONGEST_PROMPT:
                faults.append(
                    Fault(mark, f"{key} has {len(text)} characters", f"Keep it to {LONGEST_PROMPT}.")
                )
            found = LITERAL_TIME.search(text)
            if found:
                faults.append(
                    Fault(mark, f"{key} names a time ({found[0]!r})", "Write {minutes} or {deadline}.")
                )
            faults += [
                Fault(mark, f"there is no variable {{{name}}}", "There are {minutes} and {deadline}.")
                for name in re.findall(r"\{([^}]*)\}", text)
                if name not in ("minutes", "deadline")
            ]
    return faults


def _lint(model: _Script) -> Iterator[tuple[Path_, str, str]]:
    """What is well-formed and would still not work in a room."""
    ids: dict[str, int] = {}
    total = 0
    for n, step in enumerate(model.steps):
        at: Path_ = ("steps", n)
        if step.id in ids:
            yield (*at, "id"), f"the id {step.id} is used twice", "Give each step its own."
        ids[step.id] = n
        total += step.minutes + (step.read_minutes if isinstance(step, _Asking) else 0)
        total += isinstance(step, _Open) and _looked(model, step)
        if isinstance(step, _Vote):
            yield from _lint_vote(model, n, step, at)
        if isinstance(step, _Gallery):
            there = next((s for s in model.steps[:n] if s.id == step.cards_from), None)
            if not isinstance(there, _Writing):
                what = f"no written step before this one is called {step.cards_from}"
                yield (*at, "cards_from"), what, "Name an earlier step that is answered in words."
        if isinstance(step, _Writing) and not isinstance(step, _Story):
            keys = [field.key for field in step.fields]
            if len(set(keys)) < len(keys):
                yield (*at, "fields"), "two fields have the same key", "Give each its own."
            if step.fields and step.max_chars:
                yield (*at, "max_chars"), "max_chars stands beside fields", "Give it in each field."
    if model.audience == "under_18":
        for key in ("contact", "second_contact", "help_text"):
            if not getattr(model, key).strip():
                hint = f"Add {key}: with {'local help' if key == 'help_text' else 'a name'}."
                yield ("audience",), f"an audience under 18 needs {key}", hint
    if total > model.minutes * SLACK:
        yield (
            ("minutes",),
            f"the steps take {total} of {model.minutes} minutes; a tenth is for joining and breathing",
            f"Shorten a step, or say minutes: {math.ceil(total / SLACK)}.",
        )


def _looked(model: _Script, step: _Open) -> bool:
    """Whether a host sees what the step shows a minute before; that minute is in the plan."""
    hidden = step.anonymous_allowed and (step.look or "host") == "host"
    return step.reveal == "together" and (hidden or step.look == "host" or model.audience == "under_18")


def _lint_vote(model: _Script, n: int, step: _Vote, at: Path_) -> Iterator[tuple[Path_, str, str]]:
    if not step.options and not step.options_from:
        yield at, f"the vote {step.id} has nothing to vote on", "Add options, or options_from: step.field."
        return
    if not step.options_from:
        return
    source, _, field = step.options_from.partition(".")
    there = next((s for s in model.steps[:n] if s.id == source), None)
    if there is None:
        yield (*at, "options_from"), f"no step before this one is called {source}", "Name an earlier step."
    elif not isinstance(there, _Writing) or field not in [f.key for f in _fields(there)]:
        yield (*at, "options_from"), f"the step {source} has no field {field}", "Name one of its fields."
    elif not next(f for f in _fields(there) if f.key == field).loop:
        hint = f"Add loop: true to the field {field}, so that people are told before they write."
        yield (*at, "options_from"), f"{step.options_from} is shown to all in this vote", hint


# What a gallery offers when its script names no signs of its own.
SIGNS = (
    s.Option(key="new", label="New to me"),
    s.Option(key="help", label="I can help"),
    s.Option(key="same", label="Same here"),
    s.Option(key="more", label="Tell me more"),
)


def _fields(step: _Writing) -> tuple[s.Field, ...]:
    if not step.fields:
        return (s.Field(key="text", label=step.title[:45], max_chars=step.max_chars or 600),)
    return tuple(s.Field(**field.model_dump()) for field in step.fields)


def _built(model: _Script) -> s.Script:
    return s.Script(
        **model.model_dump(exclude={"steps", "audience"}),
        audience=s.Audience(model.audience),
        steps=tuple(_step(step) for step in model.steps),
    )


def _step(model: Any) -> s.Step:
    common = {"id": model.id, "title": model.title, "say": model.say.strip(), "minutes": model.minutes}
    common["host_notes"] = model.host_notes
    if isinstance(model, _Message):
        return s.Message(**common)
    common |= {
        "read_minutes": model.read_minutes,
        "say_again": model.say_again,
        "advance": s.Advance(model.advance),
    }
    options = tuple(s.Option(key=o.key, label=o.label) for o in getattr(model, "options", ()))
    match model:
        case _Choice():
            return s.Choice(**common, options=options)
        case _Gallery():
            signs = tuple(s.Option(key=o.key, label=o.label) for o in model.reactions) or SIGNS
            return s.Gallery(**common, cards_from=model.cards_from, reactions=signs)
        case _Vote():
            return s.Vote(**common, options=options, dots=model.dots, options_from=model.options_from)
        case _:
            pass
    common |= {"fields": _fields(model), "quote": model.quote}
    match model:
        case _Open():
            reveal = s.Reveal(model.reveal)
            hidden = model.anonymous_allowed and reveal is s.Reveal.TOGETHER
            look = s.Look(model.look or ("host" if hidden else "none"))
            return s.Open(**common, reveal=reveal, anonymous_allowed=model.anonymous_allowed, look=look)
        case _Story():
            return s.Story(**common)
        case _Pair():
            return s.Pair(**common, size=model.size)
        case _:
            return s.Reflection(**common)


def shelf(folder: Path) -> dict[str, s.Script]:
    """Every script in a folder, by its id.

    Raises:
        ScriptError: with the faults of all files.
    """
    found: dict[str, s.Script] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            script = load(path)
        except ScriptError as error:
            faults.append(str(error))
            continue
        if script.id in found:
            faults.append(f"{path}:1:1: the id {script.id} is used by another file. Rename one.")
        found[script.id] = script
    if faults:
        raise ScriptError("\n".join(faults))
    return found
