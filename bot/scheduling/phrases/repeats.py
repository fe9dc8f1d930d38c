"""Repetitions: "every second Tuesday", "first and third Monday of the month"; their ends and exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.scheduling.phrases.days import day_follows, take_year
from bot.scheduling.phrases.lexer import Token
from bot.scheduling.phrases.reading import FREQ, WEEKDAYS, WEEKEND, WORKDAYS, Day
from bot.scheduling.phrases.sentence import Rule, Sentence

LAST = -1  # day of a month
_RANGE = "dash|to|until|at"


def _monthly(sentence: Sentence, nths: Sequence[int], weekdays: Sequence[int]) -> None:
    reading = sentence.reading
    if reading.freq not in ("", "MONTHLY"):
        raise sentence.lost()
    reading.freq = "MONTHLY"
    reading.byday += [f"{nth}{WEEKDAYS[day - 1]}" for nth in nths for day in weekdays]


def _each(sentence: Sentence, unit: str, n: int) -> None:
    if unit == "day" and n in sentence.idioms:
        unit, n = "week", sentence.idioms[n]
    if unit == "week" and sentence.reading.freq == "WEEKLY" and sentence.reading.interval in (1, n):
        sentence.reading.interval = n  # "Tuesdays, every two weeks"
        return
    if unit not in FREQ or sentence.reading.freq or n < 1:
        raise sentence.lost()
    sentence.reading.freq, sentence.reading.interval = FREQ[unit], n


def _weekdays(sentence: Sentence) -> list[int]:
    """Days of the week in a row: "Monday, Wednesday and Friday", "Monday to Friday"."""
    cursor = sentence.cursor
    found: list[int] = []
    while True:
        if (both := cursor.match(f"and? every? wd {_RANGE} every? wd")) is not None:
            found += between(both[2].value, both[5].value)
        elif (one := cursor.match("and? every? wd")) is not None:
            if cursor.sees("unit=week|after"):
                cursor.at -= sum(bool(token.kind) for token in one)
                break
            found.append(one[2].value)
        else:
            break
    return found


def between(first: int, last: int) -> list[int]:
    """Days of the week from one to another."""
    return [(first + n - 1) % 7 + 1 for n in range((last - first) % 7 + 1)]


def _nths(sentence: Sentence, kinds: str = "ord|last") -> list[int]:
    return [token.value or -1 for token in sentence.cursor.listed(kinds)]


def _every(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Every Tuesday", "every first and third Tuesday", "every 15th"."""
    cursor, reading = sentence.cursor, sentence.reading
    sure = cursor.sees("n")
    nths = _nths(sentence)
    if not nths and cursor.sees("n at? clock|hours|four"):
        reading.doubt = True  # "tous les 15 à 19h"
        nths = [cursor.match("n")[0].value]  # type: ignore[index]
    elif not nths and (cursor.sees("n every? wd") or cursor.sees("n of|in? every|this? unit=month")):
        nths = [cursor.match("n")[0].value]  # type: ignore[index]
    at = cursor.at
    weekdays = _weekdays(sentence)
    spoken = cursor.tokens[at : cursor.at]
    if nths and len(weekdays) > 1 and any(token.kind == "every" for token in spoken[1:]):
        reading.unsure = "rhythms"  # "every other Tuesday and every Friday"
    of_month = cursor.match("of|in? every|this? unit=month") is not None
    if weekdays and cursor.sees("ord") and not cursor.sees("ord mo|of|dash"):
        raise sentence.lost()  # "every Friday 13th" is more than a plan can repeat
    if not weekdays:
        if nths and (month := cursor.match("dash|of? mo")) is not None and not reading.freq:
            reading.freq = "YEARLY"
            sentence.says("date").date = (0, month[1].value, nths[0])
            return len(nths) == 1
        if not nths or not (of_month or reading.freq in ("", "MONTHLY")) or cursor.sees("unit"):
            return False
        if reading.freq:
            raise sentence.lost()
        reading.freq = "MONTHLY"
        reading.monthdays += nths
    elif of_month and sure and len(nths) == 1:  # "every other Tuesday of the month"
        sentence.weekly(weekdays, 1)
        reading.nth = nths
    elif of_month or len(nths) > 1 or (nths in ([1], [-1]) and not sure):
        _monthly(sentence, nths, weekdays)
    elif nths and not sure and (nths[0] > 2 or cursor.sees("of|in|for mo")):
        sentence.weekly(weekdays, 1)
        reading.nth = nths
    else:
        sentence.weekly(weekdays, nths[0] if nths else 1)
    return True


def _every_n_units(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Every two weeks on Thursday", "every three months on the 1st"."""
    _each(sentence, tokens[2].value, tokens[1].value)
    _on(sentence)
    return True


def _every_unit(sentence: Sentence, tokens: list[Token]) -> bool:
    _each(sentence, tokens[1].value, 1)
    _on(sentence)
    return True


def _on(sentence: Sentence) -> None:
    """What is said after "every month" or "every two weeks": on which of its days."""
    cursor, reading = sentence.cursor, sentence.reading
    before = cursor.at
    cursor.match("at|of")
    if reading.freq == "MONTHLY":
        if cursor.match("unit=day") is not None or cursor.sees("n at|and|clock|hours"):
            reading.monthdays += _nths(sentence, "ord|n")
            return
        nths = _nths(sentence)
        if nths and (weekdays := _weekdays(sentence)):
            _monthly(sentence, nths, weekdays)
            return
        if nths and not cursor.sees("dash|of? mo"):
            reading.monthdays += nths
            return
    elif reading.freq == "WEEKLY":
        cursor.match("every")
        if weekdays := _weekdays(sentence):
            sentence.weekly(weekdays, reading.interval)
            return
    cursor.at = before


def _every_part(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Every evening"."""
    _each(sentence, "day", 1)
    sentence.day.part = tokens[1].value
    return True


def _one_in(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Une semaine sur deux", "un mardi sur trois"."""
    _, of, _, n = tokens
    if n.value < 2:
        return False
    if of.kind == "wd":
        sentence.weekly([of.value], n.value)
        return True
    _each(sentence, of.value, n.value)
    _on(sentence)
    return True


def _every_group(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.weekly(WORKDAYS if tokens[1].kind == "workday" else WEEKEND)
    return True


def _of_every_month(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "First and third Tuesday of the month", "the 1st and 15th of every month"."""
    cursor, reading = sentence.cursor, sentence.reading
    cursor.at -= 1
    nths = _nths(sentence, "ord|last|n")
    weekdays = _weekdays(sentence)
    if cursor.match("of|in every? unit=month") is None and cursor.match("every unit=month") is None:
        return False
    if cursor.sees("next|afternext"):
        return False
    if weekdays:
        _monthly(sentence, nths, weekdays)
    elif reading.freq:
        return False
    else:
        reading.freq = "MONTHLY"
        reading.monthdays += nths
    return True


def _nths_alone(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Second and fourth Wednesday": of every month, if it is said of none."""
    cursor = sentence.cursor
    cursor.at -= 1
    sure = tokens[0].kind == "ord" and tokens[0].spelled  # "last Friday" may be over
    nths = _nths(sentence)
    weekdays = _weekdays(sentence)
    if not weekdays or not (sure or len(nths) > 1) or cursor.sees("of|in|next|this|mo|unit"):
        return False
    if sentence.into or sentence.reading.freq or any(nth > 5 for nth in nths):
        return False
    _monthly(sentence, nths, weekdays)
    sentence.reading.doubt = True
    return True


def _weekday_range(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Monday to Friday", of which nobody can say whether it is every week."""
    if sentence.into or sentence.day.named:
        return False
    sentence.reading.often = True
    sentence.weekly(between(tokens[1].value, tokens[3].value))
    return True


def _next_few(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "The next six Tuesdays"."""
    sentence.weekly([token.value for token in tokens if token.kind == "wd"])
    sentence.reading.count = next(token.value for token in tokens if token.kind == "n")
    return True


def _count(sentence: Sentence, tokens: list[Token]) -> bool:
    if sentence.reading.count:
        return False
    sentence.reading.count = next(token.value for token in tokens if token.kind in ("n", "timesn"))
    sentence.into = ""
    return True


def _lasting(sentence: Sentence, tokens: list[Token]) -> bool:
    n = next(token.value for token in tokens if token.kind in ("n", "decimal"))
    unit = next(token.value or "hour" for token in tokens if token.kind in ("unit", "h"))
    if unit in ("minute", "hour"):  # that is how long each of them takes
        half = 30 if sentence.cursor.match("plus=30") is not None else 0
        sentence.reading.minutes = int(n * (60 if unit == "hour" else 1)) + half
        sentence.into = ""
        return True
    if unit not in ("day", "week", "month"):
        return False
    sentence.reading.lasting = (n, unit)
    sentence.into = ""
    return True


def _takes(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "7pm (90 minutes)", "18 Uhr, 2 Stunden": how long it takes."""
    short = (
        tokens[1].value in ("minute", "hour") and sentence.cursor.peek(-3).kind != "dash"
    )  # 6pm - 20 minutes
    return short and sentence.day.clock is not None and not sentence.into and _lasting(sentence, tokens)


def _takes_hours(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "For 1h30"."""
    hours, minutes = tokens[1].value
    sentence.reading.minutes = hours * 60 + minutes
    sentence.into = ""
    return 0 < sentence.reading.minutes < 24 * 60


def _until(sentence: Sentence, tokens: list[Token]) -> bool:
    if sentence.reading.until is not None:
        return False
    sentence.reading.until, sentence.into = Day(), "until"
    return True


def _until_end(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Until the end of April", "through April"."""
    whole = tokens[1].kind == "endof" or (tokens[0].value == "whole" and not day_follows(sentence))
    if tokens[3].kind == "mo" and not whole:
        return False
    if not _until(sentence, tokens):
        return False
    day, said = sentence.day, tokens[3]
    if said.kind == "mo":
        day.date = (take_year(sentence), said.value, LAST)
    elif said.value == "month":
        day.months, day.date = 0, (0, 0, LAST)
    elif said.value == "year":
        day.date = (0, 12, 31)
    else:
        return False
    sentence.into = ""
    return True


def _until_month(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Until April", of which nobody can say whether April is in."""
    if day_follows(sentence) or not _until(sentence, tokens):
        return False
    sentence.day.date = (take_year(sentence), tokens[2].value, 0)
    sentence.into = ""
    return True


def _through(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "From April 6 to May 25": the second day is the end."""
    if not sentence.reading.days[-1].named or sentence.into:
        return False
    return _until(sentence, tokens)


def _except(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.reading.but.append(Day())
    sentence.into = "but"
    return True


def _except_weekdays(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Every day except Sundays"."""
    sentence.cursor.match("at|of")
    sentence.cursor.match("every")
    if sentence.cursor.match("every? weekend") is not None:
        sentence.reading.but_weekdays += WEEKEND
        return _except(sentence, tokens)
    if not (weekdays := _weekdays(sentence)) or sentence.cursor.sees("n mo|ord|date|next"):
        return False
    sentence.reading.but_weekdays += weekdays
    return _except(sentence, tokens)


def _within(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Tuesdays in April"."""
    if sentence.reading.within is not None or sentence.into or day_follows(sentence):
        return False
    sentence.reading.within = (take_year(sentence), tokens[1].value)
    return True


def _from_month(sentence: Sentence, tokens: list[Token]) -> bool:
    """ "Starting in April"."""
    if day_follows(sentence):
        return False
    sentence.says("date").date = (take_year(sentence), tokens[2].value, 1)
    return True


REPEATS: tuple[Rule, ...] = (
    ("every? next n every? wd", _next_few),
    ("every? n next every? wd", _next_few),
    ("n every wd", _next_few),
    ("every n|ord unit", _every_n_units),
    ("every workday|weekend", _every_group),
    ("every unit", _every_unit),
    ("every part", _every_part),
    ("n=1 wd|unit over n", _one_in),
    ("every", _every),
    ("ord|last|n", _of_every_month),
    ("ord|last", _nths_alone),
    (f"from|of? wd {_RANGE} wd", _weekday_range),
)
ENDS: tuple[Rule, ...] = (
    ("until endof? of? mo", _until_end),
    ("until endof? of? unit", _until_end),
    ("until in? mo", _until_month),
    ("until", _until),
    ("to|dash of? ord|date|mo|slashed", lambda sentence, tokens: _ended_by(sentence, tokens)),
    ("to|dash n of? mo", lambda sentence, tokens: _ended_by(sentence, tokens)),
    ("except", _except_weekdays),
    ("except", _except),
    ("for? next? n times", _count),
    ("for? timesn times?", _count),
    ("for next? n next? unit", _lasting),
    ("for n|decimal unit|h", _lasting),
    ("for hours", _takes_hours),
    ("n|decimal unit", _takes),
    ("from in? mo", _from_month),
    ("of|in|for mo", _within),
)


def _ended_by(sentence: Sentence, tokens: list[Token]) -> bool:
    sentence.cursor.at -= sum(bool(token.kind) for token in tokens[1:])
    return _through(sentence, tokens)
