"""A second line in Discord, after the one that was taken: it is offered to its author alone, and the tick moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.session import Session
from tests.platforms.discord.house import House
from tests.platforms.discord.server import BOT, Discord, text_of
from tests.platforms.discord.test_workshop import SCRIPT
from tests.support import plain


@pytest.fixture
async def reading(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = await House(server, tmp_path, parse(SCRIPT), read_messages=True).start()
    yield made
    await made.close()
    await server.close()


def counted(session: Session) -> list[str]:
    return [answer.text("text") for answer in session.answers.values() if not answer.withdrawn]


async def offered(house: House, ada: int) -> tuple[int, int, int, dict]:
    """Ada says two lines: the two messages, where she is offered the second, and the message that does so."""
    server = house.server
    first = server.say(ada, house.room, "sorry I'm late, what was the question?")
    await server.until(lambda: server.signs(house.room, first) == ["✅"], "a tick")
    second = server.say(ada, house.room, "The quiet ones spoke")
    direct = server.direct(ada)
    shown = [i for i in server.interactions.values() if i.user == ada]

    def asked() -> list[tuple[int, dict]]:
        whispered = [(i.channel, message) for i in shown for message in i.shown]
        mailed = [(direct, message) for message in server.messages[direct].values()]
        return [each for each in whispered + mailed if "instead?" in text_of(each[1])]

    where, card = (await server.until(asked, "the offer"))[-1]
    assert "The quiet ones spoke" in plain(text_of(card))
    assert not any("instead?" in text for text in server.shown(house.room))
    return first, second, where, card


@pytest.mark.parametrize("how", ["press", "menu", "typed"])
async def test_the_later_line_counts_if_its_author_says_so_and_the_tick_moves(reading: House, how: str):
    house, server = reading, reading.server
    ada, _ = await house.open("Ada", "Bo")
    first, second, where, card = await offered(house, ada)
    for _ in range(2):  # twice is once
        if how == "press":
            server.press(ada, where, "Use this instead", card)
        elif how == "menu":
            server.use(ada, house.room, second)
        else:
            server.say(ada, house.room, f"<@{BOT}> /approve")
    await house.so(lambda s: counted(s) == ["The quiet ones spoke"], "the second line")
    await server.until(lambda: server.signs(house.room, second) == ["✅"], "the tick on the second")
    await server.until(lambda: server.signs(house.room, first) == [], "and none on the first")
    await house.runtime.delivery.idle()
    assert not await house.store.outbox.dead()
    assert server.messages[house.room][first]["content"].startswith(
        "sorry"
    )  # what was said in the room stands


async def test_the_first_stays_if_its_author_says_so(reading: House):
    house, server = reading, reading.server
    ada, _ = await house.open("Ada", "Bo")
    first, second, where, card = await offered(house, ada)
    for _ in range(2):
        server.press(ada, where, "Keep the first", card)
    await house.so(lambda s: not s.offers, "the choice")
    await house.runtime.delivery.idle()
    assert server.signs(house.room, first) == ["✅"] and server.signs(house.room, second) == []
    assert counted(await house.session()) == ["sorry I'm late, what was the question?"]


@pytest.mark.parametrize("how", ["edit", "delete"])
async def test_the_offer_follows_the_line_that_it_is_about(reading: House, how: str):
    house, server = reading, reading.server
    ada, _ = await house.open("Ada", "Bo")
    _, second, where, card = await offered(house, ada)
    if how == "delete":
        server.delete(house.room, second)
        await house.so(lambda s: not s.offers, "nothing is offered")
        server.press(ada, where, "Use this instead", card)
        await house.runtime.delivery.idle()
        assert counted(await house.session()) == ["sorry I'm late, what was the question?"]
    else:
        server.edit(house.room, second, "The quiet ones sang")
        await house.so(lambda s: [o.text for o in s.offers.values()] == ["The quiet ones sang"], "the edit")
        server.press(ada, where, "Use this instead", card)
        await house.so(lambda s: counted(s) == ["The quiet ones sang"], "the second line")


async def test_the_first_line_edited_or_deleted_later_is_no_answer_any_more(reading: House):
    house, server = reading, reading.server
    ada, _ = await house.open("Ada", "Bo")
    first, second, where, card = await offered(house, ada)
    server.press(ada, where, "Use this instead", card)
    await house.so(lambda s: counted(s) == ["The quiet ones spoke"], "the second line")
    server.edit(house.room, first, "never mind")
    server.delete(house.room, first)
    server.edit(house.room, second, "The quiet ones sang")
    await house.so(lambda s: counted(s) == ["The quiet ones sang"], "the edit of what counts")
