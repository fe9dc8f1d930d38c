"""Rehearsals of the workshops that ship, with few and many people: who is seated, waited for, and for how long."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from bot.authoring.loader import load, parse
from tests.bench.rehearsals import PEOPLE, VERSIONS, WORKSHOPS, Row, rehearse, repeats
from tests.core.steps.test_seating import fewest

OVER = 2.0  # minutes: one for the host, or to look before a reveal, and one to add to that
ROUNDS = """
id: rounds
title: Rounds
about: Three rounds with other people each time.
minutes: 60
steps:
  - {id: hi, kind: open, title: Hi, minutes: 2, say: "One line, please?"}
  - {id: one, kind: pair, title: One, minutes: 8, say: Talk., size: SIZE}
  - {id: two, kind: pair, title: Two, minutes: 8, say: Talk., size: SIZE, output: none}
  - {id: three, kind: pair, title: Three, minutes: 8, say: Talk., size: SIZE}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


def everybody_counts(row: Row) -> None:
    for step in row.rounds:
        assert step.here - step.seated == step.alone, step.key
    for step in row.steps:
        assert step.here and not step.dropped, step.key
        if not step.asked or step.over_days:
            continue
        assert step.open <= step.asked + OVER, step.key
        if step.open < step.asked:
            assert step.here <= step.heard, f"{step.key} ended early, and somebody was still to answer"


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("workshop", WORKSHOPS)
async def test_everybody_has_a_seat_in_every_round_and_the_time_to_answer(
    workshop: str, version: str, people: int
):
    row = await rehearse(load(Path(f"prompts/{workshop}.yaml"), version), people)
    everybody_counts(row)
    if people >= 8:
        assert row.rounds, "nobody talks with anybody"
    if version == "async":
        ends = {step.key for step in row.steps if step.over_days and not step.asked}
        assert len(ends) > 10


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("people", [3, 5, 6, 8, 9, 30])
async def test_nobody_meets_again_in_a_rehearsal_of_three_rounds_while_there_is_another_seating(
    people: int, size: int
):
    row = await rehearse(parse(ROUNDS.replace("SIZE", str(size))), people)
    everybody_counts(row)
    before: set[frozenset[str]] = set()
    for step in row.rounds:
        again = repeats(step.formed, before)
        if again:
            here = tuple(sorted(person for group in step.formed for person in group))
            sizes = tuple(sorted(map(len, step.formed)))
            assert people <= 9 and again == fewest(here, sizes, before), step.key
        before |= {frozenset(two) for group in step.groups for two in combinations(group, 2)}
    assert len(row.rounds) == 3
