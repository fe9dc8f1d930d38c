"""The dates that a day may mean for somebody who says it now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from bot.scheduling.phrases import questions
from bot.scheduling.phrases.questions import AmbiguousError, When, asked
from bot.scheduling.phrases.reading import Day

WEEK = timedelta(days=7)
LATE = timedelta(hours=23, minutes=59)  # for a day on which something ends
MONTHS_SEARCHED = 14
MOST_WEEKDAYS = 5  # of one name in a month


def midnight(day: date) -> datetime:
    """The beginning of a day, on the wall."""
    return datetime.combine(day, datetime.min.time())


@dataclass(frozen=True, slots=True)
class Calendar:
    """Today, where somebody writes, and the clocks of the place of which they write."""

    today: date  # where they are: "tomorrow, 7pm Tokyo time" is their tomorrow
    local: datetime  # what clocks in `zone` show now
    zone: str
    phrase: str

    def dates(self, day: Day, clock: timedelta) -> list[date]:
        """The dates that may be meant; more than one has to be asked about.

        Args:
            clock: since midnight; a day or more if it is after the midnight at which the day ends.
        """
        readers: tuple[tuple[bool, Callable[[Day, timedelta], list[date]]], ...] = (
            (bool(day.slashed), self._slashed),
            (bool(day.nth), self._nth),
            (day.months is not None, self._months),
            (day.ahead is not None, self._ahead),
            (bool(day.date), self._date),
            (day.weekend, self._weekend),
            (day.weeks is not None, self._weeks),
            (bool(day.weekday), self._weekday),
        )
        for says, reader in readers:
            if says:
                return [
                    found + day.after * WEEK if day.week != "counted" else found
                    for found in reader(day, clock)
                ]
        there = self.local.date()
        return [there if midnight(there) + clock > self.local else there + timedelta(days=1)]

    def ask(self, text: str, days: list[date], clock: timedelta, **values: str) -> AmbiguousError:
        """A question whose answers are these days."""
        options = tuple(When((midnight(day) + clock,), self.zone).phrase for day in days)
        return AmbiguousError(asked(text, options, **values))

    def refused(self, text: str = questions.NOT_READ, **values: str) -> AmbiguousError:
        """A refusal."""
        return AmbiguousError(asked(text, (), **(values or {"phrase": self.phrase})))

    # -- each way to say a day -------------------------------------------------------------------

    def _ahead(self, day: Day, clock: timedelta) -> list[date]:
        """ "Tomorrow", perhaps with the day of the week or the date beside it, which must be the same day."""
        assert day.ahead is not None
        found = self.today + timedelta(days=day.ahead)
        others: list[date] = []
        if day.weekday and found.isoweekday() != day.weekday:
            others = self._weekday(Day(weekday=day.weekday), clock)
        if day.date and (dated := self._date(Day(date=day.date), clock)) != [found]:
            others += dated
        if others:
            raise self.ask(questions.OTHER_WEEKDAY, [found, *others], clock, date=f"{found}")
        return [found]

    def _weeks(self, day: Day, clock: timedelta) -> list[date]:
        assert day.weeks is not None
        monday = self.today - timedelta(days=self.today.isoweekday() - 1)
        return [monday + day.weeks * WEEK + timedelta(days=(day.weekday or 1) - 1)]

    def _weekend(self, day: Day, clock: timedelta) -> list[date]:
        monday = self.today - timedelta(days=self.today.isoweekday() - 1) + (day.weeks or 0) * WEEK
        both = [monday + timedelta(days=5), monday + timedelta(days=6)]
        return [found for found in both if midnight(found) + clock > self.local] or [
            each + WEEK for each in both
        ]

    def _weekday(self, day: Day, clock: timedelta) -> list[date]:
        """ "Next Tuesday", said on a Monday, is tomorrow for some people and eight days away for others."""
        ahead = (day.weekday - self.today.isoweekday()) % 7
        coming = self.today + timedelta(days=ahead or 7)
        if day.week == "counted":
            monday = self.today - timedelta(days=self.today.isoweekday() - 1)
            counted = monday + day.after * WEEK + timedelta(days=day.weekday - 1)
            return sorted({counted, coming + day.after * WEEK}) if ahead else [counted]
        if day.week in ("next", "afternext"):
            same_week = ahead and coming.isocalendar()[:2] == self.today.isocalendar()[:2]
            found = [coming, coming + WEEK] if same_week else [coming]
            return [each + WEEK for each in found] if day.week == "afternext" else found
        if ahead == 0 and (day.after or midnight(self.today) + clock > self.local):
            return [self.today] if day.week == "this" else [self.today, coming]
        return [coming]

    def _slashed(self, day: Day, clock: timedelta) -> list[date]:
        first, second, *year = day.slashed
        found: list[date] = []
        exists = False
        for month, number in ((second, first), (first, second)):
            if month <= 12:
                twin = Day(date=(_long(year[0]) if year else 0, month, number), weekday=day.weekday)
                try:
                    candidate = self._date(twin, clock)[0]
                except AmbiguousError:
                    continue
                exists = True
                if candidate not in found and midnight(candidate) + clock > self.local:
                    found.append(candidate)
        if not found:
            if not exists:
                raise self.refused(questions.NO_SUCH_DAY, day=str(max(first, second)))
            raise self.refused(questions.OVER, time=self.phrase)
        if len(found) > 1:
            raise self.ask(questions.WHICH_ORDER, found, clock)
        return found

    def _date(self, day: Day, clock: timedelta) -> list[date]:
        assert day.date is not None
        year, month, number = day.date
        if not (1 <= number <= 31 or number == -1) or not 0 <= month <= 12:
            raise self.refused()
        found = self._of_some_month(day, number, clock) if not month else self._of_year(day, clock)
        if day.weekday and found.isoweekday() != day.weekday:
            fitting = [found, *self._same_weekday(day, number, month, year)]
            if not month and 1 <= number <= MOST_WEEKDAYS:  # "1st Tuesday" may be the first one of a month
                fitting.insert(0, self._nth_to_come(number, day.weekday, clock))
            raise self.ask(questions.OTHER_WEEKDAY, fitting, clock, date=f"{found}")
        return [found]

    def _of_year(self, day: Day, clock: timedelta) -> date:
        assert day.date is not None
        year, month, number = day.date
        for each in [year] if year else range(self.today.year, self.today.year + 9):
            found = _day_of(date(each, month, 1), number) if 1 <= each <= 9990 else None
            if found and (year or midnight(found) + clock > self.local):
                return found
        raise self.refused(questions.NO_SUCH_DAY, day=str(number))

    def _of_some_month(self, day: Day, number: int, clock: timedelta) -> date:
        """ "The 31st": of this month or the next one that has it."""
        for month in self._months_from_now():
            found = _day_of(month, number)
            if found and midnight(found) + clock > self.local:
                return found
        raise self.refused(questions.NO_SUCH_DAY, day=str(number))

    def _nth_to_come(self, nth: int, weekday: int, clock: timedelta) -> date:
        """The next day that is the nth of its name in its month."""
        found = (_weekday_of(month, nth, weekday) for month in self._months_from_now())
        return next(each for each in found if each and midnight(each) + clock > self.local)

    def _same_weekday(self, day: Day, number: int, month: int, year: int) -> list[date]:
        """ "Friday the 13th": the next one that is a Friday."""
        if month or year:
            return []
        found = (_day_of(each, number) for each in self._months_from_now())
        return [each for each in found if each and each > self.today and each.isoweekday() == day.weekday][:1]

    def _months_from_now(self) -> Iterator[date]:
        for n in range(MONTHS_SEARCHED):
            yield self.today.replace(day=1) + relativedelta(months=n)

    def _months(self, day: Day, clock: timedelta) -> list[date]:
        """ "The 3rd of next month"."""
        assert day.months is not None
        if day.date is None or day.date[1]:
            raise self.refused(questions.NO_DAY)
        month = self.today.replace(day=1) + relativedelta(months=day.months)
        found = _day_of(month, day.date[2])
        if found is None:
            raise self.refused(questions.NO_SUCH_DAY, day=str(day.date[2]))
        if day.weekday and found.isoweekday() != day.weekday:
            raise self.ask(questions.OTHER_WEEKDAY, [found], clock, date=f"{found}")
        return [found]

    def _nth(self, day: Day, clock: timedelta) -> list[date]:
        """ "The last Thursday of next month", "the first Monday of May"."""
        if day.months is not None:
            months = [self.today.replace(day=1) + relativedelta(months=day.months)]
        else:
            assert day.date is not None
            year, month, _ = day.date
            years = [year] if year else range(self.today.year, self.today.year + 3)
            months = [date(each, month, 1) for each in years]
        for first in months:
            found = _weekday_of(first, day.nth, day.weekday)
            if found and (len(months) == 1 or midnight(found) + clock > self.local):
                return [found]
        raise self.refused(questions.NO_SUCH_DAY, day=str(day.nth))


def _day_of(month: date, number: int) -> date | None:
    """A day of a month, -1 the last; None if it has none of this number."""
    if number == -1:
        return month.replace(day=1) + relativedelta(months=1, days=-1)
    try:
        return month.replace(day=number)
    except ValueError:
        return None


def _weekday_of(month: date, nth: int, weekday: int) -> date | None:
    """The nth of these weekdays in a month, -1 the last."""
    if nth == -1:
        last = month + relativedelta(months=1, days=-1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    found = month + timedelta(days=(weekday - month.isoweekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month.month else None


def _long(year: int) -> int:
    return year + 2000 if year < 100 else year
