"""What is due: the timers of sessions and the moments of plans become events when their time comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.core.model.effects import Wake
from bot.core.model.events import TimerFired
from bot.engine.cursors import PendingEvent
from bot.engine.session_repository import SessionRepository
from bot.engine.timers import Timers
from bot.errors import StoreUnavailable
from bot.store.store import Store

log = structlog.get_logger()

STORE_PAUSE = 5.0  # seconds until a database that cannot be read is tried again
TIMERS_AT_ONCE = 200
CATCH_UP = 30.0  # seconds that timers wait for the platforms to tell what was missed


class DueEvents:
    """Watches the clock. The clock of a session stands still while none of its platforms can be heard.

    Args:
        submit: takes events that are to be decided.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        timers: Timers,
        sessions: SessionRepository,
        submit: Callable[[Sequence[PendingEvent]], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._timers = timers
        self._sessions = sessions
        self._submit = submit
        self.away: set[str] = set()  # platforms that cannot be heard, and rooms where the bot may not write
        self._still: set[str] = set()  # sessions whose clock stands still meanwhile

    async def watch(self, caught_up: Iterable[asyncio.Event]) -> None:
        """Feed what is due, for ever; at first the platforms may tell what was missed."""
        waits = [asyncio.create_task(event.wait()) for event in caught_up]
        if waits:
            await asyncio.wait(waits, timeout=CATCH_UP)
        while True:
            self._timers.moved.clear()
            try:
                if not await self.feed():
                    await self._clock.until(await self.next_at(), self._timers.moved)
            except StoreUnavailable as error:
                log.error("cannot see what is due", why=str(error))
                await asyncio.sleep(STORE_PAUSE)

    async def next_at(self) -> datetime | None:
        """The moment at which the next timer or plan is due."""
        waits = (await self._store.outbox.next_due(self._still), self._timers.next_at())
        return min(filter(None, waits), default=None)

    async def feed(self) -> int:
        """Feed the timers and plans that are due now; how many there were."""
        await self._timers.load()
        now = self._clock.now()
        due = await self._store.outbox.due(now, TIMERS_AT_ONCE, self._still)
        waiting = [PendingEvent(event) for event in self._timers.due()]
        for timer in due:
            if self.away and await self._out_of_reach(timer.session):
                self._still.add(timer.session)
                continue
            if isinstance(timer.effect, Wake):
                event = TimerFired(
                    id=f"wake:{timer.key}",
                    at=now,
                    session=timer.session,
                    timer=timer.effect.timer,
                    due=timer.due,
                )
                waiting.append(PendingEvent(event, settles=((timer.session, timer.key),)))
        self._submit(waiting)
        await asyncio.gather(*(pending.future for pending in waiting))
        return len(waiting)

    async def _out_of_reach(self, key: str) -> bool:
        """True if nobody in a session can be heard or told anything just now; then its clock stands still."""
        session = await self._sessions.get(key)
        rooms = [session.places[room] for room in session.rooms]
        return bool(rooms) and all({room, room.partition(":")[0]} & self.away for room in rooms)

    def off(self, platform: str, caught_up: asyncio.Event) -> None:
        """A platform cannot be heard: no clock stands still for it but those of its own sessions."""
        self.away.add(platform)
        caught_up.set()

    def back(self, where: str) -> None:
        """A platform can be heard again (what was said is in the inbox), or a room written in: clocks go on."""
        self.away.discard(where)
        self._still.clear()
        self._timers.moved.set()
