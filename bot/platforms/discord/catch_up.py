"""Events that Discord dispatched to nobody while the bot was away, read from the channels of open sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timezone

import discord
import structlog

from bot.core.model.events import Event
from bot.core.model.session import HOSTS
from bot.errors import Permanent
from bot.platforms.discord import event_mapping
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import NAME, discord_id, post_of
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.reactions import Reactions
from bot.platforms.sessions import LoadSession, open_sessions
from bot.store.store import Store

log = structlog.get_logger()

# The channels of sessions that take answers -> the messages there that are somebody's answer.
OpenChannels = Callable[[], Awaitable[Mapping[str, Sequence[str]]]]


async def open_channels(store: Store, load: LoadSession) -> Mapping[str, Sequence[str]]:
    """The channels of sessions that take answers, with the messages there that are somebody's answer."""
    answers: dict[str, list[str]] = {}
    async for session, _ in open_sessions(store, load):
        for place, channel in session.places.items():
            if channel.startswith(NAME) and place != HOSTS:
                answers.setdefault(channel, [])
        for answer in session.answers.values():
            channel = session.places.get(answer.room, "")
            if answer.source.startswith(NAME) and channel in answers and not answer.withdrawn:
                answers[channel].append(answer.source)
    return answers


class CatchUp:
    """Reads back what was said, changed, deleted, voted and signed meanwhile."""

    def __init__(
        self,
        client: DiscordClient,
        channels: Channels,
        polls: Polls,
        reactions: Reactions,
        open_channels: OpenChannels,
    ) -> None:
        self._client = client
        self._channels = channels
        self._polls = polls
        self._reactions = reactions
        self._open_channels = open_channels

    async def missed(self, after: int) -> list[Event]:
        """All of it since a position, messages by the time at which they were written."""
        dated: list[tuple[int, Event]] = []
        for channel in await self._open_channels():
            async for target, post in self._rooms_of(channel):
                dated += await self._read(target, channel, after, post)
        in_order = [event for _, event in sorted(dated, key=lambda pair: pair[0])]
        signs = await self._reactions.missed()
        return [*in_order, *(await self._polls.missed()), *signs]

    async def changed(self) -> AsyncIterator[Event]:
        """What became of earlier answers: changes and deletions. There may be thousands of messages to read for it."""
        for channel, answers in (await self._open_channels()).items():
            if not answers:
                continue
            async for target, post in self._rooms_of(channel):
                wanted = [discord_id(answer) for answer in answers if post_of(answer) == post]
                for event in await self._read_answers(target, channel, wanted, post):
                    yield event

    async def _rooms_of(self, channel: str) -> AsyncIterator[tuple[int, int]]:
        """The id of a channel, then those of the posts of a forum that belong to it, each with the post or 0."""
        try:
            yield await self._channels.target(channel), 0
        except Permanent as error:
            log.warning("a channel cannot be read", channel=channel, error=str(error))
        for post in self._channels.posts_of(channel):
            yield post, post

    async def _history(self, target: int, after: int) -> dict[int, discord.Message]:
        """The messages of one room since an id; none if it cannot be read."""
        messages: dict[int, discord.Message] = {}
        async with self._client.asking():
            room = await self._client.fetch_channel(target)
            if not isinstance(room, discord.abc.Messageable):
                raise Permanent("nothing can be said in this channel")
            async for message in room.history(limit=None, after=discord.Object(after), oldest_first=True):
                messages[message.id] = message
        return messages

    async def _read(self, target: int, channel: str, after: int, post: int) -> list[tuple[int, Event]]:
        """What was said in one room, each with the id that says when it happened."""
        try:
            messages = await self._history(target, after)
        except Permanent as error:
            log.warning("a channel cannot be read", channel=channel, post=post, error=str(error))
            return []
        dated: list[tuple[int, Event]] = []
        for id, message in messages.items():
            posted = event_mapping.message_posted(message, self._channels, self._client.me, channel)
            dated += [(id, posted)] if posted is not None else []
            edited = self._edited(message, channel, post)
            dated += [(id + 1, edited)] if edited is not None else []
        return dated

    async def _read_answers(self, target: int, channel: str, wanted: Sequence[int], post: int) -> list[Event]:
        """The changes and deletions of these messages of one room."""
        if not wanted:
            return []
        try:
            messages = await self._history(target, min(wanted) - 1)
        except Permanent as error:
            log.warning("a channel cannot be read", channel=channel, post=post, error=str(error))
            return []
        now = datetime.now(timezone.utc)
        found = [self._edited(messages[id], channel, post) for id in wanted if id in messages]
        gone = [event_mapping.deleted(id, channel, now, post) for id in wanted if id not in messages]
        return [*(event for event in found if event is not None), *gone]

    def _edited(self, message: discord.Message, channel: str, post: int) -> Event | None:
        if message.edited_at is None or message.author.bot:
            return None
        data = {
            "id": message.id,
            "content": message.content,
            "edited_timestamp": message.edited_at.isoformat(),
            "author": {"id": message.author.id, "global_name": message.author.display_name},
        }
        return event_mapping.edited(data, channel, self._client.me, post)
