"""Performs what was committed: in order in each channel, channels side by side.

A worker exists only while its channel has something to do. What fails for now is tried again after
a growing pause, and holds back what comes after it in that channel; what fails for good is put
aside, where the operator sees it.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.core.model.cards import Film
from bot.core.model.effects import Edit, Grant, OpenThread, React, Say, SyncCalendarEvent, Wake
from bot.core.model.session import PRIVATE
from bot.core.platform import Platform
from bot.engine.deliverables import Badges, Downloads, SeriesHeld
from bot.engine.giving_up import give_up
from bot.engine.messages import Load
from bot.engine.performer import Opened, Performed, Performer
from bot.engine.silence import Silence
from bot.errors import MayNotWrite, NoRight, Permanent, StoreError, StoreUnavailable, Transient
from bot.store import Receipt, Row
from bot.store.outbox import home_of
from bot.store.store import Store

log = structlog.get_logger()

STORE_PAUSE = 1.0  # seconds until a database that cannot be written is tried again
LONGEST_PAUSE = 60.0  # seconds between two tries
SIGNS_AT_ONCE = 64  # signs have no order among themselves

Settled = Callable[[str], Awaitable[None]]
NotGranted = Callable[[Row, str], Awaitable[None]]


def _lane(row: Row, *, replies: bool) -> str:
    """The lane of a row: its channel; but no word waits for what is slow, and no answer where there are `replies`."""
    event = replies and isinstance(
        row.effect, SyncCalendarEvent
    )  # elsewhere it pins a card, which comes before it
    slow = event or isinstance(row.effect, OpenThread | Grant)
    film = isinstance(row.effect, Say | Edit) and isinstance(row.effect.card, Film)
    aside = type(row.effect).__name__ if slow else "film" if film else ""
    if replies and not aside and row.place.startswith(PRIVATE):
        aside = row.because
    return f"{row.channel} {aside}" if aside else row.channel


class Delivery:
    """The outbox in motion. `opened` hears of a new thread, `settled` that a session moved on."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        clock: Clock,
        load: Load,
        opened: Opened,
        settled: Settled,
        series_held: SeriesHeld,
        not_granted: NotGranted,
        silence: Silence,
        badges: Badges | None = None,
        downloads: Downloads | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._load = load
        self._settled = settled
        self._not_granted = not_granted
        self._silence = silence
        self._performer = Performer(platforms, load, self._receipts, opened, series_held, badges, downloads)
        self._queues: dict[str, list[tuple[int, int, Row]]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[tuple[str, str], list[Row]] = {}  # for a place that is not there yet
        self._newest: dict[str, str] = {}  # supersedes -> key
        self._fresh: dict[str, list[Receipt]] = {}  # performed, on their way to disk
        self._done: list[Performed] = []
        self._settling: asyncio.Task[None] | None = None
        self._count = 0
        self._back: dict[tuple[str, str], asyncio.Event] = {}  # platform and place -> it can be reached again
        self._stopped = False

    async def start(self) -> None:
        """Take up what an earlier run committed and did not settle."""
        self.add(await self._store.outbox.pending(), recovered=True)

    def add(self, rows: Sequence[Row], *, recovered: bool = False) -> None:
        """Perform these rows in this order."""
        for row in rows:
            if isinstance(row.effect, Wake):
                continue
            if not row.channel:
                self._waiting.setdefault((row.session, row.place), []).append(row)
                continue
            if row.supersedes:
                self._newest[row.supersedes] = row.key
            if recovered:
                self._fresh.pop(row.key, None)
            self._count += 1
            there = self._platforms.get(row.channel.partition(":")[0])
            lane = _lane(row, replies=there is not None and there.can.replies)
            queue = self._queues.setdefault(lane, [])
            heapq.heappush(queue, (row.priority, self._count, row))
            if lane not in self._workers and not self._stopped:
                self._workers[lane] = asyncio.create_task(self._work(lane))

    def placed(self, session: str, place: str, channel: str) -> None:
        """A place has its channel now; what waited for it goes there."""
        self.add([replace(row, channel=channel) for row in self._waiting.pop((session, place), [])])

    def again(self, where: str) -> None:
        """A platform, or the person of a place, is back: what waits there is tried again now."""
        for place in [each for each in self._back if where in each]:
            self._back.pop(place).set()

    async def idle(self) -> None:
        """Wait until all is performed and settled (rehearsals and tests; a bot never is)."""
        while self._workers or self._settling:
            await asyncio.gather(*self._workers.values(), *filter(None, [self._settling]))

    async def stop(self) -> None:
        """Stop performing; what is left stands in the outbox."""
        self._stopped = True
        for worker in self._workers.values():
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        self._workers.clear()  # one that was ended before it began could not do this itself
        await asyncio.gather(*filter(None, [self._settling]), return_exceptions=True)

    async def _work(self, lane: str) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                row = heapq.heappop(queue)[2]
                if row.supersedes and self._newest.get(row.supersedes) != row.key:
                    continue
                if isinstance(row.effect, React):
                    rows = [row]
                    while queue and len(rows) < SIGNS_AT_ONCE and isinstance(queue[0][2].effect, React):
                        rows.append(heapq.heappop(queue)[2])
                    if len(rows) == 1:
                        await self._attempt(row)
                    else:
                        await asyncio.gather(*map(self._attempt, rows))
                else:
                    await self._attempt(row)
                if row.supersedes and self._newest.get(row.supersedes) == row.key:
                    del self._newest[row.supersedes]
        finally:
            self._workers.pop(lane, None)
            if not queue:
                self._queues.pop(lane, None)

    async def _attempt(self, row: Row) -> None:
        tries = row.tries
        while True:
            try:
                self._settle(await self._performer.perform(row))
                if row.channel in self._silence.rooms:
                    await self._silence.over(row)
                return
            except Transient as error:
                if isinstance(error, MayNotWrite) and not await self._silence.begun(row, error):
                    await give_up(self._store, self._load, row, error)
                    return
                tries += 1
                pause = error.retry_after or min(2.0 ** min(tries, 6) / 2, LONGEST_PAUSE)
                log.warning("will try again", key=row.key, tries=tries, pause=pause, error=str(error))
                at = self._clock.now() + timedelta(seconds=pause)
                back = self._back.setdefault((row.channel.partition(":")[0], row.place), asyncio.Event())
                await self._store.outbox.retry(row, at, str(error))
                await self._clock.until(at, back)
            except StoreUnavailable as error:  # the web room is kept there, too
                log.error("cannot write", key=row.key, why=str(error))
                await asyncio.sleep(STORE_PAUSE)
            except NoRight as error:
                await give_up(self._store, self._load, row, error)
                await self._not_granted(row, str(error))
                return
            except (Permanent, Exception) as error:
                # A fault of ours costs this one message, not the channel.
                log.error("given up", key=row.key, kind=type(row.effect).__name__, error=repr(error)[:200])
                await give_up(self._store, self._load, row, error)
                return

    async def _receipts(self, row: Row, key: str) -> Sequence[Receipt]:
        if key in self._fresh:
            return self._fresh[key]
        return await self._store.outbox.receipts(row.session, key, row.home)

    def _settle(self, performed: Performed) -> None:
        for key in _keys(performed):
            self._fresh[key] = _of(key, performed)
        self._done.append(performed)
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle_all())

    async def _settle_all(self) -> None:
        """Write down what was performed, as much as there is at once."""
        try:
            while self._done:
                done, self._done = self._done, []
                try:
                    await self._store.outbox.settle(
                        [each.row for each in done],
                        [receipt for each in done for receipt in each.receipts],
                        [(home_of(each.row), *part) for each in done for part in each.gone],
                        any(each.erasing for each in done),
                    )
                except StoreError as error:
                    # The rows stay in the outbox; after a restart they are performed again, under the same keys.
                    log.error("could not settle", rows=len(done), error=str(error))
                    if not self._stopped:
                        self._done = [*done, *self._done]
                        await asyncio.sleep(STORE_PAUSE)
                    continue
                for performed in done:
                    for key in _keys(performed):
                        if self._fresh.get(key) == _of(key, performed):  # nothing later is under way
                            self._fresh.pop(key, None)
                for session in {each.row.session for each in done}:
                    await self._settled(session)
        finally:
            self._settling = None


def _keys(performed: Performed) -> set[str]:
    """The messages that it changed."""
    return {receipt.key for receipt in performed.receipts} | {key for key, _ in performed.gone}


def _of(key: str, performed: Performed) -> list[Receipt]:
    return [receipt for receipt in performed.receipts if receipt.key == key]
