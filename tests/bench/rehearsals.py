"""The rehearsals of the workshops that ship: who sat where, who was waited for, and how long each step was open.

`scripts/bench rehearsals` plays three workshops in three versions with 1, 3, 8 and 30 people and prints a table;
`--steps` adds a line for each step. Whatever is said here is read from the log that a rehearsal leaves.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

from bot.authoring.loader import load
from bot.authoring.rehearsal import Played, Rehearsal
from bot.core.model import facts as f
from bot.core.model.evolve import evolve
from bot.core.model.facts import Wish
from bot.core.model.ids import PersonId
from bot.core.model.presence import waited_for
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps.registry import kind_of, only_talk
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.store.opening import open_store

WORKSHOPS = ("value-creation", "community-maturity", "change-agents")
VERSIONS = ("90", "60", "async")
PEOPLE = (1, 3, 8, 30)
MINUTE = timedelta(minutes=1)


@dataclass
class Opened:
    """One time that a step was open: for how long, beside what was asked, and what became of the people."""

    key: str
    title: str
    asks: bool
    over_days: bool
    few: bool
    here: frozenset[PersonId]  # who takes part when it closes
    heard: frozenset[PersonId]  # of these, who answered, passed, or talked in their group
    dropped: frozenset[PersonId]  # of these, for whom no question waits any more
    groups: Sequence[Sequence[PersonId]] = ()
    asked: float = 0  # minutes until its time is up, with what a host added; 0 if there is no such time
    open: float = 0  # minutes
    formed: Sequence[Sequence[PersonId]] = ()  # the groups as they were at first, before anybody came or went
    paired: bool = False
    alone: frozenset[PersonId] = frozenset()  # who wished to be

    @property
    def seated(self) -> frozenset[PersonId]:
        """Who sits with somebody."""
        return frozenset(person for group in self.groups if len(group) > 1 for person in group)


@dataclass
class Row:
    """A rehearsal, summed up."""

    workshop: str
    version: str
    people: int
    steps: list[Opened]
    minutes: float

    @property
    def rounds(self) -> list[Opened]:
        """The steps in which people sit in groups."""
        return [step for step in self.steps if step.paired and not step.few]


async def rehearse(script: Script, people: int, version: str = "") -> Row:
    """Play one, and read its log."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder) / "rehearsal.db", lasting=False)
        try:
            rehearsal = Rehearsal(script, people)
            shelf = await shelf_of(store, script)
            runtime = Runtime(store, shelf, [rehearsal.stage], rehearsal.clock)
            await runtime.start()
            played = await rehearsal.play_on(runtime, script.id)
            log = await store.facts(played.session.id)
        finally:
            await store.close()
    return Row(script.id, version, people, list(_opened(played, log)), played.minutes)


def _opened(played: Played, log: Sequence[f.Fact]) -> Iterator[Opened]:
    """Every time that a step was open, when it closes."""
    session, since, until = Session(), dict[str, datetime](), dict[str, datetime | None]()
    formed: dict[str, Sequence[Sequence[PersonId]]] = {}
    for fact in log:
        match fact:
            case f.Asked() | f.AsideOpened():
                since[fact.step], until[fact.step] = fact.at, fact.until
            case f.PairsFormed():
                formed.setdefault(fact.step, tuple(fact.pairs.values()))
            case f.Extended():
                until[session.step] = fact.until
            case f.StepClosed() | f.AsideClosed():
                closing = _closing(played.script, session, fact.step)
                yield replace(
                    closing,
                    asked=(end - since[fact.step]) / MINUTE if (end := until[fact.step]) else 0,
                    open=(fact.at - since[fact.step]) / MINUTE,
                    formed=formed.get(fact.step, ()),
                )
            case _:
                pass
        session = evolve(session, fact)


def _closing(script: Script, session: Session, key: str) -> Opened:
    """A step as it is when it closes."""
    step, state = script.step(key), session.steps[key]
    here = {person.id: person for person in session.people.values() if person.present and not person.reading}
    heard = {*state.by_person, *state.passed, *state.signs, *state.spoke}
    heard |= {
        person for group in state.pairs.values() if heard & {*group} & {*state.by_person} for person in group
    }
    return Opened(
        key=key,
        title=step.title,
        asks=kind_of(step).asks(step, state) and not only_talk(step),
        over_days=session.over_days,
        few=state.few,
        here=frozenset(here),
        heard=frozenset(heard & here.keys()),
        dropped=frozenset(person.id for person in here.values() if not waited_for(person)),
        groups=tuple(state.pairs.values()),
        paired=kind_of(step).in_pairs,
        alone=frozenset(person for person in here if session.wishes.get(person) is Wish.ALONE),
    )


def repeats(groups: Sequence[Sequence[str]], before: set[frozenset[str]]) -> int:
    """How many pairs of people in these groups have sat together before."""
    return sum(frozenset(two) in before for group in groups for two in combinations(group, 2))


def table(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each version of a workshop; in its cells one number for each size of the group."""
    sizes = ", ".join(map(str, PEOPLE))
    yield f"| workshop | version | seated in each round, with {sizes} | not waited for | ended early | open, of the minutes asked |"
    yield "|---|---|---|--:|---|---|"
    for workshop, version in dict.fromkeys((row.workshop, row.version) for row in rows):
        group = [row for row in rows if (row.workshop, row.version) == (workshop, version)]
        dropped = max(len(step.dropped) for row in group for step in row.steps)
        cells = [", ".join(map(each, group)) for each in (_seated, _early, _spent)]
        yield f"| {workshop} | {version} | {cells[0]} | {dropped} | {cells[1]} | {cells[2]} |"


def _seated(row: Row) -> str:
    rounds = [f"{len(step.seated)} of {len(step.here)}" for step in row.rounds]
    return " and ".join(rounds) or ("few" if any(step.paired for step in row.steps) else "-")


def _early(row: Row) -> str:
    early = [step for step in row.steps if not step.over_days and step.open < step.asked]
    missing = sum(not step.here <= step.heard for step in early)
    return f"{len(early)}" + (f" (in {missing} somebody was still to answer)" if missing else "")


def _spent(row: Row) -> str:
    timed = [step for step in row.steps if step.asked and not step.over_days]
    if not timed:
        return "all"
    return f"{sum(step.open for step in timed):.0f} of {sum(step.asked for step in timed):.0f}"


def each_step(row: Row) -> Iterator[str]:
    """A line for each step of one rehearsal."""
    yield "| step | open, min | asked, min | answered, of those who take part | groups |"
    yield "|---|--:|--:|--:|---|"
    for step in row.steps:
        heard = f"{len(step.heard)} of {len(step.here)}" if step.asks else ""
        groups = " + ".join(str(len(group)) for group in step.groups)
        yield f"| {step.title} | {step.open:.1f} | {step.asked or '-'} | {heard} | {groups} |"


async def main(steps: bool) -> None:
    """Print Markdown."""
    rows = []
    for workshop in WORKSHOPS:
        for version in VERSIONS:
            for people in PEOPLE:
                rows.append(await rehearse(load(Path(f"prompts/{workshop}.yaml"), version), people, version))
                if steps:
                    print(f"\n{workshop}, {version}, {people} people\n", *each_step(rows[-1]), sep="\n")
    print("", *table(rows), sep="\n")


if __name__ == "__main__":
    asyncio.run(main("--steps" in sys.argv))
