"""Listeners for what Discord dispatches while the bot is connected (Discord, Gateway events)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timezone
from typing import Any

import discord

from bot.core.model.events import Event, Person
from bot.core.model.ids import PersonId
from bot.core.steps.gallery import card_meant
from bot.platforms.discord import event_mapping
from bot.platforms.discord.catch_up import OpenChannels
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import NAME
from bot.platforms.discord.inbox import Inbox
from bot.platforms.discord.polls import Polls
from bot.platforms.room_registry import direct_channel
from bot.platforms.sessions import LoadSession, session_at
from bot.store.store import Store


class Listeners:
    """Messages, reactions, votes, and the bot's leaving a server; what is tapped is for `Interactions`."""

    def __init__(
        self,
        store: Store,
        client: DiscordClient,
        channels: Channels,
        polls: Polls,
        inbox: Inbox,
        load: LoadSession,
        open_channels: OpenChannels,
    ) -> None:
        self._store = store
        self._client = client
        self._channels = channels
        self._polls = polls
        self._inbox = inbox
        self._load = load
        self._open_channels = open_channels
        client.subscribe(
            on_message=self._on_message,
            on_raw_message_edit=self._on_raw_message_edit,
            on_raw_message_delete=self._on_raw_message_delete,
            on_raw_bulk_message_delete=self._on_raw_bulk_message_delete,
            on_raw_reaction_add=self._on_raw_reaction_add,
            on_raw_reaction_remove=self._on_raw_reaction_remove,
            on_raw_poll_vote_add=self._on_raw_poll_vote_add,
            on_raw_poll_vote_remove=self._on_raw_poll_vote_remove,
            on_guild_remove=self._on_guild_remove,
            on_guild_channel_delete=self._on_guild_channel_delete,
            on_raw_thread_delete=self._on_raw_thread_delete,
        )

    def _submit(self, event: Event | None) -> None:
        if event is not None:
            self._inbox.submit(event)

    async def _on_message(self, message: discord.Message) -> None:
        self._submit(event_mapping.message_posted(message, self._channels, self._client.me))

    async def _on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message, or Discord did."""
        data: Mapping[str, Any] = payload.data
        author = int((data.get("author") or {}).get("id", 0))
        channel = (
            self._channels.name_of(payload.channel_id)
            if payload.guild_id
            else direct_channel(f"{NAME}{author}")
        )
        post = self._channels.post(payload.channel_id)
        self._submit(event_mapping.edited(data, channel, self._client.me, post))

    async def _on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self._deleted(payload.message_id, payload.channel_id)

    async def _on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message in payload.message_ids:
            self._deleted(message, payload.channel_id)

    def _deleted(self, message: int, channel: int) -> None:
        now = datetime.now(timezone.utc)
        post = self._channels.post(channel)
        self._submit(event_mapping.deleted(message, self._channels.name_of(channel), now, post))

    async def _on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        self._reacted(payload, on=True)

    async def _on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        self._reacted(payload, on=False)

    def _reacted(self, payload: discord.RawReactionActionEvent, *, on: bool) -> None:
        sign = str(payload.emoji)
        if payload.user_id == self._client.me or payload.guild_id is None or not card_meant(sign):
            return  # a reaction that is nothing to us costs nothing, and is kept nowhere
        channel = self._channels.name_of(payload.channel_id)
        message = self._channels.message(payload.message_id, payload.channel_id)
        self._submit(event_mapping.reacted(message, channel, payload.user_id, sign, on=on))

    async def _on_raw_poll_vote_add(self, payload: discord.RawPollVoteActionEvent) -> None:
        self._voted(payload, on=True)

    async def _on_raw_poll_vote_remove(self, payload: discord.RawPollVoteActionEvent) -> None:
        self._voted(payload, on=False)

    def _voted(self, payload: discord.RawPollVoteActionEvent, *, on: bool) -> None:
        self._submit(self._polls.voted(payload.message_id, payload.user_id, payload.answer_id, on=on))

    async def _on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was sent away from a server."""
        await self._pause(guild.id, {channel.id for channel in (*guild.channels, *guild.threads)})

    async def _on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._pause(channel.guild.id, {channel.id})

    async def _on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        await self._pause(payload.guild_id, {payload.thread_id})

    async def _pause(self, guild: int, channels: Collection[int]) -> None:
        """These channels are gone, or out of reach: their sessions pause, and nothing of them is lost."""
        removed = {f"{NAME}{channel}" for channel in channels}
        for channel in sorted(removed & set(await self._open_channels())):
            key = await session_at(self._store, channel)
            if not key:
                continue
            session, _ = await self._load(key)
            if session.live and not session.paused and channel in map(session.places.get, session.rooms):
                guide = Person(id=PersonId(session.guide or f"{NAME}{self._client.me}"), name="")
                now = datetime.now(timezone.utc)
                id = f"{NAME}{guild}:left:{int(now.timestamp())}:{key}"
                self._inbox.submit(
                    event_mapping.command_given(
                        id, channel, now, guide, "workshop pause", {}, host=True, session=key
                    )
                )
