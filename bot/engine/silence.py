"""Rooms in which the bot may not write: their sessions wait, and hosts hear what is missing and when it is there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.model.effects import Edit, Say
from bot.core.model.facts import Phase
from bot.core.text.messages import N_
from bot.engine.messages import Load
from bot.errors import MayNotWrite
from bot.store import Row

BACK = N_("I can write in the room again, so the session continues.")


class Silence:
    """Told by delivery of words that a platform may not say, and of those that it may.

    Args:
        tell: says a sentence to the hosts of a row's session; the last argument keeps it from being said twice.
        off: the clocks of the sessions in a room stand still.
        back: they go on.
    """

    def __init__(
        self,
        load: Load,
        tell: Callable[[Row, str, str], Awaitable[None]],
        off: Callable[[str], None],
        back: Callable[[str], None],
    ) -> None:
        self._load = load
        self._tell = tell
        self._off = off
        self._back = back
        self.rooms: dict[str, set[str]] = {}  # channel -> its sessions

    async def begun(self, row: Row, error: MayNotWrite) -> bool:
        """True if these words are to wait: they are for a room of a session that is not over."""
        session = (await self._load(row.session))[0] if row.session else None
        if session is None or session.phase is Phase.CLOSED or row.place not in session.rooms:
            return False
        sessions = self.rooms.setdefault(row.channel, set())
        if row.session not in sessions:
            sessions.add(row.session)
            self._off(row.channel)
            if not error.told:
                await self._tell(row, str(error), "silent")
        return True

    async def over(self, row: Row) -> None:
        """Something was done in such a room; if words were said there, it is one no more."""
        if isinstance(row.effect, Say | Edit):
            self.rooms.pop(row.channel)
            self._back(row.channel)
            await self._tell(row, BACK, "heard")
