"""Clock times: "7pm", "half past seven", "19 Uhr 30", "a las siete y media", "7-9pm"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.scheduling.phrases.cursor import Cursor
from bot.scheduling.phrases.lexer import Token
from bot.scheduling.phrases.reading import Clock

TWENTY_FOUR = "24"  # a clock of 24 hours, where nothing more has to be said of the half of the day
ROUND = (5, 10, 20, 25)  # minutes that are said before or after an hour
YEARS = range(2020, 2060)  # four numbers that are rather a year than a clock
SHORT = range(1, 7)  # hours that are rather a length of time than a clock
LONGEST_RANGE = 9 * 60  # minutes; what lasts longer was not meant as "from … to"
CONNECTORS = "dash|to|until|at"


@dataclass(frozen=True, slots=True)
class SaidClock:
    """A clock time as it was said."""

    clock: Clock
    half: str = ""  # am, pm, `TWENTY_FOUR` or nothing
    part: str = ""
    midnight: bool = False
    others: tuple[Clock, ...] = ()  # that may be meant as well
    doubt: bool = False
    minutes: int = 0  # until the end, if one was said
    twelfth: bool = False  # half past twelve was said, of noon or of midnight

    @property
    def sure(self) -> bool:
        """True if the half of the day is not left open."""
        return bool(self.half) or self.clock[0] >= 12 or (self.clock[0] == 0 and not self.twelfth)


def shift(hour: int, minutes: int) -> Clock:
    """So many minutes after an hour, or before it."""
    total = (hour * 60 + minutes) % (24 * 60)
    return total // 60, total % 60


def _about(cursor: Cursor, hour: int, minutes: int) -> SaidClock:
    """So many minutes about an hour as it is spoken: "halb eins" may be after noon or after midnight."""
    half = _half(cursor)
    clock = shift(hour, minutes)
    if clock[0] == 0 and 1 <= hour <= 12:
        return SaidClock((12, clock[1]), half) if half else SaidClock(clock, twelfth=True)
    return SaidClock(clock, half)


def _half(cursor: Cursor) -> str:
    found = cursor.match("am|pm")
    return found[0].kind if found else ""


def _noon(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Noon", or "mittags um 1"."""
    if (found := cursor.match("at? n|clock|hours h?")) is not None:
        hour, minute = (found[1].value, 0) if found[1].kind == "n" else found[1].value
        if hour in (11, 12, 1, 2, 3) and not cursor.sees("times|unit|mo|of|in"):
            return SaidClock((hour, minute), part="noon")
        cursor.at -= sum(bool(token.kind) for token in found)
    return SaidClock((12, 0), TWENTY_FOUR)


def _twelve_noon(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    hour = tokens[1].value if tokens[1].kind == "n" else tokens[1].value[0]
    minute = 0 if tokens[1].kind == "n" else tokens[1].value[1]
    return SaidClock((hour, minute), part="noon") if hour in (11, 12, 1, 2, 3) else None


def _midnight(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    return SaidClock((0, 0), TWENTY_FOUR, midnight=True)


def _past(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Half past seven", "viertel vor acht"."""
    cursor.match("h|oclock")
    return _about(cursor, tokens[2].value, tokens[1].value)


def _about_half(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Fünf vor halb acht"."""
    minutes = tokens[1].value if tokens[2].kind == "beyond" else -tokens[1].value
    return _about(cursor, tokens[4].value, tokens[3].value + minutes)


def _minutes_about(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Ten past eight", "twenty to nine"; "ten to twelve" may be from ten until twelve, too."""
    _, minutes, unit, about, hour = tokens
    if minutes.value not in ROUND and not (unit.kind and minutes.value < 60):
        return None
    if cursor.sees("times|unit|mo|dash"):
        return None
    later = about.kind == "beyond"
    cursor.match("h|oclock")
    said = _about(cursor, hour.value, minutes.value if later else -minutes.value)
    if about.kind == "to" and minutes.value in (5, 10) and not unit.kind:
        begin = _begin_of_range((minutes.value, 0), SaidClock((hour.value, 0), said.half))
        return replace(said, others=(_absolute(begin),) if begin else ())
    return said


def _plus(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Las siete y media", "huit heures moins le quart"."""
    return _about(cursor, tokens[1].value, tokens[3].value)


def _noon_plus(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Midi et demi"."""
    return SaidClock(shift(12, tokens[2].value), TWENTY_FOUR)


def _noon_minutes(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Half past noon"."""
    return SaidClock(shift(12, tokens[1].value), TWENTY_FOUR)


def _midnight_plus(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Minuit et demi", "half past midnight": of two days; "minuit moins le quart" only of one."""
    minutes = next(token.value for token in tokens if token.kind in ("plus", "past"))
    return SaidClock(shift(0, minutes), TWENTY_FOUR, midnight=minutes > 0)


def _past_noon(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Um halb eins mittags"."""
    hour, minute = shift(tokens[2].value, tokens[1].value)
    return SaidClock((hour or 12, minute), part="noon") if hour in (11, 0, 1, 2) else None


def _noon_past(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Mittags um halb eins"."""
    hour, minute = shift(tokens[4].value, tokens[3].value)
    return SaidClock((hour or 12, minute), part="noon") if hour in (11, 0, 1, 2) else None


def _spelled(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "Seven thirty pm", "at seven fifteen"."""
    _, hour, minutes, *half = tokens
    if not 1 <= hour.value <= 24 or not 1 <= minutes.value < 60 or cursor.sees("times|unit|mo|of"):
        return None
    return SaidClock((hour.value, minutes.value), half[0].kind if half else "")


def _shaped(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "19:30", "7:30 pm"."""
    clock = tokens[1].value
    spoken = cursor.match("oclock") is not None
    if not spoken and (cursor.match("sure|h") or cursor.match("unit=hour")) is not None:
        return SaidClock(clock, TWENTY_FOUR)
    return SaidClock(clock, _half(cursor) or (TWENTY_FOUR if clock[0] > 9 else ""))


def _hours(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "19h30"; "1h30" with nothing beside it may be a length of time."""
    cursor.match("h")
    half = _half(cursor)
    alone = len(cursor.tokens) == 1 and tokens[1].value[0] in SHORT
    return SaidClock(tokens[1].value, half or TWENTY_FOUR, doubt=alone)


def _four(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "1900", which is a clock, and "2027", which may be a year."""
    hour, minute = tokens[1].value
    cursor.match("h|oclock") or cursor.match("unit=hour")
    half = _half(cursor)
    alone = not tokens[0].kind and len(cursor.tokens) == 1
    return SaidClock((hour, minute), half or TWENTY_FOUR, doubt=alone and hour * 100 + minute in YEARS)


def _hour(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    """ "19 Uhr", "19 Uhr 30"."""
    minutes = 0
    if cursor.sees("n") and cursor.peek(1).kind not in ("times", "unit", "mo", "of", "dash", "to"):
        minutes = cursor.match("n")[0].value  # type: ignore[index]
    half = _half(cursor)
    spoken = tokens[1].spelled and tokens[1].value <= 12  # "à une heure", "um drei Uhr": as people talk
    return SaidClock((tokens[1].value, minutes), half or ("" if spoken else TWENTY_FOUR))


def _halved(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    return SaidClock((tokens[1].value, 0), tokens[2].kind)


def _at(cursor: Cursor, tokens: Sequence[Token]) -> SaidClock | None:
    if cursor.sees("unit|times|mo"):
        return None
    return SaidClock((tokens[1].value, 0), _half(cursor))


Reader = Callable[[Cursor, Sequence[Token]], SaidClock | None]
CLOCKS: tuple[tuple[str, Reader], ...] = (
    ("at? n=12 midnight", _midnight),
    ("at? midnight plus", _midnight_plus),
    ("at? past midnight", _midnight_plus),
    ("at? midnight", _midnight),
    ("at? past n noon", _past_noon),
    ("at? past noon", _noon_minutes),
    ("at? n|clock|hours noon", _twelve_noon),
    ("at? n h noon", _twelve_noon),
    ("at? noon plus", _noon_plus),
    ("at? noon at? past n", _noon_past),
    ("at? noon", _noon),
    ("at? n beyond|before past n", _about_half),
    ("at? past n", _past),
    ("at? n unit=minute? beyond|before|to n", _minutes_about),
    ("at? n h? plus", _plus),
    ("at? clock", _shaped),
    ("at? hours", _hours),
    ("at? four", _four),
    ("at? n h", _hour),
    ("at? n am|pm", _halved),
    ("at? n n am|pm", _spelled),
    ("at n n", _spelled),
    ("at? n oclock", _at),
    ("at n", _at),
)


def one(cursor: Cursor, *, bare: bool) -> SaidClock | None:
    """One clock time. `bare`: a number alone can only be an hour here."""
    for pattern, reader in CLOCKS:
        before = cursor.at
        tokens = cursor.match(pattern)
        if tokens is not None and (said := reader(cursor, tokens)) is not None:
            if said.half == "pm" and 13 <= said.clock[0] < 24:
                said = replace(said, half=TWENTY_FOUR, doubt=True)  # "19pm"
            return said if _possible(said) else None
        cursor.at = before
    if not bare or cursor.peek(1).kind in ("mo", "of", "unit", "times", "n", "ord", "at", "next"):
        return None
    found = cursor.match("n")
    if found is None:
        return None
    if found[0].value > 24:
        cursor.at -= 1
        return None
    return SaidClock((found[0].value, 0))


def _possible(said: SaidClock) -> bool:
    hour, minute = said.clock
    if said.half in ("am", "pm") and not 1 <= hour <= 12:
        return False
    return minute < 60 and (hour < 24 or (hour, minute) == (24, 0))


def read_clock(cursor: Cursor, *, bare: bool) -> SaidClock | None:
    """A clock time; of "7-9pm" the beginning, of "7pm or 8pm" both."""
    before = cursor.at
    said = _loose(cursor)
    if said is not None:
        return said
    cursor.at = before
    opening = cursor.match("from|of|between")
    between = opening is not None and opening[0].kind == "between"
    said = one(cursor, bare=bare or between)
    if said is None:
        cursor.at = before
        return None
    ended = _ended(cursor, said, f"{CONNECTORS}|and" if between else CONNECTORS)
    if between and (ended is None or not ended.minutes):
        cursor.at = before
        return None
    return replace(ended, doubt=True) if between and ended else ended  # they may look for a time in between


def _loose(cursor: Cursor) -> SaidClock | None:
    """ "7-9pm", "7 to 9 in the evening", "7 or 8pm": the second says the half of the day for the first, too."""
    found = cursor.match(f"from|of|between? at? n|clock {CONNECTORS}|or|and")
    if found is None:
        return None
    opening, _, first, connector = found
    if first.kind == "clock" and connector.kind == "and":
        return None
    if connector.kind == "and" and opening.kind != "between":
        return None
    if connector.kind == "at" and not opening.kind:
        return None  # "Freitag, den 12., um 19 Uhr"
    if connector.kind in ("to", "at") and first.kind == "n" and first.value in ROUND and not opening.kind:
        return None  # that is how minutes before an hour are said
    second = one(cursor, bare=True)
    if second is None or (not second.sure and not cursor.sees("part")):
        return None
    begin = (first.value, 0) if first.kind == "n" else first.value
    if connector.kind == "or":
        return replace(second, clock=begin, others=(_absolute(second),))
    said = _begin_of_range(begin, second)
    return replace(said, doubt=True) if opening.kind == "between" and said else said


def _begin_of_range(begin: Clock, end: SaidClock) -> SaidClock | None:
    """The beginning of a range whose end says more about the half of the day; it is the nearest one before the end."""
    if end.half not in ("am", "pm"):
        lasting = (_minutes(end.clock) - _minutes(begin)) % (24 * 60)
        return (
            replace(end, clock=begin, minutes=lasting) if begin[0] < 24 and lasting <= LONGEST_RANGE else None
        )
    if not 1 <= begin[0] <= 12:
        return None
    last = _minutes(_absolute(end))
    other = "am" if end.half == "pm" else "pm"
    choices = [
        replace(said, minutes=(last - _minutes(_absolute(said))) % (24 * 60))
        for said in (replace(end, clock=begin, half=half) for half in (end.half, other))
    ]
    return min(choices, key=lambda said: (said.minutes - 1) % (24 * 60))


def _absolute(said: SaidClock) -> Clock:
    hour, minute = said.clock
    if said.half in ("am", "pm"):
        hour = hour % 12 + (12 if said.half == "pm" else 0)
    return hour, minute


def _minutes(clock: Clock) -> int:
    return clock[0] * 60 + clock[1]


def _ended(cursor: Cursor, said: SaidClock, connectors: str) -> SaidClock | None:
    """What follows a whole clock time: the end of a range, or another time that may be meant."""
    before = cursor.at
    if (found := cursor.match(connectors)) is not None:
        end = one(cursor, bare=said.sure or found[0].kind in ("dash", "to", "and", "until"))
        if end is not None and (minutes := _until_end(said, end)):
            return replace(said, minutes=minutes)
        cursor.at = before
    elif cursor.match("or") is not None:
        other = one(cursor, bare=True)
        if other is not None:
            both = replace(other, half=other.half or said.half)
            return replace(said, others=(*said.others, _absolute(both)))
        cursor.at = before
    return said


def _until_end(said: SaidClock, end: SaidClock) -> int:
    """Minutes from the beginning to this end; 0 if it cannot be the end of what begins then."""
    later = _minutes(_absolute(end)) > _minutes(_absolute(said))
    # "19:00 to 9" ends at nine in the evening, "9 to 5" in the afternoon
    around = (24 if end.sure or (not said.sure and later) else 12) * 60
    lasting = (_minutes(_absolute(end)) - _minutes(_absolute(said))) % around
    return lasting if 0 < lasting <= LONGEST_RANGE else 0
