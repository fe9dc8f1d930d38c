"""On whose clocks a time in words is meant: one's own, those of the community, or the one before which one sits."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.commands import parse
from bot.core.model.events import CommandGiven
from tests.scheduling.test_plans import buttons, last, ordered, tap, the_plan
from tests.support import ROOM, Scene, person, plain

NEW_YORK = "America/New_York"


@pytest.fixture
async def scene(tmp_path: Path):
    scene = await Scene(tmp_path / "plans.db").open()
    yield scene
    await scene.close()


async def typed(scene: Scene, name: str, line: str, zone: str = NEW_YORK) -> None:
    """Somebody types a command on a page whose clock is in this zone."""
    parsed = parse(line)
    assert parsed is not None and not parsed.fault
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
            clock_zone=zone,
        )
    )


async def test_seven_in_new_york_is_seven_there_and_is_asked_once(scene: Scene) -> None:
    await typed(scene, "Host", "/schedule add small tomorrow 7pm cap:9")
    assert f"Your clock says {NEW_YORK}. Sessions here are set in UTC." in last(scene, "Host")
    assert list(buttons(scene, "Host")) == [NEW_YORK, "UTC"]
    await typed(scene, "Host", "/" + buttons(scene, "Host")[NEW_YORK])
    await tap(scene, "Host", "Schedule it", where="Host")
    plan = await the_plan(scene)
    assert (plan.zone, plan.cap) == (NEW_YORK, 9)
    assert plan.at == datetime(2026, 1, 17, 0, 0, tzinfo=timezone.utc)
    # from now on the community plans on these clocks, and nobody is asked again
    for zone in (NEW_YORK, "Europe/Lisbon", ""):
        await typed(scene, "Host", "/schedule add small tomorrow 8pm", zone)
        told = "".join(plain(each) for each in scene.private("Host")[-2:])
        assert (
            f"20:00 {NEW_YORK}" in told or f"In {NEW_YORK}, **Small talk** starts on 2026-01-16 20:00" in told
        )


async def test_times_are_told_on_the_clock_of_whoever_reads(scene: Scene) -> None:
    await ordered(scene, "Host", "/schedule add small tomorrow 7pm zone:UTC")
    await tap(scene, "Host", "Schedule it", where="Host")
    await typed(scene, "Ana", "/coming yes")
    assert "Fri 16 Jan, 14:00 America/New_York" in "".join(scene.private("Ana"))


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("/schedule add small tomorrow 7pm", "UTC"),  # the same as here
        ("/schedule add small tomorrow 7pm", "Mars/Olympus"),  # a page can say anything
        ("/schedule add small tomorrow 7pm", "EST"),
        ("/schedule add small tomorrow 7pm Berlin time", NEW_YORK),
        ("/schedule add small tomorrow 7pm zone:Europe/Berlin", NEW_YORK),
    ],
)
async def test_it_is_not_asked_where_it_is_said_or_the_same(scene: Scene, line: str, zone: str) -> None:
    await typed(scene, "Host", line, zone)
    assert "Schedule it?" in last(scene, "Host")


async def test_who_has_said_their_zone_plans_in_it(scene: Scene) -> None:
    await ordered(scene, "Host", "/zone Asia/Tokyo")
    await typed(scene, "Host", "/schedule add small tomorrow 7pm")
    assert "19:00 Asia/Tokyo" in last(scene, "Host")


async def test_the_zone_is_not_asked_again_before_the_first_yes(scene: Scene) -> None:
    await typed(scene, "Host", "/schedule add small tomorrow 7pm")
    await typed(scene, "Host", "/" + buttons(scene, "Host")[NEW_YORK])
    await typed(scene, "Host", "/schedule add small tomorrow 8pm")
    assert f"20:00 {NEW_YORK}. Schedule it?" in last(scene, "Host")
    await typed(
        scene, "Ana", "/schedule add small tomorrow 8pm"
    )  # not a host: her clock is asked about for none
    assert "Only hosts" in last(scene, "Ana")


@pytest.mark.parametrize("own", ["", "Europe/Lisbon"])
async def test_a_host_in_another_zone_is_offered_the_time_by_their_own_clock(scene: Scene, own: str) -> None:
    """Also where the community has planned before, or they once said another zone; one button, and it is that time."""
    await ordered(scene, "Host", "/schedule add small tomorrow 9am zone:UTC")
    await tap(scene, "Host", "Schedule it", where="Host")
    if own:
        await ordered(scene, "Host", f"/zone {own}")
    await typed(scene, "Host", "/schedule add small every Tuesday 7pm for 30 min cap:9")
    here = own or "UTC"
    offer = next(text for text in scene.private("Host") if "Your clock says" in text)
    assert plain(offer).startswith(
        f"Your clock says {NEW_YORK}. I read the time as {here}. Did you mean 19:00 in {NEW_YORK}?"
    )
    assert "Schedule them" in last(scene, "Host")
    await tap(scene, "Host", f"19:00 {NEW_YORK}", where="Host")
    await tap(scene, "Host", "Schedule it", where="Host")
    (plan,) = [plan for plan in await scene.store.plans.confirmed("stage") if plan.again]
    assert (plan.zone, plan.minutes, plan.cap, f"{plan.when.starts[0]:%a %H:%M}") == (
        NEW_YORK,
        30,
        9,
        "Tue 19:00",
    )
    assert plan.at == datetime(2026, 1, 21, 0, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("/schedule add small tomorrow 7pm", ""),
        ("/schedule add small tomorrow 7pm", "Atlantic/Reykjavik"),  # another zone, and the same time
        ("/schedule add small in 3 hours", NEW_YORK),
        ("/schedule add small tomorrow 7pm Berlin time", NEW_YORK),
        ("/schedule add small tomorrow 7pm zone:UTC", NEW_YORK),
    ],
)
async def test_the_own_clock_is_not_offered_where_it_changes_nothing(
    scene: Scene, line: str, zone: str
) -> None:
    await ordered(scene, "Host", "/schedule add small tomorrow 9am zone:UTC")
    await tap(scene, "Host", "Schedule it", where="Host")
    await typed(scene, "Host", line, zone)
    assert "Schedule it?" in last(scene, "Host")
    assert not any("Your clock says" in text for text in scene.private("Host"))
