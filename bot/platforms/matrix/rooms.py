"""Where our channels are in Matrix: names of ours and rooms there, kept over restarts; rooms are made when needed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.core.text import messages
from bot.core.text.messages import tr
from bot.errors import Permanent
from bot.platforms.matrix import tables
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_mapping import NAME
from bot.render.i18n import spoken
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

DIRECT = NAME + "~"
HOSTS = "/hosts"
POLL = NAME + "poll/"  # what the question of a poll is kept under
AWAITED = NAME + "awaited/"  # what the channel is kept under of a room that we were not asked into yet
STEP = NAME + "step/"  # what the message is kept under that a step's thread hangs under


def private(person: str) -> str:
    """Where only this person reads."""
    return DIRECT + person.removeprefix(NAME)


def is_thread(channel: str) -> bool:
    """Whether a channel hangs under a message."""
    return "/$" in channel


class Rooms:
    """Channels and rooms; beside them threads of steps, polls, and rooms that we wait to be asked into."""

    def __init__(self, store: SqliteStore, client: MatrixClient, language: str) -> None:
        self._store = store
        self._client = client
        self._language = language
        self.rooms: dict[str, str] = {}  # channel -> room, where they differ
        self.awaited: dict[str, str] = {}  # a room that took another's place, and asks us in -> its channel
        self.roots: dict[str, str] = {}  # room, session and step -> the question's message
        self.polls: dict[str, tuple[str, str]] = {}  # event of a poll -> the session and step that it asks
        self._channels: dict[str, str] = {}  # the rooms, the other way round
        self._told: set[tuple[str, str]] = set()
        self._making: dict[str, asyncio.Lock] = {}
        self._loaded = False

    async def load(self) -> None:
        """Read what an earlier run kept."""
        if not self._loaded:
            for name, id in (await self._store.read(tables.rooms)).items():
                self._know(name, id)
            self._loaded = True

    async def learn(self, name: str, id: str) -> None:
        """Have it at hand, and keep it over restarts."""
        self._know(name, id)
        await self.keep(name, id)

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        return (await self._store.read(tables.rooms)).get(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        await self._store.write(lambda c: tables.keep_room(c, name, id))

    def _know(self, name: str, id: str) -> None:
        if name.startswith(NAME + "panel/"):
            return
        if name.startswith(AWAITED):
            self.awaited[name.removeprefix(AWAITED)] = id
        elif name.startswith(STEP):
            self.roots[name] = id
        elif name.startswith(POLL):
            session, _, step = id.partition("|")
            self.polls[name.removeprefix(POLL)] = (session, step)
        else:
            self.rooms[name] = id
            if not is_thread(name):
                self._channels[id] = name

    def room_of(self, channel: str) -> str:
        """The room of a channel that needs none to be made."""
        return self.rooms.get(channel, channel.removeprefix(NAME))

    def channel_of(self, room: str) -> str:
        """What we call a room."""
        return self._channels.get(room, NAME + room)

    async def moved(self, room: str, to: str) -> None:
        """A room was upgraded: what was said to it is said to the one that took its place."""
        channel = self.channel_of(room)
        if not to or self.rooms.get(channel) == to:
            return
        try:
            await self._client.join(to)
        except Permanent as error:  # a private room: its invitation comes in a moment
            log.info("cannot follow a room yet", room=room, to=to, error=str(error))
            await self.learn(AWAITED + to, channel)
            return
        await self.followed(channel, to)

    async def followed(self, channel: str, to: str) -> None:
        """From here on this channel is the room that took the other's place."""
        self.awaited.pop(to, None)
        await self.learn(channel, to)

    async def place(self, channel: str) -> tuple[str, str]:
        """The room of a channel, and the message that its thread hangs under; the room is made if need be."""
        if channel.startswith(DIRECT) or channel.endswith(HOSTS):
            return await self._made(channel), ""
        if is_thread(channel):
            parent, _, root = channel.partition("/")
            return self.rooms.get(channel, self.room_of(parent)), root
        return self.room_of(channel), ""

    async def _made(self, channel: str) -> str:
        lock = self._making.setdefault(channel, asyncio.Lock())
        async with lock:
            again = ""
            if channel in self.rooms:
                room = self.rooms[channel]
                members = self._client.members(room) if channel.startswith(DIRECT) else 0
                if members == 1:  # they left it; what is said to them privately finds them again
                    await self._client.invite(room, channel.removeprefix(DIRECT))
                if members <= 2:
                    return room
                # Somebody else came into what was a room for two: private words go to another one.
                log.warning("a direct room is not private any more", room=room)
                self._channels.pop(room, None)
                again = room
            with spoken(self._language):
                if channel.startswith(DIRECT):
                    user = channel.removeprefix(DIRECT)
                    room = await self._client.make_room(channel + again, "Storycircle", [user], direct=True)
                else:
                    parent = self._client.nio.rooms.get(self.room_of(channel.removesuffix(HOSTS)))
                    named = tr("Hosts of {room}", room=parent.display_name if parent else "Storycircle")
                    room = await self._client.make_room(channel, named, [], topic=tr(messages.HOSTS_TOPIC))
            await self.learn(channel, room)
            return room

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Ask these people into a room of hosts; who is there already is left in peace."""
        room = await self._made(channel)
        for person in people:
            if person.startswith(NAME) and (room, person) not in self._told:
                self._told.add((room, person))
                await self._client.invite(room, person.removeprefix(NAME))
