"""Two who talk: in a thread that everybody can read, and says so, or in a room of their own, where a script asks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from bot.core.platform import ThreadMembers
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has

SCRIPT = """
id: small
title: In pairs
about: Two talk.
minutes: 20
audience: adults
contact: Cora
steps:
  - {id: talk, kind: pair, title: Talk, say: "Tell each other.", minutes: 10, read_minutes: 2, where: %s}
  - {id: end, kind: message, title: End, say: "Thank you.", minutes: 1}
"""


@pytest.fixture(params=["room", "thread"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    script = parse(SCRIPT % request.param)
    made = await House(synapse, tmp_path, script).open(f"bot{secrets.token_hex(4)}")
    made.where = request.param
    yield made
    await made.close()


async def begin(house: House) -> tuple[str, Guest, Guest, Guest]:
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada, bo = [await house.guest(f"{name}{tag}") for name in ("host", "ada", "bo")]
    room = await host.room(bot, ada.user, bo.user, name="The garden")
    for each in (ada, bo):
        await each.join(room)
    await host.come()
    await host.say(room, "!workshop start small")
    await host.until(room, has("!join"), bot)
    await host.come()  # the room of the hosts
    for each in (ada, bo):
        await each.say(room, "!join")
        await each.until(await each.come(), has("You're in"), bot)
    await host.say(room, "!read")
    return room, host, ada, bo


async def answered(house: House) -> Session:
    """The session, once there is an answer in it."""
    async with asyncio.timeout(20):
        while True:
            (key,) = [row[0] for row in await house.store.sessions.listed()]
            session, _ = await house.runtime.sessions.load(key)
            if session.answers:
                return session
            await asyncio.sleep(0.05)


async def test_a_pair_talks_where_it_was_said_that_it_would(house: House):
    bot = house.account.user
    room, host, ada, bo = await begin(house)
    told = (
        "Pairs: only the people in your group."
        if house.where == "room"
        else "everyone here, because everyone can read the threads"
    )
    await ada.say(room, "!help details")
    direct = next(other for other in ada._been if other != room)
    await ada.until(direct, has(told), bot)
    await host.say(room, "!workshop begin")
    if house.where == "thread":
        await ada.until(room, has("It's for the people named above"), bot)
        return
    await ada.until(room, has("The person who runs this bot technically could, too"), bot)
    apart = await ada.come()
    assert await bo.come() == apart
    await ada.until(apart, has("The person who runs this bot technically could, too"), bot)
    with pytest.raises(RuntimeError, match="403"):
        await host.join(apart)
    await ada.say(apart, "just between us")
    await house.stop()
    await house.start()  # after a restart the room is still known
    await ada.say(apart, "!answer We both brought plums")
    session = await answered(house)
    await host.say(room, "!workshop next")
    await host.say(room, "!workshop next")
    await ada.until(room, has("We both brought plums"), bot)
    assert not has("just between us")(await host.texts(room))
    alone = ThreadMembers(people=(f"matrix:{ada.user}",))
    await house.platform.perform(f"matrix:{room}/{apart}", alone, "alone", "")
    there = await ada.call("GET", f"/rooms/{apart}/joined_members")
    assert set(there["joined"]) == {bot, ada.user}
    await ada.call("POST", f"/rooms/{apart}/leave", {})
    await host.say(room, "!workshop status")
    assert session.people[f"matrix:{ada.user}"].present
