"""An order that is sent twice in Matrix comes as two events with ids of their own: it is done once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from tests.platforms.discord.house import Ahead
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import SCRIPT, has


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    stub = await Stub().start()
    made = House(stub, tmp_path, parse(SCRIPT))
    made.clock = Ahead(stub)
    yield await made.open("bot")
    await made.close()
    await stub.close()


async def until(found: Callable[[], Any], true: Callable[[Any], Any]) -> Any:
    async with asyncio.timeout(15):
        while not true(there := await found()):
            await asyncio.sleep(0.02)
    return there


async def test_orders_of_a_session_and_of_a_plan(house: House):
    bot, stub = house.account.user, house.synapse
    host, ada, bo = [await house.guest(name) for name in ("hans", "ada", "bo")]
    room = await host.room(bot, ada.user, bo.user)
    direct = await host.come()

    async def session() -> Session:
        listed = await house.store.sessions.listed()
        return (await house.runtime.sessions.load(listed[0][0]))[0] if listed else Session()

    async def twice(guest: Any, where: str, line: str) -> None:
        """The same text twice, with ids of their own."""
        await guest.say(where, line)
        await guest.say(where, line)
        async with asyncio.timeout(20):
            await house.runtime.delivery.idle()

    await twice(host, room, "!schedule add small every Tuesday 7pm")
    await host.until(direct, has("Schedule them"), bot)
    for guest in (ada, bo):
        await guest.join(room)
    await host.say(room, "!workshop start small")
    await host.come()
    own = {}
    for guest in (ada, bo):
        await guest.until(room, has("!join"), bot)
        await twice(guest, room, "!join")
        own[guest] = await guest.come()
    await until(session, lambda s: len(s.people) == 2)
    await twice(host, room, "!workshop begin")
    await until(session, lambda s: s.step == "hello")
    ends = (await session()).current.until
    await twice(host, room, "!workshop extend 2")
    await until(session, lambda s: s.current.until > ends)
    await twice(ada, own[ada], "!thanks bo: for the tea")
    await until(session, lambda s: s.thanks)
    stub.ahead += 5  # a move within two seconds of another one is the same, told twice
    await twice(ada, own[ada], "!helpme")
    moment = (await session()).moment
    await twice(host, room, "!workshop next")
    await until(session, lambda s: s.moment != moment)
    await ada.say(own[ada], "!park the chairs")  # heard after all of these
    now = await until(session, lambda s: any(a.step == "parked" for a in s.answers.values()))
    assert len(now.people) == 2 and len(now.thanks) == 1 and now.moment == moment + 3
    assert now.steps["hello"].until - ends <= timedelta(minutes=2) or now.steps["hello"].closed
    assert now.people[f"matrix:{ada.user}"].needs_help
    assert await house.store.outbox.dead() == []
