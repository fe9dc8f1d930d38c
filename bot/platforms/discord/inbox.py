"""Events and changes of the connection that came from Discord and wait, in their order, to become a batch."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum

from bot.core.model.events import Event
from bot.platforms.discord.replies import Reply


class Connection(Enum):
    """A change of the connection to Discord's gateway (Discord, Gateway, Resuming)."""

    LOST = "lost"
    RESUMED = "resumed"  # all that happened meanwhile is dispatched
    NEW = "new"  # what happened meanwhile is not dispatched: it has to be read


@dataclass(frozen=True)
class Incoming:
    """An event or a change of the connection; `reply` is told when the event is on disk."""

    what: Event | Connection
    reply: Reply | None = None


class Inbox:
    """The queue between what Discord dispatches and the gateway."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Incoming] = asyncio.Queue()

    def submit(self, event: Event, reply: Reply | None = None) -> None:
        """Put in an event."""
        self._queue.put_nowait(Incoming(event, reply))

    def connection(self, change: Connection) -> None:
        """Put in a change of the connection."""
        self._queue.put_nowait(Incoming(change))

    async def get(self) -> Incoming:
        """The next one, waited for."""
        return await self._queue.get()

    def waiting(self) -> list[Incoming]:
        """All that wait now."""
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]
