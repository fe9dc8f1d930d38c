"""Buttons and commands about one occurrence that come twice, late, stale or from two devices act once, and say why."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.scheduling.plan import State
from bot.scheduling.references import refer, referred
from tests.scheduling.test_plans import NEXT, buttons, last, ordered, plan, tap, the_plan, until
from tests.support import Scene, plain

WEEK = timedelta(days=7)


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "plans.db").open()
    yield scene
    await scene.close()


async def weekly(scene: Scene) -> str:
    return (await plan(scene, "every Tuesday 7pm")).id


async def test_a_reference_is_short_and_read_again(scene: Scene) -> None:
    made = await plan(scene, "every Tuesday 7pm")
    about = referred(refer(made))
    assert (about.plan, about.occurrence, about.sequence) == (made.id, "2026-01-20T19:00", made.sequence)
    assert len(refer(made)) <= len(made.id) + 9
    for strange in ("", "@", "abc@", "abc@zz", "abc@!.1", "abc@zzzzzzzz.1", "@1.1"):
        assert referred(strange).occurrence == "" or referred(strange).plan == ""


async def test_a_skip_that_comes_twice_skips_one(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Host", f"/schedule skip {key}")
    assert (await the_plan(scene)).at == NEXT + WEEK
    await ordered(scene, "Host", f"/schedule skip {key}")
    assert (await the_plan(scene)).at == NEXT + WEEK
    assert "is already skipped. Skip the one on Tue 27 Jan" in last(scene, "Host")
    skip = buttons(scene, "Host")["Skip it"]
    for _ in range(3):
        await ordered(scene, "Host", f"/{skip}")
    assert (await the_plan(scene)).at == NEXT + 2 * WEEK
    assert "is already skipped" in last(scene, "Host")


async def test_one_that_was_skipped_is_brought_back_once(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule skip {key}")
    back = buttons(scene, "Host", "Bring it back")["Bring it back"]
    for _ in range(2):
        await ordered(scene, "Host", f"/{back}")
        found = await the_plan(scene)
        assert (found.at, found.skipped, found.state) == (NEXT, (), State.ON)
    assert "isn't skipped" in last(scene, "Host")
    await tap(scene, "Ana", "Going")
    assert any("You're going to" in each for each in scene.private("Ana")[-2:])


async def test_the_only_one_is_brought_back_by_name(scene: Scene) -> None:
    key = (await plan(scene)).id
    await ordered(scene, "Host", f"/schedule skip {key}")
    assert (await the_plan(scene)).state is State.OVER
    await ordered(scene, "Host", f"/schedule skip {key}")
    assert "is already skipped" in last(scene, "Host")
    await ordered(scene, "Host", f"/schedule resume {key}")
    found = await the_plan(scene)
    assert (found.state, found.at) == (State.ON, NEXT)
    await until(scene, NEXT - timedelta(minutes=9))
    assert (await scene.session()).id


async def test_a_move_that_comes_twice_or_late_moves_one(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule move {key} 2026-01-21 18:00")
    this = buttons(scene, "Host")["Only this one"]
    told = 0
    for n in range(3):
        await ordered(scene, "Host", f"/{this}")
        found = await the_plan(scene)
        assert found.at == NEXT + timedelta(hours=23)
        told = told or len(scene.private("Ana"))
        assert len(scene.private("Ana")) == told, n  # Ana hears of it once
    assert "already" in last(scene, "Host")
    await ordered(scene, "Host", f"/schedule move {key} 2026-01-21 17:00")
    older = buttons(scene, "Host")["Only this one"]
    await ordered(scene, "Host", f"/schedule move {key} 2026-01-22 17:00")
    await tap(scene, "Host", "Only this one", where="Host")
    await ordered(scene, "Host", f"/{older}")
    assert (await the_plan(scene)).at == NEXT + timedelta(days=2, hours=-2)
    assert "has changed since" in last(scene, "Host")


async def test_a_cancel_that_comes_twice_cancels_one(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Host", f"/schedule cancel {key}")
    both = buttons(scene, "Host")
    for _ in range(2):
        await ordered(scene, "Host", f"/{both['Only this one']}")
    assert (await the_plan(scene)).at == NEXT + WEEK
    assert "is already skipped" in last(scene, "Host")
    await ordered(scene, "Host", f"/{both['All of them']}")  # asked before the other was pressed
    assert (await the_plan(scene)).state is State.ON
    await ordered(scene, "Host", f"/schedule cancel {key} which:all")
    await ordered(scene, "Host", f"/schedule cancel {key} which:all")
    assert (await the_plan(scene)).state is State.CANCELLED
    assert "has already been canceled" in last(scene, "Host")


async def test_going_on_a_card_of_last_week_is_not_for_this_week(scene: Scene) -> None:
    key = await weekly(scene)
    old = buttons(scene)["Going"]
    await ordered(scene, "Host", f"/schedule skip {key}")
    await ordered(scene, "Ana", f"/{old}")
    assert await scene.store.plans.coming(await the_plan(scene), "2026-01-27T19:00") == []
    assert "is already skipped" in last(scene, "Ana")
    await tap(scene, "Ana", "Going", where="Ana")  # the same, of the next one
    assert [c.name for c in await scene.store.plans.coming(await the_plan(scene), "2026-01-27T19:00")] == [
        "Ana"
    ]


async def test_buttons_of_the_door_are_of_their_own_evening(scene: Scene) -> None:
    await weekly(scene)
    await until(scene, NEXT - timedelta(minutes=10))
    here = buttons(scene, "Host", "I'm here")["I'm here"]
    await scene.join("Ana", "Ben", "Cleo")
    await ordered(scene, "Host", f"/{here}")
    await until(scene, NEXT + timedelta(minutes=1))
    following = await the_plan(scene)
    assert following.at == NEXT + WEEK and not following.here
    await ordered(scene, "Host", f"/{here}")
    assert not (await the_plan(scene)).here
    assert "The next session is Tue 27 Jan" in last(scene, "Host")


async def test_an_answer_to_a_question_is_an_answer_to_that_question(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add small Tuesday 7pm EST")
    first = next(iter(buttons(scene, "Host").values()))
    await ordered(scene, "Host", f"/{first}")
    shown = last(scene, "Host")
    await ordered(scene, "Host", f"/{first}")
    assert last(scene, "Host") == shown
    await tap(scene, "Host", "Schedule it", where="Host")
    before = await the_plan(scene)
    await tap(scene, "Host", "Schedule it", where="Host")
    await ordered(scene, "Host", f"/{first}")
    assert await the_plan(scene) == before
    assert "is already scheduled" in last(scene, "Host")


async def test_who_waits_for_a_place_is_told_so_and_is_not_promised_one(scene: Scene) -> None:
    from bot.engine.calendars import PERSON, Calendars
    from tests.support import person

    key = (await plan(scene, "next Tuesday 7pm cap: 1")).id
    for name in ("Ana", "Ben"):
        await ordered(scene, name, f"/coming yes {key}")
        await ordered(scene, name, f"/coming remind {key}")
    calendars = Calendars(scene.store, scene.clock)
    for name, status in (("Ana", b"STATUS:CONFIRMED"), ("Ben", b"STATUS:TENTATIVE")):
        assert status in calendars.file(await calendars.occurrences(PERSON, person(name).id))
    await until(scene, NEXT - timedelta(minutes=15))
    assert "Starting soon: **Small talk**" in last(scene, "Ana")
    assert "You're still number 1 on the waitlist" in last(scene, "Ben")


async def test_what_a_plan_is_can_be_changed_without_cancelling_it(scene: Scene) -> None:
    key = (await plan(scene, "next Tuesday 7pm cap:1")).id
    for name in ("Ana", "Ben"):
        await ordered(scene, name, f"/coming yes {key}")
    await ordered(scene, "Host", f'/schedule change {key} cap: 2 fewest:2 minutes:45 title:"Large talk"')
    found = await the_plan(scene)
    assert (found.title, found.cap, found.fewest, found.minutes) == ("Large talk", 2, 2, 45)
    assert found.state is State.ON and found.at == NEXT
    assert "Large talk" in scene.room()[0] and "Going: 2 of 2" in scene.room()[0]
    assert "A spot opened up for you" in last(scene, "Ben")
    sequence = found.sequence
    await ordered(scene, "Host", f'/schedule change {key} cap:2 title:"Large talk"')
    assert (await the_plan(scene)).sequence == sequence
    assert "is already like that" in last(scene, "Host")


@pytest.mark.parametrize("name", ["small talk", "Small Talk", "small"])
async def test_a_workshop_is_found_by_its_title(scene: Scene, name: str) -> None:
    await ordered(scene, "Host", f"/schedule add {name} next Tuesday 7pm")
    assert "**Small talk** (20 min): Tue 20 Jan" in last(scene, "Host")


async def test_a_title_that_is_nearly_right_is_offered_with_its_time(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add smal talk next Tuesday 7pm cap: 12")
    assert "Did you mean this one?" in last(scene, "Host")
    await tap(scene, "Host", "Small talk", where="Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert (found.at, found.cap) == (NEXT, 12)


async def test_short_names_of_zones_are_asked_about_wherever_a_zone_is_said(scene: Scene) -> None:
    await ordered(scene, "Host", "/zone EST")
    assert "can mean more than one time zone" in last(scene, "Host")
    await tap(scene, "Host", "America/New_York", where="Host")
    assert "America/New_York" in last(scene, "Host")
    await ordered(scene, "Host", "/schedule add small next Tuesday 7pm zone:MST cap:5")
    assert "can mean more than one time zone" in last(scene, "Host")
    await tap(scene, "Host", "America/Phoenix", where="Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert (found.zone, found.cap) == ("America/Phoenix", 5)
    for said in ("CET", "EST5EDT", "cst"):
        await ordered(scene, "Ana", f"/zone {said}")
        assert "from now on" not in plain(last(scene, "Ana"))


async def test_a_typed_move_behind_the_next_one_moves_one(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Ana", "/coming yes")
    for n in range(3):
        await ordered(scene, "Host", f"/schedule move {key} which:this 2026-01-28 19:30")
        found = await the_plan(scene)
        assert found.moved.keys() == {"2026-01-20T19:00"}, n
        assert found.at == NEXT + WEEK
    assert "**Small talk** is already set for Wed 28 Jan, 19:30 UTC" in last(scene, "Host")
    assert any("**Small talk** is now Wed 28 Jan, 19:30" in plain(each) for each in scene.private("Host"))
    assert [plain(each) for each in scene.private("Ana") if "28 Jan" in plain(each)] == [last(scene, "Ana")]
    assert await scene.store.plans.coming(found, "2026-01-27T19:00") == []
    await until(scene, NEXT + timedelta(minutes=1))  # the next one has a card of its own now
    assert "Going: 0" in plain(scene.room()[-1])  # Ana comes to the one that was moved
    await ordered(scene, "Host", f"/schedule skip {key}")
    await until(scene, NEXT + timedelta(days=2))
    assert "Wed 28 Jan, 19:30" in plain(scene.room()[-1]) and "Going: 1" in plain(scene.room()[-1])


async def test_who_said_yes_still_comes_to_what_was_brought_back(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule skip {key}")
    back = buttons(scene, "Host", "Bring it back")["Bring it back"]
    await ordered(scene, "Host", f"/{back}")
    found = await the_plan(scene)
    assert [c.name for c in await scene.store.plans.coming(found, found.occurrence)] == ["Ana"]
    assert "Going: 1" in plain(scene.room()[-1])
    assert "is back on" in last(scene, "Ana")


async def test_what_was_said_about_a_skipped_one_goes_when_its_time_is_over(scene: Scene) -> None:
    key = await weekly(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule skip {key}")
    await until(scene, NEXT + WEEK + timedelta(hours=2))
    assert await scene.store.plans.coming(await the_plan(scene)) == []


async def test_who_loses_a_place_to_a_lower_cap_is_told_so_is_the_host(scene: Scene) -> None:
    key = (await plan(scene, "next Tuesday 7pm")).id
    for name in ("Ana", "Ben", "Cleo"):
        await ordered(scene, name, f"/coming yes {key}")
        await scene.wait(60)
    await ordered(scene, "Host", f"/schedule change {key} cap:1 fewest:1")
    assert "You're number 1 on the waitlist" in last(scene, "Ben")
    assert "You're number 2 on the waitlist" in last(scene, "Cleo")
    assert "waitlist" not in last(scene, "Ana")
    assert "on the waitlist now, and I've told them: Ben, Cleo." in last(scene, "Host")
    assert "Going: 1 of 1" in plain(scene.room()[0])


@pytest.mark.parametrize(
    "title", ["title:Large talk", "title: Large talk", "title:“Large talk”", 'title:"Large talk"']
)
async def test_a_title_needs_no_quotes(scene: Scene, title: str) -> None:
    key = (await plan(scene)).id
    for line in (f"{title} cap: 5", f"cap:5 {title}"):
        await ordered(scene, "Host", f"/schedule change {key} title:Old cap:9")
        await ordered(scene, "Host", f"/schedule change {key} {line}")
        found = await the_plan(scene)
        assert (found.title, found.cap) == ("Large talk", 5)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("minutes:0", "A session needs at least 1 minute."),
        ("minutes: 1441", "at most 1440 minutes. You wrote 1441."),
        ("fewest:9 cap:2", "9 is more than the 2 people who can take part."),
    ],
)
async def test_numbers_that_make_no_sense_are_refused_with_the_reason(
    scene: Scene, said: str, why: str
) -> None:
    made = await plan(scene)
    await ordered(scene, "Host", f"/schedule change {made.id} {said} title:Other")
    assert why in last(scene, "Host") and "I've changed nothing" in last(scene, "Host")
    assert await the_plan(scene) == made
    await ordered(scene, "Host", f"/schedule add small next Friday 7pm {said}")
    assert why in last(scene, "Host")


async def test_what_a_host_said_of_a_plan_is_in_what_they_confirm(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add small next Tuesday 7pm minutes: 45 cap: 2")
    assert "Up to 2 people can take part in **Small talk**." in plain(scene.private("Host")[-2])
    assert "**Small talk** (45 min): Tue 20 Jan" in last(scene, "Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert (found.minutes, found.cap, found.fewest) == (45, 2, 2)


async def test_a_draft_is_changed_before_it_is_confirmed(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add small next Tuesday 7pm")
    old = next(each for each in buttons(scene, "Host").values() if each.startswith("schedule confirm"))
    key = referred(old.split()[-1]).plan
    await ordered(scene, "Host", f"/schedule change {key} cap:2 title:Circle")
    assert "**Circle** (20 min): Tue 20 Jan" in last(scene, "Host")
    await ordered(scene, "Host", f"/schedule move {key} next Wednesday 8pm")
    assert "**Circle** (20 min): Wed 21 Jan" in last(scene, "Host")
    await ordered(scene, "Host", f"/{old}")  # of the first proposal
    assert await scene.store.plans.confirmed("stage") == []
    assert "**Circle** (20 min): Wed 21 Jan" in last(scene, "Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert (found.title, found.cap, found.at) == ("Circle", 2, NEXT + timedelta(days=1, hours=1))


async def test_two_lengths_in_one_command_are_asked_about(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add small next Tuesday 7-9pm minutes:45")
    assert "minutes:45" in last(scene, "Host") and "120 minutes" in last(scene, "Host")
    await ordered(scene, "Host", "/schedule add small next Tuesday 7-9pm minutes:120")
    await tap(scene, "Host", "Schedule it", where="Host")
    assert (await the_plan(scene)).minutes == 120


async def test_a_time_without_a_workshop_is_asked_for_the_workshop(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add next Tuesday 7pm cap:4")
    assert "Which workshop?" in last(scene, "Host")
    await tap(scene, "Host", "Small talk", where="Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert (found.workshop, found.at, found.cap) == ("small", NEXT, 4)
    await ordered(scene, "Host", "/schedule add nonsense of mine")
    assert "Which workshop?" not in last(scene, "Host")
