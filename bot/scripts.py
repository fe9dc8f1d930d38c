"""Reads a workshop script: YAML in, `core.script.Script` out; or every fault at once, each with its
place and a way to mend it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
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
MOST_INPUTS = 5  # in ten minutes; more is a form, not a story
SLACK = 0.9  # of the minutes; the rest is for joining and breathing
LITERAL_TIME = re.compile(
    r"\b(\d+|one|two|three|five|ten|fifteen)\s+(minutes?|mins?|hours?)\b|\btonight\b", re.I
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Option(_Model):
    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=80)


class _Field(_Model):
    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=45)
    help: str = ""
    max_chars: int = Spec(default=600, ge=1, le=4000)
    optional: bool = False
    loop: bool = False
    options: tuple[_Option, ...] | Literal["cycles"] = Spec(default=(), max_length=25)
    many: bool = False
    later: bool = False
    cycle: str = ""
    hope: str = ""


class _Step(_Model):
    id: str = Spec(pattern=NAME)
    title: str = Spec(min_length=1, max_length=80)
    say: str = Spec(min_length=1)
    minutes: int = Spec(ge=1, le=60 * 24 * 30)
    minutes_short: int | None = Spec(default=None, ge=0, le=60 * 24)
    short: Literal["prepare", "tail", "skip"] = "skip"
    setting: Literal["one_community", "many_communities"] | None = None
    if_few: str = Spec(default="", max_length=LONGEST_PROMPT)
    host_notes: str = ""


class _Asking(_Step):
    read_minutes: int = Spec(default=0, ge=0, le=60)
    read_minutes_short: int | None = Spec(default=None, ge=0, le=60)
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
    minutes_short: int | None = Spec(default=None, ge=1)
    framework: str = Spec(default="", pattern=r"^$|^[a-z][a-z0-9-]*$")
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


class _Cycle(_Model):
    key: str = Spec(pattern=NAME)
    label: str = Spec(min_length=1, max_length=24)
    line: str
    question: str
    at: tuple[int, int]
    core: bool = False
    row: bool = False


class _Framework(_Model):
    id: str
    title: str
    credits: str = ""
    cycles: tuple[_Cycle, ...] = Spec(min_length=2)


def load(path: Path, version: str = "", setting: str = "") -> s.Script:
    """Read a script from a file: its longest version for one community, unless others are named.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    found = variants(path)
    for script in found:
        if version in ("", script.version) and setting in ("", script.setting):
            return script
    there = ", ".join(dict.fromkeys(script.version for script in found if script.version)) or "none"
    raise ScriptError(f"{path}: there is no version {version!r} of it. Versions: {there}.")


def variants(path: Path) -> tuple[s.Script, ...]:
    """Every way in which a script can run: the long version first, then the short; one community, then many.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    return _variants(_text(path), str(path), path.parent / "frameworks")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path}: cannot be read: {error}. Save it as UTF-8 text.") from error


def parse(text: str, name: str = "script") -> s.Script:
    """Read a script from YAML text; see `load`."""
    return _variants(text, name, Path("prompts/frameworks"))[0]


def framework(path: Path) -> tuple[s.Cycle, ...]:
    """The kinds of value that a framework file describes.

    Raises:
        ScriptError: names the file and what is wrong.
    """
    try:
        model = _Framework.model_validate(yaml.safe_load(_text(path)))
    except (yaml.YAMLError, ValidationError) as error:
        raise ScriptError(f"{path}: {error}") from error
    return tuple(s.Cycle(**cycle.model_dump()) for cycle in model.cycles)


def _variants(text: str, name: str, frameworks: Path) -> tuple[s.Script, ...]:
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
    cycles: tuple[s.Cycle, ...] = ()
    if model.framework:
        path = frameworks / f"{model.framework}.yaml"
        if path.exists():
            cycles = framework(path)
        else:
            there = ", ".join(sorted(p.stem for p in frameworks.glob("*.yaml"))) or "none"
            where = _mark(("framework",), marks)
            faults.append(Fault(where, f"there is no framework {model.framework}", f"There are: {there}."))
    faults += [Fault(_mark(at, marks), what, hint) for at, what, hint in _lint(model, cycles)]
    if faults:
        raise ScriptError("\n".join(f.line(name) for f in sorted(faults, key=_by_mark)))
    told_apart = any(step.setting for step in model.steps)
    settings = ("one_community", "many_communities") if told_apart else ("",)
    return tuple(
        _built(model, cycles, short=short, setting=setting)
        for short in ((False, True) if model.minutes_short else (False,))
        for setting in settings
    )


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
        for key in ("say", "say_again", "if_few"):
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


def _lint(model: _Script, cycles: Sequence[s.Cycle]) -> Iterator[tuple[Path_, str, str]]:
    """What is well-formed and would still not work in a room."""
    ids: dict[str, int] = {}
    for n, step in enumerate(model.steps):
        at: Path_ = ("steps", n)
        if step.id in ids:
            yield (*at, "id"), f"the id {step.id} is used twice", "Give each step its own."
        ids[step.id] = n
        if isinstance(step, _Writing):
            yield from _lint_fields(step, at, cycles)
        if step.minutes_short == 0 and step.short == "tail" and not model.tail_hours:
            what = f"{step.id} stands in the tail, and there is none"
            yield (*at, "short"), what, "Add tail_hours: 48 to the workshop."
        if n == 0 and (step.if_few == "skip" or step.setting or step.minutes_short == 0):
            yield at, "the first step is for everybody", "Put another one first."
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
    for key, whole, short in (
        ("minutes", model.minutes, False),
        ("minutes_short", model.minutes_short or 10**6, True),
    ):
        for setting in ("one_community", "many_communities"):
            total = _total(model, short=short, setting=setting)
            if total > whole * SLACK:
                yield (
                    (key,),
                    f"the steps take {total} of {whole} minutes; a tenth is for joining and breathing",
                    f"Shorten a step, or say {key}: {math.ceil(total / SLACK)}.",
                )
                break


def _total(model: _Script, *, short: bool, setting: str) -> int:
    """The minutes that all steps of one version take."""
    total = 0
    for step in model.steps:
        minutes = _minutes(step, short)
        if not minutes or step.setting not in (None, setting):
            continue
        total += minutes
        if isinstance(step, _Asking):
            total += _read_minutes(step, short)
        total += isinstance(step, _Open) and _looked(model, step)
    return total


def _minutes(step: _Step, short: bool) -> int:
    return step.minutes_short if short and step.minutes_short is not None else step.minutes


def _read_minutes(step: _Asking, short: bool) -> int:
    given = step.read_minutes_short
    return given if short and given is not None else step.read_minutes


def _lint_fields(step: _Writing, at: Path_, cycles: Sequence[s.Cycle]) -> Iterator[tuple[Path_, str, str]]:
    asked = [field for field in step.fields if not field.later]
    minutes = min(step.minutes, step.minutes_short or step.minutes)
    if isinstance(step, _Story) and len(asked) > max(MOST_INPUTS, MOST_INPUTS * minutes // 10):
        what = f"{len(asked)} things are asked for in {minutes} minutes"
        yield (*at, "fields"), what, "Give the others later: true; they stay open until the recap."
    known = {cycle.key for cycle in cycles}
    for n, field in enumerate(step.fields):
        here = (*at, "fields", n)
        if (field.cycle and field.cycle not in known) or (field.options == "cycles" and not known):
            there = ", ".join(known) or "none: add framework: to the workshop"
            yield (*here, "cycle"), f"there is no kind of value {field.cycle or ''}", f"There are: {there}."
        if field.hope and field.hope not in [each.key for each in step.fields]:
            yield (*here, "hope"), f"there is no field {field.hope} here", "Name the field that says it."


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


def _flowing(text: str) -> str:
    """A text whose paragraphs are one line each; lists keep their lines. Chats show every line break."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in map(str.strip, block.split("\n")):
            if lines and not re.match(r"(- |\d+\. |> )", line):
                lines[-1] += f" {line}"
            else:
                lines.append(line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


ELSEWHERE = (
    s.Option(key="else", label="Something else"),
    s.Option(key="cost", label="It cost us"),
)


def _fields(step: _Writing, cycles: Sequence[s.Cycle] = ()) -> tuple[s.Field, ...]:
    if not step.fields:
        return (s.Field(key="text", label=step.title[:45], max_chars=step.max_chars or 600),)
    found = []
    for field in step.fields:
        options: tuple[s.Option, ...]
        if field.options == "cycles":
            options = (*(s.Option(key=c.key, label=c.label) for c in cycles), *ELSEWHERE)
        else:
            options = tuple(s.Option(**option.model_dump()) for option in field.options)
        found.append(s.Field(**field.model_dump(exclude={"options"}), options=options))
    return tuple(found)


def _built(model: _Script, cycles: Sequence[s.Cycle], *, short: bool, setting: str) -> s.Script:
    steps: dict[str, list[s.Step]] = {"": [], "prepare": [], "tail": [], "skip": []}
    for step in model.steps:
        if step.setting in (None, setting):
            minutes = _minutes(step, short)
            steps["" if minutes else step.short].append(_step(step, cycles, short))
    minutes = model.minutes_short if short and model.minutes_short else model.minutes
    return s.Script(
        **model.model_dump(exclude={"steps", "audience", "minutes", "minutes_short", "framework"}),
        minutes=minutes,
        version=str(minutes) if model.minutes_short else "",
        setting=setting,
        cycles=tuple(cycles),
        audience=s.Audience(model.audience),
        steps=tuple(steps[""]),
        prepare=tuple(steps["prepare"]),
        tail=tuple(steps["tail"]),
    )


def _step(model: Any, cycles: Sequence[s.Cycle], short: bool) -> s.Step:
    common = {"id": model.id, "title": model.title, "say": _flowing(model.say)}
    common |= {
        "minutes": _minutes(model, short),
        "host_notes": model.host_notes,
        "if_few": model.if_few.strip(),
    }
    if isinstance(model, _Message):
        return s.Message(**common)
    common |= {
        "read_minutes": _read_minutes(model, short),
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
    common |= {"fields": _fields(model, cycles), "quote": model.quote}
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


def shelf(folder: Path) -> dict[str, tuple[s.Script, ...]]:
    """Every script in a folder, by its id, in all its variants.

    Raises:
        ScriptError: with the faults of all files.
    """
    found: dict[str, tuple[s.Script, ...]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            there = variants(path)
        except ScriptError as error:
            faults.append(str(error))
            continue
        if there[0].id in found:
            faults.append(f"{path}:1:1: the id {there[0].id} is used by another file. Rename one.")
        found[there[0].id] = there
    if faults:
        raise ScriptError("\n".join(faults))
    return found
