"""What happened in Discord, as events of the core. Nothing is decided here."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import discord
from discord.utils import parse_time, snowflake_time

from bot.commands import parse
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Edited,
    Event,
    Joined,
    MessageUsedAsAnswer,
    Person,
    Posted,
    Reacted,
)
from bot.platforms.discord import ids
from bot.platforms.discord.ids import DIRECT, NAME

LONGEST = 4_000  # characters of a message, at most
MENTION = re.compile(r"<@!?(\d+)>")
TALK = (discord.MessageType.default, discord.MessageType.reply)


def person(user: discord.abc.User) -> Person:
    """Somebody, by the name that they go by here."""
    return Person(id=f"{NAME}{user.id}", name=user.display_name)


def private(user: int) -> str:
    """The channel where only this person reads."""
    return f"{DIRECT}{user}"


def posted(
    message: discord.Message, channel: str, parent: str | None, me: int, post: int = 0
) -> Event | None:
    """What somebody said. Without the right to read, Discord leaves the words out of most messages:
    there are some in direct messages, and in those that mention the bot. In a `post` of a forum all that
    people say answers what it begins with, if it answers nothing else."""
    if message.author.bot or message.webhook_id or message.type not in TALK:
        return None
    direct = message.guild is None
    text, called = without_mention(message.content, me)
    who, at = person(message.author), message.created_at
    id = ids.named(message.id, post)
    if called and not direct:
        parsed = parse(text, "/") if text.startswith("/") else None
        if not text or (parsed and not parsed.fault):
            return ordered(
                id, channel, at, who, parsed.command if parsed else "help", parsed.args if parsed else {}
            )
    if not text:
        return None
    answered = message.reference.message_id if message.reference and message.type is TALK[1] else post
    return Posted(
        id=id,
        channel=channel,
        at=at,
        person=who,
        text=named(text, {str(each.id): each.display_name for each in message.mentions})[:LONGEST],
        reply_to=ids.named(answered, post) if answered else None,
        parent=parent,
    )


def named(text: str, people: Mapping[str, str]) -> str:
    """The words with the names of whom they mention, in place of their numbers; whom we do not know stays a number."""
    return MENTION.sub(lambda found: f"@{people[found[1]]}" if found[1] in people else found[0], text)


def without_mention(text: str, me: int) -> tuple[str, bool]:
    """The words without the bot's name before them, and whether it stood there."""
    for name in (f"<@{me}>", f"<@!{me}>"):
        if text.startswith(name):
            return text[len(name) :].strip(), True
    return text, False


def edited(data: Mapping[str, Any], channel: str, me: int, post: int = 0) -> Event | None:
    """What somebody changed. Discord tells of an edit also when it adds a preview, and without the right to
    read it tells no words: both are no edits, and must not erase an answer."""
    author = data.get("author") or {}
    text, _ = without_mention(str(data.get("content") or ""), me)
    when = data.get("edited_timestamp")
    if not text or not when or author.get("bot") or "id" not in author:
        return None
    at = parse_time(when)
    there = {
        str(each["id"]): str(each.get("global_name") or each.get("username") or "")
        for each in data.get("mentions") or ()
    }
    return Edited(
        id=f"{ids.named(data['id'], post)}:e{int(at.timestamp() * 1000)}",
        channel=channel,
        at=at,
        person=Person(
            id=f"{NAME}{author['id']}", name=str(author.get("global_name") or author.get("username") or "")
        ),
        message=ids.named(data["id"], post),
        text=named(text, there)[:LONGEST],
    )


def deleted(message: int, channel: str, at: datetime, post: int = 0) -> Event:
    """A message is gone; told twice it is the same event."""
    name = ids.named(message, post)
    return Deleted(id=f"{name}:gone", channel=channel, at=at, message=name)


def ordered(
    id: str,
    channel: str,
    at: datetime,
    who: Person,
    command: str,
    args: Mapping[str, str],
    *,
    host: bool = False,
    session: str = "",
) -> Event:
    """A command, however it was given; coming in is an event of its own."""
    own = private(int(who.id.removeprefix(NAME)))
    if command in ("join", "read"):
        return Joined(
            id=id,
            channel=channel,
            at=at,
            person=who,
            reading=command == "read",
            host=host,
            private=own,
            session=session,
        )
    return CommandGiven(
        id=id,
        channel=channel,
        at=at,
        person=who,
        command=command,
        args=dict(args),
        host=host,
        session=session,
        private=own,
    )


def reacted(message: str, channel: str, user: int, sign: str, *, on: bool) -> Event:
    """Somebody put a sign on a message, or took it away; the last word counts."""
    return Reacted(
        id=f"{message}:r{user}:{time.time_ns()}",
        channel=channel,
        at=datetime.now(timezone.utc),
        person=Person(id=f"{NAME}{user}", name=""),
        message=message,
        sign=sign,
        on=on,
    )


def chosen(id: str, channel: str, at: datetime, who: Person, message: str, text: str) -> Event:
    """Somebody says that an earlier message of theirs is their answer."""
    return MessageUsedAsAnswer(id=id, channel=channel, at=at, person=who, message=message, text=text)


def made_at(id: int) -> datetime:
    """When something was made, as its id says."""
    return snowflake_time(id)
