"""A decision about plans while it is made: what changes, what is said, what is ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from bot.core.model.cards import Button, Note
from bot.core.model.effects import NOW, SOON, Edit, Effect, Remove, Say, SyncCalendarEvent
from bot.core.model.events import CommandGiven, Due, Person
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record
from bot.core.model.session import private_place
from bot.core.text.messages import say
from bot.core.turn import Outcome
from bot.scheduling.plan import Coming, Plan

ROOM = "at:"


def room_place(channel: str) -> PlaceName:
    """The place of what is said in a room about no session, such as a plan."""
    return PlaceName(ROOM + channel)


@record
class Changed:
    """The changes of one plan to be stored: as it is now, and what changed of who comes."""

    before: int  # its version, 0 if it is new
    plan: Plan | None
    id: str
    community: str
    coming: tuple[Coming, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()  # (occurrence, person) that are no more; an empty person: all


@record
class ZoneChosen:
    """Somebody is told times in this zone from now on."""

    person: PersonId
    zone: str


@record
class PersonErased:
    """Nothing of somebody stays outside of sessions; `noted`: they stand in the ledger of those who are forgotten."""

    person: PersonId
    noted: bool


PlanFact = Changed | ZoneChosen | PersonErased


@record
class Planned:
    """A plan as it is after a decision, and where people are told about it."""

    plan: Plan | None = None
    asker: str = ""
    rooms: Mapping[PersonId, str] = field(default_factory=dict)  # where they said that they come

    def room_for(self, person: PersonId, here: str) -> str:
        """The room beside which somebody is told: where they asked or said that they come, or the first one."""
        first = self.plan.rooms[0] if self.plan else ""
        return (here if person == self.asker else self.rooms.get(person, first)) or here


PlanOutcome = Outcome[PlanFact, Planned]


def comers(everyone: Iterable[Coming], occurrence: str) -> Mapping[PersonId, Coming]:
    """Who comes to an occurrence, by person."""
    return {each.person: each for each in everyone if each.occurrence == occurrence}


def _told(everyone: Iterable[Coming]) -> Mapping[tuple[PersonId, str], Coming]:
    """The messages to hosts that hold what people need, in the order of their telling."""
    return {told: each for each in everyone for told in each.told}


class DecisionBuilder:
    """Gathers what one event comes to. `plan`, and who comes to which occurrence, are up to date."""

    def __init__(
        self, event: CommandGiven | Due, now: datetime, plan: Plan | None, coming: Iterable[Coming] = ()
    ) -> None:
        self.event = event
        self.now = now
        self.plan = plan
        self.before = plan.version if plan else 0
        self._coming = {(each.occurrence, each.person): each for each in coming}
        self._told = _told(self._coming.values())
        self.rooms = {each.person: each.room for each in self._coming.values() if each.room}
        self.effects: list[Effect] = []
        self.orders: list[CommandGiven] = []
        self.zone: ZoneChosen | None = None
        self._touched: dict[tuple[str, str], Coming] = {}
        self._gone: list[tuple[str, str]] = []
        self._changed = False

    @property
    def named_plan(self) -> Plan:
        """The plan that this is about, for commands that need one."""
        assert self.plan is not None
        return self.plan

    @property
    def command(self) -> CommandGiven:
        """The command that this answers, where it is one and nothing that was due."""
        assert isinstance(self.event, CommandGiven)
        return self.event

    @property
    def person(self) -> Person:
        """The person who asks; for what was due, the host of the plan."""
        if isinstance(self.event, CommandGiven):
            return self.event.person
        return Person(id=self.named_plan.host, name=self.named_plan.host_name)

    @property
    def coming(self) -> Mapping[PersonId, Coming]:
        """Who comes to the next occurrence, by person."""
        return comers(self.everyone, self.plan.occurrence) if self.plan else {}

    @property
    def everyone(self) -> Sequence[Coming]:
        """Who comes to any occurrence that is still to come: also to those moved behind the next, or left out."""
        return tuple(self._coming.values())

    def keep(self, plan: Plan) -> Plan:
        """The plan is this, from now on."""
        self._changed = True
        self.plan = replace(plan, version=self.before + 1)
        return self.plan

    def comes(self, coming: Coming) -> None:
        """Somebody says this about coming."""
        self._coming[coming.occurrence, coming.person] = coming
        self._touched[coming.occurrence, coming.person] = coming

    def leaves(self, occurrence: str, person: PersonId) -> None:
        """Nothing that somebody said about coming stays."""
        self._gone.append((occurrence, person))
        self._coming.pop((occurrence, person), None)
        self._touched.pop((occurrence, person), None)

    def forget_all(self, occurrence: str) -> None:
        """An occurrence is over: who came to it, and what they needed, is nobody's business any more."""
        self._gone.append((occurrence, ""))
        self._coming = {key: held for key, held in self._coming.items() if key[0] != occurrence}
        self._touched = {key: held for key, held in self._touched.items() if key[0] != occurrence}

    def reply(self, note: Note | str, buttons: Sequence[Button] = ()) -> None:
        """Answer whoever asked, privately."""
        self.tell(self.person.id, note, buttons, name=f"plan:reply:{self.event.id}:{len(self.effects)}")

    def tell(self, person: str, note: Note | str, buttons: Sequence[Button] = (), name: str = "") -> str:
        """A private word to one person; the name of the message."""
        note = say(note) if isinstance(note, str) else note
        name = name or f"plan:{self.event.id}:{len(self.effects)}"
        if self.plan is not None:  # somebody may be told of plans of one name in two communities
            name = f"{name}:{self.plan.community}"
        self.effects.append(
            Say(
                place=private_place(person),
                name=name,
                card=replace(note, buttons=(*note.buttons, *buttons)),
                because=self.event.id,
                priority=SOON,
            )
        )
        return name

    def say(self, name: str, note: Note, *, ping: bool = False) -> None:
        """A word to the rooms of the plan."""
        assert self.plan is not None
        for room in self.plan.rooms:
            self.effects.append(
                Say(
                    place=room_place(room),
                    name=name,
                    card=note,
                    because=self.event.id,
                    priority=NOW,
                    ping=ping,
                )
            )

    def revise(self, name: str, note: Note) -> None:
        """Show a message of the rooms differently from now on."""
        assert self.plan is not None
        for room in self.plan.rooms:
            self.effects.append(Edit(place=room_place(room), name=name, card=note))

    def appoint(self, state: str = "planned", plan: Plan | None = None) -> None:
        """Set how the sign stands that a platform has of its own for a planned session."""
        plan = plan or self.plan
        if plan is None or plan.at is None or plan.ends is None or not plan.card:
            return
        for room in plan.rooms:
            self.effects.append(
                SyncCalendarEvent(
                    place=room_place(room),
                    name=f"{plan.card}:event",
                    card=plan.card,
                    plan=plan.id,
                    occurrence=plan.occurrence,
                    title=plan.title,
                    about=" ".join(plan.about.split()),
                    starts=plan.at,
                    ends=plan.ends,
                    state=state,
                )
            )

    def outcome(self) -> PlanOutcome:
        """The result of this decision."""
        facts = tuple(fact for fact in (self._changes(), self.zone) if fact is not None)
        asker = self.event.person.id if isinstance(self.event, CommandGiven) else ""
        after = Planned(plan=self.plan, asker=asker, rooms=self.rooms)
        left = _told(self._coming.values())
        gone = [
            Remove(place=private_place(person), name=name)
            for person, name in self._told
            if (person, name) not in left
        ]
        return Outcome(facts=facts, effects=(*self.effects, *gone), orders=self.orders, after=after)

    def _changes(self) -> Changed | None:
        """The changes to be stored, if there are any."""
        if self.plan is None or not (self._changed or self._touched or self._gone):
            return None
        return Changed(
            before=self.before,
            plan=self.plan if self._changed else None,
            id=self.plan.id,
            community=self.plan.community,
            coming=tuple(self._touched.values()),
            gone=tuple(self._gone),
        )
