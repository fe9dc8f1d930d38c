"""Ten thousand plans: how soon the bot is ready, what finding the next one costs, and 200 due in one second."""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.authoring.rehearsal import VirtualClock
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.platforms.memory import MemoryPlatform
from bot.scheduling.decision import Changed
from bot.scheduling.phrases import When
from bot.scheduling.plan import Plan, State, planned
from bot.store import Decided
from bot.store.engine import read
from bot.store.opening import open_store
from bot.store.store import Store
from tests.support import fresh, small

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
ZONES = ("Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")


def plan(n: int, at: datetime, rule: str = "FREQ=WEEKLY") -> Plan:
    """The nth plan, with its first occurrence then, announced already."""
    from zoneinfo import ZoneInfo

    zone = ZONES[n % 4]
    when = When((at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),), zone, rule)
    made = Plan(
        id=f"p{n:06}", version=1, community="stage", rooms=(f"stage:room{n}",), host="stage:host", host_name="Hedi",
        workshop="small", title="Small talk", when=when, state=State.ON, made=NOW, passed=NOW,
    )  # fmt: skip
    first = planned(made, NOW)
    return planned(replace(first, card=f"plan:{n}:1", cards=1), NOW)


async def fill(store: Store, plans: Sequence[Plan]) -> None:
    """Write plans as if they had been made."""
    for n in range(0, len(plans), 1000):
        changed = tuple(
            Changed(before=0, plan=each, id=each.id, community=each.community) for each in plans[n : n + 1000]
        )
        await store.commit([Decided(event=f"made{n}", session="", at=NOW, plans=changed)])


async def ready(path: Path, clock: VirtualClock) -> tuple[Runtime, Store, float]:
    """Start as a process does; the seconds until the next moment is known."""
    script = small()
    began = time.perf_counter()
    store = await open_store(path)
    runtime = Runtime(store, await shelf_of(store, script), [MemoryPlatform()], clock)
    await runtime.start()
    assert await runtime.next_due() is not None
    return runtime, store, time.perf_counter() - began


async def next_due_cost(runtime: Runtime) -> float:
    """Microseconds for asking the calendar what is next."""
    began = time.perf_counter()
    for _ in range(1000):
        runtime.timers.next_at()
    return (time.perf_counter() - began) * 1000


async def measure(path: Path, many: int, at_once: int) -> dict[str, float]:
    """Fill, start, and let `at_once` doors fall due in one second."""
    clock = VirtualClock(NOW)
    store = await open_store(fresh(path))
    doors = NOW + timedelta(hours=2)
    plans = [plan(n, doors + timedelta(minutes=10)) for n in range(at_once)]
    plans += [plan(n, NOW + timedelta(days=2 + n % 300, minutes=n % 1000)) for n in range(at_once, many)]
    await fill(store, plans)
    await store.close()
    first = await ready(path, clock)  # notes the rules of the zones
    await first[0].idle()
    await first[0].stop()
    await first[1].close()
    runtime, store, seconds = await ready(path, clock)
    cost = await next_due_cost(runtime)
    await runtime.wake()
    committed: list[float] = []
    runtime.subscribe(lambda session, facts: committed.append(time.perf_counter()))
    while (due := await runtime.next_due()) and due < doors:
        clock.at = due
        await runtime.wake()
    clock.at = doors
    committed.clear()
    began = time.perf_counter()
    await runtime.wake()
    waits = sorted(each - began for each in committed)
    sessions = (await read(store.engine, "SELECT count(*) FROM session"))[0][0]
    assert sessions == at_once, sessions
    await runtime.idle()
    await runtime.stop()
    await store.close()
    return {
        "ready": seconds,
        "next": cost,
        "p95": waits[int(len(waits) * 0.95)],
        "last": waits[-1],
        "jobs": at_once,
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def main(quick: bool) -> None:
    """Print Markdown."""
    many = 1000 if quick else 10_000
    print("| plans | ready, s | next one, µs | due → committed, 95th, ms | the last of 200, ms | RSS MB |")
    print("|--:|--:|--:|--:|--:|--:|")
    for n in (200, many):
        with tempfile.TemporaryDirectory() as folder:
            found = await measure(Path(folder) / "plans.db", n, 200)
        print(
            f"| {n:,} | {found['ready']:.2f} | {found['next']:.1f} | {found['p95'] * 1000:.0f} |"
            f" {found['last'] * 1000:.0f} | {found['rss']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
