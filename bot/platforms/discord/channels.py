"""Our channels in Discord: which id each has there, and what we call a channel that Discord names."""

from __future__ import annotations

import discord

from bot.core.text.wording import tr
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import DIRECT, NAME, discord_id, message_name, post_of
from bot.platforms.discord.threads import Threads
from bot.platforms.room_registry import HOSTS, RoomRegistry, parent_of
from bot.render.i18n import spoken
from bot.store import room_rows
from bot.store.store import Store

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

    def __init__(self, client: DiscordClient, rooms: RoomRegistry, threads: Threads, language: str) -> None:
        self._client = client
        self._rooms = rooms
        self._threads = threads
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
        async with self._rooms.making(channel):
            id = await self._rooms.find(channel)
            if id is not None:
                return int(id)
            with spoken(self._language):
                title = tr("Hosts of {room}", room="Storycircle")
            thread = await self._threads.create(discord_id(parent_of(channel)), title, channel)
            await self._rooms.keep(channel, str(thread))
            return thread

    async def holding(self, channel: str, message: str) -> int:
        """The id of the channel that a message stands in: its room, or a post of a forum."""
        return post_of(message) or await self.target(channel)

    async def guild_channel(self, channel: str) -> discord.abc.GuildChannel | None:
        """A channel of a server, asked for if nothing of it was told yet; None for a direct channel."""
        id = await self.target(channel)
        fetched: object = self._client.get_channel(id)
        if fetched is None:
            async with self._client.asking():
                fetched = await self._client.fetch_channel(id)
        return fetched if isinstance(fetched, discord.abc.GuildChannel) else None
