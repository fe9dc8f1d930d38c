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
from bot.core.model.masked_count import FEW, HIDDEN, ExactCount, MaskedCount, Unsaid
from bot.core.steps.diagrams import Bars, Joined, Picture, Standing, Wheel
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import HAPPENED, HOPE, NOT_TOLD, Told, ValueMap
from bot.core.text.wording import Sentence
from bot.core.views.recap_data import Effect, Recap
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
        value = getattr(labelled, field.name)
        body[field.name] = _pictures(value) if field.name == "pictures" else plain(value)
    body["summary"] = list(summary(recap))
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _labelled(recap: Recap, label: Callable[[str], str]) -> Recap:
    """The recap with other labels for what people chose."""
    parts = (
        replace(part, spread=tuple((label(key), count) for key, count in part.spread)) for part in recap.parts
    )
    chosen = (replace(step, label=label(step.label)) for step in recap.chosen)
    return replace(recap, parts=tuple(parts), chosen=tuple(chosen))


def _pictures(pictures: tuple[tuple[str, Picture], ...]) -> list[dict[str, Any]]:
    names = {kind: name for name, kind in KINDS.items()}
    return [
        {"title": title, "kind": names[type(seen)], "words": alt_text(seen), "data": plain(seen)}
        for title, seen in pictures
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
        return {key: plain(value) for key, value in item.items()}
    if isinstance(item, tuple | list):
        return [plain(value) for value in item]
    return {field.name: plain(getattr(item, field.name)) for field in dataclasses.fields(item)}


def _map(value_map: ValueMap) -> dict[str, Any]:
    def said(counts: Told) -> dict[str, Any]:
        numbers = {"all": counts.all, "happened": counts.happened, "hoped": counts.hoped}
        return {key: plain(value_map.shown(n)) for key, n in numbers.items()}

    def counted(numbers: Mapping[str, int]) -> dict[str, Any]:
        return {key: plain(value_map.shown(n)) for key, n in numbers.items()}

    return {
        "cycles": plain(value_map.cycles),
        "stories": plain(value_map.shown(value_map.stories)),
        "nodes": {key: said(counts) for key, counts in value_map.nodes.items()},
        "flows": [
            {"from": one, "to": other, **said(counts)} for (one, other), counts in value_map.flows.items()
        ],
        "loops": counted(value_map.loops),
        "cost": counted(value_map.cost),
        "supported": plain(value_map.shown(value_map.supported)),
        "tags": counted(value_map.tags),
        "allowed": value_map.allowed,
        "words": alt_text(value_map),
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
    except (ValueError, RecursionError) as error:
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
    recap: Recap = _build(Recap, body, "recap")
    pictures = tuple(_picture(drawing, f"pictures[{n}]") for n, drawing in enumerate(drawn))
    _known(recap)
    language = language if language in catalogues() else "en"
    with spoken(language):
        kept = label_of("")
    recap = _labelled(recap, lambda label: "" if label == kept else label)
    return replace(recap, pictures=pictures), language


def _picture(value: Any, at: str) -> tuple[str, Picture]:
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        raise CannotRead(f"{at}: there is no such kind of picture; there are {', '.join(KINDS)}.")
    return str(value.get("title", "")), _build(KINDS[value["kind"]], value.get("data"), f"{at}.data")


def _known(recap: Recap) -> None:
    """Words that pages look up."""
    for n, story in enumerate(recap.stories):
        for _, status in story.coverage:
            if status not in (HAPPENED, HOPE, NOT_TOLD):
                raise CannotRead(
                    f"stories[{n}].coverage: {status!r} is none of {HAPPENED}, {HOPE}, {NOT_TOLD}."
                )
    known_words = {progress.value for progress in Progress}
    for n, step in enumerate(recap.chosen):
        if step.how and step.how not in known_words:
            raise CannotRead(f"chosen[{n}].how: {step.how!r} is none of {', '.join(sorted(known_words))}.")
    if recap.discuss and not recap.discuss.startswith(("https://", "http://")):
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


def _build(hint: Any, value: Any, at: str) -> Any:
    """A value of this type from what JSON holds of it."""
    if hint is ValueMap:
        return _value_map(value, at)
    if hint is Effect and isinstance(value, dict):  # its last part is one text
        value = {**value, "told": [value.get("told")]}
    if hint is Sentence:
        return Sentence(key=_wanted(value, (str,), "text", at))
    if dataclasses.is_dataclass(hint):
        return _record(hint, value, at)
    if hint is MaskedCount or (hint is int and value in (FEW, HIDDEN)):
        return _number(value, at)
    if hint is int:
        return _wanted(value, (int,), "a whole number", at)
    if hint is float:
        return float(_wanted(value, (int, float), "a number", at))
    if hint is bool:
        return _wanted(value, (bool,), "true or false", at)
    if hint is str:
        return _wanted(value, (str,), "text", at)
    if hint is datetime:
        try:
            return datetime.fromisoformat(_wanted(value, (str,), "a date and time", at))
        except ValueError as error:
            raise CannotRead(
                f"{at}: {value!r} is no date and time, such as 2026-11-25T19:00:00+00:00."
            ) from error
    return _collection(hint, value, at)


def _collection(hint: Any, raw: Any, at: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if raw is None and NoneType in args:
            return None
        return _build(next(item for item in args if item is not NoneType), raw, at)
    if origin is tuple:
        listed = _wanted(raw, (list,), "a list", at)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], item, f"{at}[{n}]") for n, item in enumerate(listed))
        if len(listed) != len(args):
            raise CannotRead(f"{at}: it has {len(listed)} parts and not {len(args)}.")
        return tuple(
            _build(one, item, f"{at}[{n}]") for n, (one, item) in enumerate(zip(args, listed, strict=True))
        )
    key, value = args  # of a mapping
    if get_origin(key) is tuple:
        if raw == {}:
            return {}
        rows = _wanted(raw, (list,), "a list", at)
        return {
            (_text(row, "from", f"{at}[{n}]"), _text(row, "to", f"{at}[{n}]")): _build(
                value, row.get("n"), f"{at}[{n}].n"
            )
            for n, row in enumerate(rows)
        }
    named = _wanted(raw, (dict,), "an object", at)
    return {name: _build(value, item, f"{at}.{name}") for name, item in named.items()}


def _record(cls: Any, value: Any, at: str) -> Any:
    named = _wanted(value, (dict,), "an object", at)
    fields = {}
    for name, hint, needed in _fields(cls):
        if name in named:
            fields[name] = _build(hint, named[name], name if at == "recap" else f"{at}.{name}")
        elif needed:
            raise CannotRead(f"{at}: it has no {name!r}.")
    return cls(**fields)


def _value_map(value: Any, at: str) -> ValueMap:
    named = _wanted(value, (dict,), "an object", at)
    flows = _wanted(named.get("flows", []), (list,), "a list", f"{at}.flows")
    nodes = _wanted(named.get("nodes", {}), (dict,), "an object", f"{at}.nodes")
    rest = {key: item for key, item in named.items() if key not in ("nodes", "flows")}
    result: ValueMap = _record(ValueMap, rest, at)
    return replace(
        result,
        nodes={key: _told(item, f"{at}.nodes.{key}") for key, item in nodes.items()},
        flows={
            (_text(row, "from", f"{at}.flows[{n}]"), _text(row, "to", f"{at}.flows[{n}]")): _told(
                row, f"{at}.flows[{n}]"
            )
            for n, row in enumerate(flows)
        },
    )


def _told(value: Any, at: str) -> Told:
    """Both parts as far as they were said; those that were not make up the sum."""
    named = _wanted(value, (dict,), "an object", at)
    everything, happened, hoped = (
        _number(named.get(key), f"{at}.{key}") for key in ("all", "happened", "hoped")
    )
    if not happened.few and hoped.few:
        hoped = MaskedCount(max(1, everything - happened))
    elif happened.few:
        happened = MaskedCount(max(1, everything - hoped))
    return Told(happened=int(happened), hoped=int(hoped))


def _number(value: Any, at: str) -> MaskedCount:
    if value == HIDDEN:
        return Unsaid()
    if value == FEW:
        return MaskedCount(2)
    return ExactCount(_wanted(value, (int,), f'a whole number or "{FEW}"', at))


def _text(row: Any, key: str, at: str) -> str:
    text: str = _wanted(_wanted(row, (dict,), "an object", at).get(key), (str,), "text", f"{at}.{key}")
    return text


def _wanted(value: Any, types: tuple[type, ...], what: str, at: str) -> Any:
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise CannotRead(f"{at}: there should be {what}, and there is {str(value)[:40]!r}.")
    return value
