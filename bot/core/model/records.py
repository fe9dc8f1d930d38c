"""The two building blocks of the core: `record`, a frozen record, and `PersistentMap`, a map that grows cheaply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform
from zlib import crc32

T = TypeVar("T")
V = TypeVar("V")

_BUCKETS = 64


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, slotted record whose fields are given by keyword."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


def replace(item: T, **changes: Any) -> T:
    """`item` with some fields changed: what `dataclasses.replace` does, many times as fast.

    Every fact makes a new session of some forty fields, so this is on the path of each answer. It copies slot by
    slot, so it is for values that inherit no fields; a wrong name is an AttributeError.
    """
    cls: Any = type(item)
    read, setters, by_name = _slots(cls)
    made: T = object.__new__(cls)
    for put, value in zip(setters, read(item)):  # noqa: B905 (both are made from the same slots)
        put(made, value)
    for name, value in changes.items():
        if name not in by_name:
            raise AttributeError(f"{cls.__name__} has no {name}")
        by_name[name](made, value)
    return made


Setter = Callable[[Any, Any], None]


@cache
def _slots(cls: Any) -> tuple[Callable[[Any], Sequence[Any]], tuple[Setter, ...], Mapping[str, Setter]]:
    """The getter of all slots of a class in one go, the setter of each, and the setters by name."""
    names: Sequence[str] = getattr(cls, "__slots__", ())
    by_name: dict[str, Setter] = {name: vars(cls)[name].__set__ for name in names}
    read = attrgetter(*names) if len(names) > 1 else lambda item: [getattr(item, name) for name in names]
    return read, tuple(by_name.values()), by_name


class PersistentMap(Mapping[str, V]):
    """An immutable map from text to `V` that keeps insertion order and is cheap to add to.

    `evolve` makes a new session for every fact. Copying a plain dict of ten thousand answers each
    time would make one answer dearer the more there are; here a change copies one of 64 small
    buckets. Iteration sorts by the order of insertion, which only views do.
    """

    __slots__ = ("_buckets", "_count", "_next")

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        self._buckets: tuple[dict[str, tuple[int, V]], ...] = ({},) * _BUCKETS
        self._count = 0
        self._next = 0
        if items:
            buckets: list[dict[str, tuple[int, V]]] = [{} for _ in range(_BUCKETS)]
            for order, (key, item) in enumerate(items.items()):
                buckets[crc32(key.encode()) % _BUCKETS][key] = (order, item)
            self._buckets = tuple(buckets)
            self._count = self._next = len(items)

    def _with(self, at: int, bucket: dict[str, tuple[int, V]], count: int, upto: int) -> PersistentMap[V]:
        made: PersistentMap[V] = PersistentMap.__new__(PersistentMap)
        buckets = list(self._buckets)
        buckets[at] = bucket
        made._buckets = tuple(buckets)
        made._count = count
        made._next = upto
        return made

    def put(self, key: str, item: V) -> PersistentMap[V]:
        """This shelf with `item` under `key`; an item already there keeps its place in the order."""
        at = crc32(key.encode()) % _BUCKETS
        bucket = self._buckets[at].copy()
        before = bucket.get(key)
        bucket[key] = (self._next if before is None else before[0], item)
        new = before is None
        return self._with(at, bucket, self._count + new, self._next + new)

    def without(self, key: str) -> PersistentMap[V]:
        """This shelf with nothing under `key`."""
        at = crc32(key.encode()) % _BUCKETS
        if key not in self._buckets[at]:
            return self
        bucket = self._buckets[at].copy()
        del bucket[key]
        return self._with(at, bucket, self._count - 1, self._next)

    def renamed(self, old: str, new: str, item: V) -> PersistentMap[V]:
        """This shelf with `old` gone and `item` standing in its place, in the same order, as `new`."""
        found = self._buckets[crc32(old.encode()) % _BUCKETS].get(old)
        if found is None:
            return self
        bare = self.without(old)
        at = crc32(new.encode()) % _BUCKETS
        bucket = bare._buckets[at].copy()
        bucket[new] = (found[0], item)
        return bare._with(at, bucket, bare._count + 1, bare._next)

    def __getitem__(self, key: str) -> V:
        return self._buckets[crc32(key.encode()) % _BUCKETS][key][1]

    def get(self, key: str, default: Any = None) -> Any:
        """The value under `key`, or `default`."""
        found = self._buckets[crc32(key.encode()) % _BUCKETS].get(key)
        return default if found is None else found[1]

    def __iter__(self) -> Iterator[str]:
        placed = [(order, key) for bucket in self._buckets for key, (order, _) in bucket.items()]
        return (key for _, key in sorted(placed))

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, PersistentMap) and list(self.items()) == list(other.items())

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PersistentMap({dict(self)!r})"
