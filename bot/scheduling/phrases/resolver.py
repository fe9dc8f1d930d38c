"""From a phrase to a time: the languages in turn, then the decision what it means today, here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.relativedelta import relativedelta

from bot.core.model.cards import Note
from bot.core.text.messages import say
from bot.scheduling.phrases import questions
from bot.scheduling.phrases.lexer import LONGEST, plain, tokens
from bot.scheduling.phrases.parser import WEEKDAYS, Day, Reading, read
from bot.scheduling.phrases.questions import Question, When
from bot.scheduling.phrases.recurrence import checked, doubled, missing, upcoming, utc
from bot.scheduling.phrases.vocabulary import LANGUAGES, words

YEARS = 5
_ZONE = re.compile(r"(?i)(?<![\w/])((?:[a-z]{2,}(?:_[a-z]+)*/)[a-z_+\-0-9]+(?:/[a-z_]+)?|utc|gmt)(?![\w/])")
_PLACE = re.compile(r"(?i)\b([a-z]+(?: [a-z]+)?) time\b")
_SHORT = re.compile(r"(?<![\w/])(?:[ECMP][SD]T|CES?T|WES?T|EES?T|BST|IST|AES?T|MSK)(?![\w/])")


class _Ambiguous(Exception):
    """It cannot be decided without an answer."""

    def __init__(self, note: Note, options: Sequence[str] = ()) -> None:
        self.question = Question(note, tuple(options))


@cache
def zones() -> dict[str, str]:
    """Every IANA zone by its name in small letters, and by its place where only one has it."""
    names = sorted(
        z for z in available_timezones() if not z.startswith(("Etc/", "SystemV/", "posix", "right"))
    )
    by_name: dict[str, str] = {}
    for name in names:
        place = name.rpartition("/")[2].replace("_", " ").casefold()
        by_name[place] = "" if by_name.get(place, name) != name else name
    return {place: name for place, name in by_name.items() if name} | {
        name.casefold(): name for name in names
    }


def zone_named(spelled: str) -> str:
    """The IANA name of a zone as somebody typed it; nothing if there is none."""
    name = spelled.strip().casefold()
    if name in ("utc", "gmt", "z"):
        return "UTC"
    return zones().get(name, "") or zones().get(name.replace("_", " "), "")


def understand(phrase: str, now: datetime, zone: str, languages: Sequence[str] = ()) -> When | Question:
    """The time to come that a phrase means for someone in `zone` who says it `now` (aware), or a question about it.

    Args:
        languages: that are tried first; English, Spanish, German and French are tried in any case.
    """
    shown = phrase.strip()[:80]
    phrase, named = _zoned(phrase[:LONGEST])
    if named is None:
        return Question(say(questions.NO_ZONE, zone=shown))
    zone = named or zone
    order = [language for language in languages if language in LANGUAGES]
    question: Question | None = None
    text = plain(phrase)
    for language in dict.fromkeys((*order, *LANGUAGES)):
        row = tokens(text, words(language))
        reading = read(row) if row else None
        if reading is None:
            continue
        try:
            return _Resolver(reading, now, zone, shown).when()
        except _Ambiguous as asked:
            question = question or asked.question
    if question is None:
        question = _elsewhere(phrase, now, zone)
    return question or Question(say(questions.NOT_READ, phrase=shown))


def _zoned(phrase: str) -> tuple[str, str | None]:
    """The phrase without a zone that it names, and the zone: nothing if it names none, None if nobody knows it."""
    if _SHORT.search(phrase):
        return phrase, None
    match = _ZONE.search(phrase)
    if match:
        name = zone_named(match.group(1))
        return (phrase[: match.start()] + " " + phrase[match.end() :], name) if name else (phrase, None)
    place = _PLACE.search(phrase)
    if place:
        for candidate in (place.group(1), place.group(1).rpartition(" ")[2]):
            name = zone_named(candidate)
            if name:
                at = place.start() + place.group(1).rindex(candidate)
                return phrase[:at] + " " + phrase[place.end() :], name
    return phrase, ""


def _elsewhere(phrase: str, now: datetime, zone: str) -> Question | None:
    """A whole date with a clock time in one of dateparser's two hundred languages, offered and not taken."""
    if not re.search(r"\d", phrase):
        return None
    from dateparser.date import DateDataParser  # half a second and forty megabytes: only when it is needed

    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    settings = {"STRICT_PARSING": True, "RELATIVE_BASE": local, "RETURN_TIME_AS_PERIOD": True}
    try:
        parsed = DateDataParser(settings=settings).get_date_data(phrase)
    except (ValueError, OverflowError, TypeError):
        return None
    if parsed.date_obj is None or parsed.period != "time" or parsed.date_obj.tzinfo is not None:
        return None
    when = When((parsed.date_obj.replace(second=0, microsecond=0),), zone)
    return Question(say(questions.MEANT), (when.phrase,)) if upcoming(when, now, 1) else None


class _Resolver:
    def __init__(self, reading: Reading, now: datetime, zone: str, phrase: str) -> None:
        self.reading = reading
        self.now = now
        self.zone = zone
        self.phrase = phrase
        self.today = now.astimezone(ZoneInfo(zone)).date()
        self.local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def when(self) -> When:
        reading = self.reading
        if reading.unsure == "biweekly":
            raise _Ambiguous(say(questions.WHICH_REST))
        if reading.away:
            return self._away()
        if reading.rule and checked(reading.rule):
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        if not reading.freq and not reading.rule and len(reading.days) > 1:
            return self._several()
        day = reading.days[0]
        if len(reading.days) > 1:
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        if day.offset:
            return self._offset(day)
        clock = self._clock(day)
        if reading.freq or reading.rule:
            return self._again(day, clock)
        dates = self._dates(day, clock)
        if len(dates) > 1:
            self._ask(questions.WHICH_DAY, [datetime.combine(day_, clock) for day_ in dates])
        return self._sure(
            When((datetime.combine(dates[0], clock),), self.zone, second=day.which == "second"), day
        )

    # -- clock -----------------------------------------------------------------------------------

    def _clock(self, day: Day) -> time:
        """The clock time, or the question about it."""
        if day.weeks is not None and not day.weekday:
            raise _Ambiguous(say(questions.NO_DAY))
        if day.clock is None:
            if not day.named and not self.reading.freq:
                raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
            raise _Ambiguous(say(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase))
        hour, minute = day.clock
        part = self.reading.part
        if self.reading.unsure == "midnight":
            if part or self.reading.freq:
                raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
            if not day.named:
                return time(0)
            on = self._dates(day, time(0, 1))[0]
            options = [datetime.combine(on, time(0)), datetime.combine(on + timedelta(days=1), time(0))]
            self._ask(questions.WHICH_MIDNIGHT, [option for option in options if option > self.local])
        if part and not day.half:
            if part == "morning" and hour != 12:
                return time(hour, minute)
            if part != "morning" and hour < 12:
                return time(hour + 12, minute)
        if part and ((part == "morning") != (hour < 12)):
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        if not day.sure and not part:
            self._halves(day, hour, minute)
        return time(hour, minute)

    def _halves(self, day: Day, hour: int, minute: int) -> None:
        options = []
        for option in (time(hour, minute), time(hour + 12, minute)):
            twin = Day(**{name: getattr(day, name) for name in Day.__slots__})
            twin.clock, twin.sure = (option.hour, option.minute), True
            try:
                options.append(_Resolver(_with(self.reading, twin), self.now, self.zone, self.phrase).when())
            except _Ambiguous as asked:
                if asked.question.options:
                    raise  # first which day
        if len({option.phrase for option in options}) == 1 and not day.named:
            raise _Ambiguous(say(questions.WHICH_HALF), [options[0].phrase])
        raise _Ambiguous(say(questions.WHICH_HALF), [option.phrase for option in options])

    # -- day -------------------------------------------------------------------------------------

    def _dates(self, day: Day, clock: time) -> list[date]:
        """The dates that may be meant; more than one has to be asked about."""
        if day.slashed:
            return self._slashed(day, clock)
        if day.date:
            return [self._dated(day, clock)]
        if day.ahead is not None:
            return [self.today + timedelta(days=day.ahead)]
        if day.weeks is not None:
            monday = self.today - timedelta(days=self.today.isoweekday() - 1)
            return [monday + timedelta(days=7 * day.weeks + day.weekday - 1)]
        if day.weekday:
            return self._weekday(day, clock)
        later = datetime.combine(self.today, clock) > self.local
        return [self.today if later else self.today + timedelta(days=1)]

    def _weekday(self, day: Day, clock: time) -> list[date]:
        """ "Next Tuesday", said on a Monday, is tomorrow for some people and eight days away for others."""
        ahead = (day.weekday - self.today.isoweekday()) % 7
        coming = self.today + timedelta(days=ahead or 7)
        if day.week == "next":
            same_week = ahead and coming.isocalendar()[:2] == self.today.isocalendar()[:2]
            return [coming, coming + timedelta(days=7)] if same_week else [coming]
        if ahead == 0 and datetime.combine(self.today, clock) > self.local:
            return [self.today] if day.week == "this" else [self.today, coming]
        return [coming]

    def _slashed(self, day: Day, clock: time) -> list[date]:
        first, second, *year = day.slashed
        dates = []
        for month, number in ((second, first), (first, second)):
            if month <= 12:
                twin = Day(date=(_long(year[0]) if year else 0, month, number), weekday=day.weekday)
                try:
                    candidate = self._dated(twin, clock)
                except _Ambiguous:
                    continue
                if candidate not in dates and datetime.combine(candidate, clock) > self.local:
                    dates.append(candidate)
        if not dates:
            raise _Ambiguous(say(questions.OVER, time=self.phrase))
        if len(dates) > 1:
            self._ask(questions.WHICH_ORDER, [datetime.combine(candidate, clock) for candidate in dates])
        return dates

    def _dated(self, day: Day, clock: time) -> date:
        assert day.date is not None
        year, month, number = day.date
        if not 1 <= number <= 31 or not 0 <= month <= 12:
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        if not month:
            return self._of_month(number, clock)
        years = [year] if year else range(self.today.year, self.today.year + 9)
        for year_ in years:
            try:
                result = date(year_, month, number)
            except ValueError:
                continue
            if year or datetime.combine(result, clock) > self.local:
                if day.weekday and result.isoweekday() != day.weekday:
                    self._ask(
                        questions.OTHER_WEEKDAY,
                        [datetime.combine(result, clock)],
                        date=f"{result}",
                    )
                return result
        raise _Ambiguous(say(questions.NO_SUCH_DAY, day=str(number)))

    def _of_month(self, number: int, clock: time) -> date:
        """ "The 31st": of this month or the next one that has it."""
        month = self.today.replace(day=1)
        for _ in range(12):
            try:
                day_of_month = month.replace(day=number)
            except ValueError:
                day_of_month = None
            if day_of_month and datetime.combine(day_of_month, clock) > self.local:
                return day_of_month
            month = (month + timedelta(days=32)).replace(day=1)
        raise _Ambiguous(say(questions.NO_SUCH_DAY, day=str(number)))

    # -- other forms -----------------------------------------------------------------------------

    def _away(self) -> When:
        """ "In 20 minutes" is a moment; "in two days at 7pm" a day with a clock time."""
        reading, day = self.reading, self.reading.days[0]
        if reading.freq or reading.rule or len(reading.days) > 1 or day.named or reading.part:
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        short = {unit: n for unit, n in reading.away.items() if unit in ("minute", "hour")}
        long = {unit: n for unit, n in reading.away.items() if unit not in short}
        days = timedelta(days=min(long.get("day", 0) + 7 * long.get("week", 0), 400 * YEARS))
        if long and not short:
            months = min(long.get("month", 0) + 12 * long.get("year", 0), 12 * YEARS + 12)
            on = self.today + relativedelta(months=months) + days
            day.ahead = (on - self.today).days
            clock = self._clock(day)
            return self._sure(When((datetime.combine(on, clock),), self.zone), day)
        if set(long) - {"day", "week"}:
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        if day.clock is not None:
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        away = days + timedelta(minutes=min(short.get("minute", 0) + 60 * short.get("hour", 0), 10**6))
        at = (self.now + away).astimezone(ZoneInfo(self.zone))
        if at.second or at.microsecond:  # whole minutes, and never sooner than was said
            at = (at.astimezone(timezone.utc) + timedelta(minutes=1)).astimezone(ZoneInfo(self.zone))
        wall = at.replace(tzinfo=None, second=0, microsecond=0, fold=0)
        return self._sure(When((wall,), self.zone, second=bool(at.fold)), Day(which="known"))

    def _offset(self, day: Day) -> When:
        clock = self._clock(day)
        text = "+00:00" if day.offset == "z" else day.offset
        at = datetime.fromisoformat(f"{self._dates(day, clock)[0]}T{clock:%H:%M}{text}")
        local_time = at.astimezone(ZoneInfo(self.zone))
        when = When((local_time.replace(tzinfo=None, fold=0),), self.zone, second=bool(local_time.fold))
        return self._sure(when, Day(which="known"))

    def _several(self) -> When:
        """Dates picked by hand; those without a clock time have that of another."""
        clocks = [day for day in self.reading.days if day.clock is not None]
        if not clocks:
            raise _Ambiguous(say(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase))
        starts: list[datetime] = []
        choice: list[datetime] = []  # of one day that may be two
        for day in self.reading.days:
            if day.clock is None:
                day.clock, day.sure = clocks[0].clock, clocks[0].sure
            if not day.named:
                raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
            if not day.sure and not self.reading.part:
                raise _Ambiguous(say(questions.WHICH_HALF))
            clock = self._clock(day)
            dates = self._dates(day, clock)
            if len(dates) > 1:
                if choice:
                    raise _Ambiguous(say(questions.WHICH_DAY))
                choice = [datetime.combine(option, clock) for option in dates]
                continue
            wall = datetime.combine(dates[0], clock)
            self._sure(When((wall,), self.zone), day)
            starts.append(wall)
        if choice:
            both = [When(tuple(sorted({*starts, option})), self.zone).phrase for option in choice]
            raise _Ambiguous(say(questions.WHICH_DAY), both)
        return When(tuple(sorted(set(starts))), self.zone)

    def _again(self, day: Day, clock: time) -> When:
        """A repetition: its rule in RFC 5545, and its first occurrence."""
        reading = self.reading
        rule = reading.rule or self._rule(day)
        if "UNTIL" not in rule and reading.until is not None:
            if not reading.until.named:
                raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
            last = self._dates(reading.until, time(23, 59))[-1]
            rule += f";UNTIL={last:%Y%m%d}T235959"
        if reading.lasting is not None:
            n, unit = reading.lasting
            if unit not in ("day", "week", "month"):
                raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
            days = n * {"day": 1, "week": 7, "month": 31}[unit]
        begin = self._dates(day, clock)[-1 if not day.named else 0] if day.named else self.today
        start = datetime.combine(begin, clock)
        if reading.lasting is not None:
            rule += f";UNTIL={start + timedelta(days=days, minutes=-1):%Y%m%dT%H%M%S}"
        but = tuple(self._dates(skipped, time(23, 59))[0] for skipped in reading.but if skipped.named)
        if len(but) < len(reading.but) or checked(rule):
            raise _Ambiguous(say(questions.NOT_READ, phrase=self.phrase))
        when = When((start,), self.zone, rule, but)
        first = upcoming(when, self.now, 1)
        if not first:
            raise _Ambiguous(say(questions.NEVER))
        if not day.named:
            # every second Monday begins with the coming one, not with one of an even week
            skipped = re.sub(r";INTERVAL=\d+", "", rule)
            first = upcoming(When((start,), self.zone, skipped, but), self.now, 1)
        # the rule begins at its first occurrence, which is what calendars expect (RFC 5545, 3.8.5.3)
        return When((first[0][0],), self.zone, self._counted(rule), but)

    def _counted(self, rule: str) -> str:
        return f"{rule};COUNT={self.reading.count}" if self.reading.count and "COUNT" not in rule else rule

    def _rule(self, day: Day) -> str:
        reading = self.reading
        parts = [f"FREQ={reading.freq}"]
        if reading.interval > 1:
            parts.append(f"INTERVAL={reading.interval}")
        byday = list(reading.byday)
        if reading.freq == "WEEKLY" and not byday and day.weekday and not day.date:
            byday = [WEEKDAYS[day.weekday - 1]]
        if byday:
            parts.append(f"BYDAY={','.join(dict.fromkeys(byday))}")
        if reading.freq == "MONTHLY" and not byday:
            if not reading.monthday and not day.named:
                raise _Ambiguous(say(questions.NO_DAY))
            if reading.monthday:
                parts.append(f"BYMONTHDAY={reading.monthday}")
        if reading.freq in ("WEEKLY", "YEARLY") and not byday and not day.named:
            raise _Ambiguous(say(questions.NO_DAY))
        return ";".join(parts)

    # -- being sure ------------------------------------------------------------------------------

    def _ask(self, text: str, walls: Sequence[datetime], **values: str) -> None:
        raise _Ambiguous(say(text, **values), [When((wall,), self.zone).phrase for wall in walls])

    def _sure(self, when: When, day: Day) -> When:
        """Not over, not too far, and a time that this zone's clocks show once on that day."""
        wall = when.starts[0]
        at = utc(wall, self.zone, second=when.second)
        if at <= self.now:
            raise _Ambiguous(say(questions.OVER, time=f"{wall:%Y-%m-%d %H:%M}"))
        if at > self.now + timedelta(days=366 * YEARS):
            raise _Ambiguous(say(questions.TOO_FAR, years=YEARS))
        values = {"time": f"{wall:%H:%M}", "zone": self.zone}
        if missing(wall, self.zone):
            after = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
            before = wall - (after - wall)
            self._ask(questions.NO_SUCH_TIME, [before, after], **values)
        if doubled(wall, self.zone) and not day.which:
            first, second = When((wall,), self.zone), When((wall,), self.zone, second=True)
            options = (first.phrase.replace(wall.strftime("%H:%M"), f"{wall:%H:%M} first", 1), second.phrase)
            raise _Ambiguous(say(questions.TWICE, **values), options)
        return when


def _with(reading: Reading, day: Day) -> Reading:
    twin = Reading(**{name: getattr(reading, name) for name in Reading.__slots__})
    twin.days = [day, *reading.days[1:]]
    return twin


def _long(year: int) -> int:
    return year + 2000 if year < 100 else year
