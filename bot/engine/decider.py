"""What an event comes to for sessions, plans and communities, as the store will write it. Writes nothing itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from bot.clock import Clock
from bot.commands import TABLE
from bot.core import machine
from bot.core.commands.command import Command
from bot.core.model.events import CommandGiven, Due, Event, NotGranted, Placed, SeriesDone, TimerFired
from bot.core.model.evolve import evolve
from bot.core.model.facts import Fact, PlaceReady, RoomAdded
from bot.core.model.records import replace
from bot.core.model.session import Session, private_place
from bot.core.pacing.live import NOT_YOURS
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.core.turn import Outcome
from bot.engine.addressing import addressed
from bot.engine.cursors import PendingEvent, only_heard
from bot.engine.outbox_rows import private_channel, row
from bot.engine.outside_sessions import Asked, OutsideSessions, joined
from bot.engine.plan_service import PlanService, Working
from bot.engine.routing import asks_for_data, enrich, forgets, must_wait, targets
from bot.engine.session_repository import UNSEEN, MaySpan, SessionRepository
from bot.scheduling.command import PlanCommand
from bot.store import Context, Decided, Held, Place

log = structlog.get_logger()


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
        look: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._look = look
        self.times = times
        self._sessions = sessions
        self._platforms = platforms
        self._outside = OutsideSessions(sessions, shelf, platforms, plan_service, clock)
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
            if self._look is not None and (isinstance(command, PlanCommand) or command.community is not None):
                await self._look()  # what is on the shelf may be asked about
            if isinstance(command, PlanCommand):
                return await self._plan(event, pending, context, working, plans)
            event = await self._checked(event, command)
            if command.community is not None and (event.id, "") not in context.seen:
                decided = await self._outside.community(event, pending, self.times)
                opened = decided[0].opened if decided else None
                if opened is not None:
                    concerned = [opened.session]
                    working[opened.session] = evolve(UNSEEN, opened)
                elif decided:
                    return decided
        heard: Sequence[tuple[str, Event]] = [(key, event) for key in concerned]
        if isinstance(event, CommandGiven):
            heard = await addressed(event, concerned, context, working, self._sessions, self._platforms)
            if (forgets(event) or asks_for_data(event)) and (event.id, "") not in context.seen:
                stranger = not await self._knows(event, heard, working)
                if forgets(event):
                    decided.append(
                        await self._outside.forgotten(event, plans, everything=stranger, told=bool(heard))
                    )
                elif stranger:
                    return [self._outside.own_data(event, pending)]
        if isinstance(event, Asked) and not heard and not decided and (event.id, "") not in context.seen:
            return [self._outside.no_workshop(event, pending)]
        for key, told in heard:
            if (event.id, key) not in context.seen:
                decided += await self._session(key, told, pending, context, working)
        if len(decided) > 1 and decided[0].opened is not None and decided[1].held is None:
            decided[:2] = [joined(decided[0], decided[1])]
        return decided or only_heard(pending, self._clock.now())

    async def _knows(
        self, event: CommandGiven, heard: Sequence[tuple[str, Event]], working: Mapping[str, Session]
    ) -> bool:
        """True if whoever gives a command is in one of the sessions that hear it."""
        for key, _ in heard:
            session = working.get(key) or await self._sessions.get(key)
            if event.person.id in session.people:
                return True
        return False

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
        return [self._decided(event, session, outcome, pending)]

    def _decided(
        self, event: Event, before: Session, outcome: Outcome[Fact, Session], pending: PendingEvent
    ) -> Decided:
        """What the store is to write of an outcome."""
        after = outcome.after
        beside = (
            event.channel
            if not isinstance(event, TimerFired | Placed | SeriesDone | NotGranted)
            else before.places.get("room:1", "")
        )

        def private(person: str) -> str:
            """The channel of somebody; a new one beside the room in which they are told something."""
            channel = before.places.get(private_place(person))
            return channel or private_channel(self._platforms, person, beside)

        return Decided(
            event=event.id,
            session=after.id,
            version=before.version,
            at=max(event.at, before.at),
            facts=outcome.facts,
            rows=[
                row(
                    effect,
                    scope=after.id,
                    own=f"{after.version}:{nth}",
                    session=after.id,
                    places=after.places,
                    due=after.at,
                    private=private,
                )
                for nth, effect in enumerate(outcome.effects)
            ],
            places=_places(outcome.facts, after),
            freed=tuple(after.places[place] for place in after.rooms)
            if before.live and not after.live
            else (),
            settles=pending.settles,
            platform=pending.platform,
            cursor=pending.cursor,
            unheld=pending.unheld,
        )

    async def _plan(
        self,
        event: CommandGiven | Due,
        pending: PendingEvent,
        context: Context,
        working: dict[str, Session],
        plans: Working,
    ) -> list[Decided]:
        """The result of an event for a plan, and of what the plan orders of its session."""
        decided, orders = await self._outside.plan(event, pending, context, plans)
        for order in orders:
            decided += await self.decide(PendingEvent(order), context, working, plans)
        return decided or only_heard(pending, self._clock.now())

    async def _checked(self, event: CommandGiven, command: Command) -> CommandGiven:
        """A command whose rooms are such that whoever gives it has a say in them, or marked as not theirs."""
        args = dict(event.args)
        for parameter in command.parameters:
            room = args.get(parameter.name, "").strip()
            named = parameter.room and ":" in room
            if named and not await self._may_span(event.person.id, event.channel, room):
                args[parameter.name] = NOT_YOURS
        return replace(event, args=args) if args != event.args else event

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


def _places(facts: Sequence[Fact], after: Session) -> dict[str, Place]:
    """The channels that belong to a session from these facts on."""
    places: dict[str, Place] = {}
    for fact in facts:
        if isinstance(fact, PlaceReady):
            places[fact.channel] = Place(session=after.id, place=fact.place, holds=False)
        elif isinstance(fact, RoomAdded):
            place = after.channels[fact.channel]
            places[fact.channel] = Place(session=after.id, place=place, holds=True)
    return places
