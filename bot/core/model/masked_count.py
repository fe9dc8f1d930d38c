"""A number of people that is not said while it is so small that they could be recognised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

SMALL = 4  # people; fewer could be recognised (domain: pictures, counts)
FEW = "1–3"
HIDDEN = "–"
K = TypeVar("K")


class MaskedCount(int):
    """How many people tapped or told something: in writing a number from four on, and below it only that it is few.

    It compares and adds up like any number, so that what is most stands first; only its digits stay unsaid.
    """

    __slots__ = ()

    @property
    def few(self) -> bool:
        """Whether its number is not said."""
        return 0 < self < SMALL

    @property
    def enough(self) -> bool:
        """Whether anything may be told of those who were counted."""
        return self >= SMALL

    @property
    def drawn(self) -> int:
        """For the length of a bar: all small counts are as long."""
        return 2 if self.few else int(self)

    def __str__(self) -> str:
        return FEW if self.few else int.__repr__(self)

    def __format__(self, spec: str) -> str:
        return str(self) if not spec else int(self).__format__(spec)

    __repr__ = __str__


class ExactCount(MaskedCount):
    """How many people tapped or told something, said as it is."""

    __slots__ = ()

    @property
    def few(self) -> bool:
        """Never: it is said."""
        return False

    @property
    def enough(self) -> bool:
        """Whether anything can be told of those who were counted: one is enough."""
        return self > 0


def count(n: int, *, exact: bool) -> MaskedCount:
    """A number of people as it may be said."""
    return ExactCount(n) if exact else MaskedCount(n)


class Unsaid(MaskedCount):
    """A number of which nothing is told. All are the same, so no order, width or sum can tell what they hide."""

    __slots__ = ()

    def __new__(cls) -> Unsaid:
        """The only value."""
        return super().__new__(cls, SMALL // 2)

    def __str__(self) -> str:
        return HIDDEN

    __repr__ = __str__


def masked(counts: Mapping[K, int], people: int) -> dict[K, MaskedCount]:
    """Counts of so many people, in which none is said of few of them, of none, or of all but a few.

    With a single one unsaid it could be worked out from the others: then the smallest of them is unsaid, too.
    """
    said = {key: n for key, n in counts.items() if n >= SMALL}
    if any(people - n < SMALL for n in said.values()):
        said = {}
    if said and len(counts) - len(said) == 1:
        del said[min(said, key=said.__getitem__)]
    return {key: MaskedCount(said[key]) if key in said else Unsaid() for key in counts}


def size(n: int) -> int:
    """How large something is drawn for a number: what is not said in digits is not told by a width either."""
    return n.drawn if isinstance(n, MaskedCount) else n
