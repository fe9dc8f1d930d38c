"""What happened in Matrix, as events of the core. Pure: the rooms' names for things come in, events go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from bot.commands import parse
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
from bot.platforms.matrix import polls
from bot.platforms.matrix.event_content import MARK

NAME = "matrix:"
APART = "/!"  # in the channel of a pair that has a room of its own, after that of the workshop's room
LONGEST = 40_000  # characters that are taken in; a message of Matrix holds at most 64 kB


@dataclass
class Line:
    """One event of a room, as the server tells it (Client-Server API, room events); decrypted."""

    channel: str  # of the room
    source: Mapping[str, Any]
    name: str  # of its sender, in this room

    @property
    def id(self) -> str:
        """The event's id, as ours."""
        return NAME + str(self.source.get("event_id", ""))

    @property
    def person(self) -> Person:
        """Who did it."""
        return Person(id=NAME + str(self.source.get("sender", "")), name=self.name)

    @property
    def at(self) -> datetime:
        """When the server took it in."""
        return datetime.fromtimestamp(int(self.source.get("origin_server_ts", 0)) / 1000, timezone.utc)

    @property
    def content(self) -> Mapping[str, Any]:
        """What it holds; nothing, if that is malformed."""
        held = self.source.get("content")
        return held if isinstance(held, Mapping) else {}

    @property
    def relation(self) -> Mapping[str, Any]:
        """What it relates to."""
        held = self.content.get("m.relates_to")
        return held if isinstance(held, Mapping) else {}


@dataclass
class Fault:
    """A command that cannot be taken as it stands, with the sentence that says why."""

    line: Line
    says: str


@dataclass
class Known:
    """What hearing has to know and the events do not say."""

    me: str  # our user id
    threads: Callable[[str], bool]  # whether this is the channel of a thread that we made
    host: Callable[[str, str], bool]  # whether this user leads this room (person id, channel)
    private: Callable[[str], str]  # the channel where only this person reads
    poll: Callable[
        [str], tuple[str, str] | None
    ]  # the session and step that a poll of ours asks, by its event id
    reaction: Callable[[str], Reacted | None]  # what an event id that is redacted was, if a reaction


def hear(line: Line, known: Known) -> Event | Fault | None:
    """The event that this line comes to; None if it is nothing to us."""
    kind = line.source.get("type")
    if line.source.get("sender") == known.me:
        return None
    if kind == "m.room.message":
        return _message(line, known)
    if kind == "m.room.redaction":
        return _redaction(line, known)
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
        return _vote(line, known)
    gone = line.content.get("membership") in ("leave", "ban")
    ours = line.channel.startswith(f"{NAME}~") or "/" in line.channel  # a room of ours beside the workshop's
    if kind == "m.room.member" and gone and line.source.get("state_key") and not ours:
        who = Person(id=NAME + str(line.source["state_key"]), name=line.name)
        return Left(id=line.id, channel=line.channel, at=line.at, person=who)
    return None


def _vote(line: Line, known: Known) -> Event | None:
    """A vote is what its author holds from now on; it may be none."""
    asked = known.poll(_text(line.relation, "event_id"))
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


def _text(held: Mapping[str, Any], key: str) -> str:
    found = held.get(key)
    return found if isinstance(found, str) else ""


def _message(line: Line, known: Known) -> Event | Fault | None:
    content, relation = line.content, line.relation
    if content.get("msgtype") not in ("m.text", "m.emote"):
        return None
    if relation.get("rel_type") == "m.replace":
        fresh = content.get("m.new_content")
        text = _text(fresh, "body") if isinstance(fresh, Mapping) else ""
        message = NAME + _text(relation, "event_id")
        parsed = parse(text, MARK)
        if parsed is not None and parsed.command in ("answer", "pick"):
            text = next(iter(parsed.args.values()), "")
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
        if known.threads(thread):
            channel, parent = thread, line.channel
        reply = reply or NAME + root  # a thread that hangs under one of our messages answers that one
    order = _order(line, text, known, channel, parent, reply)
    if order is not None:
        return order
    return Posted(
        id=line.id,
        channel=channel,
        at=line.at,
        person=line.person,
        text=text,
        reply_to=None if parent else reply,
        parent=parent,
    )


def _replied(relation: Mapping[str, Any]) -> str | None:
    """The message that somebody answers; in a thread the reply is most often only for old clients."""
    held = relation.get("m.in_reply_to")
    if not isinstance(held, Mapping) or relation.get("is_falling_back"):
        return None
    found = _text(held, "event_id")
    return NAME + found if found else None


def without_quote(text: str, relation: Mapping[str, Any]) -> str:
    """A reply without the quote that older clients put before it (Matrix 1.12 and earlier, rich replies)."""
    if "m.in_reply_to" not in relation or not text.startswith("> "):
        return text
    lines = text.split("\n")
    n = next((n for n, each in enumerate(lines) if not each.startswith(">")), len(lines))
    return "\n".join(lines[n:]).lstrip("\n")


def _order(
    line: Line, text: str, known: Known, there: str, parent: str | None, reply: str | None
) -> Event | Fault | None:
    """The command in a line; a mention of the bot asks for help. `there` may be a thread that hangs under `parent`."""
    channel = parent or there
    mentions = line.content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    if isinstance(users, list) and known.me in users and not text.startswith(MARK):
        text = f"{MARK}help"
    first, _, rest = text.partition(" ")
    if first == f"{MARK}workshop" and not rest.strip():
        text = f"{MARK}help"
    parsed = parse(text, MARK)
    if parsed is None or (parsed.fault and not parsed.near):
        return None  # talk, or a command of another bot
    if parsed.fault:
        return Fault(line, parsed.fault)
    private = known.private(line.person.id)
    if parsed.command in ("join", "read"):
        return Joined(
            id=line.id,
            channel=channel,
            at=line.at,
            person=line.person,
            reading=parsed.command == "read",
            host=known.host(line.person.id, channel),
            private=private,
            one_by_one=True,
        )
    return CommandGiven(
        id=line.id,
        channel=channel,
        at=line.at,
        person=line.person,
        command=parsed.command,
        args=dict(parsed.args),
        reply_to=reply,
        thread=there if parent else "",
        seen=True,
        host=known.host(line.person.id, channel),
        private=private,
    )


def _redaction(line: Line, known: Known) -> Event | None:
    gone = _text(line.source, "redacts") or _text(line.content, "redacts")
    if not gone:
        return None
    was = known.reaction(NAME + gone)
    if was is not None:
        return Reacted(
            id=line.id,
            channel=was.channel,
            at=line.at,
            person=was.person,
            message=was.message,
            sign=was.sign,
            on=False,
        )
    return Deleted(id=line.id, channel=line.channel, at=line.at, person=None, message=NAME + gone)
