"""Calendar files (RFC 5545): one for a session, and feeds for a community and for a person.

Every occurrence is an event of its own, at its moment in UTC: its UID stays when it moves, SEQUENCE grows with each
change, and what does not take place is said to be cancelled. So nobody's calendar has to know our zones or rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from icalendar import Calendar, Event

from bot.scheduling.phrases import utc
from bot.scheduling.plan import Coming, Plan, Rsvp, State, times

MOST = 60  # occurrences of one plan
BACK = timedelta(days=30)  # how long what is over stays in a feed
HOUR = timedelta(hours=1)


class Occurrence:
    """One time at which a plan is held, or is not held after all."""

    def __init__(self, plan: Plan, key: str, at: datetime, cancelled: bool) -> None:
        self.plan = plan
        self.key = key
        self.at = at
        self.cancelled = cancelled
        self.tentative = False  # for whoever may come, or waits for a place

    @property
    def uid(self) -> str:
        """The same for ever, also when it is moved."""
        return f"{self.plan.id}-{self.key}@storycircle"


def occurrences(plan: Plan, now: datetime) -> Iterator[Occurrence]:
    """The entries of a plan in a calendar: lately and to come, with what was cancelled."""
    if plan.when is None or plan.state is State.DRAFT:
        return
    off = plan.state is State.CANCELLED
    since = now if off else now - BACK
    found = [Occurrence(plan, key, at, off) for key, at in times(plan, since, MOST)]
    for key in plan.skipped:
        at = utc(plan.moved.get(key, datetime.fromisoformat(key)), plan.zone)
        if at > since:
            found.append(Occurrence(plan, key, at, True))
    yield from islice(sorted(found, key=lambda each: each.at), MOST)


def mine(
    accepted: Iterable[tuple[Coming, Plan]], now: datetime, waiting: Collection[tuple[str, str, str]] = ()
) -> Iterator[Occurrence]:
    """The plans that somebody said that they come to.

    Args:
        waiting: the communities, plans and occurrences in which they wait for a place.
    """
    for coming, plan in accepted:
        if coming.how is Rsvp.NO:
            continue
        for each in occurrences(plan, now):
            if each.key == coming.occurrence:
                waits = (plan.community, plan.id, each.key) in waiting
                each.tentative = waits or coming.how is Rsvp.MAYBE
                yield each


def calendar(found: Iterable[Occurrence], name: str, now: datetime, link: str = "") -> bytes:
    """A calendar file with these occurrences."""
    made = Calendar()
    made.add("prodid", "-//Storycircle//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", HOUR, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for each in found:
        made.add_component(_event(each, now, link))
    return bytes(made.to_ical())


def _event(each: Occurrence, now: datetime, link: str) -> Event:
    plan = each.plan
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", now)
    event.add("sequence", plan.sequence)
    event.add("summary", plan.title)
    event.add("dtstart", each.at)
    event.add("dtend", each.at + timedelta(minutes=plan.minutes))
    status = "CANCELLED" if each.cancelled else "TENTATIVE" if each.tentative else "CONFIRMED"
    event.add("status", status)
    about = " ".join(plan.about.split())
    event.add("description", f"{about}\n\n{link}".strip())
    if link:
        event.add("url", link)
    event.add("location", link or plan.rooms[0])
    return event
