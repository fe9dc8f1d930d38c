"""Who takes an edit of an answer away has said again what they had said before."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_all_three import until
from tests.platforms.matrix.test_workshop import SCRIPT, has


@pytest.fixture(params=["plain", "encrypted"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    sealed = request.param == "encrypted"
    if sealed:
        request.getfixturevalue("element")
    made = await House(synapse, tmp_path, parse(SCRIPT), encryption=sealed).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def test_an_edit_that_is_taken_away_gives_back_what_was_said(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = [await house.guest(f"{name}{tag}") for name in ("host", "ada")]
    room = await host.room(bot, ada.user)
    await host.come()
    await ada.join(room)
    await host.until_member(room, bot)
    await host.say(room, "!workshop start small")
    await ada.until(room, has("!join"), bot)
    await ada.say(room, "!join")
    await ada.come()
    await host.say(room, "!workshop begin")
    await ada.until(room, has("1 of 3: Hello"), bot)
    (key,) = [row[0] for row in await house.store.sessions.listed()]

    async def says(text: str) -> None:
        async def so() -> bool:
            session = await house.runtime.sessions.get(key)
            return [
                [p.text for p in a.pieces.values()] for a in session.answers.values() if not a.withdrawn
            ] == [[text]]

        await until(so, text)

    line = await ada.say(room, "first")
    await says("first")
    second = await ada.edit(room, line, "second")
    await says("second")
    third = await ada.edit(room, line, "third")
    await says("third")
    await ada.redact(room, third)
    await says("second")
    await house.stop()  # it is known after a restart, too
    await ada.redact(room, second)
    await house.start()
    await says("first")
