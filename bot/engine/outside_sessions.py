"""Commands outside of sessions: to a plan, a community, or about what somebody said of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import reduce

from bot.clock import Clock
from bot.core.commands import registry
from bot.core.model.cards import Card, Help, Note
from bot.core.model.effects import DeliverFile, Erase, Say
from bot.core.model.events import CommandGiven, Due, Joined, MessageUsedAsAnswer, Submitted
from bot.core.model.facts import Opened
from bot.core.model.homes import home_of_community
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import replace
from bot.core.model.session import private_place
from bot.core.participants.community import (
    Community,
    CommunityFact,
    CommunityHostNamed,
    CommunityHostRevoked,
    Listing,
    SessionOpened,
    Times,
)
from bot.core.platform import Platform
from bot.core.text import messages
from bot.core.turn import Outcome
from bot.engine.cursors import PendingEvent
from bot.engine.outbox_rows import private_channel, row
from bot.engine.plan_service import PlanService, Working
from bot.engine.session_repository import SessionRepository
from bot.scheduling.decision import ROOM, Changed, PersonErased, PlanFact, Planned, PlanOutcome, ZoneChosen
from bot.store import Context, Decided, Place

HELP = "help"
Asked = CommandGiven | Joined | MessageUsedAsAnswer | Submitted  # what somebody did and is answered for


class OutsideSessions:
    """Asks plans and communities, and has their answers written."""

    def __init__(
        self,
        sessions: SessionRepository,
        shelf: Mapping[str, Listing],
        platforms: Mapping[str, Platform],
        plan_service: PlanService,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._shelf = shelf
        self._platforms = platforms
        self._plan_service = plan_service
        self._clock = clock
        self._named: set[tuple[str, str]] = (
            set()
        )  # who was told the new word for which old one, by this process

    async def plan(
        self, event: CommandGiven | Due, pending: PendingEvent, context: Context, plans: Working
    ) -> tuple[list[Decided], Sequence[CommandGiven]]:
        """The result of an event for a plan, and what the plan orders of its session."""
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None or (event.id, "") in context.seen:
            return [], ()
        community = platform.community(event.channel)
        host = isinstance(event, CommandGiven) and (
            event.host or event.person.id in (await self._sessions.community(community)).hosts
        )
        now = self._clock.now()
        outcome = await self._plan_service.decide(event, community, host, context, plans, now)
        decided = self._of_plan(event, outcome, now, pending)
        return [replace(decided, home=home_of_community(community))], outcome.orders

    async def forgotten(
        self, event: CommandGiven, plans: Working, *, everything: bool, told: bool
    ) -> Decided:
        """What somebody told outside of sessions goes: that they come, and the zone in which they are told times.

        With `everything`, for who is in no session, also their name and all that they wrote: else a session does that.
        """
        now, person = self._clock.now(), event.person.id
        outcomes = await self._plan_service.forget(event, plans, now)
        if everything:
            place = PlaceName(f"{ROOM}{event.channel}")
            done = Say(
                place=private_place(person),
                name=f"forgotten:{event.id}",
                card=Note(text=messages.FORGOTTEN),
                because=event.id,
            )
            erase = Erase(place=place, person=person, messages=(), everything=True)
            quiet = told or "again" in event.args.get("me", "")
            effects = (erase,) if quiet else (done, erase)
            outcomes.append(Outcome(effects=effects, after=Planned()))
        apart = PendingEvent(event)  # where the platform was read up to is written with the sessions
        return reduce(joined, (self._of_plan(event, outcome, now, apart) for outcome in outcomes))

    def own_data(self, event: CommandGiven, pending: PendingEvent) -> Decided:
        """All that is kept of somebody who is in no session, for them."""
        person = event.person.id
        file = DeliverFile(place=private_place(person), person=person, name=f"data:{event.id}", what="data")
        return self._of_plan(event, Outcome(effects=(file,), after=Planned()), self._clock.now(), pending)

    def no_workshop(self, event: Asked, pending: PendingEvent) -> Decided:
        """What somebody is told whose command or answer is for a workshop, where none is open."""
        person, host = event.person.id, isinstance(event, CommandGiven | Joined) and event.host
        if isinstance(event, CommandGiven) and event.command == HELP:
            card: Card = Help(host=host)
        else:
            card = Note(text=messages.NO_WORKSHOP_HOST if host else messages.NO_WORKSHOP)
        place, name = private_place(person), f"no-workshop:{event.id}"
        told = Say(place=place, name=name, card=card, because=event.id)
        return self._of_plan(event, Outcome(effects=(told,), after=Planned()), self._clock.now(), pending)

    async def community(self, event: CommandGiven, pending: PendingEvent, times: Times) -> list[Decided]:
        """The result of a command for the community that it was given in."""
        platform = self._platforms.get(event.channel.partition(":")[0])
        if platform is None:
            return []
        community = await self._sessions.community(platform.community(event.channel))
        hosts_channel = platform.host_channel(event.channel)
        outcome = registry.in_community(self._shelf, community, event, hosts_channel, times)
        self._sessions.put_community(outcome.after)
        decided = self._decided(event, outcome, community.id, event.at, lambda person: event.channel, pending)
        decided = replace(decided, community=community.id, community_version=community.version)
        return [_with_facts(decided, outcome.facts)]

    def _of_plan(
        self, event: Asked | Due, outcome: PlanOutcome, now: datetime, pending: PendingEvent
    ) -> Decided:
        """What the store is to write of a plan; somebody is told of it beside a room where they are."""

        def beside(person: PersonId) -> str:
            return outcome.after.room_for(person, event.channel)

        return _with_facts(self._decided(event, outcome, "", now, beside, pending), outcome.facts)

    def _decided(
        self,
        event: Asked | Due,
        outcome: Outcome[CommunityFact | PlanFact | Opened, Community | Planned],
        scope: str,
        at: datetime,
        beside: Callable[[PersonId], str],
        pending: PendingEvent,
    ) -> Decided:
        home = _home(outcome.after)
        effects = [*outcome.effects, *self._new_word(event, outcome.facts)]
        rows = [
            row(
                effect,
                scope=scope,
                own=event.id,
                session="",
                places={},
                due=at,
                private=lambda person: private_channel(self._platforms, person, beside(PersonId(person))),
                home=home,
            )
            for effect in effects
        ]
        return Decided(
            event=event.id,
            session="",
            home=home,
            at=at,
            rows=[each for each in rows if each.channel],
            settles=pending.settles,
            platform=pending.platform,
            cursor=pending.cursor,
            unheld=pending.unheld,
        )

    def _new_word(self, event: Asked | Due, facts: Sequence[object]) -> tuple[Say, ...]:
        """The word of today for one of an earlier release, once for each person; who opens a session hears it there."""
        if not isinstance(event, CommandGiven) or not event.old or any(isinstance(f, Opened) for f in facts):
            return ()
        person = event.person.id
        if (person, event.old) in self._named:
            return ()
        self._named.add((person, event.old))
        card = messages.say(registry.NEW_WORD, command=f"/{event.command}")
        return (Say(place=private_place(person), name=f"new-word:{event.id}", card=card, because=event.id),)


def _home(after: Community | Planned) -> int | None:
    """The home of what is said of a community or a plan."""
    community = after.id if isinstance(after, Community) else after.plan.community if after.plan else ""
    return home_of_community(community) if community else None


def _with_facts(decided: Decided, facts: Sequence[CommunityFact | PlanFact | Opened]) -> Decided:
    """With what the facts come to in the store, and the session that they open."""
    for fact in facts:
        match fact:
            case SessionOpened() | CommunityHostNamed() | CommunityHostRevoked():
                decided = replace(decided, community_facts=(*decided.community_facts, fact))
            case Opened():
                places = {
                    channel: Place(session=fact.session, place=f"room:{n}", holds=True)
                    for n, channel in enumerate(fact.rooms, 1)
                }
                places[fact.hosts_channel] = Place(session=fact.session, place="hosts", holds=False)
                decided = replace(decided, session=fact.session, facts=(fact,), opened=fact, places=places)
            case Changed():
                decided = replace(decided, plans=(*decided.plans, fact))
            case ZoneChosen():
                decided = replace(decided, zone=(fact.person, fact.zone))
            case PersonErased():
                decided = replace(decided, erased=fact.person, noted=fact.noted)
            case _:
                raise TypeError(f"{type(fact).__name__} is no fact of a community or a plan")
    return decided


def joined(first: Decided, second: Decided) -> Decided:
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
