"""Discord's rate limits as it tells of them: a request waits when nothing is left, and nobody's words wait with it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import BOT, Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to

RULES = "recognition: [{earn: story, role: Storyteller}, {earn: host, role: Host of circles}]\nsteps:"


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = House(server, tmp_path, parse(SCRIPT.replace("steps:", RULES, 1)))
    made.clock = Ahead(server)
    made.roles = True
    await made.start()
    yield made
    await made.close()


def threads(server: Discord) -> list[dict]:
    return [
        c
        for c in server.channels.values()
        if c["type"] == 12 and "Hosts" not in c["name"] and len(c["_members"]) == 3
    ]


async def test_threads_are_made_at_once_while_their_window_of_five_minutes_has_room(house: House):
    server = house.server
    await house.open(*(f"P{n}" for n in range(8)))
    await go_to(house, "talk")
    await server.until(lambda: len(threads(server)) == 4, "four threads", 10)
    assert server.limits.over == []


async def test_a_thread_that_has_to_wait_stands_before_nobodys_words(house: House):
    server = house.server
    people = await house.open("Ada", "Bo", "Cy", "Dee")
    server.limits.spend("/threads", house.room, 1)
    await go_to(house, "talk")
    await server.until(lambda: len(threads(server)) == 1, "the one thread that may be made")
    await go_to(house, "mood")
    question = await server.until(lambda: server.last(house.room, "How is it going"), "the next question")
    tapped = await server.answered(server.press(people[0], house.room, "Answer", question), "Mood")
    await server.answered(server.press(people[0], house.room, "1. Up", tapped.shown[0]), "Saved")
    assert server.limits.over == [], "nothing was left, and Discord was asked all the same"
    assert BOT and len(threads(server)) == 1


async def test_a_limit_that_was_not_known_is_met_once_and_then_kept(house: House):
    server = house.server
    await house.open("Ada", "Bo", "Cy", "Dee")
    http = house.platform.client.http
    http._bucket_hashes.clear()  # as after a restart: Discord has not told of its limits yet
    http._buckets.clear()
    server.limits.spend("/threads", house.room, 0)
    await go_to(house, "talk")
    await server.until(lambda: server.limits.over, "the first refusal")
    await go_to(house, "mood")
    await server.until(lambda: server.last(house.room, "How is it going"), "the next question")
    assert len(server.limits.over) == 1


async def test_two_roles_are_made_in_one_evening(house: House):
    """Their window is two days long."""
    client, guild = house.platform.client, house.guild
    for name in ("Storyteller", "Host of circles"):
        async with asyncio.timeout(5), client.asking():
            await client.http.create_role(guild, name=name, permissions=0)
    assert house.server.limits.over == []


async def test_the_last_request_of_a_window_is_answered_at_once(house: House):
    client, guild = house.platform.client, house.guild
    house.server.limits.spend("/roles", guild, 1)
    async with asyncio.timeout(5), client.asking():
        await client.http.create_role(guild, name="Storyteller", permissions=0)


async def test_words_wait_for_their_own_limit_and_come_in_order(house: House):
    server = house.server
    server.limits.hurry = 5.0  # five messages a second
    client = house.platform.client
    begun = time.monotonic()
    async with asyncio.timeout(15), client.asking():
        for n in range(13):
            await client.http.request(
                _route(house.room), json={"content": f"line {n}", "allowed_mentions": {"parse": []}}
            )
    assert server.shown(house.room)[-13:] == [f"line {n}" for n in range(13)]
    assert server.limits.over == [] and time.monotonic() - begun > 1.5


def _route(channel: int):
    from discord.http import Route

    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
