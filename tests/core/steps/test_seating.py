"""Who sits with whom, over several rounds: nobody meets again while there is another way."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.session import EPOCH, Session, StepState
from bot.core.steps.seating import grouped


def round_of(groups: list[list[str]], n: int) -> StepState:
    pairs = {PlaceName(f"pair:{n}.{k}"): tuple(map(PersonId, group)) for k, group in enumerate(groups, 1)}
    return StepState(visit=n, visits=(n,), moved_at=EPOCH, until=None, pairs=pairs)


def repeats(groups: list[list[str]], before: set[frozenset[str]]) -> int:
    return sum(frozenset(two) in before for group in groups for two in combinations(group, 2))


def fewest(people: tuple[str, ...], sizes: tuple[int, ...], before: set[frozenset[str]]) -> int:
    """The fewest repeats of any seating in groups of these sizes, by trying them all."""
    if not people:
        return 0
    best = 10**6
    for size in set(sizes):
        left = list(sizes)
        left.remove(size)
        for companions in combinations(people[1:], size - 1):
            group = (people[0], *companions)
            here = repeats([list(group)], before)
            if here < best:
                others = tuple(p for p in people if p not in group)
                best = min(best, here + fewest(others, tuple(left), before))
        if best == 0:
            break
    return best


@given(st.integers(4, 12), st.integers(2, 3), st.integers(2, 3), st.integers(0, 10**6))
def test_nobody_meets_again_while_there_is_another_seating(people, size, rounds, seed):
    names = [f"p{n}" for n in range(people)]
    session, before = Session(), set[frozenset[str]]()
    for n in range(1, rounds + 1):
        order = list(names)
        random.Random(f"{seed}:{n}").shuffle(order)
        groups = grouped(session, order, size)
        assert sorted(p for group in groups for p in group) == sorted(names)
        assert all(2 <= len(group) <= size + 1 for group in groups)
        if people <= 9 or size == 2:
            assert repeats(groups, before) == fewest(tuple(names), tuple(sorted(map(len, groups))), before)
        if size == 2 and people % 2 == 0 and n < 3:
            assert repeats(groups, before) == 0
        before |= {frozenset(two) for group in groups for two in combinations(group, 2)}
        session = replace(session, steps={**session.steps, f"round{n}": round_of(groups, n)})


@given(st.integers(13, 60), st.integers(2, 3), st.integers(0, 10**6))
def test_many_people_meet_others_in_every_round(people, size, seed):
    names = [f"p{n}" for n in range(people)]
    session, before = Session(), set[frozenset[str]]()
    for n in range(1, 4):
        order = list(names)
        random.Random(f"{seed}:{n}").shuffle(order)
        groups = grouped(session, order, size)
        assert sorted(p for group in groups for p in group) == sorted(names)
        assert repeats(groups, before) == 0
        before |= {frozenset(two) for group in groups for two in combinations(group, 2)}
        session = replace(session, steps={**session.steps, f"round{n}": round_of(groups, n)})


def test_who_fits_with_one_person_only_sits_with_them():
    """Ada may sit with Dan alone; taking people in any order that gives Dan away leaves Ada out."""
    names = ["dan", "bo", "chi", "ada"]
    session = replace(Session(), apart=frozenset({frozenset(("ada", "bo")), frozenset(("ada", "chi"))}))
    for turn in range(4):
        groups = grouped(session, names[turn:] + names[:turn], 2)
        assert {"ada", "dan"} in [set(group) for group in groups]


def test_a_full_house_is_seated_at_once():
    names = [f"p{n}" for n in range(250)]
    session = Session()
    for n in range(1, 4):
        groups = grouped(session, names[n:] + names[:n], 2 + n % 2)
        assert sorted(p for group in groups for p in group) == sorted(names)
        session = replace(session, steps={**session.steps, f"round{n}": round_of(groups, n)})
