"""A number of people that is not said while it is so small that they could be recognised."""

from __future__ import annotations

SMALL = 4  # people; fewer could be recognised (domain: pictures, counts)
FEW = "1–3"


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
    def drawn(self) -> int:
        """For the length of a bar: all small counts are as long."""
        return 2 if self.few else int(self)

    def __str__(self) -> str:
        return FEW if self.few else int.__repr__(self)

    def __format__(self, spec: str) -> str:
        return str(self) if not spec else int(self).__format__(spec)

    __repr__ = __str__


def size(n: int) -> int:
    """How large something is drawn for a number: what is not said in digits is not told by a width either."""
    return n.drawn if isinstance(n, MaskedCount) else n
