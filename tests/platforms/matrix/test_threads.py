"""`matrix_threads`: what belongs to a question stands in the thread under it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import has

SCRIPT = """
id: small
title: One question
about: One question.
minutes: 20
audience: adults
contact: Cora
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you?", minutes: 10, reveal: together}
  - {id: end, kind: message, title: End, say: "Thank you.", minutes: 1}
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    stub = await Stub().start()
    made = House(stub, tmp_path, parse(SCRIPT))
    made.threads = True
    yield await made.open("bot")
    await made.close()
    await stub.close()


async def test_answers_stand_in_the_thread_of_their_question_also_after_a_restart(house: House):
    bot = house.account.user
    host, ada = await house.guest("host"), await house.guest("ada")
    room = await host.room(bot, ada.user)
    await ada.join(room)
    directs = {host.user: await host.come()}
    await host.say(room, "!workshop start small")
    await host.until(room, has("!join"), bot)
    await host.come()  # the room of the hosts
    for each in (host, ada):
        await each.say(room, "!join")
    directs[ada.user] = await ada.come()
    await host.say(room, "!workshop begin")
    await host.until(room, has("1 of 2: Hello"), bot)
    root = next(e for e in await host.events(room) if "1 of 2: Hello" in str(e["content"].get("body")))
    for each, text in ((host, "the quiet ones"), (ada, "the plums")):
        await each.until(directs[each.user], has("What surprised you?"), bot)
        await each.say(directs[each.user], text)
    await house.stop()
    await house.start()
    await host.say(room, "!workshop next")
    await host.say(room, "!workshop next")
    await host.until(room, has("the quiet ones", "the plums"), bot)
    threads = {
        text: thread for text, thread in await host.shown(room, bot) if "plums" in text or "End" in text
    }
    cards = [text for text in threads if "plums" in text]
    assert cards and all(threads[text] == root["event_id"] for text in cards)
    await host.until(room, has("2 of 2: End"), bot)
    assert all(not thread for text, thread in await host.shown(room, bot) if "2 of 2: End" in text)
