"""Offers in Discord: the author reads who, presses *Introduce us*, and the two have a thread of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Share
from tests.platforms.discord.house import House
from tests.platforms.discord.server import BOT, Discord, text_of, unescaped
from tests.support import GALLERIED, plain


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = await House(server, tmp_path, parse(GALLERIED)).start()
    yield made
    await made.close()
    await server.close()


async def tell(house: House, who: int, words: str, share: Share) -> None:
    server = house.server
    opened = await server.answered(
        server.press(who, house.room, "Answer", server.last(house.room, "Tell one"))
    )
    values = {
        label["component"]["custom_id"]: [share.value]
        for label in opened.modal["components"]
        if label["component"]["type"] != 4 and "share" in label["component"]["custom_id"]
    }
    await server.answered(server.send_form(opened, moment=words, **values))


def private(server: Discord, user: int) -> list[dict[str, Any]]:
    """What the bot said to somebody alone: in answers that only they see, and in direct messages."""
    shown = [message for each in server.interactions.values() if each.user == user for message in each.shown]
    return [*shown, *server.messages.get(server.direct(user), {}).values()]


@pytest.mark.parametrize("share", [Share.NAME, Share.ANONYMOUS])
async def test_who_offers_is_named_to_the_author_and_a_press_opens_a_thread_for_the_two(
    house: House, share: Share
):
    server = house.server
    ada, bo = await house.open("Ada", "Bo")
    await tell(house, ada, "Show and tell", share)
    await tell(house, bo, "The rota", Share.NAME)
    moment = (await house.session()).moment
    server.slash(house.host, house.room, "workshop next", manages=True, leaving=moment)
    await server.until(lambda: server.last(house.room, "Card 1"), "the wall")
    asked = [plain(unescaped(text)) for text in server.shown(house.room)]
    assert any("the card's author sees that it's you" in text for text in asked)
    session = await house.so(lambda s: len(s.steps["wall"].cards) == 2, "two cards")
    cards = session.steps["wall"].cards
    number = 1 + next(
        n for n, key in enumerate(cards) if session.people[session.answers[key].person].name == "Ada"
    )
    server.slash(bo, house.room, "answer", text=f"{number} help")
    offered = await server.until(
        lambda: next((m for m in private(server, ada) if "Introduce us" in str(m)), None),
        f"who offers; there is {private(server, ada)}",
    )
    shown = [plain(unescaped(text_of(message))) for message in private(server, ada)]
    [said] = [text for text in shown if "Bo says “I can help”" in text]
    assert ("they'll learn that you wrote it" in said) is (share is Share.ANONYMOUS)
    assert not any("Bo says" in plain(unescaped(text)) for text in server.shown(house.room))
    server.press(ada, house.room, "Introduce us", offered)
    session = await house.so(lambda s: s.introductions and s.introductions[0].place in s.places, "a place")
    thread = int(session.places[session.introductions[0].place].removeprefix("discord:"))
    await server.until(lambda: server.channels[thread]["_members"] == {ada, bo, BOT}, "the two in it")
    await server.until(
        lambda: any(
            all(w in plain(unescaped(t)) for w in ("Ada wrote:", "Show and tell", "Bo said: “I can help”"))
            for t in server.shown(thread)
        ),
        "a line of each",
    )
