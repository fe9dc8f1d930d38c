"""The number of a card as a reaction on the message that it stands in."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.test_signs import ONE, held
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has
from tests.support import GALLERIED


@pytest.fixture(params=["plain", "encrypted"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    sealed = request.param == "encrypted"
    if sealed:
        request.getfixturevalue("element")
    made = await House(synapse, tmp_path, parse(GALLERIED), encryption=sealed).open(
        f"bot{secrets.token_hex(4)}"
    )
    yield made
    await made.close()


async def test_it_counts_and_is_gone_with_it_also_after_a_restart(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    room = await host.room(bot, ada.user)
    await ada.join(room)
    await host.until(await host.come(), has("!workshop open"), bot)
    await host.say(room, "!workshop start galleried")
    await ada.until(room, has("Before we start"), bot)
    await ada.say(room, "!join")
    direct = await ada.come()
    await ada.until(direct, has("You're in"), bot)
    await host.say(room, "!workshop begin")
    await ada.until(direct, has("What happened?"), bot)
    await ada.say(direct, "Show and tell")
    await ada.until(direct, has("Got it"), bot)
    await ada.say(direct, "!share 1 name")
    await ada.until(direct, has("with your name"), bot)
    await host.say(room, "!workshop next")
    await ada.until(room, has("Card 1"), bot)
    wall = next(e for e in await ada.events(room) if "Card 1" in str(e["content"].get("body")))
    relation = {"rel_type": "m.annotation", "event_id": wall["event_id"], "key": ONE}
    put = await ada.send(room, {"m.relates_to": relation}, "m.reaction")
    await so(house, {(f"ada{tag}", 1)})
    await house.stop()
    await house.start()
    await ada.redact(room, put)
    await so(house, set())


async def so(house: House, wanted: set[tuple[str, int]]) -> None:
    """Wait until these signs are held."""
    key = (await house.store.sessions.listed())[0][0]
    async with asyncio.timeout(20):
        while held((await house.runtime.sessions.load(key))[0]) != wanted:
            await asyncio.sleep(0.05)
