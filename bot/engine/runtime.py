"""Hears events, decides and commits them in batches, and hands what was committed to delivery.

    platform -> hear -> store.look -> core.step -> store.commit -> delivery -> platform.perform

One loop drains everything that waits, so that 250 people who answer at once cost one or two
commits. Nothing is said, and no event counts as heard, before its commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.clock import Clock
from bot.core.model.cards import Note
from bot.core.model.effects import SOON, Say, Wake
from bot.core.model.events import Deleted, Edited, Event, HostRightsEnded
from bot.core.model.facts import Fact, PlaceReady
from bot.core.model.session import Session, private_place
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.engine.cursors import Cursors, PendingEvent
from bot.engine.decider import Decider
from bot.engine.deliverables import Badges, Downloads
from bot.engine.delivery import Delivery
from bot.engine.due import DueEvents
from bot.engine.host_rights import end_hosting
from bot.engine.inbox import Inbox
from bot.engine.outbox_rows import key_of
from bot.engine.plan_service import CalendarLinks, PlanService
from bot.engine.reported import Reported
from bot.engine.session_repository import SessionRepository, may_span
from bot.engine.silence import Silence
from bot.engine.supervision import supervise
from bot.engine.timers import Timers
from bot.scheduling.decision import room_place
from bot.store import Decided, Duplicate, Row
from bot.store.store import Store

log = structlog.get_logger()

HELD_PAUSE = 5.0  # seconds until an event that had to wait is tried in any case

Listener = Callable[[Session, Sequence[Fact]], None]


class Runtime:
    """The one writer.

    Args:
        shelf: the workshops that can be started, by their ids.
        times: the zone, quiet hours and keeping of this installation.
        language: of this installation, where no workshop is held.
        sessions: the repository that platforms read from, if they read sessions; it must be the same one.
        badges: issues badges; without it none are issued.
        downloads: makes what people ask for in private; without it nobody gets files.
        calendar_links: the addresses of calendars; without it nobody gets a calendar.
        look: whether workshops were saved since; what is on the shelf may be another afterwards.
    """

    def __init__(
        self,
        store: Store,
        shelf: dict[str, Listing],
        platforms: Sequence[Platform],
        clock: Clock,
        times: Times | None = None,
        language: str = "en",
        sessions: SessionRepository | None = None,
        *,
        badges: Badges | None = None,
        downloads: Downloads | None = None,
        calendar_links: CalendarLinks | None = None,
        look: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.store = store
        self._language = language  # of this installation, where no workshop is held
        self.shelf = shelf
        self.clock = clock
        self.platforms = {platform.name: platform for platform in platforms}
        self.sessions = sessions or SessionRepository(store, language)
        self._cursors = Cursors(store, clock)
        self._reported = Reported(self.hear, clock, self.platforms, self.sessions, language)
        silence = Silence(
            self.sessions.load,
            self._reported.writing,
            lambda room: self._due.away.add(room),
            lambda room: self._due.back(room),
        )
        self.delivery = Delivery(
            store,
            self.platforms,
            clock,
            self.sessions.load,
            self._reported.opened,
            self._retry_held,
            self._reported.series_held,
            self._reported.not_granted,
            silence,
            badges,
            downloads,
        )
        self._listeners: list[Listener] = []
        self.timers = Timers(store, clock)
        times = times or Times()
        spans = partial(may_span, self.platforms, self.sessions)
        self.plan_service = PlanService(
            store, self.shelf, times, self.platforms, self.sessions.get, spans, language, calendar_links
        )
        self.decider = Decider(
            self.sessions, self.shelf, self.platforms, self.plan_service, spans, times, clock, look
        )
        self._inbox = Inbox(store, self.decider, self.sessions, self._cursors, self._after, self._changed)
        self._due = DueEvents(store, clock, self.timers, self.sessions, self._inbox.submit)
        self._held: dict[str, int] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self._spawned: set[asyncio.Task[Any]] = set()

    # -- life ------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up what an earlier run left: effects to perform, events that were held."""
        for held in await self.store.inbox.all_held():
            if held.reason == "held":
                self._held[held.session] = self._held.get(held.session, 0) + 1
        await self.timers.load()
        for event in await self.timers.rules():
            self._inbox.submit([PendingEvent(event)])
        await self.delivery.start()
        for session in list(self._held):
            await self._retry_held(session)

    @property
    def commits(self) -> int:
        """The number of batches that were written since the start."""
        return self._inbox.commits

    @property
    def away(self) -> frozenset[str]:
        """The platforms that can't be heard now, and the rooms where the bot may not write."""
        return frozenset(self._due.away)

    def subscribe(self, listener: Listener) -> None:
        """Tell `listener` of each session that changed, with the facts of the change, once they are on disk."""
        self._listeners.append(listener)

    def run(self) -> None:
        """Listen to every platform and watch the clock, until `stop`."""
        caught_up = [asyncio.Event() for _ in self.platforms]
        self.tasks = [
            asyncio.create_task(self._listen(platform, event), name=f"listen {platform.name}")
            for platform, event in zip(self.platforms.values(), caught_up, strict=True)
        ]
        self.tasks.append(asyncio.create_task(self._due.watch(caught_up), name="clock"))

    async def stop(self) -> None:
        """Stop listening; what is under way is finished or stays in the outbox."""
        for task in (*self.tasks, *self._spawned):
            task.cancel()
        await asyncio.gather(*self.tasks, *self._spawned, return_exceptions=True)
        self.tasks = []
        await self._inbox.finish()
        await self._cursors.keep()
        await self.delivery.stop()
        self.timers.close()

    async def _listen(self, platform: Platform, caught_up: asyncio.Event) -> None:
        off = partial(self._due.off, platform.name, caught_up)
        await supervise(platform.name, partial(self._hear_all, platform, caught_up), off)

    async def _hear_all(self, platform: Platform, caught_up: asyncio.Event) -> None:
        since = await self._cursors.of(platform.name)
        last: asyncio.Future[None] | None = None  # of what this platform told and is perhaps not on disk yet
        async for batch in platform.events(since):
            if batch.lost:
                self._due.away.add(platform.name)
                continue
            if not batch.events and batch.cursor and (last is None or last.done()):
                await self._cursors.passed(platform.name, batch.cursor)
            last_event = len(batch.events) - 1
            for event in batch.events:
                if isinstance(event, HostRightsEnded):
                    place, who = platform.community(event.channel), event.person
                    self._spawn(end_hosting(self.store, self.sessions, self.clock, event.id, place, who))
                elif person := getattr(event, "person", None):
                    self.delivery.again(private_place(person.id))
            waiting = [
                PendingEvent(event, platform.name, batch.cursor if nth == last_event else "")
                for nth, event in enumerate(batch.events)
            ]
            if waiting:
                if batch.acknowledged is not None:
                    waiting[-1].future.add_done_callback(partial(_tell, batch.acknowledged))
                last = waiting[-1].future
                self._inbox.submit(waiting)
                # The next batch may be read while this one is decided; order is kept by the inbox.
                if not batch.caught_up:
                    await asyncio.gather(*(pending.future for pending in waiting))
            if platform.name in self._due.away:
                self._due.back(platform.name)
                self.delivery.again(platform.name)
            if batch.caught_up:
                caught_up.set()

    async def announce(self, id: str, channel: str, note: Note) -> bool:
        """Say something in a room that belongs to no session, once for this id; whether it was new."""
        platform = self.platforms.get(channel.partition(":")[0])
        if platform is None:
            return False
        place = room_place(channel)
        row = Row(
            key=key_of("", id, place),
            session="",
            channel=channel,
            place=place,
            effect=Say(place=place, name=id, card=note),
            due=self.clock.now(),
            priority=SOON,
        )
        try:
            await self.store.commit([Decided(event=id, session="", at=self.clock.now(), rows=[row])])
        except Duplicate:
            return False
        self.delivery.add([row])
        return True

    async def next_due(self) -> datetime | None:
        """The moment at which the next timer or plan is due."""
        return await self._due.next_at()

    async def wake(self) -> int:
        """Feed the timers and plans that are due now; how many there were."""
        return await self._due.feed()

    # -- hearing ---------------------------------------------------------------------------------

    async def hear(self, event: Event, platform: str = "", cursor: str = "") -> None:
        """Return when the event, and all that follows from it, is on disk."""
        waiting = PendingEvent(event, platform, cursor)
        self._inbox.submit([waiting])
        await waiting.future

    def _changed(self, session: Session, facts: Sequence[Fact]) -> None:
        for listener in self._listeners:
            listener(session, facts)

    def _after(self, decided: Decided) -> None:
        if decided.opened is not None and self.tasks:
            self._spawn(self._reported.missing_permissions(decided.opened))
        if decided.held is not None and decided.held.reason == "held":
            key = decided.held.session
            self._held[key] = self._held.get(key, 0) + 1
            if self.tasks:
                # What it waits for may have settled while this was on its way to disk: look once more.
                asyncio.get_running_loop().call_later(HELD_PAUSE, self._retry_later, key)
        self.delivery.add(decided.rows)
        for changed in decided.plans:
            if changed.plan is not None:
                self.timers.put(changed.plan)
        for fact in decided.facts:
            if isinstance(fact, PlaceReady):
                self.delivery.placed(decided.session, fact.place, fact.channel)
        if any(isinstance(row.effect, Wake) for row in decided.rows):
            self.timers.moved.set()

    def _retry_later(self, session: str) -> None:
        if self.tasks:
            self._spawn(self._retry_held(session))

    def _spawn(self, looking: Coroutine[Any, Any, object]) -> None:
        """Do it beside everything else; a task that nobody holds could vanish."""
        task = asyncio.create_task(looking)
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    async def _retry_held(self, session: str) -> None:
        """Something of this session settled: hear again what waited for it."""
        if not self._held.pop(session, 0):
            return
        events = [held.event for held in await self.store.inbox.held(session) if held.reason == "held"]
        events.sort(key=lambda event: isinstance(event, Edited | Deleted))  # a message before its change
        self._inbox.submit([PendingEvent(event, unheld=True) for event in events])

    async def idle(self) -> None:
        """Wait until everything heard is decided, performed and settled (rehearsals and tests)."""
        while self._inbox.busy:
            await self._inbox.finish()
        await self.delivery.idle()
        if self._inbox.busy:
            await self.idle()


def _tell(heard: Callable[[], None], future: asyncio.Future[None]) -> None:
    if not future.cancelled() and future.exception() is None:
        heard()
