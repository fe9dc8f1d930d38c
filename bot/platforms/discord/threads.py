"""Private threads: each made once for its key, with the people who are meant and nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord
import structlog

from bot.errors import NoRight, Permanent, StaysOpen
from bot.platforms.discord import forums, sentences
from bot.platforms.discord.client import DiscordClient, Refused
from bot.platforms.discord.ids import NAME, discord_id, nonce
from bot.platforms.room_registry import Arrivals, RoomRegistry

log = structlog.get_logger()

NO_MEMBER = 10_007  # Unknown Member (Discord, JSON Error Codes)
SERVER = "/server"  # ends the name under which the server of a thread is kept
LONGEST_NAME = 100  # characters (Discord, Channels)


def has_threads(channel: object) -> bool:
    """True if a channel is of a kind that has private threads (Discord, Channels, Threads)."""
    return isinstance(channel, discord.TextChannel) and not channel.is_news()


def _ids(people: Iterable[str]) -> set[int]:
    return {discord_id(person) for person in people if person.startswith(NAME)}


class Threads:
    """The private threads of one bot. `fresh` are those that this process made: nothing was said there before."""

    def __init__(self, client: DiscordClient, rooms: RoomRegistry) -> None:
        self._client = client
        self._rooms = rooms
        self.fresh: set[int] = set()
        self._arrivals = Arrivals()
        self._seated: dict[int, set[int]] = {}  # threads that this process made -> whom it brought there

    async def for_people(self, room: int, title: str, people: Sequence[str], key: str) -> int:
        """The id of the thread of these people, made if it is not there."""
        name = f"thread/{nonce(key)}"
        id = await self._rooms.find(name)
        if id is None:
            id = str(await self.create(room, title, key))
            await self._rooms.keep(name, id)
        await self.set_members(int(id), people)
        return int(id)

    async def create(self, room: int, title: str, key: str) -> int:
        """Make a thread in a room, or in the room above if that is a thread; its id.

        Its name ends with a mark of the key, by which one is found again that was made and could not be noted down.

        Raises:
            NoRight: the room can have no private threads.
        """
        name = f"{title[: LONGEST_NAME - 8]} · {nonce(key)[:4]}"
        begun = f"begun/{nonce(key)}"
        async with self._client.asking():
            parent = await self._client.fetch_channel(room)
        if isinstance(parent, discord.Thread):
            async with self._client.asking():
                parent = await self._client.fetch_channel(parent.parent_id)
        if not has_threads(parent):
            raise NoRight(sentences.NO_THREADS)
        assert isinstance(parent, discord.TextChannel)
        if await self._rooms.find(begun) is not None:
            async with self._client.asking():
                for thread in await parent.guild.active_threads():
                    if thread.owner_id == self._client.me and thread.name == name:
                        return thread.id
        await self._rooms.keep(begun, "1")
        async with self._client.asking():
            created = await parent.create_thread(
                name=name,
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=forums.WEEK,
            )
        self.fresh.add(created.id)
        self._seated[created.id] = set()
        return created.id

    async def learn_server(self, channel: str, server: int | None) -> None:
        """Keep which server a thread is in: Discord tells of none that is archived, or that the bot is not in."""
        if server and not self.server(channel):
            await self._rooms.keep(f"{channel}{SERVER}", str(server))

    def server(self, channel: str) -> int:
        """The server of a thread in which a session was opened or planned; 0 for every other channel."""
        return int(self._rooms.known(f"{channel}{SERVER}") or 0)

    async def set_members(
        self, thread: int, people: Sequence[str], others: Iterable[str] | None = None
    ) -> None:
        """Bring these people into a thread; with `others`, who may be in it, everybody else goes.

        Discord lists the members of a thread only for bots with a privileged intent. So whom this process brought is
        remembered, and where an earlier one did, it is asked about each of the others.
        """
        wanted, seated = _ids(people), self._seated.get(thread)
        leaving = set[int]() if others is None else (_ids(others) if seated is None else seated) - wanted
        async with self._client.asking():
            fetched = await self._client.fetch_channel(thread)
        if not isinstance(fetched, discord.Thread):
            raise Permanent("this is no thread any more")
        # Also whom this process brought before: they may have left the thread, or the server, and be back.
        for user in sorted(wanted):
            try:
                async with self._client.asking():
                    await fetched.add_user(discord.Object(user))
            except Refused as error:
                log.warning("not brought into a thread", thread=thread, error=str(error))
        for user in sorted(leaving):
            try:
                async with self._client.asking():
                    if seated is None:
                        await fetched.fetch_member(user)
                    await fetched.remove_user(discord.Object(user))
            except Refused as error:
                if error.status != 404:  # they are not in it
                    raise
        if seated is not None:
            self._seated[thread] = (seated - leaving) | wanted

    async def put_out(self, channel: int, people: Sequence[str]) -> None:
        """Put these people out of a thread; whoever is not in it is fine.

        Raises:
            NoRight: it is no private thread, so they read on; or the bot may not.
        """
        async with self._client.asking():
            fetched = await self._client.fetch_channel(channel)
        if not isinstance(fetched, discord.Thread):
            raise StaysOpen(sentences.READS_ON)
        for person in people:
            try:
                async with self._client.asking():
                    await fetched.remove_user(discord.Object(discord_id(person)))
            except Refused as error:
                if error.code != NO_MEMBER:
                    raise NoRight(sentences.MAY_PUT_OUT) from error
        if not fetched.is_private():
            raise StaysOpen(sentences.READS_ON)

    async def bring(self, thread: int, people: Sequence[str]) -> None:
        """Bring those of these people into a thread whom this process has not brought there yet."""
        ours = [person for person in people if person.startswith(NAME)]
        missing = self._arrivals.missing(str(thread), ours)
        if missing:
            await self.set_members(thread, missing)
            self._arrivals.add(str(thread), missing)
