"""The list of sessions, by room and by community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.store.codec import utc
from bot.store.engine import Engine, read


class SessionList:
    """All sessions that were ever opened."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def listed(self, room: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Sessions as (id, script hash, phase), the newest first; of one room if it is named."""
        rows = await read(
            self._engine,
            "SELECT id, script, phase FROM session WHERE CAST(? AS TEXT) IS NULL OR room = ?"
            " ORDER BY opened_at DESC",
            room,
            room,
        )
        return [(id, script, phase) for id, script, phase in rows]

    async def opened(self, community: str, since: datetime, until: datetime | None = None) -> Sequence[str]:
        """The ids of what a community has opened in this time, the first one first."""
        rows = await read(
            self._engine,
            "SELECT id FROM session WHERE community = ? AND opened_at >= ? AND opened_at < ? ORDER BY opened_at",
            community,
            utc(since),
            "9999" if until is None else utc(until),
        )
        return [id for (id,) in rows]

    async def communities(self, since: datetime, until: datetime) -> Sequence[str]:
        """The communities that have opened something in this time."""
        rows = await read(
            self._engine,
            "SELECT DISTINCT community FROM session WHERE opened_at >= ? AND opened_at < ? ORDER BY community",
            utc(since),
            utc(until),
        )
        return [community for (community,) in rows]
