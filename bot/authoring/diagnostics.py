"""A fault of a script: its place in the file, and the fix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Path_ = tuple[str | int, ...]
Mark = tuple[int, int]
Marks = Mapping[Path_, Mark]


class Fault:
    """One thing that is wrong: its line and column (from 1), what it is, and a way to mend it.

    A warning is a fault that is not `grave`: the script runs, and would run better otherwise.
    """

    def __init__(self, mark: Mark, what: str, hint: str, *, grave: bool = True) -> None:
        self.mark, self.what, self.hint, self.grave = mark, what, hint, grave

    def line(self, name: str) -> str:
        """As `file:line:column: what. hint`."""
        kind = "" if self.grave else "warning: "
        return f"{name}:{self.mark[0]}:{self.mark[1]}: {kind}{self.what.rstrip('.')}. {self.hint}".rstrip()


def mark_of(path: Path_, marks: Marks) -> Mark:
    """The place of a path in the file, or of the nearest thing that it would stand in."""
    while path not in marks and path:
        path = path[:-1]
    return marks.get(path, (1, 1))


def beside(path: Path_, marks: Marks) -> set[str]:
    """The keys that stand in the file beside one, that one among them."""
    return {str(other[-1]) for other in marks if len(other) == len(path) and other[:-1] == path[:-1]}


def brief(value: Any) -> str:
    """A value of the file, short enough for one line of a message."""
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…" + text[-1]
