"""A round of thanks in Discord, and a host who leads it without having joined."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.core.recognition.test_thanks import ROUND
from tests.platforms.discord.house import House
from tests.platforms.discord.server import Discord, unescaped
from tests.support import plain


@pytest.fixture(params=[True, False], ids=["reading", "forms"])
async def house(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    server = await Discord().start()
    made = await House(server, tmp_path, parse(ROUND), read_messages=request.param).start()
    yield made
    await made.close()
    await server.close()


def private(house: House, user: int) -> str:
    """All that the bot said to somebody alone."""
    server = house.server
    shown = [each.text() for each in server.interactions.values() if each.user == user]
    return plain(unescaped("\n".join([*shown, *server.shown(server.direct(user))])))


@pytest.mark.parametrize("line", ["Thank you Fay for locking the document", "Thanks so much, {mention}!"])
async def test_words_of_thanks_reach_who_is_named_and_their_author_hears_so(house: House, line: str):
    server = house.server
    ada, fay = await house.open("Ada", "Fay")
    line = line.replace("{mention}", f"<@{fay}>")
    if house.read_messages:
        server.say(ada, house.room, line)
    else:
        await server.answered(server.slash(ada, house.room, "answer", text=line))
    await server.until(lambda: "Ada thanks you" in private(house, fay), "Fay hears of it")
    await server.until(
        lambda: "I told Fay that you thanked them." in private(house, ada), "and Ada that she does"
    )


async def test_thanks_that_reach_nobody_are_said_to_their_author(house: House):
    server = house.server
    ada, fay = await house.open("Ada", "Fay")
    if house.read_messages:
        server.say(ada, house.room, "Thank you Faye for locking the document")
    else:
        server.slash(ada, house.room, "answer", text="Thank you Faye for locking the document")
    await server.until(lambda: "use their name as it appears here" in private(house, ada), "Ada hears how")
    assert "thanks you" not in private(house, fay)


async def test_a_host_who_has_not_joined_gets_the_question_and_hears_that_a_line_does_not_count(house: House):
    server = house.server
    await house.open("Ada")
    now = await server.answered(server.slash(house.host, house.room, "now", manages=True), "Thank somebody")
    assert "Before we start" not in now.text() and "join first" not in now.text()
    answer = server.slash(house.host, house.room, "answer", manages=True, text="Thank you Ada for coming")
    await server.answered(answer, "oin")
    if house.read_messages:
        server.say(house.host, house.room, "Thank you Ada for coming")
        await server.until(lambda: "haven't joined" in private(house, house.host), "the line was not saved")
    assert not (await house.session()).answers
