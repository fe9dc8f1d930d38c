"""Lines of Matrix rooms as events of the core. Pure: nothing is looked up, and nothing is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from bot.commands import TABLE, parse
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    Person,
    Posted,
    Reacted,
    Submitted,
)
from bot.core.model.ids import PersonId
from bot.core.text.wording import sentence
from bot.platforms.matrix import polls, sentences
from bot.platforms.matrix.event_content import MARK
from bot.render.i18n import translated

NAME = "matrix:"
APART = "/!"  # in the channel of a pair with a room of its own, between the workshop's room and that one
FILES = ("m.image", "m.file", "m.audio", "m.video")
ONLY_WORDS = sentence(sentences.ONLY_WORDS)
LONGEST = 40_000  # characters that are taken in; a message of Matrix holds at most 64 kB


@dataclass
class Line:
    """One event of a room as the server sends it (Client-Server API, Room Events), decrypted."""

    channel: str  # of the room
    source: Mapping[str, Any]
    name: str  # of its sender, in this room

    @property
    def id(self) -> str:
        """Our name of the event."""
        return NAME + str(self.source.get("event_id", ""))

    @property
    def person(self) -> Person:
        """The sender."""
        return Person(id=PersonId(NAME + str(self.source.get("sender", ""))), name=self.name)

    @property
    def at(self) -> datetime:
        """The time at which the sender's server received it."""
        return datetime.fromtimestamp(int(self.source.get("origin_server_ts", 0)) / 1000, timezone.utc)

    @property
    def content(self) -> Mapping[str, Any]:
        """The content; empty if it is malformed."""
        content = self.source.get("content")
        return content if isinstance(content, Mapping) else {}

    @property
    def relation(self) -> Mapping[str, Any]:
        """The relation to another event; empty for none."""
        relation = self.content.get("m.relates_to")
        return relation if isinstance(relation, Mapping) else {}


@dataclass
class Fault:
    """A line that cannot be taken as it stands, with the sentence that says why."""

    line: Line
    text: str
    once: str = ""  # the key under which it is said once; empty: for each line


@dataclass
class RoomFacts:
    """Facts that the mapping needs and the lines do not hold."""

    me: str  # our user id
    is_thread: Callable[[str], bool]  # whether a channel is that of a thread that we made
    is_host: Callable[[str, str], bool]  # whether a person leads the room of a channel
    direct: Callable[[str], str]  # the channel where only this person reads
    poll: Callable[
        [str], tuple[str, str] | None
    ]  # the session and step that a poll of ours asks, by its event
    reaction: Callable[[str], Reacted | None]  # the reaction that a redacted event was, if it was one


def event_of(line: Line, facts: RoomFacts) -> Event | Fault | None:
    """The event that a line comes to; None if it is nothing to us."""
    kind = line.source.get("type")
    if line.source.get("sender") == facts.me:
        return None
    if kind == "m.room.message":
        return _message(line, facts)
    if kind == "m.sticker":
        return _no_words(line)
    if kind == "m.room.redaction":
        return _redaction(line, facts)
    if kind == "m.reaction" and line.relation.get("rel_type") == "m.annotation":
        return Reacted(
            id=line.id,
            channel=line.channel,
            at=line.at,
            person=line.person,
            message=NAME + _text(line.relation, "event_id"),
            sign=_text(line.relation, "key")[:40],
        )
    if kind in polls.RESPONSES and line.relation.get("rel_type") == "m.reference":
        return _vote(line, facts)
    left = line.content.get("membership") in ("leave", "ban")
    ours = line.channel.startswith(f"{NAME}~") or "/" in line.channel  # a room of ours beside the workshop's
    if kind == "m.room.member" and left and line.source.get("state_key") and not ours:
        person = Person(id=PersonId(NAME + str(line.source["state_key"])), name=line.name)
        return Left(id=line.id, channel=line.channel, at=line.at, person=person)
    return None


def _vote(line: Line, facts: RoomFacts) -> Event | None:
    """A vote as what its author holds from then on; it may be none."""
    asked = facts.poll(_text(line.relation, "event_id"))
    if asked is None:
        return None
    return Submitted(
        id=line.id,
        channel=line.channel,
        at=line.at,
        person=line.person,
        session=asked[0],
        step=asked[1],
        picks=polls.vote(line.content),
    )


def _text(content: Mapping[str, Any], key: str) -> str:
    text = content.get(key)
    return text if isinstance(text, str) else ""


def _message(line: Line, facts: RoomFacts) -> Event | Fault | None:
    content, relation = line.content, line.relation
    if content.get("msgtype") not in ("m.text", "m.emote") and not _caption(content):
        return _no_words(line)
    if relation.get("rel_type") == "m.replace":
        fresh = content.get("m.new_content")
        text = _text(fresh, "body") if isinstance(fresh, Mapping) else ""
        message = NAME + _text(relation, "event_id")
        text = TABLE.edited(text, MARK)
        if not text:
            return None
        return Edited(
            id=line.id,
            channel=line.channel,
            at=line.at,
            person=line.person,
            message=message,
            text=text[:LONGEST],
        )
    text = without_quote(_text(content, "body"), relation)[:LONGEST]
    channel, parent, reply = line.channel, None, _replied(relation)
    if APART in channel:  # the room of a pair
        parent = channel.partition("/")[0]
    elif relation.get("rel_type") == "m.thread":
        root = _text(relation, "event_id")
        thread = f"{line.channel}/{root}"
        if facts.is_thread(thread):
            channel, parent = thread, line.channel
        reply = reply or NAME + root  # a thread that hangs under one of our messages answers that one
    command = _command(line, text, facts, channel, parent, reply)
    if command is not None:
        return command
    return Posted(
        id=line.id,
        channel=channel,
        at=line.at,
        person=line.person,
        text=text,
        reply_to=None if parent else reply,
        parent=parent,
    )


def _caption(content: Mapping[str, Any]) -> str:
    """What is written under a picture or a file (Client-Server API 1.10, Media captions); empty for nothing."""
    name, body = _text(content, "filename"), _text(content, "body")
    return body if content.get("msgtype") in FILES and name and body != name else ""


def _no_words(line: Line) -> Fault | None:
    """A picture, a file, a voice message or a sticker: in private its author is told, once, what can be saved."""
    sent = line.content.get("msgtype") in FILES or line.source.get("type") == "m.sticker"
    if not sent or not line.channel.startswith(f"{NAME}~") or line.relation.get("rel_type") == "m.replace":
        return None
    return Fault(line, translated(ONLY_WORDS), f"only-words:{line.person.id}")


def _replied(relation: Mapping[str, Any]) -> str | None:
    """The message that is replied to; in a thread the relation is most often only for old clients."""
    target = relation.get("m.in_reply_to")
    if not isinstance(target, Mapping) or relation.get("is_falling_back"):
        return None
    event = _text(target, "event_id")
    return NAME + event if event else None


def without_quote(text: str, relation: Mapping[str, Any]) -> str:
    """A reply without the quote that older clients put before it (Client-Server API 1.12 and earlier, Rich replies)."""
    if "m.in_reply_to" not in relation or not text.startswith("> "):
        return text
    lines = text.split("\n")
    n = next((n for n, quoted in enumerate(lines) if not quoted.startswith(">")), len(lines))
    return "\n".join(lines[n:]).lstrip("\n")


def _command(
    line: Line, text: str, facts: RoomFacts, place: str, parent: str | None, reply: str | None
) -> Event | Fault | None:
    """The command in a line; a mention of the bot asks for help. `place` may be a thread that hangs under `parent`."""
    channel = parent or place
    mentions = line.content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    if isinstance(users, list) and facts.me in users and not text.startswith(MARK):
        text = f"{MARK}help"
    first, _, rest = text.partition(" ")
    if first == f"{MARK}workshop" and not rest.strip():
        text = f"{MARK}help"
    parsed = parse(text, MARK)
    if parsed is None or (parsed.fault and not parsed.near):
        return None  # talk, or a command of another bot
    if parsed.fault:
        return Fault(line, translated(parsed.fault))
    event = TABLE.event(
        CommandGiven(
            id=line.id,
            channel=channel,
            at=line.at,
            person=line.person,
            command=parsed.command,
            args=dict(parsed.args),
            old=parsed.old,
            reply_to=reply,
            thread=place if parent else "",
            seen=True,
            host=facts.is_host(line.person.id, channel),
            private=facts.direct(line.person.id),
        )
    )
    return replace(event, one_by_one=True) if isinstance(event, Joined) else event


def _redaction(line: Line, facts: RoomFacts) -> Event | None:
    redacted = _text(line.source, "redacts") or _text(line.content, "redacts")
    if not redacted:
        return None
    reaction = facts.reaction(NAME + redacted)
    if reaction is not None:
        return Reacted(
            id=line.id,
            channel=reaction.channel,
            at=line.at,
            person=reaction.person,
            message=reaction.message,
            sign=reaction.sign,
            on=False,
        )
    return Deleted(id=line.id, channel=line.channel, at=line.at, person=None, message=NAME + redacted)
