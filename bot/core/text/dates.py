"""Wall times in a zone, and the hours in which nothing is said."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.core.model.session import Session
from bot.core.text import wording


def when_clocks_show(at: datetime, zone: str, clock: str, days: int = 0) -> datetime:
    """The moment, in UTC, when clocks in `zone` show `clock` (HH:MM), `days` after the date of `at` there."""
    tz = ZoneInfo(zone)
    date = at.astimezone(tz).date() + timedelta(days=days)
    hours, minutes = map(int, clock.split(":"))
    return datetime.combine(date, time(hours, minutes), tz).astimezone(timezone.utc)


WORKING_WEEK = 5  # days, from Monday on


def morning_of(at: datetime, zone: str, clock: str, *, days: int = 0, weekends: bool = True) -> datetime:
    """The first moment after `at`, and at least `days` dates after it, when clocks in `zone` show `clock`.

    Args:
        weekends: whether it may be on a Saturday or a Sunday.
    """
    while True:
        moment = when_clocks_show(at, zone, clock, days)
        free = weekends or moment.astimezone(ZoneInfo(zone)).isoweekday() <= WORKING_WEEK
        if moment > at and free:
            return moment
        days += 1


def after_quiet_hours(session: Session, at: datetime) -> datetime:
    """This moment, or the end of the quiet hours that it falls into."""
    begins, ends = session.quiet
    if begins == ends:
        return at
    local = at.astimezone(ZoneInfo(session.zone)).strftime("%H:%M")
    quiet = begins <= local < ends if begins < ends else local >= begins or local < ends
    if not quiet:
        return at
    end = when_clocks_show(at, session.zone, ends)
    return end if end > at else when_clocks_show(at, session.zone, ends, 1)


def moment_in_zone(at: datetime, zone: str) -> str:
    """A moment as people of this zone read it."""
    local = at.astimezone(ZoneInfo(zone))
    return wording.stamped(at) or f"{wording.dated(local, wording.WEEK)} {zone}"


_KEPT = "at:"  # a moment among the values of a sentence; it is worded when it is drawn


def moment_value(at: datetime, zone: str) -> str:
    """A moment as a value of a sentence: whoever draws it says it in its language and markup."""
    return f"{_KEPT}{at.isoformat()} {zone}"


def value_text(value: str) -> str:
    """A value of a sentence as it is read: a moment in words, anything else as it is."""
    if not value.startswith(_KEPT):
        return value
    at, _, zone = value.removeprefix(_KEPT).partition(" ")
    return moment_in_zone(datetime.fromisoformat(at), zone)


def day(at: datetime) -> str:
    """The date of a moment, written out."""
    return wording.dated(at, wording.DAY_OF_YEAR)


def moment(at: datetime) -> str:
    """A moment of these weeks, in UTC."""
    return wording.stamped(at) or f"{wording.dated(at, wording.MOMENT)} UTC"
