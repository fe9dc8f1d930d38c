"""A thousand badges signed and baked into pictures: time, memory, and whether the conversation waits meanwhile."""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path

from bot.badges.award import Achievement, Award, Community, Story
from bot.badges.baking import into_png
from bot.badges.keys import Keys
from bot.badges.picture import badge_picture
from bot.badges.signing import issue
from bot.render import processes, rasterize
from tests.badges.unbaking import from_png

GARDEN = Community(name="Garden & Friends", url="https://circle.example.org")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
LIST = "https://circle.example.org/badges/list"


def award(n: int) -> Award:
    """The nth badge: with a name and a story, as large as they come."""
    return Award(
        id=str(uuid.uuid4()), what=Achievement(badge="Value Creation Story", about="Told a story.",
        statements=("I told one thread", "I named someone who helped"), workshop="Creating value"), awarded=NOW,
        name=f"Person {n}", story=Story(title="The rota", text="It rained, and we met all the same. " * 20), index=n,
    )  # fmt: skip


def megabytes() -> float:
    """The largest memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def lag(stop: asyncio.Event) -> list[float]:
    """How late a turn of the loop comes, in milliseconds, every twenty."""
    found = []
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.02)
        found.append((time.perf_counter() - began - 0.02) * 1000)
    return found


async def measure(many: int, folder: Path) -> None:
    """Print Markdown, and on the way how far it is."""
    keys = Keys(folder).load()
    await asyncio.to_thread(issue, award(0), keys, GARDEN, NOW, LIST)  # contexts are read, libraries loaded
    await rasterize.drawn(badge_picture("A", "B"), 512)
    before, stop = megabytes(), asyncio.Event()
    watching = asyncio.create_task(lag(stop))
    signing = drawing = 0.0
    for n in range(many):
        began = time.perf_counter()
        made = await asyncio.to_thread(issue, award(n), keys, GARDEN, NOW, LIST)
        signed = time.perf_counter()
        baked = into_png(await rasterize.drawn(badge_picture("Value Creation Story", GARDEN.name), 512), made)
        signing, drawing = signing + signed - began, drawing + time.perf_counter() - signed
        assert from_png(baked) == made
        if (n + 1) % max(1, many // 20) == 0:
            print(f"\r{n + 1:,} of {many:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    stop.set()
    lags = sorted(await watching)
    print(
        "| badges | signed, ms each | drawn and baked, ms each | in all, s | RSS before → most, MB | loop late, 95th / most, ms |"
    )
    print("|--:|--:|--:|--:|--:|--:|")
    print(
        f"| {many:,} | {signing / many * 1000:.1f} | {drawing / many * 1000:.1f} | {signing + drawing:.1f} |"
        f" {before:.0f} → {megabytes():.0f} | {lags[int(len(lags) * 0.95)]:.1f} / {lags[-1]:.1f} |"
    )
    processes.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(100 if "--quick" in sys.argv else 1000, Path(made)))
