"""A row of tokens read as days, a clock time and a repetition. Nothing is decided here yet.

The grammar stands in tables, each in the module of what it reads: clock times (`clocks`), days (`days`) and repetitions
with their ends and exceptions (`repeats`). A row that says anything that is not understood says nothing: half a phrase
would be a wrong time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.scheduling.phrases.clocks import SHORT, SaidClock, read_clock
from bot.scheduling.phrases.cursor import Cursor
from bot.scheduling.phrases.days import DAYS, WEEKS_AHEAD
from bot.scheduling.phrases.lexer import Token
from bot.scheduling.phrases.reading import Day, Reading
from bot.scheduling.phrases.repeats import ENDS, REPEATS
from bot.scheduling.phrases.sentence import Rule, Sentence, follow

_SHORT_AWAY = ("minute", "hour")


def read(tokens: Sequence[Token], idioms: Mapping[int, int]) -> Reading:
    """The reading of a row of tokens.

    Raises:
        NotUnderstoodError: if anything in it is not understood.
    """
    sentence = Sentence(tokens, idioms)
    readers: Sequence[Callable[[Sentence], bool]] = (
        lambda said: follow(WEEKS_AHEAD, said),
        _away,
        lambda said: follow(REPEATS, said),
        lambda said: follow(ENDS, said),
        _clock,
        lambda said: follow(DAYS, said),
    )
    while not sentence.cursor.done:
        joined, held, days = sentence.joined, sentence.reading.freq, _named(sentence)
        if any(reader(sentence) for reader in readers):
            sentence.joined = False
            other = _named(sentence) > days if held else bool(sentence.reading.freq and days)
            if joined and other and not sentence.into:  # "Monday and every Friday", "every day and Monday"
                sentence.reading.unsure = "rhythms"
        elif not follow(SMALL, sentence):
            raise sentence.lost()
    said = sentence.reading.days
    if len(said) == 2 and not any(token.kind in ("and", "or") for token in tokens):
        first, second = said
        if first.clock is None or (first.weekday and first.weekday == second.weekday):
            sentence.reading.doubt = True  # "Freitag so 18 Uhr": nothing says that both are days
    return sentence.reading


def _named(sentence: Sentence) -> int:
    """How many days of the session were said so far."""
    return sum(day.named for day in sentence.reading.days)


# -- lengths of time from now ------------------------------------------------------------------------


def _away(sentence: Sentence) -> bool:
    """ "In 20 minutes", "two hours and ten minutes from now", "in an hour and a half"."""
    cursor = sentence.cursor
    before, away = cursor.at, dict(sentence.reading.away)
    begun = cursor.match("in") is not None
    ended = False
    while not _clock_after_days(cursor, away):
        if begun and (said := cursor.match("n plus=30 unit=hour")) is not None:
            away["minute"] = away.get("minute", 0) + 60 * said[0].value + 30
        elif begun and (said := cursor.match("n h n")) is not None:
            away["minute"] = away.get("minute", 0) + 60 * said[0].value + said[2].value
        elif (said := cursor.match("and? n|decimal unit|h" if begun else "and? n|decimal unit")) is not None:
            unit = said[2].value or "hour"
            away[unit] = away.get(unit, 0) + said[1].value
        elif begun and (said := cursor.match("and? hours|plus")) is not None:
            hours, minutes = said[1].value if said[1].kind == "hours" else (0, said[1].value)
            if said[1].kind == "plus" and "hour" not in away:
                break
            away["hour"] = away.get("hour", 0) + hours
            away["minute"] = away.get("minute", 0) + minutes
        else:
            break
        cursor.match("plus=30") and away.update(minute=away.get("minute", 0) + 30)
        ended = cursor.match("fromnow") is not None or ended
    alone = cursor.done and before == 0
    if begun and not away and len(cursor.tokens) == 2 and (said := cursor.match("n")) is not None:
        away["minute"], alone = said[0].value, True  # "in 5"
        begun = False
    if alone and not (begun or ended) and set(away) & set(_SHORT_AWAY) and cursor.done:
        sentence.reading.doubt = True  # "30 minutes" is rather a length
    elif away == sentence.reading.away or not (begun or ended):
        cursor.at = before
        return False
    sentence.reading.away = away
    return True


def _clock_after_days(cursor: Cursor, away: Mapping[str, float]) -> bool:
    """True if a clock time comes, and no more hours: "in 2 days 19h", "in zwei Wochen 19 Uhr"."""
    if not set(away) - set(_SHORT_AWAY):
        return False
    length = cursor.peek().value in SHORT and cursor.sees("n h")  # "dans 2 jours 3 heures"
    return not length and (cursor.sees("at? n h|oclock") or cursor.sees("at? hours|clock|four"))


# -- clock times -------------------------------------------------------------------------------------


def _clock(sentence: Sentence) -> bool:
    reading = sentence.reading
    bare = not sentence.into and (sentence.day.named or bool(reading.freq) or bool(sentence.day.part))
    before = sentence.cursor.at
    said = read_clock(sentence.cursor, bare=bare)
    if said is None:
        return False
    if sentence.into:
        if not sentence.day.named and not reading.but_weekdays:
            sentence.cursor.at = before
            raise sentence.lost()
        sentence.into = ""  # the time is that of the session, not of the day on which it ends
    day = sentence.day
    if day.clock is not None:
        if reading.freq or not day.named or not sentence.joined:
            sentence.cursor.at = before
            raise sentence.lost()
        reading.doubt = True  # "19h/21h" may be from when until when
        reading.days.append(Day(date=day.date, weekday=day.weekday, week=day.week, ahead=day.ahead))
        day = sentence.day
    _set_clock(day, said)
    if (found := sentence.cursor.match("offset")) is not None:
        day.offset = found[0].value
    if (found := sentence.cursor.match("which")) is not None:
        day.which = found[0].value
    return True


def _set_clock(day: Day, said: SaidClock) -> None:
    hour, minute = said.clock
    if said.half in ("am", "pm"):
        hour = hour % 12 + (12 if said.half == "pm" else 0)
    day.clock = (hour, minute)
    day.others = said.others
    day.sure = said.sure
    day.half = said.half if said.half in ("am", "pm") else ""
    day.part = said.part or day.part
    day.midnight = said.midnight
    day.doubt = said.doubt
    day.minutes = said.minutes


# -- small words -------------------------------------------------------------------------------------


def _part(sentence: Sentence, tokens: list[Token]) -> bool:
    if sentence.day.part not in ("", tokens[0].value):
        return False
    sentence.day.part = tokens[0].value
    return True


def _rule(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.reading.rule = tokens[0].value
    return True


def _unsure(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.reading.unsure = tokens[0].value
    return True


def _and(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.joined = True
    return True


def _or(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Friday or Saturday": one of them."""
    sentence.reading.unsure = "either"
    sentence.joined = True
    return not sentence.into


def _nothing(sentence: Sentence, tokens: list[Token]) -> bool:
    return True


def _begun(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "… and starting on Monday": the day that comes is the first one, and no further one."""
    sentence.joined = False
    sentence.reading.begun = True
    return True


def _habit(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Always", beside a repetition that is said anyway."""
    return bool(sentence.reading.freq) or sentence.cursor.sees("every|workday")


def _aside(sentence: Sentence, tokens: list[Token]) -> bool:
    """A dash that stands between a day and a clock time."""
    before, after = sentence.cursor.peek(-2).kind, sentence.cursor.peek().kind
    return before != after and after != ""


SMALL: tuple[Rule, ...] = (
    ("part", _part),
    ("rule", _rule),
    ("unsure", _unsure),
    ("and", _and),
    ("or", _or),
    ("dash", _aside),
    ("every=habit", _habit),
    ("from", _begun),
    ("of|at|once", _nothing),
    ("to=soft", _nothing),
)
