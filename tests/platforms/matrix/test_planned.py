"""Planned sessions in Matrix, over a real homeserver: typed commands, the pinned card, buttons as words to type."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has
from tests.support import SMALL


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(SMALL, "small.yaml")).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def pinned(house: House, room: str) -> list[str]:
    found = await house.platform.admin.state(room, "m.room.pinned_events")
    return (found or {}).get("pinned", [])


@pytest.mark.parametrize("may_pin", [True, False])
async def test_planned_pinned_answered_and_cancelled(house: House, may_pin: bool) -> None:
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    levels = {"users": {bot: 50 if may_pin else 0}}  # who makes a room of version 12 stands above
    room = await host.room(bot, ada.user, name="The garden", power_level_content_override=levels)
    await ada.join(room)
    direct = await host.come()

    await host.say(room, "!schedule add small every second Tuesday 7pm zone:Europe/Lisbon")
    await host.until(direct, has("Small talk", "Schedule them", "Reply yes"), bot)
    await host.say(direct, "yes")
    told = await host.until(direct, has("Scheduled as"), bot)
    name = re.search(r"Scheduled as (\w+)", told[-1])
    assert name, told[-1]
    await ada.until(room, has("Small talk", "Going: 0", "!rsvp"), bot)

    async with asyncio.timeout(20):
        while len(await pinned(house, room)) != int(may_pin):
            await asyncio.sleep(0.1)
    await ada.say(room, "!coming yes")
    own = await ada.come()
    await ada.until(own, has("You're going to"), bot)
    await ada.until(room, has("Small talk", "Going: 1"), bot)
    await ada.say(room, f"!schedule cancel {name[1]}")
    await ada.until(own, has("Only hosts"), bot)

    await host.say(room, f"!schedule cancel {name[1]}")
    await host.until(direct, has("only the one on", "Reply 1", "2 (All of them)"), bot)
    await host.say(direct, "2")
    await ada.until(room, has("is canceled"), bot)
    await ada.until(own, has("is canceled"), bot)
    async with asyncio.timeout(20):
        while await pinned(house, room):
            await asyncio.sleep(0.1)
    assert await house.store.outbox.dead() == []


async def test_who_leads_one_room_has_no_say_in_another(house: House) -> None:
    bot, tag = house.account.user, secrets.token_hex(4)
    host, olga = await house.guest(f"host{tag}"), await house.guest(f"olga{tag}")
    home = await host.room(bot, name="Home")
    await host.come()
    away = await olga.room(bot, host.user, name="Elsewhere")
    await host.join(away)
    await host.say(home, "!workshop start small")
    await host.until(home, has("Before we start"), bot)
    await host.say(away, "!workshop start small")
    await host.say(away, "!schedule add small tomorrow 19:00")
    async with asyncio.timeout(20):
        while True:
            direct = [room for room in await _rooms(host) if room not in (home, away)]
            said = [text for room in direct for text in await host.texts(room, bot)]
            if any("Only hosts can open a workshop here" in t for t in said) and any(
                "Only hosts can schedule sessions here" in t for t in said
            ):
                break
            for room in await host.invites():
                await host.join(room)
            await asyncio.sleep(0.2)
    assert not any("Before we start" in text for text in await host.texts(away, bot))


async def _rooms(guest) -> list[str]:  # type: ignore[no-untyped-def]
    return (await guest.call("GET", "/joined_rooms"))["joined_rooms"]
