"""Events from outside. Each has an id that is unique for ever, and `at`, the core's only clock.

An adapter makes events; it fills in what its platform said and nothing else. The runtime adds what
only the database knows (`about`, `holding`, `seed`) before the core hears them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum

from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record


@record
class Person:
    """Somebody, as a platform knows them: `id` such as `discord:77`, and the name they go by."""

    id: PersonId
    name: str


@record
class About:
    """The subject of one of our own messages, so that a reply or a button finds its step weeks later."""

    step: str = ""
    visit: int = 0
    answers: tuple[str, ...] = ()


class TimerKind(Enum):
    """The reasons for which the session asks to be woken."""

    NOTICE = "notice"  # a minute before the time is up
    TIME_UP = "time_up"
    GRACE = "grace"  # the host was asked and said nothing
    COMPLETE = "complete"  # everybody has answered a moment ago
    READ = "read"  # the time to read what was revealed is over
    GATHER = "gather"  # show the answers that no room message shows yet
    IDLE = "idle"  # nobody ends the session
    TAIL = "tail"  # the time for late answers is over
    REVIEW = "review"  # everybody had time to look over their words
    FOLLOW = "follow"  # the last follow-up is over
    LOOK = "look"  # the host had time to look at what is about to be shown
    DAY = "day"  # a day of a workshop over days begins
    DIGEST = "digest"  # its evening
    AHEAD = "ahead"  # hosts look at what the evening will show
    VOTE = "vote"  # a vote over days closes
    PAIR = "pair"  # who has nobody to talk with is put with others
    PAIR_QUIET = "pair_quiet"  # a pair has not said a word for a day
    EDIT = "edit"  # the host is reminded that the recap can be looked at
    FREEZE = "freeze"  # the recap stays as it is from here on
    STEP = "step"  # somebody took a step on a week ago
    EXPIRE = "expire"  # words that nobody may read have been kept for long enough
    GUIDE = "guide"  # whoever guides has been away for a while


@record
class Timer:
    """A reason to wake, and the moment that it was set for: a stale one is recognised by these."""

    kind: TimerKind
    visit: int = 0
    until: datetime | None = None


@record
class Posted:
    """Somebody said something in a channel."""

    id: str
    channel: str
    at: datetime
    person: Person
    text: str
    reply_to: str | None = None
    parent: str | None = None  # the channel that this thread hangs under, if it is one
    about: About | None = None


@record
class Edited:
    """Somebody changed a message of theirs; `message` is its id, which stays."""

    id: str
    channel: str
    at: datetime
    person: Person
    message: str
    text: str


@record
class Deleted:
    """A message is gone; platforms do not always say by whose hand."""

    id: str
    channel: str
    at: datetime
    person: Person | None = None
    message: str


@record
class Reacted:
    """Somebody put a sign on a message, or took it away; last write wins."""

    id: str
    channel: str
    at: datetime
    person: Person
    message: str
    sign: str
    on: bool = True
    about: About | None = None


@record
class Submitted:
    """Somebody sent a form or tapped a button that belongs to a step."""

    id: str
    channel: str
    at: datetime
    person: Person
    session: str
    step: str
    fields: Mapping[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] | None = None
    anonymous: bool = False
    share: str = ""


@record
class CommandGiven:
    """Somebody gave a command, typed or by button; `host` says that the platform vouches for a host."""

    id: str
    channel: str
    at: datetime
    person: Person
    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    host: bool = False
    reply_to: str | None = None  # the message that it was typed under
    about: About | None = None  # what that message is about
    seen: bool = False  # it was typed where others read it
    thread: str = ""  # the channel of the thread of ours that it was typed in, where that is not `channel`
    session: str = ""  # when the button or the page names the session
    private: str = ""  # the channel where only this person reads
    holding: str = ""  # the session that holds this channel now
    seed: str = ""  # fresh randomness, for what the order may open
    old: str = ""  # the word of an earlier release that was typed for it
    clock_zone: str = ""  # the time zone of the clock beside which it was given, if the platform knows it


@record
class Joined:
    """Somebody comes in, after reading the notice: to take part or to read along."""

    id: str
    channel: str
    at: datetime
    person: Person
    reading: bool = False
    host: bool = False
    private: str | None = None  # the channel where only they read
    one_by_one: bool = False  # there are no forms where they are: questions are asked in their private place
    session: str = ""


@record
class Left:
    """Somebody went away from a channel."""

    id: str
    channel: str
    at: datetime
    person: Person


@record
class Placed:
    """A thread or room that we asked for now exists."""

    id: str
    channel: str
    at: datetime
    session: str
    place: PlaceName


@record
class Present:
    """A platform saw that somebody came or went, without a word: their page, their client."""

    id: str
    channel: str
    at: datetime
    person: Person
    here: bool


@record
class MessageUsedAsAnswer:
    """Somebody says that a message of their own, already said, is their answer."""

    id: str
    channel: str
    at: datetime
    person: Person
    message: str
    text: str


@record
class TimerFired:
    """A timer that was due. `at` is now; `due` is when it should have been."""

    id: str
    at: datetime
    session: str
    timer: Timer
    due: datetime


@record
class SeriesDone:
    """Somebody holds the badges of all parts of a series; `badges` are their numbers."""

    id: str
    channel: str
    at: datetime
    session: str
    person: PersonId
    badges: tuple[str, ...]


@record
class NotGranted:
    """A platform would not give a role; `why` is a sentence of ours, for hosts."""

    id: str
    channel: str
    at: datetime
    session: str
    role: str
    why: str


@record
class HostRightsEnded:
    """The operator has taken somebody the right to host, or a platform that of a moderator.

    Without a `session` it's the one in the room of the channel.
    """

    id: str
    channel: str
    at: datetime
    session: str
    person: PersonId


@record
class Due:
    """A moment of a plan has come. `at` is now; `due` is when it should have been done."""

    id: str
    channel: str
    at: datetime
    plan: str
    due: datetime


Event = (
    Posted
    | Edited
    | Deleted
    | Reacted
    | Submitted
    | CommandGiven
    | Joined
    | Left
    | Present
    | MessageUsedAsAnswer
    | Placed
    | TimerFired
    | SeriesDone
    | NotGranted
    | HostRightsEnded
    | Due
)
