"""A repetition: its rule in RFC 5545, its first occurrence, its end, and the days on which it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.scheduling.phrases import questions
from bot.scheduling.phrases.dates import LATE, WEEK, Calendar, midnight
from bot.scheduling.phrases.hours import candidates
from bot.scheduling.phrases.questions import AmbiguousError, When, asked
from bot.scheduling.phrases.reading import FREQ, WEEKDAYS, Day, Reading
from bot.scheduling.phrases.recurrence import checked, occurrences, upcoming

_DAYS = {"day": 1, "week": 7, "month": 31}
LOOKED_THROUGH = 1000  # occurrences


class Series:
    """Makes of a reading the repetition that it means."""

    def __init__(self, reading: Reading, calendar: Calendar, now: datetime) -> None:
        self.reading = reading
        self.calendar = calendar
        self.now = now

    def when(self, day: Day, clock: timedelta) -> When:
        """The repetition at this time of the day."""
        if clock >= timedelta(days=1) or day.offset or day.stamp:
            raise self.calendar.refused()
        self._one_rhythm(day)
        self._without_weekdays()
        rule = self.reading.rule or self._rule(day)
        if checked(rule):
            raise self.calendar.refused()
        begin = self._begin(day, clock)
        rule = self._ended(rule, begin)
        start = midnight(begin) + clock
        when = When((start,), self.calendar.zone, rule)
        # every second Monday begins with the coming one, not with one of an even week
        closest = when if day.named else replace(when, rule=re.sub(r";INTERVAL=\d+", "", rule))
        first = upcoming(closest, self.now, 1)
        if not first:
            raise self.calendar.refused(questions.NEVER)
        rule = self._lasting(rule, first[0][0])
        # the rule begins at its first occurrence, which is what calendars expect (RFC 5545, 3.8.5.3)
        when = replace(when, starts=(first[0][0],), rule=self._counted(rule))
        return self._moved_on(replace(when, but=self._but(when)))

    def _one_rhythm(self, day: Day) -> None:
        """Refuse a day of the week beside a repetition that is held on others: it would be lost."""
        reading = self.reading
        plain = day.weekday and not (day.week or day.date or day.slashed or day.nth) and day.weeks is None
        if not plain or reading.begun or not reading.byday:
            return
        if WEEKDAYS[day.weekday - 1] not in {held[-2:] for held in reading.byday}:
            raise self.calendar.refused(questions.TWO_RHYTHMS)

    def _moved_on(self, when: When) -> When:
        """Days before the first one that is held are no exceptions: the rule begins later."""
        first = upcoming(when, self.now, 1)
        if not first:
            raise self.calendar.refused(questions.NEVER)
        if first[0][0] == when.starts[0] or "INTERVAL" in when.rule or "COUNT" in when.rule:
            return when
        later = tuple(day for day in when.but if day > first[0][0].date())
        return replace(when, starts=(first[0][0],), but=later)

    # -- when it begins and ends -----------------------------------------------------------------

    def _begin(self, day: Day, clock: timedelta) -> date:
        if self.reading.within is not None:
            return self._month_within()[0]
        if day.named:
            return self.calendar.dates(day, clock)[0]
        away = self.reading.away
        if set(away) - {"day", "week"}:
            raise self.calendar.refused()
        today = min(self.calendar.today, self.calendar.local.date())
        return today + timedelta(days=min(away.get("day", 0) + 7 * away.get("week", 0), 2000))

    def _month_within(self) -> tuple[date, date]:
        """The first and the last day of "Tuesdays in April"."""
        assert self.reading.within is not None
        year, month = self.reading.within
        last = self.calendar.dates(Day(date=(year, month, -1)), LATE)[0]
        return last.replace(day=1), last

    def _ended(self, rule: str, begin: date) -> str:
        if "UNTIL" in rule:
            return rule
        if self.reading.within is not None:
            return f"{rule};UNTIL={self._month_within()[1]:%Y%m%d}T235959"
        until = self.reading.until
        if until is None:
            return rule
        if not until.named:
            raise self.calendar.refused()
        lasts = self._lasts(until)
        if lasts[-1] < begin and until.date and not until.date[0] and until.date[1]:
            lasts = [last.replace(year=last.year + 1) for last in lasts if (last.month, last.day) != (2, 29)]
        rules = [f"{rule};UNTIL={last:%Y%m%d}T235959" for last in lasts]
        if len(rules) > 1:
            self._ask_last([Day(date=(last.year, last.month, last.day)) for last in lasts])
        return rules[0]

    def _lasts(self, until: Day) -> list[date]:
        """The days that may be the last one: "until April" may leave April out."""
        if until.date and until.date[1] and not until.date[2]:
            year, month, _ = until.date
            whole = self.calendar.dates(Day(date=(year, month, -1)), LATE)[0]
            return [whole.replace(day=1) - timedelta(days=1), whole]
        return self.calendar.dates(until, LATE)

    def _ask_last(self, days: list[Day]) -> None:
        """Ask about an end that may be on two days."""
        options = []
        for day in days:
            try:
                twin = replace(self.reading, until=day)
                options.append(_again(twin, self.calendar, self.now).phrase)
            except AmbiguousError as ambiguous:
                if ambiguous.question.options:
                    raise
        raise AmbiguousError(asked(questions.WHICH_DAY, options))

    def _lasting(self, rule: str, first: datetime) -> str:
        if self.reading.lasting is None:
            return rule
        n, unit = self.reading.lasting
        if unit not in _DAYS:
            raise self.calendar.refused()
        last = first + timedelta(days=min(n * _DAYS[unit], 4000), minutes=-1)
        return f"{rule};UNTIL={last:%Y%m%dT%H%M%S}"

    def _counted(self, rule: str) -> str:
        return f"{rule};COUNT={self.reading.count}" if self.reading.count and "COUNT" not in rule else rule

    # -- exceptions ------------------------------------------------------------------------------

    def _without_weekdays(self) -> None:
        """ "Every day except Sundays" is said by the days that are left."""
        reading = self.reading
        if not reading.but_weekdays:
            return
        gone = {WEEKDAYS[day - 1] for day in reading.but_weekdays}
        held = list(WEEKDAYS) if reading.freq == "DAILY" and reading.interval == 1 else reading.byday
        left = [day for day in held if day not in gone]
        if reading.freq not in ("DAILY", "WEEKLY") or len(left) == len(held) or reading.rule:
            raise self.calendar.refused()
        if not left:
            raise self.calendar.refused(questions.NEVER)
        named = [day for day in reading.but if day.named]
        self.reading = replace(reading, freq="WEEKLY", byday=left, but_weekdays=[], but=named)

    def _but(self, when: When) -> tuple[date, ...]:
        """The days on which it is not held, each of which has to be one on which it would be."""
        if not self.reading.but:
            return ()
        found: list[date] = []
        for day in self.reading.but:
            if not day.named:
                raise self.calendar.refused()
            whole_week = day.weeks is not None and not day.weekday
            dates = self.calendar.dates(day, LATE)
            if whole_week:
                dates = [dates[0] + timedelta(days=n) for n in range(7)]
            held = [each for each in dates if self._held(when, each)]
            if not held:
                raise self.calendar.refused(questions.NOT_HELD, date=f"{dates[0]}")
            found += held if whole_week else held[:1]
        return tuple(dict.fromkeys(found))

    def _held(self, when: When, day: date) -> bool:
        for n, wall in enumerate(occurrences(when)):
            if wall.date() >= day or n > LOOKED_THROUGH:
                return wall.date() == day
        return False

    # -- the rule --------------------------------------------------------------------------------

    def _rule(self, day: Day) -> str:
        reading = self.reading
        parts = [f"FREQ={reading.freq}"]
        if reading.interval > 1:
            parts.append(f"INTERVAL={reading.interval}")
        byday = list(reading.byday)
        if reading.freq == "WEEKLY" and not byday and day.weekday:
            byday = [WEEKDAYS[day.weekday - 1]]
        dated = bool(day.date or day.slashed or day.ahead is not None)
        if byday:
            parts.append(f"BYDAY={','.join(dict.fromkeys(byday))}")
        elif reading.freq == "MONTHLY" and reading.monthdays:
            parts.append(f"BYMONTHDAY={','.join(str(number) for number in dict.fromkeys(reading.monthdays))}")
        elif reading.freq != "DAILY" and not dated:
            raise self.calendar.refused(questions.NO_DAY)
        return ";".join(parts)


def _again(reading: Reading, calendar: Calendar, now: datetime) -> When:
    day = reading.days[0]
    hour, minute = candidates(day)[0]
    return Series(reading, calendar, now).when(day, timedelta(hours=hour, minutes=minute))


def weekly(reading: Reading) -> Reading | None:
    """The same every week, where only a day was said, and a count or an end; None if that cannot be."""
    days = [day.weekday for day in reading.days]
    only = reading.days[0]
    if len(days) == 1 and (only.date or only.slashed or only.ahead is not None):
        return replace(reading, freq=FREQ["week"], often=False)
    if not all(days) or any(day.date or day.clock is None for day in reading.days[-1:]):
        return None
    first = replace(reading.days[-1], weekday=0, week="", weeks=None)
    return replace(
        reading, days=[first], freq=FREQ["week"], byday=[WEEKDAYS[day - 1] for day in days], often=False
    )


def each_week(reading: Reading, begin: date) -> Iterator[date]:
    """The days of one week, from `begin` on, on which a weekly repetition is held."""
    for n in range(WEEK.days):
        each = begin + timedelta(days=n)
        if WEEKDAYS[each.isoweekday() - 1] in reading.byday:
            yield each
