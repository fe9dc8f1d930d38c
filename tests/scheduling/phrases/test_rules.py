"""Wall time and zone are what is kept: sessions stay where they are when clocks change."""

import shutil
import zoneinfo
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.scheduling.phrases import Question, When, questions, understand, utc
from bot.scheduling.phrases.recurrence import doubled, missing, upcoming

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        # the last Sundays of March 2027 and October 2027 in Lisbon, and so on: seven stays seven
        ("Europe/Lisbon", at(2027, 3, 23, 19), at(2027, 3, 30, 18)),
        ("Europe/Lisbon", at(2027, 10, 26, 18), at(2027, 11, 2, 19)),
        ("America/New_York", at(2027, 3, 10, 0), at(2027, 3, 16, 23)),
        ("America/New_York", at(2027, 11, 2, 23), at(2027, 11, 10, 0)),
        ("Australia/Lord_Howe", at(2027, 3, 30, 8), at(2027, 4, 6, 8, 30)),
        ("Australia/Lord_Howe", at(2027, 9, 28, 8, 30), at(2027, 10, 5, 8)),
        ("Asia/Kathmandu", at(2027, 3, 23, 13, 15), at(2027, 3, 30, 13, 15)),
    ],
)
def test_seven_in_the_evening_stays_seven(zone: str, before: datetime, after: datetime) -> None:
    weekly = understand("every Tuesday 19:00", NOON, zone)
    assert isinstance(weekly, When)
    moments = [moment for _, moment in upcoming(weekly, NOON, 60)]
    assert before in moments
    assert moments[moments.index(before) + 1] == after
    assert all(f"{each.astimezone(ZoneInfo(zone)):%a %H:%M}" == "Tue 19:00" for each in moments)


def test_casablanca_stands_apart_in_ramadan() -> None:
    weekly = understand("every Tuesday 19:00", at(2027, 1, 1), "Africa/Casablanca")
    assert isinstance(weekly, When)
    moments = [moment for _, moment in upcoming(weekly, at(2027, 1, 1), 20)]
    assert {each.hour for each in moments} == {18, 19}  # UTC+1, and UTC in Ramadan
    assert all(f"{each.astimezone(ZoneInfo('Africa/Casablanca')):%H:%M}" == "19:00" for each in moments)


@pytest.mark.parametrize(
    ("zone", "gap", "instead", "twice", "apart"),
    [
        ("Europe/Lisbon", "2027-03-28 01:30", ("00:30", "02:30"), "2027-10-31 01:30", 60),
        ("America/New_York", "2027-03-14 02:30", ("01:30", "03:30"), "2027-11-07 01:30", 60),
        ("Australia/Lord_Howe", "2027-10-03 02:15", ("01:45", "02:45"), "2027-04-04 01:45", 30),
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_asked_about(
    zone: str, gap: str, instead: tuple[str, str], twice: str, apart: int
) -> None:
    asked = understand(gap, NOON, zone)
    assert isinstance(asked, Question)
    assert asked.note.text == questions.NO_SUCH_TIME
    assert [option.split()[1] for option in asked.options] == list(instead)
    asked = understand(twice, NOON, zone)
    assert isinstance(asked, Question)
    assert asked.note.text == questions.TWICE
    answers = [understand(option, NOON, zone) for option in asked.options]
    moments = [utc(a.starts[0], a.zone, second=a.second) for a in answers if isinstance(a, When)]
    assert moments[1] - moments[0] == timedelta(minutes=apart)


def test_an_occurrence_in_a_gap_comes_after_it_and_one_that_comes_twice_the_first_time() -> None:
    daily = understand("every day at 01:30", at(2027, 3, 26, 12), "Europe/Lisbon")
    assert isinstance(daily, When)
    moments = [moment for _, moment in upcoming(daily, at(2027, 3, 26, 12), 3)]
    assert moments == [at(2027, 3, 27, 1, 30), at(2027, 3, 28, 1, 30), at(2027, 3, 29, 0, 30)]
    assert missing(datetime(2027, 3, 28, 1, 30), "Europe/Lisbon")
    assert doubled(datetime(2027, 10, 31, 1, 30), "Europe/Lisbon")
    assert utc(datetime(2027, 10, 31, 1, 30), "Europe/Lisbon") == at(2027, 10, 31, 0, 30)


def test_the_31st_the_leap_day_and_the_end_of_the_year() -> None:
    def walls(phrase: str, n: int) -> list[str]:
        when = understand(phrase, NOON, "Europe/Lisbon")
        assert isinstance(when, When)
        return [f"{wall:%Y-%m-%d}" for wall, _ in upcoming(when, NOON, n)]

    assert walls("on the 31st of every month at 18:00", 4) == [
        "2026-12-31",
        "2027-01-31",
        "2027-03-31",
        "2027-05-31",
    ]
    assert walls("last day of every month at 18:00", 4)[-1] == "2027-02-28"
    assert walls("29 February 18:00", 2) == ["2028-02-29"]
    assert walls("every second Thursday 23:30", 4) == ["2026-11-26", "2026-12-10", "2026-12-24", "2027-01-07"]
    assert walls("31 December 23:59", 1) == ["2026-12-31"]


def test_days_that_are_excepted_are_left_out_and_an_end_is_an_end() -> None:
    when = understand("every Tuesday 19:00 until 15 December except 8 December", NOON, "Europe/Lisbon")
    assert isinstance(when, When)
    assert when.but == (date(2026, 12, 8),)
    assert [f"{wall:%d}" for wall, _ in upcoming(when, NOON, 9)] == ["24", "01", "15"]


def test_new_rules_of_a_zone_move_what_is_to_come(tmp_path: Path) -> None:
    """A government changes its clocks: the file of the zone is another one from then on."""
    when = When((datetime(2027, 7, 6, 19, 0),), "Europe/Lisbon")
    summer = [moment for _, moment in upcoming(when, NOON, 1)]
    source = next(Path(each) for each in zoneinfo.TZPATH if (Path(each) / "Europe/Lisbon").exists())
    (tmp_path / "Europe").mkdir()
    shutil.copy(source / "Atlantic/Reykjavik", tmp_path / "Europe/Lisbon")  # no summer time any more
    try:
        zoneinfo.reset_tzpath([str(tmp_path)])
        ZoneInfo.clear_cache()
        assert [moment for _, moment in upcoming(when, NOON, 1)] == [summer[0] + timedelta(hours=1)]
    finally:
        zoneinfo.reset_tzpath()
        ZoneInfo.clear_cache()
