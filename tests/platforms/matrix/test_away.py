"""A homeserver that is away for an hour: no step ends meanwhile, and what people say first is heard first."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Phase
from bot.platforms.matrix import sync
from bot.platforms.matrix.credentials import Account
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_all_three import Ahead, until
from tests.platforms.matrix.test_workshop import SCRIPT, has
from tests.ports import free_port
from tests.support import SMALL


async def test_the_clock_stands_still_while_nobody_can_be_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sync, "GONE", 0.5)
    monkeypatch.setattr(sync, "LONGEST_PAUSE", 0.2)
    stub = await Stub().start()
    house = House(stub, tmp_path, parse(SMALL, "small.yaml"))
    house.clock = Ahead(stub)
    await house.open("bot")
    try:
        bot = house.account.user
        host, ada, bo, cy = [await house.guest(name) for name in ("hans", "ada", "bo", "cy")]
        room = await host.room(bot, ada.user, bo.user, cy.user)
        await host.come()
        await host.say(room, "!workshop start small")
        await host.until(room, has("!join"), bot)
        for guest in (ada, bo, cy):
            await guest.join(room)
            await guest.say(room, "!join")
            await guest.come()
        await host.say(room, "!workshop begin")
        await ada.until(room, has("1 of 4: Hello"), bot)
        key = (await house.store.sessions.listed())[0][0]
        await ada.say(room, "Before it went away")

        async def answers(n: int) -> bool:
            return len((await house.runtime.sessions.load(key))[0].answers) == n

        await until(lambda: answers(1), "an answer")
        stub.down, asked = True, stub.asked["sync"]

        async def noticed() -> bool:
            return stub.asked["sync"] >= asked + 4

        await until(noticed, "that the bot finds it away")

        async def nothing_due() -> bool:
            due = await house.runtime.next_due()
            return due is None or due > house.clock.now()

        for _ in range(60):
            stub.ahead += 60
            await until(nothing_due, "that what was due is left alone")
        session, _ = await house.runtime.sessions.load(key)
        assert session.step == "hello" and not session.current.closed and not session.current.host_asked
        await bo.say(room, "As soon as it was back")
        await cy.say(room, "So did I")
        stub.down = False
        await until(lambda: answers(3), "what was said first")
        await ada.until(room, has("Sorry, I was offline for a while"), bot)
        session, _ = await house.runtime.sessions.load(key)
        assert session.phase is Phase.RUNNING and session.step == "hello" and session.paused
        assert not await house.store.outbox.dead()
    finally:
        await house.close()
        await stub.close()


async def test_a_homeserver_that_is_away_at_the_start_ends_nothing(synapse: Synapse, tmp_path: Path):
    """The process starts without it, and connects when it is there."""
    house, port = House(synapse, tmp_path, parse(SCRIPT), encryption=True), free_port()
    made = await synapse.register(f"bot{secrets.token_hex(4)}")
    house.account = Account(
        f"http://127.0.0.1:{port}", made["user_id"], made["device_id"], made["access_token"]
    )
    await house.start()
    house.encryption = False  # of the guest
    host = await house.guest(f"host{secrets.token_hex(4)}")
    try:
        room = await host.room(house.account.user)

        async def off() -> bool:
            return "matrix" in house.runtime._due.away

        await until(off, "that Matrix is off")
        assert all(not task.done() for task in house.runtime.tasks)
        relay = await asyncio.start_server(
            partial(pass_on, int(synapse.url.rpartition(":")[2])), "127.0.0.1", port
        )
        async with relay:
            await host.until_member(room, house.account.user)
            await house.stop()
    finally:
        await host.close()


async def pass_on(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection to the homeserver, byte by byte."""
    there, out = await asyncio.open_connection("127.0.0.1", port)

    async def copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            to.write(data)
        to.close()

    with suppress(OSError):
        await asyncio.gather(copy(reader, out), copy(there, writer))
