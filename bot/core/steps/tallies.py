"""Tallies of taps: no number that could show a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.core.model.masked_count import SMALL, MaskedCount, Unsaid, masked, size
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Option, Stepping
from bot.core.steps.registry import kind_of
from bot.core.steps.taps import is_sensitive, taps

T = TypeVar("T")
IDEAS = 3  # of a framework, that are said of what most chose


def labels_of(session: Session, step: Stepping) -> Mapping[str, str]:
    """The options of a step with their words; ideas of people are read from their answers."""
    return kind_of(step).labels(session, step)


def tallied(session: Session, step: Stepping) -> Mapping[str, MaskedCount] | None:
    """The number of picks of each option; None below four people, who could be recognised."""
    return counts(session, step, labels_of(session, step))


def counts(session: Session, step: Stepping, labels: Mapping[str, str]) -> Mapping[str, MaskedCount] | None:
    """The number of picks of each of these options; None below four people."""
    picked = taps(session, step)
    if len(picked) < SMALL:
        return None
    counted = dict.fromkeys(labels, 0)
    for picks in picked.values():
        for key in picks:
            if key in counted:
                counted[key] += 1
    return (
        masked(counted, len(picked))
        if is_sensitive(step)
        else {key: MaskedCount(n) for key, n in counted.items()}
    )


def ranked(counts: Mapping[str, MaskedCount], *, exact: bool) -> tuple[tuple[str, MaskedCount], ...]:
    """The most first. Who won a vote is its result; of other taps the order is not to tell what the numbers do not."""
    return tuple(sorted(counts.items(), key=lambda item: -int(item[1]) if exact else -size(item[1])))


def top_of(counts: Mapping[str, MaskedCount] | None) -> str:
    """The option that most people chose; "" while fewer than four have, or where that is not to be said."""
    if not counts or not any(counts.values()):
        return ""
    top = max(counts, key=lambda key: counts[key])
    return "" if isinstance(counts[top], Unsaid) else top


def option_finding(
    script: Script, options: Sequence[Option], counts: Mapping[str, MaskedCount] | None, name: str
) -> str:
    """The option that most people chose, or (`ideas`) the framework's suggestions for it."""
    top = top_of(counts)
    if name == "ideas":
        entry = script.entry(top)
        return "\n".join(f"- {idea}" for idea in entry.ideas[:IDEAS]) if entry else ""
    return next((option.label for option in options if option.key == top), "")


def leading(items: Sequence[T], most: int, number: Callable[[T], int], room: int = 6) -> list[T]:
    """The first of some ranked items: so many, and those that tie with the last of them.

    Where these are more than there is room for, only those before the tie; where all tie, as many as there is room for.
    """
    if len(items) <= most:
        return list(items)
    last = number(items[most - 1])
    tied = [item for item in items if number(item) >= last]
    if len(tied) <= room:
        return tied
    return [item for item in items if number(item) > last] or tied[:room]
