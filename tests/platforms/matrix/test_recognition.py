"""Recognition in Matrix, over a real homeserver: a level of power, an invitation, and never less than somebody has."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has
from tests.support import SMALL

RULES = "\nrecognition:\n  - {earn: host, role: Host}\n  - {earn: companion, role: Companion}\n"


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = House(synapse, tmp_path, parse(SMALL + RULES, "small.yaml"))
    made.recognition = (10, "")
    await made.open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def soon(there: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not await there():  # type: ignore[misc]
            await asyncio.sleep(0.1)


async def held(house: House, host: Guest, ada: Guest, room: str) -> tuple[str, str, str]:
    """A small session with a companion, closed; the host's own room, the hosts' room, and Ada's own."""
    bot = house.account.user
    await ada.join(room)
    direct = await host.come()
    await host.say(room, "!workshop start small")
    await ada.until(room, has("Before we start"), bot)
    hosts = await host.come()
    await ada.say(room, "!join")
    own = await ada.come()
    await ada.until(own, has("You're in"), bot)
    name = (await ada.call("GET", f"/profile/{ada.user}"))["displayname"]
    await host.say(hosts, f"!workshop companion {name}")
    await host.say(hosts, "!workshop begin")
    await ada.until(room, has("1 of 4"), bot)
    await host.say(hosts, "!workshop end")
    await ada.until(own, has("earned", "Companion"), bot)
    return direct, hosts, own


async def power(house: House, room: str, user: str) -> int:
    levels = await house.platform.admin.state(room, "m.room.power_levels") or {}
    return int(levels.get("users", {}).get(user, levels.get("users_default", 0)))


async def test_power_and_an_invitation_are_given_and_nobodys_is_lowered(house: House) -> None:
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    honoured = await host.room(bot, name="Storytellers", power_level_content_override={"users": {bot: 50}})
    levels = {"users": {bot: 100, host.user: 100}}
    room = await host.room(
        bot, ada.user, name="Garden", room_version="11", power_level_content_override=levels
    )
    await house.stop()
    house.recognition = (10, honoured)
    await house.start()
    direct, _, own = await held(house, host, ada, room)
    assert await power(house, room, ada.user) == 0
    await ada.say(own, "!recognition take companion")

    async def given() -> bool:
        return await power(house, room, ada.user) == 10

    await soon(given)

    async def invited() -> bool:
        return honoured in await ada.invites()

    await soon(invited)
    await ada.join(honoured)
    # once more changes nothing, and is no failure; given back, nobody's power is lowered
    await ada.say(own, "!recognition take companion")
    await ada.until(own, lambda texts: sum("You now have the role" in text for text in texts) >= 2, bot)
    await ada.say(own, "!recognition decline companion")
    await ada.until(own, has("OK, you don't have it, and no one is told"), bot)
    assert await power(house, room, ada.user) == 10
    # the host has more power than it gives, and keeps it
    await host.say(room, "!recognition take host")
    await host.until(direct, has("You now have the role", "Host"), bot)
    assert await power(house, room, host.user) == 100
    assert await house.store.outbox.dead() == []


async def test_without_the_right_the_hosts_are_told_in_words(house: House) -> None:
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    room = await host.room(bot, ada.user, name="Garden")
    _, hosts, own = await held(house, host, ada, room)
    await ada.say(own, "!recognition take companion")
    await host.until(
        hosts,
        has(
            "Raise my power level above the level it gives, or let me invite people to its room",
        ),
        bot,
    )
    assert await power(house, room, ada.user) == 0
