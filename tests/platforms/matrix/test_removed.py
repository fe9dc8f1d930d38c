"""Who is removed in Matrix: put out of the rooms where the bot may, and hosts hear where they read on."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_pairs import SCRIPT
from tests.platforms.matrix.test_workshop import has

MAY_NOT, OPEN = "can't remove them from this room", "open to everyone"


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(SCRIPT % "room")).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def opened(house: House, *, kick: bool, **how: str) -> tuple[str, str, Guest, Guest]:
    """A room with a host and somebody who joined, and the room of the hosts; `kick`: the bot may put people out."""
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = [await house.guest(f"{name}{tag}") for name in ("host", "ada")]
    room = await host.room(bot, ada.user, name="The garden", **how)
    await ada.join(room)
    await host.come()
    await host.say(room, "!workshop start small")
    await host.until(room, has("!join"), bot)
    if kick:
        levels = await host.call("GET", f"/rooms/{room}/state/m.room.power_levels")
        levels["users"] |= {bot: 60}
        await host.call("PUT", f"/rooms/{room}/state/m.room.power_levels", levels)
    hosts = await host.come()
    await ada.say(room, "!join")
    await ada.until(await ada.come(), has("You're in"), bot)
    await host.say(room, f"!workshop remove ada{tag}")
    return room, hosts, host, ada


async def gone(host: Guest, room: str, user: str) -> None:
    async with asyncio.timeout(20):
        while user in (await host.call("GET", f"/rooms/{room}/joined_members"))["joined"]:
            await asyncio.sleep(0.05)


async def test_with_the_right_they_are_put_out_of_a_private_room_and_stay_out(house: House):
    room, _, host, ada = await opened(house, kick=True)
    await gone(host, room, ada.user)
    with pytest.raises(RuntimeError, match="403"):
        await ada.join(room)
    await host.call("POST", f"/rooms/{room}/invite", {"user_id": ada.user})  # another way in, by a person
    await ada.join(room)
    await ada.say(room, "!join")
    direct = next(other for other in ada._been if other != room)
    await ada.until(direct, has("A host removed you from this session"), house.account.user)
    (key,) = [row[0] for row in await house.store.sessions.listed()]
    session, _ = await house.runtime.sessions.load(key)
    assert session.people[f"matrix:{ada.user}"].removed and not session.people[f"matrix:{ada.user}"].present


async def test_without_the_right_the_host_hears_what_to_do(house: House):
    room, hosts, host, ada = await opened(house, kick=False)
    await host.until(hosts, has(MAY_NOT), house.account.user)
    assert ada.user in (await host.call("GET", f"/rooms/{room}/joined_members"))["joined"]


async def test_in_a_public_room_the_host_hears_that_they_read_on(house: House):
    _, hosts, host, _ = await opened(house, kick=True, preset="public_chat")
    await host.until(hosts, has(OPEN), house.account.user)
