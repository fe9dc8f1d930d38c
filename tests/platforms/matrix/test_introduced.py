"""Offers in Matrix: the author reads who, types !introduce, and the two have a private room of their own."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Share
from bot.core.model.session import Session
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has
from tests.support import GALLERIED


@pytest.fixture
async def house(synapse: Synapse, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(GALLERIED)).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def so(house: House, true: Callable[[Session], object]) -> Session:
    """Wait until the session is so."""
    key = (await house.store.sessions.listed())[0][0]
    session = (await house.runtime.sessions.load(key))[0]
    try:
        async with asyncio.timeout(30):
            while not true(session := (await house.runtime.sessions.load(key))[0]):
                await asyncio.sleep(0.05)
    except TimeoutError as error:
        raise AssertionError(
            f"never so; {session.step} {session.phase} {list(session.answers.values())}"
        ) from error
    return session


async def test_who_offers_is_named_to_the_author_who_asks_for_a_room_for_the_two(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada, bo = [await house.guest(f"{name}{tag}") for name in ("host", "ada", "bo")]
    room = await host.room(bot, ada.user, bo.user)
    await host.until(await host.come(), has("!workshop open"), bot)
    await host.say(room, "!workshop start galleried")
    own = {}
    for guest in (ada, bo):
        await guest.join(room)
        await guest.until(room, has("Before we start"), bot)
        await guest.say(room, "!join")
        own[guest.user] = await guest.come()
        await guest.until(own[guest.user], has("You're in"), bot)
    direct = own[ada.user]
    await host.say(room, "!workshop begin")
    await ada.until(direct, has("What happened?"), bot)
    await ada.say(direct, "Show and tell")
    await ada.until(direct, has("Got it"), bot)
    await ada.say(direct, "!share 1 anonymous")
    await so(house, lambda s: any(a.share is Share.ANONYMOUS for a in s.answers.values()))
    await bo.until(own[bo.user], has("What happened?"), bot)
    await bo.say(own[bo.user], "I keep mine")
    await bo.until(own[bo.user], has("Got it"), bot)
    await host.say(room, "!workshop next")
    await so(house, lambda s: "wall" in s.steps and s.steps["wall"].cards)
    await bo.until(room, has("Card 1"), bot)
    await bo.until(room, has("the card's author sees that it's you"), bot)
    await bo.say(room, "1 help")
    await ada.until(direct, has(f"bo{tag} says “I can help”", "they'll learn that you wrote it"), bot)
    await ada.say(direct, f"!introduce bo{tag}")
    session = await so(house, lambda s: s.introductions and s.introductions[0].place in s.places)
    place = session.places[session.introductions[0].place].rpartition("!")[2]
    where = f"!{place}"
    for guest in (ada, bo):
        await guest.join(where)
        await guest.until(where, has(f"ada{tag} wrote:", "Show and tell", f"bo{tag} said: “I can help”"), bot)
