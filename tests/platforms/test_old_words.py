"""Every word of the release before the twelve commands, typed in real rooms of the web and of Matrix, where no workshop is open."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.process import App, start
from bot.authoring.loader import parse
from bot.commands import TABLE
from bot.config import Config
from bot.core.commands.table import Parsed
from tests.core.commands.test_old_words import BEFORE, KEPT, SCRIPT
from tests.platforms.matrix.house import House
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.test_workshop import has
from tests.platforms.web.test_server import ROOT, Browser
from tests.ports import free_port
from tests.support import fresh

WORDS = (*BEFORE, *KEPT)
OPENS = ("workshop start", "workshop try")  # with words after them they open a workshop: tried elsewhere


def typed(word: str, mark: str) -> tuple[str, Parsed]:
    """A word as somebody types it, with something after it where it needs that, and what it is."""
    for line in (f"{mark}{word}", f"{mark}{word} 1", f"{mark}{word} 1 1", f"{mark}{word} 1: 1"):
        parsed = TABLE.parse(line, mark)
        if parsed is not None and not parsed.fault:
            return line, parsed
    raise AssertionError(word)


def news(mark: str) -> set[str]:
    """The sentences that name the new words, one for each that is another."""
    return {f"That's now {mark}{parsed.command}." for word in WORDS if (parsed := typed(word, mark)[1]).old}


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    fresh(tmp_path / "storycircle.db")
    made = await start(Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port()))
    yield made
    await made.close()


async def test_all_old_words_work_in_the_web_room(app: App) -> None:
    host = Browser(app)
    await host.enter("Hedi")
    assert await host.become_host(app.host_secret) == 200
    await host.connect()
    for word in WORDS:
        if word not in OPENS:
            async with asyncio.timeout(20):
                while "ack" not in (answer := await host.send(do="say", text=typed(word, "/")[0])):
                    assert "fast" in answer["why"], (word, answer)
                    await asyncio.sleep(0.1)  # the room's own limit of lines a second
    async with asyncio.timeout(20):
        while missing := {sentence for sentence in news("/") if sentence not in shown(host)}:
            await asyncio.sleep(0.05)
    assert not missing and "I don't know" not in shown(host)
    await host.close()


def shown(browser: Browser) -> str:
    """All that somebody was shown, without tags: commands are links there."""
    return html.unescape(re.sub(r"<[^>]+>", "", browser.seen().replace('\\"', '"')))


async def test_all_old_words_work_in_matrix(tmp_path: Path) -> None:
    stub = await Stub().start()
    house = await House(stub, tmp_path, parse(SCRIPT, "small.yaml")).open("bot")
    host = await house.guest("hans")
    room = await host.room(house.account.user)
    direct = await host.come()
    await host.until(direct, has("!workshop open"), house.account.user)
    for word in WORDS:
        if word not in OPENS:
            await host.say(room, typed(word, "!")[0])
    async with asyncio.timeout(60):
        while missing := news("!") - set(said := await host.texts(direct, house.account.user)):
            await asyncio.sleep(0.05)
    assert not missing and len([text for text in said if text.startswith("That's now")]) == len(
        {parsed.old for word in WORDS if (parsed := typed(word, "!")[1]).old}
    )
    assert not [text for text in said if "I don't know" in text]
    await house.close()
    await stub.close()
