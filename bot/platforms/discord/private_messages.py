"""Messages to one person alone: beside what they tapped, else as a direct message, else when they tap again."""

from __future__ import annotations

import discord

from bot.core.platform import Post
from bot.core.text.wording import tr
from bot.errors import Permanent, Transient
from bot.platforms.discord import components, sentences
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import NO_DIRECT, Refused
from bot.platforms.discord.ids import DIRECT, NAME
from bot.platforms.discord.messages import EPHEMERAL, Messages
from bot.platforms.discord.replies import Replies
from bot.render.attachments import PAGE, PICTURE

# Kinds of posts that must not vanish, as a reply does when its reader closes it, where there is another way.
LASTING = frozenset({"question", "report", "entrusted", "badge", "panel", PICTURE, PAGE})
CLOSED_PAUSE = (
    3600.0  # seconds until somebody who takes no direct messages is tried again, unless they come before
)
CLOSED_TRIES = 14 * 24


class PrivateMessages:
    """Posts in direct channels."""

    def __init__(self, channels: Channels, messages: Messages, replies: Replies) -> None:
        self._channels = channels
        self._messages = messages
        self._replies = replies
        self._tries: dict[str, int] = {}  # keys of what waits for people who take no direct messages

    async def send(self, channel: str, post: Post, key: str, because: str) -> str:
        """Say it to the person of a direct channel; our name of the message.

        Raises:
            Transient: they take no direct messages; a reply to what they do next reaches them.
            Permanent: they never came back.
        """
        if post.kind not in LASTING:
            # What belongs to no session, such as a reminder, may be read much later and must not vanish.
            exactly, waited = not post.session, key in self._tries
            ephemeral = await self._reply(channel, post, key, because, exactly=exactly, closed=waited)
            if ephemeral is not None:
                return ephemeral
        try:
            sent = await self._messages.send(await self._channels.target(channel), post, key)
            self._tries.pop(key, None)
            return sent
        except Refused as error:
            if error.code != NO_DIRECT:
                raise
        ephemeral = await self._reply(channel, post, key, because, exactly=False, closed=True)
        if ephemeral is not None:
            return ephemeral
        self._tries[key] = self._tries.get(key, 0) + 1
        if self._tries[key] > CLOSED_TRIES:
            del self._tries[key]
            raise Permanent("takes no direct messages, and did not come back")
        raise Transient("takes no direct messages", CLOSED_PAUSE)

    async def _reply(
        self, channel: str, post: Post, key: str, because: str, *, exactly: bool, closed: bool = False
    ) -> str | None:
        """Say it as a reply to a recent interaction; our name of the message, or None if there is no such reply.

        Args:
            exactly: only to the interaction that caused it.
            closed: there is no other way, so it is said once how to open one.
        """
        reply = self._replies.to(NAME + channel.removeprefix(DIRECT), because, exactly=exactly)
        if reply is None:
            return None
        more = list(reply.extra)
        if closed and not reply.told_how:
            more.append(discord.ui.TextDisplay(f"-# {tr(sentences.NO_DIRECT_MESSAGES)}"))
            reply.told_how = True
        view = components.with_more(await self._messages.view(post, key), more)
        reply.extra = ()
        message = await self._replies.say(reply, view, components.attached(post))
        if message is None:
            return None
        self._tries.pop(key, None)
        return f"{EPHEMERAL}{message}"
