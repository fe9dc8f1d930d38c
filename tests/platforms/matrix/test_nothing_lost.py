"""Everybody at once, a bot that is killed, a homeserver that is away: each line counts once."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.process import Process
from tests.platforms.matrix.sealed import SealedGuest
from tests.platforms.matrix.synapse import Synapse

SCRIPT = """
id: small
title: One question
about: One question.
minutes: 65
audience: adults
contact: Cora
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you?", minutes: 55, reveal: live}
"""
BY = 5  # lines that one person may say in a step


class Evening:
    """A room full of people, and the first question."""

    def __init__(self, synapse: Synapse, folder: Path) -> None:
        self.process = Process(synapse, folder, SCRIPT)
        self.synapse = synapse
        self.people: list[Guest] = []
        self.room = ""

    async def begin(self, people: int, *, sealed: bool = False) -> None:
        tag = secrets.token_hex(4)
        bot = await self.process.account(f"bot{tag}")
        await self.process.start()
        accounts = [await self.synapse.register(f"p{n}x{tag}") for n in range(people)]
        if sealed:
            self.people = [await SealedGuest(self.synapse.url, each).start() for each in accounts]
        else:
            self.people = [Guest(self.synapse.url, each) for each in accounts]
        host = self.people[0]
        self.room = await host.room(bot, *(each.user for each in self.people[1:]))
        await asyncio.gather(*(each.join(self.room) for each in self.people[1:]))
        await self.until_member(bot)
        await host.say(self.room, "!workshop start small")
        await host.until(self.room, lambda texts: any("!join" in text for text in texts), bot)
        for each in self.people:
            await each.say(self.room, "!join")
        await host.say(self.room, "!workshop begin")
        await host.until(self.room, lambda texts: any("1 of 1: Hello" in text for text in texts), bot)

    async def until_member(self, user: str) -> None:
        for _ in range(200):
            there = await Guest.call(self.people[0], "GET", f"/rooms/{self.room}/joined_members")
            if user in there["joined"]:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the bot never came")

    async def close(self) -> None:
        await self.process.kill()
        for each in self.people:
            await each.close()


@pytest.fixture
async def evening(synapse: Synapse, tmp_path: Path) -> AsyncIterator[Evening]:
    made = Evening(synapse, tmp_path)
    yield made
    await made.close()


# A line is answered in its first words by "line", so that each person's talk counts as an answer by reply.
async def lines(evening: Evening, n: int) -> Counter[str]:
    prompt = next(
        e["event_id"]
        for e in await evening.people[0].events(evening.room)
        if "1 of 1: Hello" in str(e.get("content", {}).get("body"))
    )
    relation = {"m.relates_to": {"m.in_reply_to": {"event_id": prompt}}}
    said = [f"line {k}" for k in range(n)]
    await asyncio.gather(
        *(
            evening.people[k % len(evening.people)].say(evening.room, text, **relation)
            for k, text in enumerate(said)
        )
    )
    return Counter(said)


async def test_two_hundred_and_fifty_lines_at_once_are_all_counted(evening: Evening):
    await evening.begin(50)
    said = await lines(evening, 250)
    assert await evening.process.until(250) == said


async def test_what_is_said_while_the_bot_is_away_is_counted_when_it_is_back(evening: Evening):
    await evening.begin(30)
    await evening.process.kill()
    said = await lines(evening, 150)  # more than one answer of the server holds
    await evening.process.start()
    assert await evening.process.until(150) == said


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_killed_in_the_middle_each_line_counts_once(evening: Evening, seed: int):
    await evening.begin(12)
    prompt = next(
        e["event_id"]
        for e in await evening.people[0].events(evening.room)
        if "1 of 1: Hello" in str(e.get("content", {}).get("body"))
    )
    relation = {"m.relates_to": {"m.in_reply_to": {"event_id": prompt}}}

    async def say(k: int) -> None:
        await asyncio.sleep(k / 40)
        await evening.people[k % 12].say(evening.room, f"line {k}", **relation)

    talking = [asyncio.create_task(say(k)) for k in range(60)]
    await asyncio.wait(talking[: 18 + seed])
    await evening.process.kill()
    await asyncio.wait(talking[:40])
    await evening.process.start()
    await asyncio.gather(*talking)
    assert await evening.process.until(60) == Counter(f"line {k}" for k in range(60))


async def test_a_homeserver_that_was_away_takes_nothing_along(evening: Evening):
    await evening.begin(7)  # one of them says nothing, so the question stays open
    first = await lines(evening, 6)
    await evening.process.until(6)
    evening.synapse.stop()
    await asyncio.sleep(1.5)
    await evening.synapse.start()
    second = Counter(f"again {n}" for n in range(6))
    for text, who in zip(second, evening.people, strict=False):
        await who.say(evening.room, f"!answer {text}")
    assert await evening.process.until(12) == first + second
