"""A time as it was understood, and the question that is asked when it could be two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.model.cards import Note
from bot.core.text.messages import N_, say

NOT_READ = N_(
    "I couldn't find a time in “{phrase}”. Try: next Tuesday 7pm, 2026-12-01 19:00, in 20 "
    "minutes, or every second Tuesday 7pm until 1 June."
)
PART_NOT_READ = N_(
    "I don't understand “{part}” in “{phrase}”. Try a time such as: next Tuesday 7pm, 2026-12-01 19:00, in 20 minutes, "
    "every second Tuesday 7pm, monthly third Thursday 18:30 until 1 June."
)
SHORT_ZONE = N_("“{zone}” can mean more than one time zone. Which one do you mean?")
WHICH_TIME = N_("Which of these times?")
WHICH_OFTEN = N_("Every week, or only this once?")
WHICH_NTH = N_("Once a month, or every few weeks?")
NO_CLOCK = N_("At what time on {day}? Write it with the hour, such as {phrase} 19:00.")
NO_DAY = N_("On which day? Write it with the day, such as Tuesday 19:00.")
MEANT = N_("Do you mean this?")
WHICH_HALF = N_("In the morning or in the evening?")
WHICH_DAY = N_("That could mean 2 days. Which one?")
WHICH_ORDER = N_("Day first or month first?")
WHICH_MIDNIGHT = N_("“Midnight” could mean two days. The night before, or the night after?")
WHICH_REST = N_("Every two weeks, or twice a week? Write “every second Tuesday” or “Tuesdays and Fridays”.")
NO_SUCH_TIME = N_("The clocks go forward that night: {time} doesn't exist in {zone}. Which time instead?")
TWICE = N_("The clocks go back that night: {time} happens twice in {zone}. The first or the second?")
OVER = N_("{time} is over already.")
TOO_FAR = N_("That's more than {years} years away.")
NO_SUCH_DAY = N_("There's no {day} in that month.")
OTHER_WEEKDAY = N_("{date} is another day of the week than you wrote. Which one is right?")
NOT_HELD = N_("It isn't scheduled on {date} anyway. Which day should I skip?")
NO_ZONE = N_(
    "I don't know the time zone {zone}. Try one such as Europe/Lisbon or America/New_York. "
    "Short names like EST can mean several."
)
TWO_RHYTHMS = N_(
    "One schedule can repeat in only one way. Make one for each, such as “Tuesdays 7pm” "
    "and “every other Friday 7pm”."
)
NEVER = N_("Repeated like this, it never happens.")


_WHICH = frozenset(
    {WHICH_TIME, WHICH_OFTEN, WHICH_NTH, WHICH_HALF, WHICH_DAY, WHICH_ORDER, WHICH_MIDNIGHT, SHORT_ZONE}
)


@dataclass(frozen=True, slots=True)
class When:
    """Wall-clock times in a zone. With a `rule` (RFC 5545, without DTSTART) the one start is that of the rule.

    `second` says that the later one is meant of a time that comes twice when clocks go back.
    """

    starts: tuple[datetime, ...]
    zone: str
    rule: str = ""
    but: tuple[date, ...] = ()
    second: bool = False
    minutes: int = field(default=0, compare=False)  # how long it takes, if that was said

    @property
    def phrase(self) -> str:
        """The same in the form that everybody reads alike, and that `understand` reads again."""
        first = f"{self.starts[0]:%Y-%m-%d %H:%M}{' second' if self.second else ''}"
        more = "".join(f"; {date_:%Y-%m-%d %H:%M}" for date_ in self.starts[1:])
        rule = f" RRULE:{self.rule}" if self.rule else ""
        but = "".join(f" {'except' if not n else 'and'} {date_}" for n, date_ in enumerate(self.but))
        return f"{first}{more}{rule}{but} {self.zone}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that comes first; each option is a phrase that says one of the answers."""

    note: Note
    options: tuple[str, ...] = ()
    minutes: int = field(
        default=0, compare=False
    )  # how long it takes, whatever the answer is; 0 if it was not said


class AmbiguousError(Exception):
    """It cannot be decided without an answer."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(question.note.text)


def asked(text: str, options: Sequence[str] = (), **values: str) -> Question:
    """A question with its answers, each once; where only one is left, whether it is meant."""
    each = tuple(dict.fromkeys(options))
    if len(each) == 1 and text in _WHICH:
        return Question(say(MEANT), each)
    return Question(say(text, **values), each)
