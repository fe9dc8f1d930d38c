"""Days: "tomorrow", "Friday week", "the last Thursday of next month", "23 and 30 March"."""

from __future__ import annotations

from datetime import date

from bot.scheduling.phrases.lexer import Token
from bot.scheduling.phrases.reading import Day
from bot.scheduling.phrases.sentence import Rule, Sentence

_AHEAD = {"yesterday": -1, "today": 0, "tomorrow": 1, "overmorrow": 2}
_CLOCK = ("clock|hours|four|noon|midnight|past", "n am|pm|h|oclock")  # how a clock time begins
_NO_DAY = "am|pm|h|oclock|times|unit"  # what follows a number that is not a day of a month
YEAR = range(1990, 2100)


def day_follows(sentence: Sentence) -> bool:
    """True if a number comes next that is a day of a month."""
    return sentence.cursor.sees("ord") or (
        sentence.cursor.sees("n") and not sentence.cursor.sees(f"n {_NO_DAY}")
    )


def year_of(token: Token) -> int:
    """The year that a token says, 0 if it says none."""
    number = token.value[0] * 100 + token.value[1] if token.kind == "four" else 0
    return number if number in YEAR else 0


def take_year(sentence: Sentence) -> int:
    """The year that comes next, taken; 0 if there is none."""
    before = sentence.cursor.at
    found = sentence.cursor.match("dash|of? four")
    year = year_of(found[1]) if found else 0
    if not year:
        sentence.cursor.at = before
    return year


def _ahead(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.says("ahead").ahead = _AHEAD[tokens[0].kind]
    return True


def _date(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.says("date").date = tokens[0].value
    return True


def _slashed(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.says("slashed").slashed = tokens[0].value
    return True


def _stamp(sentence: Sentence, tokens: list[Token]) -> bool:
    moment, marked = tokens[0].value
    sentence.says("stamp").stamp = moment
    sentence.reading.doubt = sentence.reading.doubt or not marked
    return True


def _iso_week(sentence: Sentence, tokens: list[Token]) -> bool:
    year, week, number = tokens[0].value
    try:
        found = date.fromisocalendar(year, week, number)
    except ValueError:
        return False
    sentence.says("date").date = (found.year, found.month, found.day)
    return True


def _month_last(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "12 March", "1, 8 and 15 December": the days come before their month."""
    sentence.cursor.at -= sum(bool(token.kind) for token in tokens)
    numbers = [token.value for token in sentence.cursor.listed("n|ord")]
    month = sentence.cursor.match("dash|of|in? mo")
    if month is None:
        return False
    _dates(sentence, month[1].value, numbers)
    return True


def _month_first(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "March 12", "March 23 and 30"."""
    if tokens[2].kind == "n" and sentence.cursor.sees(_NO_DAY):
        return False
    numbers = [tokens[2].value]
    while (found := sentence.cursor.match("and? n|ord")) is not None:
        bare = found[1].kind == "n" and not found[0].kind and not sentence.cursor.sees("and n|ord")
        if bare or sentence.cursor.sees(f"{_NO_DAY}|mo|of|dash"):
            sentence.cursor.at -= sum(bool(token.kind) for token in found)
            break
        numbers.append(found[1].value)
    _dates(sentence, tokens[0].value, numbers)
    return True


def _dates(sentence: Sentence, month: int, numbers: list[int]) -> None:
    year = take_year(sentence)
    for n, number in enumerate(numbers):
        sentence.joined = sentence.joined or n > 0
        sentence.says("date").date = (year, month, number)


def _nth_of_month(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "The first Monday of May"."""
    nth, weekday, _, month = tokens
    day = sentence.says("date")
    day.nth, day.weekday = nth.value or -1, weekday.value
    day.date = (take_year(sentence), month.value, 0)
    return True


def _nth_of_next(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "The last Thursday of next month"."""
    nth, weekday, _, *words = tokens
    day = sentence.says("months")
    day.nth, day.weekday = nth.value or -1, weekday.value
    day.months = _how_far(words)
    return True


def _how_far(words: list[Token]) -> int:
    kinds = {token.kind for token in words}
    return 2 if "afternext" in kinds else 1 if "next" in kinds else 0


def _week(sentence: Sentence, tokens: list[Token]) -> bool:
    day = sentence.says("weeks")
    day.weeks, day.week = _how_far(tokens), ""
    return True


def _month(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.says("months").months = _how_far(tokens)
    return True


def _weekend(sentence: Sentence, tokens: list[Token]) -> bool:
    day = sentence.says("weekend")
    day.weekend = True
    if any(token.kind in ("next", "afternext") for token in tokens):
        day.weeks = _how_far(tokens)
    return True


def _weeks_after(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "A week from Friday", "a fortnight today"."""
    weeks = next(token.value for token in tokens if token.kind in ("n", "after"))
    if any(token.kind == "unit" and token.value == "day" for token in tokens):
        weeks = sentence.idioms.get(weeks, weeks / 7)
        if weeks != int(weeks):
            return False
    anchor = next(token for token in tokens if token.kind in ("wd", *_AHEAD))
    _anchored(sentence, anchor).after = int(weeks)
    return True


def _week_after(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Friday week"."""
    _anchored(sentence, tokens[0]).after = 1
    return True


def _weeks_ahead(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Friday in two weeks", counted from today or from Friday."""
    if not _weeks_after(sentence, tokens):
        return False
    day = sentence.day
    if day.weekday:
        day.week = "counted"
    return True


def _anchored(sentence: Sentence, anchor: Token) -> Day:
    if anchor.kind == "wd":
        day = sentence.says("weekday")
        day.weekday = anchor.value
    else:
        day = sentence.says("ahead")
        day.ahead = _AHEAD[anchor.kind]
    return day


def _numbered_before(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "El 15 a las 19h", "the 3 of next month": a number that can only be a day."""
    if sentence.day.clock is not None or tokens[0].value > 31:
        return False
    sentence.cursor.at -= sum(bool(token.kind) for token in tokens[1:])
    return _numbered(sentence, tokens)


def _weekday_numbered(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Friday 12 19 Uhr": a day of the month between a day of the week and a clock time."""
    weekday, number = tokens
    if sentence.reading.freq or not 1 <= number.value <= 31 or not any(map(sentence.cursor.sees, _CLOCK)):
        return False
    sentence.reading.doubt = sentence.reading.doubt or number.value <= 12  # it may be an hour as well
    sentence.says("weekday").weekday = weekday.value
    sentence.says("date").date = (0, 0, number.value)
    return True


def _next_weekday(sentence: Sentence, tokens: list[Token]) -> bool:
    before, weekday, after = tokens
    week = before.kind or after.kind
    if (
        after.kind and sentence.cursor.peek().kind == "unit"
    ):  # "Tuesday next week": the word is that of the week
        sentence.cursor.at -= 1
        week = before.kind
    if _repeated(sentence, weekday.value) and not week:
        return True
    day = sentence.says("weekday")
    if day.ahead is None and day.weeks is None:
        day.week = week
    day.weekday = weekday.value
    return True


def _repeated(sentence: Sentence, weekday: int) -> bool:
    """A day of the week that belongs to a repetition said before."""
    reading = sentence.reading
    if reading.freq != "WEEKLY" or sentence.into or sentence.day.named or reading.nth:
        return False
    sentence.weekly([weekday], reading.interval)
    return True


def _numbered(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "The 12th"."""
    sentence.says("date").date = (0, 0, tokens[0].value)
    return True


_NEXT = "next|this|coming|afternext"
WEEKS_AHEAD: tuple[Rule, ...] = (
    ("in n unit=week at? wd", _weeks_ahead),
    ("wd|today|tomorrow|overmorrow in n unit=week", _weeks_ahead),
    ("wd|today|tomorrow|overmorrow in n unit=day", _weeks_ahead),
)
DAYS: tuple[Rule, ...] = (
    ("n unit=week from wd|today|tomorrow|overmorrow", _weeks_after),
    ("n unit=day from wd|today|tomorrow|overmorrow", _weeks_after),
    ("n unit=week wd|today|tomorrow|overmorrow", _weeks_after),
    ("wd|today|tomorrow|overmorrow n=2 unit=week", _weeks_after),
    ("wd|today|tomorrow|overmorrow after", _weeks_after),
    ("wd|today|tomorrow|overmorrow unit=week", _week_after),
    ("yesterday|today|tomorrow|overmorrow", _ahead),
    ("date", _date),
    ("isoweek", _iso_week),
    ("stamp", _stamp),
    ("slashed", _slashed),
    ("ord|last wd of|in mo", _nth_of_month),
    (f"ord|last wd of|in? {_NEXT} unit=month", _nth_of_next),
    (f"ord|last wd of|in unit=month {_NEXT}", _nth_of_next),
    ("n|ord", _month_last),
    ("n at n|clock|hours|four|noon|midnight|past", _numbered_before),
    (f"n of|in? {_NEXT} unit=month", _numbered_before),
    (f"n of|in? unit=month {_NEXT}", _numbered_before),
    ("mo dash? n|ord", _month_first),
    (f"of|in? {_NEXT} unit=week", _week),
    (f"of|in? unit=week {_NEXT}", _week),
    (f"of|in? {_NEXT} unit=month", _month),
    (f"of|in? unit=month {_NEXT}", _month),
    (f"{_NEXT}? weekend {_NEXT}?", _weekend),
    ("wd n", _weekday_numbered),
    (f"{_NEXT}? wd {_NEXT}?", _next_weekday),
    ("ord", _numbered),
)
