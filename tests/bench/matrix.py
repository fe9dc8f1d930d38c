"""Storycircle in Matrix next to other programs, over one Synapse in one run. See `scripts/bench matrix`."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform as machine
import secrets
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.store.opening import open_store
from tests.bench.core import prepare
from tests.bench.matrix_peers import Peer, installed
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.process import Process
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_nothing_lost import SCRIPT as ONE_QUESTION
from tests.platforms.matrix.test_nothing_lost import Evening, lines

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


async def there(guest: Guest, room: str, bot: str, words: str) -> bool:
    """Whether something is said within some seconds."""
    for _ in range(10):
        if any(words in text for text in await guest.texts(room, bot)):
            return True
        await asyncio.sleep(0.5)
    return False


async def turns(
    guest: Guest, room: str, bot: str, said: list[tuple[str, str]], pause: float = 0.3
) -> list[float]:
    """Say each line and wait for what answers it, looking now and again; seconds for each."""
    took = []
    for text, answer in said:
        start = time.perf_counter()
        mine = await guest.say(room, text)
        while (
            True
        ):  # looked for now and again: the homeserver is the dearest of all, and is not what is measured
            await asyncio.sleep(pause)
            last = (await guest.call("GET", f"/rooms/{room}/messages", dir="b", limit=30))["chunk"]
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
        if story and not await there(host, direct[host.user], bot, f"Story {story}"):
            await host.say(room, "!workshop next")  # the first one ended the step, if not all had answered
        for guest in guests:
            await guest.until(direct[guest.user], lambda t, s=story: any(f"Story {s}" in x for x in t), bot)
        said = [("one", FIELDS[1]), ("two", FIELDS[2]), ("three", "If you like")]
        before = spent(pid)
        took = await asyncio.gather(*(turns(g, direct[g.user], bot, said, people * 0.03) for g in guests))
        cpu += spent(pid) - before
        n += sum(map(len, took))
    made = {"turns": n, "cpu_ms": 1000 * cpu / n, "idle": idle, "rss": memory(pid)}
    made["seconds"] = time.perf_counter() - begun
    await process.kill()
    for guest in guests:
        await guest.close()
    return made


async def theirs(name: str, synapse: Synapse, folder: Path, people: int, stories: int) -> dict[str, Any]:
    """The same answers, to another program with a plugin of forty lines."""
    tag = secrets.token_hex(4)
    account = await synapse.register(f"bot{tag}")
    bot = account["user_id"]
    guests = [Guest(synapse.url, await synapse.register(f"g{n}x{tag}")) for n in range(people)]
    rooms = [await guest.room(bot) for guest in guests]
    peer = Peer(name, synapse, folder)
    await peer.start(account, dict(zip(rooms, guests, strict=True)))
    idle = memory(peer.pid)
    cpu, n = 0.0, 0
    for _ in range(stories):
        for guest, room in zip(guests, rooms, strict=True):
            await turns(guest, room, bot, [("!story", FIELDS[0])])
        said = [("one", FIELDS[1]), ("two", FIELDS[2]), ("three", "DONE")]
        before = spent(peer.pid)
        took = await asyncio.gather(
            *(turns(g, r, bot, said, people * 0.03) for g, r in zip(guests, rooms, strict=True))
        )
        cpu += spent(peer.pid) - before
        n += sum(map(len, took))
    made = {"turns": n, "cpu_ms": 1000 * cpu / n, "idle": idle, "rss": memory(peer.pid)}
    await peer.stop()
    for guest in guests:
        await guest.close()
    return made


async def their_burst(name: str, synapse: Synapse, folder: Path, people: int, stalled: float) -> int:
    """Everybody says one line in a second to another program; how many it has on disk after a while."""
    tag = secrets.token_hex(4)
    account = await synapse.register(f"bot{tag}")
    guests = [Guest(synapse.url, await synapse.register(f"p{n}x{tag}")) for n in range(people)]
    room = await guests[0].room(account["user_id"], *(each.user for each in guests[1:]))
    await asyncio.gather(*(each.join(room) for each in guests[1:]))
    peer = Peer(name, synapse, folder)
    await peer.start(account, {room: guests[0]})
    await at_once(peer.pid, guests, room, stalled)
    seen, still = -1, 0
    while still < 5:  # until nothing more comes
        await asyncio.sleep(1)
        still = still + 1 if peer.counted() == seen else 0
        seen = peer.counted()
    await peer.stop()
    for guest in guests:
        await guest.close()
    return seen


async def at_once(pid: int, people: Sequence[Guest], room: str, stalled: float) -> None:
    """Everybody says one line in a second; the process sleeps meanwhile, if it is to."""
    if stalled:
        os.kill(pid, signal.SIGSTOP)
    talk = [
        asyncio.create_task(later(n / len(people), guest, room, f"line {n}"))
        for n, guest in enumerate(people)
    ]
    if stalled:
        await asyncio.sleep(stalled)
        os.kill(pid, signal.SIGCONT)
    await asyncio.gather(*talk)


async def burst(synapse: Synapse, folder: Path, people: int, stalled: float) -> tuple[int, float]:
    """Everybody says one line in a second; how many were counted, and how soon the last of them."""
    evening = Evening(synapse, folder)
    await evening.begin(people)
    start = time.perf_counter()
    await at_once(evening.process.pid, evening.people, evening.room, stalled)
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


async def followed(synapse: Synapse, folder: Path) -> tuple[bool, bool]:
    """Answer 2 is edited, answer 3 is redacted: whether what is kept, and then the recap, say so."""
    one_story = "\n".join(DIALOGS.splitlines()[:-3])
    process = Process(synapse, folder, one_story, matrix_encryption="false")
    tag = secrets.token_hex(4)
    bot = await process.account(f"bot{tag}")
    await process.start()
    host, guest = [Guest(synapse.url, await synapse.register(f"{n}{tag}")) for n in ("h", "g")]
    room = await host.room(bot, guest.user)
    await guest.join(room)
    await host.come()
    await host.say(room, "!workshop start small")
    await host.until(room, lambda texts: any("!join" in t for t in texts), bot)
    await guest.say(room, "!join")
    direct = await guest.come()
    await host.say(room, "!workshop begin")
    await guest.until(direct, lambda texts: any("Story 0" in t for t in texts), bot)
    said = [("first one", FIELDS[1]), ("second one", FIELDS[2]), ("third one", "If you like")]
    await turns(guest, direct, bot, said)
    mine = {e["content"].get("body"): e["event_id"] for e in await guest.events(direct)}
    await guest.edit(direct, mine["second one"], "second, better")
    await guest.redact(direct, mine["third one"])
    await guest.say(direct, "!my")

    def right(texts: Sequence[str]) -> bool:
        whole = "\n".join(texts[-3:])
        return "second, better" in whole and "second one" not in whole and "third one" not in whole

    kept = right(await guest.until(direct, lambda texts: any("only you see this" in t for t in texts), bot))
    await guest.say(direct, "!share 1 name")
    await guest.until(direct, lambda texts: any("under your name" in t for t in texts[-2:]), bot)
    await host.say(room, "!workshop end")
    await host.until(room, lambda texts: any("thank you" in t for t in texts), bot)
    for _ in range(2):  # before everybody had time to look over their words, it asks
        await host.say(room, "!workshop publish")
    recap = await host.until(room, lambda texts: any("first one" in t for t in texts), bot)
    await process.kill()
    for each in (host, guest):
        await each.close()
    return kept, right([text for text in recap if "first one" in text])


async def outage(synapse: Synapse, folder: Path, away: float) -> tuple[int, int, float]:
    """The homeserver is away in the middle: answers lost, counted twice, and seconds until the first one counts."""
    evening = Evening(synapse, folder)
    await evening.begin(7)  # one of them says nothing, so the question stays open
    wanted = await lines(evening, 6)
    await evening.process.until(6)
    synapse.stop()
    await asyncio.sleep(away)
    await synapse.start()
    back = time.perf_counter()
    for n, who in enumerate(evening.people[:6]):
        await who.say(evening.room, f"!answer after {n}")
    wanted += Counter(f"after {n}" for n in range(6))
    found = await evening.process.until(7)
    took = time.perf_counter() - back
    found = await evening.process.until(12)
    await evening.close()
    return sum((wanted - found).values()), sum((found - wanted).values()), took


async def limited(folder: Path, people: int) -> tuple[int, float, float]:
    """A server with its own limits on messages: speakers counted, seconds to the first question, and until all is said."""
    synapse = await Synapse(folder / "limited", rc_message={"per_second": 0.2, "burst_count": 10}).start()
    process = Process(synapse, folder / "under-limits", ONE_QUESTION, matrix_encryption="false")
    tag = secrets.token_hex(4)
    bot = await process.account(f"bot{tag}")
    await process.start()
    guests = [Guest(synapse.url, await synapse.register(f"l{n}x{tag}")) for n in range(people)]
    host = guests[0]
    room = await host.room(bot, preset="public_chat")
    for guest in guests[1:]:
        await guest.join(room)
    await host.until_member(room, bot)
    await host.say(room, "!workshop start small")
    await host.until(room, lambda texts: any("!join" in text for text in texts), bot)
    for guest in guests:
        await guest.say(room, "!join")
    begun = time.perf_counter()
    await host.say(room, "!workshop begin")
    while not any("1 of 1: Hello" in text for text in await host.texts(room, bot)):
        await asyncio.sleep(0.5)
    asked = time.perf_counter() - begun
    await at_once(process.pid, guests, room, 0)
    await process.until(people)
    while process.waiting():
        await asyncio.sleep(1)
    said = time.perf_counter() - begun
    counted = sum(process.answers().values())
    await process.kill()
    for guest in guests:
        await guest.close()
    synapse.stop()
    return counted, asked, said


async def large(folder: Path, rooms: int, sessions: int) -> tuple[float, float]:
    """A thousand rooms and ten thousand stored sessions: seconds from the start to the first answer, and MB."""
    stub = await Stub().start()
    process = Process(stub, folder, ONE_QUESTION, matrix_encryption="false")
    bot = await process.account("bot")
    store = await open_store(process.data / "storycircle.db")
    await prepare(store, sessions, 5)
    await store.close()
    guest = Guest(stub.url, await stub.register("host"))
    made = [await guest.room(bot) for _ in range(rooms)]
    for room in stub.rooms.values():
        for n in range(4):
            room.members[f"@m{n}:localhost"] = "join"
    await process.start()
    async with asyncio.timeout(300):
        while not all(stub.rooms[room].members.get(bot) == "join" for room in made):
            await asyncio.sleep(0.5)
    await process.kill()
    start = time.perf_counter()
    await guest.say(made[-1], "!workshop start small")
    await process.start()
    while not any("!join" in text for text in await guest.texts(made[-1], bot)):
        await asyncio.sleep(0.02)
    took, held = time.perf_counter() - start, memory(process.pid)
    await process.kill()
    await guest.close()
    await stub.close()
    return took, held


async def main(quick: bool) -> None:
    """Run all of it and print Markdown."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        synapse = await Synapse(folder / "synapse").start()
        people, stories = (5, 2) if quick else (25, 4)
        today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
        print(f"{today}, Python {machine.python_version()}, {os.cpu_count()} cores\n")
        print(f"| W1, {people} people | turns | bot CPU ms/turn | RSS idle MB | RSS after MB |")
        print("|---|--:|--:|--:|--:|", flush=True)
        rows = [("Storycircle", await ours(synapse, folder / "ours", people, stories))]
        rows += [
            (name, await theirs(name, synapse, folder / f"dialogs-{name[:4]}", people, stories))
            for name in installed()
        ]
        for name, row in rows:
            print(f"| {name} | {row['turns']} | {row['cpu_ms']:.1f} | {row['idle']:.0f} | {row['rss']:.0f} |")
        print("\n| W2, people in a second | counted | lost | seconds |\n|---|--:|--:|--:|")
        bursts = ((40, 0), (40, 4)) if quick else ((40, 0), (120, 0), (120, 4), (250, 0), (250, 4))
        for n, stalled in bursts:
            counted, took = await burst(synapse, folder / f"burst{n}-{stalled}", n, stalled)
            print(
                f"| Storycircle, {noted(n, stalled)} | {counted} | {n - counted} | {took:.1f} |", flush=True
            )
        for name in installed():
            for n, stalled in bursts[:1] if quick else ((40, 0), (120, 4)):
                seen = await their_burst(name, synapse, folder / f"b{name[:4]}{n}", n, stalled)
                print(f"| {name}, {noted(n, stalled)} | {seen} | {n - seen} | |", flush=True)
        n = 8 if quick else 25
        counted, asked, said = await limited(folder, n)
        print(
            f"\nW2 with Synapse's own limits: {counted} of {n} counted; the question stood there {asked:.0f} s "
            f"after the host began, and all that the bot had to say was said after {said:.0f} s.",
            flush=True,
        )
        lost, twice, back = await outage(synapse, folder / "outage", 5 if quick else 30)
        print(
            f"\nW4: {lost} lost, {twice} twice; the first answer counts {back:.1f} s after the server is back."
        )
        kept, told = await followed(synapse, folder / "followed")
        print(
            f"\nW7: an edit and a redaction are in what is kept: {'yes' if kept else 'no'}; "
            f"in the recap: {'yes' if told else 'no'}.",
            flush=True,
        )
        cost = await chatter(synapse, folder / "chatter", 50 if quick else 500)
        print(f"\nW6: {cost:.2f} ms of CPU for a line that is not for the bot.", flush=True)
        synapse.stop()
        rooms, sessions = (100, 1_000) if quick else (1_000, 10_000)
        took, held = await large(folder / "large", rooms, sessions)
        print(
            f"\nW8: {rooms:,} rooms, {sessions:,} stored sessions: {took:.1f} s to the first answer, {held:.0f} MB."
        )


def noted(people: int, stalled: float) -> str:
    """How many, and whether the process slept."""
    return f"{people}, stopped for {stalled} s" if stalled else str(people)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    asyncio.run(main(parser.parse_args().quick))
