"""The number of a card as a reaction on the message that it stands in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Share
from bot.core.model.session import Session
from tests.platforms.discord.house import House
from tests.platforms.discord.server import Discord
from tests.support import GALLERIED

ONE, TWO = "1\ufe0f\u20e3", "2\ufe0f\u20e3"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = await House(server, tmp_path, parse(GALLERIED)).start()
    yield made
    await made.close()
    await server.close()


def held(session: Session) -> set[tuple[str, int]]:
    """Who has given the first sign to which card."""
    state = session.steps["wall"]
    numbers = {key: n for n, key in enumerate(state.cards, 1)}
    return {(session.people[p].name, numbers[key]) for p, signs in state.signs.items() for key, _ in signs}


async def test_it_counts_and_is_gone_with_it_also_when_nobody_was_told(house: House):
    server = house.server
    ada, bo = await house.open("Ada", "Bo")
    for who, words in ((ada, "Show and tell"), (bo, "The rota")):
        opened = await server.answered(
            server.press(who, house.room, "Answer", server.last(house.room, "Tell one"))
        )
        values = {
            label["component"]["custom_id"]: [Share.NAME.value]
            for label in opened.modal["components"]
            if label["component"]["type"] != 4 and "share" in label["component"]["custom_id"]
        }
        await server.answered(server.send_form(opened, moment=words, **values))
    moment = (await house.session()).moment
    server.slash(house.host, house.room, "workshop next", manages=True, leaving=moment)
    cards = await server.until(lambda: server.last(house.room, "Card 1"), "the wall")
    message = int(cards["id"])
    assert any("3️⃣" in text for text in server.shown(house.room))
    await house.so(lambda s: len(s.steps["wall"].cards) == 2, "two cards")
    server.put_sign(bo, house.room, message, ONE)
    server.put_sign(ada, house.room, message, TWO)
    server.put_sign(ada, house.room, message, "❤️")
    await house.so(lambda s: held(s) == {("Bo", 1), ("Ada", 2)}, "two signs")
    server.put_sign(ada, house.room, message, TWO, on=False)
    await house.so(lambda s: held(s) == {("Bo", 1)}, "one taken away")
    await house.stop()
    server.put_sign(ada, house.room, message, ONE)
    await house.start()
    await house.so(lambda s: held(s) == {("Bo", 1), ("Ada", 1)}, "what was put meanwhile")
