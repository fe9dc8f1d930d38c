"""Somebody who takes no direct messages: what is private reaches them in the answers that they alone see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import PATIENCE, Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to

HOW = "Privacy Settings"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()
    await server.close()


def forget_replies(house: House) -> None:
    """A quarter of an hour went by."""
    house.platform.replies._by_person.clear()
    house.platform.replies._by_event.clear()


async def something_waits(house: House, ada: int) -> None:
    """Ada is told that a card of hers is held back, and it cannot reach her."""
    server = house.server
    await server.answered(server.slash(ada, house.room, "answer", text="The door"), "Got it")
    server.no_direct.add(ada)
    forget_replies(house)
    server.slash(house.host, house.room, "workshop hide", manages=True, card="1")
    asked = f"403 POST /channels/{server.direct(ada)}/messages"
    await server.until(lambda: asked in server.refused, "a refusal")


async def test_a_question_for_one_alone_stands_in_the_answer_and_says_how_to_get_messages(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    server.no_direct.add(ada)
    await go_to(house, "tale")
    prompt = await server.until(lambda: server.last(house.room, "A small story"))
    tapped = await server.answered(server.press(ada, house.room, "One by one", prompt), "What happened")
    assert HOW in tapped.text() and tapped.text().count(HOW) == 1
    question = next(m for m in tapped.shown if "What happened" in str(m))
    opened = await server.answered(server.press(ada, house.room, "Answer", question))
    await server.answered(
        server.send_form(opened, moment="The door was open", use="We met", kind=["a"]), "Got it"
    )
    server.no_direct.clear()
    server.slash(ada, house.room, "my data")
    await server.until(
        lambda: server.messages[server.direct(ada)], "a direct message, since she allows them", 30
    )


async def test_what_could_not_be_said_comes_with_the_next_press(house: House):
    server = house.server
    ada, _ = await house.open("Ada", "Bo")
    await something_waits(house, ada)
    pressed = await server.answered(server.slash(ada, house.room, "now"), "has hidden")
    assert pressed.text().count(HOW) == 1
    assert not await house.store.outbox.dead()
    again = await server.answered(server.slash(ada, house.room, "my answers"), "The door")
    assert HOW not in again.text(), "nothing else waited"


async def test_what_waits_is_tried_again_as_a_message_once_somebody_writes_one(house: House):
    server = house.server
    ada, _ = await house.open("Ada", "Bo")
    await something_waits(house, ada)
    server.no_direct.clear()
    server.say(ada, server.direct(ada), "Hello?")
    await server.until(
        lambda: any("has hidden" in t for t in server.shown(server.direct(ada))), "what waited"
    )


async def test_an_answer_to_a_press_stands_behind_nothing_that_waits(house: House):
    """Not behind a message that Discord takes its time with, and not behind one that it refuses."""
    server = house.server
    ada, _ = await house.open("Ada", "Bo")
    await something_waits(house, ada)
    server.no_direct.clear()
    direct, refused = server.direct(ada), []

    def busy(method: str, path: str) -> web.Response | None:
        if path == f"/channels/{direct}/messages":
            refused.append(method)
            return web.Response(status=503, text="upstream")
        return None

    server.upset = busy
    server.say(ada, direct, "Hello?")
    await server.until(lambda: refused, "a message that has to wait")
    await server.answered(server.slash(ada, house.room, "my share", answer="1", how="anonymous"), "")
    asked = await server.answered(server.slash(ada, house.room, "my answers"), "My answers")
    assert asked.acknowledged is not None and asked.acknowledged < PATIENCE


async def test_a_file_for_one_alone_stands_in_the_answer(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    await server.answered(server.slash(ada, house.room, "answer", text="The door"), "Got it")
    server.no_direct.add(ada)
    asked = server.slash(ada, house.room, "my data")
    await server.until(lambda: [a for m in asked.shown for a in m["attachments"]], "the file", 30)
    assert HOW in asked.text() and not server.shown(server.direct(ada))
