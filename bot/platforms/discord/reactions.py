"""Signs that people put on the cards of a gallery while nobody told us of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import discord
import structlog

from bot.core.model.events import Event
from bot.core.model.script import Gallery, Script
from bot.core.model.session import Session
from bot.core.steps.gallery import CHUNK, card_meant, part_of
from bot.engine.outbox_rows import key_of
from bot.errors import Permanent
from bot.platforms.discord import event_mapping
from bot.platforms.discord.catch_up import OPEN
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import NAME, number
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


async def missed(client: DiscordClient, store: SqliteStore, load: Load) -> list[Event]:
    """The signs on the walls of open sessions that are not counted yet.

    Who has no sign there may have given it with a button, so what is counted stays counted.
    """
    found: list[Event] = []
    for key, _, phase in await store.sessions():
        if phase not in {each.value for each in OPEN}:
            continue
        session, script = await load(key)
        for step in script.all_steps:
            if isinstance(step, Gallery) and step.id in session.steps:
                try:
                    async for message, channel in _messages(store, session, step):
                        found += await _read(client, session, step, message, channel)
                except Permanent as error:
                    log.warning("signs cannot be read", session=key, error=str(error))
    return found


async def _messages(store: SqliteStore, session: Session, step: Gallery) -> AsyncIterator[tuple[str, str]]:
    """The messages that the cards of a gallery stand in, with their channels."""
    state = session.steps[step.id]
    for place in session.rooms:
        channel = session.places.get(place, "")
        for part in range(-(-len(state.cards) // CHUNK) if channel.startswith(NAME) else 0):
            name, _, _ = part_of(step, state.visit, state.cards, part)
            for receipt in await store.receipts(key_of(session.id, name, place)):
                yield receipt.message, channel


async def _read(
    client: DiscordClient, session: Session, step: Gallery, message: str, channel: str
) -> list[Event]:
    state, sign = session.steps[step.id], step.reactions[0].key
    found: list[Event] = []
    async with client.asking():
        talk = client.get_partial_messageable(number(channel))
        there: discord.Message = await talk.fetch_message(number(message))
    for reaction in there.reactions:
        n = card_meant(str(reaction.emoji))
        if not 0 < n <= len(state.cards):
            continue
        async with client.asking():
            users = [user.id async for user in reaction.users(limit=None)]
        found += [
            event_mapping.reacted(message, channel, user, str(reaction.emoji), on=True)
            for user in users
            if (state.cards[n - 1], sign) not in state.signs.get(f"{NAME}{user}", frozenset())
        ]
    return found
