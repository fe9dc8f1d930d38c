"""Brings what a decision about plans has to know, and names what it came to. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.model.effects import DeliverFile, Effect
from bot.core.model.events import CommandGiven, Due
from bot.core.model.session import PRIVATE, Session
from bot.core.participants.community import Listing, Times
from bot.core.platform import Platform
from bot.core.text import messages
from bot.core.text.messages import say
from bot.core.text.quoting import isolate
from bot.scheduling import commands
from bot.scheduling import lifecycle as dues
from bot.scheduling import messages as s
from bot.scheduling import rsvp as comings
from bot.scheduling.commands import Around
from bot.scheduling.decision import Changed, DecisionBuilder
from bot.scheduling.phrases.resolver import zone_named
from bot.scheduling.plan import Coming, Plan, State
from bot.store import Context, Store

Verb = Callable[[DecisionBuilder, Around], None]
OF_ONE: Mapping[str, Verb] = {
    "schedule choose": commands.choose,
    "schedule confirm": commands.confirm,
    "schedule drop": commands.drop,
    "schedule show": commands.show,
    "schedule move": commands.move,
    "schedule heard": commands.heard,  # not in the table of commands: a platform gives it
    "schedule skip": commands.skip,
    "schedule pause": commands.pause,
    "schedule resume": commands.resume,
    "schedule cancel": commands.cancel,
    "schedule check": commands.check,
    "schedule here": commands.here,
    "schedule wait": commands.wait,
    "schedule companion": lambda pen, around: commands.helper(pen, around, "companion"),
    "schedule contact": lambda pen, around: commands.helper(pen, around, "contact"),
    "coming": comings.coming,
    "needs": comings.needs,
}
ALONE = frozenset({"schedule add", "schedule list", "schedule begin", "zone", "calendar"})
HEARD = frozenset(OF_ONE) | ALONE
Load = Callable[[str], Awaitable[Session]]


@dataclass
class Working:
    """What the events of one batch have changed and the database does not know yet."""

    plans: dict[str, Plan] = field(default_factory=dict)
    coming: dict[str, dict[str, Coming]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """What an event comes to for plans."""

    changed: Changed | None = None
    effects: Sequence[Effect] = ()
    orders: Sequence[CommandGiven] = ()
    zone: tuple[str, str] | None = None  # a person, and the zone in which they are told times
    asker: str = ""  # who is answered where they asked
    room: str = ""  # of the plan
    rooms: Mapping[str, str] = field(default_factory=dict)  # person -> where they said that they come


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
    ) -> None:
        self._store = store
        self._shelf = shelf  # not a copy: what is put on it later is there
        self._times = times
        self._platforms = platforms
        self._load = load
        self._may_span = may_span
        self._language = language
        self.addresses: Callable[[str, str], Mapping[str, str]] | None = (
            None  # community, person -> calendars
        )

    async def decide(
        self,
        event: CommandGiven | Due,
        community: str,
        host: bool,
        context: Context,
        working: Working,
        now: datetime,
    ) -> Planned:
        """What this event comes to. `host` says whether whoever asks may plan here."""
        if isinstance(event, Due):
            return await self._due(event, context, working, now)
        person = event.person.id
        zone = await self._zone(person, working)
        if event.command == "zone":
            return self._set_zone(event, zone, now)
        if event.command == "calendar":
            return self._calendar(event, community, now)
        around = Around(
            shelf=self._shelf,
            times=self._times,
            community=community,
            zone=zone,
            languages=(self._language,),
        )
        if event.command.startswith("schedule ") and not host:
            # one's own plan is one's own everywhere, also in a direct conversation; a companion may begin it
            told = await self._plan(event.args.get("plan", ""), working)
            begins = event.command == "schedule begin" and told is not None and told.companion == person
            if not begins and (told is None or told.host != person):
                return _only(event, now, s.ONLY_HOSTS)
        if event.command == "schedule add":
            pen = DecisionBuilder(event, now, None, {})
            for room in commands.rooms_of(event)[1:]:
                if not await self._may_span(person, event.channel, room):
                    return _only(event, now, messages.NOT_YOUR_ROOM)
            commands.add(pen, around)
            return self._done(pen, working)
        if event.command == "schedule list":
            plans = await self._here(community, working)
            pen = DecisionBuilder(event, now, None, {})
            people = {plan.id: await self._coming(plan, working) for plan in plans[: commands.MOST_PLANS]}
            commands.show_list(pen, replace(around, plans=plans), people)
            return self._done(pen, working)
        plan = await self._meant(event, community, working)
        if isinstance(plan, str):
            pen = DecisionBuilder(event, now, None, {})
            pen.reply(say(plan, which=isolate(event.args.get("plan", "")[:20])))
            return self._done(pen, working)
        pen = DecisionBuilder(event, now, plan, await self._coming(plan, working))
        if event.command == "schedule begin":
            dues.begin(pen, await self._there(plan, context))
        else:
            if event.command == "schedule check":
                around = replace(around, lacking=await self._lacking(plan.rooms[0]))
            OF_ONE[event.command](pen, around)
        return self._done(pen, working)

    async def forget(self, event: CommandGiven, working: Working, now: datetime) -> list[Planned]:
        """Somebody asks that nothing of them stays: what they said about coming goes, and the cards follow."""
        person, done = event.person.id, []
        for each in await self._store.comes_to(person):
            plan = await self._plan(each.plan, working)
            if plan is None:
                continue
            pen = DecisionBuilder(event, now, plan, await self._coming(plan, working))
            pen.leaves(each.occurrence, person)
            if each.occurrence == plan.occurrence:
                commands.refresh(pen)
            done.append(self._done(pen, working))
        return done

    async def _due(self, event: Due, context: Context, working: Working, now: datetime) -> Planned:
        plan = await self._plan(event.plan, working)
        if plan is None:
            return Planned()
        pen = DecisionBuilder(event, now, plan, await self._coming(plan, working))
        dues.due(pen, await self._there(plan, context))
        return self._done(pen, working)

    def _done(self, pen: DecisionBuilder, working: Working) -> Planned:
        changed = pen.changes()
        if pen.plan is not None and changed is not None:
            working.plans[pen.plan.id] = pen.plan
            working.coming[pen.plan.id] = {
                person: held for person, held in pen.coming.items() if held.occurrence == pen.plan.occurrence
            }
        asker = pen.event.person.id if isinstance(pen.event, CommandGiven) else ""
        return Planned(
            changed=changed,
            effects=pen.effects,
            orders=pen.orders,
            asker=asker,
            room=pen.plan.rooms[0] if pen.plan else "",
            rooms=pen.rooms,
        )

    # -- what is known ---------------------------------------------------------------------------

    async def _plan(self, key: str, working: Working) -> Plan | None:
        key = key.strip().lower()
        return working.plans.get(key) or await self._store.plan(key) if key else None

    async def _coming(self, plan: Plan, working: Working) -> dict[str, Coming]:
        if plan.id not in working.coming:
            found = await self._store.coming(plan.id, plan.occurrence) if plan.occurrence else ()
            working.coming[plan.id] = {each.person: each for each in found}
        return working.coming[plan.id]

    async def _here(self, community: str, working: Working) -> list[Plan]:
        found = [working.plans.get(plan.id, plan) for plan in await self._store.plans(community)]
        return [plan for plan in found if plan.state in (State.ON, State.PAUSED)]

    async def _meant(self, event: CommandGiven, community: str, working: Working) -> Plan | str:
        """The plan that a command names; without a name the next one of this room."""
        named = event.args.get("plan", "")
        if named:
            plan = await self._plan(named, working)
            if plan is None:
                return s.NO_PLAN
            theirs = event.person.id in (plan.host, plan.companion) or plan.community == community
            return plan if theirs or not event.command.startswith("schedule ") else s.NO_PLAN
        there = await self._here(community, working)
        here = [plan for plan in there if event.channel in plan.rooms] or there
        if not here:
            return s.NOTHING_PLANNED
        if len(here) > 1 and event.command.startswith("schedule "):
            return s.WHICH_PLAN
        return here[0]

    async def _zone(self, person: str, working: Working) -> str:
        return working.zones.get(person) or await self._store.zone(person) or self._times.zone

    async def _there(self, plan: Plan, context: Context) -> dues.There:
        held = [
            p.session for p in context.places.get(plan.rooms[0], ()) if p.holds and p.session != plan.session
        ]
        session = await self._load(plan.session) if plan.session else None
        platform = self._platforms.get(plan.rooms[0].partition(":")[0])
        return dues.There(
            taken=bool(held),
            session=session if session is not None and session.id else None,
            guide=bool(platform and platform.can.presence and session and session.guide_away is None),
        )

    async def _lacking(self, room: str) -> str:
        platform = self._platforms.get(room.partition(":")[0])
        asked = getattr(platform, "lacking", None)
        return str(await asked(room)) if asked is not None else ""

    # -- what belongs to a person ----------------------------------------------------------------

    def _set_zone(self, event: CommandGiven, zone: str, now: datetime) -> Planned:
        pen = DecisionBuilder(event, now, None, {})
        wanted = event.args.get("zone", "")
        named = zone_named(wanted) if wanted else ""
        if not wanted:
            pen.reply(say(s.ZONE_IS, zone=zone))
        elif not named:
            pen.reply(say(commands.NO_ZONE_CALLED, zone=isolate(wanted[:60])))
        else:
            pen.reply(say(s.ZONE_SET, zone=named))
            return Planned(effects=pen.effects, zone=(event.person.id, named))
        return Planned(effects=pen.effects)

    def _files(self, channel: str) -> bool:
        """Whether people get files there."""
        platform = self._platforms.get(channel.partition(":")[0])
        return platform is not None and platform.can.files

    def _calendar(self, event: CommandGiven, community: str, now: datetime) -> Planned:
        pen = DecisionBuilder(event, now, None, {})
        if self.addresses is None:
            pen.reply(s.NO_CALENDAR)
        elif self._files(event.channel):
            place, name = PRIVATE + event.person.id, f"plan:calendar:{event.id}"
            pen.effects.append(
                DeliverFile(place=place, person=event.person.id, name=name, what="calendar", of=community)
            )
        else:
            pen.reply(say(s.CALENDAR, **self.addresses(community, event.person.id)))
        return Planned(effects=pen.effects)


def _only(event: CommandGiven, now: datetime, text: str) -> Planned:
    pen = DecisionBuilder(event, now, None, {})
    pen.reply(text)
    return Planned(effects=pen.effects)
