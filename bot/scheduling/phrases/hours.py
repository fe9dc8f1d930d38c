"""The clock times that may be meant: which half of the day, and to which day the hours after midnight belong."""

from __future__ import annotations

from bot.scheduling.phrases.reading import Clock, Day

MORNING_AFTER = 5  # up to this hour a night belongs to the day after the one on which it began
EVENING = 4  # from this hour on "in the evening" is after noon


class ImpossibleError(ValueError):
    """The hour and the part of the day do not go together: "8am in the evening"."""


def candidates(day: Day) -> list[Clock]:
    """The clock times that a day may mean; from 24 on, hours of the day after it.

    More than one has to be asked about.
    """
    assert day.clock is not None
    hour, minute = day.clock
    if day.midnight:
        return _midnights(day)
    hours = [hour]
    if day.part:
        hours = _in_part(day, hour)
    elif not day.sure:
        hours = [hour, hour + 12]
    return [(each, minute) for each in hours]


def _midnights(day: Day) -> list[Clock]:
    if day.part not in ("", "night", "evening"):
        raise ImpossibleError
    assert day.clock is not None
    minute = day.clock[1]
    if not day.named and not day.part:
        return [(0, minute)]
    return [(24, minute)] if day.part or day.ahead == 0 else [(0, minute), (24, minute)]


def _in_part(day: Day, hour: int) -> list[int]:
    match day.part:
        case "morning" | "small":
            if hour > 11:
                raise ImpossibleError
            return [hour]
        case "noon":
            return [hour if hour >= 11 else hour + 12]
        case "afternoon":
            if day.half == "am" or (not hour and day.sure):
                raise ImpossibleError
            return [hour if hour >= 12 else hour + 12]
        case _:
            return _at_night(day, hour)


def _at_night(day: Day, hour: int) -> list[int]:
    """In the evening or at night."""
    if (day.half == "am" and hour > MORNING_AFTER) or (day.half == "pm" and hour == 12):
        raise ImpossibleError
    if hour == 12:
        return [24]
    if hour == 24 or hour > 12:
        return [hour]
    if hour > MORNING_AFTER or (hour >= EVENING and day.part == "evening" and day.half != "am"):
        return [hour + 12]
    if day.part == "evening":
        raise ImpossibleError
    if day.half == "pm":
        return [hour + 12]
    if day.ahead == 0:
        return [24 + hour]
    return [hour, 24 + hour] if day.named else [hour]
