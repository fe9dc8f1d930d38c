"""Commands where no workshop is open: each says what is so and what to do, in a channel, a thread and a direct message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.commands import COMMANDS
from bot.core.commands.command import Shown
from tests.platforms.discord.house import House
from tests.platforms.discord.server import BOT, Discord
from tests.platforms.discord.test_workshop import SCRIPT

FILES = ("my data", "my calendar")  # they come as files, beside the words


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = await House(server, tmp_path, parse(SCRIPT)).start()
    yield made
    await made.close()
    await server.close()


@pytest.mark.parametrize("where", ["channel", "thread", "direct"])
@pytest.mark.parametrize("hosting", [False, True])
async def test_every_command_is_answered_in_words(house: House, where: str, hosting: bool):
    server = house.server
    ada = server.user("Ada")
    place = {"channel": house.room, "direct": server.direct(ada)}.get(where) or server.thread(
        house.room, "aside"
    )
    silent: list[str] = []
    for command in COMMANDS:
        if Shown.REGISTERED not in command.shown or command.name in ("workshop open", "workshop try"):
            continue
        values = {"minutes": 2, "leaving": 1, "ends": 1}
        args = {p.name: values.get(p.name, "1") for p in command.parameters if p.required}
        given = await server.answered(server.slash(ada, place, command.name, manages=hosting, **args))
        await server.until(lambda given=given: given.shown, f"an answer to /{command.name}")
        if given.text().strip() in ("", "✓") and command.name not in FILES:
            silent.append(command.name)
    assert not silent
    await server.until(
        lambda: any("Calendar files" in t for t in server.shown(server.direct(ada))), "the calendars"
    )
    assert server.shown(house.room) == []


async def test_buttons_forms_and_the_menu_of_a_message_are_answered_too(house: House):
    server = house.server
    ada = server.user("Ada")
    line = server.say(ada, house.room, "The door")
    used = await server.answered(server.use(ada, house.room, line))
    await server.until(lambda: used.shown, "an answer")
    assert "✓" not in used.text() and "no workshop" in used.text().lower()
    mentioned = server.say(ada, house.room, f"<@{BOT}>")
    await server.until(lambda: server.shown(server.direct(ada)), "help for who mentions it")
    assert mentioned
