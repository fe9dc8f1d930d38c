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
from bot.scheduling.phrases.parser import WEEKDAYS, Day, Said, read
from bot.scheduling.phrases.questions import Question, When
from bot.scheduling.phrases.recurrence import checked, doubled, missing, upcoming, utc
from bot.scheduling.phrases.vocabulary import LANGUAGES, words

YEARS = 5
_ZONE = re.compile(r"(?i)(?<![\w/])((?:[a-z]{2,}(?:_[a-z]+)*/)[a-z_+\-0-9]+(?:/[a-z_]+)?|utc|gmt)(?![\w/])")
_PLACE = re.compile(r"(?i)\b([a-z]+(?: [a-z]+)?) time\b")
_SHORT = re.compile(r"(?<![\w/])(?:[ECMP][SD]T|CES?T|WES?T|EES?T|BST|IST|AES?T|MSK)(?![\w/])")


class _Asked(Exception):
    """It cannot be decided without an answer."""

    def __init__(self, note: Note, options: Sequence[str] = ()) -> None:
        self.question = Question(note, tuple(options))


@cache
def zones() -> dict[str, str]:
    """Every IANA zone by its name in small letters, and by its place where only one has it."""
    names = sorted(
        z for z in available_timezones() if not z.startswith(("Etc/", "SystemV/", "posix", "right"))
    )
    found: dict[str, str] = {}
    for name in names:
        place = name.rpartition("/")[2].replace("_", " ").casefold()
        found[place] = "" if found.get(place, name) != name else name
    return {place: name for place, name in found.items() if name} | {name.casefold(): name for name in names}


def zone_named(said: str) -> str:
    """The IANA name of a zone as somebody typed it; nothing if there is none."""
    name = said.strip().casefold()
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
        said_in = tokens(text, words(language))
        said = read(said_in) if said_in else None
        if said is None:
            continue
        try:
            return _Deciding(said, now, zone, shown).when()
        except _Asked as asked:
            question = question or asked.question
    if question is None:
        question = _elsewhere(phrase, now, zone)
    return question or Question(say(questions.NOT_READ, phrase=shown))


def _zoned(phrase: str) -> tuple[str, str | None]:
    """The phrase without a zone that it names, and the zone: nothing if it names none, None if nobody knows it."""
    if _SHORT.search(phrase):
        return phrase, None
    found = _ZONE.search(phrase)
    if found:
        name = zone_named(found.group(1))
        return (phrase[: found.start()] + " " + phrase[found.end() :], name) if name else (phrase, None)
    place = _PLACE.search(phrase)
    if place:
        for said in (place.group(1), place.group(1).rpartition(" ")[2]):
            name = zone_named(said)
            if name:
                at = place.start() + place.group(1).rindex(said)
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
        found = DateDataParser(settings=settings).get_date_data(phrase)
    except (ValueError, OverflowError, TypeError):
        return None
    if found.date_obj is None or found.period != "time" or found.date_obj.tzinfo is not None:
        return None
    when = When((found.date_obj.replace(second=0, microsecond=0),), zone)
    return Question(say(questions.MEANT), (when.phrase,)) if upcoming(when, now, 1) else None


class _Deciding:
    def __init__(self, said: Said, now: datetime, zone: str, phrase: str) -> None:
        self.said = said
        self.now = now
        self.zone = zone
        self.phrase = phrase
        self.today = now.astimezone(ZoneInfo(zone)).date()
        self.local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def when(self) -> When:
        said = self.said
        if said.unsure == "biweekly":
            raise _Asked(say(questions.WHICH_REST))
        if said.away:
            return self._away()
        if said.rule and checked(said.rule):
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        if not said.freq and not said.rule and len(said.days) > 1:
            return self._several()
        day = said.days[0]
        if len(said.days) > 1:
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        if day.offset:
            return self._offset(day)
        clock = self._clock(day)
        if said.freq or said.rule:
            return self._again(day, clock)
        dates = self._dates(day, clock)
        if len(dates) > 1:
            self._ask(questions.WHICH_DAY, [datetime.combine(each, clock) for each in dates])
        return self._sure(
            When((datetime.combine(dates[0], clock),), self.zone, second=day.which == "second"), day
        )

    # -- clock -----------------------------------------------------------------------------------

    def _clock(self, day: Day) -> time:
        """The clock time, or the question about it."""
        if day.weeks is not None and not day.weekday:
            raise _Asked(say(questions.NO_DAY))
        if day.clock is None:
            if not day.named and not self.said.freq:
                raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
            raise _Asked(say(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase))
        hour, minute = day.clock
        part = self.said.part
        if self.said.unsure == "midnight":
            if part or self.said.freq:
                raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
            if not day.named:
                return time(0)
            on = self._dates(day, time(0, 1))[0]
            options = [datetime.combine(on, time(0)), datetime.combine(on + timedelta(days=1), time(0))]
            self._ask(questions.WHICH_MIDNIGHT, [each for each in options if each > self.local])
        if part and not day.half:
            if part == "morning" and hour != 12:
                return time(hour, minute)
            if part != "morning" and hour < 12:
                return time(hour + 12, minute)
        if part and ((part == "morning") != (hour < 12)):
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        if not day.sure and not part:
            self._halves(day, hour, minute)
        return time(hour, minute)

    def _halves(self, day: Day, hour: int, minute: int) -> None:
        options = []
        for each in (time(hour, minute), time(hour + 12, minute)):
            twin = Day(**{name: getattr(day, name) for name in Day.__slots__})
            twin.clock, twin.sure = (each.hour, each.minute), True
            try:
                options.append(_Deciding(_with(self.said, twin), self.now, self.zone, self.phrase).when())
            except _Asked as asked:
                if asked.question.options:
                    raise  # first which day
        if len({each.phrase for each in options}) == 1 and not day.named:
            raise _Asked(say(questions.WHICH_HALF), [options[0].phrase])
        raise _Asked(say(questions.WHICH_HALF), [each.phrase for each in options])

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
        found = []
        for month, number in ((second, first), (first, second)):
            if month <= 12:
                twin = Day(date=(_long(year[0]) if year else 0, month, number), weekday=day.weekday)
                try:
                    each = self._dated(twin, clock)
                except _Asked:
                    continue
                if each not in found and datetime.combine(each, clock) > self.local:
                    found.append(each)
        if not found:
            raise _Asked(say(questions.OVER, time=self.phrase))
        if len(found) > 1:
            self._ask(questions.WHICH_ORDER, [datetime.combine(each, clock) for each in found])
        return found

    def _dated(self, day: Day, clock: time) -> date:
        assert day.date is not None
        year, month, number = day.date
        if not 1 <= number <= 31 or not 0 <= month <= 12:
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        if not month:
            return self._of_month(number, clock)
        years = [year] if year else range(self.today.year, self.today.year + 9)
        for each in years:
            try:
                found = date(each, month, number)
            except ValueError:
                continue
            if year or datetime.combine(found, clock) > self.local:
                if day.weekday and found.isoweekday() != day.weekday:
                    self._ask(questions.OTHER_WEEKDAY, [datetime.combine(found, clock)], date=f"{found}")
                return found
        raise _Asked(say(questions.NO_SUCH_DAY, day=str(number)))

    def _of_month(self, number: int, clock: time) -> date:
        """ "The 31st": of this month or the next one that has it."""
        month = self.today.replace(day=1)
        for _ in range(12):
            try:
                found = month.replace(day=number)
            except ValueError:
                found = None
            if found and datetime.combine(found, clock) > self.local:
                return found
            month = (month + timedelta(days=32)).replace(day=1)
        raise _Asked(say(questions.NO_SUCH_DAY, day=str(number)))

    # -- other forms -----------------------------------------------------------------------------

    def _away(self) -> When:
        """ "In 20 minutes" is a moment; "in two days at 7pm" a day with a clock time."""
        said, day = self.said, self.said.days[0]
        if said.freq or said.rule or len(said.days) > 1 or day.named or said.part:
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        short = {unit: n for unit, n in said.away.items() if unit in ("minute", "hour")}
        long = {unit: n for unit, n in said.away.items() if unit not in short}
        days = timedelta(days=min(long.get("day", 0) + 7 * long.get("week", 0), 400 * YEARS))
        if long and not short:
            months = min(long.get("month", 0) + 12 * long.get("year", 0), 12 * YEARS + 12)
            on = self.today + relativedelta(months=months) + days
            day.ahead = (on - self.today).days
            clock = self._clock(day)
            return self._sure(When((datetime.combine(on, clock),), self.zone), day)
        if set(long) - {"day", "week"}:
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        if day.clock is not None:
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
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
        there = at.astimezone(ZoneInfo(self.zone))
        when = When((there.replace(tzinfo=None, fold=0),), self.zone, second=bool(there.fold))
        return self._sure(when, Day(which="known"))

    def _several(self) -> When:
        """Dates picked by hand; those without a clock time have that of another."""
        clocks = [day for day in self.said.days if day.clock is not None]
        if not clocks:
            raise _Asked(say(questions.NO_CLOCK, day=self.phrase, phrase=self.phrase))
        starts: list[datetime] = []
        choice: list[datetime] = []  # of one day that may be two
        for day in self.said.days:
            if day.clock is None:
                day.clock, day.sure = clocks[0].clock, clocks[0].sure
            if not day.named:
                raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
            if not day.sure and not self.said.part:
                raise _Asked(say(questions.WHICH_HALF))
            clock = self._clock(day)
            dates = self._dates(day, clock)
            if len(dates) > 1:
                if choice:
                    raise _Asked(say(questions.WHICH_DAY))
                choice = [datetime.combine(each, clock) for each in dates]
                continue
            wall = datetime.combine(dates[0], clock)
            self._sure(When((wall,), self.zone), day)
            starts.append(wall)
        if choice:
            both = [When(tuple(sorted({*starts, each})), self.zone).phrase for each in choice]
            raise _Asked(say(questions.WHICH_DAY), both)
        return When(tuple(sorted(set(starts))), self.zone)

    def _again(self, day: Day, clock: time) -> When:
        """A repetition: its rule in RFC 5545, and its first occurrence."""
        said = self.said
        rule = said.rule or self._rule(day)
        if "UNTIL" not in rule and said.until is not None:
            if not said.until.named:
                raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
            last = self._dates(said.until, time(23, 59))[-1]
            rule += f";UNTIL={last:%Y%m%d}T235959"
        if said.lasting is not None:
            n, unit = said.lasting
            if unit not in ("day", "week", "month"):
                raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
            days = n * {"day": 1, "week": 7, "month": 31}[unit]
        begin = self._dates(day, clock)[-1 if not day.named else 0] if day.named else self.today
        start = datetime.combine(begin, clock)
        if said.lasting is not None:
            rule += f";UNTIL={start + timedelta(days=days, minutes=-1):%Y%m%dT%H%M%S}"
        but = tuple(self._dates(each, time(23, 59))[0] for each in said.but if each.named)
        if len(but) < len(said.but) or checked(rule):
            raise _Asked(say(questions.NOT_READ, phrase=self.phrase))
        when = When((start,), self.zone, rule, but)
        first = upcoming(when, self.now, 1)
        if not first:
            raise _Asked(say(questions.NEVER))
        if not day.named:
            # every second Monday begins with the coming one, not with one of an even week
            each = re.sub(r";INTERVAL=\d+", "", rule)
            first = upcoming(When((start,), self.zone, each, but), self.now, 1)
        # the rule begins at its first occurrence, which is what calendars expect (RFC 5545, 3.8.5.3)
        return When((first[0][0],), self.zone, self._counted(rule), but)

    def _counted(self, rule: str) -> str:
        return f"{rule};COUNT={self.said.count}" if self.said.count and "COUNT" not in rule else rule

    def _rule(self, day: Day) -> str:
        said = self.said
        parts = [f"FREQ={said.freq}"]
        if said.interval > 1:
            parts.append(f"INTERVAL={said.interval}")
        byday = list(said.byday)
        if said.freq == "WEEKLY" and not byday and day.weekday and not day.date:
            byday = [WEEKDAYS[day.weekday - 1]]
        if byday:
            parts.append(f"BYDAY={','.join(dict.fromkeys(byday))}")
        if said.freq == "MONTHLY" and not byday:
            if not said.monthday and not day.named:
                raise _Asked(say(questions.NO_DAY))
            if said.monthday:
                parts.append(f"BYMONTHDAY={said.monthday}")
        if said.freq in ("WEEKLY", "YEARLY") and not byday and not day.named:
            raise _Asked(say(questions.NO_DAY))
        return ";".join(parts)

    # -- being sure ------------------------------------------------------------------------------

    def _ask(self, text: str, walls: Sequence[datetime], **values: str) -> None:
        raise _Asked(say(text, **values), [When((wall,), self.zone).phrase for wall in walls])

    def _sure(self, when: When, day: Day) -> When:
        """Not over, not too far, and a time that this zone's clocks show once on that day."""
        wall = when.starts[0]
        at = utc(wall, self.zone, second=when.second)
        if at <= self.now:
            raise _Asked(say(questions.OVER, time=f"{wall:%Y-%m-%d %H:%M}"))
        if at > self.now + timedelta(days=366 * YEARS):
            raise _Asked(say(questions.TOO_FAR, years=YEARS))
        values = {"time": f"{wall:%H:%M}", "zone": self.zone}
        if missing(wall, self.zone):
            after = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
            before = wall - (after - wall)
            self._ask(questions.NO_SUCH_TIME, [before, after], **values)
        if doubled(wall, self.zone) and not day.which:
            first, second = When((wall,), self.zone), When((wall,), self.zone, second=True)
            options = (first.phrase.replace(wall.strftime("%H:%M"), f"{wall:%H:%M} first", 1), second.phrase)
            raise _Asked(say(questions.TWICE, **values), options)
        return when


def _with(said: Said, day: Day) -> Said:
    twin = Said(**{name: getattr(said, name) for name in Said.__slots__})
    twin.days = [day, *said.days[1:]]
    return twin


def _long(year: int) -> int:
    return year + 2000 if year < 100 else year
