"""A question that everybody watches, as a poll of Matrix: with a plain client, and with Element's engine."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.authoring.loader import parse
from bot.core.platform import Change, Poll, Post
from bot.platforms.matrix.polls import END, RESPONSE, START, vote
from tests.core.steps.test_polls import SCRIPT
from tests.platforms.discord.test_polls import held
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.house import House
from tests.platforms.matrix.synapse import Synapse
from tests.platforms.matrix.test_workshop import has


@pytest.fixture(params=["plain", "encrypted"])
async def house(synapse: Synapse, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    sealed = request.param == "encrypted"
    if sealed:
        request.getfixturevalue("element")
    made = await House(synapse, tmp_path, parse(SCRIPT), encryption=sealed).open(f"bot{secrets.token_hex(4)}")
    yield made
    await made.close()


async def the(guest: Guest, room: str, kind: str) -> dict[str, Any]:
    """The one event of a kind."""
    async with asyncio.timeout(20):
        while not (found := [e for e in await guest.events(room) if e["type"] == kind]):
            await asyncio.sleep(0.1)
    assert len(found) == 1
    return found[0]


async def so(house: House, wanted: dict[str, str]) -> None:
    """Wait until people hold this."""
    found: dict[str, str] = {}
    try:
        async with asyncio.timeout(20):
            while found != wanted:
                await asyncio.sleep(0.05)
                key = (await house.store.sessions.listed())[0][0]
                found = held((await house.runtime.sessions.load(key))[0])
    except TimeoutError as error:
        raise AssertionError(f"{found}, not {wanted}") from error


async def test_a_vote_is_an_answer_and_the_poll_ends_with_its_step(house: House):
    bot, tag = house.account.user, secrets.token_hex(4)
    host, ada = await house.guest(f"host{tag}"), await house.guest(f"ada{tag}")
    room = await host.room(bot, ada.user, name="The garden")
    await ada.join(room)
    await host.until(await host.come(), has("!workshop open"), bot)
    await host.say(room, "!workshop start watched")
    await ada.until(room, has("Before we start"), bot)
    await ada.say(room, "!join")
    await ada.until(await ada.come(), has("You're in"), bot)
    await host.say(room, "!join")
    await host.say(room, "!workshop begin")
    poll = await the(ada, room, START)
    asked = poll["content"][START]
    assert [a["id"] for a in asked["answers"]] == ["mon", "tue", "wed"]
    assert asked["kind"].endswith("disclosed") and "When do we meet next?" in str(asked["question"])

    def response(*answers: str) -> dict[str, Any]:
        relation = {"rel_type": "m.reference", "event_id": poll["event_id"]}
        return {RESPONSE: {"answers": list(answers)}, "m.relates_to": relation}

    name = f"ada{tag}"
    await ada.send(room, response("tue"), RESPONSE)
    await so(house, {name: "tue"})
    stable = {"m.selections": ["wed"], "m.relates_to": response()["m.relates_to"]}
    await ada.send(room, stable, "m.poll.response")
    await so(house, {name: "wed"})
    await ada.send(room, response(), RESPONSE)
    await so(house, {})
    await house.stop()
    await ada.send(room, response("mon"), RESPONSE)  # while it is away
    await house.start()
    await so(house, {name: "mon"})
    await host.say(room, "!pick 2")
    await so(house, {name: "mon", f"host{tag}": "tue"})
    await host.say(room, "!workshop next")
    ended = await the(ada, room, END)
    assert ended["content"]["m.relates_to"]["event_id"] == poll["event_id"]
    await ada.until(room, has("1 × Monday", name), bot)
    closed = Post(text="It is over", poll=Poll(question="Q", options=(), closed=True, days=False))
    change = Change(message=f"matrix:{poll['event_id']}", post=closed)
    await house.platform.perform(f"matrix:{room}", change, "another end", "")
    assert sum(event["type"] == END for event in await ada.events(room)) == 1


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ({RESPONSE: {"answers": ["a", "b"]}}, ("a", "b")),
        ({RESPONSE: {"answers": ["a", "a"]}}, ("a",)),
        ({RESPONSE: {"answers": []}}, ()),
        ({RESPONSE: {"answers": [7, None]}}, ()),
        ({RESPONSE: "a"}, ()),
        ({"m.selections": ["b"]}, ("b",)),
        ({"m.selections": "b"}, ()),
        ({}, ()),
    ],
)
def test_a_vote_says_all_that_it_holds_and_a_spoiled_one_nothing(
    content: dict[str, Any], held: tuple[str, ...]
):
    assert vote(content) == held
