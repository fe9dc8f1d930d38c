"""Who is removed in Discord: put out of every thread where the bot may, and hosts hear where they read on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord
from tests.platforms.discord.test_workshop import SCRIPT, go_to, hosts_thread

PUBLIC, PRIVATE = 11, 12
READS_ON, MAY_NOT = (
    "They can still read this channel",
    "They're out of the workshop, but I can't remove them from the thread",
)


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


async def remove(house: House, name: str) -> None:
    house.server.slash(house.host, house.room, "workshop remove", manages=True, name=name)
    await house.so(lambda s: any(p.removed for p in s.people.values()), "removed")


def members(house: House, channel: int) -> set[int]:
    return set(house.server.channels[channel]["_members"])


async def test_in_a_channel_the_host_hears_that_they_read_on(house: House):
    server = house.server
    ada, *_ = await house.open("Ada", "Bo", "Chi", "Dan")
    await remove(house, "Ada")
    await server.until(lambda: server.last(hosts_thread(house), READS_ON), "the host hears it")
    await house.runtime.idle()
    assert not await house.store.outbox.dead(), "the host was told; there is nothing for the operator to do"
    again = server.slash(ada, house.room, "join")
    await server.answered(again, "A host removed you from this session")
    assert not (await house.session()).people[f"discord:{ada}"].present


async def test_in_a_private_thread_they_are_put_out(house: House):
    server, above = house.server, house.room
    house.room = server.thread(above, "our circle", PRIVATE)
    ada, bo, *_ = await house.open("Ada", "Bo", "Chi", "Dan")
    server.channels[house.room]["_members"] |= {ada, bo}
    await remove(house, "Ada")
    await server.until(lambda: ada not in members(house, house.room), "Ada is put out")
    assert bo in members(house, house.room)
    told = "\n".join(server.shown(hosts_thread(house)))
    assert READS_ON not in told and MAY_NOT not in told


async def test_without_the_right_the_host_hears_what_to_do(house: House):
    server, above = house.server, house.room
    house.room = server.thread(above, "our circle", PRIVATE)
    ada, *_ = await house.open("Ada", "Bo", "Chi", "Dan")
    server.channels[house.room]["_members"].add(ada)
    server.denied.add((house.room, "manage"))
    await remove(house, "Ada")
    await server.until(lambda: server.last(hosts_thread(house), MAY_NOT), "the host hears it")


async def test_in_a_public_thread_the_host_hears_that_they_read_on(house: House):
    server = house.server
    house.room = server.thread(house.room, "our circle", PUBLIC)
    await house.open("Ada", "Bo", "Chi", "Dan")
    await remove(house, "Ada")
    await server.until(lambda: server.last(hosts_thread(house), READS_ON), "the host hears it")


async def test_the_threads_of_their_pair_and_of_the_hosts_are_shut_to_them(house: House):
    server = house.server
    ada, *_ = await house.open("Ada", "Bo", "Chi", "Dan")
    server.slash(house.host, house.room, "workshop cohost", manages=True, name="Ada")
    await server.until(lambda: ada in members(house, hosts_thread(house)), "Ada reads with the hosts")
    await go_to(house, "talk")
    await server.until(
        lambda: [
            c for c in server.channels.values() if ada in c.get("_members", ()) and "Hosts" not in c["name"]
        ],
        "Ada has a thread with somebody",
    )
    await remove(house, "Ada")
    await server.until(
        lambda: not any(ada in c.get("_members", ()) for c in server.channels.values()), "Ada is in no thread"
    )
