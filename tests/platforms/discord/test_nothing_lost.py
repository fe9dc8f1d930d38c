"""Everybody at once, a bot that is killed, a server that refuses: each answer counts once, and no button is dead."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.authoring.loader import parse
from tests.platforms.discord.house import House
from tests.platforms.discord.server import PATIENCE, TOKEN, Discord, Interaction, answer
from tests.process import Process

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


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


class Evening:
    """The bot as a process, a channel full of people, and the first question."""

    def __init__(self, server: Discord, folder: Path, *, read_messages: bool) -> None:
        self.server = server
        server.read_messages = read_messages
        self.process = Process(
            folder, SCRIPT, "tests.platforms.discord.child", discord="true", discord_token=TOKEN,
            discord_read_messages=str(read_messages).lower(), test_server=server.url,
        )  # fmt: skip

    async def begin(self, people: int) -> None:
        server = self.server
        self.host = server.user("Hans")
        self.room = server.channel(server.guild(self.host))
        await self.start()
        server.slash(self.host, self.room, "workshop open", manages=True, workshop="small")
        await server.until(lambda: any("Before we start" in t for t in server.shown(self.room)), "the notice")
        self.people = [server.user(f"P{n}") for n in range(people)]
        for who in self.people:
            server.press(who, self.room, "Join")
        await self.until(lambda: len(self.process.facts("PersonJoined")) == people, "everybody in")
        server.slash(self.host, self.room, "workshop start", manages=True)
        await server.until(
            lambda: any("What surprised" in t for t in server.shown(self.room)), "the question"
        )

    async def start(self) -> None:
        await self.process.start()
        await self.server.until(lambda: self.server.connected, "the gateway", 30)

    async def until(self, true: object, what: str) -> None:
        async with asyncio.timeout(60):
            while not true():  # type: ignore[operator]
                await asyncio.sleep(0.05)

    async def form(self, who: int, text: str) -> None:
        """As a person would: tap until the form opens, send it until it is taken."""
        server = self.server
        sent: Interaction | None = None
        for _ in range(200):
            opened = server.press(who, self.room, "Answer", server.last(self.room, "What surprised"))
            if await self.happened(lambda opened=opened: opened.modal):
                sent = server.send_form(opened, text=text)
                if await self.happened(lambda sent=sent: "Got it" in sent.text()):
                    return
        raise AssertionError(f"a dead button; {sent and sent.text()}")

    async def happened(self, true: object) -> bool:
        """Whether it came within the three seconds that Discord waits."""
        for _ in range(60):
            if true():  # type: ignore[operator]
                return True
            await asyncio.sleep(0.05)
        return False


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_killed_while_people_answer_by_form_and_by_line(server: Discord, tmp_path: Path, seed: int):
    evening = Evening(server, tmp_path, read_messages=True)
    chance = random.Random(seed)
    lines, forms = 8, 4
    try:
        await evening.begin(lines + forms)

        async def speak() -> None:
            for n, who in enumerate(evening.people[:lines]):
                server.say(who, evening.room, f"line {n}")
                await asyncio.sleep(chance.random() / 3)

        async def kill() -> None:
            for _ in range(2):
                await asyncio.sleep(chance.random() * 1.2)
                await evening.process.kill()
                await asyncio.sleep(chance.random() / 2)
                await evening.start()

        answering = [evening.form(who, f"form {n}") for n, who in enumerate(evening.people[lines:])]
        await asyncio.gather(speak(), kill(), *answering)
        expected = Counter([*(f"line {n}" for n in range(lines)), *(f"form {n}" for n in range(forms))])
        await evening.until(lambda: sum(evening.process.answers().values()) >= lines + forms, "all answers")
        assert evening.process.answers() == expected
        await asyncio.sleep(0)
        said = Counter(t for t in server.shown(evening.room) if "Form" not in t)
        assert not [text for text, n in said.items() if n > 1], said
        assert not server.faults, server.faults
    finally:
        await evening.process.kill()


async def test_250_people_press_and_send_within_a_second(server: Discord, tmp_path: Path):
    evening = Evening(server, tmp_path, read_messages=False)
    try:
        await evening.begin(250)
        question = server.last(evening.room, "What surprised")
        pressed = [server.press(who, evening.room, "Answer", question) for who in evening.people]
        await server.until(lambda: all(each.modal for each in pressed), "all forms")
        sent = [server.send_form(each, text=f"{n}") for n, each in enumerate(pressed)]
        await server.until(lambda: all("Got it" in each.text() for each in sent), "all taken", 30)
        found = await evening.process.until(250)
        assert found == Counter(str(n) for n in range(250))
        slowest = max(9.0 if each.acknowledged is None else each.acknowledged for each in [*pressed, *sent])
        assert slowest < PATIENCE, slowest
        assert not server.faults, server.faults[:3]
    finally:
        await evening.process.kill()


@pytest.fixture
async def house(server: Discord, tmp_path: Path) -> AsyncIterator[House]:
    made = await House(server, tmp_path, parse(SCRIPT), read_messages=True).start()
    yield made
    await made.close()


def limited(retry_after: float = 0.2) -> web.Response:
    return answer(
        {"message": "slow down", "retry_after": retry_after, "global": False}, 429, Via="1.1 google"
    )


def banned() -> web.Response:
    """Cloudflare says it, and not Discord: no Via, no JSON."""
    return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "1"})


@pytest.mark.parametrize(
    "upset",
    [
        lambda: limited(),
        lambda: banned(),
        lambda: web.Response(status=503, text="upstream"),
        lambda: web.Response(status=502, text="bad gateway"),
    ],
    ids=["429", "429 of Cloudflare", "503", "502"],
)
async def test_what_is_refused_for_a_while_is_said_once_and_in_order(house: House, upset: object):
    server = house.server
    left = 2

    def once(method: str, path: str) -> web.Response | None:
        nonlocal left
        if method == "POST" and path.endswith("/messages") and left:
            left -= 1
            return upset()  # type: ignore[operator]
        return None

    server.upset = once
    await house.open("Ada", begin=False)
    server.slash(house.host, house.room, "workshop start", manages=True)
    await server.until(
        lambda: any("What surprised" in t for t in server.shown(house.room)), "the question", 30
    )
    assert left == 0
    shown = server.shown(house.room)
    assert len(shown) == len(set(shown))
    assert shown.index(next(t for t in shown if "Before we start" in t)) == 0


async def test_an_answer_that_never_arrives_does_not_make_it_say_twice(house: House):
    server = house.server
    lost: list[str] = []

    def lose(method: str, path: str) -> bool:
        if method == "POST" and path.endswith("/messages") and len(lost) < 2:
            lost.append(path)
            server.forget_nonces()  # minutes later, as it were
            return True
        return False

    server.lose_answer = lose
    await house.open("Ada")
    await server.until(
        lambda: any("What surprised" in t for t in server.shown(house.room)), "the question", 30
    )
    shown = server.shown(house.room)
    assert len(lost) == 2 and len(shown) == len(set(shown))


async def test_a_message_in_an_archived_thread_is_woken_before_it_is_changed(house: House):
    server = house.server
    await house.open("Ada")
    thread = next(c for c in server.channels.values() if c["type"] == 12)
    await server.until(lambda: any("1/1" in t for t in server.shown(int(thread["id"]))), "the panel")
    thread["thread_metadata"]["archived"] = True
    server.slash(house.host, house.room, "workshop pause", manages=True)
    await server.until(
        lambda: any("paused" in t for t in server.shown(int(thread["id"]))), "a panel that says so", 20
    )


async def test_a_channel_that_is_gone_stops_nobody_else(house: House):
    server = house.server
    (ada,) = await house.open("Ada")
    del server.channels[house.room]
    tapped = server.slash(house.host, server.direct(house.host), "my answers")
    await server.answered(tapped)
    assert ada and secrets


async def test_a_change_that_is_told_before_its_message_counts(house: House):
    server = house.server
    ada, bo = await house.open("Ada", "Bo")
    first, second = server.hush(ada, house.room, "By the wndow"), server.hush(bo, house.room, "Never mind")
    server.edit(house.room, first, "By the window")
    message = server.messages[house.room][second]
    server.delete(house.room, second)
    server.again(house.room, first, "By the wndow")
    server.messages[house.room][second] = message
    server.again(house.room, second)
    server.say(ada, house.room, "and more")  # what comes after it is heard after it
    session = await house.so(lambda s: s.answers, "an answer")
    assert [a.pieces["text"].text for a in session.answers.values()] == ["By the window"]
    await server.until(lambda: server.signs(house.room, first) == ["✅"], "its tick")
    assert len((await house.session()).answers) == 1
