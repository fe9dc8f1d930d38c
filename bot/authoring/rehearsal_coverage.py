"""Both sides of a condition: rehearsals in which a step with `when` is asked, and others in which it is left out;
and for a step with `if_few` with enough people, and with fewer.

The answers of a cast decide it, so that casts are tried which all pick the same option, give low or high numbers,
say nothing, or are just so many that a condition turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.authoring.rehearsal import Played, Rehearsal
from bot.authoring.simulated_people import leanings
from bot.core.model import conditions
from bot.core.model.facts import Mode
from bot.core.model.script import Script

MOST_PEOPLE = 40
MOST_TRIES = 24  # rehearsals of one script
_FEW = "few:"  # before the id of a step: whether there are enough people for it


@dataclass(frozen=True)
class Trial:
    """One cast, and the way in which it takes part."""

    what: str  # in words, such as "everybody picks tired in Mood"
    people: int
    seed: int = 1
    manner: str = ""
    mode: Mode | None = None
    lean: Mapping[str, str] = field(default_factory=dict)

    async def play(self, script: Script) -> Played:
        """Play a script with this cast."""
        rehearsal = Rehearsal(
            script, self.people, self.seed, manner=self.manner, mode=self.mode, lean=self.lean
        )
        return await rehearsal.play()


@dataclass
class Coverage:
    """The steps with a condition: in which rehearsals each was asked or left out."""

    conditional: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    trials: list[tuple[Trial, Played]] = field(default_factory=list)
    tries: int = 0

    @property
    def played(self) -> list[Played]:
        """The rehearsals that showed a side which none before them did."""
        return [played for _, played in self.trials]

    @property
    def plain(self) -> list[Played]:
        """The rehearsals with the usual cast, one of each variant."""
        return [played for trial, played in self.trials if not trial.what]

    @property
    def complete(self) -> bool:
        """True if each step was asked once and left out once."""
        return self.conditional <= self.asked & self.left_out

    def add(self, trial: Trial, played: Played) -> None:
        """Count one more rehearsal; it is kept if it showed a new side."""
        conditional = _sides(played.script)
        asked = {key for key in conditional if key in played.session.steps}
        for step in played.script.steps:
            state = played.session.steps.get(step.id)
            if step.if_few and state is not None and not state.few:
                asked.add(_FEW + step.id)
        new = (asked - self.asked) | (conditional - asked - self.left_out)
        self.asked |= asked
        self.left_out |= conditional - asked
        self.tries += 1
        if new or not trial.what:
            self.trials.append((trial, played))


async def play_both_sides(
    scripts: Sequence[Script], people: int = 8, seed: int = 1, *, mode: Mode | None = None
) -> Coverage:
    """Rehearse the variants of a workshop until each step with `when` was asked once and left out once.

    The first rehearsal of each variant is the plain one; others follow only while a side is missing.
    """
    coverage = Coverage({key for script in scripts for key in _sides(script)})
    for script in scripts:
        plain = Trial("", people, seed, mode=mode)
        coverage.add(plain, await plain.play(script))
    for script in scripts:
        for n, trial in enumerate(_trials(script, people, seed)):
            if coverage.complete or n >= MOST_TRIES:
                break
            held = replace(trial, mode=trial.mode or mode)
            coverage.add(held, await held.play(script))
    return coverage


def _sides(script: Script) -> set[str]:
    """The conditions of a script: the ids of steps with `when`, and marked those that differ where people are few."""
    return {step.id for step in script.steps if step.when} | {
        _FEW + step.id for step in script.steps if step.if_few and step.needs_people > 1
    }


def _with(size: int) -> str:
    return f"with {size} people" if size > 1 else "with one person"


def _trials(script: Script, people: int, seed: int) -> Iterator[Trial]:
    """Casts that may turn a condition of this script, those first that a condition names."""
    for needed in sorted({step.needs_people for step in script.steps if step.if_few}):
        for size in (needed - 1, needed + 1):  # one of a larger cast just follows along
            if 1 <= size <= MOST_PEOPLE:
                yield Trial(_with(size), size, seed)
    if not any(step.when for step in script.steps):
        return
    written = [step.when for step in script.steps if step.when]
    for number in sorted({int(n) for condition in written for n in re.findall(r"\b\d+\b", condition)}):
        for size in (number - 1, number, number + 1, number + 2):  # one of a larger cast reads along
            if 1 <= size <= MOST_PEOPLE:
                yield Trial(_with(size), size, seed)
    steps = {step.id: step for step in script.all_steps}
    for key in dict.fromkeys(
        args[0] for condition in written for _, args in conditions.names_of(condition) if args
    ):
        for pick, what in leanings(steps[key]) if key in steps else ():
            yield Trial(what, people, seed, lean={key: pick})
    yield Trial("everybody passes", people, seed, manner="passing")
    yield Trial("every second one says nothing", people, seed, manner="silent")
    if not script.days:
        yield Trial("beside a call", people, seed, mode=Mode.CALL)
    for other in range(seed + 1, seed + 6):
        yield Trial("other answers", people, other)
