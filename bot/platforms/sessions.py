"""Sessions as the adapters of chat platforms read them: which are open, and which one is at home in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from bot.core.model.facts import Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.store.store import Store

LoadSession = Callable[[str], Awaitable[tuple[Session, Script]]]  # by the session's id

OPEN = frozenset(phase.value for phase in (Phase.LOBBY, Phase.RUNNING, Phase.TAIL, Phase.REVIEW))


async def open_sessions(store: Store, load: LoadSession) -> AsyncIterator[tuple[Session, Script]]:
    """Every session that still takes answers, with its script."""
    for key in await store.sessions.in_phases(OPEN):
        yield await load(key)


async def session_at(store: Store, channel: str) -> str:
    """The id of the session that is at home in a channel; empty where there is none."""
    context = await store.context_for([], [channel], [])
    return next((place.session for place in context.places.get(channel, ())), "")
