"""Discord's messages, commands and reactions as events of the core. Nothing is decided here."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import discord
from discord.utils import parse_time

from bot.commands import TABLE, parse
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Edited,
    Event,
    MessageUsedAsAnswer,
    Person,
    Posted,
    Reacted,
)
from bot.core.model.ids import PersonId
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.ids import NAME, message_name
from bot.platforms.room_registry import direct_channel

LONGEST = 4_000  # characters of a message, at most
MENTION = re.compile(r"<@!?(\d+)>")
TALK = (discord.MessageType.default, discord.MessageType.reply)


def person(user: discord.abc.User) -> Person:
    """Somebody, by the name that they go by in this server."""
    return Person(id=PersonId(f"{NAME}{user.id}"), name=user.display_name)


def message_posted(message: discord.Message, channels: Channels, me: int, channel: str = "") -> Event | None:
    """A message in the channel that it stands in, or in `channel`; None if it is nothing to us."""
    place = message.channel
    if message.guild is None:
        direct = direct_channel(f"{NAME}{message.author.id}")
        if not message.author.bot:
            channels.learn_direct(direct, place.id)
        return posted(message, direct, None, me)
    post = channels.post(place.id)
    parent = f"{NAME}{place.parent_id}" if isinstance(place, discord.Thread) and not post else None
    return posted(message, channel or channels.name_of(place.id), parent, me, post)


def posted(
    message: discord.Message, channel: str, parent: str | None, me: int, post: int = 0
) -> Event | None:
    """A message as words, or as the command that it gives; None if it is nothing to us.

    Without the right to read, Discord leaves the content out of all messages but direct ones and those that mention
    the bot (Discord, Gateway, Message Content Intent). In a `post` of a forum all that people say answers what it
    begins with, if it answers nothing else.
    """
    if message.author.bot or message.webhook_id or message.type not in TALK:
        return None
    text, mentioned = without_mention(message.content, me)
    author, at = person(message.author), message.created_at
    id = message_name(message.id, post)
    if mentioned and message.guild is not None:
        parsed = parse(text, "/") if text.startswith("/") else None
        if not text or (parsed and not parsed.fault):
            command, args = (parsed.command, parsed.args) if parsed else ("help", {})
            return command_given(id, channel, at, author, command, args)
    if not text:
        return None
    is_reply = message.reference is not None and message.type is discord.MessageType.reply
    answered = message.reference.message_id if message.reference is not None and is_reply else post
    names = {str(user.id): user.display_name for user in message.mentions}
    return Posted(
        id=id,
        channel=channel,
        at=at,
        person=author,
        text=with_names(text, names)[:LONGEST],
        reply_to=message_name(answered, post) if answered else None,
        parent=parent,
    )


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text with people's names in place of mentions by id; an id that is not among `names` stays."""
    return MENTION.sub(lambda m: f"@{names[m[1]]}" if m[1] in names else m[0], text)


def without_mention(text: str, me: int) -> tuple[str, bool]:
    """A text without the mention of the bot that it begins with, and whether there was one."""
    for mention in (f"<@{me}>", f"<@!{me}>"):
        if text.startswith(mention):
            return text[len(mention) :].strip(), True
    return text, False


def edited(data: Mapping[str, Any], channel: str, me: int, post: int = 0) -> Event | None:
    """A change of a message by its author, from Discord's message object; None if it is no such change.

    Discord tells of an update also when it adds a preview, and without the right to read it leaves the content out:
    neither is an edit, and neither may erase an answer.
    """
    author = data.get("author") or {}
    text, _ = without_mention(str(data.get("content") or ""), me)
    edited_at = data.get("edited_timestamp")
    if not text or not edited_at or author.get("bot") or "id" not in author:
        return None
    at = parse_time(edited_at)
    names = {str(user["id"]): _name_of(user) for user in data.get("mentions") or ()}
    message = message_name(data["id"], post)
    return Edited(
        id=f"{message}:e{int(at.timestamp() * 1000)}",
        channel=channel,
        at=at,
        person=Person(id=PersonId(f"{NAME}{author['id']}"), name=_name_of(author)),
        message=message,
        text=with_names(text, names)[:LONGEST],
    )


def _name_of(user: Mapping[str, Any]) -> str:
    return str(user.get("global_name") or user.get("username") or "")


def deleted(message: int, channel: str, at: datetime, post: int = 0) -> Event:
    """The deletion of a message; told twice it is the same event."""
    name = message_name(message, post)
    return Deleted(id=f"{name}:gone", channel=channel, at=at, message=name)


def command_given(
    id: str,
    channel: str,
    at: datetime,
    author: Person,
    command: str,
    args: Mapping[str, str],
    *,
    host: bool = False,
    session: str = "",
) -> Event:
    """A command, however it was given; to come in is an event of its own."""
    return TABLE.event(
        CommandGiven(
            id=id,
            channel=channel,
            at=at,
            person=author,
            command=command,
            args=dict(args),
            host=host,
            session=session,
            private=direct_channel(author.id),
        )
    )


def reacted(message: str, channel: str, user: int, sign: str, *, on: bool) -> Event:
    """A reaction that somebody put on a message or took away; the latest one counts."""
    return Reacted(
        id=f"{message}:r{user}:{time.time_ns()}",
        channel=channel,
        at=datetime.now(timezone.utc),
        person=Person(id=PersonId(f"{NAME}{user}"), name=""),
        message=message,
        sign=sign,
        on=on,
    )


def message_used(id: str, channel: str, at: datetime, author: Person, message: str, text: str) -> Event:
    """An earlier message of somebody's, which they declare to be their answer."""
    return MessageUsedAsAnswer(id=id, channel=channel, at=at, person=author, message=message, text=text)
