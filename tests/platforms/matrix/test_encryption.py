"""Encrypted rooms, with Element's engine on the other side: who is heard, and what goes over the wire."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from bot.core.platform import Post
from bot.errors import Transient
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.sealed import SealedGuest
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import SCRIPT, has


@pytest.fixture
async def house(synapse: Synapse, element: None, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(synapse, tmp_path, parse(SCRIPT), encryption=True).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def strict(house: House) -> SealedGuest:
    made = SealedGuest(
        house.synapse.url, await house.synapse.register(f"s{secrets.token_hex(4)}"), strict=True
    )
    house.guests.append(made)
    return await made.start()


@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_client_that_trusts_signed_devices_only_is_heard(house: House, version: str):
    bot = house.account.user
    host = await strict(house)
    room = await host.room(bot, name="Strict", version=version)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await host.say(room, "!workshop start small")
    await host.until(room, has("Before we start"), bot)
    assert house.platform.client.signed


async def test_nothing_of_ours_goes_in_clear_into_an_encrypted_room(house: House):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    room = await host.room(bot)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await host.say(room, "!workshop start small")
    await host.until(room, has("!join"), bot)
    for place in (room, direct):
        ours = [e for e in await host.events(place) if e["sender"] == bot and e["type"] == "m.room.message"]
        assert ours and all(e["wire"] == "m.room.encrypted" for e in ours)


async def test_after_a_restart_the_same_device_goes_on(house: House):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    room = await host.room(bot)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await house.stop()
    await host.say(room, "!workshop start small")
    await house.start()
    await host.until(room, has("Before we start"), bot)
    await host.say(room, "!join")
    await host.until(direct, has("You're in"), bot)


@pytest.mark.parametrize("where", ["in the room", "device to device"])
async def test_somebody_verifies_the_bot_by_emoji(house: House, where: str):
    bot = {"user": house.account.user, "device": house.account.device}
    host = await strict(house)
    await host.room(bot["user"], name="Here")
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot["user"])
    shown = await host.ask("verify", **bot, **({"room": direct} if where == "in the room" else {}))
    told = (
        await host.until(
            direct,
            has(
                "If it shows something else, say there that they don't match, and tell the person who runs me"
            ),
            bot["user"],
        )
    )[-1]
    assert " · ".join(f"{sign} {name}" for sign, name in shown["emoji"]) in told
    assert " ".join(map(str, shown["numbers"])) in told
    assert await host.ask("same", **bot) == {"person": True, "device": True}


async def test_a_verification_that_does_not_match_ends_and_another_may_begin(house: House):
    bot = {"user": house.account.user, "device": house.account.device}
    host = await strict(house)
    await host.room(bot["user"], name="Here")
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot["user"])
    await host.ask("verify", **bot, room=direct)
    await host.ask("different")
    for kind, content in (
        ("request", {"methods": 7, "from_device": None, "timestamp": "now"}),
        ("start", {"transaction_id": "x", "method": "m.sas.v1", "hashes": 3}),
        ("key", {"transaction_id": "x", "key": [1]}),
        ("mac", {"transaction_id": "x", "mac": "?"}),
    ):  # what others may send to the bot's device must not stop its hearing
        told = {"messages": {bot["user"]: {bot["device"]: content}}}
        path = f"/sendToDevice/m.key.verification.{kind}/{secrets.token_hex(4)}"
        await host.call("PUT", path, told)
    await host.ask("verify", **bot, room=direct)
    assert (await host.ask("same", **bot))["person"]


async def claim(house: House, n: int, *, patient: bool = False) -> None:
    """As many newcomers as this take a one-time key of the bot, as clients do before they write.

    Patient ones wait until there is a key for them alone.
    """
    account = await house.synapse.register(f"c{secrets.token_hex(4)}")
    ask = {"one_time_keys": {house.account.user: {house.account.device: "signed_curve25519"}}}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {account['access_token']}"}) as web:

        async def one() -> None:
            async with web.post(f"{house.synapse.url}/_matrix/client/v3/keys/claim", json=ask) as answer:
                assert answer.status == 200
                got = (await answer.json())["one_time_keys"]
            if patient and (not got or "fallback" in str(got)):
                await asyncio.sleep(0.1)
                await one()

        async with asyncio.timeout(20):
            await asyncio.gather(*(one() for _ in range(n)))  # faster than the bot can fill up


@pytest.mark.parametrize("restart", [False, True])
async def test_after_sixty_newcomers_the_next_is_still_readable(house: House, restart: bool):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    newcomer = await house.guest(f"n{secrets.token_hex(4)}")
    room = await host.room(bot, newcomer.user)
    await newcomer.join(room)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    if restart:
        await house.stop()
    await claim(house, 60)
    if restart:
        await house.start()
    await host.say(room, "not for the bot")  # a sync, which tells the bot that its keys are gone
    await claim(house, 1, patient=True)
    await newcomer.say(
        room, "!workshop list"
    )  # the bot has never written to them: they need a key of its own
    await newcomer.until(await newcomer.come(), has("small: Small circle"), bot)


async def test_who_writes_when_all_keys_are_taken_and_the_bot_is_away_is_read_when_it_is_back(house: House):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    newcomer = await house.guest(f"n{secrets.token_hex(4)}")
    room = await host.room(bot, newcomer.user)
    await newcomer.join(room)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await house.stop()
    await claim(house, 60)
    await newcomer.say(room, "!workshop list")
    await house.start()
    await newcomer.until(await newcomer.come(), has("small: Small circle"), bot)


async def test_what_cannot_be_read_is_said_to_its_author_and_not_passed_over(house: House):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    room = await host.room(bot)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    sealed = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
        "device_id": "NONE",
        "sender_key": "IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA",
        "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
    }
    await Guest.send(host, room, sealed, "m.room.encrypted")
    await host.until(
        direct, has("I couldn't read your message, because your app hasn't given me the key"), bot
    )


async def test_who_leaves_the_direct_room_takes_part_still_and_is_asked_back(house: House):
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    room = await host.room(bot)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), bot)
    await host.say(room, "!workshop start small")
    await host.until(room, has("!join"), bot)
    await host.say(room, "!join")
    await host.until(direct, has("You're in"), bot)
    await Guest.call(host, "POST", f"/rooms/{direct}/leave", {})
    await host.say(room, "!workshop begin")
    await host.until(room, has("1 of 3: Hello"), bot)
    await host.say(room, "!now")
    async with asyncio.timeout(20):
        while direct not in await host.invites():
            await asyncio.sleep(0.1)
    (key,) = [row[0] for row in await house.store.sessions.listed()]
    session, _ = await house.runtime.sessions.load(key)
    assert session.people[f"matrix:{host.user}"].present


TOGETHER = """
id: small
title: Together
about: A thread and a picture.
minutes: 20
audience: adults
contact: Cora
steps:
  - {id: talk, kind: pair, title: Talk, say: "Tell each other.", minutes: 10, read_minutes: 2}
  - {id: mood, kind: choice, title: Mood, say: "How is it?", minutes: 5,
     options: [{key: up, label: Up}, {key: down, label: Down}]}
  - {id: end, kind: message, title: End, say: "Thank you.", minutes: 1, attach: "bars:mood"}
"""


async def test_a_thread_and_a_picture_in_an_encrypted_room(synapse: Synapse, element: None, tmp_path: Path):
    house = await House(synapse, tmp_path, parse(TOGETHER), encryption=True).open(
        f"bot{secrets.token_hex(4)}"
    )
    try:
        bot, tag = house.account.user, secrets.token_hex(4)
        host, ada, bo = [await house.guest(f"{name}{tag}") for name in ("host", "ada", "bo")]
        room = await host.room(bot, ada.user, bo.user, name="The garden")
        for each in (ada, bo):
            await each.join(room)
        await host.until(await host.come(), has("!workshop open"), bot)
        await host.say(room, "!workshop start small")
        await host.until(room, has("!join"), bot)
        for each in (ada, bo):
            await each.say(room, "!join")
            await each.until(await each.come(), has("You're in"), bot)
        await host.say(room, "!read")
        await host.say(room, "!workshop begin")
        await ada.until(room, has("Talk here, in this thread"), bot)
        root = next(thread for text, thread in await ada.shown(room, bot) if "Talk here" in text)
        under = {"m.relates_to": {"rel_type": "m.thread", "event_id": root}}
        await ada.say(room, "!answer We both brought plums", **under)
        async with asyncio.timeout(20):
            while not (await session_of(house)).answers:
                await asyncio.sleep(0.05)
        async with asyncio.timeout(20):
            while not has("3 of 3: End")(await ada.texts(room, bot)):
                await host.say(room, "!workshop next")
                await asyncio.sleep(0.5)
        async with asyncio.timeout(20):
            while not (pictures := await ada.files(room, "m.image")):
                await asyncio.sleep(0.1)
        assert "file" in pictures[0] and pictures[0]["body"]
        assert (await ada.file(pictures[0])).startswith(b"\x89PNG")
    finally:
        await house.close()


async def session_of(house: House) -> Session:
    (key,) = [row[0] for row in await house.store.sessions.listed()]
    return (await house.runtime.sessions.load(key))[0]


async def test_the_first_words_to_hosts_wait_for_the_first_of_them(house: House):
    """Nobody who is invited later gets the key to what was said before."""
    bot = house.account.user
    host = await house.guest(f"h{secrets.token_hex(4)}")
    channel = f"matrix:{await host.room(bot)}/hosts"
    direct = await host.come()
    await host.until(direct, lambda texts: bool(texts), bot)
    first = Post(text="What you need to know first")
    with pytest.raises(Transient):
        await house.platform.perform(channel, first, "first", "")
    await house.platform.seat(channel, [f"matrix:{host.user}"])

    async def said() -> None:
        """As delivery does: again, until the server has told of the invitation."""
        while True:
            try:
                await house.platform.perform(channel, first, "first", "")
                return
            except Transient:
                await asyncio.sleep(0.1)

    async with asyncio.timeout(20):
        await said()
    await host.until(await host.come(), has(first.text), bot)
