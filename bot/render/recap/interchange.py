"""A recap as JSON, to work with or to be read in by another Storycircle. docs/exports.md describes it.

What is written is what the recap shows: words with their authors' leave, and no count under four. So
what is read in again shows the same, and knows nothing that its source did not show.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.core.model.facts import Progress
from bot.core.model.records import FEW, MaskedCount
from bot.core.steps.diagrams import Bars, Joined, Picture, Standing, Wheel
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import HAPPENED, HOPE, NOT_TOLD, Told, ValueMap
from bot.core.text.messages import Sentence
from bot.core.views.recap import Effect, Recap
from bot.errors import StorycircleError
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import catalogues, spoken, translated
from bot.render.recap.summary import label_of, summary

FORMAT, VERSION = "storycircle-recap", 1
LONGEST = 20_000_000  # characters of a file
KINDS: dict[str, type] = {
    "radar": Measure,
    "wheel": Wheel,
    "two-loops": Standing,
    "bars": Bars,
    "joined": Joined,
}


class CannotRead(StorycircleError):
    """A file is no recap of ours; the message names the place in it, and the mend."""


# -- out -----------------------------------------------------------------------------------------


def as_json(recap: Recap, language: str = "en") -> str:
    """The recap as JSON."""
    body = {"format": FORMAT, "version": VERSION, "language": language}
    labelled = _labelled(recap, label_of)
    for field in dataclasses.fields(labelled):
        held = getattr(labelled, field.name)
        body[field.name] = _pictures(held) if field.name == "pictures" else plain(held)
    body["summary"] = list(summary(recap))
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _labelled(recap: Recap, label: Callable[[str], str]) -> Recap:
    """The recap with other labels for what people chose."""
    parts = (
        replace(part, spread=tuple((label(key), count) for key, count in part.spread)) for part in recap.parts
    )
    chosen = (replace(each, label=label(each.label)) for each in recap.chosen)
    return replace(recap, parts=tuple(parts), chosen=tuple(chosen))


def _pictures(held: tuple[tuple[str, Picture], ...]) -> list[dict[str, Any]]:
    names = {kind: name for name, kind in KINDS.items()}
    return [
        {"title": title, "kind": names[type(seen)], "words": alt_text(seen), "data": plain(seen)}
        for title, seen in held
    ]


def plain(item: Any) -> Any:
    """A value as JSON can hold it, small counts as they may be said."""
    if isinstance(item, MaskedCount):
        return str(item) if item.few else int(item)
    if isinstance(item, Enum):
        return item.value
    if item is None or isinstance(item, str | int | float):
        return item
    if isinstance(item, datetime):
        return item.isoformat()
    if isinstance(item, ValueMap):
        return _map(item)
    if isinstance(item, Sentence):
        return translated(item)
    if isinstance(item, Effect):
        return {"cycle": item.cycle, "signs": plain(item.signs), "told": translated(item.told, ", ")}
    if isinstance(item, Mapping):
        if any(isinstance(key, tuple) for key in item):
            return [{"from": one, "to": other, "n": plain(n)} for (one, other), n in item.items()]
        return {key: plain(each) for key, each in item.items()}
    if isinstance(item, tuple | list):
        return [plain(each) for each in item]
    return {field.name: plain(getattr(item, field.name)) for field in dataclasses.fields(item)}


def _map(found: ValueMap) -> dict[str, Any]:
    def said(told: Told) -> dict[str, Any]:
        numbers = {"all": told.all, "happened": told.happened, "hoped": told.hoped}
        return {key: plain(found.shown(n)) for key, n in numbers.items()}

    def counted(held: Mapping[str, int]) -> dict[str, Any]:
        return {key: plain(found.shown(n)) for key, n in held.items()}

    return {
        "cycles": plain(found.cycles),
        "stories": plain(found.shown(found.stories)),
        "nodes": {key: said(told) for key, told in found.nodes.items()},
        "flows": [{"from": one, "to": other, **said(told)} for (one, other), told in found.flows.items()],
        "loops": counted(found.loops),
        "cost": counted(found.cost),
        "supported": plain(found.shown(found.supported)),
        "tags": counted(found.tags),
        "allowed": found.allowed,
        "words": alt_text(found),
    }


# -- in ------------------------------------------------------------------------------------------


def read(text: str) -> tuple[Recap, str]:
    """A recap that was written as JSON, and its language.

    Raises:
        CannotRead: it is none, or one of a newer Storycircle; the message says where.
    """
    if len(text) > LONGEST:
        raise CannotRead(f"The file is longer than {LONGEST:,} characters, so it is no recap.")
    try:
        body = json.loads(text)
    except ValueError as error:
        raise CannotRead(f"The file is no JSON ({error}). Take the recap.json of an export.") from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise CannotRead(f'The file is no recap: it has no "format": "{FORMAT}" at its top.')
    if body.get("version") != VERSION:
        raise CannotRead(
            f'The file has "version": {body.get("version")!r}; this Storycircle reads {VERSION}. '
            "Read it in with the Storycircle that wrote it, or with a newer one."
        )
    language = body.get("language")
    drawn = _wanted(body.pop("pictures", []), (list,), "a list", "pictures")
    found: Recap = _build(Recap, body, "recap")
    pictures = tuple(_picture(each, f"pictures[{n}]") for n, each in enumerate(drawn))
    _known(found)
    language = language if language in catalogues() else "en"
    with spoken(language):
        kept = label_of("")
    found = _labelled(found, lambda label: "" if label == kept else label)
    return replace(found, pictures=pictures), language


def _picture(held: Any, at: str) -> tuple[str, Picture]:
    if not isinstance(held, dict) or held.get("kind") not in KINDS:
        raise CannotRead(f"{at}: there is no such kind of picture; there are {', '.join(KINDS)}.")
    return str(held.get("title", "")), _build(KINDS[held["kind"]], held.get("data"), f"{at}.data")


def _known(found: Recap) -> None:
    """Words that pages look up."""
    for n, story in enumerate(found.stories):
        for _, told in story.coverage:
            if told not in (HAPPENED, HOPE, NOT_TOLD):
                raise CannotRead(
                    f"stories[{n}].coverage: {told!r} is none of {HAPPENED}, {HOPE}, {NOT_TOLD}."
                )
    there = {each.value for each in Progress}
    for n, step in enumerate(found.chosen):
        if step.how and step.how not in there:
            raise CannotRead(f"chosen[{n}].how: {step.how!r} is none of {', '.join(sorted(there))}.")
    if found.discuss and not found.discuss.startswith(("https://", "http://")):
        raise CannotRead("discuss: it is no address that begins with https://.")


@cache
def _fields(cls: Any) -> tuple[tuple[str, Any, bool], ...]:
    hints = get_type_hints(cls, vars(__import__(cls.__module__, fromlist=["_"])))
    return tuple(
        (
            field.name,
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    )


def _build(hint: Any, held: Any, at: str) -> Any:
    """A value of this type from what JSON holds of it."""
    if hint is ValueMap:
        return _value_map(held, at)
    if hint is Effect and isinstance(held, dict):  # its last part is one text
        held = {**held, "told": [held.get("told")]}
    if hint is Sentence:
        return Sentence(key=_wanted(held, (str,), "text", at))
    if dataclasses.is_dataclass(hint):
        return _record(hint, held, at)
    if hint is MaskedCount or (hint is int and held == FEW):
        return _number(held, at)
    if hint is int:
        return _wanted(held, (int,), "a whole number", at)
    if hint is float:
        return float(_wanted(held, (int, float), "a number", at))
    if hint is bool:
        return _wanted(held, (bool,), "true or false", at)
    if hint is str:
        return _wanted(held, (str,), "text", at)
    if hint is datetime:
        try:
            return datetime.fromisoformat(_wanted(held, (str,), "a date and time", at))
        except ValueError as error:
            raise CannotRead(
                f"{at}: {held!r} is no date and time, such as 2026-11-25T19:00:00+00:00."
            ) from error
    return _collection(hint, held, at)


def _collection(hint: Any, held: Any, at: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if held is None and NoneType in args:
            return None
        return _build(next(each for each in args if each is not NoneType), held, at)
    if origin is tuple:
        listed = _wanted(held, (list,), "a list", at)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], each, f"{at}[{n}]") for n, each in enumerate(listed))
        if len(listed) != len(args):
            raise CannotRead(f"{at}: it has {len(listed)} parts and not {len(args)}.")
        return tuple(
            _build(one, each, f"{at}[{n}]") for n, (one, each) in enumerate(zip(args, listed, strict=True))
        )
    key, value = args  # of a mapping
    if get_origin(key) is tuple:
        if held == {}:
            return {}
        rows = _wanted(held, (list,), "a list", at)
        return {
            (_text(row, "from", f"{at}[{n}]"), _text(row, "to", f"{at}[{n}]")): _build(
                value, row.get("n"), f"{at}[{n}].n"
            )
            for n, row in enumerate(rows)
        }
    named = _wanted(held, (dict,), "an object", at)
    return {name: _build(value, each, f"{at}.{name}") for name, each in named.items()}


def _record(cls: Any, held: Any, at: str) -> Any:
    named = _wanted(held, (dict,), "an object", at)
    made = {}
    for name, hint, needed in _fields(cls):
        if name in named:
            made[name] = _build(hint, named[name], name if at == "recap" else f"{at}.{name}")
        elif needed:
            raise CannotRead(f"{at}: it has no {name!r}.")
    return cls(**made)


def _value_map(held: Any, at: str) -> ValueMap:
    named = _wanted(held, (dict,), "an object", at)
    flows = _wanted(named.get("flows", []), (list,), "a list", f"{at}.flows")
    said = _wanted(named.get("nodes", {}), (dict,), "an object", f"{at}.nodes")
    rest = {key: each for key, each in named.items() if key not in ("nodes", "flows")}
    found: ValueMap = _record(ValueMap, rest, at)
    return replace(
        found,
        nodes={key: _told(each, f"{at}.nodes.{key}") for key, each in said.items()},
        flows={
            (_text(row, "from", f"{at}.flows[{n}]"), _text(row, "to", f"{at}.flows[{n}]")): _told(
                row, f"{at}.flows[{n}]"
            )
            for n, row in enumerate(flows)
        },
    )


def _told(held: Any, at: str) -> Told:
    """Both parts as far as they were said; those that were not make up the sum."""
    named = _wanted(held, (dict,), "an object", at)
    everything, happened, hoped = (
        _number(named.get(key), f"{at}.{key}") for key in ("all", "happened", "hoped")
    )
    if not happened.few and hoped.few:
        hoped = MaskedCount(max(1, everything - happened))
    elif happened.few:
        happened = MaskedCount(max(1, everything - hoped))
    return Told(happened=int(happened), hoped=int(hoped))


def _number(held: Any, at: str) -> MaskedCount:
    if held == FEW:
        return MaskedCount(2)
    return MaskedCount(_wanted(held, (int,), f'a whole number or "{FEW}"', at))


def _text(row: Any, key: str, at: str) -> str:
    text: str = _wanted(_wanted(row, (dict,), "an object", at).get(key), (str,), "text", f"{at}.{key}")
    return text


def _wanted(held: Any, types: tuple[type, ...], what: str, at: str) -> Any:
    if not isinstance(held, types) or (isinstance(held, bool) and bool not in types):
        raise CannotRead(f"{at}: there should be {what}, and there is {str(held)[:40]!r}.")
    return held
