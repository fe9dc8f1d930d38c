"""What goes first when the server takes little: the room's question before private words, those before signs.

Limits of a homeserver are for the whole account (Client-Server API, "Rate limiting"). While nobody was
refused all go side by side. After a refusal they stand in line, and one at a time goes in, the most
urgent first, until the line is empty.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

from bot.errors import Transient


class Urgency(IntEnum):
    """Where something stands in line."""

    ROOM = 0  # what everybody waits for
    HOSTS = 1
    PRIVATE = 2
    DROPPABLE = 3  # does not wait at all


class RateLimiter:
    """One line for one account."""

    def __init__(self) -> None:
        self._opens = 0.0  # by the loop's clock
        self._line: list[tuple[int, int, asyncio.Future[None]]] = []
        self._came = 0
        self._left = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def shut(self) -> bool:
        """Whether one has to stand in line."""
        return self._keeper is not None or asyncio.get_running_loop().time() < self._opens

    def refused(self, seconds: float) -> None:
        """The server takes nothing for so long."""
        self._opens = max(self._opens, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def turn(self, urgency: Urgency) -> AsyncIterator[None]:
        """Wait for one's turn, and leave with the block.

        Raises:
            Transient: it is not worth waiting for.
        """
        if not self.shut:
            yield
            return
        if urgency is Urgency.DROPPABLE:
            raise Transient("the server takes little just now")
        turn = asyncio.get_running_loop().create_future()
        self._came += 1
        heapq.heappush(self._line, (urgency, self._came, turn))
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._keep())
        try:
            await turn
            yield
        finally:
            if turn.done() and not turn.cancelled():
                self._left.set()

    async def _keep(self) -> None:
        try:
            while self._line:
                wait = self._opens - asyncio.get_running_loop().time()
                if wait > 0:
                    await asyncio.sleep(wait)
                    continue
                turn = heapq.heappop(self._line)[2]
                if not turn.done():
                    self._left.clear()
                    turn.set_result(None)
                    await self._left.wait()
        finally:
            self._keeper = None

    def close(self) -> None:
        """Nobody goes in any more."""
        if self._keeper is not None:
            self._keeper.cancel()
