"""Storycircle in Discord next to a bare discord.py bot, over the small server in one run. See `scripts/bench discord`."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform as machine
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.matrix import memory, spent
from tests.platforms.discord.server import BOT, TOKEN, Discord
from tests.platforms.discord.test_nothing_lost import Evening
from tests.platforms.matrix.synapse import ROOT


async def everybody(
    server: Discord, room: int, people: list[int], question: dict[str, Any], pid: int
) -> dict[str, float]:
    """All press the button and send the form within a second; what it costs, and the slowest acknowledgement."""
    before = spent(pid)
    pressed = [server.press(who, room, "Answer", question) for who in people]
    await server.until(lambda: all(each.modal for each in pressed), "all forms", 60)
    sent = [server.send_form(each, text=f"{n}") for n, each in enumerate(pressed)]
    await server.until(lambda: all("Got it" in each.text() for each in sent), "all taken", 60)
    took = [each.acknowledged or 99 for each in [*pressed, *sent]]
    await asyncio.sleep(1)
    return {
        "n": len(took), "cpu_ms": 1000 * (spent(pid) - before) / len(took),
        "median_ms": 1000 * median(took), "slowest_ms": 1000 * max(took), "rss": memory(pid),
    }  # fmt: skip


async def ours(folder: Path, people: int, guilds: int) -> dict[str, float]:
    """One workshop, in one server of so many."""
    server = await Discord().start()
    for n in range(guilds - 1):
        guild = server.guild(server.user(f"Owner {n}"), f"Server {n}")
        for k in range(20):
            server.channel(guild, f"channel-{k}")
    evening = Evening(server, folder, read_messages=False)
    await evening.begin(people)
    seen = await everybody(
        server, evening.room, evening.people, server.last(evening.room, "What surprised"), evening.process.pid
    )
    assert sum(evening.process.answers().values()) == people and not server.faults
    await evening.process.kill()
    await server.close()
    return seen


async def bare(folder: Path, people: int) -> dict[str, float]:
    """The same taps, to the bare bot."""
    server = await Discord().start()
    room = server.channel(server.guild(server.user("Hans")))
    folder.mkdir(parents=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.discord_peer", cwd=folder, stdout=-1,
        env={**os.environ, "PYTHONPATH": str(ROOT), "STORYCIRCLE_TEST_SERVER": server.url, "STORYCIRCLE_DISCORD_TOKEN": TOKEN},
    )  # fmt: skip
    assert process.stdout
    await process.stdout.readline()
    id = server.snowflake()
    row = {"type": 1, "components": [{"type": 2, "label": "Answer", "custom_id": "answer", "style": 1}]}
    question = server._message(id, room, BOT, {"components": [row]})
    server.messages[room][id] = question
    seen = await everybody(server, room, [server.user(f"P{n}") for n in range(people)], question, process.pid)
    process.kill()
    await process.wait()
    await server.close()
    return seen


async def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench discord")
    parser.add_argument("--quick", action="store_true", help="A tenth of the work.")
    people = 25 if parser.parse_args().quick else 250
    folder = Path(tempfile.mkdtemp())
    now = datetime.now(timezone.utc)
    print(f"{os.cpu_count()} cores, Python {machine.python_version()}, {now:%Y-%m-%d}\n")
    print(f"{people} people press a button and send a form within a second\n")
    print(
        "| | interactions | bot CPU ms each | acknowledged: median ms | slowest ms | RSS MB |\n|---|--:|--:|--:|--:|--:|"
    )
    runs = [
        ("Storycircle, 1 server (with its web room)", ours(folder / "one", people, 1)),
        ("Storycircle, 200 servers of 21 channels", ours(folder / "many", people, 200)),
        ("bare discord.py bot", bare(folder / "bare", people)),
    ]
    for name, run in runs:
        r = await run
        print(
            f"| {name} | {r['n']:.0f} | {r['cpu_ms']:.1f} | {r['median_ms']:.0f} | {r['slowest_ms']:.0f} | {r['rss']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    begun = time.perf_counter()
    asyncio.run(main())
    print(f"\n{time.perf_counter() - begun:.0f} s")
