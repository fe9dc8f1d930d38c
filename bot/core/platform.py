"""The port: what a chat platform is to us. Adapters translate; they never decide."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.model.cards import Button
from bot.core.model.events import Event
from bot.core.model.records import record


@record
class File:
    """Something to look at or to keep; a picture says how large it is, in pixels."""

    name: str
    media: str  # its media type
    data: bytes
    wide: int = 0
    high: int = 0


@record
class Poll:
    """A question that everybody watches, for platforms that have polls; others show the text of the post."""

    question: str
    options: tuple[tuple[str, str], ...]  # key and label
    closed: bool  # nobody votes any more
    days: bool  # it is open for days


@record
class Post:
    """One part of a message, drawn. `text` is Markdown of the small kind (bold, lists, quotes)."""

    text: str
    buttons: tuple[Button, ...] = ()
    kind: str = "note"  # of the card: note, notice, prompt, answers, spread, closing, recap, mine
    ping: bool = False
    silent: bool = True
    picture: str = ""  # "session/step.svg" of the picture that belongs to it; the text says it in words
    session: str = ""
    step: str = ""  # that it asks or shows
    source: str = ""  # SVG or HTML from which a file is made; the text is its twin in words
    file: File | None = None  # made from it
    poll: Poll | None = None
    language: str = ""  # in which it is drawn


@record
class Change:
    """Show one of our messages differently."""

    message: str
    post: Post


@record
class Delete:
    """Take one of our messages away."""

    message: str


@record
class Reaction:
    """Put a sign on somebody's message."""

    message: str
    sign: str


@record
class RemoveReaction:
    """Take a sign of ours off somebody's message, where the platform can."""

    message: str
    sign: str


@record
class Thread:
    """Make a thread or room for these people; `apart`: nobody else can read it."""

    people: tuple[str, ...]
    title: str
    apart: bool = False


@record
class ThreadMembers:
    """Let these people, and nobody else, be in this thread; with `out`, only put these out of it, or of a room.

    Who cannot be put out is a matter for hosts: the platform says so with `NoRight`.
    """

    people: tuple[str, ...]
    out: tuple[str, ...] = ()


@record
class Erasure:
    """Take a person's messages away; with `everything`, all that the platform keeps of them."""

    person: str
    messages: tuple[str, ...]
    everything: bool


@record
class Role:
    """Give somebody a role, or take it away; `why` is for whoever looks it up later."""

    person: str
    name: str
    why: str
    on: bool


@record
class CalendarEvent:
    """A planned session, for platforms that have a sign of their own for one; others do nothing.

    `event` is the id that an earlier one was given, `card` the message that tells of it, `state` planned, begun or off.
    """

    event: str
    card: str
    mark: str  # by which it is found again
    title: str
    about: str
    where: str
    starts: datetime
    ends: datetime
    state: str


@record
class Capabilities:
    """The abilities of a platform, for whoever draws for it."""

    limit: int  # characters in one part
    pages: bool = True  # a recap is a page of ours that a link leads to
    reactions: bool = False  # people put signs on messages, and it hears of them
    open_threads: bool = False  # everybody in a room can read its threads
    stamp: Callable[[datetime], str] | None = None  # its own markup for a moment
    presence: bool = False  # it sees whether somebody is there without a word of theirs
    files: bool = False  # pictures and pages reach people as files, in messages of their own
    forms: bool = (
        True  # people have forms, buttons, and commands that only the bot sees; else it asks them in private
    )
    replies: bool = (
        False  # an answer to what somebody did reaches them beside it, apart from other words to them
    )
    reads: bool = True  # it hears what people just write in a room
    taps: bool = False  # hosts have buttons in their room, not only words to type


Action = (
    Post
    | Change
    | Delete
    | Reaction
    | RemoveReaction
    | Thread
    | ThreadMembers
    | Erasure
    | Role
    | CalendarEvent
)


@record
class Batch:
    """Events in order, and the position up to which the platform has now been heard."""

    events: Sequence[Event]
    cursor: str = ""
    caught_up: bool = False  # what was missed is all told; from here on it is live
    acknowledged: Callable[[], None] | None = None  # called when all of it is on disk
    lost: bool = False  # nothing can be heard or said there just now; the next batch says that it can again


class Platform(Protocol):
    """A platform; `tests/contract/test_platform.py` holds each one to these sentences.

    Channels and message ids are text that begins with the platform's name and a colon.
    """

    name: str
    can: Capabilities

    def events(self, since: str | None) -> AsyncIterator[Batch]:
        """The events that were missed since the cursor, then live ones. A first start replays nothing."""
        ...

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once: a second time with the same key changes nothing and returns the same.

        Returns the id of the message, or the channel of a thread; of a change only if the message has a new id.

        Raises:
            Transient: it may work later.
            Permanent: it never will.
        """
        ...

    def private_channel(self, person: str, room: str) -> str:
        """The channel where only this person reads; it is made when first used."""
        ...

    def host_channel(self, room: str) -> str:
        """The channel where only hosts of this room read."""
        ...

    def community(self, channel: str) -> str:
        """The community that a channel belongs to: what its hosts may do ends at its border."""
        ...

    async def is_moderator(self, person: str, channel: str) -> bool:
        """True if the platform itself says that somebody may host in a channel, as far as it can be asked."""
        ...

    async def missing_permissions(self, room: str, roles: Sequence[str] = ()) -> str:
        """The permissions that the bot lacks in a room, in sentences for hosts; empty if all is well.

        Args:
            roles: what people may be recognised as there, for which the platform may give a role.
        """
        ...
