"""Which channels have to be read again after a silence, and which messages there are answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.core.model.facts import Phase
from bot.core.model.script import Script
from bot.core.model.session import HOSTS, Session
from bot.platforms.discord.ids import NAME
from bot.store.sqlite import SqliteStore

OPEN = (Phase.LOBBY, Phase.RUNNING, Phase.TAIL, Phase.REVIEW)


async def open_channels(
    store: SqliteStore, load: Callable[[str], Awaitable[tuple[Session, Script]]]
) -> Mapping[str, Sequence[str]]:
    """The channels of sessions that take answers -> the messages there that are somebody's answer."""
    found: dict[str, list[str]] = {}
    phases = {phase.value for phase in OPEN}
    for key, _, phase in await store.sessions():
        if phase not in phases:
            continue
        session, _ = await load(key)
        for place, channel in session.places.items():
            if channel.startswith(NAME) and place != HOSTS:
                found.setdefault(channel, [])
        for answer in session.answers.values():
            channel = session.places.get(answer.room, "")
            if answer.source.startswith(NAME) and channel in found and not answer.withdrawn:
                found[channel].append(answer.source)
    return found
