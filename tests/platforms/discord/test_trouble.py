"""Trouble at Discord is Discord's alone: it is off, says so, tries again; and the web room goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.authoring.loader import parse
from bot.engine import supervision
from tests.platforms.discord.house import House
from tests.platforms.discord.server import TOKEN, Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.2)
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT))
    yield made
    await made.stop()
    await server.close()


async def a_workshop_runs(house: House) -> None:
    """Discord works: a workshop is opened, and its question stands in the room."""
    server = house.server
    await server.until(lambda: server.connected, "the gateway", 20)
    (ada,) = await house.open("Ada")
    await server.answered(server.slash(ada, house.room, "answer", text="The door"), "Got it")


async def off(house: House) -> None:
    """Discord is off, and the process goes on."""
    async with asyncio.timeout(15):
        while "discord" not in house.runtime._due.away:
            await asyncio.sleep(0.01)
    assert all(not task.done() for task in house.runtime.tasks)


async def test_a_start_while_discord_is_away_is_made_up_for(house: House):
    house.server.upset = lambda method, path: web.Response(status=503, text="upstream")
    await house.start(connected=False)
    await off(house)
    house.server.upset = None
    await a_workshop_runs(house)


async def test_a_token_that_was_reset_is_taken_once_it_is_there_again(house: House):
    server = house.server
    server.token = "another"
    await house.start(connected=False)
    await off(house)
    server.token = TOKEN
    await a_workshop_runs(house)


async def test_an_intent_that_was_withdrawn_turns_discord_off_and_on_again(house: House):
    server = house.server
    house.read_messages = True
    server.read_messages = False
    await house.start(connected=False)
    await off(house)
    server.read_messages = True
    await a_workshop_runs(house)


async def test_trouble_in_mid_session_is_over_when_it_is_over(house: House):
    """The token is reset while a workshop runs; what was to be said meanwhile is said afterwards."""
    server = house.server
    await house.start()
    await house.open("Ada")
    server.token = "another"
    server.resumable = False
    for socket in list(server._sockets.values()):
        server._log.pop(socket._session, None)
        await socket.socket.close(code=4004)
    await off(house)
    server.token = TOKEN
    await server.until(lambda: server.connected, "a new connection", 20)
    await go_to(house, "talk")


async def test_a_server_that_is_not_there_is_said(house: House):
    house.only_server = 4242
    await house.start(connected=False)
    await off(house)
    assert "discord_server" in house.platform.client.off
