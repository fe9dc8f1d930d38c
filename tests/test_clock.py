"""The clock: what waits for a time can always be stopped."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.clock import Clock, WallClock
from tests.platforms.discord.house import Ahead
from tests.platforms.discord.server import Discord


@pytest.mark.parametrize("ticks", range(6))
@pytest.mark.parametrize("clock", [WallClock(), Ahead(Discord())], ids=["wall", "ahead"])
async def test_a_wait_can_be_stopped_in_the_moment_in_which_something_changes(clock: Clock, ticks: int):
    """What watches the clock is stopped while a timer changes: it ends, however the two fall together."""
    changed = asyncio.Event()

    async def watch() -> None:
        while True:
            changed.clear()
            await clock.until(clock.now() + timedelta(hours=1), changed)

    watching = asyncio.create_task(watch())
    for _ in range(5):
        await asyncio.sleep(0)
    changed.set()
    for _ in range(ticks):
        await asyncio.sleep(0)
    watching.cancel()
    await asyncio.wait([watching], timeout=1)
    ended = watching.done()
    watching.cancel()
    assert ended
