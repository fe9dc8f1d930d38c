"""Values as the database keeps them, and back. Facts carry their name; a field that has its default is left out.

A fact that changes its shape gets a new default or an entry in UPCAST, never a rewrite of old logs.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timezone
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.core.model import script
from bot.core.model.facts import Words
from bot.store.stored_names import NAMED, UPCAST

NUL = "\0"  # SQLite keeps it in a text, PostgreSQL refuses the text

Encoder = Callable[[Any], Any]
Decoder = Callable[[Any], Any]


def to_plain(item: Any) -> Any:
    """A value as JSON can hold it."""
    cls: Any = type(item)
    return _encoder(cls)(item)


@cache
def _encoder(cls: Any) -> Encoder:
    """The encoder of a class; found once for each class."""
    if issubclass(cls, str | int | float | NoneType):
        return _as_it_stands
    if issubclass(cls, date):
        return cls.isoformat  # type: ignore[no-any-return]
    if issubclass(cls, Enum):
        return attrgetter("value")
    if issubclass(cls, Mapping):
        return lambda item: {key: to_plain(each) for key, each in item.items()}
    if issubclass(cls, tuple | list):
        return lambda item: [to_plain(each) for each in item]
    if issubclass(cls, frozenset):
        return lambda item: sorted(to_plain(each) for each in item)
    return _record_encoder(cls)


def _as_it_stands(item: Any) -> Any:
    return item


def _record_encoder(cls: Any) -> Encoder:
    hints = get_type_hints(cls)
    plain: list[tuple[str, Any]] = []
    coded: list[tuple[str, Any]] = []
    for field in dataclasses.fields(cls):
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        hint = hints[field.name]
        stands = (
            hint in (str, int, bool, float) or hint is Words or getattr(hint, "__supertype__", None) is str
        )
        (plain if stands else coded).append((field.name, default))
    name = cls.__name__
    if NAMED.get(name, cls) is not cls:  # it would be read as the other one
        raise TypeError(
            f"{name} is what another class is called in the database. Rename {cls.__module__}.{name}."
        )

    def encode(item: Any) -> dict[str, Any]:
        body: dict[str, Any] = {"t": name}
        for key, default in plain:
            held = getattr(item, key)
            if held != default:
                body[key] = held
        for key, default in coded:
            held = getattr(item, key)
            if held is not default and held != default:
                body[key] = to_plain(held)
        return body

    return encode


@cache
def _fields(cls: Any) -> dict[str, Decoder | None]:
    hints = get_type_hints(cls)
    return {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(cls)}


@cache
def _decoder(hint: Any) -> Decoder | None:
    """The decoder of this type; None if a value stands as it is."""
    if getattr(hint, "__supertype__", None) is not None:
        hint = hint.__supertype__
    origin, args = get_origin(hint), get_args(hint)
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if dataclasses.is_dataclass(hint):
        return from_plain
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return _each(_decoder(args[0]))
        parts = [_decoder(arg) for arg in args]
        return lambda raw: tuple(d(x) if d else x for d, x in zip(parts, raw, strict=True))
    if origin is frozenset:
        return frozenset
    if origin is collections.abc.Mapping:
        return _values(_decoder(args[1]))
    if origin in (Union, UnionType):
        return _unless_none(next(filter(None, map(_decoder, args)), None))
    return None


def _each(inner: Decoder | None) -> Decoder:
    return (lambda raw: tuple(map(inner, raw))) if inner else tuple


def _values(inner: Decoder | None) -> Decoder | None:
    return (lambda raw: {k: inner(v) for k, v in raw.items()}) if inner else None


def _unless_none(inner: Decoder | None) -> Decoder | None:
    return (lambda raw: None if raw is None else inner(raw)) if inner else None


def from_plain(raw: dict[str, Any]) -> Any:
    """The value that `to_plain` wrote."""
    name = raw["t"]
    if name in UPCAST:
        raw = UPCAST[name](raw)
    cls = NAMED[raw["t"]]
    fields = _fields(cls)
    kept = {
        key: (decode(held) if (decode := fields[key]) else held)
        for key, held in raw.items()
        if key != "t" and key in fields
    }
    return cls(**kept)


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_dumps_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_NUL_IN_JSON = "\\u0000"

read = json.loads  # what `write` wrote


def write(plain: Any, encode: Callable[[Any], str] = _dumps) -> str:
    """What JSON can hold, as one line of it; without NUL, like every text that is stored."""
    line = encode(plain)
    return line if _NUL_IN_JSON not in line else encode(_without_nul(read(line)))


def _without_nul(plain: Any) -> Any:
    if isinstance(plain, str):
        return plain.replace(NUL, "")
    if isinstance(plain, list):
        return [_without_nul(each) for each in plain]
    if isinstance(plain, dict):
        return {_without_nul(key): _without_nul(each) for key, each in plain.items()}
    return plain


def dumps(item: Any) -> str:
    """A value as one line of JSON."""
    cls: Any = type(item)
    return write(_encoder(cls)(item))


def loads(line: str) -> Any:
    """The value that `dumps` wrote."""
    return from_plain(read(line))


def canonical(item: script.Script) -> tuple[str, str]:
    """A script's content hash and its canonical JSON (sorted keys, no spaces, UTF-8)."""
    body = write(to_plain(item), _dumps_sorted)
    return hashlib.sha256(body.encode()).hexdigest()[:32], body


def stamp(at: datetime) -> float:
    """Seconds since 1970, as the database keeps moments."""
    return at.timestamp()


def moment(seconds: float) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromtimestamp(seconds, timezone.utc)


def utc(at: datetime) -> str:
    """A moment as `session.opened_at` is written; texts of this form sort by time."""
    return at.astimezone(timezone.utc).isoformat()


def storable(parameters: Sequence[Any]) -> Sequence[Any]:
    """Parameters as every engine can hold them: texts without NUL. Each engine takes all of its own through here."""
    for item in parameters:
        if type(item) is str and NUL in item:
            return [each.replace(NUL, "") if isinstance(each, str) else each for each in parameters]
    return parameters
