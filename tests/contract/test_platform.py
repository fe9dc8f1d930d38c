"""What every platform promises. A new one joins by a `House` of its own: how people act on it, what shows."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Protocol

import pytest

from bot.authoring.rehearsal import START, VirtualClock
from bot.core.model.cards import Button
from bot.core.model.events import Deleted, Edited, Event, Person, Posted
from bot.core.platform import Change, Delete, Erasure, Platform, Post, Reaction, RemoveReaction, Thread
from bot.engine.session_repository import SessionRepository
from bot.errors import Permanent
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.platform import MatrixPlatform
from bot.platforms.memory import Line, MemoryPlatform
from bot.platforms.web.platform import WebPlatform
from bot.store import web_members, web_rows
from bot.store.opening import open_store
from tests.platforms.discord.server import TOKEN, Discord
from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.stub import Stub
from tests.platforms.matrix.synapse import Synapse


class House(Protocol):
    """A platform with people in it."""

    room: str
    ada: str  # who says things here
    beginning: str  # the position before anything was said

    async def start(self) -> Platform: ...  # a process begins (again); what people did stays
    async def say(self, text: str, channel: str = "") -> str: ...
    async def edit(self, message: str, text: str) -> None: ...
    async def delete(self, message: str) -> None: ...
    async def shown(
        self, channel: str
    ) -> list[str]: ...  # the bot's messages there, in order, as people see them
    async def signs(self, message: str) -> Sequence[str]: ...
    async def text_of(self, message: str) -> str: ...
    async def settled(self) -> None: ...  # what was heard is marked so on disk
    async def close(self) -> None: ...


class StageHouse:
    """The stage; it lives in memory, so a new start is the same object."""

    room = "stage:circle"
    ada = "stage:ada"
    beginning = "0"

    def __init__(self) -> None:
        self.stage = MemoryPlatform()
        self.who = Person(id="stage:ada", name="Ada")

    async def start(self) -> MemoryPlatform:
        return self.stage

    async def say(self, text: str, channel: str = "") -> str:
        channel = channel or self.room
        line = Line(id=self.stage.next_id, channel=channel, author=self.who.id, text=text)
        self.stage.show(line)
        parent = self.room if channel != self.room else None
        self.stage.happen(
            Posted(id=line.id, channel=channel, at=START, person=self.who, text=text, parent=parent)
        )
        return line.id

    async def edit(self, message: str, text: str) -> None:
        event = Edited(
            id=self.stage.next_id, channel=self.room, at=START, person=self.who, message=message, text=text
        )
        self.stage.happen(event)

    async def delete(self, message: str) -> None:
        self.stage.happen(Deleted(id=self.stage.next_id, channel=self.room, at=START, message=message))

    async def shown(self, channel: str) -> list[str]:
        lines = self.stage.lines.values()
        return [x.text for x in lines if x.channel == channel and not x.author and not x.deleted]

    async def signs(self, message: str) -> Sequence[str]:
        return sorted(self.stage.lines[message].signs)

    async def text_of(self, message: str) -> str:
        return self.stage.lines[message].text

    async def settled(self) -> None:
        pass

    async def close(self) -> None:
        pass


class WebHouse:
    """The web room over its real tables; every start opens the database anew."""

    room = "web:circle"
    ada = "web:ada"
    beginning = "0"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.who = web_members.Member(id="ada", room="circle", name="Ada", host=False)
        self.store = None
        self.count = 0
        self.sending: set[asyncio.Task[None]] = set()

    async def start(self) -> WebPlatform:
        await self.close()
        self.store = await open_store(self.path)
        await self.store.write(lambda db: web_members.enter(db, self.who, "ada", 0.0))
        self.platform = WebPlatform(self.store, VirtualClock())
        return self.platform

    async def _send(self, **body) -> None:
        self.count += 1
        before = await self.store.read(web_rows.last_inbox)
        self.sending.add(asyncio.create_task(self.platform.send(self.who, f"n{self.count}", body)))
        while await self.store.read(web_rows.last_inbox) == before:
            await asyncio.sleep(0)

    async def say(self, text: str, channel: str = "") -> str:
        await self._send(do="say", channel=channel or self.room, text=text)
        row = await self.store.read(lambda c: c.execute("SELECT max(id) FROM web_message").fetchone())
        return f"web:{row[0]}"

    async def edit(self, message: str, text: str) -> None:
        await self._send(do="edit", message=int(message[4:]), text=text)

    async def delete(self, message: str) -> None:
        await self._send(do="delete", message=int(message[4:]))

    async def shown(self, channel: str) -> list[str]:
        found = await self.store.read(lambda db: web_rows.since(db, [channel], 0))
        return [m.post().text for m in found if not m.author and not m.deleted]

    async def signs(self, message: str) -> Sequence[str]:
        found = await self.store.read(lambda db: web_rows.read(db, int(message[4:])))
        return found.signs

    async def text_of(self, message: str) -> str:
        return (await self.store.read(lambda db: web_rows.read(db, int(message[4:])))).body

    async def settled(self) -> None:
        while await self.store.read(lambda db: web_rows.inbox(db, 0)):
            await asyncio.sleep(0)

    async def close(self) -> None:
        for task in self.sending:
            task.cancel()
        self.sending.clear()
        if self.store is not None:
            await self.store.close()


class MatrixHouse:
    """Matrix over a homeserver, real or the stub; every start is a new process: database, client and device anew."""

    def __init__(self, synapse: Synapse | Stub, path: Path) -> None:
        self.synapse = synapse
        self.path = path
        self.platform: MatrixPlatform | None = None
        self.room = ""

    async def start(self) -> MatrixPlatform:
        if not self.room:
            made = await self.synapse.register(f"bot{secrets.token_hex(4)}")
            self.account = Account(self.synapse.url, made["user_id"], made["device_id"], made["access_token"])
            self.guest = Guest(self.synapse.url, await self.synapse.register(f"ada{secrets.token_hex(4)}"))
            self.ada = f"matrix:{self.guest.user}"
            self.physical = await self.guest.room(
                self.account.user, power_level_content_override={"redact": 0}
            )
            self.room = f"matrix:{self.physical}"
        await self._stop()
        self.store = await open_store(self.path / "house.db")
        client = MatrixClient(self.account, self.path / "keys", encryption=False)
        await client.start()
        self.platform = MatrixPlatform(self.store, client)
        if not hasattr(self, "beginning"):
            await self.platform.admin.join(self.physical)
            self.beginning = (await client.sync(None)).next_batch
        await client.sync(self.beginning, full_state=True)
        return self.platform

    def _of(self, channel: str) -> tuple[str, str]:
        assert self.platform
        room, _, root = channel.partition("/$")
        return self.platform.rooms.known(room) or room.removeprefix("matrix:"), f"${root}" if root else ""

    async def say(self, text: str, channel: str = "") -> str:
        room, root = self._of(channel or self.room)
        relation = {"m.relates_to": {"rel_type": "m.thread", "event_id": root}} if root else {}
        return f"matrix:{await self.guest.say(room, text, **relation)}"

    async def edit(self, message: str, text: str) -> None:
        await self.guest.edit(self.physical, message[7:], text)

    async def delete(self, message: str) -> None:
        await self.guest.redact(self.physical, message[7:])

    async def shown(self, channel: str) -> list[str]:
        room, root = self._of(channel)
        if room != self.physical:
            with contextlib.suppress(RuntimeError):
                await self.guest.join(room)
        found = await self.guest.shown(room, self.account.user)
        return [text for text, thread in found if thread == root and "In pairs" not in text]

    async def signs(self, message: str) -> Sequence[str]:
        for _ in range(100):
            found = [
                e["content"]["m.relates_to"]["key"]
                for e in await self.guest.events(self.physical)
                if e["type"] == "m.reaction"
                and e["content"].get("m.relates_to", {}).get("event_id") == message[7:]
            ]
            if found:
                break
            await asyncio.sleep(0.05)
        return found

    async def text_of(self, message: str) -> str:
        said = {e["event_id"]: e["content"].get("body", "") for e in await self.guest.events(self.physical)}
        return said[message[7:]]

    async def settled(self) -> None:
        pass

    async def _stop(self) -> None:
        if self.platform is not None:
            await self.platform.close()
            await self.store.close()

    async def close(self) -> None:
        await self._stop()
        if self.room:
            await self.guest.close()


class DiscordHouse:
    """Discord over the small server on loopback; every start is a new process: database and client anew."""

    def __init__(self, server: Discord, path: Path) -> None:
        self.server = server
        self.path = path
        self.platform: DiscordPlatform | None = None
        who = server.user("Ada")
        self.who, self.ada = who, f"discord:{who}"
        self.place = server.channel(server.guild(who))
        self.room = f"discord:{self.place}"
        self.beginning = str(server.snowflake())
        self.said: list[str] = []

    async def _open_channels(self) -> dict[str, list[str]]:
        return {self.room: self.said, **{f"discord:{c}": [] for c in self.server.channels if c > self.place}}

    async def start(self) -> DiscordPlatform:
        await self._stop()
        self.server.lead_here()
        self.server.read_messages = True
        self.store = await open_store(self.path / "house.db")
        client = DiscordClient(read_messages=True)
        await client.enter(TOKEN)
        self.platform = DiscordPlatform(
            self.store, client, SessionRepository(self.store, "en").load, open_channels=self._open_channels
        )
        return self.platform

    def _of(self, channel: str) -> int:
        assert self.platform
        return int(self.platform.rooms.known(channel) or channel.removeprefix("discord:"))

    async def say(self, text: str, channel: str = "") -> str:
        made = f"discord:{self.server.say(self.who, self._of(channel or self.room), text)}"
        self.said += [made] if not channel else []
        return made

    async def edit(self, message: str, text: str) -> None:
        self.server.edit(self.place, int(message[8:]), text)

    async def delete(self, message: str) -> None:
        self.server.delete(self.place, int(message[8:]))

    async def shown(self, channel: str) -> list[str]:
        return self.server.shown(self._of(channel))

    async def signs(self, message: str) -> Sequence[str]:
        return [{"✅": "✓"}[sign] for sign in self.server.signs(self.place, int(message[8:]))]

    async def text_of(self, message: str) -> str:
        return self.server.messages[self.place].get(int(message[8:]), {"content": ""})["content"]

    async def settled(self) -> None:
        pass

    async def _stop(self) -> None:
        if self.platform is not None:
            await self.platform.close()
            await self.store.close()

    async def close(self) -> None:
        await self._stop()
        assert not self.server.faults, self.server.faults


@pytest.fixture(params=["stage", "web", "matrix", "stub", "discord"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    made: House
    if request.param == "stage":
        made = StageHouse()
    elif request.param == "web":
        made = WebHouse(tmp_path / "house.db")
    elif request.param == "matrix":
        made = MatrixHouse(request.getfixturevalue("synapse"), tmp_path)
    elif request.param == "discord":
        server = await Discord().start()
        made = DiscordHouse(server, tmp_path)
    else:
        stub = await Stub().start()
        made = MatrixHouse(stub, tmp_path)
    yield made
    await made.close()
    if request.param == "discord":
        await server.close()
    if request.param == "stub":
        await stub.close()


async def heard(
    platform: Platform, since: str | None, change: type[Event] | None = None
) -> tuple[list[Event], str | None]:
    """Everything up to the moment when it says that it has caught up, and the cursor then.

    Args:
        change: of old messages, waited for also where it is read beside what is live.
    """
    events: list[Event] = []
    cursor = since
    caught_up = False
    async with aclosing(platform.events(since)) as batches:
        async for batch in batches:
            events += batch.events
            cursor = batch.cursor or cursor
            if batch.acknowledged:
                batch.acknowledged()
            caught_up = caught_up or batch.caught_up
            if caught_up and (change is None or any(isinstance(event, change) for event in events)):
                return events, cursor
    raise AssertionError("the platform never caught up")


async def test_a_first_start_replays_nothing_that_was_heard(house: House):
    platform = await house.start()
    await house.say("before you came")
    events, _ = await heard(platform, house.beginning)
    assert len(events) == 1
    await house.settled()
    platform = await house.start()
    events, _ = await heard(platform, None)
    assert events == []


async def test_what_was_missed_comes_in_order_once_and_before_what_is_live(house: House):
    platform = await house.start()
    await house.say("zero")
    _, cursor = await heard(platform, house.beginning)
    ids = [await house.say(f"missed {n}") for n in range(30)]
    platform = await house.start()
    live = asyncio.create_task(house.say("live"))
    seen: list[str] = []
    async with aclosing(platform.events(cursor)) as batches:
        async for batch in batches:
            seen += [e.text for e in batch.events if isinstance(e, Posted)]
            if batch.acknowledged:
                batch.acknowledged()
            if "live" in seen:
                break
    await live
    assert seen == [*(f"missed {n}" for n in range(30)), "live"]
    assert len(set(ids)) == 30


async def test_our_own_messages_never_come_back(house: House):
    platform = await house.start()
    await platform.perform(house.room, Post(text="we said this"), "k1", "")
    await house.say("a person said this")
    events, _ = await heard(platform, house.beginning)
    assert [e.text for e in events if isinstance(e, Posted)] == ["a person said this"]


async def test_edits_and_deletions_name_the_message_that_they_are_about(house: House):
    platform = await house.start()
    message = await house.say("frist")
    await house.edit(message, "first")
    platform = await house.start()  # nothing of it is in a cache
    events, cursor = await heard(platform, house.beginning, Edited)
    await house.delete(message)  # what is deleted before it is heard was never said, on some platforms
    platform = await house.start()
    async with asyncio.timeout(20):
        events += (await heard(platform, cursor, Deleted))[0]
    said, edited, deleted = events
    assert isinstance(said, Posted) and said.id == message
    assert isinstance(edited, Edited) and edited.message == message
    assert isinstance(deleted, Deleted) and deleted.message == message
    assert len({e.id for e in events}) == 3


async def test_one_key_is_drawn_once_also_after_a_restart(house: House):
    platform = await house.start()
    first = await platform.perform(house.room, Post(text="only once"), "key", "")
    again = await platform.perform(house.room, Post(text="only once"), "key", "")
    platform = await house.start()
    after = await platform.perform(house.room, Post(text="only once"), "key", "")
    assert first == again == after
    assert await house.shown(house.room) == ["only once"]


async def test_a_message_can_be_changed_and_taken_away_twice_is_once(house: House):
    platform = await house.start()
    message = await platform.perform(
        house.room, Post(text="before", buttons=(Button(label="A", command="now"),)), "k", ""
    )
    for _ in range(2):
        await platform.perform(house.room, Change(message=message, post=Post(text="after")), "k2", "")
    assert await house.shown(house.room) == ["after"]
    for _ in range(2):
        await platform.perform(house.room, Delete(message=message), "k3", "")
    assert await house.shown(house.room) == []


async def test_a_sign_on_somebodys_message_twice_is_once(house: House):
    platform = await house.start()
    message = await house.say("an answer")
    for _ in range(2):
        await platform.perform(house.room, Reaction(message=message, sign="✓"), "s", "")
    assert list(await house.signs(message)) == ["✓"]


async def test_a_sign_is_taken_off_and_put_on_again(house: House):
    platform = await house.start()
    message = await house.say("an answer")
    await platform.perform(house.room, Reaction(message=message, sign="✓"), "s", "")
    assert list(await house.signs(message)) == ["✓"]
    for _ in range(2):  # one that is off already is fine
        await platform.perform(house.room, RemoveReaction(message=message, sign="✓"), "off", "")
    assert list(await house.signs(message)) == []
    await platform.perform(house.room, Reaction(message=message, sign="✓"), "again", "")
    assert list(await house.signs(message)) == ["✓"]


async def test_a_thread_is_made_once_and_its_words_know_their_parent(house: House):
    platform = await house.start()
    thread = Thread(people=(house.ada,), title="In pairs")
    channel = await platform.perform(house.room, thread, "t", "")
    assert channel == await platform.perform(house.room, thread, "t", "")
    assert channel and channel != house.room
    await platform.perform(channel, Post(text="in the thread"), "k", "")
    assert await house.shown(channel) == ["in the thread"]
    assert await house.shown(house.room) == []
    await house.say("said in the pair", channel)
    events, _ = await heard(platform, house.beginning)
    assert [(e.channel, e.parent) for e in events if isinstance(e, Posted)] == [(channel, house.room)]


async def test_private_and_host_channels_are_apart_from_the_room(house: House):
    platform = await house.start()
    private = platform.private_channel(house.ada, house.room)
    hosts = platform.host_channel(house.room)
    assert len({private, hosts, house.room}) == 3
    await platform.perform(private, Post(text="to you"), "p", "")
    await platform.perform(hosts, Post(text="to hosts"), "h", "")
    assert await house.shown(house.room) == []
    assert await house.shown(private) == ["to you"]


async def test_erasing_takes_words_and_name(house: House):
    platform = await house.start()
    message = await house.say("forget this")
    await platform.perform(
        house.room, Erasure(person=house.ada, messages=(message,), everything=True), "e", ""
    )
    assert await house.text_of(message) == ""


async def test_hostile_text_is_kept_as_it_is(house: House):
    text = "\u2068<script>alert(1)</script> @everyone **x** [a](javascript:1) شكرا 👩🏽‍🚀\u2069"
    platform = await house.start()
    await platform.perform(house.room, Post(text=text), "k", "")
    assert await house.shown(house.room) == [text]


async def test_what_cannot_be_done_is_permanent(house: House):
    platform = await house.start()
    with pytest.raises(Permanent):
        await platform.perform(house.room, Reaction(message="nonsense", sign="✓"), "k", "")


def test_the_limit_is_stated(tmp_path: Path):
    assert MemoryPlatform.can.limit >= 1000 and WebPlatform.can.limit >= 1000
