"""A workshop in Matrix, over a real homeserver, with clients that know nothing of us."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse

SCRIPT = """
id: small
title: Small circle
about: Three questions.
minutes: 30
audience: adults
contact: Cora
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you? {cmd:pass} is fine.", minutes: 5, reveal: live}
  - {id: mood, kind: choice, title: Mood, say: "How is it going?", minutes: 5,
     options: [{key: up, label: Up}, {key: down, label: Down}]}
  - id: tale
    kind: story
    title: A small story
    say: Tell one moment.
    minutes: 10
    fields:
      - {key: moment, label: "What happened?"}
      - {key: use, label: "What came of it?"}
      - {key: more, label: "Anything else?", optional: true}
"""


@pytest.fixture(params=["plain", "encrypted"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    sealed = request.param == "encrypted"
    if sealed:
        request.getfixturevalue("element")
    made = await House(synapse, tmp_path, parse(SCRIPT), encryption=sealed).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


def has(*words: str):
    return lambda texts: any(all(word in text for word in words) for text in texts)


async def test_a_workshop_from_the_lobby_to_the_recap(house: House):
    bot = house.account.user
    tag = secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    room = await host.room(bot, ada.user, name="The garden")
    await ada.join(room)
    await host.until(room, lambda _: True)
    host_direct = await host.come()
    await host.until(host_direct, has("!workshop open"), bot)

    await host.say(room, "!workshop start small")
    await ada.until(room, has("Small circle", "Before we start"), bot)
    lobby = await ada.until(room, has("!join"), bot)
    assert not any("/join" in text for text in lobby)
    hosts = await host.come()
    await host.until(hosts, has("Small circle", "lobby", "!workshop start"), bot)
    await ada.say(room, "!join")
    direct = await ada.come()
    await ada.until(direct, has("You're in"), bot)
    await host.say(room, "!read")
    await host.say(hosts, "!workshop begin")
    await ada.until(room, has("1 of 3: Hello", "!skip"), bot)

    line = await ada.say(room, "The quiet ones spoke")

    async def ticked() -> bool:
        return any(
            e["type"] == "m.reaction" and e["content"]["m.relates_to"]["event_id"] == line
            for e in await ada.events(room)
        )

    for _ in range(100):
        if await ticked():
            break
        await asyncio.sleep(0.1)
    assert await ticked()
    await ada.edit(room, line, "The quiet ones sang")
    await host.say(hosts, "!workshop next")
    await host.say(hosts, "!workshop next")
    await ada.until(direct, has("Mood", "1. Up", "Your choice stays private"), bot)
    number = await ada.say(direct, "1")
    await ada.edit(direct, number, "2")
    await host.say(hosts, "!workshop next")
    await host.say(hosts, "!workshop next")
    await ada.until(direct, has("A small story", "What happened?", "(1 of 2)"), bot)
    told = await ada.say(direct, "The door was open")
    await ada.until(direct, has("What came of it?", "(2 of 2)"), bot)
    await ada.say(direct, "We met")
    await ada.until(direct, has("Anything else?"), bot)
    warm = await ada.say(direct, "It was warm")
    await ada.edit(direct, warm, "It was mild")
    await host.say(hosts, "!workshop end")
    await ada.until(room, has("thank you"), bot)
    await ada.say(direct, "!my")
    await ada.until(direct, has("The quiet ones sang", "It was mild", "Down"), bot)
    await ada.say(direct, "!share 3 name")
    await host.say(hosts, "!workshop publish")
    await host.say(hosts, "!workshop publish")
    recap = await ada.until(room, has("The door was open", "We met"), bot)
    assert not any("sang" in text for text in recap)
    pages = await ada.until_file(room, "m.file", b"The door was open")
    assert pages["filename"] == "recap.html" and "file" in pages  # sealed, so that it can be taken back
    await ada.edit(direct, told, "The gate was open")
    await ada.until_file(room, "m.file", b"The gate was open")
    assert "The door was open" not in str(await ada.events(room))
    await ada.redact(room, line)
    await ada.redact(direct, told)
    await ada.until(room, lambda texts: has("We met")(texts) and not has("The gate was open")(texts), bot)
    await ada.until_file(room, "m.file", b"The gate was open", there=False)
    await ada.say(direct, "!withdraw 3")  # the first is gone, and the story keeps its number
    await ada.until(room, lambda texts: not has("We met")(texts), bot)
    assert "The gate was open" not in str(await ada.events(room))
    await ada.until_file(room, "m.file", b"We met", there=False)


async def test_private_words_go_where_only_their_reader_is(house: House):
    bot = house.account.user
    tag = secrets.token_hex(4)
    ada, eve = await house.guest(f"ada{tag}"), await house.guest(f"eve{tag}")
    own = await ada.room(bot, is_direct=True) if not house.encryption else await ada.room(bot)
    made = await ada.come() if house.encryption else own
    await ada.until(made, has("!workshop open"), bot)
    if not house.encryption:  # in the room that Ada made she can ask others in; then it is private no more
        await ada.call("POST", f"/rooms/{own}/invite", {"user_id": eve.user})
        await eve.join(own)
        await ada.say(own, "!workshop list")
        await ada.until(await ada.come(), has("small: Small circle"), bot)
        assert not any("Small circle" in text for text in await eve.texts(own))
    else:  # in ours nobody but the bot can
        with pytest.raises(RuntimeError, match="403"):
            await Guest.call(ada, "POST", f"/rooms/{made}/invite", {"user_id": eve.user})


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
async def test_a_room_that_is_upgraded_takes_its_workshop_along(synapse: Synapse, tmp_path: Path, away: bool):
    house = await House(synapse, tmp_path, parse(SCRIPT)).open(f"bot{secrets.token_hex(4)}")
    try:
        bot, tag = house.account.user, secrets.token_hex(4)
        host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
        old = await host.room(bot, ada.user, room_version="11")
        await ada.join(old)
        await host.come()
        await host.say(old, "!workshop start small")
        await host.until(old, has("!join"), bot)
        await ada.say(old, "!join")
        await ada.until(await ada.come(), has("You're in"), bot)
        if away:
            await house.stop()
        said = await host.call("POST", f"/rooms/{old}/upgrade", {"new_version": "12"})
        new = said["replacement_room"]
        for user in (bot, ada.user):  # as clients do for whoever was in a private room
            await host.call("POST", f"/rooms/{new}/invite", {"user_id": user})
        await ada.join(new)
        if away:
            await house.start()
        await host.until_member(new, bot)
        await host.say(new, "!workshop begin")
        await ada.until(new, has("1 of 3: Hello"), bot)
        line = await ada.say(new, "It goes on here")
        async with asyncio.timeout(20):
            while not any(
                e["type"] == "m.reaction" and e["content"]["m.relates_to"]["event_id"] == line
                for e in await ada.events(new)
            ):
                await asyncio.sleep(0.1)
        assert not has("1 of 3: Hello")(await ada.texts(old, bot))
    finally:
        await house.close()
