"""Reactions that people put on the cards of a gallery while nobody told us of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import structlog

from bot.core.model.events import Event
from bot.core.model.session import Session
from bot.core.model.steps import Step
from bot.core.steps.gallery import card_meant
from bot.core.steps.kind import Wall
from bot.core.steps.registry import kind_of
from bot.engine.outbox_rows import key_of
from bot.errors import Permanent
from bot.platforms.discord import event_mapping
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import NAME, discord_id
from bot.platforms.sessions import LoadSession, open_sessions
from bot.store.store import Store

log = structlog.get_logger()


class Reactions:
    """The reactions under the galleries of open sessions."""

    def __init__(self, store: Store, client: DiscordClient, load: LoadSession) -> None:
        self._store = store
        self._client = client
        self._load = load

    async def missed(self) -> list[Event]:
        """Those that are not counted yet.

        Who has no reaction there may have given it with a button, so what is counted stays counted.
        """
        missed: list[Event] = []
        async for session, script in open_sessions(self._store, self._load):
            for step in script.all_steps:
                wall = kind_of(step).wall(session, step) if step.id in session.steps else None
                if wall is not None:
                    try:
                        async for message, channel in self._messages(session, wall):
                            missed += await self._read(session, step, wall, message, channel)
                    except Permanent as error:
                        log.warning("signs cannot be read", session=session.id, error=str(error))
        return missed

    async def _messages(self, session: Session, wall: Wall) -> AsyncIterator[tuple[str, str]]:
        """The messages that the cards of a gallery stand in, with their channels."""
        for place in session.rooms:
            channel = session.places.get(place, "")
            for name in wall.messages if channel.startswith(NAME) else ():
                for receipt in await self._store.outbox.receipts(session.id, key_of(session.id, name, place)):
                    yield receipt.message, channel

    async def _read(
        self, session: Session, step: Step, wall: Wall, message: str, channel: str
    ) -> list[Event]:
        state, sign = session.steps[step.id], wall.signs[0].key
        events: list[Event] = []
        async with self._client.asking():
            room = self._client.get_partial_messageable(discord_id(channel))
            fetched: discord.Message = await room.fetch_message(discord_id(message))
        for reaction in fetched.reactions:
            n = card_meant(str(reaction.emoji))
            if not 0 < n <= len(state.cards):
                continue
            async with self._client.asking():
                users = [user.id async for user in reaction.users(limit=None)]
            events += [
                event_mapping.reacted(message, channel, user, str(reaction.emoji), on=True)
                for user in users
                if (state.cards[n - 1], sign) not in state.signs.get(f"{NAME}{user}", frozenset())
            ]
        return events
