"""The rooms of a chat platform by our names for them: channels, threads, direct rooms, rooms of hosts.

A row is a name of ours and an id there; rows outlive the process. Most names are channels, the others say under which
id something was made that must not be made twice (a post, a poll, the thread of a step, a panel).

What arrives from a platform has to be recognised at once, so rows under the `resident` prefixes are read when the
process begins and stay in memory. All others, of which there may be one for each person or each thing ever made, are
read by their key when they are asked for.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.store import room_rows
from bot.store.store import Store

HOSTS = "/hosts"  # ends the name of the channel where only the hosts of a room read
DIRECT = "~"  # stands between the platform and somebody in the name of their direct channel
RECENT = 5_000  # rows read by key that stay in memory


def parent_of(channel: str) -> str:
    """The channel of the room that a thread, or the channel of its hosts, belongs to; a room is its own."""
    return channel.partition("/")[0]


def hosts_of(room: str) -> str:
    """The channel where only the hosts of a room read."""
    return parent_of(room) + HOSTS


def direct_channel(person: str) -> str:
    """The channel where only this person reads (`discord:5` has `discord:~5`)."""
    platform, _, user = person.partition(":")
    return f"{platform}:{DIRECT}{user}"


class RoomRegistry:
    """The rows of one platform.

    Args:
        rows: the table that they stand in.
        resident: prefixes of the names that stay in memory.
        is_room: whether a name is that of a channel with a room of its own, so that what is said there is said in
            this channel; the room of an open thread is that of its parent.
    """

    def __init__(
        self,
        store: Store,
        rows: room_rows.RoomRows,
        resident: Sequence[str],
        is_room: Callable[[str], bool],
    ) -> None:
        self._store = store
        self._rows = rows
        self._resident = tuple(resident)
        self._is_room = is_room
        self._ids: dict[str, str] = {}
        self._recent: OrderedDict[str, str] = OrderedDict()
        self._channels: dict[str, str] = {}  # id of a room -> its channel
        self._making: dict[str, asyncio.Lock] = {}
        self._loaded = False

    async def load(self) -> None:
        """Read the resident rows of an earlier run, once."""
        if self._loaded:
            return
        for prefix in self._resident:
            for name, id in await self._store.read(lambda db, p=prefix: self._rows.under(db, p)):  # type: ignore[misc]
                self.learn(name, id)
        self._loaded = True

    def known(self, name: str) -> str | None:
        """The id under a name, as far as it is in memory."""
        return self._ids.get(name) or self._recent.get(name)

    async def find(self, name: str) -> str | None:
        """The id under a name, from memory or from its row."""
        id = self.known(name)
        if id is None and not (self._loaded and name.startswith(self._resident)):
            id = await self._store.read(lambda db: self._rows.find(db, name))
            if id is not None:
                self.learn(name, id)
        return id

    def under(self, prefix: str) -> Mapping[str, str]:
        """The rows in memory whose names begin with a resident prefix, by the rest of the name."""
        return {name.removeprefix(prefix): id for name, id in self._ids.items() if name.startswith(prefix)}

    def channel_of(self, id: str) -> str | None:
        """The channel whose room this is, as far as it is in memory."""
        return self._channels.get(id)

    def learn(self, name: str, id: str) -> None:
        """Have a row in memory without keeping it."""
        if name.startswith(self._resident):
            self._ids[name] = id
        else:
            self._recent[name] = id
            self._recent.move_to_end(name)
            while len(self._recent) > RECENT:
                _, oldest = self._recent.popitem(last=False)
                self._channels.pop(oldest, None)
        if self._is_room(name):
            self._channels[id] = name

    async def keep(self, name: str, id: str) -> None:
        """Write a row, or replace the one under this name."""
        self.learn(name, id)
        await self._store.write(lambda db: self._rows.keep(db, name, id))

    async def forget(self, name: str) -> None:
        """Delete a row."""
        self.release(self._ids.pop(name, "") or self._recent.pop(name, ""))
        await self._store.write(lambda db: self._rows.forget(db, name))

    def release(self, id: str) -> None:
        """Take a room for no channel of ours any more."""
        self._channels.pop(id, None)

    def making(self, name: str) -> asyncio.Lock:
        """The lock under which the room of a channel is made, so that two do not make one each."""
        return self._making.setdefault(name, asyncio.Lock())


class Arrivals:
    """The people whom this process has brought into rooms, so that it does so once for each."""

    def __init__(self) -> None:
        self._arrived: set[tuple[str, str]] = set()

    def missing(self, room: str, people: Iterable[str]) -> Sequence[str]:
        """Those of these people who were not brought into a room yet."""
        return [person for person in people if (room, person) not in self._arrived]

    def add(self, room: str, people: Iterable[str]) -> None:
        """Note that these people were brought into a room."""
        self._arrived |= {(room, person) for person in people}
