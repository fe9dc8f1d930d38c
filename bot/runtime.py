"""Hears events, decides and commits them in batches, and hands what was committed to the pump.

    platform -> hear -> store.look -> core.step -> store.commit -> pump -> platform.perform

One loop drains everything that waits, so that 250 people who answer at once cost one or two
commits. Nothing is said, and no event counts as heard, before its commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.cache import Cache
from bot.clock import Clock
from bot.core import community as communities
from bot.core import machine
from bot.core.cards import Note
from bot.core.community import Community, Listing, Times
from bot.core.effects import SOON, Appoint, Effect, Revise, Say, Wake
from bot.core.events import Due, Event, NotGranted, Ordered, Placed, SeriesDone, Woke
from bot.core.evolve import evolve, fold
from bot.core.facts import Fact, Opened, PlaceReady, RoomAdded
from bot.core.flow import NOT_YOURS
from bot.core.script import Script
from bot.core.session import PRIVATE, Session
from bot.errors import PlatformError, StoreUnavailable
from bot.languages import spoken
from bot.outbox import key_of, row
from bot.plans.calendar import Calendar
from bot.plans.pen import ROOM
from bot.plans.planner import HEARD, Planned, Planner, Working
from bot.platforms import Platform
from bot.pump import Pump
from bot.routing import (
    NOTHING_KNOWN,
    and_then,
    changed_within,
    enrich,
    forgets,
    known,
    must_wait,
    subjects,
    targets,
)
from bot.store import Conflict, Context, Decided, Duplicate, Held, Place, Row, Store

log = structlog.get_logger()

KNOWN_CHANNELS = 50_000
TIMERS_AT_ONCE = 200
CATCH_UP = 30.0  # seconds that timers wait for the platforms to tell what was missed
STORE_PAUSE = 1.0  # seconds until a full disk is tried again
HELD_PAUSE = 5.0  # seconds until an event that had to wait is tried in any case
CONFLICTS = 5
UNSEEN = Session()

Changed = Callable[[Session, Sequence[Fact]], None]


CURSOR_SECONDS = 60.0  # a platform that tells only of others' talk has its position kept this often


class Waiting:
    """An event that was told by a platform and is not yet on disk."""

    __slots__ = ("cursor", "event", "future", "platform", "settles", "unheld")

    def __init__(
        self,
        event: Event,
        platform: str = "",
        cursor: str = "",
        settles: tuple[str, ...] = (),
        unheld: bool = False,
    ) -> None:
        self.event = event
        self.platform = platform
        self.cursor = cursor
        self.settles = settles
        self.unheld = unheld
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Runtime:
    """The one writer. Give it a store, the workshops on the shelf, platforms and a clock."""

    def __init__(
        self,
        store: Store,
        shelf: Mapping[str, Listing],
        platforms: Sequence[Platform],
        clock: Clock,
        times: Times | None = None,
        language: str = "en",
    ) -> None:
        self.store = store
        self.times = times or Times()
        self._language = language  # of this installation, where no workshop is held
        self.shelf = dict(shelf)
        self.clock = clock
        self.platforms = {platform.name: platform for platform in platforms}
        self.pump = Pump(
            store,
            self.platforms,
            clock,
            self.load,
            self._opened,
            self._retry_held,
            self._series_held,
            self._not_granted,
        )
        self.changed: list[Changed] = []
        self.commits = 0
        self._cache = Cache()
        self._scripts: dict[str, Script] = {}
        self._communities: dict[str, Community] = {}
        self._places: dict[str, tuple[Place, ...]] = {}  # by channel; this process alone changes them
        self._inbox: list[Waiting] = []
        self._deciding: asyncio.Task[None] | None = None
        self.calendar = Calendar(store, clock)
        self._timer_moved = self.calendar.moved
        self.planner = Planner(
            store, self.shelf, self.times, self.platforms, self._session, self.may_span, language
        )
        self._held: dict[str, int] = {}
        self._away: set[str] = set()  # platforms that cannot be heard just now
        self._still: set[str] = set()  # sessions whose clock stands still meanwhile
        self._riding: dict[str, str] = {}  # positions that are not on disk yet, by platform
        self._kept: dict[str, datetime] = {}  # when the position was written, by platform
        self.tasks: list[asyncio.Task[None]] = []
        self._looking: set[asyncio.Task[None]] = set()

    # -- life ------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take up what an earlier run left: effects to perform, events that were held."""
        for held in await self.store.all_held():
            if held.reason == "held":
                self._held[held.session] = self._held.get(held.session, 0) + 1
        await self.calendar.load()
        for event in await self.calendar.rules():
            self._submit([Waiting(event)])
        await self.pump.start()
        for session in list(self._held):
            await self._retry_held(session)

    def run(self) -> None:
        """Listen to every platform and watch the clock, until `stop`."""
        caught_up = [asyncio.Event() for _ in self.platforms]
        self.tasks = [
            asyncio.create_task(self._listen(platform, event), name=f"listen {platform.name}")
            for platform, event in zip(self.platforms.values(), caught_up, strict=True)
        ]
        self.tasks.append(asyncio.create_task(self._watch_clock(caught_up), name="clock"))

    async def stop(self) -> None:
        """Stop listening; what is under way is finished or stays in the outbox."""
        for task in (*self.tasks, *self._looking):
            task.cancel()
        await asyncio.gather(*self.tasks, *self._looking, return_exceptions=True)
        self.tasks = []
        if self._deciding is not None:
            await asyncio.gather(self._deciding, return_exceptions=True)
        for platform in list(self._riding):
            await self._keep(platform)
        await self.pump.stop()
        self.calendar.close()

    async def _listen(self, platform: Platform, caught_up: asyncio.Event) -> None:
        since = await self.store.cursor(platform.name)
        last: asyncio.Future[None] | None = None  # of what this platform told and is perhaps not on disk yet
        if since:
            self._kept[platform.name] = self.clock.now()
        async for batch in platform.events(since):
            if batch.lost:
                self._away.add(platform.name)
                continue
            if not batch.events and batch.cursor and (last is None or last.done()):
                self._riding[platform.name] = batch.cursor
                if self._overdue(platform.name):
                    await self._keep(platform.name)
            waiting = [Waiting(event, platform.name) for event in batch.events]
            if waiting:
                waiting[-1].cursor = batch.cursor
                if batch.heard is not None:
                    waiting[-1].future.add_done_callback(partial(_tell, batch.heard))
                last = waiting[-1].future
                self._submit(waiting)
                # The next batch may be read while this one is decided; order is kept by the inbox.
                if not batch.caught_up:
                    await asyncio.gather(*(each.future for each in waiting))
            if platform.name in self._away:
                self._back(platform.name)
            if batch.caught_up:
                caught_up.set()

    async def _watch_clock(self, caught_up: Iterable[asyncio.Event]) -> None:
        waits = [asyncio.create_task(event.wait()) for event in caught_up]
        if waits:
            await asyncio.wait(waits, timeout=CATCH_UP)
        while True:
            self._timer_moved.clear()
            if not await self.wake():
                await self.clock.until(await self.next_due(), self._timer_moved)

    async def announce(self, id: str, channel: str, note: Note) -> bool:
        """Say something in a room that belongs to no session, once for this id; whether it was new."""
        platform = self.platforms.get(channel.partition(":")[0])
        if platform is None:
            return False
        place = f"{ROOM}{channel}"
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
        self.pump.add([row])
        return True

    async def next_due(self) -> datetime | None:
        """When the next timer or plan is due."""
        waits = (await self.store.next_due(self._still), self.calendar.next_at())
        return min(filter(None, waits), default=None)

    async def wake(self) -> int:
        """Feed the timers and plans that are due now; how many there were."""
        await self.calendar.load()
        now = self.clock.now()
        due = await self.store.due(now, TIMERS_AT_ONCE, self._still)
        waiting = [Waiting(event) for event in self.calendar.due()]
        for timer in due:
            if self._away and await self._out_of_reach(timer.session):
                self._still.add(timer.session)
                continue
            if isinstance(timer.effect, Wake):
                event = Woke(
                    id=f"wake:{timer.key}",
                    at=now,
                    session=timer.session,
                    timer=timer.effect.timer,
                    due=timer.due,
                )
                waiting.append(Waiting(event, settles=(timer.key,)))
        self._submit(waiting)
        await asyncio.gather(*(each.future for each in waiting))
        return len(waiting)

    async def _out_of_reach(self, key: str) -> bool:
        """Whether nobody in a session can be heard just now; then its clock stands still."""
        session = await self._session(key)
        rooms = [session.places[room].partition(":")[0] for room in session.rooms]
        return bool(rooms) and all(platform in self._away for platform in rooms)

    def _back(self, platform: str) -> None:
        """A platform can be heard again: what was said meanwhile is in the inbox, and the clocks go on after it."""
        self._away.discard(platform)
        self._still.clear()
        self._timer_moved.set()
        self.pump.again(platform)

    # -- hearing ---------------------------------------------------------------------------------

    async def hear(self, event: Event, platform: str = "", cursor: str = "") -> None:
        """Return when the event, and all that follows from it, is on disk."""
        waiting = Waiting(event, platform, cursor)
        self._submit([waiting])
        await waiting.future

    def _submit(self, waiting: Sequence[Waiting]) -> None:
        self._inbox.extend(waiting)
        if self._inbox and self._deciding is None:
            self._deciding = asyncio.create_task(self._decide())

    async def _decide(self) -> None:
        try:
            while self._inbox:
                batch, self._inbox = self._inbox, []
                try:
                    await self._batch(batch)
                except StoreUnavailable as error:
                    # Nobody was told that anything was heard: wait, and decide it all again.
                    log.error("cannot write", why=str(error))
                    self._inbox = [*batch, *self._inbox]
                    await asyncio.sleep(STORE_PAUSE)
                except Exception as error:
                    if not isinstance(error, Duplicate | Conflict):
                        log.error("batch failed, going one by one", error=repr(error)[:200])
                    await self._one_by_one(batch)
        finally:
            self._deciding = None

    async def _one_by_one(self, batch: Sequence[Waiting]) -> None:
        """After a failure: each event alone, with freshly loaded sessions."""
        for nth, waiting in enumerate(batch):
            try:
                await self._alone(waiting)
            except StoreUnavailable:
                self._inbox = [*batch[nth:], *self._inbox]
                await asyncio.sleep(STORE_PAUSE)
                return

    async def _alone(self, waiting: Waiting) -> None:
        for _ in range(CONFLICTS):
            try:
                await self._batch([waiting], careful=True)
                return
            except Duplicate:
                waiting.future.set_result(None)
                return
            except Conflict:
                continue
            except StoreUnavailable:
                raise
            except Exception as error:
                await self._park(waiting, error)
                return
        # Not a race: something else holds what this event would take, such as a room.
        await self._park(waiting, Conflict(f"{CONFLICTS} conflicts in a row"))

    async def _park(self, waiting: Waiting, error: Exception) -> None:
        """A fault of ours that no session survives hearing: put the event aside, and go on."""
        log.error("parked", heard=waiting.event.id, error=repr(error)[:200])
        try:
            await self.store.commit(
                [self._hold(waiting.event, NOTHING_KNOWN, waiting, "parked", error=repr(error))]
            )
            waiting.future.set_result(None)
        except StoreUnavailable:
            raise  # it is put back and tried again, as everything is that cannot be written now
        except Exception as second:
            waiting.future.set_exception(second)

    async def _batch(self, batch: Sequence[Waiting], *, careful: bool = False) -> None:
        events = [waiting.event for waiting in batch]
        fresh = not careful and not any(waiting.unheld for waiting in batch)
        context = known(events, self._places) if fresh else None
        if context is None:
            ids, channels, messages = subjects(events)
            context = await self.store.look(ids, channels, messages)
            if len(self._places) > KNOWN_CHANNELS:
                self._places.clear()
            self._places.update({channel: context.places.get(channel, ()) for channel in channels})
        working: dict[str, Session] = {}
        plans = Working()
        decided: list[Decided] = []
        try:
            changed = changed_within(events)
            for waiting in batch:
                came_to = await self._one(waiting, context, working, plans)
                decided += came_to
                context = and_then(context, came_to, changed)
            decided = self._with_positions(decided)
            if decided:
                await self.store.commit(decided)
                self.commits += 1
                for each in decided:
                    if each.cursor:
                        self._riding.pop(each.platform, None)
                        self._kept[each.platform] = self.clock.now()
        except BaseException:
            for key in working:
                self._cache.drop(key)
            self._communities.clear()
            raise
        for session in working.values():
            self._cache.put(session)
        for each in decided:
            self._after(each)
        for waiting in batch:
            if not waiting.future.done():
                waiting.future.set_result(None)
        for each in decided:
            if each.facts and each.session in working:
                for notify in self.changed:
                    notify(working[each.session], each.facts)

    def _with_positions(self, decided: list[Decided]) -> list[Decided]:
        """A position alone is not worth a write: it rides with whatever is written next.

        So before anything can make others' talk of before count, it is on disk that it was heard.
        """
        if not all(each == _position(each.platform, each.cursor, each.at) for each in decided):
            told = {each.platform for each in decided if each.cursor}
            riding = [item for item in self._riding.items() if item[0] not in told]
            return [*decided, *(_position(name, cursor, self.clock.now()) for name, cursor in riding)]
        self._riding |= {each.platform: each.cursor for each in decided}
        return [each for each in decided if self._overdue(each.platform)]

    def _overdue(self, platform: str) -> bool:
        """Whether a platform's position has to be written by itself: at a first start, and then now and again."""
        kept = self._kept.get(platform)
        return kept is None or (self.clock.now() - kept).total_seconds() >= CURSOR_SECONDS

    async def _keep(self, platform: str) -> None:
        """Write a platform's position."""
        if cursor := self._riding.pop(platform, ""):
            await self.store.advance(platform, cursor)
            self._kept[platform] = self.clock.now()

    def _after(self, decided: Decided) -> None:
        if decided.opened is not None and self.tasks:
            looking = asyncio.create_task(self._look_at_rights(decided.opened))
            self._looking.add(looking)
            looking.add_done_callback(self._looking.discard)
        if decided.held is not None and decided.held.reason == "held":
            key = decided.held.session
            self._held[key] = self._held.get(key, 0) + 1
            if self.tasks:
                # What it waits for may have settled while this was on its way to disk: look once more.
                asyncio.get_running_loop().call_later(HELD_PAUSE, self._look_again, key)
        for channel in (*decided.places, *decided.freed):
            self._places.pop(channel, None)
        self.pump.add(decided.rows)
        for changed in decided.plans:
            if changed.plan is not None:
                self.calendar.put(changed.plan)
        for fact in decided.facts:
            if isinstance(fact, PlaceReady):
                self.pump.placed(decided.session, fact.place, fact.channel)
        if any(isinstance(each.effect, Wake) for each in decided.rows):
            self._timer_moved.set()

    # -- deciding --------------------------------------------------------------------------------

    async def _one(
        self, waiting: Waiting, context: Context, working: dict[str, Session], plans: Working
    ) -> list[Decided]:
        event = enrich(waiting.event, context, self.clock.now())
        if must_wait(event, context):
            return [self._hold(event, context, waiting, "held")]
        if isinstance(event, Due) or (isinstance(event, Ordered) and event.command in HEARD):
            return await self._planned(event, waiting, context, working, plans)
        if isinstance(event, Ordered) and event.command == "workshop room":
            room = event.args.get("channel", "").strip()
            if ":" in room and not await self.may_span(event.person.id, event.channel, room):
                event = replace(event, args={"channel": NOT_YOURS})
        decided: list[Decided] = []
        concerned = targets(event, context)
        if isinstance(event, Ordered) and event.command in (
            "workshop start",
            "workshop list",
            "workshop try",
            "privacy",
        ):
            found = await self._community(event, waiting, context)
            if found is not None:
                decided.append(found)
                if found.opened is None:
                    return [*decided, *self._cursor(waiting)]
                concerned = [found.session]
                working[found.session] = evolve(UNSEEN, found.opened)
        if isinstance(event, Ordered) and forgets(event):
            decided += await self._forgotten(event, context, plans)
        for key in concerned:
            if (event.id, key) in context.seen:
                continue
            if key not in working:
                working[key] = await self._session(key)
            session = working[key]
            if not session.id:
                del working[key]  # somebody named a session that does not exist
                continue
            try:
                scripts = {session.script: await self._script(session.script)}
                outcome = machine.step(scripts, session, event)
            except Exception as error:
                # A fault of ours costs this one event; it is kept, and can be heard after a mend.
                log.error("parked", heard=event.id, session=key, error=repr(error)[:200])
                decided.append(self._hold(event, context, waiting, "parked", key, repr(error)))
                continue
            working[key] = outcome.after
            mine = self._decided(event, session, outcome.facts, outcome.effects, outcome.after, waiting)
            if decided and decided[-1].opened is not None and decided[-1].session == key:
                mine = _joined(decided.pop(), mine)
            decided.append(mine)
        return decided or self._cursor(waiting)

    async def _planned(
        self,
        event: Ordered | Due,
        waiting: Waiting,
        context: Context,
        working: dict[str, Session],
        plans: Working,
    ) -> list[Decided]:
        """What concerns a plan: what is stored and said, and what it orders of its session."""
        platform = self.platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return self._cursor(waiting)
        community = platform.community(event.channel)
        host = isinstance(event, Ordered) and (
            event.host or event.person.id in (await self._load_community(community)).hosts
        )
        planned = await self.planner.decide(event, community, host, context, plans, self.clock.now())
        decided = [
            Decided(
                event=event.id,
                session="",
                at=self.clock.now(),
                rows=self._plan_rows(event, planned),
                plans=(planned.changed,) if planned.changed else (),
                zone=planned.zone,
                settles=waiting.settles,
                platform=waiting.platform,
                cursor=waiting.cursor,
                unheld=waiting.unheld,
            )
        ]
        for order in planned.orders:
            decided += await self._one(Waiting(order), context, working, plans)
        return decided

    async def _forgotten(self, event: Ordered, context: Context, plans: Working) -> list[Decided]:
        """What somebody told outside of sessions: that they come, and where their clocks hang."""
        if (event.id, "") in context.seen:
            return []
        found = await self.planner.forget(event, plans, self.clock.now())
        return [
            Decided(
                event=event.id,
                session="",
                at=self.clock.now(),
                rows=[row for planned in found for row in self._plan_rows(event, planned)],
                plans=tuple(planned.changed for planned in found if planned.changed),
                erased=event.person.id,
                noted="again" not in event.args.get("me", ""),
            )
        ]

    def _plan_rows(self, event: Ordered | Due, planned: Planned) -> list[Row]:
        rows = []
        for effect in planned.effects:
            assert isinstance(effect, Say | Revise | Appoint)
            person = effect.place.removeprefix(PRIVATE) if effect.place.startswith(PRIVATE) else ""
            if person:
                where = event.channel if person == planned.asker else planned.rooms.get(person, planned.room)
                platform = self.platforms.get(person.partition(":")[0])
                channel = platform.private(person, where or event.channel) if platform else ""
            else:
                channel = effect.place.removeprefix(ROOM)
            revised = isinstance(effect, Revise | Appoint)
            kind = type(effect).__name__.lower()
            key = f"{kind}:{effect.name}:{event.id}" if revised else effect.name
            rows.append(
                Row(
                    key=key_of("", key, effect.place),
                    session="",
                    channel=channel,
                    place=effect.place,
                    effect=effect,
                    due=self.clock.now(),
                    priority=effect.priority,
                    supersedes=f":{effect.place}:{effect.name}" if isinstance(effect, Revise) else "",
                    because=getattr(effect, "because", ""),
                )
            )
        return [each for each in rows if each.channel]

    async def may_span(self, person: str, here: str, there: str) -> bool:
        """Whether a workshop that somebody opens in one room may be held in another one, too.

        Rooms of the web part are open to whoever has the link; in any other community one has to be a host.
        """
        own = self.platforms.get(here.partition(":")[0])
        other = self.platforms.get(there.partition(":")[0])
        if own is None or other is None:
            return False
        community = other.community(there)
        if other.name == "web" or (community and community == own.community(here)):
            return True
        if community and person in (await self._load_community(community)).hosts:
            return True
        return await other.leads(person, there)

    def _cursor(self, waiting: Waiting) -> list[Decided]:
        """An event that concerns no session leaves only the position behind."""
        if not (waiting.cursor or waiting.settles or waiting.unheld):
            return []
        if not (waiting.settles or waiting.unheld):
            return [_position(waiting.platform, waiting.cursor, self.clock.now())]
        return [
            Decided(
                event=waiting.event.id if waiting.unheld else "",
                session="",
                at=self.clock.now(),
                settles=waiting.settles,
                platform=waiting.platform,
                cursor=waiting.cursor,
                unheld=waiting.unheld,
            )
        ]

    def _decided(
        self,
        event: Event,
        before: Session,
        facts: Sequence[Fact],
        effects: Sequence[Effect],
        after: Session,
        waiting: Waiting,
    ) -> Decided:
        room = (
            event.channel
            if not isinstance(event, Woke | Placed | SeriesDone | NotGranted)
            else before.places.get("room:1", "")
        )
        rows = [
            row(after, effect, n, after.at, lambda person: self._private(person, room, before))
            for n, effect in enumerate(effects)
        ]
        places: dict[str, Place] = {}
        for fact in facts:
            if isinstance(fact, PlaceReady):
                places[fact.channel] = Place(session=after.id, place=fact.place, holds=False)
            elif isinstance(fact, RoomAdded):
                place = after.channels[fact.channel]
                places[fact.channel] = Place(session=after.id, place=place, holds=True)
        freed: tuple[str, ...] = ()
        if before.live and not after.live:
            freed = tuple(after.places[place] for place in after.rooms)
        return Decided(
            event=event.id,
            session=after.id,
            version=before.version,
            at=max(event.at, before.at),
            facts=facts,
            rows=rows,
            places=places,
            freed=freed,
            settles=waiting.settles,
            platform=waiting.platform,
            cursor=waiting.cursor,
            unheld=waiting.unheld,
        )

    def _private(self, person: str, room: str, before: Session) -> str:
        known: str | None = before.places.get(PRIVATE + person)
        if known:
            return known
        platform = self.platforms.get(person.partition(":")[0])
        return platform.private(person, room) if platform else ""

    async def _community(self, event: Ordered, waiting: Waiting, context: Context) -> Decided | None:
        platform = self.platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return None
        key = platform.community(event.channel)
        community = await self._load_community(key)
        outcome = communities.step(self.shelf, community, event, platform.hosts(event.channel), self.times)
        self._communities[key] = communities.fold(outcome.facts, community)
        rows: list[Row] = []
        if outcome.reply:
            private = platform.private(event.person.id, event.channel)
            say = Say(
                place=PRIVATE + event.person.id,
                name=f"reply:{event.id}",
                card=outcome.reply,
                because=event.id,
            )
            rows.append(
                Row(
                    key=key_of(key, say.name, say.place),
                    session="",
                    channel=private,
                    place=say.place,
                    effect=say,
                    due=event.at,
                    priority=say.priority,
                    because=event.id,
                )
            )
        opened = outcome.opened
        places: dict[str, Place] = {}
        if opened is not None:
            for n, channel in enumerate(opened.rooms, 1):
                places[channel] = Place(session=opened.session, place=f"room:{n}", holds=True)
            places[opened.hosts_channel] = Place(session=opened.session, place="hosts", holds=False)
        return Decided(
            event=event.id,
            session=opened.session if opened else "",
            version=0,
            at=event.at,
            facts=(opened,) if opened else (),
            community=key,
            community_version=community.version,
            community_facts=outcome.facts,
            rows=rows,
            opened=opened,
            places=places,
            platform=waiting.platform,
            cursor=waiting.cursor,
        )

    async def _load_community(self, key: str) -> Community:
        if key not in self._communities:
            log_of = await self.store.community_facts(key)
            self._communities[key] = communities.fold(log_of, Community(id=key))
        return self._communities[key]

    def _hold(
        self,
        event: Event,
        context: Context,
        waiting: Waiting,
        reason: str,
        session: str = "",
        error: str = "",
    ) -> Decided:
        if not session and not isinstance(event, Woke):
            channel = getattr(event, "parent", None) or event.channel
            session = next((p.session for p in context.places.get(channel, ())), "")
        return Decided(
            event="" if reason == "held" else event.id,
            session=session if reason == "parked" else "",
            at=event.at,
            held=Held(session=session, event=event, reason=reason, error=error),
            settles=waiting.settles,
            platform=waiting.platform,
            cursor=waiting.cursor,
        )

    # -- what the pump asks and tells ------------------------------------------------------------

    async def load(self, key: str) -> tuple[Session, Script]:
        """A session as it is now, and its script (an empty one for words to no session)."""
        if not key:
            return UNSEEN, Script(id="", title="", about="", minutes=0, steps=(), language=self._language)
        session = await self._session(key)
        self._cache.put(session)
        return session, await self._script(session.script)

    async def earlier(self, session: Session) -> list[tuple[Script, Session]]:
        """The parts of the same series that were held before, each with its script."""
        found = [await self.load(key) for key in session.earlier]
        return [(script, held) for held, script in found]

    async def _session(self, key: str) -> Session:
        found = self._cache.get(key)
        return fold(await self.store.facts(key)) if found is None else found

    async def _script(self, hash: str) -> Script:
        if hash not in self._scripts:
            found = await self.store.script(hash)
            if found is None:
                raise KeyError(f"script {hash} is not in the database")
            self._scripts[hash] = found
        return self._scripts[hash]

    async def _opened(self, done: Row, channel: str) -> None:
        place = getattr(done.effect, "place", "")
        await self.hear(
            Placed(
                id=f"placed:{done.key}",
                channel=channel,
                at=self.clock.now(),
                session=done.session,
                place=place,
            )
        )

    async def _series_held(self, done: Row, person: str, badges: tuple[str, ...]) -> None:
        await self.hear(
            SeriesDone(
                id=f"series:{person}:{'.'.join(badges)}",
                channel=done.channel,
                at=self.clock.now(),
                session=done.session,
                person=person,
                badges=badges,
            )
        )

    async def _not_granted(self, refused: Row, role: str, why: str) -> None:
        await self.hear(
            NotGranted(
                id=f"refused:{refused.key}",
                channel=refused.channel,
                at=self.clock.now(),
                session=refused.session,
                role=role,
                why=why,
            )
        )

    async def _look_at_rights(self, opened: Opened) -> None:
        """Before anything is asked, hosts hear what the bot may not do in their room, and how to mend it."""
        room = opened.rooms[0]
        asked = getattr(self.platforms.get(room.partition(":")[0]), "lacking", None)
        if asked is None:
            return
        try:
            roles = [rule.name for rule in (await self._script(opened.script)).recognition]
            with spoken(self._language):
                lacks = str(await asked(room, roles))
        except PlatformError as error:
            log.info("rights could not be looked at", error=str(error))
            return
        if lacks:
            id, now = f"lacks:{opened.session}", self.clock.now()
            await self.hear(
                NotGranted(id=id, channel=room, at=now, session=opened.session, role="", why=lacks)
            )

    def _look_again(self, session: str) -> None:
        if self.tasks:
            asyncio.get_running_loop().create_task(self._retry_held(session))

    async def _retry_held(self, session: str) -> None:
        """Something of this session settled: hear again what waited for it."""
        if not self._held.pop(session, 0):
            return
        waiting = [
            Waiting(held.event, unheld=True)
            for held in await self.store.held(session)
            if held.reason == "held"
        ]
        self._submit(waiting)

    async def idle(self) -> None:
        """Wait until everything heard is decided, performed and settled (rehearsals and tests)."""
        while self._deciding is not None or self._inbox:
            if self._deciding is not None:
                await asyncio.gather(self._deciding)
        await self.pump.idle()
        if self._deciding is not None or self._inbox:
            await self.idle()


def _tell(heard: Callable[[], None], future: asyncio.Future[None]) -> None:
    if not future.cancelled() and future.exception() is None:
        heard()


def _position(platform: str, cursor: str, at: datetime) -> Decided:
    """What is written when nothing was for us: how far a platform was heard."""
    return Decided(event="", session="", at=at, platform=platform, cursor=cursor)


def _joined(opening: Decided, first: Decided) -> Decided:
    """The opening of a session and what the same event came to in it, as one decision."""
    return replace(
        opening,
        facts=(*opening.facts, *first.facts),
        rows=(*opening.rows, *first.rows),
        places={**opening.places, **first.places},
    )
