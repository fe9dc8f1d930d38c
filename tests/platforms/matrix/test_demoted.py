"""Who is no moderator of a room any more leads nothing there; and names that would be links or turn a line around."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.platforms.matrix.event_content import name_shown
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import SCRIPT, has


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(SCRIPT)).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def test_a_moderator_who_was_demoted_leads_no_more(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    owner, mo = [await house.guest(f"{name}{tag}") for name in ("owner", "mo")]
    levels = {"users": {mo.user: 50}}
    room = await owner.room(bot, mo.user, power_level_content_override=levels)
    await mo.join(room)
    await owner.until_member(room, bot)
    await mo.say(room, "!workshop start small")
    await mo.until(room, has("!join"), bot)
    hosts = await mo.come()
    await mo.say(room, "!join")
    await owner.say(room, "!read")
    (key,) = [row[0] for row in await house.store.sessions.listed()]

    async def leads(user: str, yes: bool) -> None:
        async with asyncio.timeout(20):
            while (f"matrix:{user}" in (await house.runtime.sessions.get(key)).hosts) is not yes:
                await asyncio.sleep(0.05)

    await leads(mo.user, True)
    levels = await owner.call("GET", f"/rooms/{room}/state/m.room.power_levels")
    levels["users"][mo.user] = 0
    await owner.call("PUT", f"/rooms/{room}/state/m.room.power_levels", levels)
    await leads(mo.user, False)
    async with asyncio.timeout(20):  # nor do they read where hosts talk
        while mo.user in (await house.platform.client.raw("GET", f"rooms/{hosts}/joined_members"))["joined"]:
            await asyncio.sleep(0.05)
    await mo.say(room, "!workshop begin")
    direct = next(r for r in [*mo._been, await mo.come()] if r not in (room, hosts))
    await mo.until(direct, has("host"), bot)
    assert not (await house.runtime.sessions.get(key)).step
    async with asyncio.timeout(20):
        while f"matrix:{mo.user}" in (await house.runtime.sessions.community(f"matrix:{room}")).hosts:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Dr. Ada Ng", "Dr. Ada Ng"),
        ("https://evil.example/x", "https:\u2060//evil.\u2060example/x"),
        ("\u202eadA\u2069 @room #all:here.org", "adA @\u2060room #\u2060all:\u2060here.\u2060org"),
        ("two\nlines  here", "two lines here"),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_name_is_no_link_and_turns_nothing_around(name: str, shown: str):
    assert name_shown(name) == shown
