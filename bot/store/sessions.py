"""The list of sessions, by room and by community."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.store import codec
from bot.store.codec import utc
from bot.store.engine import Engine, Rows, read


class SessionList:
    """All sessions that were ever opened."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def listed(self, room: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Sessions as (id, script hash, phase), the newest first; of one room if it is named."""
        where, parameters = ("", ()) if room is None else (" WHERE room = ?", (room,))
        sql = f"SELECT id, script, phase FROM session{where} ORDER BY opened_at DESC"
        return [(id, script, phase) for id, script, phase in await read(self._engine, sql, *parameters)]

    async def in_phases(self, phases: Collection[str]) -> Sequence[str]:
        """The ids of the sessions that are in one of these phases, the newest first; without a look at the others."""

        def work(db: Rows) -> list[str]:
            sql = f"SELECT id FROM session WHERE phase IN ({db.listed}) ORDER BY opened_at DESC"
            return [id for (id,) in db.execute(sql, (codec.write(sorted(phases)),))]

        return await self._engine.read(work)

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
