"""Where a workshop can be held in Discord: in a channel, a thread, a post of a forum; what is said stays there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import BOT, Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to, hosts_thread

PUBLIC, PRIVATE, NEWS, VOICE, STAGE, FORUM = 11, 12, 5, 2, 13, 15


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()


@pytest.mark.parametrize("kind", [PUBLIC, PRIVATE])
async def test_a_workshop_that_is_opened_in_a_thread_is_held_there(house: House, kind: int):
    server, above = house.server, house.room
    house.room = server.thread(above, "our circle", kind)
    people = await house.open("Ada", "Bo")
    await server.until(lambda: server.last(house.room, "What surprised"), "the question in the thread")
    await server.answered(server.slash(people[0], house.room, "answer", text="The door"), "Got it")
    await server.until(lambda: server.last(house.room, "The door"), "the line in the thread")
    await server.until(lambda: server.last(hosts_thread(house), "1/4"), "the panel")
    await go_to(house, "talk")
    pair = await server.until(
        lambda: [c for c in server.channels.values() if c["type"] == 12 and set(people) < c["_members"]],
        "the thread of the pair",
    )
    assert pair[0]["parent_id"] == str(above)
    assert server.shown(above) == [], "nothing is said in the channel above"


async def test_after_a_restart_it_goes_on_in_a_thread_that_was_put_away(house: House):
    server = house.server
    house.room = server.thread(house.room, "our circle")
    await house.open("Ada")
    await server.until(lambda: server.last(house.room, "What surprised"), "the question in the thread")
    await house.stop()
    server.channels[house.room]["thread_metadata"]["archived"] = True  # Discord tells of it no more
    await house.start()
    assert house.platform.community(f"discord:{house.room}") == f"discord:{house.guild}"
    await go_to(house, "mood")
    await server.until(lambda: server.last(house.room, "How is it going"), "the next question")


async def test_what_is_said_in_a_thread_beside_a_workshop_belongs_to_it(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    aside = server.thread(house.room, "aside")
    await server.answered(server.slash(ada, aside, "answer", text="The door"), "Got it")
    session = await house.session()
    assert [a.text("text") for a in session.answers.values()] == ["The door"]
    server.slash(house.host, aside, "workshop open", manages=True, workshop="small")
    await server.until(lambda: server.last(aside, "Before we start"), "a workshop of its own in the thread")
    assert len([t for t in server.shown(house.room) if "Before we start" in t]) == 1


@pytest.mark.parametrize("kind", [NEWS, VOICE, STAGE, FORUM])
async def test_where_there_are_no_private_threads_the_host_is_told_and_has_the_panel(house: House, kind: int):
    server = house.server
    house.room = server.channel(house.guild, "elsewhere", kind)
    if kind == FORUM:
        house.room = server.thread(house.room, "a post")
    people = await house.open("Ada", "Bo")
    direct = server.direct(house.host)

    def told() -> str:
        return "\n".join([*server.shown(direct), *(i.text() for i in server.interactions.values())])

    await server.until(lambda: "no private threads here" in told(), "a word to the host")
    panel = await server.until(lambda: server.last(direct, "1/4 Hello"), "the panel")
    server.press(house.host, direct, "Next", panel)
    await house.so(lambda s: s.step == "talk", "the next step")
    await server.until(lambda: server.last(direct, "2/4 In pairs"), "the panel follows")
    await go_to(house, "mood")
    await server.until(lambda: server.last(house.room, "How is it going"), "the next question")
    assert told().count("no private threads here") <= 2
    assert people and BOT


async def test_a_private_thread_without_the_bot_is_named_to_the_host(house: House):
    server, above = house.server, house.room
    thread = server.thread(above, "closed", PRIVATE, with_bot=False)
    server.slash(house.host, thread, "workshop open", manages=True, workshop="small")
    direct = server.direct(house.host)

    def told() -> str:
        return "\n".join([*server.shown(direct), *(i.text() for i in server.interactions.values())])

    await server.until(lambda: "Mention me there" in told(), "what is missing")
    assert server.shown(above) == []
