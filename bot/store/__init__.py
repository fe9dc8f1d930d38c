"""The records that the store takes and gives: what is true, on disk. `bot.store.store` keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from bot.core.model.effects import Effect
from bot.core.model.events import About, Event
from bot.core.model.facts import Fact, Opened
from bot.core.model.records import record
from bot.core.participants.community import CommunityFact
from bot.scheduling.decision import Changed


@record
class Receipt:
    """One part of one of our messages, on a platform."""

    key: str  # of the whole message
    part: int
    message: str  # the platform's id
    session: str
    about: About = About()
    home: int | None = None  # of what belongs to no session; else that of the session


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
    home: int | None = None  # of what belongs to no session; else that of the session


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
    """The result of one event in one session; the unit of a commit."""

    event: str  # id
    session: str  # empty for an event that touched none
    home: int | None = None  # of an event that touched no session: that of the community it was told in
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
    settles: tuple[tuple[str, str], ...] = ()  # timers that this event was: session and key
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
    """The knowledge of the database about a batch of events, in one look."""

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
