"""How fast the core is, next to the simplest programs that store the same rows. See `scripts/bench`."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform as machine
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import aiosqlite

from bot.app.process import calm_collector
from bot.clock import WallClock
from bot.core.model import facts as f
from bot.core.model.effects import React
from bot.core.model.events import Person, Posted
from bot.core.model.facts import Opened, Words
from bot.core.model.homes import home_of_session
from bot.core.model.ids import PersonId
from bot.core.participants.community import Listing
from bot.core.platform import Action, Batch, Capabilities
from bot.engine.runtime import Runtime
from bot.store import Decided, Place, codec
from bot.store.commit import INSERT_FACT, INSERT_SEEN
from bot.store.opening import open_store
from bot.store.outbox import INSERT_ROW
from bot.store.store import Store
from tests.support import fresh, small

NOW = datetime.now(timezone.utc)


class Nowhere:
    """A platform that does everything at once, so that only our own work is measured."""

    name = "stage"
    can = Capabilities(limit=4000)

    def __init__(self) -> None:
        self.performed: dict[str, float] = {}

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        yield Batch(events=(), caught_up=True)
        await asyncio.get_running_loop().create_future()

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        self.performed[because] = time.perf_counter()
        return None

    def private_channel(self, person: str, room: str) -> str:
        return f"{room}/~{person}"

    def host_channel(self, room: str) -> str:
        return f"{room}/hosts"


async def prepare(store: Store, sessions: int, people: int, facts: int = 0) -> None:
    """Open sessions at their first question, with people in them (and `facts` answers already given)."""
    script = await store.keep_script(small())
    batch: list[Decided] = []
    for n in range(sessions):
        key, room = f"s{n}", f"stage:r{n}"
        opened = Opened(
            at=NOW, session=key, community="stage", script=script, rooms=(room,),
            hosts_channel=f"{room}/hosts", host=PersonId("stage:host"), seed="x",
        )  # fmt: skip
        log: list[f.Fact] = [opened]
        log += [
            f.PersonJoined(at=NOW, person=PersonId(f"stage:{n}.{p}"), name=Words("N"), room="room:1")
            for p in range(people)
        ]
        log += [f.Begun(at=NOW), f.Asked(at=NOW, step="hello", visit=1, until=None)]
        log += [
            f.Answered(
                at=NOW, answer=f"x{i}", step="hello", person=PersonId(f"stage:old{i}"), field="text",
                text=Words("an earlier answer of some length"), room="room:1", source=f"stage:old{n}.{i}",
            )
            for i in range(facts)
        ]  # fmt: skip
        place = Place(session=key, place="room:1", holds=True)
        batch.append(
            Decided(event=f"o{n}", session=key, at=NOW, facts=log, opened=opened, places={room: place})
        )
        if len(batch) == 500:
            await store.commit(batch)
            batch = []
    if batch:
        await store.commit(batch)


def answer(session: int, nth: int, person: int) -> Posted:
    return Posted(
        id=f"stage:e{session}.{nth}",
        channel=f"stage:r{session}",
        at=NOW,
        person=Person(id=f"stage:{session}.{person}", name="N"),
        text="By the window, with a cup of tea and a plan for the week",
    )


@dataclass
class House:
    store: Store
    runtime: Runtime
    platform: Nowhere

    async def close(self) -> None:
        await self.runtime.idle()
        await self.store.close()


async def house(path: Path) -> House:
    store = await open_store(fresh(path))
    platform = Nowhere()
    listing = Listing(id="small", title="Small", minutes=20, hash="")
    return House(store, Runtime(store, {"small": listing}, [platform], WallClock()), platform)


async def ours(folder: Path, sessions: int, each: int) -> tuple[float, int]:
    """Durable answers a second: each session has one answer under way at any time; and commits."""
    made = await house(folder / f"ours{sessions}.db")
    await prepare(made.store, sessions, each)
    for n in range(sessions):
        await made.runtime.sessions.load(f"s{n}")
    calm_collector()

    async def loop(n: int) -> None:
        for i in range(each):
            await made.runtime.hear(answer(n, i, i))

    before = made.runtime.commits
    start = time.perf_counter()
    await asyncio.gather(*(loop(n) for n in range(sessions)))
    await made.runtime.idle()
    took = time.perf_counter() - start
    commits = made.runtime.commits - before
    await made.close()
    return sessions * each / took, commits


def rows(n: int, i: int) -> tuple[tuple, tuple, tuple, str]:
    """The same rows that we write for one answer: seen, fact, effect; and the key that settles the effect."""
    event = answer(n, i, i)
    fact = f.Answered(
        at=NOW, answer=f"a{i}", step="hello", person=PersonId(event.person.id), field="text",
        text=Words(event.text), room="room:1", source=event.id,
    )  # fmt: skip
    react = React(place="room:1", message=event.id, sign="✓", because=event.id)
    key = f"k{n}.{i}".ljust(25, "x")
    effect = (
        home_of_session(f"s{n}"), key, f"s{n}", "room:1", event.channel, "stage", "effect", codec.dumps(react), event.id, 5, "",
        NOW.timestamp(), 0, "", 0,
    )  # fmt: skip
    home = home_of_session(f"s{n}")
    return (home, event.id, f"s{n}", 1.0), (home, f"s{n}", 100_000 + i, codec.dumps(fact)), effect, key


async def naive(folder: Path, sessions: int, each: int) -> float:
    """(a) the same rows, one commit an answer, through aiosqlite, as a simple bot does it."""
    path = fresh(folder / f"naive{sessions}.db")
    made = [[rows(n, i) for i in range(each)] for n in range(sessions)]
    async with aiosqlite.connect(path, isolation_level=None) as db:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            await db.execute(f"PRAGMA {pragma}")
        lock = asyncio.Lock()  # one transaction at a time on one connection

        async def loop(n: int) -> None:
            for seen, fact, effect, key in made[n]:
                async with lock:
                    await db.execute("BEGIN IMMEDIATE")
                    await db.execute(INSERT_SEEN, seen)
                    await db.execute(INSERT_FACT, fact)
                    await db.execute(INSERT_ROW, effect)
                    await db.execute("DELETE FROM outbox WHERE home = ? AND key = ?", (effect[0], key))
                    await db.commit()

        start = time.perf_counter()
        await asyncio.gather(*(loop(n) for n in range(sessions)))
        return sessions * each / (time.perf_counter() - start)


def raw(folder: Path, sessions: int, each: int) -> float:
    """(b) the same rows by sqlite3 alone, in batches as large as the number of sessions."""
    path = fresh(folder / f"raw{sessions}.db")
    made = [[rows(n, i) for n in range(sessions)] for i in range(each)]
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        db.execute(f"PRAGMA {pragma}")
    start = time.perf_counter()
    for batch in made:
        db.execute("BEGIN IMMEDIATE")
        db.executemany(INSERT_SEEN, [b[0] for b in batch])
        db.executemany(INSERT_FACT, [b[1] for b in batch])
        db.executemany(INSERT_ROW, [b[2] for b in batch])
        db.executemany("DELETE FROM outbox WHERE home = ? AND key = ?", [(b[2][0], b[3]) for b in batch])
        db.execute("COMMIT")
    took = time.perf_counter() - start
    db.close()
    return sessions * each / took


async def latency(folder: Path, sessions: int, per_second: int, seconds: int) -> tuple[float, float]:
    """Milliseconds from hearing an answer to performing its effect, median and 99th, at a steady rate."""
    made = await house(folder / "latency.db")
    await prepare(made.store, sessions, -(-per_second * seconds // sessions))
    for n in range(sessions):
        await made.runtime.sessions.load(f"s{n}")
    calm_collector()
    heard: dict[str, float] = {}
    tasks = []
    start = time.perf_counter()
    for i in range(per_second * seconds):
        event = answer(i % sessions, i // sessions, i // sessions)
        ahead = start + i / per_second - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
        heard[event.id] = time.perf_counter()
        tasks.append(asyncio.create_task(made.runtime.hear(event)))
    await asyncio.gather(*tasks)
    await made.runtime.idle()
    waits = [(made.platform.performed[key] - at) * 1000 for key, at in heard.items()]
    await made.close()
    return statistics.median(waits), statistics.quantiles(waits, n=100)[98]


async def one(folder: Path, name: str, sessions: int, facts: int, count: int) -> House:
    made = await house(folder / f"{name}.db")
    await prepare(made.store, sessions, 0)
    key, room = "t", "stage:t"
    script = await made.store.keep_script(small())
    opened = Opened(
        at=NOW, session=key, community="stage", script=script, rooms=(room,), hosts_channel=f"{room}/hosts",
        host=PersonId("stage:host"), seed="x",
    )  # fmt: skip
    log: list[f.Fact] = [opened]
    log += [
        f.PersonJoined(at=NOW, person=PersonId(f"stage:t.{p}"), name=Words("N"), room="room:1")
        for p in range(count)
    ]
    log += [  # those who answered already are people in the room, too
        f.PersonJoined(at=NOW, person=PersonId(f"stage:old{i}"), name=Words("N"), room="room:1")
        for i in range(facts)
    ]
    log += [f.Begun(at=NOW), f.Asked(at=NOW, step="hello", visit=1, until=None)]
    log += [
        f.Answered(
            at=NOW, answer=f"x{i}", step="hello", person=PersonId(f"stage:old{i}"), field="text",
            text=Words("an earlier answer"), room="room:1", source=f"stage:old.{i}",
        )
        for i in range(facts)
    ]  # fmt: skip
    place = Place(session=key, place="room:1", holds=True)
    await made.store.commit(
        [Decided(event="t", session=key, at=NOW, facts=log, opened=opened, places={room: place})]
    )
    await made.runtime.sessions.load(key)
    return made


async def flat(folder: Path, small_one: tuple[int, int], large_one: tuple[int, int], count: int) -> float:
    """How much dearer one answer is in the large house than in the small one; taken in turns."""
    tag = f"{large_one[0]}-{large_one[1]}"
    houses = [await one(folder, f"{tag}-{n}", *size, count) for n, size in enumerate((small_one, large_one))]
    calm_collector()
    took: list[list[float]] = [[], []]
    for i in range(count):
        for which in ((0, 1), (1, 0))[i % 2]:
            event = Posted(
                id=f"stage:t{i}",
                channel="stage:t",
                at=NOW,
                person=Person(id=f"stage:t.{i}", name="N"),
                text="By the window",
            )
            start = time.perf_counter()
            await houses[which].runtime.hear(event)
            took[which].append(time.perf_counter() - start)
            await houses[which].runtime.idle()
    for made in houses:
        await made.close()
    return statistics.median(took[1]) / statistics.median(took[0])


async def begin(folder: Path, sessions: int) -> tuple[float, float]:
    """Seconds from opening the database to having taken up what was left, and megabytes then."""
    made = await house(folder / "start.db")
    await prepare(made.store, sessions, 5)
    await made.close()
    start = time.perf_counter()
    again = await house(folder / "start.db")
    await again.runtime.start()
    await again.runtime.hear(answer(3, 0, 0))
    took = time.perf_counter() - start
    await again.close()
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def main(quick: bool) -> None:
    less = 10 if quick else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(
            f"{datetime.now(timezone.utc):%Y-%m-%d}, {machine.machine()}, {os.cpu_count()} cores,"
            f" Python {machine.python_version()}, SQLite {sqlite3.sqlite_version}\n"
        )
        print(
            "| sessions at once | ours, answers/s | commits | (a) aiosqlite | ours/(a) | (b) sqlite3 | ours/(b) |"
        )
        print("|--:|--:|--:|--:|--:|--:|--:|")
        for sessions, each in ((1, 2000), (50, 200), (1000, 20)):
            each = max(each // less, 2)
            mine, commits = await ours(folder, sessions, each)
            a = await naive(folder, sessions, each)
            b = raw(folder, sessions, each)
            print(
                f"| {sessions} | {mine:,.0f} | {commits} for {sessions * each} | {a:,.0f} | {mine / a:.2f} |"
                f" {b:,.0f} | {mine / b:.2f} |"
            )
        p50, p99 = await latency(folder, 5000 // less, 500, 10 if not quick else 2)
        print(
            f"\nFrom event to effect at 500 answers/s over {5000 // less:,} sessions:"
            f" median {p50:.1f} ms, 99th {p99:.1f} ms."
        )
        count = 400 // (4 if quick else 1)
        facts = await flat(folder, (1, 10), (1, 10_000), count)
        opens = await flat(folder, (10, 10), (10_000 // less, 10), count)
        print(
            f"\nOne answer in a session with 10,000 people's answers against 10: {facts:.2f} times as dear."
        )
        print(f"One answer with {10_000 // less:,} open sessions against 10: {opens:.2f} times as dear.")
        took, memory = await begin(folder, 10_000 // less)
        print(
            f"\nReady, and one answer taken, {took:.2f} s after opening a database"
            f" with {10_000 // less:,} open sessions."
        )
        print(f"Largest memory of this whole run: {memory:.0f} MB.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench core", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    sys.exit(asyncio.run(main(parser.parse_args().quick)))
