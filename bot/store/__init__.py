"""Where what is true is kept. `Store` says what a store promises; SQLite is the one that ships."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.core.model.effects import Effect
from bot.core.model.events import About, Event
from bot.core.model.facts import Fact, Opened
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.participants.community import CommunityFact
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Coming, Plan

T = TypeVar("T")


@record
class Receipt:
    """One part of one of our messages, on a platform."""

    key: str  # of the whole message
    part: int
    message: str  # the platform's id
    session: str
    about: About = About()


@record
class Row:
    """One effect for one channel, waiting to be performed (or, for a timer, to be due)."""

    key: str
    session: str
    channel: str  # empty while the place has none; timers have none
    place: str
    effect: Effect
    due: datetime
    priority: int
    supersedes: str = ""
    because: str = ""
    tries: int = 0
    error: str = ""
    dead: bool = False


@record
class Held:
    """An event that cannot be heard yet, or that ended in an error of ours."""

    session: str
    event: Event
    reason: str  # "held" or "parked"
    error: str = ""


@record
class Place:
    """Which session and place a channel belongs to."""

    session: str
    place: str
    holds: bool  # the room is held by this session: nobody else may run there


@record
class Decided:
    """What one event came to in one session; the unit of a commit."""

    event: str  # id
    session: str  # empty for an event that touched none
    version: int = 0  # of the session before these facts
    at: datetime
    facts: Sequence[Fact] = ()
    community: str = ""
    community_version: int = 0
    community_facts: Sequence[CommunityFact] = ()
    rows: Sequence[Row] = ()
    opened: Opened | None = None
    places: Mapping[str, Place] = field(default_factory=dict)  # channel -> what it now is
    freed: tuple[str, ...] = ()  # channels that the session no longer holds
    settles: tuple[str, ...] = ()  # timers that this event was
    held: Held | None = None
    unheld: bool = False  # the event had been held and is heard now
    platform: str = ""
    cursor: str = ""
    plans: tuple[Changed, ...] = ()
    zone: tuple[str, str] | None = None  # a person, and the zone in which they are told times
    erased: str = ""  # a person of whom nothing stays outside of sessions
    noted: bool = True  # and who stands in the ledger of those who are forgotten


@record
class Context:
    """What the database knows about a batch of events, in one look."""

    seen: frozenset[tuple[str, str]]
    places: Mapping[str, tuple[Place, ...]]  # by channel
    receipts: Mapping[str, Receipt]  # by message id
    unsettled: frozenset[str]  # channels with a message that is on its way
    opening: frozenset[str]  # sessions that wait for a thread to exist
    held: frozenset[str] = frozenset()  # those of the event ids that could not be heard yet


class Duplicate(Exception):
    """The event was heard before."""


class Conflict(Exception):
    """Somebody else wrote to this session in the meantime; load it again."""


class Store(Protocol):
    """What every store promises; `tests/contract/test_store.py` holds each one to it."""

    async def context_for(
        self, ids: Sequence[str], channels: Sequence[str], messages: Sequence[str]
    ) -> Context:
        """What is known about these event ids, channels and messages."""
        ...

    async def facts(self, session: str) -> Sequence[Fact]:
        """The whole log of a session, in order; empty if there is none."""
        ...

    async def community_facts(self, community: str) -> Sequence[CommunityFact]:
        """The whole log of a community."""
        ...

    async def commit(self, batch: Sequence[Decided]) -> None:
        """Everything in one transaction, or nothing: raises Duplicate or Conflict."""
        ...

    async def script(self, hash: str) -> Script | None:
        """A stored script by its content."""
        ...

    async def keep_script(self, script: Script) -> str:
        """Store a script; returns its content hash."""
        ...

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> Sequence[Row]:
        """Timers that are due, the earliest first; those of the sessions `but` are left out."""
        ...

    async def next_due(self, but: Collection[str] = ()) -> datetime | None:
        """When the next timer is due; those of the sessions `but` are left out."""
        ...

    async def pending(self) -> Sequence[Row]:
        """Every effect that was committed and not settled, in the order of commit."""
        ...

    async def receipts(self, key: str) -> Sequence[Receipt]:
        """The parts of a message that are on the platform, in order."""
        ...

    async def settle(
        self,
        keys: Sequence[str],
        receipts: Sequence[Receipt],
        gone: Sequence[tuple[str, int]] = (),
        erasing: bool = False,
    ) -> None:
        """These effects are done; these parts are there; these parts are there no more.

        With `erasing`, no copy of the effects may stay behind in a log.
        """
        ...

    async def retry(self, key: str, at: datetime, error: str, dead: bool) -> None:
        """An effect failed; try again at a time, or give it up where the operator can see it."""
        ...

    async def held(self, session: str) -> Sequence[Held]:
        """Events of a session (or of none yet: empty) that wait to be heard, in order."""
        ...

    async def all_held(self) -> Sequence[Held]:
        """Every event that waits or is parked."""
        ...

    async def plan(self, key: str) -> Plan | None:
        """What is planned under this name."""
        ...

    async def plans(self, community: str) -> Sequence[Plan]:
        """What is planned in a community and not over, the next ones first."""
        ...

    async def moments(self, before: datetime) -> Sequence[tuple[str, str, datetime]]:
        """The plans with something to do before this moment: name, room, and when."""
        ...

    async def coming(self, plan: str, occurrence: str) -> Sequence[Coming]:
        """What people said about coming to one occurrence of a plan."""
        ...

    async def comes_to(self, person: str) -> Sequence[Coming]:
        """All that somebody said they come to."""
        ...

    async def zone(self, person: str) -> str:
        """The zone in which somebody is told times; nothing if they named none."""
        ...

    async def advance(self, platform: str, cursor: str) -> None:
        """Keep a position before which nothing was for us."""
        ...

    async def cursor(self, platform: str) -> str | None:
        """How far a platform was heard."""
        ...

    async def write(self, job: Callable[[Any], T]) -> T:
        """Let a platform that keeps its own tables ride in the same group commit."""
        ...

    async def close(self) -> None:
        """Finish what is under way, and let go of the file."""
        ...
