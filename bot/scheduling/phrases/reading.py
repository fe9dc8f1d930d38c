"""What a phrase says, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.scheduling.phrases.lexer import Token

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (1, 2, 3, 4, 5)
WEEKEND = (6, 7)
FREQ = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
Clock = tuple[int, int]  # hour and minute


@dataclass(slots=True)
class Day:
    """A day as it was said, perhaps with a clock time."""

    date: tuple[int, int, int] | None = None  # year (0: not said), month (0: not said), day
    slashed: tuple[int, ...] = ()  # numbers of which nobody can say whether day or month comes first
    weekday: int = 0
    week: str = ""  # "next", "this" or "afternext", before the weekday
    ahead: int | None = None  # days from today
    weeks: int | None = None  # "next week": weeks of the calendar from this one
    after: int = 0  # weeks after the day that is said: "a week from Friday"
    months: int | None = None  # "next month": months of the calendar from this one
    nth: int = 0  # of the weekdays in a month, -1 the last
    weekend: bool = False
    clock: Clock | None = None
    others: tuple[Clock, ...] = ()  # "7pm or 8pm"
    sure: bool = False  # about the half of the day
    half: str = ""  # am or pm, if it was said
    part: str = ""  # morning, afternoon, evening, night, small (hours), noon
    midnight: bool = False  # which belongs to two days
    which: str = ""  # first or second, of a time that comes twice
    offset: str = ""
    stamp: int = 0  # a moment, as seconds since 1970
    doubt: bool = False  # it is written as something else might be, too
    minutes: int = 0  # how long it takes, if an end was said

    @property
    def named(self) -> bool:
        """True if it says a day at all."""
        return bool(
            self.date
            or self.slashed
            or self.weekday
            or self.weekend
            or self.stamp
            or self.ahead is not None
            or self.weeks is not None
            or self.months is not None
        )

    def at(self, clock: Clock, *, sure: bool = True) -> Day:
        """The same day at this clock time, about which there is no doubt."""
        return replace(self, clock=clock, sure=sure, others=(), part="", midnight=False, doubt=False)


@dataclass(slots=True)
class Reading:
    """All that a phrase says."""

    days: list[Day] = field(default_factory=lambda: [Day()])
    away: dict[str, float] = field(default_factory=dict)  # "in 20 minutes"
    freq: str = ""
    interval: int = 1
    byday: list[str] = field(default_factory=list)
    monthdays: list[int] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)  # "every third Thursday": of a month, or each third one
    within: tuple[int, int] | None = None  # "Tuesdays in April": year (0: not said) and month
    count: int = 0
    lasting: tuple[int, str] | None = None  # for six weeks
    minutes: int = 0  # for 90 minutes: how long each of them takes
    until: Day | None = None
    but: list[Day] = field(default_factory=list)
    but_weekdays: list[int] = field(default_factory=list)
    begun: bool = False  # a beginning was said: "from Monday"
    rule: str = ""  # as it stands in RFC 5545
    unsure: str = ""  # a word that is said for two things; "rhythms": every week and every few weeks
    doubt: bool = False  # all is understood, and yet it may be meant otherwise: it is offered and not taken
    often: bool = False  # whether once or every week is not said


class NotUnderstoodError(Exception):
    """There is something that nothing here takes."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        super().__init__(" ".join(token.kind for token in tokens))
