"""Messages to one person alone: beside what they tapped, else as a direct message, else when they tap again."""

from __future__ import annotations

from bot.core.platform import Post
from bot.errors import Permanent, Transient
from bot.platforms.discord import components
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import NO_DIRECT, Refused
from bot.platforms.discord.ids import DIRECT, NAME
from bot.platforms.discord.messages import EPHEMERAL, Messages
from bot.platforms.discord.replies import Replies
from bot.render.attachments import PAGE, PICTURE

# Kinds of posts that must not vanish, as a reply does when its reader closes it.
LASTING = frozenset({"question", "report", "entrusted", "badge", PICTURE, PAGE})
CLOSED_PAUSE = 60.0  # seconds until somebody who takes no direct messages is tried again
CLOSED_TRIES = 400


class PrivateMessages:
    """Posts in direct channels."""

    def __init__(self, channels: Channels, messages: Messages, replies: Replies) -> None:
        self._channels = channels
        self._messages = messages
        self._replies = replies
        self._closed: dict[str, int] = {}  # direct channel of whoever takes no direct messages -> tries

    async def send(self, channel: str, post: Post, key: str, because: str) -> str:
        """Say it to the person of a direct channel; our name of the message.

        Raises:
            Transient: they take no direct messages; a reply to what they tap next may reach them.
            Permanent: they never came back.
        """
        ephemeral = await self._reply(channel, post, key, because)
        if ephemeral is not None:
            return f"{EPHEMERAL}{ephemeral}"
        try:
            if channel in self._closed:
                raise Transient("takes no direct messages", CLOSED_PAUSE)
            return await self._messages.send(await self._channels.target(channel), post, key)
        except Refused as error:
            if error.code != NO_DIRECT:
                raise
            self._closed[channel] = 0
            raise Transient("takes no direct messages", CLOSED_PAUSE) from error
        except Transient:
            if channel in self._closed:
                self._closed[channel] += 1
                if self._closed[channel] > CLOSED_TRIES:
                    del self._closed[channel]
                    raise Permanent("takes no direct messages, and did not come back") from None
            raise

    async def _reply(self, channel: str, post: Post, key: str, because: str) -> int | None:
        """Say it as a reply to a recent interaction, if there is one that suits; the id of the message."""
        if post.kind in LASTING:
            return None
        # What belongs to no session, such as a reminder, may be read much later and must not vanish.
        person = NAME + channel.removeprefix(DIRECT)
        reply = self._replies.to(person, because, exactly=not post.session)
        if reply is None:
            return None
        view = components.with_more(await self._messages.view(post, key), reply.extra)
        reply.extra = ()
        return await self._replies.say(reply, view)
