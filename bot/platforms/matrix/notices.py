"""Notices of the adapter's own: said beside the sync loop, since a new room has to be heard of before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.core.platform import Action, Post
from bot.errors import Permanent, Transient
from bot.platforms.room_registry import direct_channel

log = structlog.get_logger()

PAUSES = (0.2, 1, 5, 30, 0)  # seconds after each try


class Notices:
    """Notices that are under way. `perform` is that of the platform."""

    def __init__(self, perform: Callable[[str, Action, str, str], Awaitable[str | None]]) -> None:
        self._perform = perform
        self._tasks: set[asyncio.Task[None]] = set()

    def tell(self, person: str, text: str, key: str) -> None:
        """Say something to one person, once for a key."""
        self.say(direct_channel(person), text, key)

    def say(self, channel: str, text: str, key: str) -> None:
        """Say something in a channel, once for a key."""
        task = asyncio.create_task(self._say(channel, text, key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()

    async def _say(self, channel: str, text: str, key: str) -> None:
        for pause in PAUSES:
            try:
                await self._perform(channel, Post(text=text), key, "")
                return
            except Transient as error:
                await asyncio.sleep(getattr(error, "retry_after", None) or pause)
            except Permanent as error:
                log.warning("not told", channel=channel, error=str(error))
                return
