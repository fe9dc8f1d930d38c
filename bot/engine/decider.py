"""What an event comes to for sessions, plans and communities, as the store will write it. Writes nothing itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial, reduce
from typing import cast

import structlog

from bot.clock import Clock
from bot.commands import TABLE
from bot.core import machine
from bot.core.commands import registry
from bot.core.commands.command import Command
from bot.core.model.events import CommandGiven, Due, Event, NotGranted, Placed, SeriesDone, TimerFired
from bot.core.model.evolve import evolve
from bot.core.model.facts import Fact, Opened, PlaceReady, RoomAdded
from bot.core.model.ids import PersonId
from bot.core.model.records import replace
from bot.core.model.session import Session, private_place
from bot.core.pacing.live import NOT_YOURS
from bot.core.participants.community import (
    Community,
    CommunityFact,
    CommunityHostNamed,
    Listing,
    SessionOpened,
    Times,
)
from bot.core.platform import Platform
from bot.core.turn import Outcome
from bot.engine.addressing import addressed
from bot.engine.cursors import position
from bot.engine.outbox_rows import row
from bot.engine.plan_service import PlanService, Working
from bot.engine.routing import enrich, forgets, must_wait, targets
from bot.engine.session_repository import UNSEEN, MaySpan, SessionRepository
from bot.scheduling.command import PlanCommand
from bot.scheduling.decision import Changed, PersonErased, PlanFact, Planned, PlanOutcome, ZoneChosen
from bot.store import Context, Decided, Held, Place

log = structlog.get_logger()


class PendingEvent:
    """An event that was told by a platform and is not yet on disk."""

    __slots__ = ("cursor", "event", "future", "platform", "settles", "unheld")

    def __init__(
        self,
        event: Event,
        platform: str = "",
        cursor: str = "",
        settles: tuple[tuple[str, str], ...] = (),
        unheld: bool = False,
    ) -> None:
        self.event = event
        self.platform = platform
        self.cursor = cursor
        self.settles = settles
        self.unheld = unheld
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


AnyFact = Fact | CommunityFact | PlanFact


class Decider:
    """Brings each event to what it concerns; asks the core, and dresses its answer for the store."""

    def __init__(
        self,
        sessions: SessionRepository,
        shelf: Mapping[str, Listing],
        platforms: Mapping[str, Platform],
        plan_service: PlanService,
        may_span: MaySpan,
        times: Times,
        clock: Clock,
    ) -> None:
        self.times = times
        self._sessions = sessions
        self._shelf = shelf
        self._platforms = platforms
        self._plan_service = plan_service
        self._may_span = may_span
        self._clock = clock

    async def decide(
        self, pending: PendingEvent, context: Context, working: dict[str, Session], plans: Working
    ) -> list[Decided]:
        """All that is to be written of an event; `working` and `plans` are what its batch changed before it."""
        event = enrich(pending.event, context, self._clock.now())
        if must_wait(event, context):
            return [self.hold(event, context, pending, "held")]
        if isinstance(event, Due):
            return await self._plan(event, pending, context, working, plans)
        decided: list[Decided] = []
        concerned = targets(event, context)
        if isinstance(event, CommandGiven) and (command := TABLE.get(event.command)) is not None:
            if isinstance(command, PlanCommand):
                return await self._plan(event, pending, context, working, plans)
            event = await self._checked(event, command)
            if command.community is not None and (event.id, "") not in context.seen:
                decided = await self._community(event, pending)
                opened = decided[0].opened if decided else None
                if opened is not None:
                    concerned = [opened.session]
                    working[opened.session] = evolve(UNSEEN, opened)
                elif decided:
                    return decided
            if forgets(event) and (event.id, "") not in context.seen:
                decided += await self._forgotten(event, plans)
        for key, heard in await addressed(
            event, concerned, context, working, self._sessions, self._platforms
        ):
            if (event.id, key) not in context.seen:
                decided += await self._session(key, heard, pending, context, working)
        if len(decided) > 1 and decided[0].opened is not None and decided[1].held is None:
            decided[:2] = [_joined(decided[0], decided[1])]
        return decided or self._cursor(pending)

    async def _session(
        self, key: str, event: Event, pending: PendingEvent, context: Context, working: dict[str, Session]
    ) -> list[Decided]:
        """The result of an event for one session; nothing if there is none of that name."""
        session = working.get(key) or await self._sessions.get(key)
        if not session.id:
            return []
        try:
            scripts = {session.script: await self._sessions.script(session.script)}
            outcome = machine.step(scripts, session, event)
        except Exception as error:
            # A fault of ours costs this one event; it is kept, and can be heard after a mend.
            log.error("parked", heard=event.id, session=key, error=repr(error)[:200])
            working[key] = session
            return [self.hold(event, context, pending, "parked", key, repr(error))]
        working[key] = outcome.after
        beside = (
            event.channel
            if not isinstance(event, TimerFired | Placed | SeriesDone | NotGranted)
            else session.places.get("room:1", "")
        )
        at = max(event.at, session.at)
        return [self._decided(event, session, outcome, at, lambda person: beside, pending)]

    async def _checked(self, event: CommandGiven, command: Command) -> CommandGiven:
        """A command whose rooms are such that whoever gives it has a say in them, or marked as not theirs."""
        args = dict(event.args)
        for parameter in command.parameters:
            room = args.get(parameter.name, "").strip()
            named = parameter.room and ":" in room
            if named and not await self._may_span(event.person.id, event.channel, room):
                args[parameter.name] = NOT_YOURS
        return replace(event, args=args) if args != event.args else event

    async def _plan(
        self,
        event: CommandGiven | Due,
        pending: PendingEvent,
        context: Context,
        working: dict[str, Session],
        plans: Working,
    ) -> list[Decided]:
        """The result of an event for a plan, and of what the plan orders of its session."""
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return self._cursor(pending)
        community = platform.community(event.channel)
        host = isinstance(event, CommandGiven) and (
            event.host or event.person.id in (await self._sessions.community(community)).hosts
        )
        now = self._clock.now()
        outcome = await self._plan_service.decide(event, community, host, context, plans, now)
        decided = [self._decided(event, None, outcome, now, partial(_told, outcome, event.channel), pending)]
        for order in outcome.orders:
            decided += await self.decide(PendingEvent(order), context, working, plans)
        return decided

    async def _forgotten(self, event: CommandGiven, plans: Working) -> list[Decided]:
        """What somebody told outside of sessions goes: that they come, and the zone in which they are told times."""
        now = self._clock.now()
        outcomes = await self._plan_service.forget(event, plans, now)
        apart = PendingEvent(event)  # where the platform was read up to is written with the sessions
        return [
            reduce(
                _joined,
                (
                    self._decided(event, None, outcome, now, partial(_told, outcome, event.channel), apart)
                    for outcome in outcomes
                ),
            )
        ]

    async def _community(self, event: CommandGiven, pending: PendingEvent) -> list[Decided]:
        """The result of a command for the community that it was given in."""
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None:
            return []
        community = await self._sessions.community(platform.community(event.channel))
        hosts_channel = platform.host_channel(event.channel)
        outcome = registry.in_community(self._shelf, community, event, hosts_channel, self.times)
        self._sessions.put_community(outcome.after)
        return [self._decided(event, community, outcome, event.at, lambda person: event.channel, pending)]

    def _decided(
        self,
        event: Event,
        before: Session | Community | None,
        outcome: Outcome[AnyFact, Session | Community | Planned],
        at: datetime,
        beside: Callable[[PersonId], str],
        pending: PendingEvent,
    ) -> Decided:
        """What the store is to write of an outcome, whatever it is of.

        Args:
            before: the aggregate before the facts; None for plans, which are stored as they are.
            beside: the room beside which somebody is told something in private.
        """
        after = outcome.after
        session = after if isinstance(after, Session) else None
        community = before if isinstance(before, Community) else None
        known = before.places if isinstance(before, Session) else {}
        rows = [
            row(
                effect,
                scope=session.id if session else community.id if community else "",
                own=f"{session.version}:{nth}" if session else event.id,
                session=session.id if session else "",
                places=session.places if session else {},
                due=session.at if session else at,
                private=lambda person: (
                    known.get(private_place(person)) or self._private(person, beside(PersonId(person)))
                ),
            )
            for nth, effect in enumerate(outcome.effects)
        ]
        told = Decided(
            event=event.id,
            session=session.id if session else "",
            version=before.version if isinstance(before, Session) else 0,
            at=at,
            rows=rows if session else [each for each in rows if each.channel],
            places=_places(outcome.facts, after),
            settles=pending.settles,
            platform=pending.platform,
            cursor=pending.cursor,
            unheld=pending.unheld,
        )
        if session is not None:
            gone = isinstance(before, Session) and before.live and not session.live
            freed = tuple(session.places[place] for place in session.rooms) if gone else ()
            facts = cast(Sequence[Fact], outcome.facts)
            return replace(told, facts=facts, freed=freed)
        return _outside_sessions(told, outcome.facts, community)

    def _private(self, person: str, room: str) -> str:
        platform = self._platforms.get(person.partition(":")[0])
        return platform.private_channel(person, room) if platform else ""

    def _cursor(self, pending: PendingEvent) -> list[Decided]:
        """An event that concerns no session leaves only the position behind."""
        if not (pending.cursor or pending.settles or pending.unheld):
            return []
        if not (pending.settles or pending.unheld):
            return [position(pending.platform, pending.cursor, self._clock.now())]
        return [
            Decided(
                event=pending.event.id if pending.unheld else "",
                session="",
                at=self._clock.now(),
                settles=pending.settles,
                platform=pending.platform,
                cursor=pending.cursor,
                unheld=pending.unheld,
            )
        ]

    def hold(
        self,
        event: Event,
        context: Context,
        pending: PendingEvent,
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
            settles=pending.settles,
            platform=pending.platform,
            cursor=pending.cursor,
        )


def _told(outcome: PlanOutcome, here: str, person: PersonId) -> str:
    """The room beside which somebody is told of a plan."""
    return outcome.after.room_for(person, here)


def _places(facts: Sequence[AnyFact], after: Session | Community | Planned) -> dict[str, Place]:
    """The channels that belong to a session from these facts on."""
    places: dict[str, Place] = {}
    for fact in facts:
        match fact:
            case PlaceReady() if isinstance(after, Session):
                places[fact.channel] = Place(session=after.id, place=fact.place, holds=False)
            case RoomAdded() if isinstance(after, Session):
                place = after.channels[fact.channel]
                places[fact.channel] = Place(session=after.id, place=place, holds=True)
            case Opened():
                for n, channel in enumerate(fact.rooms, 1):
                    places[channel] = Place(session=fact.session, place=f"room:{n}", holds=True)
                places[fact.hosts_channel] = Place(session=fact.session, place="hosts", holds=False)
            case _:
                pass
    return places


def _outside_sessions(decided: Decided, facts: Sequence[AnyFact], community: Community | None) -> Decided:
    """What facts about communities, plans and people come to in the store, and the session that they open."""
    if community is not None:
        decided = replace(decided, community=community.id, community_version=community.version)
    for fact in facts:
        match fact:
            case SessionOpened() | CommunityHostNamed():
                decided = replace(decided, community_facts=(*decided.community_facts, fact))
            case Opened():
                decided = replace(decided, session=fact.session, facts=(fact,), opened=fact)
            case Changed():
                decided = replace(decided, plans=(*decided.plans, fact))
            case ZoneChosen():
                decided = replace(decided, zone=(fact.person, fact.zone))
            case PersonErased():
                decided = replace(decided, erased=fact.person, noted=fact.noted)
            case _:
                raise TypeError(f"{type(fact).__name__} is no fact of a community or a plan")
    return decided


def _joined(first: Decided, second: Decided) -> Decided:
    """Two results of the same event as one decision, such as the opening of a session and what follows in it."""
    return replace(
        first,
        facts=(*first.facts, *second.facts),
        rows=(*first.rows, *second.rows),
        places={**first.places, **second.places},
        plans=(*first.plans, *second.plans),
        erased=first.erased or second.erased,
        noted=first.noted and second.noted,
    )
