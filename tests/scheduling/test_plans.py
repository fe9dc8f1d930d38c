"""Planned sessions over a clock that is turned by hand: made, moved, reminded of, begun by themselves, and late."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.scheduling.plan import Plan, State
from tests.support import ROOM, Scene, person, plain

# The clock of the stage stands at Thursday, 15 January 2026, 19:00 in UTC; its zone is UTC.
NEXT = datetime(2026, 1, 20, 19, 0, tzinfo=timezone.utc)


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "plans.db").open()
    yield scene
    await scene.close()


async def ordered(scene: Scene, name: str, line: str) -> None:
    """Somebody types a command, or taps a button that stands for it."""
    from bot.commands import parse

    parsed = parse(line)
    assert parsed is not None and not parsed.fault, parsed
    await scene.happen(
        CommandGiven(
            id="",
            channel=ROOM,
            at=scene.clock.now(),
            person=person(name),
            command=parsed.command,
            args=parsed.args,
            host=name == "Host",
            private=scene.stage.private_channel(person(name).id, ROOM),
        )
    )


def last(scene: Scene, name: str) -> str:
    return plain(scene.private(name)[-1])


def buttons(scene: Scene, name: str = "", label: str = "") -> dict[str, str]:
    """The buttons of the last message with any, in the room or in somebody's private place: label -> command."""
    channel = scene.stage.private_channel(person(name).id, ROOM) if name else ROOM
    lines = [x for x in scene.stage.lines.values() if x.channel == channel and x.buttons and not x.deleted]
    fitting = [x for x in lines if not label or label in {each.label for each in x.buttons}]
    return {each.label: each.command for each in fitting[-1].buttons}


async def tap(scene: Scene, name: str, label: str, *, where: str = "") -> None:
    await ordered(scene, name, "/" + buttons(scene, where, label)[label])


async def plan(scene: Scene, line: str = "next Tuesday 7pm") -> Plan:
    """A host plans a session and says yes."""
    await ordered(scene, "Host", f"/schedule add small {line}")
    await tap(scene, "Host", "Schedule it", where="Host")
    return await the_plan(scene)


async def the_plan(scene: Scene) -> Plan:
    found = await scene.store.plans.confirmed("stage")
    assert found
    return found[0]


async def until(scene: Scene, at: datetime) -> None:
    await scene.wait((at - scene.clock.now()).total_seconds())
    await scene._find()


async def test_what_was_understood_is_shown_before_anything_is_planned(scene: Scene) -> None:
    await ordered(scene, "Host", "/zone Europe/Lisbon")
    await ordered(scene, "Host", "/schedule add small every second Tuesday 7pm zone:Europe/Berlin")
    told = last(scene, "Host")
    assert "Tue 20 Jan, 18:00 Europe/Lisbon" in told  # in the host's own time
    clocks = "In Europe/Berlin, **Small talk** starts on 2026-01-20 19:00. That's 2026-01-20 18:00 UTC."
    assert plain(scene.private("Host")[-2]) == clocks
    assert "Tue 03 Feb" in told and "Tue 17 Feb" in told  # the next three
    assert scene.room() == []
    assert buttons(scene, "Host").keys() == {"Schedule it", "No"}
    await tap(scene, "Host", "No", where="Host")
    assert (await the_plan(scene)).state is State.CANCELLED
    assert scene.room() == []


@pytest.mark.parametrize(
    "when", ["next Tuesday 7-9pm", "next Tuesday 7pm for 2 hours", "next Tuesday 7 to 9"]
)
async def test_an_end_that_is_typed_is_how_long_it_takes(scene: Scene, when: str) -> None:
    await ordered(scene, "Host", f"/schedule add small {when}")
    if when.endswith("7 to 9"):  # in the morning or in the evening
        await tap(scene, "Host", "2026-01-20 19:00 UTC", where="Host")
    assert "120 min" in last(scene, "Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    found = await the_plan(scene)
    assert found.at == NEXT and found.minutes == 120
    await ordered(scene, "Host", f"/schedule move {found.id} Wednesday 7-8pm")
    assert any("It still takes 120 minutes" in plain(text) for text in scene.private("Host")), [
        plain(t) for t in scene.private("Host")
    ][-3:]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Europe/Berln", "Europe/Berlin"), ("GMT+1", "Europe/Paris"), ("Lisbn", "Europe/Lisbon")],
)
async def test_a_zone_that_is_none_is_answered_with_those_near_it(
    scene: Scene, typed: str, offered: str
) -> None:
    await ordered(scene, "Ada", f"/zone {typed}")
    assert offered in buttons(scene, "Ada")
    await tap(scene, "Ada", offered, where="Ada")
    assert offered in last(scene, "Ada")


async def test_a_session_begins_by_itself(scene: Scene) -> None:
    await plan(scene)
    assert len(scene.room()) == 1
    for name in ("Ana", "Ben", "Cleo"):
        await tap(scene, name, "Going")
    assert "Going: 3" in scene.room()[0]
    await until(scene, NEXT - timedelta(minutes=10))
    assert "The lobby of **Small talk** is open" in last(scene, "Host")
    assert (await scene.session()).phase is Phase.LOBBY
    await tap(scene, "Host", "I'm here", where="Host")
    await scene.join("Ana", "Ben", "Cleo")
    await until(scene, NEXT)
    session = await scene.session()
    assert session.phase is Phase.RUNNING
    assert session.step == "hello"
    assert (await the_plan(scene)).state is State.OVER
    assert await scene.store.plans.coming(await the_plan(scene), "2026-01-20T19:00") == []


async def test_only_those_who_want_it_are_reminded_each_in_their_own_time(scene: Scene) -> None:
    await plan(scene)
    await ordered(scene, "Ana", "/zone Asia/Kathmandu")
    for name in ("Ana", "Ben"):
        await ordered(scene, name, "/coming yes")
    await ordered(scene, "Ana", "/coming remind")
    assert "1 day and 15 minutes before the start, Wed 21 Jan, 00:45 Asia/Kathmandu" in last(scene, "Ana")
    before = len(scene.private("Ben"))
    await until(scene, NEXT - timedelta(days=1))
    assert "Tomorrow: **Small talk**, Wed 21 Jan, 00:45 Asia/Kathmandu" in last(scene, "Ana")
    await until(scene, NEXT - timedelta(minutes=15))
    assert last(scene, "Ana").startswith("Starting soon: **Small talk**")
    assert len(scene.private("Ben")) == before


async def test_the_host_has_a_list_a_day_before(scene: Scene) -> None:
    made = await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await until(scene, NEXT - timedelta(days=1))
    told = last(scene, "Host")
    assert "Going: 1" in told and "Still to do: 4 of 4" in told
    await tap(scene, "Host", "My example is ready", where="Host")
    await ordered(scene, "Host", f"/schedule companion {made.id} Ana")
    assert "co-host of **Small talk**" in last(scene, "Ana")
    assert (await the_plan(scene)).checked == ("example", "companion")
    await ordered(scene, "Host", f"/schedule companion {made.id} Nobody")
    assert "No one called Nobody" in last(scene, "Host")


async def test_needs_reach_hosts_only_and_are_gone_when_it_begins(scene: Scene, tmp_path: Path) -> None:
    await plan(scene)
    await ordered(scene, "Ana", "/needs I read by screen reader")
    assert "First, tell us if you're coming" in last(scene, "Ana")
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Ana", "/needs I read by SCREENREADER")
    assert "I read by SCREENREADER" in last(scene, "Host")
    await ordered(scene, "Host", "/schedule show")
    assert "Ana needs this to take part: I read by SCREENREADER" in plain("\n".join(scene.private("Host")))
    await ordered(scene, "Ben", "/schedule show")
    assert "Only hosts" in last(scene, "Ben")
    assert not any("SCREENREADER" in line for line in scene.room())
    await until(scene, NEXT - timedelta(minutes=5))
    await scene.join("Ana", "Ben", "Cleo")
    await ordered(scene, "Host", "/schedule here")
    await until(scene, NEXT + timedelta(minutes=1))
    assert (await scene.session()).phase is Phase.RUNNING
    await scene.store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("plans.db*"))
    await scene.open()
    assert b"SCREENREADER" not in kept


async def test_a_cap_and_a_waiting_list(scene: Scene) -> None:
    await plan(scene, "next Tuesday 7pm cap:2")
    for name in ("Ana", "Ben", "Cleo", "Dov"):
        await ordered(scene, name, "/coming yes")
    assert "number 1 on the waitlist" in plain("\n".join(scene.private("Cleo")))
    assert "Going: 2 of 2. Waitlist: 2." in scene.room()[0]
    await ordered(scene, "Ana", "/coming no")
    assert "A spot opened up for you" in last(scene, "Cleo")
    assert "number 2" in plain("\n".join(scene.private("Dov")))
    assert "There is a place" not in "\n".join(scene.private("Dov"))


async def test_this_one_or_all_is_asked_where_it_could_be_either(scene: Scene) -> None:
    made = await plan(scene, "every Tuesday 7pm")
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule move {made.id} Wednesday 21 January 20:00")
    assert "only the one on" in last(scene, "Host")
    await tap(scene, "Host", "Only this one", where="Host")
    moved = await the_plan(scene)
    assert moved.at == NEXT + timedelta(days=1, hours=1)
    assert "has moved to Wed 21 Jan, 20:00" in last(scene, "Ana")
    assert "Wed 21 Jan, 20:00" in scene.room()[0]
    assert len(await scene.store.plans.coming(moved, moved.occurrence)) == 1
    await ordered(scene, "Host", f"/schedule move {made.id} which:all Thursday 22 January 18:00")
    moved = await the_plan(scene)
    assert moved.when is not None and "BYDAY=TH" in moved.when.rule
    assert moved.at == datetime(2026, 1, 22, 18, 0, tzinfo=timezone.utc)
    assert [c.person for c in await scene.store.plans.coming(moved, moved.occurrence)] == ["stage:ana"]
    await ordered(scene, "Host", f"/schedule cancel {made.id}")
    assert buttons(scene, "Host").keys() == {"Only this one", "All of them"}
    await tap(scene, "Host", "Only this one", where="Host")
    assert (await the_plan(scene)).at == datetime(2026, 1, 29, 18, 0, tzinfo=timezone.utc)
    assert "is canceled" in last(scene, "Ana")
    assert "is canceled" in scene.room()[0]
    await ordered(scene, "Host", f"/schedule cancel {made.id} which:all")
    assert (await the_plan(scene)).state is State.CANCELLED


async def test_pause_and_resume(scene: Scene) -> None:
    made = await plan(scene, "every Tuesday 7pm")
    await ordered(scene, "Host", "/schedule pause")
    await until(scene, NEXT + timedelta(days=1))
    assert scene.session_id == ""
    await ordered(scene, "Host", f"/schedule resume {made.id}")
    assert (await the_plan(scene)).at == NEXT + timedelta(days=7)


async def test_a_series_in_one_go(scene: Scene) -> None:
    from bot.core.participants.community import Listing

    small = scene.runtime.shelf["small"]
    scene.runtime.shelf["trio"] = scene.runtime.plan_service._shelf["trio"] = Listing(  # type: ignore[index]
        id="trio", title="Trio", minutes=20, hash=small.hash, parts=(small, small, small)
    )
    await ordered(scene, "Host", "/schedule add trio next Tuesday 7pm")
    assert "3 sessions" in last(scene, "Host") and "Tue 03 Feb" in last(scene, "Host")
    await ordered(scene, "Host", "/schedule add trio next Tuesday 7pm days:14")
    assert "Tue 17 Feb" in last(scene, "Host")
    await ordered(scene, "Host", "/schedule add trio 20 January 19:00; 28 January 18:00; 5 February 19:00")
    assert "Wed 28 Jan, 18:00" in last(scene, "Host") and "Thu 05 Feb" in last(scene, "Host")


async def test_too_few_people_the_host_is_asked(scene: Scene) -> None:
    await plan(scene)
    await until(scene, NEXT - timedelta(minutes=5))
    await ordered(scene, "Host", "/schedule here")
    await scene.join("Ana")
    await until(scene, NEXT)
    assert "People here: 1, fewer than 3" in last(scene, "Host")
    assert (await scene.session()).phase is Phase.LOBBY
    await tap(scene, "Host", "Wait 10 minutes", where="Host")
    assert "We'll wait 10 more minutes" in plain(scene.room()[-1])
    await until(scene, NEXT + timedelta(minutes=10))
    assert (await scene.session()).phase is Phase.RUNNING  # they are here, and that is enough


async def test_begin_at_the_hosts_word(scene: Scene) -> None:
    await plan(scene, "next Tuesday 7pm begin:ask")
    await until(scene, NEXT - timedelta(minutes=5))
    await ordered(scene, "Host", "/schedule here")
    await scene.join("Ana", "Ben", "Cleo")
    await until(scene, NEXT)
    assert "Shall we start?" in last(scene, "Host")
    assert (await scene.session()).phase is Phase.LOBBY
    await tap(scene, "Host", "Start", where="Host")
    assert (await scene.session()).phase is Phase.RUNNING


async def test_a_host_who_is_not_there_a_companion_then_a_polite_move(scene: Scene) -> None:
    made = await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule companion {made.id} Ana")
    await until(scene, NEXT - timedelta(minutes=5))
    await scene.join("Ana", "Ben", "Cleo")
    await until(scene, NEXT)
    assert "I can't see you" in last(scene, "Host")
    assert any("Will you lead it?" in line for line in scene.private("Ana"))
    await until(scene, NEXT + timedelta(minutes=20))
    assert (await scene.session()).phase is Phase.CLOSED
    assert any("post the new time here" in line for line in scene.room())
    assert f"/schedule move {made.id}" in last(scene, "Host")
    await ordered(scene, "Host", f"/schedule move {made.id} tomorrow 19:00")
    moved = await the_plan(scene)
    assert moved.at == NEXT + timedelta(days=1)
    assert "has moved" in last(scene, "Ana")
    scene.session_id = ""
    await until(scene, NEXT + timedelta(days=1, minutes=-5))
    await scene._find()
    assert (await scene.session()).phase is Phase.LOBBY


async def test_the_companion_guides(scene: Scene) -> None:
    made = await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Host", f"/schedule companion {made.id} Ana")
    await until(scene, NEXT - timedelta(minutes=5))
    await scene.join("Ana", "Ben", "Cleo")
    await until(scene, NEXT)
    await ordered(scene, "Ben", f"/schedule begin {made.id}")
    assert (await scene.session()).phase is Phase.LOBBY
    await tap(scene, "Ana", "Start", where="Ana")
    session = await scene.session()
    assert session.phase is Phase.RUNNING
    assert session.guide == "stage:ana"


async def test_another_workshop_holds_the_room(scene: Scene) -> None:
    await plan(scene)
    await until(scene, NEXT - timedelta(minutes=20))
    await scene.order("Host", "workshop open", workshop="small")
    other = scene.session_id
    await until(scene, NEXT - timedelta(minutes=9))
    assert "another workshop is running in the room" in last(scene, "Host")
    await scene.order("Host", "workshop close")
    assert (await scene.session()).phase is Phase.CLOSED
    await until(scene, NEXT - timedelta(minutes=4))
    scene.session_id = ""
    await scene._find()
    assert scene.session_id != other
    assert (await scene.session()).phase is Phase.LOBBY


@pytest.mark.parametrize("minutes", [-3, 5, 29])
async def test_down_at_the_time_it_is_done_late_with_a_word(scene: Scene, minutes: int) -> None:
    await plan(scene)
    await scene.close()
    scene.clock.at = NEXT + timedelta(minutes=minutes)
    await scene.open()
    await scene.wait(1)
    await scene._find()
    assert (await scene.session()).phase is Phase.LOBBY
    said = plain("\n".join(scene.room()))
    assert ("I was offline when" in said) is (minutes > 0)
    await ordered(scene, "Host", "/schedule here")
    await scene.join("Ana", "Ben", "Cleo")
    await scene.wait(6 * 60)
    assert (await scene.session()).phase is Phase.RUNNING


async def test_down_for_too_long_the_host_is_asked_to_move_it(scene: Scene) -> None:
    made = await plan(scene)
    await scene.close()
    scene.clock.at = NEXT + timedelta(hours=3)
    await scene.open()
    await scene.wait(1)
    assert scene.session_id == ""
    assert "I was offline when **Small talk** should have started" in plain(scene.room()[-1])
    assert f"/schedule move {made.id}" in last(scene, "Host")
    await scene.wait(3600)
    assert sum("I was offline" in line for line in scene.room()) == 1


async def test_the_clock_steps_back_and_forward_and_nothing_is_done_twice(scene: Scene) -> None:
    await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Ana", "/coming remind")
    await until(scene, NEXT - timedelta(days=1))
    scene.clock.at -= timedelta(hours=2)
    await scene.wait(3 * 3600)
    assert sum(line.startswith("Tomorrow") for line in scene.private("Ana")) == 1
    scene.clock.at = NEXT - timedelta(minutes=8)
    await scene.wait(0)
    assert sum(line.startswith("Starting soon") for line in scene.private("Ana")) == 1
    assert sum("The lobby of" in line for line in scene.private("Host")) == 1


async def test_somebody_who_is_forgotten_is_not_on_a_list_any_more(scene: Scene) -> None:
    made = await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Ana", "/forget me")
    assert await scene.store.plans.coming(made, made.occurrence) == []
    assert "Going: 0" in scene.room()[0]


async def test_over_two_rooms(scene: Scene) -> None:
    await plan(scene, "next Tuesday 7pm rooms:stage:garden")
    cards = [x.text for x in scene.stage.lines.values() if "/rsvp yes, maybe, watch or no" in x.text]
    assert len(cards) == 2
    await until(scene, NEXT - timedelta(minutes=5))
    session = await scene.session()
    assert {session.places[room] for room in session.rooms} == {ROOM, "stage:garden"}
    await ordered(scene, "Host", "/schedule add small tomorrow 19:00 rooms:moon:base")
    assert "not a host in that room" in last(scene, "Host")


async def test_each_time_the_next_part_of_a_series(scene: Scene) -> None:
    from dataclasses import replace

    from bot.core.participants.community import Listing

    small = scene.runtime.shelf["small"]
    other = replace(small, id="other", title="Other")
    shelf = {
        "other": other,
        "duo": Listing(id="duo", title="Duo", minutes=20, hash=small.hash, parts=(small, other)),
    }
    scene.runtime.shelf.update(shelf)
    await ordered(scene, "Host", "/schedule add duo next Tuesday 7pm")
    await tap(scene, "Host", "Schedule it", where="Host")
    for at in (NEXT, NEXT + timedelta(days=7)):
        await until(scene, at - timedelta(minutes=5))
        await ordered(scene, "Host", "/workshop close")
        await until(scene, at)
    held = (await scene.runtime.sessions.community("stage")).sessions
    assert [held[key] for key in held] == ["small", "other"]
    assert (await the_plan(scene)).at is None


async def test_preparation_goes_out_with_the_reminder(scene: Scene) -> None:
    from dataclasses import replace

    small = scene.runtime.shelf["small"]
    ready = replace(small, variants=(replace(small.variants[0], prepare="A scene: Sam came tired."),))
    scene.runtime.shelf["small"] = ready
    await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Ana", "/coming remind")
    await until(scene, NEXT - timedelta(days=1))
    assert "If you'd like to prepare: A scene: Sam came tired." in last(scene, "Ana")


async def test_new_rules_of_a_zone_move_what_is_planned(scene: Scene, tmp_path: Path) -> None:
    import shutil
    import zoneinfo

    await ordered(scene, "Host", "/schedule add small 2026-07-07 19:00 zone:Europe/Lisbon")
    await tap(scene, "Host", "Schedule it", where="Host")
    summer = (await the_plan(scene)).at
    source = next(Path(p) for p in zoneinfo.TZPATH if (Path(p) / "Europe/Lisbon").exists())
    (tmp_path / "zones/Europe").mkdir(parents=True)
    shutil.copy(source / "Atlantic/Reykjavik", tmp_path / "zones/Europe/Lisbon")  # no summer time any more
    (tmp_path / "zones/tzdata.zi").write_text("# version 2099z\n")
    await scene.close()
    try:
        zoneinfo.reset_tzpath([str(tmp_path / "zones")])
        zoneinfo.ZoneInfo.clear_cache()
        await scene.open()
        await scene.runtime.idle()
        assert summer is not None
        assert (await the_plan(scene)).at == summer + timedelta(hours=1)
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    "line",
    ["/forget me", "/needs a ramp", "/coming no", "Host: /schedule cancel", "begin"],
)
async def test_what_somebody_needs_leaves_the_messages_of_hosts_with_the_reason_for_it(
    scene: Scene, line: str
) -> None:
    """At once, wherever a host was told: when they are forgotten, need something else, stay away, or it begins."""
    made = await plan(scene)
    for name, text in (("Ana", "a quiet corner"), ("Ben", "captions")):
        await ordered(scene, name, "/coming yes")
        await ordered(scene, name, f"/needs {text}")
    await ordered(scene, "Host", f"/schedule show {made.id}")
    shown = plain("\n".join(scene.private("Host")))
    assert shown.count("a quiet corner") == 2 and shown.count("captions") == 2
    if line == "begin":
        await until(scene, NEXT - timedelta(minutes=5))
        await ordered(scene, "Host", "/schedule here")
        await scene.join("Ana", "Ben", "Cleo")
        await until(scene, NEXT + timedelta(minutes=1))
        assert (await scene.session()).phase is Phase.RUNNING
    else:
        who, _, said = line.rpartition(": ")
        await ordered(scene, who or "Ana", said + (f" {made.id}" if who else ""))
    there = plain("\n".join(scene.private("Host")))
    assert "a quiet corner" not in there
    assert there.count("captions") == (0 if line == "begin" or "cancel" in line else 2)
    assert ("a ramp" in there) is (line == "/needs a ramp")
    await scene.store.engine.finish()
    for path in (scene.path, scene.path.with_name(f"{scene.path.name}-wal")):
        assert b"a quiet corner" not in path.read_bytes()


@pytest.mark.parametrize("how", ["moved", "moved all"])
async def test_a_session_that_is_moved_keeps_what_people_need(scene: Scene, how: str) -> None:
    made = await plan(scene, "every Tuesday 7pm" if how == "moved all" else "next Tuesday 7pm")
    await ordered(scene, "Ana", "/coming yes")
    await ordered(scene, "Ana", "/needs a quiet corner")
    when = "every Thursday 7pm" if how == "moved all" else "next Thursday 7pm"
    await ordered(scene, "Host", f"/schedule move {made.id} {when}")
    assert any("a quiet corner" in text for text in scene.private("Host"))
    await ordered(scene, "Ana", "/forget me")
    assert not any("a quiet corner" in text for text in scene.private("Host"))


async def test_a_message_to_a_host_that_was_given_up_goes_as_well(tmp_path: Path) -> None:
    from bot.errors import Permanent
    from tests.engine.test_delivery import Moody

    scene = await Scene(tmp_path / "plans.db", stage=Moody()).open()
    await plan(scene)
    await ordered(scene, "Ana", "/coming yes")
    hosts = scene.stage.private_channel(person("Host").id, ROOM)
    scene.stage.mood = lambda channel, doing: Permanent("closed") if channel == hosts else None
    await ordered(scene, "Ana", "/needs a quiet corner")
    assert await scene.store.outbox.dead()
    await ordered(scene, "Ana", "/forget me")
    scene.stage.mood = lambda channel, doing: None
    await scene.store.engine.finish()
    assert not [row for row in await scene.store.outbox.dead() if "quiet" in repr(row.effect)]
    await scene.close()
