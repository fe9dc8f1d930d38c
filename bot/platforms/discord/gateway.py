"""The connection to Discord as batches of events: in order, each told once, with the position that they reach.

Discord promises neither order nor that it tells a thing once. The position is an id of Discord: ids grow with time
(Discord, Snowflakes).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace

import structlog

from bot.core.model.events import Deleted, Edited, Event, Posted
from bot.core.platform import Batch
from bot.errors import Permanent, PlatformError
from bot.platforms.discord.catch_up import CatchUp
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.ids import NAME, WITHIN, snowflake
from bot.platforms.discord.inbox import Connection, Inbox, Incoming
from bot.platforms.discord.replies import Reply
from bot.platforms.discord.scheduled_events import ScheduledEvents
from bot.platforms.room_registry import RoomRegistry

log = structlog.get_logger()

REMEMBERED = 5_000  # event ids
EARLY = 200  # changes whose message may still be on its way
READY_SECONDS = 15.0  # that a start waits for Discord to tell of all servers


class Gateway:
    """One connection to Discord, of one shard or several."""

    def __init__(
        self,
        client: DiscordClient,
        rooms: RoomRegistry,
        inbox: Inbox,
        catch_up: CatchUp,
        scheduled_events: ScheduledEvents,
        enter: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._enter = enter
        self._rereading: asyncio.Task[None] | None = None
        self._client = client
        self._rooms = rooms
        self._inbox = inbox
        self._catch_up = catch_up
        self._scheduled_events = scheduled_events
        self._event_ids: OrderedDict[str, None] = OrderedDict()
        self._early: OrderedDict[str, Edited | Deleted] = (
            OrderedDict()
        )  # by the message, which has not come yet
        self._latest = 0
        self._connected = asyncio.Event()
        client.subscribe(
            on_connect=self._on_connect, on_resumed=self._on_resumed, on_disconnect=self._on_disconnect
        )

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Batches of what was missed since the position, then of what is live; a first start replays nothing.

        What was tapped while the bot was away never arrives; what was said, changed and deleted is read from the
        channels of open sessions.
        """
        await self._rooms.load()
        if self._enter is not None:
            await self._enter()
        self._latest = int(since) if since else snowflake(time.time())
        self._connected.clear()
        connection = self._client.listen()
        connected = asyncio.create_task(self._connected.wait())
        await asyncio.wait([connection, connected], return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            connected.cancel()
            connection.result()
        missed = await self._missed() if since else []
        if since:
            self._reread()
            with contextlib.suppress(TimeoutError):  # until then it is not known which server a channel is in
                async with asyncio.timeout(READY_SECONDS):
                    await self._client.wait_until_ready()
            await self._scheduled_events.reread()
        if missed:
            yield Batch(events=missed, cursor=str(self._latest))
        yield Batch(events=(), cursor=str(self._latest), caught_up=True)
        while True:
            incoming = [await self._next(connection), *self._inbox.waiting()]
            changes = [item.what for item in incoming if isinstance(item.what, Connection)]
            if Connection.NEW in changes:
                missed = await self._missed()
                self._reread()
                if missed:
                    yield Batch(events=missed, cursor=str(self._latest), caught_up=True)
            batch = self._batch(
                [(item.what, item.reply) for item in incoming if not isinstance(item.what, Connection)]
            )
            if batch is not None:
                yield batch
            if changes:
                lost = changes[-1] is Connection.LOST
                yield Batch(events=(), cursor=str(self._latest), caught_up=not lost, lost=lost)

    async def _next(self, connection: asyncio.Task[None]) -> Incoming:
        get = asyncio.ensure_future(self._inbox.get())
        try:
            await asyncio.wait([get, connection], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not get.done():
                get.cancel()
        if not get.cancelled() and get.done():
            return get.result()
        connection.result()  # raises what ended it
        raise Permanent("the line to Discord ended")

    def _batch(self, incoming: Sequence[tuple[Event, Reply | None]]) -> Batch | None:
        fresh = [(self._merged(event), reply) for event, reply in incoming if self._is_new(event)]
        if not fresh:
            return None
        replies = [reply for _, reply in fresh if reply is not None]

        def acknowledge() -> None:
            for reply in replies:
                reply.committed.set()

        return Batch(
            events=[event for event, _ in fresh],
            cursor=str(self._latest),
            caught_up=True,
            acknowledged=acknowledge,
        )

    def _merged(self, event: Event) -> Event:
        """A message with the change that was told before it; other events as they are."""
        if isinstance(event, Edited | Deleted) and event.message not in self._event_ids:
            self._early[event.message] = event
            while len(self._early) > EARLY:
                self._early.popitem(last=False)
        early = self._early.pop(event.id, None) if isinstance(event, Posted) else None
        if isinstance(event, Posted) and early is not None:
            return replace(event, text=early.text) if isinstance(early, Edited) else early
        return event

    def _is_new(self, event: Event) -> bool:
        """True for an event that was not told before: Discord may tell twice, and reading back tells again."""
        if event.id in self._event_ids:
            return False
        self._event_ids[event.id] = None
        while len(self._event_ids) > REMEMBERED:
            self._event_ids.popitem(last=False)
        digits = event.id.removeprefix(NAME).partition(":")[0].partition(WITHIN)[0]
        if digits.isdecimal():
            self._latest = max(self._latest, int(digits))
        return True

    def _reread(self) -> None:
        """Look at earlier answers again, beside what is heard meanwhile."""
        if self._rereading is not None:
            self._rereading.cancel()
        self._rereading = asyncio.create_task(self._changed(), name="discord reread")

    async def _changed(self) -> None:
        try:
            async for event in self._catch_up.changed():
                self._inbox.submit(event)
        except PlatformError as error:
            log.warning("earlier answers cannot be read again", error=str(error))

    async def _missed(self) -> list[Event]:
        return [event for event in await self._catch_up.missed(self._latest) if self._is_new(event)]

    async def _on_connect(self) -> None:
        """A new session of the gateway: what happened before it is not dispatched."""
        if self._connected.is_set():
            self._inbox.connection(Connection.NEW)
        self._connected.set()

    async def _on_resumed(self) -> None:
        self._inbox.connection(Connection.RESUMED)

    async def _on_disconnect(self) -> None:
        """The connection is cut; with several shards one of them, and the others still tell."""
        if len(self._client.shards) <= 1:
            self._inbox.connection(Connection.LOST)
