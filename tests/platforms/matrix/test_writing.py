"""A room in which the bot may not write: its session waits, and the host hears what is missing and when it is there."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.engine import silence
from bot.platforms.matrix import sentences
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_all_three import Ahead, until
from tests.platforms.matrix.test_workshop import SCRIPT, has
from tests.support import SMALL


async def may_write(host: Guest, room: str, yes: bool) -> None:
    """The host changes what one needs to send messages in a room."""
    levels = await host.call("GET", f"/rooms/{room}/state/m.room.power_levels")
    levels["events_default"] = 0 if yes else 50
    await host.call("PUT", f"/rooms/{room}/state/m.room.power_levels", levels)


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "encrypted"])
async def test_a_workshop_is_opened_where_the_bot_may_not_write(
    synapse: Synapse, tmp_path: Path, sealed: bool, request: pytest.FixtureRequest
):
    if sealed:
        request.getfixturevalue("element")
    tag = secrets.token_hex(4)
    house = await House(synapse, tmp_path, parse(SCRIPT), encryption=sealed).open(f"bot{tag}")
    try:
        bot, host = house.account.user, await house.guest(f"host{tag}")
        room = await host.room(bot)
        await host.until_member(room, bot)
        await may_write(host, room, False)
        await host.come()
        await host.say(room, "!workshop start small")
        hosts = await host.come()
        await host.until(hosts, has(sentences.MAY_WRITE), bot)
        assert await host.texts(room, bot) == []
        await may_write(host, room, True)
        await host.until(room, has("Small circle"), bot)
        await host.until(hosts, has(silence.BACK), bot)
        assert not await house.store.outbox.dead()
    finally:
        await house.close()


async def test_a_bot_that_was_put_out_goes_on_when_it_is_back(synapse: Synapse, tmp_path: Path):
    tag = secrets.token_hex(4)
    house = await House(synapse, tmp_path, parse(SCRIPT)).open(f"bot{tag}")
    try:
        bot, host = house.account.user, await house.guest(f"host{tag}")
        room = await host.room(bot)
        await host.come()
        await host.say(room, "!workshop start small")
        await host.until(room, has("Small circle"), bot)
        hosts = await host.come()
        await host.say(room, "!join")
        await host.call("POST", f"/rooms/{room}/kick", {"user_id": bot})
        await host.say(hosts, "!workshop begin")
        await host.until(hosts, has(sentences.OUT), bot)
        await host.call("POST", f"/rooms/{room}/invite", {"user_id": bot})
        await host.until(room, has("1 of 3: Hello"), bot)
        await host.until(hosts, has(silence.BACK), bot)
        assert not await house.store.outbox.dead()
    finally:
        await house.close()


async def test_no_step_ends_while_its_question_cannot_be_asked(tmp_path: Path):
    stub = await Stub().start()
    house = House(stub, tmp_path, parse(SMALL, "small.yaml"))
    house.clock = Ahead(stub)
    await house.open("bot")
    try:
        bot = house.account.user
        host, ada = [await house.guest(name) for name in ("hans", "ada")]
        room = await host.room(bot, ada.user)
        await host.come()
        await host.say(room, "!workshop start small")
        hosts = await host.come()
        await ada.join(room)
        await ada.say(room, "!join")
        await ada.come()
        await host.until(room, has("!join"), bot)
        await may_write(host, room, False)
        await host.say(hosts, "!workshop begin")
        await host.until(hosts, has(sentences.MAY_WRITE), bot)
        key = (await house.store.sessions.listed())[0][0]

        async def nothing_due() -> bool:
            due = await house.runtime.next_due()
            return due is None or due > house.clock.now()

        for _ in range(30):
            stub.ahead += 60
            await until(nothing_due, "that what was due is left alone")
        session, _ = await house.runtime.sessions.load(key)
        assert session.step == "hello" and not session.current.closed and not session.current.host_asked
        await may_write(host, room, True)
        stub.ahead += 60
        await host.until(room, has("1 of 4: Hello"), bot)
        await host.until(hosts, has(silence.BACK), bot)
        assert sum(sentences.MAY_WRITE in text for text in await host.texts(hosts, bot)) == 1
        assert not await house.store.outbox.dead()
    finally:
        await house.close()
        await stub.close()
