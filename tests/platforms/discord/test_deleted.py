"""What somebody deleted in Discord comes back or is said; what is refused is not asked for again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.platforms import host_panel
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import BOT, Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to, hosts_thread


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(host_panel, "EVERY", 0.1)
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()
    await server.close()


def told(house: House) -> str:
    """What the host alone was told."""
    server = house.server
    threads = [int(c["id"]) for c in server.channels.values() if c["type"] == 12]
    return "\n".join(
        [
            *(text for thread in threads for text in server.shown(thread)),
            *server.shown(server.direct(house.host)),
            *(i.text() for i in server.interactions.values() if i.user == house.host),
        ]
    )


async def test_a_panel_that_was_deleted_comes_back(house: House):
    server = house.server
    await house.open("Ada")
    thread = hosts_thread(house)
    panel = await server.until(lambda: server.last(thread, "1/4 Hello"), "the panel")
    server.delete(thread, int(panel["id"]))
    server.slash(house.host, house.room, "workshop pause", manages=True)
    again = await server.until(lambda: server.last(thread, "paused"), "a new panel")
    assert again["id"] != panel["id"]
    server.press(house.host, thread, "Resume", again)
    await house.so(lambda s: not s.paused, "that its buttons work")
    await server.until(
        lambda: [t for t in server.shown(thread) if "1/4 Hello" in t and "paused" not in t], "it follows"
    )
    assert len([t for t in server.shown(thread) if "1/4 Hello" in t]) == 1


async def test_the_thread_of_the_hosts_comes_back_with_its_panel(house: House):
    server = house.server
    await house.open("Ada")
    thread = hosts_thread(house)
    await server.until(lambda: server.last(thread, "1/4 Hello"), "the panel")
    server.delete_channel(thread)
    await go_to(house, "mood")
    await server.until(
        lambda: [c for c in server.channels.values() if c["type"] == 12 and "Hosts" in c["name"]],
        "a new thread",
    )
    await server.until(lambda: server.last(hosts_thread(house), "3/4 Mood"), "the panel in it")
    assert server.channels[hosts_thread(house)]["_members"] == {BOT, house.host}
    assert "was deleted" not in told(house)


async def test_a_panel_that_may_not_be_shown_is_not_asked_for_all_the_time(house: House):
    server = house.server
    await house.open("Ada")
    thread = hosts_thread(house)
    await server.until(lambda: server.last(thread, "1/4 Hello"), "the panel")
    server.denied.add((thread, "view"))
    before = len(server.refused)
    await go_to(house, "mood")
    await asyncio.sleep(3)  # thirty times the pause between two drawings
    assert 0 < len(server.refused) - before < 12
    server.denied.clear()
    await server.until(lambda: server.last(thread, "3/4 Mood"), "the panel, since it may be shown again", 30)


async def test_a_room_that_was_deleted_stops_the_workshop_and_the_host_is_told(house: House):
    server = house.server
    await house.open("Ada")
    server.delete_channel(house.room)
    await house.so(lambda s: s.paused, "a pause")
    await server.until(lambda: "was deleted" in told(house), "a word to the host")
    assert "was deleted, so the workshop has stopped" in told(house)


async def test_the_right_that_is_missing_is_named(house: House):
    server = house.server
    everybody = server.guilds[house.guild]["roles"][0]
    everybody["permissions"] = str(
        (1 << 53) - 1 - (1 << 15) - (1 << 3)
    )  # all but Attach Files (and Administrator)
    server._tell("GUILD_ROLE_UPDATE", {"guild_id": str(house.guild), "role": everybody})
    await house.open("Ada", begin=False)
    await server.until(lambda: "Attach Files" in told(house), "what is missing")
    assert "Send Messages" not in told(house)


@pytest.mark.parametrize(("reading", "how"), [(False, "Press *Answer*, or"), (True, "Type your answer here")])
async def test_the_question_says_how_it_can_be_answered_here(tmp_path: Path, reading: bool, how: str):
    server = await Discord().start()
    house = await House(server, tmp_path, parse(SCRIPT), read_messages=reading).start()
    try:
        await house.open("Ada")
        question = await server.until(lambda: server.last(house.room, "What surprised"), "the question")
        assert how in str(question)
    finally:
        await house.close()
        await server.close()
