"""Nothing says who is behind a number or a line without a name: no id, no order, no middle of a few."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.core.model.session import Session
from bot.core.model.steps import Scale
from bot.core.queries import shuffled
from bot.core.steps.scale_statistics import measure
from bot.core.views.board import board
from bot.core.views.recap import recap
from bot.render.diagrams.alt_text import alt_text
from tests.render.recaps import WORKSHOPS
from tests.render.test_diagrams import played


def test_ids_of_answers_do_not_grow_with_time_and_are_another_in_each_session():
    one, other = ([Session(seed=seed, version=n).next_answer for n in range(200)] for seed in "ab")
    assert len({*one, *other}) == 400
    grown = sum(a < b for a, b in pairwise(one))
    assert 70 < grown < 130


def test_an_order_without_meaning_stays_when_some_come_and_go():
    session = Session(seed="a")
    keys = [f"a{n}" for n in range(40)]
    seen = shuffled(session, keys)
    assert seen != keys and seen == shuffled(session, reversed(keys))
    assert [key for key in seen if key != "a7"] == shuffled(session, [key for key in keys if key != "a7"])
    assert seen != shuffled(Session(seed="b"), keys)


@pytest.mark.parametrize("name", WORKSHOPS)
async def test_lines_without_a_name_do_not_stand_in_the_order_in_which_they_came(name: str):
    one = await played(name, 30)
    view, mixed = recap(one.script, one.session), 0
    for part in [*(part.quotes for part in view.parts), view.stories]:
        came = [quote.answer for quote in sorted(part, key=lambda each: one.session.answers[each.answer].seq)]
        stand = [quote.answer for quote in part]
        if any(not quote.author for quote in part) and len(part) > 4:
            assert stand == shuffled(one.session, stand)
            mixed += stand != came
    assert mixed


def with_numbers(session: Session, step: Scale, few: int) -> Session:
    """The session in which only so many give a number for the first item, each another, and all others cannot tell."""
    from bot.core.model.records import replace

    answers, given = session.answers, 0
    for key, answer in list(answers.items()):
        if answer.step == step.id and answer.picks:
            item = step.items[0].key
            said = f"{item}={given % 5 + 1}" if given < few else f"{item}=?"
            kept = tuple(pick for pick in answer.picks if not pick.startswith(f"{item}="))
            answers = answers.put(key, replace(answer, picks=(said, *kept)))
            given += 1
    taps = {key: answer.picks for key, answer in answers.items() if answer.step == step.id and answer.picks}
    steps = {**session.steps, step.id: replace(session.steps[step.id], counted=taps, first_counted=taps)}
    return replace(session, answers=answers, steps=steps)


@pytest.mark.parametrize("few", [0, 1, 2, 3])
async def test_no_number_is_said_of_an_item_for_which_fewer_than_four_gave_one(few: int):
    one = await played("community-maturity", 8)
    step = next(
        s for s in one.script.all_steps if isinstance(s, Scale) and s.id in one.session.steps and not s.only
    )
    seen = measure(one.script, with_numbers(one.session, step, few), step)
    first = seen.items[0]
    assert seen.shown and not first.shown and (first.median, first.low, first.high) == (0.0, 0.0, 0.0)
    assert f"{first.item.label}: too few numbers to show" in alt_text(seen)
    assert first.item.key not in (seen.weakest, seen.widest)
    enough = measure(one.script, with_numbers(one.session, step, 4), step).items[0]
    assert enough.shown and enough.median == 2.5


@pytest.mark.parametrize("name", WORKSHOPS)
async def test_the_board_ranks_small_counts_as_one(name: str):
    from bot.core.model.facts import Phase
    from bot.core.model.masked_count import size
    from bot.core.model.records import replace
    from bot.core.model.steps import Choice

    one = await played(name, 8)
    looked = 0
    for key, state in one.session.steps.items():
        step = one.script.step(key)
        if isinstance(step, Choice) and state.closed:
            there = board(one.script, replace(one.session, phase=Phase.RUNNING, step=key)).spread
            sizes = [size(n) for _, n in there]
            labels = [label for label, n in there if n.few]
            offered = [option.label for option in step.options if option.label in labels]
            assert sizes == sorted(sizes, reverse=True) and labels == offered
            looked += bool(there)
    assert looked or name == "first-circle" or name == "change-agents"
