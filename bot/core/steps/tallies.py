"""Tallies of taps: exact, unless the step is sensitive; then no number that could show a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.core.model.masked_count import SMALL, MaskedCount, Unsaid, count, masked, size
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Asking, Stepping
from bot.core.steps.registry import kind_of
from bot.core.steps.taps import is_exact, is_sensitive, taps

T = TypeVar("T")
PLACES: Mapping[str, int] = {"top": 1, "second": 2, "third": 3}
AND: Mapping[str, str] = {"en": "and", "de": "und", "es": "y", "fr": "et"}
IDEAS = 3  # of a framework, that are said of what most chose


def labels_of(session: Session, step: Stepping) -> Mapping[str, str]:
    """The options of a step with their words; ideas of people are read from their answers."""
    return kind_of(step).labels(session, step)


def tallied(session: Session, step: Stepping) -> Mapping[str, MaskedCount] | None:
    """The number of picks of each option; None while there are too few people to say anything of them."""
    return counts(session, step, labels_of(session, step))


def counts(session: Session, step: Stepping, labels: Mapping[str, str]) -> Mapping[str, MaskedCount] | None:
    """The number of picks of each of these options; None while too few have tapped."""
    picked = taps(session, step)
    if not count(len(picked), exact=is_exact(step)).enough:
        return None
    counted = dict.fromkeys(labels, 0)
    for picks in picked.values():
        for key in picks:
            if key in counted:
                counted[key] += 1
    return (
        masked(counted, len(picked))
        if is_sensitive(step)
        else {key: count(n, exact=is_exact(step)) for key, n in counted.items()}
    )


def told_so_far(session: Session, step: Asking) -> bool:
    """Whether a digest may say how the taps fell. While they still come in, a few of them would show whose they are."""
    state = session.steps[step.id]
    enough = 1 if state.closed and is_exact(step) else SMALL
    return len(state.by_person) >= enough and not step.sensitive


def ranked(counts: Mapping[str, MaskedCount], *, exact: bool) -> tuple[tuple[str, MaskedCount], ...]:
    """The most first. Who won a vote is its result; of other taps the order is not to tell what the numbers do not."""
    return tuple(sorted(counts.items(), key=lambda item: -int(item[1]) if exact else -size(item[1])))


def top_of(counts: Mapping[str, MaskedCount] | None, place: int = 1) -> tuple[str, ...]:
    """The options in this place, all that tie for it; none while that is not to be said, or nobody has tapped.

    Two that tie for the first place take it both, and the next one is second.
    """
    said = {key: int(n) for key, n in (counts or {}).items() if n and not isinstance(n, Unsaid)}
    places = sorted(set(said.values()), reverse=True)
    if len(places) < place:
        return ()
    return tuple(key for key, n in said.items() if n == places[place - 1])


def option_finding(
    script: Script, labels: Mapping[str, str], counts: Mapping[str, MaskedCount] | None, name: str
) -> str:
    """The options in a place (`top`, `second`, `third`), or (`ideas`) the framework's suggestions for the first."""
    top = top_of(counts, PLACES.get(name, 1))
    if name == "ideas":
        entries = [entry for key in top if (entry := script.entry(key))]
        return "\n".join(f"- {idea}" for entry in entries for idea in entry.ideas[:IDEAS])
    return _in_a_row([labels[key] for key in top if labels.get(key)], script.language)


def _in_a_row(words: Sequence[str], language: str) -> str:
    """Words that tie, one after the other. What is taken up is kept as text, so it is worded right away."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {AND.get(language.partition('-')[0], '&')} {words[-1]}"


def leading(items: Sequence[T], most: int, number: Callable[[T], int], room: int = 6) -> list[T]:
    """The first of some ranked items: so many, and those that tie with the last of them.

    Where these are more than there is room for, only those before the tie; where all tie, all of them.
    """
    if len(items) <= most:
        return list(items)
    last = number(items[most - 1])
    tied = [item for item in items if number(item) >= last]
    if len(tied) <= room:
        return tied
    return [item for item in items if number(item) > last] or tied
