"""Storycircle in Matrix next to a bare nio loop, over one Synapse in one run. See `scripts/bench matrix`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform as machine
import secrets
import signal
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from tests.matrix.guest import Guest
from tests.matrix.process import Process
from tests.matrix.synapse import ROOT, Synapse
from tests.matrix.test_nothing_lost import SCRIPT as ONE_QUESTION
from tests.matrix.test_nothing_lost import Evening

FIELDS = ("What happened?", "What came of it?", "What next?")
DIALOGS = "\n".join(
    [
        "id: small\ntitle: Dialogs\nabout: Stories.\nminutes: 90\naudience: adults\ncontact: Cora\nsteps:",
        *(
            f"  - {{id: tale{n}, kind: story, title: Story {n}, say: Tell., minutes: 20, fields: ["
            + ", ".join(f'{{key: f{k}, label: "{label}"}}' for k, label in enumerate(FIELDS))
            + "]}"
            for n in range(4)
        ),
    ]
)


def spent(pid: int) -> float:
    """CPU seconds of a process so far."""
    held = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(held[11]) + int(held[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident memory in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def turns(guest: Guest, room: str, bot: str, said: list[tuple[str, str]]) -> list[float]:
    """Say each line and wait for what answers it; seconds for each."""
    took = []
    for text, answer in said:
        start = time.perf_counter()
        mine = await guest.say(room, text)
        while (
            True
        ):  # looked for now and again: the homeserver is the dearest of all, and is not what is measured
            await asyncio.sleep(0.3)
            last = (await guest.call("GET", f"/rooms/{room}/messages", dir="b", limit=6))["chunk"]
            since = (
                [e["event_id"] for e in last].index(mine) if any(e["event_id"] == mine for e in last) else 0
            )
            if any(
                answer in str(e.get("content", {}).get("body")) and e["sender"] == bot for e in last[:since]
            ):
                break
        took.append(time.perf_counter() - start)
    return took


async def ours(synapse: Synapse, folder: Path, people: int, stories: int) -> dict[str, Any]:
    """People in their direct rooms, each telling stories of three answers."""
    process = Process(synapse, folder, DIALOGS, matrix_encryption="false")
    tag = secrets.token_hex(4)
    bot = await process.account(f"bot{tag}")
    await process.start()
    await process.kill()  # the first start makes the database, and loads what makes databases
    await process.start()
    pid = process.pid
    guests = [Guest(synapse.url, await synapse.register(f"g{n}x{tag}")) for n in range(people)]
    host = guests[0]
    room = await host.room(bot, *(g.user for g in guests[1:]))
    await asyncio.gather(*(g.join(room) for g in guests[1:]))
    direct = {host.user: await host.come()}
    await host.say(room, "!workshop start small")
    await host.until(room, lambda texts: any("!join" in t for t in texts), bot)
    for guest in guests:
        await guest.say(room, "!join")
    for guest in guests[1:]:
        direct[guest.user] = await guest.come()
    idle = memory(pid)
    cpu, begun, n = 0.0, time.perf_counter(), 0
    for story in range(stories):
        await host.say(room, "!workshop begin" if story == 0 else "!workshop next")
        if story:
            await asyncio.sleep(2.5)
            await host.say(room, "!workshop next")
        for guest in guests:
            await guest.until(direct[guest.user], lambda t, s=story: any(f"Story {s}" in x for x in t), bot)
        said = [("one", FIELDS[1]), ("two", FIELDS[2]), ("three", "If you like")]
        before = spent(pid)
        took = await asyncio.gather(*(turns(g, direct[g.user], bot, said) for g in guests))
        cpu += spent(pid) - before
        n += sum(map(len, took))
    made = {"turns": n, "cpu_ms": 1000 * cpu / n, "idle": idle, "rss": memory(pid)}
    made["seconds"] = time.perf_counter() - begun
    await process.kill()
    for guest in guests:
        await guest.close()
    return made


async def bare(synapse: Synapse, folder: Path, people: int, stories: int) -> dict[str, Any]:
    """The same answers, to a nio loop of forty lines."""
    folder.mkdir(parents=True, exist_ok=True)
    tag = secrets.token_hex(4)
    account = {**await synapse.register(f"bot{tag}"), "url": synapse.url}
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.nio_peer", json.dumps(account), str(folder / "peer.db"),
        env=env, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    await process.stdout.readline()
    bot = account["user_id"]
    guests = [Guest(synapse.url, await synapse.register(f"g{n}x{tag}")) for n in range(people)]
    rooms = [await g.room(bot) for g in guests]
    await asyncio.sleep(1)
    idle = memory(process.pid)
    cpu, n = 0.0, 0
    for _ in range(stories):
        for guest, room in zip(guests, rooms, strict=True):
            await turns(guest, room, bot, [("!story", FIELDS[0])])
        said = [("one", FIELDS[1]), ("two", FIELDS[2]), ("three", "DONE")]
        before = spent(process.pid)
        took = await asyncio.gather(*(turns(g, r, bot, said) for g, r in zip(guests, rooms, strict=True)))
        cpu += spent(process.pid) - before
        n += sum(map(len, took))
    made = {"turns": n, "cpu_ms": 1000 * cpu / n, "idle": idle, "rss": memory(process.pid)}
    process.kill()
    await process.wait()
    for guest in guests:
        await guest.close()
    return made


async def burst(synapse: Synapse, folder: Path, people: int, stalled: float) -> tuple[int, float]:
    """Everybody says one line in a second; how many were counted, and how soon the last of them."""
    evening = Evening(synapse, folder)
    await evening.begin(people)
    pid = evening.process.pid
    if stalled:
        os.kill(pid, signal.SIGSTOP)
    start = time.perf_counter()
    talk = [
        asyncio.create_task(later(n / people, guest, evening.room, f"line {n}"))
        for n, guest in enumerate(evening.people)
    ]
    if stalled:
        await asyncio.sleep(stalled)
        os.kill(pid, signal.SIGCONT)
    await asyncio.gather(*talk)
    try:
        await evening.process.until(people)
    except TimeoutError:
        pass
    took = time.perf_counter() - start
    counted = sum(evening.process.answers().values())
    await evening.close()
    return counted, took


async def later(pause: float, guest: Guest, room: str, text: str) -> None:
    """Say something after a while."""
    await asyncio.sleep(pause)
    await guest.say(room, text)


async def chatter(synapse: Synapse, folder: Path, lines: int) -> float:
    """CPU milliseconds for a line that is not for the bot."""
    process = Process(synapse, folder, ONE_QUESTION, matrix_encryption="false")
    tag = secrets.token_hex(4)
    bot = await process.account(f"bot{tag}")
    await process.start()
    guest = Guest(synapse.url, await synapse.register(f"g{tag}"))
    room = await guest.room(bot)
    await guest.come()
    before = spent(process.pid)
    for n in range(lines):
        await guest.say(room, f"chatter {n}")
    await asyncio.sleep(1)
    cost = 1000 * (spent(process.pid) - before) / lines
    await process.kill()
    await guest.close()
    return cost


async def main(quick: bool) -> None:
    """Run all of it and print Markdown."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        synapse = await Synapse(folder / "synapse").start()
        people, stories = (5, 2) if quick else (10, 4)
        print(
            f"{datetime.now(timezone.utc):%Y-%m-%d}, Python {machine.python_version()}, {os.cpu_count()} cores\n"
        )
        one = await ours(synapse, folder / "ours", people, stories)
        other = await bare(synapse, folder / "bare", people, stories)
        print("| W1 | turns | bot CPU ms/turn | RSS idle MB | RSS after MB |\n|---|--:|--:|--:|--:|")
        for name, row in (("Storycircle", one), ("bare nio loop", other)):
            print(f"| {name} | {row['turns']} | {row['cpu_ms']:.1f} | {row['idle']:.0f} | {row['rss']:.0f} |")
        print("\n| W2, people in a second | counted | lost | seconds |\n|--:|--:|--:|--:|")
        for n, stalled in ((40, 0), (40, 4)) if quick else ((40, 0), (120, 0), (120, 4), (250, 0), (250, 4)):
            counted, took = await burst(synapse, folder / f"burst{n}-{stalled}", n, stalled)
            note = f" (process stopped for {stalled} s)" if stalled else ""
            print(f"| {n}{note} | {counted} | {n - counted} | {took:.1f} |", flush=True)
        cost = await chatter(synapse, folder / "chatter", 50 if quick else 500)
        print(f"\nW6: {cost:.2f} ms of CPU for a line that is not for the bot.")
        synapse.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    asyncio.run(main(parser.parse_args().quick))
