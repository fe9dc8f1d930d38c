"""Workshops that follow each other in one Discord channel: old messages act on their own, and words stay at hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model.facts import Phase
from bot.core.model.session import Session
from tests.platforms.discord.house import Ahead, House
from tests.platforms.discord.server import Discord

SCRIPT = """
id: small
title: Small circle
about: A question.
minutes: 20
review_hours: 24
steps:
  - {id: hello, kind: open, title: Hello, say: "What surprised you?", minutes: 5, reveal: live}
  - {id: deep, kind: open, title: Deeper, say: "And quietly?", minutes: 5, reveal: together, look: none}
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    server = await Discord().start()
    made = House(server, tmp_path, parse(SCRIPT))
    made.clock = Ahead(server)
    await made.start()
    yield made
    await made.close()
    await server.close()


async def held(house: House, ana: int, words: str) -> Session:
    """A workshop in the room, in which Ana answers one question, up to its review."""
    server, house.key = house.server, ""
    before = len(await house.store.sessions.listed())
    server.slash(house.host, house.room, "workshop open", manages=True, workshop="small")
    async with asyncio.timeout(15):
        while len(await house.store.sessions.listed()) == before:
            await asyncio.sleep(0.01)
    await house.session()
    await server.answered(server.slash(ana, house.room, "join"), "You're in")
    server.slash(house.host, house.room, "workshop start", manages=True)
    await house.so(lambda s: s.step, "the first step")
    await server.answered(server.slash(ana, house.room, "answer", text=words), "Got it")
    server.slash(house.host, house.room, "workshop end", manages=True)
    return await house.so(lambda s: s.phase is Phase.REVIEW, "the review")


async def test_words_of_the_workshop_before_are_proposed_and_a_number_acts_on_it(house: House) -> None:
    server, ana = house.server, house.server.user("Ana")
    first = await held(house, ana, "apples")
    first_key = house.key
    second = await held(house, ana, "pears")
    second_key = house.key
    proposed = server.propose(ana, house.room, "my delete", "answer", answer="")
    await server.until(lambda: proposed.choices is not None, "one's own words")
    assert [choice["value"] for choice in proposed.choices or []] == ["1", "2"]
    await server.answered(server.slash(ana, house.room, "my delete", answer="2"), "Deleted")
    house.key = first_key
    assert [a.withdrawn for a in (await house.session()).answers.values()] == [True]
    house.key = second_key
    assert [a.withdrawn for a in (await house.session()).answers.values()] == [False]
    assert len(first.answers) == len(second.answers) == 1


async def test_an_old_card_pressed_late_and_twice_says_why_and_changes_nothing(house: House) -> None:
    server, ana = house.server, house.server.user("Ana")
    await held(house, ana, "apples")
    first_key = house.key
    server.slash(house.host, house.room, "recap publish", manages=True)
    await house.so(lambda s: s.phase is Phase.CLOSED, "the recap")
    bo = server.user("Bo")
    for _ in range(2):  # Join on the notice of the workshop that is over, by somebody who was not there
        await server.answered(server.press(bo, house.room, "Join"), "This workshop has ended")
    await held(house, ana, "pears")
    house.key = first_key
    old = await house.session()
    assert list(old.people) == [f"discord:{ana}"]
