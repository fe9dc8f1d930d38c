"""Brings what a decision about plans has to know, and names what it came to. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.model.cards import Note
from bot.core.model.events import CommandGiven, Due
from bot.core.model.session import Session
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.core.text import messages
from bot.core.text.messages import say
from bot.core.text.quoting import isolate
from bot.core.turn import Outcome
from bot.scheduling import lifecycle, registry
from bot.scheduling import messages as plan_messages
from bot.scheduling.announcing import refresh
from bot.scheduling.command import Need, PlanCommand, PlanContext, RoomState
from bot.scheduling.decision import DecisionBuilder, PersonErased, Planned, PlanOutcome, comers
from bot.scheduling.listing import MOST_PLANS
from bot.scheduling.phrases.zones import zone_named
from bot.scheduling.plan import Coming, Plan, State
from bot.scheduling.planning import rooms_of
from bot.scheduling.references import referred
from bot.store import Context
from bot.store.store import Store

Load = Callable[[str], Awaitable[Session]]
CalendarLinks = Callable[[str, str], Mapping[str, str]]  # community, person -> `Links.calendars`


PlanKey = tuple[str, str]  # the community of a plan, and its id there


@dataclass
class Working:
    """Changes to plans by the events of one batch that the database does not know yet."""

    plans: dict[PlanKey, Plan] = field(default_factory=dict)
    coming: dict[PlanKey, Sequence[Coming]] = field(default_factory=dict)


class PlanService:
    """Answers commands about plans, and does what is due."""

    def __init__(
        self,
        store: Store,
        shelf: Mapping[str, Listing],
        times: Times,
        platforms: Mapping[str, Platform],
        load: Load,
        may_span: Callable[[str, str, str], Awaitable[bool]],  # person, room, another room
        language: str,
        calendar_links: CalendarLinks | None = None,  # none where no calendar has an address
    ) -> None:
        self._store = store
        self._shelf = shelf  # not a copy: what is put on it later is there
        self._times = times
        self._platforms = platforms
        self._load = load
        self._may_span = may_span
        self._language = language
        self._calendar_links = calendar_links

    async def decide(
        self,
        event: CommandGiven | Due,
        community: str,
        host: bool,
        context: Context,
        working: Working,
        now: datetime,
    ) -> PlanOutcome:
        """The decision about this event. `host` says whether whoever asks may plan here."""
        if isinstance(event, Due):
            return await self._due(event, community, context, working, now)
        command = registry.TABLE.get(event.command)
        assert command is not None, "only commands about plans come here"
        if command.host and not host and not await self._own(event, command, community, working):
            return _only(event, now, plan_messages.ONLY_HOSTS)
        if not await self._rooms_allowed(event, command):
            return _only(event, now, messages.NOT_YOUR_ROOM)
        plan: Plan | None = None
        if Need.PLAN in command.needs:
            meant = await self._meant(event, command, community, working)
            if isinstance(meant, str):
                return _only(event, now, say(meant, which=isolate(event.args.get("plan", "")[:20])))
            plan = meant
        coming = await self._coming(plan, working) if plan else ()
        decision = DecisionBuilder(event, now, plan, coming)
        around = await self._around(event, command, community, context, working, plan)
        command.decide(decision, around)
        return self._done(decision, working)

    async def _own(self, event: CommandGiven, command: PlanCommand, community: str, working: Working) -> bool:
        """True if a plan is one's own, everywhere, also in a direct conversation; some a companion may give, too."""
        named = referred(event.args.get("plan", "")).plan
        plan = await self._plan(named, community, working, event.person.id)
        if plan is None:
            return False
        return event.person.id == plan.host or (command.companion and event.person.id == plan.companion)

    async def _rooms_allowed(self, event: CommandGiven, command: PlanCommand) -> bool:
        """True if somebody has a say in all the other rooms that they name."""
        if not any(parameter.room for parameter in command.parameters):
            return True
        for room in rooms_of(event)[1:]:
            if not await self._may_span(event.person.id, event.channel, room):
                return False
        return True

    async def _around(
        self,
        event: CommandGiven,
        command: PlanCommand,
        community: str,
        context: Context,
        working: Working,
        plan: Plan | None,
    ) -> PlanContext:
        """The context of the decision beside the plan."""
        around = PlanContext(
            shelf=self._shelf,
            times=self._times,
            community=community,
            zone=self._times.zone,
            languages=(self._language,),
        )
        around = await self._clocks(around, event)
        if Need.PLANS in command.needs:
            plans = await self._here(community, working)
            coming = {
                each.id: comers(await self._coming(each, working), each.occurrence)
                for each in plans[:MOST_PLANS]
            }
            around = replace(around, plans=plans, coming=coming)
        if Need.ROOM in command.needs and plan is not None:
            around = replace(around, room=await self._room(plan, context))
        if Need.RIGHTS in command.needs and plan is not None:
            around = replace(around, lacking=await self._lacking(plan.rooms[0]))
        if Need.CALENDARS in command.needs and self._calendar_links is not None:
            addresses = self._calendar_links(community, event.person.id)
            around = replace(around, addresses=addresses, files=self._files(event.channel))
        return around

    async def forget(self, event: CommandGiven, working: Working, now: datetime) -> list[PlanOutcome]:
        """Somebody asks that nothing of them stays: what they said about coming goes, and the cards follow."""
        person, done = event.person.id, []
        for each, stored in await self._store.plans.comes_to(person):
            plan = working.plans.get(_key(stored), stored)
            decision = DecisionBuilder(event, now, plan, await self._coming(plan, working))
            decision.leaves(each.occurrence, person)
            if each.occurrence == plan.occurrence:
                refresh(decision)
            done.append(self._done(decision, working))
        erased = PersonErased(person=person, noted="again" not in event.args.get("me", ""))
        return [*done, Outcome(facts=(erased,), after=Planned())]

    async def _due(
        self, event: Due, community: str, context: Context, working: Working, now: datetime
    ) -> PlanOutcome:
        plan = await self._plan(event.plan, community, working)
        if plan is None:
            return Outcome(after=Planned())
        decision = DecisionBuilder(event, now, plan, await self._coming(plan, working))
        lifecycle.due(decision, await self._room(plan, context))
        return self._done(decision, working)

    def _done(self, decision: DecisionBuilder, working: Working) -> PlanOutcome:
        outcome = decision.outcome()
        plan = decision.plan
        if plan is not None and outcome.facts:
            working.plans[_key(plan)] = plan
            working.coming[_key(plan)] = decision.everyone
        return outcome

    # -- what is known ---------------------------------------------------------------------------

    async def _plan(self, key: str, community: str, working: Working, person: str = "") -> Plan | None:
        """The plan of this name: in this community, else one of this person's, else if there is only one."""
        key = key.strip().lower()
        if not key or (community, key) in working.plans:
            return working.plans.get((community, key))
        plans = {plan.community: plan for plan in await self._store.plans.named(key)}
        plans |= {plan.community: plan for plan in working.plans.values() if plan.id == key}
        if community in plans:
            return plans[community]
        theirs = [plan for plan in plans.values() if person and person in (plan.host, plan.companion)]
        meant = theirs or list(plans.values())
        return meant[0] if len(meant) == 1 else None

    async def _coming(self, plan: Plan, working: Working) -> Sequence[Coming]:
        if _key(plan) not in working.coming:
            working.coming[_key(plan)] = await self._store.plans.coming(plan)
        return working.coming[_key(plan)]

    async def _here(self, community: str, working: Working) -> list[Plan]:
        current = [working.plans.get(_key(plan), plan) for plan in await self._store.plans.current(community)]
        return [plan for plan in current if plan.state in (State.ON, State.PAUSED)]

    async def _meant(
        self, event: CommandGiven, command: PlanCommand, community: str, working: Working
    ) -> Plan | str:
        """The plan that a command names; without a name the next one of this room."""
        named = referred(event.args.get("plan", "")).plan
        if named:
            plan = await self._plan(named, community, working, event.person.id)
            if plan is None:
                return plan_messages.NO_PLAN
            theirs = event.person.id in (plan.host, plan.companion) or plan.community == community
            return plan if theirs or not command.host else plan_messages.NO_PLAN
        current = await self._here(community, working)
        here = [plan for plan in current if event.channel in plan.rooms] or current
        if not here:
            return plan_messages.NOTHING_PLANNED
        if len(here) > 1 and command.host:
            return plan_messages.WHICH_PLAN
        return here[0]

    async def _clocks(self, around: PlanContext, event: CommandGiven) -> PlanContext:
        """The context with the zones that count for whoever asks: their own, their community's, that of their clock."""
        own = await self._store.plans.zone(event.person.id)
        theirs = zone_named(event.clock_zone) if event.clock_zone else ""
        if own:
            return replace(around, zone=own, planning_zone=own, clock_zone=theirs)
        latest = await self._store.plans.latest(around.community, event.person.id)
        known = latest.zone if latest is not None else self._times.zone
        offered = theirs if latest is None and theirs != known else ""
        around = replace(around, planning_zone=known, offered_zone=offered, clock_zone=theirs)
        return replace(around, zone=theirs or self._times.zone)

    async def _room(self, plan: Plan, context: Context) -> RoomState:
        held = [
            p.session for p in context.places.get(plan.rooms[0], ()) if p.holds and p.session != plan.session
        ]
        session = await self._load(plan.session) if plan.session else None
        platform = self._platforms.get(plan.rooms[0].partition(":")[0])
        return RoomState(
            taken=bool(held),
            session=session if session is not None and session.id else None,
            guide=bool(platform and platform.can.presence and session and session.guide_away is None),
        )

    async def _lacking(self, room: str) -> str:
        platform = self._platforms.get(room.partition(":")[0])
        return await platform.missing_permissions(room) if platform is not None else ""

    def _files(self, channel: str) -> bool:
        """True if people get files there."""
        platform = self._platforms.get(channel.partition(":")[0])
        return platform is not None and platform.can.files


def _key(plan: Plan) -> PlanKey:
    return plan.community, plan.id


def _only(event: CommandGiven, now: datetime, text: Note | str) -> PlanOutcome:
    decision = DecisionBuilder(event, now, None)
    decision.reply(text)
    return decision.outcome()
