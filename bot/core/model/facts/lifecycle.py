"""Facts about a session as a whole: its rooms, its phases, its pauses, and what it forgets."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts.values import Mode, Phase
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record


@record
class Opened:
    """A session exists: its script, its rooms, its first host, and the secret seed of its shuffles."""

    at: datetime
    session: str
    community: str
    script: str  # content hash
    rooms: tuple[str, ...]  # channels; the places are room:1, room:2, …
    hosts_channel: str
    host: PersonId
    seed: str
    mode: Mode = Mode.LIVE
    zone: str = "UTC"  # of the community; the times of days are wall times there
    quiet: tuple[str, str] = ("21:00", "08:00")  # nothing is said in between, over days
    earlier: tuple[str, ...] = ()  # sessions of the same series that were held before
    films: bool = False  # a short film of the recap is made
    keep_days: int = 0  # after the close, what nobody may read is erased; 0: it is kept


@record
class RoomAdded:
    """The session spans one more room."""

    at: datetime
    channel: str


@record
class Begun:
    """The lobby is over."""

    at: datetime


@record
class DayBegun:
    """A day of a workshop over days has begun."""

    at: datetime
    day: int


@record
class DayRested:
    """Instead of this day there was a day without anything new."""

    at: datetime
    day: int


@record
class Paused:
    """The session stands still."""

    at: datetime
    why: str


@record
class Resumed:
    """The session goes on; the current step has until then."""

    at: datetime
    until: datetime | None


@record
class PlaceReady:
    """A place has a channel."""

    at: datetime
    place: PlaceName
    channel: str


@record
class DoorSet:
    """The door is locked, or open again: nobody new comes in while it is locked."""

    at: datetime
    locked: bool


@record
class LineSaid:
    """A host let the bot say one of the script's rescue lines."""

    at: datetime
    name: str


@record
class ToldOnce:
    """Somebody was told something that nobody needs to hear twice."""

    at: datetime
    person: PersonId
    what: str


@record
class WordsShown:
    """Somebody was shown a card with their own words; it follows what they change."""

    at: datetime
    person: PersonId
    name: str  # of the message
    first: int = 0  # the number of the first answer on it; 0: it is the only such card, and counts from 1


@record
class PhaseChanged:
    """The session entered a phase of its life, until a moment if it has one."""

    at: datetime
    phase: Phase
    until: datetime | None = None


@record
class Forgotten:
    """A person asked to be forgotten: from here on they are a pseudonym without words."""

    at: datetime
    person: PersonId
    pseudonym: PersonId
    blanks: tuple[int, ...]


@record
class Expired:
    """The time is over for which words are kept that nobody may read; that they were said is still counted."""

    at: datetime
    answers: tuple[str, ...]
    blanks: tuple[int, ...]
