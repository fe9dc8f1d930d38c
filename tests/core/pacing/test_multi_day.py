"""Over days: the clock of the community, quiet hours, evenings, rests, reminders, walls that grow, votes that close."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.authoring.loader import load, parse
from bot.core.model import facts as f
from bot.core.model.evolve import fold
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.participants.community import Listing, Times, Variant
from bot.core.text.dates import after_quiet_hours, when_clocks_show
from bot.platforms.host_panel import panel_text
from tests.support import ROOM, Scene, plain

UTC = timezone.utc

WEEK = '\nid: week\ntitle: A week together\nabout: Three days, a little each.\nminutes: 30\ndays: 3\nreview_hours_async: 48\nsteps:\n  - {id: hello, kind: open, title: Hello, minutes: 3, day: 0, max_chars: 140, say: "One line, please?"}\n  - {id: gut, kind: choice, title: Gut, minutes: 2, day: 1, say: "Which one?",\n     options: [{key: a, label: Apples}, {key: b, label: Bread}]}\n  - {id: deep, kind: open, title: Deeper, minutes: 4, day: 1, reveal: together, look: none, max_chars: 140,\n     say: "Quietly: what else?"}\n  - id: tale\n    kind: story\n    title: A tale\n    minutes: 4\n    day: 1\n    say: Tell one.\n    fields:\n      - {key: moment, label: "What happened?", max_chars: 300}\n      - {key: loop, label: "What should we do?", max_chars: 80, optional: true, loop: true}\n  - {id: talk, kind: pair, title: In pairs, minutes: 5, day: 2, say: "Talk, please.", read_minutes: 1,\n     fields: [{key: line, label: A line, max_chars: 140}]}\n  - {id: wall, kind: gallery, title: The wall, minutes: 4, day: 2, cards_from: tale, say: Read one slowly.}\n  - {id: choose, kind: vote, title: Choose, minutes: 2, day: 2, hours: 24, dots: 1, options_from: tale.loop,\n     say: "One dot.", options: [{key: rest, label: Rest a while}]}\n  - {id: bye, kind: message, title: Bye, minutes: 1, day: 3, say: Thank you.}\nfollow_ups:\n  - {id: later, days: 14, title: Follow-up, about: tale.moment, say: "You told: {it}. And now?",\n     fields: [{key: became, label: It has,\n               options: [{key: happened, label: happened}, {key: not_yet, label: not yet}]}]}\n  - {id: weave, days: 20, to: hosts, title: Weave, say: "Tell three of them as one."}\n'


def week(text: str = WEEK) -> Script:
    """The version over days of a small workshop."""
    from pathlib import Path as P

    from bot.authoring.loader import _reading

    return next(s for s in _reading(text, "week.yaml", P("prompts/frameworks")).scripts if s.days)


def tapped(script: Script, step: str, people: int) -> Session:
    """A session in which this many people have tapped 3 for every item of a scale, which is closed."""
    at = datetime(2026, 1, 15, 19, 0, tzinfo=UTC)
    keys = [item.key for item in script.step(step).items]  # type: ignore[union-attr]
    log: list[f.Fact] = [
        f.Opened(
            at=at,
            session="s",
            community="c",
            script="x",
            rooms=(ROOM,),
            hosts_channel="h",
            host=PersonId("h"),
            seed="s",
        ),
        f.Begun(at=at),
        f.Asked(at=at, step=step, visit=1, until=None),
    ]
    for n in range(people):
        log.append(
            f.Picked(
                at=at,
                answer=f"a{n}",
                step=step,
                person=PersonId(f"p{n}"),
                picks=tuple(f"{key}=3" for key in keys),
                room="room:1",
            )
        )
    return fold([*log, f.StepClosed(at=at, step=step, visit=1)])


OPEN: list[Scene] = []


@pytest.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    """What a test opened is closed, also when it failed: a database thread would keep the process alive."""
    yield
    while OPEN:
        await OPEN.pop().close()


async def begun(
    path: Path,
    zone: str = "UTC",
    names: tuple[str, ...] = ("Ada", "Bo", "Chi", "Dan", "Eve"),
    *,
    one_by_one: bool = False,
    text: str = WEEK,
    later: int = 0,
) -> Scene:
    """A week that has begun, on a Sunday evening unless it begins after so many more days."""
    scene = Scene(path, week(text))
    await scene.open()
    OPEN.append(scene)
    await scene.wait((3 + later) * 24 * 3600)
    scene.runtime.decider.times = Times(zone=zone)
    listing = scene.runtime.shelf["week"]
    variant = Variant(version="async", setting="", minutes=30, hash=listing.hash)
    scene.runtime.shelf["week"] = replace(listing, variants=(variant,))
    await scene.order("Host", "workshop open", workshop="week", how="async")
    await scene.join(*names, one_by_one=one_by_one)
    await scene.order("Host", "workshop start")
    return scene


def said(scene: Scene, part: str) -> bool:
    return any(part in plain(text) for text in scene.room())


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), "07:00"),  # the night in which spring comes
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), "08:00"),  # and autumn
        ("America/New_York", datetime(2026, 3, 7, 12, tzinfo=UTC), "13:00"),
        ("Asia/Kolkata", datetime(2026, 3, 7, 12, tzinfo=UTC), "03:30"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_also_when_clocks_change(zone: str, day: datetime, utc: str):
    at = when_clocks_show(day, zone, "09:00", 1)
    assert at.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "09:00"
    assert at.strftime("%H:%M") == utc


def test_a_time_that_does_not_exist_is_an_hour_later_and_one_that_exists_twice_is_the_first():
    night = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert when_clocks_show(night, "Europe/Berlin", "02:30", 1) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert when_clocks_show(autumn, "Europe/Berlin", "02:30", 1) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_quiet_hours_end_in_the_morning_of_the_community():
    session = Session(zone="Europe/Berlin", quiet=("21:00", "08:00"))
    late = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)  # 22:30 there
    assert after_quiet_hours(session, late) == datetime(2026, 1, 16, 7, 0, tzinfo=UTC)
    early = datetime(2026, 1, 16, 5, 0, tzinfo=UTC)
    assert after_quiet_hours(session, early) == datetime(2026, 1, 16, 7, 0, tzinfo=UTC)
    noon = datetime(2026, 1, 16, 11, 0, tzinfo=UTC)
    assert after_quiet_hours(session, noon) == noon
    assert after_quiet_hours(Session(quiet=("09:00", "09:00")), late) == late


async def test_three_days_that_begin_on_a_thursday_leave_the_weekend_out(tmp_path: Path):
    scene = await begun(tmp_path / "w.db", "America/New_York", later=3)  # a Wednesday, early afternoon there
    days = []
    while (await scene.session()).over_days:
        before = (await scene.session()).day
        await scene.wait(3600)
        if (await scene.session()).day != before:
            days.append(scene.clock.now().astimezone(ZoneInfo("America/New_York")).strftime("%a %H"))
            for name in ("Ada", "Bo"):
                await scene.submit(name, "gut", picks=("a",))
    assert days == ["Thu 09", "Fri 09", "Tue 09"], "nobody took part on Friday: Monday is a rest"
    assert any("open until Tue 27 Jan" in plain(text) for text in scene.room())


async def test_a_week_from_the_lobby_to_the_follow_ups(tmp_path: Path):
    scene = await begun(tmp_path / "w.db", "Europe/Berlin")
    start = scene.clock.now()
    assert said(scene, "over 3 days") and said(scene, "Mon 19 Jan, 09:00 Europe/Berlin")
    assert not said(scene, "Which one?")
    await scene.wait(12.99 * 3600, between=True)  # to just before nine there
    assert not said(scene, "Day 1 of 3")
    await scene.wait(60, between=True)
    assert scene.clock.now() - start < timedelta(hours=13.1)
    assert said(scene, "Day 1 of 3") and said(scene, "Which one?") and said(scene, "Tell one.")
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.submit(name, "gut", picks=("a",))
        await scene.submit(name, "deep", text=f"deep of {name}")
    await scene.submit("Ada", "tale", moment="The key was lost", loop="A second key", share="name")
    assert not said(scene, "deep of Ada") and not said(scene, "4 × Apples")
    await scene.wait(11.5 * 3600, between=True)  # the evening
    assert said(scene, "deep of Ada") and said(scene, "The evening of day 1") and said(scene, "4 × Apples")
    await scene.submit("Eve", "deep", text="deep of Eve, late")
    await scene.wait(13 * 3600, between=True)  # the next morning
    assert said(scene, "Day 2 of 3") and said(scene, "The key was lost")
    assert not said(scene, "deep of Eve")
    await scene.submit("Bo", "tale", moment="The hall was cold", share="anonymous")
    await scene.order("Chi", "react", card="1", sign="same")
    session = await scene.session()
    assert len(session.steps["wall"].cards) == 1
    await scene.wait(11 * 3600, between=True)  # its evening: the wall grows, late words are shown
    session = await scene.session()
    assert len(session.steps["wall"].cards) == 2 and said(scene, "The hall was cold")
    assert said(scene, "deep of Eve, late")
    assert session.steps["wall"].signs["stage:chi"]
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.order(name, "pick", numbers="2")
    idea = next(a.id for a in session.answers.values() if a.text("loop"))
    for name in ("Ada", "Bo", "Chi", "Dan"):
        await scene.submit(name, "choose", picks=(idea,))
    assert not said(scene, "A second key (4 dots)")
    await scene.wait(13 * 3600, between=True)  # the third morning: the vote is over after a day
    assert said(scene, "Day 3 of 3") and said(scene, "1. A second key (4 dots)")
    before = len(scene.private("Ada"))
    await scene.submit("Ada", "choose", picks=("rest",))
    assert "closed" in scene.private("Ada")[before]
    await scene.order("Ada", "follow", how="yes")
    await scene.order("Bo", "follow", how="yes")
    await scene.order("Dan", "follow", how="yes")  # who told nothing that could be asked about
    await scene.wait(24 * 3600, between=True)
    session = await scene.session()
    assert session.phase is Phase.REVIEW and session.phase_until is not None
    assert session.phase_until - session.at > timedelta(hours=40)
    await scene.wait(48 * 3600, between=True)
    assert (await scene.session()).phase is Phase.FOLLOWING
    await scene.order("Bo", "withdraw", answer="3")
    await scene.wait(15 * 24 * 3600, between=True)
    asked = [
        name
        for name in ("Ada", "Bo", "Chi", "Dan", "Eve")
        if any("And now?" in t for t in scene.private(name))
    ]
    assert asked == ["Ada"], "only who said yes, and still tells it"
    assert "You told: The key was lost. And now?" in plain("\n".join(scene.private("Ada")))
    await scene.order("Ada", "answer", text="happened")
    session = await scene.session()
    assert [a.text("became") for a in session.answers.values() if a.step == "later"] == ["happened"]
    await scene.wait(40 * 24 * 3600, between=True)
    session = await scene.session()
    assert session.phase is Phase.CLOSED
    assert any("Tell three" in x.text for x in scene.stage.lines.values() if x.channel.endswith("hosts"))
    assert not said(scene, "And now?") and not said(scene, "Tell three")


async def test_only_questions_are_listed_with_how_many_answered_them(tmp_path: Path):
    talked = WEEK.replace("fields: [{key: line, label: A line, max_chars: 140}]", "output: none")
    scene = await begun(tmp_path / "w.db", text=talked)
    await scene.wait(15 * 3600)
    for name in ("Ada", "Bo", "Chi"):
        await scene.submit(name, "tale", moment="A true one", share="name")
    await scene.order("Ada", "remind", how="yes")
    await scene.wait(24 * 3600)
    shown = panel_text(scene.script, await scene.session()).splitlines()
    assert {"- In pairs", "- The wall", "- A tale: 3 of 5", "- Choose: 0 of 5"} <= set(shown)
    await scene.order("Host", "workshop next")
    await scene.wait(12 * 3600)
    evening = next(text for text in scene.room() if "The evening of day 3" in text)
    assert "A tale (3)" in evening and "In pairs;" in evening and "The wall;" in evening
    reminders = "\n".join(text for text in scene.private("Ada") if "Still open: " in text)
    assert "Choose" in reminders and "In pairs" not in reminders and "The wall" not in reminders


async def test_a_day_of_rest_comes_after_a_day_with_few_and_only_once(tmp_path: Path):
    scene = await begun(tmp_path / "w.db")
    await scene.wait(15 * 3600)
    await scene.submit("Ada", "gut", picks=("a",))  # one of five
    await scene.wait(24 * 3600)
    assert said(scene, "All questions so far are still open") and not said(scene, "Day 2 of 3")
    await scene.wait(24 * 3600)
    assert said(scene, "Day 2 of 3")
    assert sum("All questions so far are still open" in text for text in scene.room()) == 1


async def test_who_wants_it_is_reminded_once_and_nobody_else(tmp_path: Path):
    scene = await begun(tmp_path / "w.db")
    await scene.order("Ada", "remind", how="yes")
    await scene.order("Bo", "remind", how="yes")
    await scene.wait(15 * 3600)
    for name in ("Bo", "Chi", "Dan"):
        for step, taps in (("gut", ("a",)),):
            await scene.submit(name, step, picks=taps)
        await scene.submit(name, "deep", text="something")
        await scene.submit(name, "tale", moment="something")
    await scene.order("Bo", "answer", text="hello")
    await scene.wait(24 * 3600)
    await scene.wait(24 * 3600)
    await scene.wait(24 * 3600)
    reminded = {
        name: [t for t in scene.private(name) if "Here's the reminder" in t] for name in ("Ada", "Bo", "Chi")
    }
    assert "Gut; Deeper; A tale" in reminded["Ada"][0]
    titles = "; ".join(reminded["Ada"])
    assert titles.count("Gut") == 1 and titles.count("In pairs") == 1
    assert not any("Gut" in each for each in reminded["Bo"]) and not reminded["Chi"]


async def test_catching_up_goes_in_order_and_ends(tmp_path: Path):
    scene = await begun(tmp_path / "w.db")
    await scene.wait(15 * 3600)
    seen = []
    for text in ("One line of Ada", "", "Quiet of Ada", "It happened"):
        await scene.order("Ada", "catchup")
        seen.append(plain(scene.private("Ada")[-1]).split("\n")[0])
        if text:
            await scene.order("Ada", "answer", text=text)
        else:
            await scene.order("Ada", "pick", numbers="1")
    await scene.order("Ada", "pass")
    await scene.order("Ada", "catchup")
    assert seen == ["**Hello**", "**Gut**", "**Deeper**", "**A tale**"]
    assert "You're all caught up" in scene.private("Ada")[-1]


@pytest.mark.parametrize(("seconds", "passed"), [(0.4, 1), (1.2, 2)])
async def test_two_questions_that_lie_open_are_skipped_by_two_words(
    tmp_path: Path, seconds: float, passed: int
):
    """One word that is heard twice skips one; nobody has read the next question by then."""
    scene = await begun(tmp_path / "w.db")
    await scene.wait(15 * 3600)
    await scene.order("Ada", "pass")
    await scene.wait(seconds)
    await scene.order("Ada", "pass")
    states = (await scene.session()).steps.values()
    assert sum("stage:ada" in state.passed for state in states) == passed


async def test_what_is_only_talked_about_comes_last_and_a_wall_without_cards_waits_for_nobody(tmp_path: Path):
    text = WEEK.replace("fields: [{key: line, label: A line, max_chars: 140}]", "output: none").replace(
        "{id: wall,", "{id: late, kind: open, title: Late, minutes: 1, day: 2, say: 'And?'}\n  - {id: wall,"
    )
    scene = await begun(tmp_path / "w.db", text=text)
    while "wall" not in (await scene.session()).steps:
        await scene.wait(3600)
    seen = []
    for _ in range(8):
        await scene.order("Ada", "catchup")
        seen.append(plain(scene.private("Ada")[-1]).split("\n")[0].strip("*"))
        await scene.order("Ada", "pass")
        await scene.wait(3)
    assert seen[4:7] == ["Late", "Choose", "In pairs"] and "You're all caught up" in seen[7]


async def test_without_forms_what_waits_is_asked_privately_and_a_line_there_answers_it(tmp_path: Path):
    scene = await begun(tmp_path / "w.db", one_by_one=True)
    await scene.wait(15 * 3600)
    private = scene.stage.private_channel("stage:ada", ROOM)
    seen = []
    for text in ("/answer", "1", "Quiet of Ada", "It happened", "skip", "We met"):
        await scene.order("Ada", "catchup")
        seen.append(plain(scene.private("Ada")[-1]).split("\n")[0])
        if text == "/answer":
            await scene.order("Ada", "answer", text="One line of Ada")
        else:
            await scene.say("Ada", text, channel=private)
    assert seen[:4] == ["**Hello**", "**Gut**", "**Deeper**", "**A tale**"]
    answers = (await scene.session()).answers.values()
    assert [a.text("moment") for a in answers if a.step == "tale"] == ["It happened"]
    assert "What should we do?" in seen[4] and "You're all caught up" in seen[5]


async def test_down_for_two_days_the_days_do_not_cascade_and_nothing_is_said_at_night(tmp_path: Path):
    scene = await begun(tmp_path / "w.db")
    scene.clock.at += timedelta(days=2, hours=4)  # to eleven in the evening
    await scene.runtime.wake()
    await scene.runtime.idle()
    assert not said(scene, "Day 1 of 3")
    await scene.wait(10 * 3600)
    assert said(scene, "Day 1 of 3") and not said(scene, "Day 2 of 3")
    await scene.wait(8 * 3600)
    assert not said(scene, "Day 2 of 3")


async def test_a_host_brings_a_day_forward_pauses_and_ends(tmp_path: Path):
    scene = await begun(tmp_path / "w.db")
    await scene.next()
    assert said(scene, "Day 1 of 3")
    await scene.order("Host", "workshop pause")
    await scene.wait(60 * 3600)
    assert not said(scene, "Day 2 of 3")
    await scene.order("Host", "workshop resume")
    await scene.order("Ada", "answer", text="here")
    await scene.submit("Ada", "gut", picks=("a",))
    await scene.submit("Bo", "gut", picks=("a",))
    await scene.wait(24 * 3600)
    assert said(scene, "Day 2 of 3")
    await scene.order("Host", "workshop end")
    assert (await scene.session()).phase is Phase.REVIEW


async def test_a_quiet_pair_is_offered_another_way_after_a_day(tmp_path: Path):
    scene = await begun(tmp_path / "w.db", names=("Ada", "Bo", "Chi", "Dan"))
    await scene.next()
    await scene.next()
    session = await scene.session()
    pairs = session.steps["talk"].pairs
    assert len(pairs) == 2
    place = next(iter(pairs))
    spoken = pairs[place][0].removeprefix("stage:").capitalize()
    await scene.say(spoken, "are you there?", channel=session.places[place])
    await scene.wait(38 * 3600)
    offered = {
        name
        for name in ("Ada", "Bo", "Chi", "Dan")
        if any(
            "Want a new partner, or would you rather do this on your own" in t for t in scene.private(name)
        )
    }
    there = {each.removeprefix("stage:").capitalize() for each in pairs[place]}
    assert offered == {"Ada", "Bo", "Chi", "Dan"} - there


def test_a_workshop_that_runs_over_days_says_so_in_the_choice():
    one = Listing(
        id="w",
        title="W",
        minutes=30,
        hash="h",
        variants=(
            Variant(version="30", setting="", minutes=30, hash="h"),
            Variant(version="async", setting="", minutes=9, hash="d"),
        ),
    )
    assert one.choose("async") == ("d", Mode.ASYNC)
    assert one.choose("") == ("h", Mode.LIVE)
    assert "not both" in str(one.choose("async call"))
    assert load(Path("prompts/value-creation.yaml"), "async").days == 5
    assert parse(WEEK).days == 0
