"""Our channels in Matrix and their rooms there; the room of a person and that of hosts are made when needed."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.core.text.wording import tr
from bot.errors import Permanent
from bot.platforms.matrix import sentences
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_mapping import NAME
from bot.platforms.matrix.room_admin import RoomAdmin
from bot.platforms.room_registry import HOSTS, Arrivals, RoomRegistry, parent_of
from bot.render.i18n import spoken
from bot.store import room_rows
from bot.store.store import Store

log = structlog.get_logger()

DIRECT = NAME + "~"  # begins the name of the channel where only one person reads
POLL = NAME + "poll/"  # a poll is kept under this and its event, with the session and step that it asks
AWAITED = NAME + "awaited/"  # under this and a room that we are to be invited into, with its channel
GAP = NAME + "gap/"  # under this and a room, the positions between which its history is to be read
OFFER = (
    NAME + "offer/"
)  # under this and a direct channel, the last message there with the words that it offers
OFFERED = NAME + "offered/"  # under this and a message, the words that it offered
ASKED = NAME + "asked/"  # under this and a direct channel, the question that waits there for an answer
STEP = NAME + "step/"  # under this and a step of a session in a room, with the message of its thread


def matrix_rooms(store: Store) -> RoomRegistry:
    """The registry of Matrix's rooms; all of them stay in memory, as they do in nio."""
    resident = (NAME + "!", DIRECT, POLL, AWAITED, STEP, GAP, OFFER, ASKED)
    return RoomRegistry(store, room_rows.MATRIX, resident, is_room=_has_room)


def _has_room(name: str) -> bool:
    return name.startswith((NAME + "!", DIRECT)) and not is_thread(name)


def is_thread(channel: str) -> bool:
    """True for the channel of a thread, which hangs under a message in its parent's room."""
    return "/$" in channel


class Channels:
    """The rooms of our channels; a channel that was never noted down is the room that bears its name."""

    def __init__(self, client: MatrixClient, admin: RoomAdmin, rooms: RoomRegistry, language: str) -> None:
        self._client = client
        self._admin = admin
        self._rooms = rooms
        self._language = language
        self._arrivals = Arrivals()

    def room_of(self, channel: str) -> str:
        """The room of a channel that needs none to be made."""
        return self._rooms.known(channel) or channel.removeprefix(NAME)

    def channel_of(self, room: str) -> str:
        """Our name of a room."""
        return self._rooms.channel_of(room) or NAME + room

    def poll(self, event: str) -> tuple[str, str] | None:
        """The session and step that a poll of ours asks, by its event."""
        row = self._rooms.known(POLL + event)
        if row is None:
            return None
        session, _, step = row.partition("|")
        return session, step

    async def target(self, channel: str) -> tuple[str, str]:
        """The room of a channel, made if need be, and the message that its thread hangs under (empty for none)."""
        if channel.startswith(DIRECT) or channel.endswith(HOSTS):
            return await self._private_room(channel), ""
        if is_thread(channel):
            parent, _, root = channel.partition("/")
            return self._rooms.known(channel) or self.room_of(parent), root
        return self.room_of(channel), ""

    async def _private_room(self, channel: str) -> str:
        """The direct room of a person, or the room of hosts."""
        async with self._rooms.making(channel):
            replaced = ""
            room = self._rooms.known(channel)
            if room is not None:
                members = self._admin.member_count(room) if channel.startswith(DIRECT) else 0
                if members == 1:  # they left it; what is said to them privately finds them again
                    await self._admin.invite(room, channel.removeprefix(DIRECT))
                if members <= 2:
                    return room
                # Somebody else came into what was a room for two: private words go to another one.
                log.warning("a direct room is not private any more", room=room)
                self._rooms.release(room)
                replaced = room
            room = await self._create(channel, channel + replaced)
            await self._rooms.keep(channel, room)
            return room

    async def _create(self, channel: str, key: str) -> str:
        with spoken(self._language):
            if channel.startswith(DIRECT):
                user = channel.removeprefix(DIRECT)
                return await self._admin.create(key, "Storycircle", [user], direct=True)
            parent = self._client.nio.rooms.get(self.room_of(parent_of(channel)))
            name = tr("Hosts of {room}", room=parent.display_name if parent else "Storycircle")
            return await self._admin.create(key, name, [], topic=tr(sentences.HOSTS_TOPIC))

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Invite these people into a room of hosts, each once in the life of this process."""
        room = await self._private_room(channel)
        ours = [person for person in people if person.startswith(NAME)]
        for person in self._arrivals.missing(room, ours):
            self._arrivals.add(room, [person])
            await self._admin.invite(room, person.removeprefix(NAME))

    async def replace(self, room: str, successor: str, via: str = "") -> None:
        """Follow an upgrade: a channel's room is its successor from now on (Client-Server API, Room Upgrades).

        Args:
            via: the server of whoever upgraded it.
        """
        channel = self.channel_of(room)
        if not successor or self._rooms.known(channel) == successor:
            return
        try:
            await self._admin.join(successor, via)
        except Permanent as error:  # a private room: its invitation comes in a moment
            log.info("cannot follow a room yet", room=room, to=successor, error=str(error))
            await self._rooms.keep(AWAITED + successor, channel)
            return
        await self._rooms.keep(channel, successor)

    async def joined(self, room: str, inviter: str, *, direct: bool) -> bool:
        """Note down a room that the bot was invited into; True if it succeeds a room that was upgraded."""
        awaited = self._rooms.known(AWAITED + room)
        if awaited is not None and self._rooms.known(awaited) != room:
            await self._rooms.keep(awaited, room)
            return True
        if direct and self._rooms.known(DIRECT + inviter) is None:
            await self._rooms.keep(DIRECT + inviter, room)
        return False
