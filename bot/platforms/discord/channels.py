"""Where our channels are in Discord: names of ours and ids there, kept over restarts; threads made once and seated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import discord
import structlog

from bot.core.text.messages import tr
from bot.errors import Permanent
from bot.platforms.discord import forums, tables
from bot.platforms.discord.client import DiscordClient, Refused
from bot.platforms.discord.ids import DIRECT, HOSTS, NAME, named, nonce, number, post_of
from bot.render.i18n import spoken
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

THREAD_NAME = 100
POST = "post/"  # what the room of a post in a forum is kept under


class Channels:
    """Channels, threads and posts. `also` is told of each name that is kept, as the polls are."""

    def __init__(self, store: SqliteStore, client: DiscordClient, language: str) -> None:
        self._store = store
        self._client = client
        self._language = language
        self.ids: dict[str, str] = {}  # our name -> id there
        self.posts: dict[int, str] = {}  # post of a forum -> the room that its question belongs to
        self.fresh: set[int] = set()  # threads that this process made
        self.also: Callable[[str, str], None] = lambda name, id: None
        self._names: dict[int, str] = {}  # the other way round, for threads of hosts and posts of a forum
        self._making: dict[str, asyncio.Lock] = {}
        self._loaded = False

    async def load(self) -> None:
        """Read what an earlier run kept."""
        if not self._loaded:
            for name, id in (await self._store.read(tables.places)).items():
                self.know(name, id)
            self._loaded = True

    def know(self, name: str, id: str) -> None:
        """Have it at hand, without keeping it."""
        self.ids[name] = id
        if name.endswith(HOSTS) and id.isdecimal():
            self._names[int(id)] = name
        if name.startswith(POST):
            post = int(name.removeprefix(POST))
            self._names[post] = self.posts[post] = id
        self.also(name, id)

    async def forget(self, name: str) -> None:
        """Keep it no more."""
        self.ids.pop(name, None)
        await self._store.write(lambda c: tables.forget(c, name))

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        await self.load()
        return self.ids.get(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        self.know(name, id)
        await self._store.write(lambda c: tables.keep(c, name, id))

    def message(self, id: int, channel: int) -> str:
        """Our name of a message."""
        return named(id, self.post(channel))

    def called(self, id: int) -> str:
        """Our name of a channel."""
        return self._names.get(id, f"{NAME}{id}")

    def post(self, channel: int) -> int:
        """The post of a forum that this channel is, if it is one of ours."""
        return channel if channel in self.posts else 0

    async def target(self, channel: str) -> int:
        """The id of a channel; a direct channel or a hosts' thread is made when first used."""
        known = self.ids.get(channel)
        if known is not None:
            return int(known)
        if channel.startswith(DIRECT):
            user = number(NAME + channel.removeprefix(DIRECT))
            async with self._client.asking():
                direct = await self._client.create_dm(discord.Object(user))
            await self.keep(channel, str(direct.id))
            return direct.id
        if channel.endswith(HOSTS):
            lock = self._making.setdefault(channel, asyncio.Lock())
            async with lock:
                if channel not in self.ids:
                    with spoken(self._language):
                        title = tr("Hosts of {room}", room="Storycircle")
                    id = await self.made_thread(number(channel.removesuffix(HOSTS)), title, channel)
                    await self.keep(channel, str(id))
            return int(self.ids[channel])
        return number(channel)

    async def holding(self, channel: str, message: str) -> int:
        """The id of the channel that a message stands in: its room, or a post of a forum."""
        return post_of(message) or await self.target(channel)

    async def guild_channel(self, channel: str) -> discord.abc.GuildChannel | None:
        """A channel of a server, asked for if nothing of it was told yet."""
        id = await self.target(channel)
        found: object = self._client.get_channel(id)
        if found is None:
            async with self._client.asking():
                found = await self._client.fetch_channel(id)
        return found if isinstance(found, discord.abc.GuildChannel) else None

    async def made_thread(self, room: int, title: str, key: str) -> int:
        """Make a private thread, once for each key: its name ends with a mark, by which it is found again."""
        mark = nonce(key)[:4]
        name = f"{title[: THREAD_NAME - 8]} · {mark}"
        begun = f"begun/{nonce(key)}"
        async with self._client.asking():
            parent = await self._client.fetch_channel(room)
        if isinstance(parent, discord.Thread):
            async with self._client.asking():
                parent = await self._client.fetch_channel(parent.parent_id)
        if not isinstance(parent, discord.TextChannel):
            raise Permanent("threads can be made in text channels only")
        if begun in self.ids:
            async with self._client.asking():
                for thread in await parent.guild.active_threads():
                    if thread.owner_id == self._client.me and thread.name == name:
                        return thread.id
        await self.keep(begun, "1")
        async with self._client.asking():
            made = await parent.create_thread(
                name=name,
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=forums.WEEK,
            )
        self.fresh.add(made.id)
        return made.id

    async def seats(self, thread: int, people: Sequence[str], *, leaving: bool = True) -> None:
        """Let these people, and nobody else, be in a thread."""
        wanted = {number(person) for person in people if person.startswith(NAME)}
        async with self._client.asking():
            found = await self._client.fetch_channel(thread)
        if not isinstance(found, discord.Thread):
            raise Permanent("this is no thread any more")
        there: set[int] = set()
        if leaving:
            async with self._client.asking():
                there = {member.id for member in await found.fetch_members()}
        for user in sorted(wanted - there):
            try:
                async with self._client.asking():
                    await found.add_user(discord.Object(user))
            except Refused as error:
                log.warning("not brought into a thread", thread=thread, error=str(error))
        for user in sorted(there - wanted - {self._client.me}):
            async with self._client.asking():
                await found.remove_user(discord.Object(user))

    async def session_at(self, channel: str) -> str:
        """The session that is at home in a channel, if one is."""
        if channel.endswith(HOSTS):
            channel = channel.removesuffix(HOSTS)
        context = await self._store.context_for([], [channel], [])
        return next((place.session for place in context.places.get(channel, ())), "")
