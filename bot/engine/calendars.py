"""Calendars of what is planned: of a community, of a person, or of one plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.scheduling.cards import going
from bot.scheduling.plan import Plan
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.scheduling.calendar_feed import Occurrence

COMMUNITY, PERSON, PLAN = "c", "p", "s"  # kinds of calendars, as they stand in their addresses
NAME = "Storycircle"  # of every calendar


class Calendars:
    """Reads plans and answers to invitations, and writes them as iCalendar files."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def occurrences(self, kind: str, key: str) -> list[Occurrence]:
        """The entries of a calendar, the earliest first.

        Args:
            kind: COMMUNITY, PERSON or PLAN.
            key: the id of the community or person; of a plan, that of its community and its own.
        """
        from bot.scheduling import calendar_feed  # loads icalendar: only where a calendar is asked for

        now = self._clock.now()
        if kind == PERSON:
            accepted = await self._store.plans.comes_to(key)
            waiting = await self._waiting(key, [plan for _, plan in accepted])
            return sorted(calendar_feed.mine(accepted, now, waiting), key=lambda occurrence: occurrence.at)
        community, _, name = key.rpartition(" ")  # addresses given out before name no community
        plan = await self._store.plans.get(name, community) if kind == PLAN else None
        plans = [plan] if plan else await self._store.plans.confirmed(key) if kind == COMMUNITY else []
        return sorted(
            (occurrence for plan in plans for occurrence in calendar_feed.occurrences(plan, now)),
            key=lambda occurrence: occurrence.at,
        )

    async def _waiting(self, person: str, plans: Sequence[Plan]) -> set[tuple[str, str, str]]:
        """The communities, plans and occurrences in which somebody waits for a place."""
        found = set()
        for plan in plans:
            if plan.cap and plan.occurrence:
                coming = await self._store.plans.coming(plan, plan.occurrence)
                _, waiting = going(plan, {each.person: each for each in coming})
                if any(each.person == person for each in waiting):
                    found.add((plan.community, plan.id, plan.occurrence))
        return found

    def file(self, occurrences: Sequence[Occurrence], link: str = "") -> bytes:
        """An iCalendar file of these occurrences; `link` leads to where they take place."""
        from bot.scheduling import calendar_feed  # loads icalendar: only where a calendar is asked for

        return calendar_feed.calendar(occurrences, NAME, self._clock.now(), link)

    async def files(self, community: str, person: str) -> Mapping[str, bytes]:
        """The calendars of a person and of their community by file name, for those who cannot open our pages."""
        return {
            "mine.ics": self.file(await self.occurrences(PERSON, person)),
            "all.ics": self.file(await self.occurrences(COMMUNITY, community)),
        }
