"""Stored lines written anew: without the words of a person, or with another id in place of theirs."""

from __future__ import annotations

import collections.abc
import dataclasses
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.core.model.facts import Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.session import private_place
from bot.store import codec
from bot.store.stored_names import NAMED


@cache
def _words(name: str) -> tuple[str, ...]:
    cls = NAMED[name]
    hints = get_type_hints(cls)
    return tuple(key for key, hint in hints.items() if hint is Words)


def blank(line: str) -> str:
    """A stored fact without the words that a person wrote in it."""
    raw = codec.read(line)
    for key in _words(raw["t"]):
        if key in raw:
            raw[key] = ""
    return codec.write(raw)


def rename(line: str, old: str, new: str) -> str:
    """A stored value in which a person's id is replaced, wherever a field is typed `PersonId` or `PlaceName`."""
    return codec.write(_renamed_fields(codec.read(line), old, new))


Renamer = Callable[[Any, str, str], Any]


def _renamed_fields(raw: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    renamers = _renamers(NAMED[raw["t"]])
    return {
        key: renamer(item, old, new) if (renamer := renamers.get(key)) else item for key, item in raw.items()
    }


@cache
def _renamers(cls: Any) -> dict[str, Renamer]:
    hints = get_type_hints(cls)
    return {key: renamer for key, hint in hints.items() if (renamer := _renamer(hint)) is not None}


@cache
def _renamer(hint: Any) -> Renamer | None:
    """How the id of a person is replaced in what this type was written as; None if none stands in it."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is PersonId:
        return lambda raw, old, new: new if raw == old else raw
    if hint is PlaceName:
        return lambda raw, old, new: private_place(new) if raw == private_place(old) else raw
    if dataclasses.is_dataclass(hint):
        return _renamed_fields
    if origin is tuple and args[1:] != (Ellipsis,):
        parts = [_renamer(arg) or _as_it_is for arg in args]
        return lambda raw, old, new: [part(x, old, new) for part, x in zip(parts, raw, strict=True)]
    if origin in (tuple, frozenset):
        return _renamed_each(_renamer(args[0]))
    if origin is collections.abc.Mapping:
        key, item = (_renamer(arg) or _as_it_is for arg in args)
        return lambda raw, old, new: {key(k, old, new): item(x, old, new) for k, x in raw.items()}
    if origin in (Union, UnionType):
        return _renamed_unless_none(next(filter(None, map(_renamer, args)), None))
    return None


def _as_it_is(raw: Any, old: str, new: str) -> Any:
    return raw


def _renamed_each(inner: Renamer | None) -> Renamer | None:
    return (lambda raw, old, new: [inner(x, old, new) for x in raw]) if inner else None


def _renamed_unless_none(inner: Renamer | None) -> Renamer | None:
    return (lambda raw, old, new: None if raw is None else inner(raw, old, new)) if inner else None
