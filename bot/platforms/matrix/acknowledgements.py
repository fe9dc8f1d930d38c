"""Acknowledgements of answers: reactions share the rate limit of messages, so many of them become one line."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.core.text.quoting import isolate
from bot.core.text.wording import tr
from bot.errors import Permanent, PlatformError
from bot.platforms.matrix.event_content import name_shown
from bot.platforms.matrix.rate_limiter import Urgency
from bot.platforms.matrix.sender import Sender
from bot.render.i18n import spoken

log = structlog.get_logger()

AT_ONCE = 3  # reactions in one moment; more of them become one line
SECONDS = 1.0  # a moment
TICK = "✓"


class Acknowledgements:
    """Acknowledgements in all channels; none of them holds up a message.

    Args:
        room: the room of a channel.
        author: the name of a message's author.
        say: says a text in a channel, once for a key.
    """

    def __init__(
        self,
        sender: Sender,
        room: Callable[[str], Awaitable[str]],
        author: Callable[[str], str],
        say: Callable[[str, str, str], Awaitable[None]],
        language: str,
    ) -> None:
        self._sender = sender
        self._room = room
        self._author = author
        self._say = say
        self._language = language
        self._waiting: dict[
            str, dict[str, str]
        ] = {}  # channel -> messages to be acknowledged, with a key each
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def put(self, channel: str, message: str, key: str) -> None:
        """Acknowledge a message, soon; once for each key."""
        self._waiting.setdefault(channel, {})[message] = key
        if channel not in self._tasks:
            self._tasks[channel] = asyncio.create_task(self._put_all(channel))

    async def take_off(self, channel: str, message: str, key: str) -> None:
        """Acknowledge a message no more; it may have been one of many that became one line, which stays."""
        if self._waiting.get(channel, {}).pop(message, None) is not None:
            return
        room = await self._room(channel)
        for reaction in await self._sender.reactions(room, message.partition(":")[2], TICK):
            await self._sender.redact(room, reaction, f"{key}/{reaction}")

    def close(self) -> None:
        """Acknowledge no more."""
        for task in self._tasks.values():
            task.cancel()

    async def _put_all(self, channel: str) -> None:
        await asyncio.sleep(SECONDS)
        self._tasks.pop(channel, None)
        waiting = self._waiting.pop(channel, {})
        messages = list(waiting)
        if not messages:
            return
        try:
            if len(messages) <= AT_ONCE:
                room = await self._room(channel)
                for message, key in waiting.items():
                    await self._react(room, message, key)
                return
            names = list(dict.fromkeys(filter(None, map(self._author, messages))))
            with spoken(self._language):
                text = tr("✓ Saved: {names}.", names=", ".join(isolate(name_shown(name)) for name in names))
            await self._say(channel, text, f"ticks/{messages[0]}/{len(messages)}")
        except PlatformError as error:
            log.info("acknowledgements dropped", channel=channel, n=len(messages), error=str(error))

    async def _react(self, room: str, message: str, key: str) -> None:
        event = message.partition(":")[2]
        content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": TICK}}
        try:
            await self._sender.send(room, "m.reaction", content, f"tick/{key}", Urgency.DROPPABLE)
        except Permanent as error:
            if "M_DUPLICATE_ANNOTATION" not in str(error):
                raise
