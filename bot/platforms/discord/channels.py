"""Our channels in Discord: which id each has there, and what we call a channel that Discord names."""

from __future__ import annotations

import time

import discord
import structlog

from bot.core.text.wording import tr
from bot.errors import Permanent
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import DIRECT, NAME, discord_id, message_name, post_of
from bot.platforms.discord.threads import Threads
from bot.platforms.room_registry import HOSTS, RoomRegistry, direct_channel, parent_of
from bot.platforms.sessions import LoadSession, session_at
from bot.render.i18n import spoken
from bot.store import room_rows
from bot.store.store import Store

log = structlog.get_logger()

AGAIN = 300.0  # seconds until a thread is tried again where none could be made
POST = "post/"  # a post of a forum is kept under this and its id, with the room that its question belongs to
POLL = "poll/"  # a poll is kept under this and the id of its message


def discord_rooms(store: Store) -> RoomRegistry:
    """The registry of Discord's rooms; the direct channel of each person is read when it is needed."""
    host_threads = [f"{NAME}{digit}" for digit in range(10)]  # the only channels that begin with their id
    return RoomRegistry(store, room_rows.DISCORD, (*host_threads, POST, POLL), is_room=_is_host_thread)


def _is_host_thread(name: str) -> bool:
    return name.startswith(NAME) and name.endswith(HOSTS)


class Channels:
    """Channels, threads, and posts of a forum. A direct channel or a hosts' thread is made when first used."""

    def __init__(
        self,
        store: Store,
        client: DiscordClient,
        rooms: RoomRegistry,
        threads: Threads,
        load: LoadSession,
        language: str,
    ) -> None:
        self._store = store
        self._load = load
        self._without: dict[
            str, float
        ] = {}  # channels of hosts that could have no thread -> when to try again
        self.stand_ins: dict[
            str, str
        ] = {}  # channels of hosts without a thread -> the direct channel of the guide
        self._client = client
        self._rooms = rooms
        self.threads = threads
        self._language = language

    def message(self, id: int, channel: int) -> str:
        """Our name of a message."""
        return message_name(id, self.post(channel))

    def name_of(self, id: int) -> str:
        """Our name of a channel; a post of a forum is the room that its question belongs to."""
        room = self._rooms.known(f"{POST}{id}")
        return room or self._rooms.channel_of(str(id)) or f"{NAME}{id}"

    def post(self, channel: int) -> int:
        """The id of a channel that is a post of ours in a forum; 0 for every other."""
        return channel if self._rooms.known(f"{POST}{channel}") else 0

    def posts_of(self, channel: str) -> list[int]:
        """The posts of a forum whose questions belong to a room."""
        return [int(post) for post, room in self._rooms.under(POST).items() if room == channel]

    def learn_direct(self, channel: str, id: int) -> None:
        """Remember a direct channel that somebody wrote in, so that it need not be asked for."""
        if self._rooms.known(channel) != str(id):
            self._rooms.learn(channel, str(id))

    async def target(self, channel: str) -> int:
        """The id of a channel."""
        id = await self._rooms.find(channel)
        if id is not None:
            return int(id)
        if channel.startswith(DIRECT):
            user = discord_id(NAME + channel.removeprefix(DIRECT))
            async with self._client.asking():
                direct = await self._client.create_dm(discord.Object(user))
            await self._rooms.keep(channel, str(direct.id))
            return direct.id
        if channel.endswith(HOSTS):
            return await self._host_thread(channel)
        return discord_id(channel)

    async def _host_thread(self, channel: str) -> int:
        """The thread of the hosts, made if it is not there; where none can be made, a direct channel of the guide."""
        async with self._rooms.making(channel):
            id = await self._rooms.find(channel)
            if id is not None:
                return int(id)
            if time.monotonic() < self._without.get(channel, 0):
                return await self.target(self.stand_ins.get(channel, ""))
            with spoken(self._language):
                title = tr("Hosts of {room}", room="Storycircle")
            try:
                thread = await self.threads.create(discord_id(parent_of(channel)), title, channel)
            except Permanent as error:
                guide = await self._guide(channel)
                if not guide:
                    raise
                log.warning("no thread for hosts", channel=channel, error=str(error))
                self._without[channel] = time.monotonic() + AGAIN
                self.stand_ins[channel] = guide
                return await self.target(guide)
            self.stand_ins.pop(channel, None)
            await self._rooms.keep(channel, str(thread))
            return thread

    async def _guide(self, channel: str) -> str:
        """The direct channel of who guides the session in a room; empty if that is nobody in Discord."""
        key = await session_at(self._store, parent_of(channel))
        guide = (await self._load(key))[0].guide if key else ""
        return direct_channel(guide) if guide.startswith(NAME) else ""

    async def holding(self, channel: str, message: str) -> int:
        """The id of the channel that a message stands in: its room, or a post of a forum."""
        return post_of(message) or await self.target(channel)

    def server(self, channel: str) -> int:
        """The id of the server that a channel is in; 0 if it is in none, or is not known yet."""
        room = parent_of(channel)
        number = room.removeprefix(NAME)
        guild = getattr(self._client.get_channel(int(number)), "guild", None) if number.isdecimal() else None
        return guild.id if guild is not None else self.threads.server(room)

    async def place(self, channel: str) -> object:
        """A channel or thread as the library knows it, asked for if nothing of it was told yet."""
        id = await self.target(channel)
        known = self._client.get_channel(id)
        if known is not None:
            return known
        async with self._client.asking():
            return await self._client.fetch_channel(id)

    async def guild_channel(self, channel: str) -> discord.abc.GuildChannel | None:
        """A channel of a server, of a thread the one above it; None for a direct channel."""
        place = await self.place(channel)
        if isinstance(place, discord.Thread):
            place = place.parent or await self.place(f"{NAME}{place.parent_id}")
        return place if isinstance(place, discord.abc.GuildChannel) else None
