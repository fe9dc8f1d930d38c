"""A homeserver that answers badly, in milliseconds: limits, errors, lost answers, cut bodies, gaps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.core.model.events import Posted
from bot.core.platform import Post, Reaction
from bot.errors import ConfigError, Permanent, Transient
from bot.platforms.matrix import nio_workarounds
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.platform import MatrixPlatform
from bot.store.opening import open_store
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.stub import Stub


class Place:
    """A room on the stub, with the bot and Ada in it."""

    def __init__(self, stub: Stub, platform: MatrixPlatform, ada: Guest, room: str, since: str) -> None:
        self.stub, self.platform, self.ada, self.room, self.since = stub, platform, ada, room, since
        self.channel = f"matrix:{room}"

    async def shown(self) -> list[str]:
        return await self.ada.texts(self.room, self.platform.client.account.user)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    stub = await Stub().start()
    made = await stub.register("bot")
    ada = Guest(stub.url, await stub.register("ada"))
    room = await ada.room(made["user_id"])
    store = await open_store(tmp_path / "faults.db")
    client = MatrixClient(
        Account(stub.url, made["user_id"], "D", made["access_token"]), tmp_path, encryption=False
    )
    await client.start()
    platform = MatrixPlatform(store, client)
    await platform.admin.join(room)
    since = (await client.sync(None)).next_batch
    yield Place(stub, platform, ada, room, since)
    await platform.close()
    await store.close()
    await ada.close()
    await stub.close()


async def test_a_limit_is_waited_out_as_long_as_the_server_says(place: Place):
    place.stub.limit = 2
    begun = time.monotonic()
    await place.platform.perform(place.channel, Post(text="hello"), "k", "")
    assert time.monotonic() - begun >= 0.1 and place.stub.limit == 0
    assert await place.shown() == ["hello"]


async def test_under_a_limit_the_room_goes_before_private_words_and_each_is_said_once(place: Place):
    guests = [f"~@g{n}:localhost" for n in range(8)]
    for guest in guests:  # their rooms are there
        await place.platform.perform(f"matrix:{guest}", Post(text="hello"), f"hello{guest}", "")
    place.stub.pace = 0.1
    private = [
        asyncio.create_task(place.platform.perform(f"matrix:{guest}", Post(text="welcome"), f"w{guest}", ""))
        for guest in guests
    ]
    async with asyncio.timeout(10):
        while not any(task.done() for task in private):
            await asyncio.sleep(0.01)
    await place.platform.perform(place.channel, Post(text="question"), "q", "")
    late = [task for task in private if not task.done()]
    assert len(late) >= 5
    await asyncio.gather(*private)
    said = [e["content"].get("body") for room in place.stub.rooms.values() for _, e in room.events]
    assert said.count("welcome") == 8 and said.count("question") == 1


async def test_who_gives_up_in_line_holds_up_nobody(place: Place):
    place.stub.pace = 0.2
    await place.platform.perform(place.channel, Post(text="first"), "1", "")
    two, three = (
        asyncio.create_task(place.platform.perform(place.channel, Post(text=text), text, ""))
        for text in ("second", "third")
    )
    async with asyncio.timeout(5):
        while place.stub.asked["send"] < 3:  # both were refused, and stand in line
            await asyncio.sleep(0.01)
    two.cancel()
    async with asyncio.timeout(5):
        await three
    assert await place.shown() == ["first", "third"]


async def test_an_error_of_the_server_is_tried_again_and_one_of_ours_is_not(place: Place):
    place.stub.broken = 1
    with pytest.raises(Transient, match="broken"):
        await place.platform.perform(place.channel, Post(text="hello"), "k", "")
    await place.platform.perform(place.channel, Post(text="hello"), "k", "")
    assert await place.shown() == ["hello"]
    with pytest.raises(Permanent):
        await place.platform.perform(
            "matrix:!nowhere:localhost/$x", Reaction(message="nonsense", sign="✓"), "s", ""
        )


async def test_an_answer_that_never_arrives_doubles_nothing(place: Place):
    place.stub.lost = 3
    message = None
    for _ in range(5):
        try:
            message = await place.platform.perform(place.channel, Post(text="once"), "k", "")
            break
        except Transient:
            continue
    assert place.stub.asked["send"] > 3 and not place.stub.lost
    assert await place.shown() == ["once"] and message and message.startswith("matrix:$")


async def heard(place: Place, n: int) -> list[str]:
    found: list[str] = []
    async with asyncio.timeout(20), aclosing(place.platform.events(place.since)) as batches:
        async for batch in batches:
            found += [event.text for event in batch.events if isinstance(event, Posted)]
            if len(found) >= n:
                return found
    return found


async def test_a_body_that_is_cut_ends_nothing(place: Place):
    place.stub.cut = 2
    await place.ada.say(place.room, "still here")
    assert await heard(place, 1) == ["still here"]


async def test_a_gap_is_filled_in_order_and_nothing_is_told_twice(place: Place):
    place.stub.most = 7  # events in one answer
    said = [await place.ada.say(place.room, f"line {n}") for n in range(450)]
    assert len(said) == 450
    found = await heard(place, 450)
    assert found == [f"line {n}" for n in range(450)]


@pytest.mark.parametrize("trouble", ["unreachable", "silent"])
async def test_an_invitation_that_cannot_be_answered_delays_no_other_room(place: Place, trouble: str):
    rooms = [await place.ada.room(place.platform.client.account.user) for _ in range(3)]
    getattr(place.stub, trouble).update(rooms)
    await place.ada.say(place.room, "meanwhile")
    begun = time.monotonic()
    assert await heard(place, 1) == ["meanwhile"]
    assert time.monotonic() - begun < 3
    getattr(place.stub, trouble).clear()
    await place.ada.until(rooms[0], lambda _: place.stub.rooms[rooms[0]].members["@bot:localhost"] == "join")


async def test_a_successor_that_is_out_of_reach_delays_no_other_room(place: Place):
    other = await place.ada.room(place.platform.client.account.user)
    await place.platform.admin.join(other)
    place.stub.silent.add("!far:away.example")
    content = {"body": "moved", "replacement_room": "!far:away.example"}
    await place.ada.call("PUT", f"/rooms/{other}/send/m.room.tombstone/1", content)
    await place.ada.say(place.room, "meanwhile")
    begun = time.monotonic()
    assert await heard(place, 1) == ["meanwhile"]
    assert time.monotonic() - begun < 3
    place.stub.silent.clear()


async def test_a_room_that_was_upgraded_elsewhere_is_joined_through_the_server_that_did_it(place: Place):
    next_room = await place.ada.room()
    content = {"body": "moved", "replacement_room": next_room}
    await place.ada.call("PUT", f"/rooms/{place.room}/send/m.room.tombstone/1", content)
    async with asyncio.timeout(20), aclosing(place.platform.events(place.since)) as batches:
        async for _ in batches:
            if next_room in place.stub.via:
                break
    assert place.stub.via[next_room] == "localhost"
    async with asyncio.timeout(5):
        while place.platform.rooms.known(place.channel) != next_room:
            await asyncio.sleep(0.01)


async def test_what_one_room_missed_and_the_server_cannot_give_yet_is_heard_later(place: Place):
    other = await place.ada.room(place.platform.client.account.user)
    await place.platform.admin.join(other)
    place.stub.most = 3
    place.stub.unreachable.add(f"{other}/messages")
    for n in range(9):
        await place.ada.say(other, f"line {n}")
    await place.ada.say(place.room, "meanwhile")
    found = await heard(place, 4)
    assert sorted(found) == ["line 6", "line 7", "line 8", "meanwhile"]
    # The program ends before the server can, and goes on with it at its next start.
    again = MatrixPlatform(place.platform._store, place.platform.client)
    place.stub.unreachable.clear()
    place.since = (await place.platform.client.sync(None)).next_batch
    late = Place(place.stub, again, place.ada, place.room, place.since)
    assert await heard(late, 6) == [f"line {n}" for n in range(6)]


async def test_many_ticks_become_one_line_and_a_limit_holds_up_no_words(place: Place):
    lines = [f"matrix:{await place.ada.say(place.room, f'answer {n}')}" for n in range(12)]
    await heard(place, 12)
    for line in lines:
        await place.platform.perform(place.channel, Reaction(message=line, sign="✓"), line, "")
    async with asyncio.timeout(10):
        while await place.shown() != ["✓ Saved: ada."]:
            await asyncio.sleep(0.05)
    reactions = [e for e in await place.ada.events(place.room) if e["type"] == "m.reaction"]
    assert reactions == []
    # a single tick that meets a limit is let go
    line = f"matrix:{await place.ada.say(place.room, 'one more')}"
    place.stub.limit = 1
    await place.platform.perform(place.channel, Reaction(message=line, sign="✓"), line, "")
    async with asyncio.timeout(10):
        while place.stub.limit:
            await asyncio.sleep(0.05)
    await place.platform.perform(place.channel, Post(text="words"), "w", "")
    assert (await place.shown())[-1] == "words"


async def test_talk_that_is_not_for_us_costs_one_question_to_the_server(place: Place):
    for n in range(40):
        await place.ada.say(place.room, f"chatter {n}")
    place.stub.asked.clear()
    await heard(place, 40)
    assert place.stub.asked["other"] == 0 and place.stub.asked["sync"] <= 2


def test_the_repairs_are_for_the_nio_that_is_installed(monkeypatch: pytest.MonkeyPatch):
    assert version("matrix-nio") == nio_workarounds.FOR_NIO, (
        "look whether bot/platforms/matrix/nio_workarounds.py still fits"
    )
    monkeypatch.setattr(nio_workarounds, "version", lambda _: "0.27.0")
    with pytest.raises(ConfigError, match=r"0\.27\.0"):
        nio_workarounds.check_version()
