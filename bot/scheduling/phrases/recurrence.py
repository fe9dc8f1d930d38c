"""Wall-clock times to moments, and repetitions to wall-clock times (RFC 5545 through python-dateutil)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.scheduling.phrases.questions import When

MOST = 1000  # occurrences that are looked through


def utc(wall: datetime, zone: str, *, second: bool = False) -> datetime:
    """The moment at which clocks in `zone` show `wall`.

    A time that comes twice is the first one unless `second`; one that does not exist is read with the offset from
    before the gap, so 02:30 becomes 03:30 (both: RFC 5545, 3.3.5).
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=int(second)).astimezone(timezone.utc)


def missing(wall: datetime, zone: str) -> bool:
    """True if clocks in `zone` never show this time, because they go forward."""
    back = utc(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return back != wall


def doubled(wall: datetime, zone: str) -> bool:
    """True if clocks in `zone` show this time twice, because they go back."""
    return not missing(wall, zone) and utc(wall, zone) != utc(wall, zone, second=True)


def checked(rule: str) -> str:
    """The sentence of a fault in a rule, or nothing."""
    if any(part in rule.upper() for part in ("SECONDLY", "MINUTELY", "HOURLY")):
        return "a session is not held every hour"
    try:
        rrulestr(rule, dtstart=datetime(2026, 1, 1, 12))
    except (ValueError, TypeError, KeyError) as error:
        return str(error)
    return ""


def occurrences(when: When) -> Iterator[datetime]:
    """The wall-clock times, in order; without an end if the rule has none. Excepted days are left out."""
    if when.rule:
        starts = iter(rrulestr(when.rule, dtstart=when.starts[0]))
    else:
        starts = iter(sorted(when.starts))
    last = when.starts[0] + timedelta(days=366 * 12)
    for wall in starts:
        if wall > last:
            return
        if wall.date() not in when.but:
            yield wall


def upcoming(when: When, now: datetime, n: int) -> list[tuple[datetime, datetime]]:
    """The next `n` occurrences that begin after `now`, as (wall, moment)."""

    def moments() -> Iterator[tuple[datetime, datetime]]:
        for wall in islice(occurrences(when), MOST):
            at = utc(wall, when.zone, second=when.second)
            if at > now:
                yield wall, at

    return list(islice(moments(), n))
