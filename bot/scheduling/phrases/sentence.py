"""What is known while a phrase is read: where one stands, and which day is being said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.scheduling.phrases.cursor import Cursor
from bot.scheduling.phrases.lexer import Token
from bot.scheduling.phrases.reading import WEEKDAYS, Day, NotUnderstoodError, Reading

# what a day may have said already when one of these is added to it; with anything else a new day begins
_GOES_WITH: Mapping[str, frozenset[str]] = {
    "weekday": frozenset({"date", "slashed", "ahead", "weeks", "months"}),
    "date": frozenset({"weekday", "ahead", "months"}),
    "slashed": frozenset({"weekday", "ahead"}),
    "ahead": frozenset({"weekday", "date"}),
    "weeks": frozenset({"weekday"}),
    "months": frozenset({"date", "weekday"}),
    "weekend": frozenset({"weeks"}),
    "stamp": frozenset(),
}


class Sentence:
    """A phrase that is being read."""

    def __init__(self, tokens: Sequence[Token], idioms: Mapping[int, int]) -> None:
        self.cursor = Cursor(tokens)
        self.idioms = idioms  # numbers of days that are said for weeks, such as fifteen in Spanish
        self.reading = Reading()
        self.into = ""  # "" the days of the session, "until", "but"
        self.joined = False  # "and" was said just now

    @property
    def day(self) -> Day:
        """The day that is being said."""
        if self.into == "until":
            assert self.reading.until is not None
            return self.reading.until
        return self.reading.but[-1] if self.into == "but" else self.reading.days[-1]

    def says(self, what: str) -> Day:
        """The day to which a thing is added: the one at hand if both go together, or one more."""
        said = {name for name in _GOES_WITH if getattr(self.day, name) not in (None, 0, (), False)}
        if not said or (not self.joined and what not in said and said <= _GOES_WITH[what]):
            return self.day
        if self.into == "until":
            self.into = ""
            return self.says(what)
        (self.reading.but if self.into == "but" else self.reading.days).append(Day())
        return self.day

    def weekly(self, weekdays: Sequence[int], interval: int = 1) -> None:
        """It is held every week, or each so many weeks, on these days."""
        reading = self.reading
        if reading.freq not in ("", "WEEKLY") or interval < 1:
            raise self.lost()
        if reading.byday and interval != reading.interval:
            reading.unsure = "rhythms"
        reading.interval = max(reading.interval, interval)
        reading.freq = "WEEKLY"
        reading.byday += [WEEKDAYS[day - 1] for day in weekdays]

    def lost(self) -> NotUnderstoodError:
        """Nothing can be made of what comes next."""
        return NotUnderstoodError([self.cursor.peek()])


Rule = tuple[str, Callable[[Sentence, list[Token]], bool]]


def follow(rules: Sequence[Rule], sentence: Sentence) -> bool:
    """Take what the first rule that fits makes of the tokens; False if none does."""
    for pattern, take in rules:
        before = sentence.cursor.at
        tokens = sentence.cursor.match(pattern)
        if tokens is not None and take(sentence, tokens):
            return True
        sentence.cursor.at = before
    return False
