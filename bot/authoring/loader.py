"""Reads a workshop script: YAML in, `core.script.Script` out; or every fault at once, each with its
place and a way to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.authoring import model as m
from bot.authoring import step_model
from bot.authoring.build import Frameworks, flowing, prose
from bot.authoring.build import variants as build_variants
from bot.authoring.diagnostics import Fault, Mark, Marks, Path_, beside, brief, mark_of
from bot.authoring.known_keys import faults_of_unknown_kinds, hint_for, kind_meant
from bot.authoring.lint.craft import craft_warnings
from bot.authoring.lint.order import order_faults
from bot.authoring.lint.texts import text_faults
from bot.authoring.lint.workshop import workshop_faults
from bot.authoring.translations import Translated, in_one, missing, spoken
from bot.authoring.yaml_marks import read
from bot.core.model import script as s
from bot.core.model.series import Series
from bot.errors import ScriptError
from bot.files import FRAMEWORKS


class Reading:
    """A file as read: every version of the workshop, its warnings, its tests, and where each value stands."""

    def __init__(
        self,
        scripts: tuple[s.Script, ...],
        warnings: tuple[str, ...],
        tests: tuple[m.Test, ...],
        steps: Sequence[str],
        marks: Marks,
    ) -> None:
        self.scripts, self.warnings, self.tests = scripts, warnings, tests
        self._steps, self._marks = steps, marks

    def mark(self, step: str, key: str = "id") -> Mark:
        """Where a key of a step stands in the file, or else the step."""
        if step not in self._steps:
            return (1, 1)
        return mark_of(("steps", self._steps.index(step), key), self._marks)


def load(path: Path, version: str = "", setting: str = "") -> s.Script:
    """Read a script from a file: its longest version for one community, unless others are named.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    scripts = variants(path)
    for script in scripts:
        if version in ("", script.version) and setting in ("", script.setting):
            return script
    versions = ", ".join(dict.fromkeys(script.version for script in scripts if script.version)) or "none"
    raise ScriptError(f"{path}: there is no version {version!r} of it. Versions: {versions}.")


def variants(path: Path) -> tuple[s.Script, ...]:
    """Every way in which a script can run: the long version first; one community, then many.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    return examine(path).scripts


def examine(path: Path) -> Reading:
    """Read a script with all that can be said about it.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    return _reading(_text(path), str(path), path.parent / "frameworks")


def parse(text: str, name: str = "script") -> s.Script:
    """Read a script from YAML text; see `load`."""
    return _reading(text, name, Path("prompts/frameworks")).scripts[0]


def is_series(path: Path) -> bool:
    """True if a file describes a series of workshops rather than one."""
    raw, _, _ = read(_text(path), str(path))
    return isinstance(raw, dict) and raw.get("kind") == "series"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{path}: cannot be read: {error}. Save it as UTF-8 text.") from error


def framework(path: Path, language: str = "en", more: list[Translated] | None = None) -> m.Framework:
    """A framework file, checked; texts that it has in several languages are added to `more`.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    raw, marks, faults = read(_text(path), str(path))
    plain, texts = in_one(raw, language)
    if more is not None:
        more += texts
    if not isinstance(plain, dict):
        raise ScriptError(f"{path}:1:1: a framework is a mapping with id, title and lists.")
    try:
        model = m.Framework.model_validate(plain)
    except ValidationError as error:
        faults += [_fault(detail, marks, m.Framework) for detail in error.errors()]
        _raise(faults, str(path))
    for name, entries in model.lists.items():
        keys = [entry.key for entry in entries]
        for n, key in enumerate(keys):
            if key in keys[:n]:
                mark = mark_of(("lists", name, n, "key"), marks)
                faults.append(Fault(mark, f"{key} is used twice", "Give each entry its own key."))
    _raise(faults, str(path))
    return model


def _raise(faults: Sequence[Fault], name: str) -> None:
    ordered = sorted(faults, key=lambda fault: fault.mark)
    if any(fault.grave for fault in ordered):
        lines = dict.fromkeys(fault.line(name) for fault in ordered if fault.grave)
        warnings = dict.fromkeys(fault.line(name) for fault in ordered if not fault.grave)
        raise ScriptError("\n".join(lines), tuple(warnings))


def _reading(text: str, name: str, folder: Path) -> Reading:
    raw, marks, faults = read(text, name)
    if not isinstance(raw, dict):
        raise ScriptError(f"{name}:1:1: a script is a mapping with id, title, about, minutes and steps.")
    if "parts" in raw and "steps" not in raw:
        at = ":".join(map(str, mark_of(("parts",), marks)))
        raise ScriptError(
            f"{name}:{at}: a workshop has steps, and a series parts. For a series, add a line kind: series"
        )
    main = raw.get("language", "en")
    main = main if isinstance(main, str) else "en"
    plain, texts = in_one(raw, main)
    more: list[Translated] = []
    named = _frameworks(plain.get("frameworks"), folder, marks, faults, main, more)
    frameworks = Frameworks(named)
    faults += text_faults(plain, marks, frameworks)
    try:
        model = m.Script.model_validate(plain)
    except ValidationError as error:
        faults += faults_of_unknown_kinds(plain.get("steps"), marks)
        faults += [
            _fault(detail, marks, m.Script)
            for detail in error.errors()
            if not _other_branch(detail) and (detail["type"] != "too_short" or not plain.get("steps"))
        ]
        _raise(faults, name)
        raise AssertionError from error  # a validation error is always grave
    faults += [Fault(mark_of(at, marks), what, hint) for at, what, hint in workshop_faults(model, frameworks)]
    _raise(faults, name)
    scripts = tuple(build_variants(model, frameworks, spoken([*texts, *more], main, prose(frameworks))))
    faults += [Fault(mark_of(at, marks), what, hint) for at, what, hint in order_faults(model, scripts)]
    _raise(faults, name)
    warnings = [fault for fault in faults if not fault.grave]
    warnings += [
        Fault(mark_of(at, marks), what, hint, grave=False)
        for at, what, hint in craft_warnings(model, frameworks)
    ]
    warnings += [
        Fault(
            mark_of(path, marks),
            f"{path[-1]} has no {language}",
            "Add it, or people read it in " + main + ".",
            grave=False,
        )
        for path, language in missing(texts)
    ]
    for path, wordings in texts:
        if main not in wordings:
            what = f"{path[-1]} has no {main}, the language of this script"
            warnings.append(Fault(mark_of(path, marks), what, f"Add {main}: to it.", grave=False))
    ordered = sorted(warnings, key=lambda fault: fault.mark)
    steps = [step.id for step in model.steps]
    return Reading(scripts, tuple(fault.line(name) for fault in ordered), model.tests, steps, marks)


def _frameworks(
    given: Any, folder: Path, marks: Marks, faults: list[Fault], main: str, more: list[Translated]
) -> tuple[m.Framework, ...]:
    """The framework files that a script names, and `more` texts in several languages.

    Those that ship are found from every folder. One that is missing is a fault, and not the end.
    """
    frameworks = []
    for n, key in enumerate(given if isinstance(given, list) else ()):
        path = next((p for p in (folder / f"{key}.yaml", FRAMEWORKS / f"{key}.yaml") if p.exists()), None)
        if isinstance(key, str) and path is not None and path.parent in (folder, FRAMEWORKS):
            frameworks.append(framework(path, main, more))
        else:
            names = (
                ", ".join(sorted({p.stem for f in (folder, FRAMEWORKS) for p in f.glob("*.yaml")})) or "none"
            )
            where = mark_of(("frameworks", n), marks)
            faults.append(Fault(where, f"there is no framework {brief(key)}", f"There are: {names}."))
    return tuple(frameworks)


def series(path: Path, workshops: Sequence[str]) -> Series:
    """A series file, checked against the workshops that there are.

    Raises:
        ScriptError: lists every fault as `file:line:column: what. How to mend it.`
    """
    raw, marks, faults = read(_text(path), str(path))
    plain, _ = in_one(raw, "en")
    try:
        model = m.Series.model_validate(plain)
    except ValidationError as error:
        faults += [_fault(carry, marks, m.Series) for carry in error.errors()]
        _raise(faults, str(path))
        raise AssertionError from error
    for n, part in enumerate(model.parts):
        if part not in workshops:
            near = get_close_matches(part, workshops, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(workshops)}."
            faults.append(Fault(mark_of(("parts", n), marks), f"there is no workshop {part}", hint))
    for n, carry in enumerate(model.carry):
        for key, named in (("from", carry.source), ("to", carry.to)):
            if named.partition(".")[0] not in model.parts:
                mark = mark_of(("carry", n, key), marks)
                faults.append(Fault(mark, f"{named} is of no part", "Write workshop.step.field."))
    _raise(faults, str(path))
    return Series(
        id=model.id,
        title=model.title,
        about=flowing(model.about),
        parts=model.parts,
        days_between=model.days_between,
        badge=model.badge.name if model.badge else "",
        statements=model.badge.statements if model.badge else (),
        carry=tuple((carry.source, carry.to) for carry in model.carry),
        next_steps=model.next_steps,
        credits=model.credits,
    )


def _fault(error: Any, marks: Marks, root: type[BaseModel]) -> Fault:
    """One error of pydantic as a sentence with its place."""
    # pydantic puts the kind of a step, and the branch of a union, into the path; the file does not have them
    path: Path_ = tuple(
        p for n, p in enumerate(error["loc"]) if not (n == 2 and p in step_model.KINDS) and not _branch(p)
    )
    what, hint = f"{'.'.join(map(str, path))}: {error['msg']}", ""
    key = str(path[-1]) if path else ""
    given = error.get("input")
    match error["type"]:
        case "extra_forbidden":
            what, hint = (
                f"there is no key {key[:40]!r} here",
                hint_for(root, error["loc"], beside(path, marks)),
            )
            if " " in key and given is None:
                hint = "Inside { } a comma ends the text: put the text between quotes."
        case "missing":
            what, hint = f"{key} is missing", f"Add a line {key}: …"
        case "string_pattern_mismatch":
            what, hint = f"{key} is {brief(given)}", _shape(error["ctx"]["pattern"])
        case "union_tag_invalid" | "union_tag_not_found":
            kind = given.get("kind") if isinstance(given, dict) else None
            near = kind_meant(str(kind or ""))
            what = f"kind is {brief(kind)}" if kind else "kind is missing"
            hint = f"Did you mean {near}?" if near else f"Kinds: {', '.join(step_model.KINDS)}."
        case "string_too_long":
            most = error["ctx"]["max_length"]
            what, hint = f"{key} is {len(given)} characters long, and {most} fit", "Shorten it."
        case "string_too_short":
            what, hint = f"{key} is empty", "Write something, or take the line out."
        case "too_long":
            most = error["ctx"]["max_length"]
            what, hint = (
                f"{key} has {len(given)} entries, and {most} fit",
                "Take some out, or make two steps.",
            )
        case "too_short":
            what, hint = f"{key} is empty", "Add an entry, on a line that begins with a dash."
        case "tuple_type" | "list_type":
            what, hint = f"{key} is not a list", "Begin each entry on a line of its own with a dash."
        case "string_type":
            what = f"{key} is {brief(given)}, and should be words"
            hint = "Put it between quotes: YAML reads no, on, 12:30 and dates as something else."
            if given is None:
                what = f"{key} is empty"
                hint = (
                    "Write something, or take the line out. A text that begins with # stands between quotes."
                )
            elif isinstance(given, dict | list):
                hint = "Write one text, or a text for each language: {en: …, es: …}."
        case "model_type" | "dict_type" | "model_attributes_type":
            what, hint = f"{key or 'this'} should have keys", "Write key: value lines under it, indented."
            if isinstance(given, str | int | float) and str(key).isdecimal():  # an entry of a list
                what, hint = f"{brief(given)} is only words", "An entry here has keys: {key: …, label: …}."
        case "int_parsing" | "int_type" | "int_from_float" | "float_parsing" | "float_type":
            what, hint = (
                f"{key} is {brief(given)}, and should be a valid integer",
                "Write a number, such as 5.",
            )
        case "bool_parsing" | "bool_type":
            what, hint = f"{key} is {brief(given)}", "Write true or false."
        case "literal_error":
            what, hint = f"{key} is {brief(given)}", f"There are: {error['ctx']['expected']}."
        case "greater_than_equal" | "less_than_equal":
            limit = error["ctx"].get("ge", error["ctx"].get("le"))
            side = "at least" if "ge" in error["ctx"] else "at most"
            what, hint = f"{key} is {brief(given)}", f"It is {side} {limit}."
        case _:
            hint = "Look at docs/scripts.md for what stands here."
    return Fault(mark_of(path, marks), what, hint)


def _other_branch(error: Any) -> bool:
    """True for an error about the branch of a union that was not meant: a list read as a name."""
    given = error.get("input")
    kind = error["type"]
    if not any(map(_branch, error["loc"])):
        return False
    return (kind == "string_type" and isinstance(given, list)) or (
        kind == "tuple_type" and isinstance(given, str)
    )


def _branch(part: Any) -> bool:
    """A part of a pydantic path that names a branch of a union, such as `tuple[Option, ...]`."""
    return isinstance(part, str) and ("[" in part or part in ("str", "constrained-str"))


def _shape(pattern: str) -> str:
    if pattern == step_model.CLOCK:
        return "Write hours and minutes between quotes, such as '09:00'."
    if pattern == step_model.STEP_FIELD:
        return "Write step.field, with the ids of both."
    if "random" in pattern:
        return "Write random, same:step, different:step or merge:step."
    return "Use small letters, digits, - and _, beginning with a letter."


def load_series(
    path: Path, pick: Callable[[Sequence[s.Script]], s.Script] = lambda scripts: scripts[0]
) -> tuple[Series, tuple[s.Script, ...]]:
    """A series, and one version of each of its parts, the longest or that of `pick`; it knows what is carried into it.

    Raises:
        ScriptError: with the faults of the series or of a part.
    """
    workshops: dict[str, tuple[s.Script, ...]] = {}
    faults: dict[str, ScriptError] = {}
    for file in sorted(path.parent.glob("*.yaml")):
        try:
            if file != path and not is_series(file):
                scripts = variants(file)
                workshops[scripts[0].id] = scripts
        except ScriptError as error:  # that of another workshop, perhaps
            faults[file.stem] = error
    one = series(path, [*workshops, *faults])
    for part in one.parts:
        if part not in workshops:
            raise faults[part]
    return one, tuple(carried(pick(workshops[part]), one) for part in one.parts)


def carried(script: s.Script, series: Series) -> s.Script:
    """A script as a part of a series: it knows what is offered in it from the parts before."""
    into = tuple(
        (source, to.partition(".")[2]) for source, to in series.carry if to.startswith(f"{script.id}.")
    )
    return replace(script, series=series.title, carry=into)
