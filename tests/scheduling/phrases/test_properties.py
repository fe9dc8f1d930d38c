"""A time that is known, said in words of four languages and read again, is that time; also where clocks change."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.phrases import Question, When, questions, understand, utc
from bot.scheduling.phrases.reading import WEEKDAYS
from bot.scheduling.phrases.recurrence import doubled, missing

LANGUAGES = ("en", "es", "de", "fr")
NOW = datetime(2027, 3, 10, 15, 0, tzinfo=timezone.utc)  # a Wednesday
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago")

languages = st.sampled_from(LANGUAGES)
days = st.dates(date(2027, 3, 12), date(2031, 12, 31))
soon = st.dates(date(2027, 3, 11), date(2028, 3, 8))
clocks = st.times().map(lambda time: time.replace(second=0, microsecond=0))
numbers = st.integers(2, 12)

AT = {"en": "at {0:%H:%M}", "es": "a las {0:%H:%M}", "de": "um {0:%H:%M} Uhr", "fr": "à {0:%H}h{0:%M}"}
RANGE = {"en": "{0:%H:%M}-{1:%H:%M}", "es": "de {0:%H:%M} a {1:%H:%M}", "de": "von {0:%H:%M} bis {1:%H:%M} Uhr",
         "fr": "de {0:%H}h{0:%M} à {1:%H}h{1:%M}"}  # fmt: skip
DATE = {"en": "{d} {m} {y}", "es": "el {d} de {m} de {y}", "de": "am {d}. {m} {y}", "fr": "le {d} {m} {y}"}
DATED = {
    "en": "{w} {d} {m} {y}",
    "es": "el {w} {d} de {m} de {y}",
    "de": "am {w}, den {d}. {m} {y},",
    "fr": "le {w} {d} {m} {y}",
}
DAY_OF_MONTH = {"en": "{w} the {d}", "es": "el {w} {d}", "de": "am {w}, den {d}.,", "fr": "le {w} {d}"}
EVERY = {"en": "every {w}", "es": "todos los {w}", "de": "jeden {w}", "fr": "chaque {w}"}
EVERY_N = {
    "en": "every {n} weeks on {w}",
    "es": "cada {n} semanas el {w}",
    "de": "alle {n} Wochen am {w}",
    "fr": "toutes les {n} semaines le {w}",
}
UNTIL = {
    "en": " until {d} {m} {y}",
    "es": " hasta el {d} de {m} de {y}",
    "de": " bis zum {d}. {m} {y}",
    "fr": " jusqu'au {d} {m} {y}",
}
COUNT = {"en": " {n} times", "es": " {n} veces", "de": " {n} mal", "fr": " {n} fois"}
NTHS = {
    "en": ("first", "second", "third", "fourth", "last"),
    "es": ("primer", "segundo", "tercer", "cuarto", "último"),
    "de": ("ersten", "zweiten", "dritten", "vierten", "letzten"),
    "fr": ("premier", "deuxième", "troisième", "quatrième", "dernier"),
}
NTH = {
    "en": "the {nth} {w} of every month",
    "es": "el {nth} {w} de cada mes",
    "de": "jeden {nth} {w} im Monat",
    "fr": "le {nth} {w} de chaque mois",
}
NTH_OF = {
    "en": "the {nth} {w} of {m} {y}",
    "es": "el {nth} {w} de {m} de {y}",
    "de": "am {nth} {w} im {m} {y}",
    "fr": "le {nth} {w} de {m} {y}",
}
IN = {"en": "in {n} {unit}", "es": "dentro de {n} {unit}", "de": "in {n} {unit}", "fr": "dans {n} {unit}"}
UNITS = {
    "en": {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"},
    "es": {"minute": "minutos", "hour": "horas", "day": "días", "week": "semanas"},
    "de": {"minute": "Minuten", "hour": "Stunden", "day": "Tagen", "week": "Wochen"},
    "fr": {"minute": "minutes", "hour": "heures", "day": "jours", "week": "semaines"},
}


def words(language: str, day: date) -> dict[str, object]:
    """The parts of a date in a language."""
    return {
        "d": day.day,
        "y": day.year,
        "m": format_date(day, "LLLL" if language != "es" else "MMMM", locale=language),
        "w": format_date(day, "EEEE", locale=language),
    }


def understood(phrase: str, language: str, zone: str = "Europe/London") -> When:
    found = understand(phrase, NOW, zone, [language])
    assert isinstance(found, When), (phrase, found)
    return found


@given(languages, days, clocks)
def test_a_date_and_a_clock(language: str, day: date, clock: datetime) -> None:
    at = AT[language].format(clock)
    zone = "Asia/Tokyo"  # whose clocks never change
    for form in (DATE, DATED):
        phrase = f"{form[language].format(**words(language, day))} {at}"
        assert understood(phrase, language, zone).starts == (datetime.combine(day, clock),), phrase


@given(languages, soon, clocks)
def test_a_weekday_with_the_day_of_its_month(language: str, day: date, clock: datetime) -> None:
    phrase = f"{DAY_OF_MONTH[language].format(**words(language, day))} {AT[language].format(clock)}"
    found = understand(phrase, NOW, "Asia/Tokyo", [language])
    wall = datetime.combine(day, clock)
    if isinstance(found, When):  # the next one of its number, and a day of that name
        assert found.starts[0].day == day.day
        assert found.starts[0].isoweekday() == day.isoweekday()
        assert found.starts[0] <= wall
    else:
        assert found.note.text == questions.OTHER_WEEKDAY
        assert len(found.options) <= 3  # and perhaps the nth of that name in a month


@given(languages, days, clocks, st.integers(15, 8 * 60))
def test_of_a_range_the_beginning(language: str, day: date, clock: datetime, minutes: int) -> None:
    begin = datetime.combine(day, clock)
    phrase = f"{DATE[language].format(**words(language, day))} {RANGE[language].format(begin, begin + timedelta(minutes=minutes))}"
    assert understood(phrase, language, "Asia/Tokyo").starts == (begin,), phrase


@given(
    languages, st.integers(1, 7), clocks, st.integers(1, 6), st.none() | st.integers(2, 30), st.none() | days
)
def test_a_repetition(
    language: str, weekday: int, clock: datetime, interval: int, count: int | None, last: date | None
) -> None:
    day = date(2027, 3, 14) + timedelta(days=weekday)
    said = {**words(language, day), "n": interval}
    phrase = (EVERY if interval == 1 else EVERY_N)[language].format(**said) + " " + AT[language].format(clock)
    rule = (
        "FREQ=WEEKLY" + (f";INTERVAL={interval}" if interval > 1 else "") + f";BYDAY={WEEKDAYS[weekday - 1]}"
    )
    if last is not None and last > date(2027, 4, 1):
        phrase += UNTIL[language].format(**words(language, last))
        rule += f";UNTIL={last:%Y%m%d}T235959"
    elif count is not None:
        phrase += COUNT[language].format(n=count)
        rule += f";COUNT={count}"
    found = understood(phrase, language)
    assert found.rule == rule, phrase
    assert found.starts[0].time() == clock
    assert found.starts[0].isoweekday() == weekday


@given(languages, st.integers(1, 7), clocks, st.integers(0, 4), days)
def test_the_nth_of_every_month_and_of_one(
    language: str, weekday: int, clock: datetime, nth: int, month: date
) -> None:
    day = date(2027, 3, 14) + timedelta(days=weekday)
    at = AT[language].format(clock)
    said = {**words(language, day), "nth": NTHS[language][nth]}
    again = understood(f"{NTH[language].format(**said)} {at}", language)
    number = -1 if nth == 4 else nth + 1
    assert again.rule == f"FREQ=MONTHLY;BYDAY={number}{WEEKDAYS[weekday - 1]}"
    said |= {key: words(language, month)[key] for key in ("m", "y")}
    once = understand(f"{NTH_OF[language].format(**said)} {at}", NOW, "Asia/Tokyo", [language])
    if isinstance(once, Question):
        assert (month.year, month.month) == (2027, 3)
        return
    assert not once.rule
    assert (once.starts[0].year, once.starts[0].month) == (month.year, month.month)
    assert once.starts[0].isoweekday() == weekday
    if number > 0:
        assert (once.starts[0].day - 1) // 7 == nth
    else:
        assert (once.starts[0] + timedelta(days=7)).month != month.month


@given(languages, numbers, st.sampled_from(("minute", "hour")))
def test_a_length_from_now(language: str, n: int, unit: str) -> None:
    phrase = IN[language].format(n=n, unit=UNITS[language][unit])
    found = understood(phrase, language)
    assert utc(found.starts[0], found.zone) == NOW + timedelta(**{f"{unit}s": n})


@given(languages, numbers, st.sampled_from(("day", "week")), clocks)
def test_days_and_weeks_from_today(language: str, n: int, unit: str, clock: datetime) -> None:
    phrase = f"{IN[language].format(n=n, unit=UNITS[language][unit])} {AT[language].format(clock)}"
    found = understood(phrase, language, "UTC")
    assert found.starts[0] == datetime.combine(NOW.date() + timedelta(**{f"{unit}s": n}), clock)


AT_HOUR = {"en": "at {h}", "es": "a las {h}", "de": "um {h}", "fr": "à {h}"}
AND_EVERY = {
    "en": "{a} and every {b}",
    "es": "el {a} y cada {b}",
    "de": "{a} und jeden {b}",
    "fr": "le {a} et chaque {b}",
}


@given(languages, numbers, st.sampled_from(("day", "week")), st.integers(1, 23))
def test_days_from_today_at_an_hour_alone(language: str, n: int, unit: str, hour: int) -> None:
    phrase = f"{IN[language].format(n=n, unit=UNITS[language][unit])} {AT_HOUR[language].format(h=hour)}"
    found = understand(phrase, NOW, "UTC", [language])
    offered = [found.phrase] if isinstance(found, When) else list(found.options)
    day = NOW.date() + timedelta(**{f"{unit}s": n})
    assert all(option.startswith(f"{day}") for option in offered), phrase
    assert any(f"{day} {hour:02}:00" in option for option in offered), (phrase, found)


@given(languages, st.integers(1, 7), st.integers(1, 7), clocks)
def test_a_day_beside_a_repetition_is_never_lost(
    language: str, one: int, other: int, clock: datetime
) -> None:
    names = [
        format_date(date(2027, 3, 14) + timedelta(days=n), "EEEE", locale=language) for n in (one, other)
    ]
    phrase = f"{AND_EVERY[language].format(a=names[0], b=names[1])} {AT[language].format(clock)}"
    found = understand(phrase, NOW, "UTC", [language])
    if isinstance(found, When):
        assert WEEKDAYS[one - 1] in found.rule
    else:
        assert all(WEEKDAYS[one - 1] in option for option in found.options)


def changes(zone: str) -> list[datetime]:
    """The moments of two years at which the clocks of a zone change."""
    found = []
    at = NOW
    while at < NOW + timedelta(days=730):
        after = at + timedelta(hours=1)
        if at.astimezone(ZoneInfo(zone)).utcoffset() != after.astimezone(ZoneInfo(zone)).utcoffset():
            found.append(after)
        at = after
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_about_a_change_of_clocks_each_time_is_said_once_or_asked(zone: str, language: str) -> None:
    assert changes(zone)
    for change in changes(zone):
        around = change.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        for minutes in range(-150, 151, 15):
            wall = around + timedelta(minutes=minutes)
            phrase = f"{DATE[language].format(**words(language, wall.date()))} {AT[language].format(wall)}"
            found = understand(phrase, NOW, zone, [language])
            if missing(wall, zone):
                assert isinstance(found, Question)
                assert found.note.text == questions.NO_SUCH_TIME
                there = [understand(option, NOW, zone) for option in found.options]
                assert all(isinstance(each, When) and not missing(each.starts[0], zone) for each in there)
            elif doubled(wall, zone):
                assert isinstance(found, Question)
                assert found.note.text == questions.TWICE
                both = [understand(option, NOW, zone) for option in found.options]
                moments = {utc(e.starts[0], zone, second=e.second) for e in both if isinstance(e, When)}
                assert len(moments) == 2
            else:
                assert isinstance(found, When), phrase
                assert found.starts == (wall,)
                assert understand(found.phrase, NOW, "Asia/Tokyo") == found
