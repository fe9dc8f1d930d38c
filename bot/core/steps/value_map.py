"""The value-cycle map: which kinds of value people's stories tell, and how one led to another.

A story touches a cycle when the part that belongs to it was told. A part is either something that
happened or something hoped for; its teller says which. Nobody else classifies anything (research on
such stories found that analysts' labels may not match what the teller meant).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from bot.core.model.masked_count import SMALL, ExactCount, MaskedCount
from bot.core.model.records import record
from bot.core.model.script import Entry, Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Written
from bot.core.queries import may_be_shown
from bot.core.steps.registry import is_story
from bot.core.steps.taps import is_exact
from bot.core.text.messages import N_

HOPED = "hoped"
COST = "cost"


@record
class Told:
    """The number of times something was told: as happened, and as hoped for."""

    happened: int = 0
    hoped: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.happened + self.hoped

    def plus(self, hoped: bool) -> Told:
        """One more."""
        return Told(happened=self.happened + (not hoped), hoped=self.hoped + hoped)


@record
class ValueMap:
    """The sum of all stories of a session; counts only, nobody's words."""

    cycles: tuple[Entry, ...]
    stories: int = 0
    nodes: Mapping[str, Told] = field(default_factory=dict)
    flows: Mapping[tuple[str, str], Told] = field(default_factory=dict)
    loops: Mapping[str, int] = field(default_factory=dict)  # from the last part that was told
    cost: Mapping[str, int] = field(default_factory=dict)  # "it cost us", at the last part told
    supported: int = 0  # stories that say what made their use possible
    tags: Mapping[str, int] = field(default_factory=dict)  # what tellers call it themselves
    allowed: bool = False  # its counts may be said, or all who told what is on it let others read it

    def shown(self, n: int) -> MaskedCount:
        """A number of the map as it may be said."""
        return ExactCount(n) if self.allowed else MaskedCount(n)


BECAME = "happened"  # the option of a follow-up that says so
HAPPENED, HOPE, NOT_TOLD = N_("happened"), N_("hoped for"), N_("not told")


def told_parts(step: Written, answer: Answer, *, came_true: bool = False) -> list[tuple[str, bool]]:
    """The cycles that a story touches, in the order of its fields, and whether each is a hope (still)."""
    parts = []
    for asked in step.fields:
        if asked.cycle and answer.text(asked.key):
            hope = bool(asked.hope) and answer.text(asked.hope) == HOPED
            parts.append((asked.cycle, hope and not came_true))
    return parts


def came_true(script: Script, session: Session) -> frozenset[tuple[str, str]]:
    """The people and steps of hopes that have come true, as their tellers said some weeks later."""
    asked: dict[str, tuple[str, list[str]]] = {}  # the step of a follow-up -> that of the story, and its taps
    for follow_up in script.follow_ups:
        if isinstance(follow_up.step, Written) and follow_up.about:
            taps = [field.key for field in follow_up.step.fields if field.options]
            asked[follow_up.step.id] = (follow_up.about.partition(".")[0], taps)
    return frozenset(
        (answer.person, asked[answer.step][0])
        for answer in session.answers.values()
        if answer.step in asked
        and not answer.withdrawn
        and any(answer.text(key) == BECAME for key in asked[answer.step][1])
    )


def asked(script: Script, step: Written) -> tuple[Entry, ...]:
    """The cycles that a story of this step can tell of."""
    cycles = {field.cycle for field in step.fields if field.cycle}
    return tuple(cycle for cycle in script.cycles if cycle.key in cycles)


def coverage(
    script: Script, step: Written, answer: Answer, true: frozenset[tuple[str, str]] = frozenset()
) -> tuple[tuple[str, str], ...]:
    """For each cycle that this story could tell: its label, and happened, hoped for or not told.

    `true` is what `came_true` says.
    """
    hopes = dict(told_parts(step, answer, came_true=(answer.person, step.id) in true))
    if list(_tags(step, answer)) == [COST]:
        hopes = {}
    return tuple(
        (cycle.label, NOT_TOLD if cycle.key not in hopes else HOPE if hopes[cycle.key] else HAPPENED)
        for cycle in asked(script, step)
    )


def stories_of(script: Script, session: Session) -> list[tuple[Written, Answer]]:
    """Every story that was told and not taken back, held back or its teller removed."""
    return [
        (step, answer)
        for answer in session.answers.values()
        if is_story(step := script.step(answer.step))
        and may_be_shown(session, answer)
        and told_parts(step, answer)
    ]


def value_map(script: Script, session: Session) -> ValueMap:
    """The map of a session, as it is now; with few stories only of those that may be shown."""
    stories = stories_of(script, session)
    if len(stories) < SMALL:  # with so few, only those that their tellers allow are on the map
        stories = [(step, answer) for step, answer in stories if answer.share.public]
    true = came_true(script, session)
    row = [cycle.key for cycle in script.cycles if cycle.row]
    nodes: dict[str, Told] = {}
    flows: dict[tuple[str, str], Told] = {}
    loops: dict[str, int] = {}
    cost: dict[str, int] = {}
    tags: dict[str, int] = {}
    supported = 0
    for step, answer in stories:
        parts = told_parts(step, answer, came_true=(answer.person, step.id) in true)
        own = _tags(step, answer)
        path = sorted((part for part in parts if part[0] in row), key=lambda part: row.index(part[0]))
        if list(own) != [
            COST
        ]:  # else its teller says that it gave nothing; its parts are no value that happened
            for cycle, hoped in parts:
                nodes[cycle] = nodes.get(cycle, Told()).plus(hoped)
            for (one, _), (other, hoped) in pairwise(path):
                flows[one, other] = flows.get((one, other), Told()).plus(hoped)
            supported += any(cycle not in row for cycle, _ in parts)
        last = path[-1][0] if path else parts[-1][0]
        if path and any(part_field.loop and answer.text(part_field.key) for part_field in step.fields):
            loops[last] = loops.get(last, 0) + 1
        for tag in own:
            tags[tag] = tags.get(tag, 0) + 1
        if COST in own:
            cost[last] = cost.get(last, 0) + 1
    return ValueMap(
        cycles=script.cycles,
        stories=len(stories),
        nodes=nodes,
        flows=flows,
        loops=loops,
        cost=cost,
        supported=supported,
        tags=tags,
        allowed=all(is_exact(step) or answer.share.public for step, answer in stories),
    )


def _tags(step: Written, answer: Answer) -> Sequence[str]:
    keys = [field.key for field in step.fields if field.options and field.many]
    return [tag for key in keys for tag in answer.text(key).split(",") if tag]
