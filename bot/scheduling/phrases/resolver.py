"""From what a phrase says to the time that it means today, here, or to the question that comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.scheduling.phrases import questions
from bot.scheduling.phrases.dates import Calendar, midnight
from bot.scheduling.phrases.hours import ImpossibleError, candidates
from bot.scheduling.phrases.questions import AmbiguousError, When, asked
from bot.scheduling.phrases.reading import Clock, Day, Reading
from bot.scheduling.phrases.recurrence import checked, doubled, missing, utc
from bot.scheduling.phrases.series import Series, each_week, weekly

YEARS = 5
_SHORT = ("minute", "hour")
_KNOWN = Day(which="known")  # a moment, of which nothing is open


class Resolver:
    """Decides what a reading means for someone in a zone who says it now.

    Args:
        here: the zone in which they are, if they speak of another one.
        offset: from UTC, where the phrase says it in place of a zone.
    """

    def __init__(
        self, reading: Reading, now: datetime, zone: str, phrase: str, here: str = "", offset: str = ""
    ) -> None:
        self.reading = reading
        self.now = now
        self.zone = zone
        self.phrase = phrase
        self.here = here or zone
        self.offset = offset
        there = datetime.strptime(offset, "%z").tzinfo if offset else ZoneInfo(zone)
        today = now.astimezone(ZoneInfo(self.here)).date()
        self.minutes = reading.minutes or reading.days[0].minutes
        local = now.astimezone(there).replace(tzinfo=None)
        self.calendar = Calendar(today, local, zone, phrase)

    def when(self) -> When:
        """The time.

        Raises:
            AmbiguousError: if it can be two, or none.
        """
        reading = self.reading
        self._open_questions()
        if reading.away and not reading.freq:
            found = self._away()
        elif reading.freq == "WEEKLY" and not reading.byday and len(reading.days) > 1:
            found = self._each_of_them()
        elif not reading.freq and not reading.rule and len(reading.days) > 1:
            found = self._several()
        elif len(reading.days) > 1 or (reading.rule and checked(reading.rule)):
            raise self.calendar.refused()
        else:
            found = self._single(reading.days[0])
        found = replace(found, minutes=self.minutes)
        if reading.doubt or reading.days[0].doubt:
            raise AmbiguousError(asked(questions.MEANT, [found.phrase]))
        return found

    def _each_of_them(self) -> When:
        """ "Monday and Thursday every week": the days come before the repetition."""
        days = self.reading.days
        plain = all(day.weekday and not day.week and day.weeks is None for day in days)
        clocks = [day for day in days if day.clock is not None]
        again = weekly(self.reading) if plain and len(clocks) < 2 and not self.reading.unsure else None
        if again is None:
            raise self.calendar.refused()
        return self._twin(again).when()

    def _open_questions(self) -> None:
        """What is open whatever the clock says."""
        reading = self.reading
        if reading.unsure == "biweekly":
            raise self.calendar.refused(questions.WHICH_REST)
        if reading.unsure == "rhythms":
            raise self.calendar.refused(questions.TWO_RHYTHMS)
        if reading.often:
            self._ask_often()
        if reading.nth:
            monthly = replace(
                reading,
                freq="MONTHLY",
                byday=[f"{n}{day}" for n in reading.nth for day in reading.byday],
                nth=[],
            )
            self._ask(questions.WHICH_NTH, [monthly, replace(reading, interval=reading.nth[0], nth=[])])
        ends = reading.count or reading.lasting or reading.until or reading.but or reading.but_weekdays
        if not reading.freq and not reading.rule and (ends or reading.within):
            again = weekly(reading)
            if again is None:
                raise self.calendar.refused()
            self._ask(questions.MEANT, [again])

    def _ask(self, text: str, readings: Sequence[Reading]) -> None:
        """Ask which of these is meant."""
        options: list[str] = []
        refusal: AmbiguousError | None = None
        for reading in readings:
            try:
                options.append(self._twin(reading).when().phrase)
            except AmbiguousError as ambiguous:
                if ambiguous.question.options:
                    raise  # that comes first
                refusal = ambiguous
        if refusal is not None and not options:
            raise refusal
        raise AmbiguousError(asked(text, options))

    def _ask_often(self) -> None:
        """ "Monday to Friday": every week, or on the coming ones only."""
        again = replace(self.reading, often=False)
        every_week = self._twin(again).when()
        first = every_week.starts[0]
        monday = next(day for day in each_week(replace(again, byday=again.byday[:1]), first.date()))
        days = each_week(again, monday)
        once = When(tuple(datetime.combine(day, first.time()) for day in days), every_week.zone)
        if again.count or again.until or again.lasting or again.interval > 1:
            raise AmbiguousError(asked(questions.MEANT, [every_week.phrase]))
        raise AmbiguousError(asked(questions.WHICH_OFTEN, [every_week.phrase, once.phrase]))

    def _twin(self, reading: Reading) -> Resolver:
        return Resolver(reading, self.now, self.zone, self.phrase, self.here, self.offset)

    # -- one day ---------------------------------------------------------------------------------

    def _single(self, day: Day) -> When:
        if day.stamp:
            at = datetime.fromtimestamp(day.stamp, timezone.utc)
            if day.clock is not None or day.part:
                raise self.calendar.refused()
            return self._moment(at)
        clock = self._clock(day)
        if self.reading.freq or self.reading.rule:
            if self.offset:
                raise self.calendar.refused(questions.NO_ZONE, zone=f"UTC{self.offset}")
            return Series(self.reading, self.calendar, self.now).when(day, clock)
        dates = self.calendar.dates(day, clock)
        if len(dates) > 1:
            raise self.calendar.ask(questions.WHICH_DAY, dates, clock)
        wall = midnight(dates[0]) + clock
        if day.offset or self.offset:
            offset = "+0000" if day.offset == "z" else day.offset or self.offset
            return self._moment(wall.replace(tzinfo=datetime.strptime(offset, "%z").tzinfo))
        return self._sure(When((wall,), self.zone, second=day.which == "second"), day)

    def _moment(self, at: datetime) -> When:
        local = at.astimezone(ZoneInfo(self.zone))
        if local.second or local.microsecond:  # whole minutes, and never sooner than was said
            local = (local.astimezone(timezone.utc) + timedelta(minutes=1)).astimezone(ZoneInfo(self.zone))
        wall = local.replace(tzinfo=None, second=0, microsecond=0, fold=0)
        return self._sure(When((wall,), self.zone, second=bool(local.fold)), _KNOWN)

    def _clock(self, day: Day) -> timedelta:
        """The clock time as a length since midnight, or the question about it."""
        no_day = day.weeks is not None and not day.weekday and not day.weekend and not self.reading.freq
        if no_day or (day.months is not None and not day.date and not day.nth):
            raise self.calendar.refused(questions.NO_DAY)
        if day.clock is None:
            if day.ahead is not None and day.ahead < 0:
                raise self.calendar.refused(questions.OVER, time=self.phrase)
            if not day.named and not self.reading.freq:
                raise self.calendar.refused()
            raise self.calendar.refused(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase)
        try:
            found = candidates(day)
            others = [each for other in day.others for each in candidates(replace(day, clock=other, half=""))]
        except ImpossibleError:
            raise self.calendar.refused() from None
        if others:
            self._ask_clocks(questions.WHICH_TIME, day, [*found, *others])
        if len(found) > 1 or (day.midnight and found[0][0] == 24 and day.part == "" and day.named):
            self._ask_clocks(self._which(day, found), day, found)
        return timedelta(hours=found[0][0], minutes=found[0][1])

    @staticmethod
    def _which(day: Day, found: list[Clock]) -> str:
        if day.midnight:
            return questions.WHICH_MIDNIGHT
        return questions.WHICH_HALF if found[-1][0] < 24 else questions.WHICH_DAY

    def _ask_clocks(self, text: str, day: Day, clocks: list[Clock]) -> None:
        if day.midnight and self.reading.freq:
            raise self.calendar.refused()
        days = self.reading.days
        self._ask(
            text,
            [
                replace(self.reading, days=[day.at(clock) if each is day else each for each in days])
                for clock in clocks
            ],
        )

    # -- other forms -----------------------------------------------------------------------------

    def _away(self) -> When:
        """ "In 20 minutes" is a moment; "in two days at 7pm" a day with a clock time."""
        reading, day = self.reading, self.reading.days[0]
        if reading.rule or len(reading.days) > 1 or day.named or (day.part and day.clock is None):
            raise self.calendar.refused()
        short = {unit: n for unit, n in reading.away.items() if unit in _SHORT}
        long = {unit: n for unit, n in reading.away.items() if unit not in short}
        days = timedelta(days=min(long.get("day", 0) + 7 * long.get("week", 0), 400 * YEARS))
        if long and not short:
            if any(n != int(n) for n in long.values()):
                raise self.calendar.refused()
            months = int(min(long.get("month", 0) + 12 * long.get("year", 0), 12 * YEARS + 12))
            on = self.calendar.today + relativedelta(months=months) + days
            on_day = replace(day, ahead=(on - self.calendar.today).days)
            return self._twin(replace(reading, away={}, days=[on_day])).when()
        if set(long) - {"day", "week"} or day.clock is not None:
            raise self.calendar.refused()
        minutes = min(short.get("minute", 0) + 60 * short.get("hour", 0), 10**6)
        return self._moment(self.now + days + timedelta(minutes=minutes))

    def _several(self) -> When:
        """Dates picked by hand; those without a clock time have that of another."""
        days = self.reading.days
        clocks = [day for day in days if day.clock is not None]
        if not clocks:
            raise self.calendar.refused(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase)
        if any(not day.named or day.offset or day.stamp for day in days) or self.offset:
            raise self.calendar.refused()
        filled = [_with_clock(day, _clock_of(days, n)) for n, day in enumerate(days)]
        if self.reading.unsure == "either":
            self._ask_either(filled)
        starts: list[datetime] = []
        choice: list[datetime] = []  # of one day that may be two
        for day in filled:
            if not day.sure and not day.part:
                self._ask_halves(filled)
            clock = self._clock(day)
            dates = self.calendar.dates(day, clock)
            if len(dates) > 1:
                if choice:
                    raise self.calendar.refused(questions.WHICH_DAY)
                choice = [midnight(option) + clock for option in dates]
                continue
            wall = midnight(dates[0]) + clock
            self._sure(When((wall,), self.zone), day)
            starts.append(wall)
        if choice:
            both = [When(tuple(sorted({*starts, option})), self.zone).phrase for option in choice]
            raise AmbiguousError(asked(questions.WHICH_DAY, both))
        return When(tuple(sorted(set(starts))), self.zone)

    def _ask_either(self, days: list[Day]) -> None:
        """ "Tuesday or Wednesday": all that each of them may be."""
        options: list[str] = []
        for day in days:
            try:
                options.append(self._twin(replace(self.reading, days=[day], unsure="")).when().phrase)
            except AmbiguousError as ambiguous:
                options += ambiguous.question.options
        raise AmbiguousError(asked(questions.WHICH_DAY, options))

    def _ask_halves(self, days: list[Day]) -> None:
        """In the morning or in the evening: the same for all of which it is open."""
        readings = []
        for later in (0, 12):
            twins = []
            for day in days:
                assert day.clock is not None
                hour, minute = day.clock
                open_half = not day.sure and not day.part
                twins.append(day.at((hour + later, minute)) if open_half else day)
            readings.append(replace(self.reading, days=twins))
        self._ask(questions.WHICH_HALF, readings)

    # -- being sure ------------------------------------------------------------------------------

    def _sure(self, when: When, day: Day) -> When:
        """Not over, not too far, and a time that this zone's clocks show once on that day."""
        wall = when.starts[0]
        at = utc(wall, self.zone, second=when.second)
        if at <= self.now:
            raise self.calendar.refused(questions.OVER, time=f"{wall:%Y-%m-%d %H:%M}")
        if at > self.now + timedelta(days=366 * YEARS):
            raise self.calendar.refused(questions.TOO_FAR, years=str(YEARS))
        values = {"time": f"{wall:%H:%M}", "zone": self.zone}
        if missing(wall, self.zone):
            after = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
            both = [When((each,), self.zone).phrase for each in (wall - (after - wall), after)]
            raise AmbiguousError(asked(questions.NO_SUCH_TIME, both, **values))
        if doubled(wall, self.zone) and not day.which:
            first, second = When((wall,), self.zone), When((wall,), self.zone, second=True)
            options = (first.phrase.replace(wall.strftime("%H:%M"), f"{wall:%H:%M} first", 1), second.phrase)
            raise AmbiguousError(asked(questions.TWICE, options, **values))
        return when


def _with_clock(day: Day, other: Day) -> Day:
    """The day, at the clock time of another one if none was said of it."""
    if day.clock is not None:
        return day
    return replace(day, clock=other.clock, sure=other.sure, half=other.half, part=day.part or other.part)


def _clock_of(days: Sequence[Day], n: int) -> Day:
    """The day whose clock time holds for one without: the next one that has it, or else the first."""
    return next(day for day in (*days[n:], *days) if day.clock is not None)
