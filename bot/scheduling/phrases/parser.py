"""A row of tokens read as days, a clock time and a recurrence. Nothing is decided here yet.

A row that says anything that is not understood says nothing: half a phrase would be a wrong time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.scheduling.phrases.lexer import Token

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (1, 2, 3, 4, 5)


@dataclass(slots=True)
class Day:
    """A day as it was said, perhaps with a clock time."""

    date: tuple[int, int, int] | None = None  # year (0: not said), month (0: not said), day
    slashed: tuple[int, ...] = ()  # numbers of which nobody can say whether day or month comes first
    weekday: int = 0
    week: str = ""  # "next" or "this", before the weekday
    ahead: int | None = None  # days from today
    weeks: int | None = None  # "next week"
    clock: tuple[int, int] | None = None
    sure: bool = False  # about the half of the day
    half: str = ""  # am or pm, if it was said
    which: str = ""  # first or second, of a time that comes twice
    offset: str = ""

    @property
    def named(self) -> bool:
        """True if it says a day at all."""
        return bool(
            self.date or self.slashed or self.weekday or self.ahead is not None or self.weeks is not None
        )


@dataclass(slots=True)
class Reading:
    """All that a phrase says."""

    days: list[Day] = field(default_factory=lambda: [Day()])
    part: str = ""  # morning, afternoon, evening
    away: dict[str, int] = field(default_factory=dict)  # "in 20 minutes"
    freq: str = ""
    interval: int = 1
    byday: list[str] = field(default_factory=list)
    monthday: int = 0
    count: int = 0
    lasting: tuple[int, str] | None = None  # for six weeks
    until: Day | None = None
    but: list[Day] = field(default_factory=list)
    rule: str = ""  # as it stands in RFC 5545
    unsure: str = ""  # a word that is said for two things


FREQ = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}


class _NotUnderstood(Exception):
    """There is a token that nothing here takes."""


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.at = 0
        self.reading = Reading()
        self.into: str = ""  # "" the days of the session, "until", "but"

    # -- looking ---------------------------------------------------------------------------------

    def next(self, *kinds: str) -> list[Any] | None:
        """The values of the next tokens if they are of these kinds (`a|b` either, `a?` may lack); they are taken."""
        values: list[Any] = []
        place = self.at
        for kind in kinds:
            wanted = kind.removesuffix("?").split("|")
            if place < len(self.tokens) and self.tokens[place].kind in wanted:
                values.append(self.tokens[place].value)
                place += 1
            elif kind.endswith("?"):
                values.append(None)
            else:
                return None
        self.at = place
        return values

    def ahead(self, kind: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind in kind.split("|")

    @property
    def day(self) -> Day:
        """The day that is being said."""
        if self.into == "until":
            assert self.reading.until is not None
            return self.reading.until
        return self.reading.but[-1] if self.into == "but" else self.reading.days[-1]

    def fresh(self) -> Day:
        """A day to fill: the one at hand, or one more if that says its day already."""
        if self.day.named:
            if self.into == "until":
                raise _NotUnderstood
            (self.reading.but if self.into == "but" else self.reading.days).append(Day())
        return self.day

    # -- reading ---------------------------------------------------------------------------------

    def read(self) -> Reading:
        readers: Sequence[Callable[[], bool]] = (
            self._away,
            self._often,
            self._ends,
            self._clock,
            self._day,
            self._small,
        )
        while self.at < len(self.tokens):
            if not any(reader() for reader in readers):
                raise _NotUnderstood
        return self.reading

    def _small(self) -> bool:
        if (matched := self.next("part")) is not None:
            self.reading.part = matched[0]
            return True
        if (matched := self.next("rule")) is not None:
            self.reading.rule = matched[0]
            return True
        if (matched := self.next("unsure")) is not None:
            self.reading.unsure = matched[0]
            return True
        return self.next("and|of|at|once") is not None

    def _away(self) -> bool:
        """ "In 20 minutes", "two hours and ten minutes from now"."""
        before, away = self.at, dict(self.reading.away)
        begun = self.next("in") is not None
        ended = False
        while matched := self.next("and?", "n", "unit|h" if begun else "unit", "fromnow?"):
            _, n, unit, fromnow = matched
            unit = unit or "hour"
            away[unit] = away.get(unit, 0) + n
            ended = ended or fromnow is not None
        if away == self.reading.away or not (begun or ended):
            self.at = before
            return False
        self.reading.away = away
        return True

    def _often(self) -> bool:
        reading = self.reading
        if (matched := self.next("every", "ord|last|n", "wd", "of?", "unit?")) is not None:
            _, nth, day, _, unit = matched
            if unit == "month":
                self._monthly(nth or -1, day)
            else:
                self._weekly(nth or 1, day)
            return True
        if (matched := self.next("every", "n|ord", "unit", "at?", "wd?")) is not None:
            _, n, unit, _, day = matched
            self._each(unit, n)
            if day:
                self._weekly(n, day)
            return True
        if self.next("every", "workday") is not None:
            reading.freq, reading.byday = "WEEKLY", [WEEKDAYS[day - 1] for day in WORKDAYS]
            return True
        if (matched := self.next("every", "ord|last", "of?", "unit")) is not None and matched[3] == "month":
            reading.freq, reading.monthday = "MONTHLY", matched[1] or -1
            return True
        if (matched := self.next("every", "unit")) is not None:
            return self._each_unit(matched[1])
        if (matched := self.next("every", "wd")) is not None:
            self._weekly(1, matched[1])
            while more := self.next("and?", "every?", "wd"):
                self._weekly(1, more[2])
            return True
        if (matched := self.next("ord|last|n", "wd", "of", "every|this?", "unit")) is not None:
            if matched[4] != "month":
                raise _NotUnderstood
            self._monthly(matched[0] or -1, matched[1])
            return True
        if (matched := self.next("ord|last", "wd", "every", "unit")) is not None and matched[3] == "month":
            self._monthly(matched[0] or -1, matched[1])
            return True
        if (matched := self.next("ord|last", "of", "every?", "unit")) is not None and matched[3] == "month":
            reading.freq, reading.monthday = "MONTHLY", matched[0] or -1
            return True
        return False

    def _each_unit(self, unit: str) -> bool:
        self._each(unit, 1)
        if unit == "month":
            if (matched := self.next("at?", "ord|last", "wd")) is not None:
                self._monthly(matched[1] or -1, matched[2])
            elif (matched := self.next("at?", "ord|last")) is not None:
                self.reading.monthday = matched[1] or -1
        elif unit == "week":
            while matched := self.next("at|and?", "wd"):
                self._weekly(1, matched[1])
        return True

    def _each(self, unit: str, n: int) -> None:
        if unit not in FREQ or self.reading.freq:
            raise _NotUnderstood
        self.reading.freq, self.reading.interval = FREQ[unit], n

    def _weekly(self, n: int, day: int) -> None:
        reading = self.reading
        if reading.freq not in ("", "WEEKLY") or n < 1:
            raise _NotUnderstood
        reading.interval = n if not reading.freq else max(reading.interval, n)
        reading.freq = "WEEKLY"
        reading.byday.append(WEEKDAYS[day - 1])

    def _monthly(self, nth: int, day: int) -> None:
        if self.reading.freq not in ("", "MONTHLY"):
            raise _NotUnderstood
        self.reading.freq = "MONTHLY"
        self.reading.byday.append(f"{nth}{WEEKDAYS[day - 1]}")

    def _ends(self) -> bool:
        reading = self.reading
        if self.next("until") is not None:
            if reading.until is not None:
                raise _NotUnderstood
            reading.until, self.into = Day(), "until"
            return True
        if self.next("except") is not None:
            reading.but.append(Day())
            self.into = "but"
            return True
        if (matched := self.next("n", "times")) is not None or (matched := self.next("timesn")) is not None:
            reading.count = matched[0]
            return True
        if (matched := self.next("for", "n", "unit")) is not None:
            reading.lasting = (matched[1], matched[2])
            return True
        return False

    def _clock(self) -> bool:
        clock = self._read_clock()
        if clock is None:
            return False
        if self.into:
            if self.day.named:
                self.into = ""  # the time is that of the session, not of the day on which it ends
            else:
                raise _NotUnderstood
        day = self.day
        if day.clock is not None:
            if not self.reading.freq and day.named:
                self.reading.days.append(
                    Day(date=day.date, weekday=day.weekday, week=day.week, ahead=day.ahead)
                )
                day = self.day
            else:
                raise _NotUnderstood
        (hour, minute), half = clock
        if half in ("am", "pm"):
            if not 1 <= hour <= 12:
                raise _NotUnderstood
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise _NotUnderstood
        day.clock = (hour, minute)
        day.sure = half != "" or hour >= 12 or hour == 0
        day.half = half.removeprefix("24")
        if (matched := self.next("offset")) is not None:
            day.offset = matched[0]
        if (matched := self.next("which")) is not None:
            day.which = matched[0]
        return True

    def _read_clock(self) -> tuple[tuple[int, int], str] | None:
        """A clock time, and what is said of the half of the day: am, pm, 24 (on a clock of 24 hours) or nothing."""
        if self.next("at?", "noon") is not None:
            return (12, 0), "24"
        if self.next("at?", "midnight") is not None:
            self.reading.unsure = "midnight"
            return (0, 0), "24"
        past: Sequence[tuple[str, int]] = (
            ("halfpast", 30),
            ("quarterpast", 15),
            ("quarterto", -15),
            ("halfto", -30),
        )
        for kind, minutes in past:
            if (matched := self.next("at?", kind, "n", "h|oclock?")) is not None:
                return self._shift(matched[2], minutes), self._half()
        if (matched := self.next("at?", "n", "h?", "andhalf|andquarter|lessquarter")) is not None:
            kind = self.tokens[self.at - 1].kind
            return self._shift(matched[1], {"andhalf": 30, "andquarter": 15}.get(kind, -15)), ""
        if (matched := self.next("at?", "clock")) is not None:
            if self.next("sure|h") is not None:
                return matched[1], "24"
            return matched[1], self._half() or ("24" if matched[1][0] > 9 else "")
        if (matched := self.next("at?", "hours")) is not None:
            return matched[1], "24"
        if (matched := self.next("at?", "n", "h", "n?")) is not None:
            if matched[3] is not None and self.ahead("times|unit|mo"):
                self.at -= 1  # it is not the minutes
                matched[3] = 0
            return (matched[1], matched[3] or 0), "24"
        if (matched := self.next("at?", "n", "am|pm")) is not None:
            return (matched[1], 0), self.tokens[self.at - 1].kind
        if (matched := self.next("at?", "n", "oclock")) is not None:
            return (matched[1], 0), self._half()
        if (matched := self.next("at", "n")) is not None:
            return (matched[1], 0), self._half()
        return self._bare()

    def _bare(self) -> tuple[tuple[int, int], str] | None:
        """A number alone, which can only be an hour: after a day was said, and not before a month."""
        follows = self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].kind in (
            "mo",
            "of",
            "unit",
            "times",
            "n",
        )
        if follows or self.into or not (self.day.named or self.reading.freq):
            return None
        matched = self.next("n")
        return None if matched is None or matched[0] > 24 else ((matched[0], 0), "")

    def _half(self) -> str:
        matched = self.next("am|pm")
        return "" if matched is None else self.tokens[self.at - 1].kind

    @staticmethod
    def _shift(hour: int, minutes: int) -> tuple[int, int]:
        total = (hour * 60 + minutes) % (24 * 60)
        return total // 60, total % 60

    def _day(self) -> bool:
        if (matched := self.next("today|tomorrow|overmorrow")) is not None:
            kind = self.tokens[self.at - 1].kind
            self.fresh().ahead = ("today", "tomorrow", "overmorrow").index(kind)
            return True
        if (matched := self.next("date")) is not None:
            self._dated(matched[0])
            return True
        if (matched := self.next("slashed")) is not None:
            self.fresh().slashed = matched[0]
            return True
        if self._listed():
            return True
        if (matched := self.next("n|ord", "of?", "mo", "of?", "n?")) is not None:
            return self._month(matched[2], matched[0], matched[4], matched[3])
        if (matched := self.next("mo", "n|ord", "n?")) is not None:
            return self._month(matched[0], matched[1], matched[2], None)
        for kinds, day, week in (
            (("next|this?", "wd", "next|this?"), 1, None),
            (("next", "unit"), None, "unit"),
        ):
            before = self.at
            matched = self.next(*kinds)
            if matched is None:
                continue
            if week == "unit":
                if matched[1] != "week":
                    self.at = before
                    return False
                target = self.day if self.day.weekday and self.day.weeks is None else self.fresh()
                target.weeks, target.week = 1, ""
                return True
            assert day is not None
            return self._weekday(matched[day], before)
        if (matched := self.next("unit", "next")) is not None and matched[0] == "week":
            target = self.day if self.day.weekday and self.day.weeks is None else self.fresh()
            target.weeks, target.week = 1, ""
            return True
        if (matched := self.next("ord")) is not None:
            self._dated((0, 0, matched[0]))
            return True
        return False

    def _weekday(self, number: int, before: int) -> bool:
        if self.reading.freq == "WEEKLY" and not self.into and not self.day.named:
            kinds = {token.kind for token in self.tokens[before : self.at]}
            if not kinds & {"next", "this"}:
                self._weekly(self.reading.interval, number)
                return True
        target = self.day
        if target.weekday or target.date or target.ahead is not None:
            target = self.fresh()
        week = [t.kind for t in self.tokens[before : self.at] if t.kind in ("next", "this")]
        # "Tuesday next week" is read as one: the word belongs to the week, which follows
        if week and self.at < len(self.tokens) and self.tokens[self.at].kind == "unit":
            self.at -= 1
            week = []
        target.weekday, target.week = number, week[0] if week else ""
        return True

    def _dated(self, date: tuple[int, int, int]) -> None:
        day = self.day
        if day.named and not (day.weekday and not day.date and day.weeks is None and not day.week):
            day = self.fresh()
        day.date = date

    def _month(self, month: int, day: int, year: int | None, of: Any) -> bool:
        if year is not None and year < 1000:
            self.at -= 1 if of is None else 2  # it is an hour, not a year
            year = None
        self._dated((year or 0, month, day))
        return True

    def _listed(self) -> bool:
        """ "1, 8 and 15 December"."""
        place, numbers = self.at, []
        while place < len(self.tokens) and self.tokens[place].kind in ("n", "ord", "and"):
            if self.tokens[place].kind != "and":
                numbers.append(self.tokens[place].value)
            place += 1
        if len(numbers) < 2 or place >= len(self.tokens):
            return False
        if self.tokens[place].kind == "of":
            place += 1
        if place >= len(self.tokens) or self.tokens[place].kind != "mo":
            return False
        month = self.tokens[place].value
        self.at = place + 1
        year = 0
        if (
            self.at < len(self.tokens)
            and self.tokens[self.at].kind == "n"
            and self.tokens[self.at].value > 999
        ):
            year = self.tokens[self.at].value
            self.at += 1
        for number in numbers:
            self._dated((year, month, number))
        return True


def read(tokens: Sequence[Token]) -> Reading | None:
    """The reading of a row of tokens; None if anything in it is not understood."""
    try:
        return _Reader(tokens).read()
    except _NotUnderstood:
        return None
