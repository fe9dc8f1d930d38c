"""Planned sessions in Discord: commands with proposals, times in everybody's own zone, buttons, and Discord's own events."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.scheduling.plan import Plan, State
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord, text_of, unescaped
from tests.support import SMALL


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = House(server, tmp_path, parse(SMALL, "small.yaml"))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()


async def planned(house: House, when: str = "in 3 days at 19:00") -> Plan:
    """A host plans a session and says yes."""
    server = house.server
    asked = server.slash(house.host, house.room, "schedule add", manages=True, workshop="small", when=when)
    await server.answered(asked, "Schedule it")
    yes = server.press(house.host, house.room, "Schedule it", asked.shown[-1], manages=True)
    await server.answered(yes, "Scheduled as")
    await server.until(lambda: any("Will you be there?" in t for t in server.shown(house.room)), "the card")
    return await plan_of(house)


async def plan_of(house: House) -> Plan:
    [found] = await house.store.plans.confirmed(f"discord:{house.guild}")
    return found


async def so(house: House, true, what: str) -> Plan:
    async with asyncio.timeout(15):
        while not true(plan := await plan_of(house)):
            await asyncio.sleep(0.01)
    return plan


async def test_times_are_in_everybodys_own_zone_and_people_come_by_a_button(house: House) -> None:
    server = house.server
    plan = await planned(house)
    assert plan.at is not None
    card = server.last(house.room, "Will you be there?")
    assert f"<t:{int(plan.at.timestamp())}" in text_of(card)
    ana = server.user("Ana")
    going = server.press(ana, house.room, "Going")
    await server.answered(going, "You're going to")
    await server.until(
        lambda: "Going: 1" in text_of(server.last(house.room, "Will you be there?")), "the count"
    )
    asked = server.slash(ana, house.room, "schedule list")
    await server.answered(asked, "Only hosts")


async def test_what_is_planned_is_proposed_while_one_types(house: House) -> None:
    server = house.server
    plan = await planned(house)
    ana = server.user("Ana")
    proposed = server.propose(ana, house.room, "my settings", "how", what="time-zone", how="lisb")
    await server.until(lambda: proposed.choices is not None, "zones")
    assert [c["value"] for c in proposed.choices or []] == ["Europe/Lisbon"]
    proposed = server.propose(house.host, house.room, "schedule move", "plan", plan="small")
    await server.until(lambda: proposed.choices is not None, "plans")
    assert [c["value"] for c in proposed.choices or []] == [plan.id]


async def test_discords_own_event_follows_the_plan(house: House) -> None:
    server = house.server
    plan = await planned(house)
    await server.until(lambda: server.events(house.guild), "an event")
    [event] = server.events(house.guild)
    assert event["name"] == "Small talk" and event["entity_metadata"]["location"] == "#circle"
    assert datetime.fromisoformat(event["scheduled_start_time"]) == plan.at
    moved = server.slash(
        house.host, house.room, "schedule move", manages=True, plan=plan.id, when="in 4 days at 18:00"
    )
    await server.answered(moved, "is now")
    plan = await plan_of(house)
    await server.until(
        lambda: datetime.fromisoformat(event["scheduled_start_time"]) == plan.at, "the event moved"
    )
    server.slash(house.host, house.room, "schedule cancel", manages=True, plan=plan.id)
    await server.until(lambda: event["status"] == 4, "the event is cancelled")
    assert (await plan_of(house)).state is State.CANCELLED
    assert len([1 for m, p in server.requests if m == "POST" and p.endswith("/scheduled-events")]) == 1


async def test_a_change_in_discords_events_is_heard(house: House) -> None:
    server = house.server
    plan = await planned(house)
    ana = server.user("Ana")
    await server.answered(server.press(ana, house.room, "Going"), "You're going to")
    [event] = await server.until(lambda: server.events(house.guild), "an event")
    assert plan.at is not None
    await so(house, lambda p: p.version >= plan.version, "settled")
    await house.runtime.delivery.idle()
    later = plan.at + timedelta(hours=2)
    server.change_event(event, scheduled_start_time=later.isoformat())
    await so(house, lambda p: p.at == later, "the plan moved")
    # a change of its title is no new time
    server.change_event(event, name="Something else")
    await house.runtime.delivery.idle()
    server.remove_event(event)
    await so(house, lambda p: p.state is State.CANCELLED, "cancelled")
    direct = server.direct(ana)
    await server.until(lambda: "is canceled" in "\n".join(server.shown(direct)), "Ana is told")


async def test_a_change_while_the_bot_was_away_is_heard_and_its_own_unsent_one_is_not_undone(
    house: House,
) -> None:
    server = house.server
    plan = await planned(house)
    [event] = await server.until(lambda: server.events(house.guild), "an event")
    await house.runtime.delivery.idle()
    # the answer of Discord to our change never comes, and the process ends
    server.upset = lambda method, path: (
        _nothing() if method == "PATCH" and "scheduled-events" in path else None
    )
    moved = server.slash(
        house.host, house.room, "schedule move", manages=True, plan=plan.id, when="in 5 days at 10:00"
    )
    await server.answered(moved, "is now")
    wanted = (await plan_of(house)).at
    await house.stop()
    server.upset = None
    await house.start()
    await server.until(
        lambda: datetime.fromisoformat(event["scheduled_start_time"]) == wanted, "what was on its way is done"
    )
    assert (await plan_of(house)).at == wanted
    await house.runtime.delivery.idle()
    await house.stop()
    assert wanted is not None
    later = wanted + timedelta(hours=1)
    event["scheduled_start_time"] = later.isoformat()
    await house.start()
    await so(house, lambda p: p.at == later, "heard after the start")


def _nothing():
    from aiohttp import web

    return web.json_response({"message": "later", "retry_after": 0.2, "global": False}, status=503)


async def test_a_lost_answer_makes_no_second_event(house: House) -> None:
    server = house.server
    lost: list[str] = []

    def lose(method: str, path: str) -> bool:
        if method == "POST" and path.endswith("/scheduled-events") and not lost:
            lost.append(path)
            return True
        return False

    server.lose_answer = lose
    await planned(house)
    await server.until(lambda: lost, "the answer was lost")
    async with asyncio.timeout(20):
        await house.runtime.delivery.idle()
    assert len(server.events(house.guild)) == 1


async def test_without_the_right_to_keep_events_the_card_is_enough_and_the_list_says_so(house: House) -> None:
    server = house.server
    server.denied.add((house.guild, "events"))
    plan = await planned(house)
    await house.runtime.delivery.idle()
    assert server.events(house.guild) == []
    assert await house.store.outbox.dead() == []
    checked = server.slash(
        house.host, house.room, "schedule prepare", manages=True, plan=plan.id, item="room"
    )
    await server.answered(checked, "I'm missing this here")
    assert "Create Events" in unescaped(checked.text())


async def test_the_door_opens_by_itself(house: House) -> None:
    server = house.server
    plan = await planned(house, "in 12 minutes")
    assert plan.at is not None
    server.ahead = (plan.at - datetime.now(timezone.utc)).total_seconds() - 9 * 60
    await server.until(lambda: any("Before we start" in t for t in server.shown(house.room)), "the notice")
    direct = server.direct(house.host)
    await server.until(lambda: "The lobby of" in "\n".join(server.shown(direct)), "the host is told")
    here = server.press(house.host, direct, "I'm here")
    await server.answered(here, "Great.")
    for name in ("Ana", "Ben", "Cleo"):
        await server.answered(server.press(server.user(name), house.room, "Join"), "You're in")
    server.ahead += 9 * 60
    await house.so(lambda s: s.step == "hello", "it has begun")
    assert (await plan_of(house)).state is State.OVER
    await server.until(lambda: "One line" in "\n".join(server.shown(house.room)), "the first question")


async def test_hosts_of_one_server_are_no_hosts_in_another(house: House) -> None:
    server = house.server
    await planned(house)
    other = server.guild(server.user("Olga"), "Elsewhere")
    room = server.channel(other, "their-room")
    server.come_back(other)
    # Hans may plan at home; elsewhere he is a guest
    for command, args in (
        ("workshop open", {"workshop": "small"}),
        ("schedule add", {"workshop": "small", "when": "tomorrow 19:00"}),
    ):
        refused = server.slash(house.host, room, command, **args)
        await server.answered(refused, "Only hosts")


async def test_a_workshop_cannot_be_led_into_somebody_elses_server(house: House) -> None:
    server = house.server
    other = server.guild(server.user("Olga"), "Elsewhere")
    room = server.channel(other, "their-room")
    server.come_back(other)
    garden = server.channel(house.guild, "garden")
    server.come_back(house.guild)
    refused = server.slash(
        house.host,
        house.room,
        "schedule add",
        manages=True,
        workshop="small",
        when="tomorrow 19:00",
        rooms=f"discord:{room}",
    )
    await server.answered(refused, "not a host in that room")
    await house.open("Ana", begin=False)
    for there in (room, garden):
        given = server._given("workshop add-room", {"channel": f"discord:{there}"})
        server._interact(house.host, house.room, 2, given, manages=True)
    await server.until(lambda: any("Before we start" in t for t in server.shown(garden)), "the other room")
    assert server.shown(room) == []
