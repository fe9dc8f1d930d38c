"""Who sits with whom: a search for the best seating, not one guess after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from bot.core.model.facts import Wish
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.session import Session
from bot.core.model.steps import By

LARGEST = 3  # people in one group; one more if somebody would else be left over

# What makes a seating worse, from the gravest: each outweighs any number of the next ones that there can be.
LEFT_OUT, NOT_IN_THREE, MET_BEFORE, MET_OFTEN, NOT_NEAR = 10**13, 10**10, 10**7, 10**3, 1

EXACT = (
    15  # with as many people every seating is looked at; with more, only the best companions of each person
)
ENOUGH = 300_000  # groups looked at in one search; after that the best that is at hand is taken


class Rule(Protocol):
    """What a script says of the groups of a step."""

    @property
    def id(self) -> str:
        """The step."""

    @property
    def size(self) -> int:
        """About how many people sit in a group."""

    @property
    def by(self) -> By:
        """Who is rather put beside whom."""

    @property
    def by_step(self) -> str:
        """The earlier step that this goes by."""


def fits(session: Session, group: Iterable[str], person: str) -> bool:
    """Whether hosts keep nobody of the group apart from this person."""
    return not any(frozenset((each, person)) in session.apart for each in group)


def met(session: Session, but: str = "") -> Mapping[frozenset[str], int]:
    """How often two people have sat together, in all steps except the one named."""
    found: dict[frozenset[str], int] = {}
    for key, state in session.steps.items():
        for group in state.pairs.values() if key != but else ():
            for two in map(frozenset, combinations(group, 2)):
                found[two] = found.get(two, 0) + 1
    return found


def grouped(session: Session, people: Sequence[str], size: int, step: Rule | None = None) -> list[list[str]]:
    """Groups of about `size`, in which as few people as possible meet again.

    Those who want three sit in threes, those who want nobody in none. By the same or a different answer as far as
    that goes. Two who are kept apart never share a group; who fits nowhere is left out.
    """
    here = [person for person in people if session.wishes.get(person) is not Wish.ALONE]
    three = sum(session.wishes.get(person) is Wish.THREE for person in here)
    groups = _Search(session, here, step).best(_sizes(len(here), size, three))
    seated = {person for group in groups for person in group}
    for person in here:
        if person not in seated:
            _squeeze_in(session, groups, person, max(size, LARGEST))
    return groups


def _squeeze_in(session: Session, groups: list[list[str]], person: str, most: int) -> bool:
    """Put somebody who is left over into the smallest group that takes them."""
    open_to = [group for group in groups if len(group) <= most and fits(session, group, person)]
    if open_to:
        min(open_to, key=len).append(person)
    return bool(open_to)


def _sizes(people: int, size: int, three: int) -> tuple[int, ...]:
    """How large the groups are: as many threes as are wished for, and nobody left over."""
    threes = min(-(-three // 3), people // 3) if size < 3 else 0
    rest = people - 3 * threes
    sizes = [3] * threes + [size] * (rest // size)
    left = rest % size
    if left == 1 and sizes:
        sizes[-1] += 1
    elif left > 1:
        sizes.append(left)
    return tuple(sorted(sizes))


def merged(session: Session, step: Rule, people: Sequence[str]) -> list[list[str]]:
    """The groups of an earlier step, two by two; a third joins where their number is odd."""
    here = [person for person in people if session.wishes.get(person) is not Wish.ALONE]
    earlier = session.steps.get(step.by_step)
    before: list[list[str]] = [
        [p for p in group if p in here] for group in (earlier.pairs.values() if earlier else ())
    ]
    before = [group for group in before if group]
    if not before:
        return []
    groups: list[list[str]] = []
    for n, group in enumerate(before):
        if n % 2 and _fit(session, groups[-1], group):
            groups[-1] = groups[-1] + group
        else:
            groups.append(group)
    if len(groups) > 1 and len(before) % 2 and _fit(session, groups[-2], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    groups = [group for group in groups if len(group) > 1]
    seated = {person for group in groups for person in group}
    late = [person for person in here if person not in seated]  # who sat alone before, or came later
    late = [person for person in late if not _squeeze_in(session, groups, person, len(here))]
    return groups + grouped(session, late, step.size)


def last_pairs(session: Session, but: str) -> Mapping[PlaceName, tuple[PersonId, ...]]:
    """The groups in which people talked last, in any step but the one named."""
    talked = [state for key, state in session.steps.items() if state.pairs and key != but]
    return max(talked, key=lambda state: state.visit).pairs if talked else {}


def kept(session: Session, step: Rule, people: Sequence[str]) -> list[list[str]]:
    """The groups in which people talked last, without who has gone; who has no group comes to one."""
    here = [person for person in people if session.wishes.get(person) is not Wish.ALONE]
    before: list[list[str]] = [
        [p for p in group if p in here] for group in last_pairs(session, step.id).values()
    ]
    groups = [group for group in before if len(group) > 1 and _fit_all(session, group)]
    seated = {person for group in groups for person in group}
    late = [person for person in here if person not in seated]
    fresh = grouped(session, late, step.size)
    paired = {person for group in fresh for person in group}
    groups += fresh
    for person in late:
        if person not in paired:
            _squeeze_in(session, groups, person, max(step.size, LARGEST))
    return groups


def _fit_all(session: Session, group: Sequence[str]) -> bool:
    return all(fits(session, group[:n], person) for n, person in enumerate(group))


def _fit(session: Session, group: Sequence[str], other: Sequence[str]) -> bool:
    return all(fits(session, group, person) for person in other)


def _taps(session: Session, step: str, person: str) -> frozenset[str]:
    state = session.steps.get(step)
    keys = state.by_person.get(person, ()) if state else ()
    return frozenset(pick for key in keys for pick in session.answers[key].picks)


_Seats = tuple[int, tuple[tuple[int, ...], ...]]  # what a seating costs, and its groups


class _Search:
    """The best seating of some people, found from the costs of each two of them.

    The first person who has no seat gets each possible group in turn, the cheapest first, and the others the best
    seating that is left; what is left of the same people is looked at once. The first seating that costs nothing ends
    the search, which with few repeats to avoid is the first or nearly so.
    """

    def __init__(self, session: Session, people: Sequence[str], step: Rule | None) -> None:
        self.people = people
        self.in_three = [session.wishes.get(person) is Wish.THREE for person in people]
        before = met(session, step.id if step else "")
        by = step.by if step is not None and step.by in (By.SAME, By.DIFFERENT) else None
        taps = [_taps(session, step.by_step, person) if step and by else frozenset() for person in people]

        def cost(one: int, other: int) -> int | None:
            two = frozenset((people[one], people[other]))
            if two in session.apart:
                return None
            near = by is None or bool(
                taps[one] and taps[other] and bool(taps[one] & taps[other]) is (by is By.SAME)
            )
            return (two in before) * MET_BEFORE + before.get(two, 0) * MET_OFTEN + (not near) * NOT_NEAR

        everybody = range(len(people))
        self.cost = [[cost(one, other) if one != other else None for other in everybody] for one in everybody]
        self.known: dict[tuple[tuple[int, ...], tuple[int, ...]], _Seats] = {}
        self.left = ENOUGH

    def best(self, sizes: tuple[int, ...]) -> list[list[str]]:
        """The groups of the best seating in groups of these sizes."""
        _, groups = self._seat(tuple(range(len(self.people))), sizes)
        return [[self.people[n] for n in group] for group in groups]

    def _seat(self, rest: tuple[int, ...], sizes: tuple[int, ...]) -> _Seats:
        if not rest or not sizes:
            return len(rest) * LEFT_OUT, ()
        if (rest, sizes) in self.known:
            return self.known[rest, sizes]
        found: _Seats | None = None
        for here, group, size in self._groups(rest, sizes):
            if found is not None and (here >= found[0] or self.left <= 0):
                break
            others = tuple(n for n in rest if n not in group)
            n = sizes.index(size)
            there, groups = self._seat(others, sizes[:n] + sizes[n + 1 :])
            if found is None or here + there < found[0]:
                found = here + there, (group, *groups)
            if not found[0]:
                break
        if found is None or found[0] >= LEFT_OUT:  # the first of them may be who fits nowhere
            there, groups = self._seat(rest[1:], sizes)
            if found is None or LEFT_OUT + there < found[0]:
                found = LEFT_OUT + there, groups
        self.known[rest, sizes] = found
        return found

    def _groups(
        self, rest: tuple[int, ...], sizes: tuple[int, ...]
    ) -> list[tuple[int, tuple[int, ...], int]]:
        """The groups that the first person can sit in, the cheapest first."""
        first, own = rest[0], self.cost[rest[0]]
        others = [n for n in rest[1:] if own[n] is not None]
        if len(rest) > EXACT:
            others = sorted(others, key=lambda n: own[n] or 0)[:EXACT]
        found = []
        for size in dict.fromkeys(sizes):
            for companions in combinations(others, size - 1):
                self.left -= 1
                group = (first, *companions)
                costs = [self.cost[one][other] for one, other in combinations(group, 2)]
                if None not in costs:
                    wishes = size < 3 and any(self.in_three[n] for n in group)
                    found.append((sum(filter(None, costs)) + wishes * NOT_IN_THREE, group, size))
        return sorted(found, key=lambda each: each[0])
