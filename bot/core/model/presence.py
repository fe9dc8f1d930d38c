"""Presence: who counts, said once, for seats, lists and totals, and for how long a question waits.

Two things follow from being here. Whoever takes part has a seat in every round, a place in every list and in every
total, for as long as they are here. A question also waits for them, until they have let two go by in a row that
they could have answered; then it may end without them. They still have their seat, and one word brings them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

PATIENCE = 2  # questions in a row that somebody may leave unanswered before none waits for them


class Presence(Protocol):
    """What decides whether somebody counts."""

    @property
    def present(self) -> bool:
        """True if they joined and have not left."""

    @property
    def reading(self) -> bool:
        """True if they just follow along."""

    @property
    def missed(self) -> int:
        """The questions in a row that they could have answered and did not."""


def takes_part(person: Presence) -> bool:
    """True if somebody joined, is here, and does not just follow along."""
    return person.present and not person.reading


def waited_for(person: Presence) -> bool:
    """True if a question stays open for somebody."""
    return takes_part(person) and person.missed < PATIENCE


def how_many(people: Iterable[Presence]) -> int:
    """The number of these people who take part."""
    return sum(map(takes_part, people))
