"""A plan: a workshop, its times, and who says that they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.core.model.facts import Mode
from bot.core.model.ids import PersonId
from bot.core.model.records import record
from bot.scheduling.phrases import When, utc
from bot.scheduling.phrases.recurrence import upcoming

DAY = timedelta(days=1)
MOST_MINUTES = 24 * 60  # that a session can take
SOON = timedelta(minutes=15)
LOBBY = timedelta(minutes=10)
ANNOUNCED = timedelta(days=7)  # how long before a repeated session its card is posted
GRACE = timedelta(minutes=30)  # so late a session is still begun, with a word; later its host is asked
WAIT = timedelta(minutes=10)  # for the host, or for more people


class State(Enum):
    """The states of a plan."""

    DRAFT = "draft"  # its host has not said yes yet
    ON = "on"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    OVER = "over"


class Milestone(Enum):
    """The moments of an occurrence at which something is done, in this order."""

    CARD = "card"  # say in the room that it is to come
    DAY = "day"  # a day before: the host's checklist, reminders
    SOON = "soon"  # a quarter of an hour before: reminders
    LOBBY = "lobby"  # ten minutes before: the door opens
    START = "start"
    WAIT = "wait"  # the host was asked, or is waited for
    LAST = "last"  # nobody came to guide


class Rsvp(Enum):
    """An answer to the question who comes."""

    GOING = "yes"
    MAYBE = "maybe"
    READING = "reading"
    NO = "no"


BEFORE = {
    Milestone.CARD: ANNOUNCED,
    Milestone.DAY: DAY,
    Milestone.SOON: SOON,
    Milestone.LOBBY: LOBBY,
    Milestone.START: timedelta(),
}


@record
class Plan:
    """A workshop that is to be held at a time, or again and again.

    `occurrence` is the wall time by the rule (ISO, in the zone) of the one that comes next, also when it was moved;
    `at` the moment at which it begins; `next_at` the moment at which something has to be done, None if nothing.
    """

    id: str
    version: int = 0
    community: str
    rooms: tuple[str, ...]
    host: PersonId
    host_name: str
    workshop: str
    title: str
    about: str = ""
    prepare: str = ""  # what people may think about beforehand
    how: str = ""
    mode: Mode = Mode.LIVE
    minutes: int = 60
    when: When | None = None
    options: tuple[str, ...] = ()  # of a draft whose time could mean several
    state: State = State.DRAFT
    made: datetime
    moved: Mapping[str, datetime] = field(default_factory=dict)  # occurrence -> wall time it was moved to
    skipped: tuple[str, ...] = ()
    cap: int = 0
    fewest: int = 3
    ask: bool = False  # "host, shall we?" in place of beginning by itself
    companion: PersonId = PersonId("")
    contact: PersonId = PersonId("")
    sequence: int = 0  # grows with every change that calendars have to hear of (RFC 5545, 3.8.7.4)
    passed: datetime  # everything up to here is done with
    occurrence: str = ""
    at: datetime | None = None
    stage: Milestone = Milestone.CARD
    next_at: datetime | None = None
    card: str = ""  # the name of the message that says it in the rooms
    cards: int = 0
    checked: tuple[str, ...] = ()  # of the host's list
    session: str = ""  # opened for this occurrence
    here: bool = False  # its host said so
    late: bool = False  # the bot was away when it should have begun
    waits: datetime | None = None  # the room was told that it begins at this moment

    @property
    def zone(self) -> str:
        """The time zone of the plan's clocks."""
        return self.when.zone if self.when else "UTC"

    @property
    def again(self) -> bool:
        """True if it is held more than once."""
        return self.when is not None and (bool(self.when.rule) or len(self.when.starts) > 1)

    @property
    def ends(self) -> datetime | None:
        """The moment at which the next one is over, if it keeps its time."""
        return None if self.at is None else self.at + timedelta(minutes=self.minutes)


@record
class Coming:
    """The word of somebody about coming to one occurrence."""

    plan: str
    occurrence: str
    person: PersonId
    name: str
    how: Rsvp
    since: datetime
    remind: bool = False
    needs: str = ""  # for hosts, until the session begins
    told: tuple[tuple[PersonId, str], ...] = ()  # the messages that hold the needs: to whom, and their names
    room: str = ""  # where they said it
    zone: str = ""  # their own, if they told


def key_of(wall: datetime) -> str:
    """The key of an occurrence: its wall time by the rule."""
    return wall.isoformat(timespec="minutes")


def moment_of(plan: Plan, occurrence: str) -> datetime:
    """When an occurrence takes place, or would."""
    return utc(plan.moved.get(occurrence, datetime.fromisoformat(occurrence)), plan.zone)


def times(plan: Plan, now: datetime, n: int) -> list[tuple[str, datetime]]:
    """The next occurrences after `now`, those that were moved at their new times: (occurrence, moment)."""
    when = plan.when
    if when is None:
        return []
    moments = {
        key_of(wall): at
        for wall, at in upcoming(when, now, n + len(plan.skipped) + len(plan.moved))
        if key_of(wall) not in plan.skipped and key_of(wall) not in plan.moved
    }
    for key, wall in plan.moved.items():
        at = utc(wall, when.zone)
        if at > now and key not in plan.skipped:
            moments[key] = at
    return sorted(moments.items(), key=lambda each: each[1])[:n]


def planned(plan: Plan, now: datetime) -> Plan:
    """The plan with the occurrence that comes next, and the moment at which something is to do; or over."""
    upcoming = times(plan, plan.passed, 1)
    if not upcoming:
        return replace(plan, state=State.OVER, occurrence="", at=None, next_at=None, session="")
    occurrence, at = upcoming[0]
    fresh = occurrence != plan.occurrence
    plan = replace(plan, occurrence=occurrence, at=at)
    if fresh:
        plan = replace(
            plan, card="", checked=(), session="", here=False, late=False, waits=None, stage=Milestone.CARD
        )
    elif plan.stage in (Milestone.WAIT, Milestone.LAST):
        return plan
    if plan.card:
        return staged(plan, upcoming_stage(at, now))
    return staged(plan, Milestone.CARD)


def upcoming_stage(at: datetime, now: datetime) -> Milestone:
    """The first stage, after the card, that is not over."""
    for stage in (Milestone.DAY, Milestone.SOON, Milestone.LOBBY):
        if at - BEFORE[stage] > now:
            return stage
    return Milestone.LOBBY


def staged(plan: Plan, stage: Milestone) -> Plan:
    """The plan before this stage of its next occurrence."""
    assert plan.at is not None
    return replace(plan, stage=stage, next_at=plan.at - BEFORE[stage])


def done_with(plan: Plan, now: datetime) -> Plan:
    """The plan after its present occurrence: the next one, or over."""
    assert plan.at is not None
    return planned(replace(plan, passed=max(plan.passed, plan.at)), now)
