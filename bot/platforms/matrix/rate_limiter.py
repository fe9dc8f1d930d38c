"""The order of requests under the server's rate limit: the room's question, private messages, then reactions.

A homeserver limits the whole account (Client-Server API, Rate limiting). While nothing was refused all
requests go side by side. After a refusal they queue, and one at a time is made, the most urgent first,
until the queue is empty.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

from bot.errors import Transient


class Urgency(IntEnum):
    """The place of a request in the queue; the smallest goes first."""

    ROOM = 0  # what everybody waits for
    HOSTS = 1
    PRIVATE = 2
    DROPPABLE = 3  # does not wait at all


class RateLimiter:
    """The queue of one account's requests."""

    def __init__(self) -> None:
        self._refused_until = 0.0  # by the loop's clock
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []  # urgency, number, turn
        self._queued = 0  # how many ever
        self._done = asyncio.Event()  # the request whose turn it was
        self._serving: asyncio.Task[None] | None = None

    @property
    def queueing(self) -> bool:
        """True if a request has to wait for its turn."""
        return self._serving is not None or asyncio.get_running_loop().time() < self._refused_until

    def refused(self, seconds: float) -> None:
        """Make no request for so many seconds."""
        self._refused_until = max(self._refused_until, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def turn(self, urgency: Urgency) -> AsyncIterator[None]:
        """A block for one request, entered when it is its turn.

        Raises:
            Transient: it is not worth waiting for.
        """
        if not self.queueing:
            yield
            return
        if urgency is Urgency.DROPPABLE:
            raise Transient("the server takes little just now")
        turn = asyncio.get_running_loop().create_future()
        self._queued += 1
        heapq.heappush(self._queue, (urgency, self._queued, turn))
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve())
        try:
            await turn
            yield
        finally:
            if turn.done() and not turn.cancelled():
                self._done.set()

    async def _serve(self) -> None:
        try:
            while self._queue:
                wait = self._refused_until - asyncio.get_running_loop().time()
                if wait > 0:
                    await asyncio.sleep(wait)
                    continue
                turn = heapq.heappop(self._queue)[2]
                if not turn.done():
                    self._done.clear()
                    turn.set_result(None)
                    await self._done.wait()
        finally:
            self._serving = None

    def close(self) -> None:
        """Serve the queue no more."""
        if self._serving is not None:
            self._serving.cancel()
