"""Counts of a session for each kind of value, beside what stories tell of it."""

from __future__ import annotations

from bot.core.model.masked_count import count
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Written
from bot.core.steps.taps import says_counts
from bot.core.steps.value_map import Told, ValueMap
from bot.core.text.wording import Sentence, counting, sentence
from bot.core.views.recap_data import Effect


def contributions(
    script: Script, session: Session, people: int, reading: int, found: ValueMap
) -> tuple[Effect, ...]:
    """The counts of the session itself for each kind of value, beside what stories tell of it.

    Nothing below four where small numbers stay hidden, and nothing from outside the session.
    """
    signs: dict[str, list[Sentence]] = {}
    exact = says_counts(script)
    if count(people, exact=exact).enough:
        immediate = signs.setdefault("immediate", [counting("{n} took part", "{n} took part", people)])
        if reading:
            immediate.append(counting("{n} followed along", "{n} followed along", reading))
        written = sum(1 for a in session.answers.values() if not a.withdrawn and a.pieces)
        immediate.append(counting("someone wrote something", "{n} answers were written", written))
    became = sum(
        answer.text(f.key) in ("happened", "partly")
        for follow_up in script.follow_ups
        if isinstance(follow_up.step, Written) and follow_up.step.id in session.steps
        for answer in session.answers.values()
        if answer.step == follow_up.step.id
        for f in follow_up.step.fields
        if f.options
    )
    if count(became, exact=exact).enough:
        signs.setdefault("applied", []).append(
            counting(
                "{n} says it happened, at least in part", "{n} say it happened, at least in part", became
            )
        )
    met = sum(sum(map(bool, s.pairs.values())) for s in session.steps.values())
    if met:
        signs.setdefault("potential", []).append(
            counting("{n} group talked among themselves", "{n} groups talked among themselves", met)
        )
    if session.introductions:
        signs.setdefault("potential", []).append(
            counting("{n} introduction", "{n} introductions", len(session.introductions))
        )
    given = sum(len(held) for s in session.steps.values() for held in s.signs.values())
    if count(given, exact=exact).enough:
        signs.setdefault("potential", []).append(
            counting("{n} reaction to cards", "{n} reactions to cards", given)
        )
    if session.companions:
        signs.setdefault("enabling", []).append(Sentence(key=f"{len(session.companions)} helped the host"))
    return tuple(
        Effect(
            cycle=cycle.label,
            signs=tuple(signs.get(cycle.key, ())),
            told=_told(found, found.nodes.get(cycle.key)),
        )
        for cycle in found.cycles
    )


def _told(value_map: ValueMap, told: Told | None) -> tuple[Sentence, ...]:
    """The number of stories that tell of one kind of value."""
    if told is None:
        return (sentence("nothing told yet"),)
    count = counting("told in {n} story", "told in {n} stories", value_map.shown(told.all))
    if not told.hoped:
        return (count,)
    return count, counting("{n} of them hoped for", "{n} of them hoped for", value_map.shown(told.hoped))
