"""The connections of open pages: what each may see, and what waits to be sent to it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Collection

from aiohttp import web

from bot.core.model.records import record
from bot.store.web_members import Member
from bot.store.web_rows import Message

MOST_FRAMES = 400  # that wait for one connection
MOST_BYTES = 2 * 1024 * 1024  # that wait for one connection, beside the first
STUCK = 30.0  # seconds in which a page takes no frame at all


class Outgoing:
    """Frames on their way to one connection, sent by a task of its own.

    Whoever sends never waits for whoever reads. A connection that takes less than is sent to it is cut when too much
    waits; its page, if there is one, comes back and asks for what it has missed.
    """

    def __init__(self, ws: web.WebSocketResponse, transport: asyncio.BaseTransport | None) -> None:
        self._ws = ws
        self._transport = transport
        self._frames: deque[str] = deque()
        self._size = 0  # characters that wait
        self._last = False  # close when all is sent
        self._cut = False
        self._wake = asyncio.Event()

    def send(self, frame: str) -> None:
        """Have a frame sent; returns at once."""
        if self._cut or self._last:
            return
        self._size += len(frame)
        self._frames.append(frame)
        if len(self._frames) > MOST_FRAMES or (len(self._frames) > 1 and self._size > MOST_BYTES):
            self.cut()
        self._wake.set()

    def finish(self) -> None:
        """Close the connection when what waits has been sent."""
        self._last = True
        self._wake.set()

    def cut(self) -> None:
        """Drop the connection and what waits for it."""
        self._cut = True
        self._frames.clear()
        self._wake.set()
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()

    async def run(self) -> None:
        """Send what is handed in, in its order, until the connection is closed or cut."""
        while not self._cut and not self._ws.closed:
            await self._wake.wait()
            self._wake.clear()
            while self._frames and not self._ws.closed:
                frame = self._frames.popleft()
                try:
                    async with asyncio.timeout(STUCK):
                        await self._ws.send_str(frame)
                except (ConnectionError, RuntimeError):
                    return
                except TimeoutError:
                    self.cut()
                    return
                self._size -= len(frame)
            if self._last:
                await self._ws.close()
                return


@record
class Sight:
    """What somebody is shown of the talk in a room: what was said of, and in, workshops that they were not in is not.

    What belongs to no session, such as the cards of plans, is for everybody; what people are told privately is theirs.
    """

    since: float = 0.0  # seconds since 1970
    hides: frozenset[str] = frozenset()  # sessions

    def shows(self, message: Message) -> bool:
        """True if a message is among it."""
        apart = "/" in message.channel and not message.channel.endswith("/hosts")
        session = None if message.author else message.session
        return apart or session == "" or (message.at >= self.since and session not in self.hides)


class Socket:
    """One browser's connection."""

    def __init__(self, outgoing: Outgoing, member: Member, browser: str, board: bool = False) -> None:
        self._outgoing = outgoing
        self.member = member
        self.browser = browser
        self.over = False  # nothing more is taken from it
        self.board = board  # shows the board, and nothing of one person
        self.threads: set[str] = set()
        self.guides = member.host  # sees the host's panel: a host or a companion
        self.sight = Sight()
        self.tally = ""  # as its page has it
        self.out = False  # the room is not open to its person now

    def sees(self, channel: str) -> bool:
        """True if this page shows this channel, which its person may read."""
        if self.board:
            return False
        room, _, rest = channel.partition("/")
        if room != f"web:{self.member.room}":
            return False
        if self.out:
            return rest == f"~{self.member.id}"
        if not rest:
            return True
        if rest == "hosts":
            return self.guides
        return rest == f"~{self.member.id}" or channel in self.threads

    def send(self, frame: str) -> None:
        """Have a frame sent; returns at once."""
        self._outgoing.send(frame)

    def finish(self) -> None:
        """Take nothing more, and close the page's line when what waits has been sent."""
        self.over = True
        self._outgoing.finish()


class OpenSockets:
    """The sockets that are open, by room."""

    def __init__(self) -> None:
        self._by_room: defaultdict[str, set[Socket]] = defaultdict(set)

    def add(self, socket: Socket) -> None:
        """Somebody opened a page."""
        self._by_room[socket.member.room].add(socket)

    def remove(self, socket: Socket) -> None:
        """A page was closed."""
        sockets = self._by_room[socket.member.room]
        sockets.discard(socket)
        if not sockets:
            del self._by_room[socket.member.room]

    def of(self, room: str) -> set[Socket]:
        """The sockets of a room."""
        return self._by_room.get(room, set())

    def of_member(self, member: str) -> list[Socket]:
        """The sockets of one person, in whatever room."""
        return [
            socket for sockets in self._by_room.values() for socket in sockets if socket.member.id == member
        ]

    def anew(self, member: str) -> None:
        """Somebody has other rights now: their pages come back by themselves, and ask anew."""
        self.end(member, [socket.browser for socket in self.of_member(member)])

    def end(self, member: str, left: Collection[str] = ()) -> None:
        """Somebody is signed in no more but in the browsers that are `left`, or has other rights or links there.

        Pages in other browsers drop what they hold; those in these come back by themselves, and ask anew.
        """
        for socket in self.of_member(member):
            self.remove(socket)
            if socket.browser not in left:
                socket.send(json.dumps({"gone": True}))
            socket.finish()
