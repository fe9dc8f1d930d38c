"""What an event comes to for sessions, plans and communities, as the store will write it. Writes nothing itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from bot.clock import Clock
from bot.commands import TABLE
from bot.core import machine
from bot.core.commands import registry
from bot.core.commands.command import Command
from bot.core.model.effects import Edit, Effect, Say, SyncCalendarEvent
from bot.core.model.events import CommandGiven, Due, Event, NotGranted, Placed, SeriesDone, TimerFired
from bot.core.model.evolve import evolve
from bot.core.model.facts import Fact, PlaceReady, RoomAdded
from bot.core.model.ids import PersonId
from bot.core.model.session import PRIVATE, Session, private_place
from bot.core.pacing.live import NOT_YOURS
from bot.core.participants import community as communities
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.engine.cursors import position
from bot.engine.outbox_rows import key_of, row
from bot.engine.plan_service import Planned, PlanService, Working
from bot.engine.routing import enrich, forgets, must_wait, targets
from bot.engine.session_repository import UNSEEN, MaySpan, SessionRepository
from bot.scheduling.command import PlanCommand
from bot.scheduling.decision import ROOM
from bot.store import Context, Decided, Held, Place, Row

log = structlog.get_logger()


class PendingEvent:
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


class Decider:
    """Brings each event to what it concerns; asks the core, and dresses its answer for the store."""

    def __init__(
        self,
        sessions: SessionRepository,
        shelf: Mapping[str, Listing],
        platforms: Mapping[str, Platform],
        planner: PlanService,
        may_span: MaySpan,
        times: Times,
        clock: Clock,
    ) -> None:
        self.times = times
        self._sessions = sessions
        self._shelf = shelf
        self._platforms = platforms
        self._planner = planner
        self._may_span = may_span
        self._clock = clock

    async def decide(
        self, waiting: PendingEvent, context: Context, working: dict[str, Session], plans: Working
    ) -> list[Decided]:
        """All that is to be written of an event; `working` and `plans` are what its batch changed before it."""
        event = enrich(waiting.event, context, self._clock.now())
        if must_wait(event, context):
            return [self.hold(event, context, waiting, "held")]
        command = TABLE.get(event.command) if isinstance(event, CommandGiven) else None
        if isinstance(event, Due) or (isinstance(event, CommandGiven) and isinstance(command, PlanCommand)):
            return await self._planned(event, waiting, context, working, plans)
        if isinstance(event, CommandGiven) and command is not None:
            event = await self._checked(event, command)
        decided: list[Decided] = []
        concerned = targets(event, context)
        if isinstance(event, CommandGiven) and command is not None and command.community is not None:
            found = await self._community(event, waiting, context)
            if found is not None:
                decided.append(found)
                if found.opened is None:
                    return [*decided, *self._cursor(waiting)]
                concerned = [found.session]
                working[found.session] = evolve(UNSEEN, found.opened)
        if isinstance(event, CommandGiven) and forgets(event):
            decided += await self._forgotten(event, context, plans)
        for key in concerned:
            if (event.id, key) in context.seen:
                continue
            if key not in working:
                working[key] = await self._sessions.get(key)
            session = working[key]
            if not session.id:
                del working[key]  # somebody named a session that does not exist
                continue
            try:
                scripts = {session.script: await self._sessions.script(session.script)}
                outcome = machine.step(scripts, session, event)
            except Exception as error:
                # A fault of ours costs this one event; it is kept, and can be heard after a mend.
                log.error("parked", heard=event.id, session=key, error=repr(error)[:200])
                decided.append(self.hold(event, context, waiting, "parked", key, repr(error)))
                continue
            working[key] = outcome.after
            mine = self._decided(event, session, outcome.facts, outcome.effects, outcome.after, waiting)
            if decided and decided[-1].opened is not None and decided[-1].session == key:
                mine = _joined(decided.pop(), mine)
            decided.append(mine)
        return decided or self._cursor(waiting)

    async def _checked(self, event: CommandGiven, command: Command) -> CommandGiven:
        """A command whose rooms are such that whoever gives it has a say in them, or marked as not theirs."""
        args = dict(event.args)
        for parameter in command.parameters:
            room = args.get(parameter.name, "").strip()
            named = parameter.room and ":" in room
            if named and not await self._may_span(event.person.id, event.channel, room):
                args[parameter.name] = NOT_YOURS
        return replace(event, args=args) if args != event.args else event

    async def _planned(
        self,
        event: CommandGiven | Due,
        waiting: PendingEvent,
        context: Context,
        working: dict[str, Session],
        plans: Working,
    ) -> list[Decided]:
        """What concerns a plan: what is stored and said, and what it orders of its session."""
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return self._cursor(waiting)
        community = platform.community(event.channel)
        host = isinstance(event, CommandGiven) and (
            event.host or event.person.id in (await self._sessions.community(community)).hosts
        )
        planned = await self._planner.decide(event, community, host, context, plans, self._clock.now())
        decided = [
            Decided(
                event=event.id,
                session="",
                at=self._clock.now(),
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
            decided += await self.decide(PendingEvent(order), context, working, plans)
        return decided

    async def _forgotten(self, event: CommandGiven, context: Context, plans: Working) -> list[Decided]:
        """What somebody told outside of sessions: that they come, and where their clocks hang."""
        if (event.id, "") in context.seen:
            return []
        found = await self._planner.forget(event, plans, self._clock.now())
        return [
            Decided(
                event=event.id,
                session="",
                at=self._clock.now(),
                rows=[row for planned in found for row in self._plan_rows(event, planned)],
                plans=tuple(planned.changed for planned in found if planned.changed),
                erased=event.person.id,
                noted="again" not in event.args.get("me", ""),
            )
        ]

    def _plan_rows(self, event: CommandGiven | Due, planned: Planned) -> list[Row]:
        rows = []
        for effect in planned.effects:
            assert isinstance(effect, Say | Edit | SyncCalendarEvent)
            person = PersonId(effect.place.removeprefix(PRIVATE) if effect.place.startswith(PRIVATE) else "")
            if person:
                where = event.channel if person == planned.asker else planned.rooms.get(person, planned.room)
                platform = self._platforms.get(person.partition(":")[0])
                channel = platform.private_channel(person, where or event.channel) if platform else ""
            else:
                channel = effect.place.removeprefix(ROOM)
            revised = isinstance(effect, Edit | SyncCalendarEvent)
            kind = (
                "revise" if isinstance(effect, Edit) else "appoint"
            )  # part of stored keys: these words stay
            key = f"{kind}:{effect.name}:{event.id}" if revised else effect.name
            rows.append(
                Row(
                    key=key_of("", key, effect.place),
                    session="",
                    channel=channel,
                    place=effect.place,
                    effect=effect,
                    due=self._clock.now(),
                    priority=effect.priority,
                    supersedes=f":{effect.place}:{effect.name}" if isinstance(effect, Edit) else "",
                    because=getattr(effect, "because", ""),
                )
            )
        return [each for each in rows if each.channel]

    def _cursor(self, waiting: PendingEvent) -> list[Decided]:
        """An event that concerns no session leaves only the position behind."""
        if not (waiting.cursor or waiting.settles or waiting.unheld):
            return []
        if not (waiting.settles or waiting.unheld):
            return [position(waiting.platform, waiting.cursor, self._clock.now())]
        return [
            Decided(
                event=waiting.event.id if waiting.unheld else "",
                session="",
                at=self._clock.now(),
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
        waiting: PendingEvent,
    ) -> Decided:
        room = (
            event.channel
            if not isinstance(event, TimerFired | Placed | SeriesDone | NotGranted)
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
        known: str | None = before.places.get(private_place(person))
        if known:
            return known
        platform = self._platforms.get(person.partition(":")[0])
        return platform.private_channel(person, room) if platform else ""

    async def _community(
        self, event: CommandGiven, waiting: PendingEvent, context: Context
    ) -> Decided | None:
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return None
        key = platform.community(event.channel)
        community = await self._sessions.community(key)
        outcome = registry.in_community(
            self._shelf, community, event, platform.host_channel(event.channel), self.times
        )
        self._sessions.put_community(communities.fold(outcome.facts, community))
        rows: list[Row] = []
        if outcome.reply:
            private = platform.private_channel(event.person.id, event.channel)
            say = Say(
                place=private_place(event.person.id),
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

    def hold(
        self,
        event: Event,
        context: Context,
        waiting: PendingEvent,
        reason: str,
        session: str = "",
        error: str = "",
    ) -> Decided:
        """An event put aside: `held` until something of its session settles, or `parked` after a fault of ours."""
        if not session and not isinstance(event, TimerFired):
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


def _joined(opening: Decided, first: Decided) -> Decided:
    """The opening of a session and what the same event came to in it, as one decision."""
    return replace(
        opening,
        facts=(*opening.facts, *first.facts),
        rows=(*opening.rows, *first.rows),
        places={**opening.places, **first.places},
    )
