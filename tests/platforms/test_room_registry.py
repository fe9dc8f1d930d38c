"""The registry of rooms: rows outlive a process, most of them are read by their key, and what arrives is recognised."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.room_registry import Arrivals, RoomRegistry, direct_channel, hosts_of, parent_of
from bot.store.opening import open_store
from bot.store.room_rows import DISCORD, MATRIX, RoomRows
from bot.store.store import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(tmp_path / "rooms.db")
    yield opened
    await opened.close()


def registry(store: Store, rows: RoomRows = DISCORD) -> RoomRegistry:
    """A registry as a new process has it; rooms of hosts stay in memory."""
    return RoomRegistry(store, rows, ("chat:1", "poll/"), is_room=lambda name: name.endswith("/hosts"))


@pytest.mark.parametrize("rows", [DISCORD, MATRIX])
async def test_what_is_kept_is_found_by_the_next_process(store: Store, rows: RoomRows):
    first = registry(store, rows)
    await first.keep("chat:1/hosts", "77")
    await first.keep("chat:~5", "88")
    await first.keep("chat:~5", "89")
    second = registry(store, rows)
    await second.load()
    assert second.known("chat:1/hosts") == "77" and second.channel_of("77") == "chat:1/hosts"
    assert second.known("chat:~5") is None  # one for each person: it is not read before it is asked for
    assert await second.find("chat:~5") == second.known("chat:~5") == "89"


async def test_a_row_is_read_by_its_key_and_no_table_is_read_whole(store: Store):
    rooms = registry(store)
    for n in range(50):
        await rooms.keep(f"chat:~{n}", str(n))
    await rooms.keep("poll/9", "s|step|1|a,b")
    read: list[str] = []
    await store.read(lambda c: c.set_trace_callback(read.append))
    fresh = registry(store)
    await fresh.load()
    assert fresh.under("poll/") == {"9": "s|step|1|a,b"}
    assert await fresh.find("chat:~7") == "7" and await fresh.find("nothing") is None
    await store.read(lambda c: c.set_trace_callback(None))
    asked = [sql for sql in read if "discord_place" in sql]
    assert asked and all("WHERE" in sql for sql in asked)
    explained = await store.read(
        lambda c: [c.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked]
    )
    assert all("SEARCH" in str(step) for steps in explained for step in steps)


async def test_a_resident_name_that_has_no_row_costs_no_read(store: Store):
    rooms = registry(store)
    await rooms.load()
    read: list[str] = []
    await store.read(lambda c: c.set_trace_callback(read.append))
    assert await rooms.find("chat:12/hosts") is None
    await store.read(lambda c: c.set_trace_callback(None))
    assert not [sql for sql in read if "discord_place" in sql]


async def test_a_forgotten_row_is_gone_from_memory_and_disk(store: Store):
    rooms = registry(store)
    await rooms.keep("chat:1/hosts", "77")
    await rooms.keep("chat:~5", "88")
    await rooms.forget("chat:~5")
    await rooms.forget("chat:1/hosts")
    assert await rooms.find("chat:~5") is None and rooms.channel_of("77") is None
    fresh = registry(store)
    await fresh.load()
    assert await fresh.find("chat:~5") is None and fresh.known("chat:1/hosts") is None


def test_the_names_of_channels():
    assert parent_of("chat:1/hosts") == parent_of("chat:1/$thread") == parent_of("chat:1") == "chat:1"
    assert hosts_of("chat:1/$thread") == "chat:1/hosts"
    assert direct_channel("matrix:@ada:example.org") == "matrix:~@ada:example.org"


def test_people_are_brought_in_once_for_each_room():
    arrivals = Arrivals()
    arrivals.add("room", ["ada"])
    assert arrivals.missing("room", ["ada", "bo"]) == ["bo"] and arrivals.missing("other", ["ada"]) == ["ada"]
