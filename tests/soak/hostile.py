"""Honest people in five rooms, with and without hostile clients: the time from Enter to tick, memory, log, loss.

The hostile clients have a process of their own, or the time of the honest ones would be that of the machine that attacks.

scripts/soak hostile [--people 300] [--clients 50] [--seconds 120] [--fuzz 20000]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp
from yarl import URL

from tests.platforms.web.house import ROOT, Process

ROOMS = 5
EVERY = 10.0  # seconds from one line of a person to their next
ELSEWHERE = "127.0.0.2"  # the address of who is hostile
FLOOD = 0.005  # seconds between two things that a flood sends
SLACK = 0.1  # seconds: what a machine that does other things besides adds to a small p95


class Client:
    """Somebody in a room, by HTTP and one socket."""

    def __init__(self, base: str, room: str, name: str, address: str = "127.0.0.1") -> None:
        self.base, self.room, self.name = base, f"{base}/r/{room}", name
        connector = aiohttp.TCPConnector(local_addr=(address, 0), limit=0)
        jar = aiohttp.CookieJar(unsafe=True)
        self.http = aiohttp.ClientSession(connector=connector, cookie_jar=jar, headers={"Origin": base})
        self.ws: aiohttp.ClientWebSocketResponse | None = None
        self.waits: dict[str, tuple[float, asyncio.Future[float]]] = {}
        self.reading: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        async with self.http.post(
            f"{self.room}/enter", data={"name": self.name}, allow_redirects=False
        ) as answer:
            assert answer.status == 303, (answer.status, await answer.text())

    async def connect(self) -> None:
        self.ws = await self.http.ws_connect(f"{self.room}/ws", max_msg_size=0)
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.ws
        async for frame in self.ws:
            if frame.type is aiohttp.WSMsgType.TEXT and (
                '"ack"' in frame.data[:9] or '"refused"' in frame.data[:12]
            ):
                answer = json.loads(frame.data)
                began, done = self.waits.pop(answer.get("ack") or answer.get("refused"), (0.0, None))
                if done is not None and "ack" in answer and not done.done():
                    done.set_result(time.monotonic() - began)

    async def say(self, text: str) -> float:
        """Seconds until the tick."""
        assert self.ws
        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.waits[text] = (time.monotonic(), done)
        await self.ws.send_json({"nonce": text, "do": "say", "text": text})
        async with asyncio.timeout(60):
            return await done

    async def close(self) -> None:
        if self.reading is not None:
            self.reading.cancel()
        await self.http.close()


async def honest(people: list[Client], seconds: float, mark: str) -> tuple[list[float], int]:
    """All of them write now and then; how long each tick took, and how many never came."""
    took: list[float] = []
    lost = 0

    async def one(client: Client, n: int) -> None:
        nonlocal lost
        chance = random.Random(n)
        ends = time.monotonic() + seconds
        await asyncio.sleep(chance.random() * min(EVERY, seconds))
        k = 0
        while time.monotonic() < ends:
            k += 1
            try:
                took.append(await client.say(f"{mark} {client.name} {k}"))
            except (TimeoutError, ConnectionError):
                lost += 1
            pause = EVERY * (0.5 + chance.random())
            await asyncio.sleep(min(pause, max(ends - time.monotonic(), 0)))

    await asyncio.gather(*(one(client, n) for n, client in enumerate(people)))
    return took, lost


async def unread(client: Client) -> None:
    """Asks for everything, and reads nothing of it."""
    await client.connect()
    assert client.ws and client.reading
    client.reading.cancel()
    while True:
        await client.ws.send_json({"do": "since", "rev": 0})
        await asyncio.sleep(FLOOD)


async def flood(client: Client) -> None:
    """Writes, presses and asks as fast as it can."""
    await client.connect()
    assert client.ws
    n = 0
    while True:
        n += 1
        what = {"do": "say", "text": f"flood {n}"} if n % 2 else {"do": "order", "command": "now", "args": {}}
        await client.ws.send_json({"nonce": f"{client.name} {n}", **what})
        if n % 5 == 0:
            async with client.http.get(client.room) as answer:
                await answer.read()
        await asyncio.sleep(FLOOD)


async def half_open(client: Client) -> None:
    """Opens lines and asks nothing, or half of something."""
    held = []
    url = URL(client.base)
    while True:
        for _ in range(5):
            reader, writer = await asyncio.open_connection(url.host, url.port, local_addr=(ELSEWHERE, 0))
            writer.write(
                random.choice(
                    [b"", b"GET / HT", b"POST /r/circle/enter HTTP/1.1\r\nContent-Length: 9\r\n\r\n"]
                )
            )
            held.append((reader, writer))
        while len(held) > 200:
            held.pop(0)[1].close()
        await asyncio.sleep(0.05)


async def malformed(client: Client) -> None:
    """Sends what nothing of ours sends."""
    await client.connect()
    assert client.ws
    while True:
        text = random.choice(
            ["{", "[" * 5_000, "x" * 900_000, '{"do": "form", "fields": 1}', '{"do": "since", "rev": []}']
        )
        await client.ws.send_str(text)
        body = random.randbytes(500)
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"}
        async with client.http.post(f"{client.room}/do", data=body, headers=headers) as answer:
            await answer.read()
        await asyncio.sleep(FLOOD)


async def slow(client: Client) -> None:
    """Reads one piece a second, and asks for everything meanwhile."""
    await client.connect()
    assert client.ws and client.reading
    client.reading.cancel()
    await asyncio.sleep(0)
    while True:
        await client.ws.send_json({"do": "since", "rev": 0})
        with contextlib.suppress(TimeoutError):
            await client.ws.receive(timeout=1)
        await asyncio.sleep(1)


HOSTILE = (unread, slow, flood, half_open, malformed)


async def again(behave: Any, client: Client) -> None:
    """Come back after each refusal."""
    while True:
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError, RuntimeError):
            await behave(client)
        await asyncio.sleep(0.2)


async def attack(base: str, clients: int) -> None:
    """Be hostile until the process is told to end."""
    bad = [Client(base, f"room-{n % ROOMS}", f"bad {n}", ELSEWHERE) for n in range(clients)]
    for client in bad:
        await client.enter()
    print("attacking", flush=True)
    attacks = [asyncio.create_task(again(HOSTILE[n % len(HOSTILE)], client)) for n, client in enumerate(bad)]
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()
    for task in attacks:
        task.cancel()
    await asyncio.gather(*attacks, return_exceptions=True)
    for client in bad:
        await client.close()


def seconds_of_work(pid: int) -> float:
    """Seconds of a processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Megabytes of a process in memory."""
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def p95(took: list[float]) -> float:
    """Of 20 ticks 19 were as fast."""
    return statistics.quantiles(took, n=20)[-1]


async def run(people: int, clients: int, seconds: float) -> bool:
    """True if all held."""
    with tempfile.TemporaryDirectory() as folder:
        program = Process(Path(folder))
        await program.start()
        child = program._child
        assert child and child.stderr
        log: list[bytes] = []

        async def drain() -> None:
            assert child.stderr
            async for line in child.stderr:
                log.append(line)

        draining = asyncio.create_task(drain())
        base = f"http://127.0.0.1:{program.port}"
        found = [Client(base, f"room-{n % ROOMS}", f"person {n}") for n in range(people)]
        for client in found:
            await client.enter()
            await client.connect()
        began = seconds_of_work(child.pid)
        quiet, lost = await honest(found, seconds, "quiet")
        before, lines, between = resident(child.pid), len(log), seconds_of_work(child.pid)
        attacker = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.soak.hostile", "--attack", base, "--clients", str(clients)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert attacker.stdout
        await attacker.stdout.readline()
        loud, more_lost = await honest(found, seconds, "loud")
        after, worked = resident(child.pid), seconds_of_work(child.pid)
        attacker.terminate()
        await attacker.wait()
        for client in found:
            await client.close()
        await program.stop_quietly()
        draining.cancel()
        print(
            f"{people} people, {len(quiet)} lines without and {len(loud)} with {clients} hostile clients, "
            f"{seconds:.0f} s each\n"
            f"Enter to tick: p50 {statistics.median(quiet) * 1000:.0f} and {statistics.median(loud) * 1000:.0f} ms, "
            f"p95 {p95(quiet) * 1000:.0f} and {p95(loud) * 1000:.0f} ms\n"
            f"processor {between - began:.0f} and {worked - between:.0f} s, load of the machine {os.getloadavg()[0]:.1f}; "
            f"memory {before} and {after} MB; log lines {lines} and {len(log) - lines}; lost {lost + more_lost}"
        )
        for line in log[-3:]:
            print("  ", line.decode()[:200].rstrip())
        return (
            p95(loud) <= 2 * p95(quiet) + SLACK
            and after - before < 150
            and len(log) - lines < 100
            and not lost + more_lost
        )


def main() -> None:
    """Measure, then fuzz."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--fuzz", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attack", metavar="ADDRESS", help="be the hostile clients of a program that runs")
    given = parser.parse_args()
    if given.attack:
        asyncio.run(attack(given.attack, given.clients))
        return
    fine = asyncio.run(run(given.people, given.clients, given.seconds))
    if given.fuzz:
        environment = {**os.environ, "FUZZ_REQUESTS": str(given.fuzz), "FUZZ_SEED": str(given.seed)}
        fuzzed = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/platforms/web/test_fuzz.py", "-k", "nothing_that"],
            cwd=ROOT,
            env=environment,
            check=False,
        )
        fine = fine and fuzzed.returncode == 0
    print("held" if fine else "did not hold")
    sys.exit(not fine)


if __name__ == "__main__":
    main()
