"""Statistics of a scale: medians and quartiles item by item, never one total.

"Can't tell" is counted beside the numbers and is never a nought. Of a sensitive scale nothing is shown for fewer
than four people, and of an item nothing for which fewer than four gave a number: its middle could be one person's.
The suggestion of a stage and the hints follow domain knowledge kept as data in the frameworks:
each group of items has the mean below which the attention goes to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean, median, quantiles

from bot.core.model.masked_count import SMALL, MaskedCount, Unsaid, count
from bot.core.model.records import record, replace
from bot.core.model.script import Entry, Script
from bot.core.model.session import Session
from bot.core.model.steps import Item, Scale, Stepping
from bot.core.steps.taps import is_exact, is_sensitive, taps

UNSURE = "?"


@record
class Measured:
    """One item: how many gave a number, the middle of them, the quarters around it, and who could not tell."""

    item: Item
    n: MaskedCount
    median: float
    low: float
    high: float
    unsure: MaskedCount

    @property
    def shown(self) -> bool:
        """True if enough people gave a number to show where they are."""
        return self.n.enough


@record
class Measure:
    """A scale as a whole; `before` is the same scale when it was asked earlier."""

    title: str
    items: tuple[Measured, ...]
    people: MaskedCount
    groups: tuple[Entry, ...] = ()
    suggested: str = ""  # the stage that the numbers suggest
    weakest: str = ""  # key of the item that the hint names
    widest: str = ""  # key of the item that people see most differently
    before: Mapping[str, float] | None = None

    @property
    def shown(self) -> bool:
        """True if there are enough people to show anything."""
        return self.people.enough


def items_of(session: Session, step: Scale) -> tuple[Item, ...]:
    """The items that a scale asks about here: all, or the one that was found when it was asked."""
    state = session.steps.get(step.id)
    if not step.only:
        return step.items
    wanted = state.only if state else ""
    return tuple(item for item in step.items if item.key == wanted) or step.items[:1]


def numbers(session: Session, step: Stepping) -> dict[str, dict[str, int | None]]:
    """person -> item -> number, or None where they could not tell."""
    by_person: dict[str, dict[str, int | None]] = {}
    for person, picks in taps(session, step).items():
        given = by_person.setdefault(person, {})
        for pick in picks:
            key, _, number = pick.partition("=")
            given[key] = int(number) if number.isdecimal() else None
    return by_person


def middle(session: Session, step: Stepping, item: str) -> float:
    """The middle of what was said of an item, for conditions; 0 if nobody said anything, or it is not to be told."""
    by_person = numbers(session, step)
    if is_sensitive(step):
        said = [given[item] for given in by_person.values() if item in given]
        seen = _masked(_item(Item(key=item, label=item), said, exact=False), said)
        return seen.median if len(by_person) >= SMALL else 0.0
    known = [n for given in by_person.values() if (n := given.get(item)) is not None]
    return float(median(known)) if known else 0.0


def medians(session: Session, step: Scale, items: Sequence[Item]) -> dict[str, float]:
    """The middle of each item of which it may be said."""
    by_person = numbers(session, step)
    if not count(len(by_person), exact=is_exact(step)).enough:
        return {}
    measured = (_measured(step, item, by_person) for item in items)
    return {each.item.key: each.median for each in measured if each.shown}


def measure(script: Script, session: Session, step: Scale) -> Measure:
    """The measure of what people said so far; nothing but the count while there are too few of them."""
    by_person = numbers(session, step)
    items = items_of(session, step)
    measured = tuple(_measured(step, item, by_person) for item in items)
    groups = tuple(e for key in ("phases",) for e in script.lists.get(key, ()))
    before = None
    if step.again and step.again in session.steps:
        earlier = script.step(step.again)
        before = (medians(session, earlier, items) or None) if isinstance(earlier, Scale) else None
    people = count(len(by_person), exact=is_exact(step))
    enough = people.enough
    suggested, attention = _stage(measured, groups) if enough else ("", "")
    return Measure(
        title=step.title,
        items=measured,
        people=people,
        groups=groups,
        suggested=suggested,
        weakest=_weakest(measured, attention) if enough else "",
        widest=_widest(measured) if enough else "",
        before=before,
    )


def _measured(step: Scale, item: Item, by_person: Mapping[str, Mapping[str, int | None]]) -> Measured:
    said = [given[item.key] for given in by_person.values() if item.key in given]
    seen = _item(item, said, exact=is_exact(step))
    return _masked(seen, said) if step.sensitive else seen


def _masked(seen: Measured, said: Sequence[int | None]) -> Measured:
    """Nothing of an item for which all, or all but one, said the same; of who could not tell no small number."""
    given = [n for n in said if n is not None]
    alike = max(map(given.count, given), default=0) >= len(given) - 1
    if alike or not seen.shown:
        return Measured(item=seen.item, n=Unsaid(), median=0.0, low=0.0, high=0.0, unsure=Unsaid())
    if seen.unsure >= SMALL:
        return seen
    return replace(seen, n=MaskedCount(len(said)), unsure=Unsaid())


def _item(item: Item, numbers: Sequence[int | None], *, exact: bool) -> Measured:
    given = sorted(n for n in numbers if n is not None)
    unsure, people = count(len(numbers) - len(given), exact=exact), count(len(given), exact=exact)
    if not people.enough:
        return Measured(item=item, n=people, median=0.0, low=0.0, high=0.0, unsure=unsure)
    low, _, high = quantiles(given, n=4, method="inclusive") if len(given) > 1 else given * 3
    return Measured(
        item=item,
        n=people,
        median=float(median(given)),
        low=float(low),
        high=float(high),
        unsure=unsure,
    )


def _stage(measured: Sequence[Measured], groups: Sequence[Entry]) -> tuple[str, str]:
    """The suggested stage, and the group that needs attention: the earliest whose mean is under its mark."""
    for group in groups:
        if group.below is None:
            return group.stage, ""  # all marks are passed
        medians = [item.median for item in measured if item.item.group == group.key and item.shown]
        if not medians:
            return "", ""  # no number for a whole group: no suggestion
        if mean(medians) < group.below:
            return group.stage, group.key
    return "", ""


def _weakest(measured: Sequence[Measured], group: str) -> str:
    """The lowest item of the group that needs attention; of equals the one that is seen most differently."""
    candidates = [item for item in measured if item.shown and group in ("", item.item.group)]
    if not candidates:
        return ""
    return min(candidates, key=lambda item: (item.median, item.low - item.high)).item.key


def _widest(measured: Sequence[Measured]) -> str:
    """The item with the largest spread; of equals the one with more answers."""
    candidates = [item for item in measured if item.shown]
    if not candidates:
        return ""
    return min(candidates, key=lambda item: (item.low - item.high, -item.n)).item.key
