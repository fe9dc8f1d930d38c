"""A second line in Matrix, after the one that was taken: it is offered to its author alone, and the tick moves."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import SCRIPT, has


@pytest.fixture(params=["plain", "encrypted"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    sealed = request.param == "encrypted"
    if sealed:
        request.getfixturevalue("element")
    made = await House(synapse, tmp_path, parse(SCRIPT), encryption=sealed).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def ticked(house: House, ada: Guest, room: str, wanted: Sequence[str]) -> None:
    """Wait until just these messages have the bot's tick."""
    async with asyncio.timeout(20):
        while True:
            relations = [
                event["content"]["m.relates_to"]
                for event in await ada.events(room)
                if event["type"] == "m.reaction"
                and event["sender"] == house.account.user
                and event["content"]
            ]
            if sorted(r["event_id"] for r in relations) == sorted(wanted):
                return
            await asyncio.sleep(0.1)


async def counts(house: House, *wanted: str) -> None:
    """Wait until these lines count, and no others."""
    key = (await house.store.sessions.listed())[0][0]
    async with asyncio.timeout(20):
        while True:
            session, _ = await house.runtime.sessions.load(key)
            if [a.text("text") for a in session.answers.values() if not a.withdrawn] == list(wanted):
                return
            await asyncio.sleep(0.05)


async def test_the_later_line_counts_if_its_author_says_so_and_the_tick_moves(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    room = await host.room(bot, ada.user, name="The garden")
    await ada.join(room)
    await host.until(await host.come(), has("!workshop open"), bot)
    await host.say(room, "!workshop start small")
    await ada.until(room, has("!join"), bot)
    await ada.say(room, "!join")
    direct = await ada.come()
    await ada.until(direct, has("You're in"), bot)
    await host.say(room, "!workshop begin")
    await ada.until(room, has("1 of 3: Hello"), bot)
    first = await ada.say(room, "sorry I'm late, what was the question?")
    await ticked(house, ada, room, [first])
    second = await ada.say(room, "The quiet ones spoke")
    await ada.until(
        direct, has("instead?", "The quiet ones spoke", "Reply yes (Use this instead) or no"), bot
    )
    await ada.edit(room, second, "The quiet ones sang")
    await ada.until(direct, has("instead?", "The quiet ones sang"), bot)
    assert not has("instead?")(await ada.texts(room, bot))
    await house.stop()  # the tick that goes was put by another run
    await house.start()
    await ada.say(direct, "Yes")
    await ada.say(direct, "!approve")  # said again it changes nothing
    await counts(house, "The quiet ones sang")
    await ticked(house, ada, room, [second])
    await ada.edit(room, first, "never mind")
    await ada.edit(room, second, "The quiet ones danced")
    await counts(house, "The quiet ones danced")
    await ada.say(room, "And one more thing")  # they have said which one it is
    await ada.say(direct, "!decline")
    await ada.redact(room, second)
    await counts(house)
    await ticked(house, ada, room, [second])
    assert await house.store.outbox.dead() == []
