"""Stretches of history that are read late: none is forgotten before it is on disk, and none is asked for without end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Transient
from bot.platforms.matrix.channels import GAP, matrix_rooms
from bot.platforms.matrix.gaps import Gaps
from bot.platforms.matrix.room_work import RoomWork
from bot.platforms.room_registry import RoomRegistry
from bot.store.opening import open_store

ROOM = "!room:localhost"


class Server:
    """The history of one room; it is away until it is not."""

    def __init__(self) -> None:
        self.away = True
        self.asked = 0

    async def history(self, room: str, before: str, since: str | None) -> Sequence[Any]:
        self.asked += 1
        if self.away:
            raise Transient("away")
        return [f"{since} to {before}"]


@pytest.fixture
async def rooms(tmp_path: Path):
    store = await open_store(tmp_path / "gaps.db")
    made = matrix_rooms(store)
    await made.load()
    yield made
    await store.close()


async def read(gaps: Gaps) -> dict[str, Sequence[Any]]:
    async with asyncio.timeout(5):
        while not (taken := gaps.taken()):
            await asyncio.sleep(0)
    return taken


async def test_a_second_gap_that_opens_before_the_first_is_on_disk_stays(rooms: RoomRegistry):
    server = Server()
    gaps = Gaps(rooms, RoomWork((0.0,) * 9), server.history)
    await gaps.read(ROOM, "p2", "p1")
    server.away = False
    assert await read(gaps) == {ROOM: ["p1 to p2"]}
    server.away = True
    await gaps.read(ROOM, "p4", "p3")
    gaps.heard([ROOM])
    await gaps.close_heard()
    assert rooms.known(GAP + ROOM) == "p4 p1"
    server.away = False
    assert await read(gaps) == {ROOM: ["p1 to p4"]}
    gaps.heard([ROOM])
    await gaps.close_heard()
    assert rooms.known(GAP + ROOM) is None and not gaps.open


async def test_a_gap_that_is_given_up_is_left_for_the_next_start(rooms: RoomRegistry):
    server = Server()
    gaps = Gaps(rooms, RoomWork((0.0,) * 2), server.history)
    await gaps.read(ROOM, "p2", "p1")
    async with asyncio.timeout(5):
        while gaps.open:
            await asyncio.sleep(0)
    assert rooms.known(GAP + ROOM) == "p2 p1"
    server.away = False
    again = Gaps(rooms, RoomWork(), server.history)
    again.resume()
    again.resume()  # asked for with each try to connect
    assert await read(again) == {ROOM: ["p1 to p2"]}
    async with asyncio.timeout(5):
        while again.open:
            await asyncio.sleep(0)
    assert server.asked == 5
