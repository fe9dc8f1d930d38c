"""Effects: orders to the world outside, kept in the outbox. No effect without a fact.

An effect names a place (`room:1`, `pair:3`, `private:<person>`, `hosts`), never a platform's
channel, and shows a card that holds ids, never anybody's words: those are read from the session
at the moment of sending, so that a word taken back before it was sent is not sent.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.model.cards import Card
from bot.core.model.events import About, Timer
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record

NOW = 0  # priorities: smaller goes first
SOON = 5
DROPPABLE = 9


@record
class Say:
    """Show a card in a place. `name` is unique in the session: the same name is said once."""

    place: PlaceName
    name: str
    card: Card
    about: About = About()
    because: str = ""
    priority: int = NOW
    ping: bool = False


@record
class Edit:
    """Show the message `name` differently; a newer revision replaces one not yet performed."""

    place: PlaceName
    name: str
    card: Card
    about: About = About()
    priority: int = SOON


@record
class Remove:
    """Take the message `name` away."""

    place: PlaceName
    name: str
    priority: int = SOON


@record
class React:
    """Put a sign on somebody's message, by its platform id; or take it off."""

    place: PlaceName
    message: str
    sign: str
    because: str = ""
    priority: int = SOON
    on: bool = True
    moved: bool = False  # from or to another line of theirs, perhaps not for the first time


@record
class OpenThread:
    """Make a place for these people, if the session has none by that name yet."""

    place: PlaceName
    parent: PlaceName
    people: tuple[PersonId, ...]
    title: str
    apart: bool = False  # nobody else can read it, also where threads are open to everybody
    priority: int = NOW


@record
class SetThreadMembers:
    """Let these people, and nobody else, be in a thread of the session; with `out`, only put these out of a place."""

    place: PlaceName
    people: tuple[PersonId, ...]
    out: tuple[PersonId, ...] = ()
    priority: int = NOW


@record
class Erase:
    """Take what a person wrote off a platform, as far as the platform lets us."""

    place: PlaceName
    person: PersonId
    messages: tuple[str, ...]
    everything: bool = False
    priority: int = NOW


@record
class Grant:
    """Give somebody a role of the platform, or take it away: setting it twice is setting it once."""

    place: PlaceName
    person: PersonId
    role: str
    why: str
    on: bool = True
    priority: int = SOON


@record
class Issue:
    """Sign a badge, and give it to its owner in private."""

    place: PlaceName
    person: PersonId
    rule: str
    badge: str
    priority: int = SOON


@record
class RevokeBadge:
    """A badge is not true any more: those who look it up are told so.

    Or (`keep`) it stays true, and nobody knows any more whose it is.
    """

    place: PlaceName
    badge: str
    keep: bool = False
    priority: int = NOW


@record
class DeliverFile:
    """Hand somebody, in private, what they asked for.

    `what` is badges, data (all that is kept of them), sheet, calendar, report, pack or board; `of` what it is about.
    """

    place: PlaceName
    person: PersonId
    name: str
    what: str
    of: str = ""  # the community whose calendar or report it is; behind it the days of the report
    priority: int = SOON


@record
class SyncCalendarEvent:
    """Keep a platform's own sign of a planned session (an event, a pinned card) as the session is.

    `state` is planned, begun or off; `card` the name of the message that tells of it there.
    """

    place: PlaceName
    name: str
    card: str
    plan: str
    occurrence: str
    title: str
    about: str
    starts: datetime
    ends: datetime
    state: str = "planned"
    priority: int = SOON


@record
class Wake:
    """Feed `Woke(timer)` to the session at this time. Never cancelled: a stale one is ignored."""

    at: datetime
    timer: Timer


Effect = (
    Say
    | Edit
    | Remove
    | React
    | OpenThread
    | SetThreadMembers
    | Erase
    | Grant
    | Issue
    | RevokeBadge
    | DeliverFile
    | SyncCalendarEvent
    | Wake
)
