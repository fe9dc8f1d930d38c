"""The inbox: how far each platform was heard, and the events that wait or were put aside."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store import Held, codec
from bot.store.commit import advance
from bot.store.engine import Engine, read


class Inbox:
    """The position of each platform, and its events that wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def held(self, session: str) -> Sequence[Held]:
        """Events that wait to be heard."""
        rows = await read(
            self._engine,
            "SELECT session, body, reason, error FROM held WHERE session = ? ORDER BY at, event",
            session,
        )
        return [
            Held(session=session, event=codec.loads(body), reason=reason, error=error)
            for session, body, reason, error in rows
        ]

    async def all_held(self) -> Sequence[Held]:
        """Every event that waits or is parked, for start-up and `doctor`."""
        rows = await read(self._engine, "SELECT session, body, reason, error FROM held ORDER BY at, event")
        return [
            Held(session=session, event=codec.loads(body), reason=reason, error=error)
            for session, body, reason, error in rows
        ]

    async def advance(self, platform: str, cursor: str) -> None:
        """Keep a position before which nothing was for us."""
        await self._engine.write(lambda db: advance(db, platform, cursor))

    async def cursor(self, platform: str) -> str | None:
        """The position up to which a platform was heard."""
        rows = await read(self._engine, "SELECT value FROM cursor WHERE platform = ?", platform)
        return rows[0][0] if rows else None
