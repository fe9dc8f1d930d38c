"""Three hundred people in one web room: from one answer to its tick, memory, and bytes a person."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.platforms.web.house import Process
from tests.support import fresh


class Guest:
    """A browser without a screen."""

    def __init__(self, house: Process, name: str) -> None:
        self.house, self.name = house, name
        self.base = f"http://127.0.0.1:{house.port}"
        self.bytes = 0
        self.mine: dict[str, float] = {}
        self.ticked: list[float] = []
        self.member = ""
        self.asked = False
        self._acks: dict[str, asyncio.Future[None]] = {}
        self._count = 0

    async def come(self) -> None:
        headers = {"Origin": self.base}
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)
        async with self.http.post(f"{self.house.link}/enter", data={"name": self.name}) as answer:
            found = re.search(r'data-member="(\w+)"', await answer.text())
            assert found, self.name
            self.member = found[1]

    async def connect(self) -> None:
        self.ws = await self.http.ws_connect(f"{self.house.link}/ws", max_msg_size=0)
        await self.ws.send_json({"do": "since", "rev": 0})
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self.ws:
            self.bytes += len(frame.data)
            self.asked = self.asked or "<h2>One line to arrive</h2>" in frame.data
            what = json.loads(frame.data)
            if "ack" in what or "refused" in what:
                future = self._acks.pop(what.get("ack") or what.get("refused"), None)
                if future and not future.done():
                    future.set_result(None)
            for message in what.get("messages", ()):
                if f'data-author="{self.member}"' in message["html"] and "✓ saved" in message["html"]:
                    text = re.search(r"line-\d+-\d+", message["html"])
                    if text and text[0] in self.mine:
                        self.ticked.append(time.perf_counter() - self.mine.pop(text[0]))

    async def send(self, **what) -> None:
        self._count += 1
        nonce = f"n{self._count}"
        self._acks[nonce] = asyncio.get_running_loop().create_future()
        await self.ws.send_json({"nonce": nonce, **what})
        await self._acks[nonce] if nonce in self._acks else None

    async def answer(self, n: int) -> None:
        text = f"line-{n}-{self._count} by the window, with tea and a plan for the week"
        self.mine[text.split()[0]] = time.perf_counter()
        await self.send(do="say", text=text)


def memory(pid: int) -> float:
    """Megabytes that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


async def room(people: int, per_second: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        fresh(Path(folder) / "storycircle.db")
        house = Process(Path(folder))
        await house.start()
        pid = house._child.pid
        empty = memory(pid)
        host = Guest(house, "Hedi")
        await host.come()
        await host.http.post(f"{house.link}/host", data={"secret": house.host_link.partition("host=")[2]})
        await host.connect()
        await host.send(do="order", command="workshop start first-circle")
        guests = [Guest(house, f"Guest {n}") for n in range(people)]
        for at in range(0, people, 20):
            await asyncio.gather(*(guest.come() for guest in guests[at : at + 20]))
        for guest in guests:
            await guest.connect()
        for at in range(0, people, 20):
            await asyncio.gather(*(g.send(do="order", command="join") for g in guests[at : at + 20]))
        await host.send(do="order", command="workshop start")
        await host.send(do="order", command="workshop next 3")
        async with asyncio.timeout(30):
            while not all(guest.asked for guest in guests):  # everybody's page shows the question
                await asyncio.sleep(0.01)
        before = [guest.bytes for guest in guests]
        start = time.perf_counter()
        tasks = []
        for n, guest in enumerate(guests):
            ahead = start + n / per_second - time.perf_counter()
            if ahead > 0:
                await asyncio.sleep(ahead)
            tasks.append(asyncio.create_task(guest.answer(n)))
        await asyncio.gather(*tasks)
        async with asyncio.timeout(30):
            while any(guest.mine for guest in guests):
                await asyncio.sleep(0.05)
        waits = [wait * 1000 for guest in guests for wait in guest.ticked]
        held = memory(pid) - empty
        grown = statistics.mean(guest.bytes - b for guest, b in zip(guests, before, strict=True))
        for guest in [host, *guests]:
            guest.reading.cancel()
            await guest.http.close()
        await house.kill()
        return {
            "median": statistics.median(waits),
            "p95": statistics.quantiles(waits, n=20)[18],
            "ticked": len(waits),
            "kb_person": held * 1024 / people,
            "bytes_answer": grown / people,
        }


async def main(quick: bool) -> None:
    print(
        "| people | answers/s | median ms | 95th ms | ticked | memory a person, kB | bytes a person an answer |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for people in (30,) if quick else (30, 100, 300):
        found = await room(people, 50)
        print(
            f"| {people} | 50 | {found['median']:.0f} | {found['p95']:.0f} | {found['ticked']:.0f} |"
            f" {found['kb_person']:.0f} | {found['bytes_answer']:.0f} |"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="scripts/bench web", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="thirty people only")
    sys.exit(asyncio.run(main(parser.parse_args().quick)))
