"""What is said, changed, signed and voted in Discord, and what was while the bot was away, as events in order."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from enum import Enum
from typing import Any

import discord
import structlog

from bot.core.model.events import Deleted, Edited, Event, Person, Posted
from bot.core.platform import Batch
from bot.core.steps.gallery import card_meant
from bot.errors import Permanent
from bot.platforms.discord import event_mapping, reactions, scheduled_events
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.given import Given
from bot.platforms.discord.ids import NAME, WITHIN, number, post_of, snowflake
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.replies import Reply
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

REMEMBERED = 5_000
EARLY = 200  # changes whose message may still be on its way
READY_SECONDS = 15.0  # that a start waits for Discord to tell of all servers


class Line(Enum):
    """What becomes of the line to Discord."""

    LOST = "lost"
    BACK = "back"  # and all that was said meanwhile is told
    ANEW = "anew"  # what was said meanwhile is not told: it is read


Told = Event | Line


class Gateway:
    """One line to Discord, and what comes over it."""

    def __init__(
        self, store: SqliteStore, client: DiscordClient, channels: Channels, polls: Polls, given: Given
    ) -> None:
        self._store = store
        self._client = client
        self._channels = channels
        self._polls = polls
        self._given = given
        self._heard_ids: OrderedDict[str, None] = OrderedDict()
        self._early: OrderedDict[str, Edited | Deleted] = OrderedDict()  # changes before their message
        self._queue: asyncio.Queue[tuple[Told, Reply | None]] = asyncio.Queue()
        self._latest = 0
        self._connected = asyncio.Event()
        for heard in (
            self.on_message,
            self.on_raw_message_edit,
            self.on_raw_message_delete,
            self.on_raw_bulk_message_delete,
            self.on_raw_reaction_add,
            self.on_raw_reaction_remove,
            self.on_raw_poll_vote_add,
            self.on_raw_poll_vote_remove,
            self.on_connect,
            self.on_resumed,
            self.on_disconnect,
            self.on_guild_remove,
            self.on_scheduled_event_update,
            self.on_scheduled_event_delete,
        ):
            client.event(heard)

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing.

        The position is an id of Discord, which grow with time. What was tapped while the bot was away
        never arrives; what was said, changed and deleted is read from the channels of open sessions.
        """
        await self._channels.load()
        self._latest = int(since) if since else snowflake(time.time())
        line = self._client.listen()
        connected = asyncio.create_task(self._connected.wait())
        await asyncio.wait([line, connected], return_when=asyncio.FIRST_COMPLETED)
        if line.done():
            connected.cancel()
            line.result()
        missed = await self._missed(self._latest) if since else []
        if since:
            with contextlib.suppress(TimeoutError):  # until then it is not known which server a channel is in
                await asyncio.wait_for(self._client.wait_until_ready(), READY_SECONDS)
            await self._events_missed()
        if missed:
            yield Batch(events=missed, cursor=str(self._latest))
        yield Batch(events=(), cursor=str(self._latest), caught_up=True)
        while True:
            ready = [await self._next(line)]
            while not self._queue.empty():
                ready.append(self._queue.get_nowait())
            line_told = [event for event, _ in ready if isinstance(event, Line)]
            if Line.ANEW in line_told:
                again = await self._missed(self._latest)
                if again:
                    yield Batch(events=again, cursor=str(self._latest), caught_up=True)
            batch = self._batch([(event, reply) for event, reply in ready if not isinstance(event, Line)])
            if batch is not None:
                yield batch
            if line_told:
                lost = line_told[-1] is Line.LOST
                yield Batch(events=(), cursor=str(self._latest), caught_up=not lost, lost=lost)

    async def _next(self, line: asyncio.Task[None]) -> tuple[Told, Reply | None]:
        get = asyncio.ensure_future(self._queue.get())
        try:
            await asyncio.wait([get, line], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not get.done():
                get.cancel()
        if not get.cancelled() and get.done():
            return get.result()
        line.result()  # says why
        raise Permanent("the line to Discord ended")

    def _batch(self, ready: Sequence[tuple[Event, Reply | None]]) -> Batch | None:
        fresh = [(self._as_it_is(event), reply) for event, reply in ready if self._new(event)]
        if not fresh:
            return None
        replies = [reply for _, reply in fresh if reply is not None]

        def heard() -> None:
            for reply in replies:
                reply.heard.set()

        return Batch(
            events=[event for event, _ in fresh], cursor=str(self._latest), caught_up=True, acknowledged=heard
        )

    def _as_it_is(self, event: Event) -> Event:
        """What somebody said, with what was told of it before: Discord promises no order."""
        if isinstance(event, Edited | Deleted) and event.message not in self._heard_ids:
            self._early[event.message] = event
            while len(self._early) > EARLY:
                self._early.popitem(last=False)
        early = self._early.pop(event.id, None) if isinstance(event, Posted) else None
        if isinstance(event, Posted) and early is not None:
            return replace(event, text=early.text) if isinstance(early, Edited) else early
        return event

    def _new(self, event: Event) -> bool:
        """Whether this was not told before; Discord may tell twice, and reading back tells again."""
        if event.id in self._heard_ids:
            return False
        self._heard_ids[event.id] = None
        while len(self._heard_ids) > REMEMBERED:
            self._heard_ids.popitem(last=False)
        digits = event.id.removeprefix(NAME).partition(":")[0].partition(WITHIN)[0]
        if digits.isdecimal():
            self._latest = max(self._latest, int(digits))
        return True

    async def _missed(self, after: int) -> list[Event]:
        """What was said, changed and deleted meanwhile in the channels of open sessions."""
        found: list[tuple[int, Event]] = []
        for channel, sources in (await self._given.watched()).items():
            try:
                found += await self._read_back(channel, after, sources)
            except Permanent as error:
                log.warning("a channel cannot be read", channel=channel, error=str(error))
        said = [event for _, event in sorted(found, key=lambda each: each[0])]
        held = (
            await reactions.missed(self._client, self._store, self._given.load)
            if self._given.load is not None
            else []
        )
        return [
            event
            for event in (*said, *(await self._polls.missed(self._given.load)), *held)
            if self._new(event)
        ]

    async def _read_back(self, channel: str, after: int, sources: Sequence[str]) -> list[tuple[int, Event]]:
        """A channel, and the posts of a forum that belong to it."""
        found = await self._read(await self._channels.target(channel), channel, after, sources)
        for post in [post for post, room in self._channels.posts.items() if room == channel]:
            try:
                found += await self._read(post, channel, after, sources, post)
            except Permanent as error:
                log.warning("a post cannot be read", channel=channel, error=str(error))
        return found

    async def _read(
        self, target: int, channel: str, after: int, sources: Sequence[str], post: int = 0
    ) -> list[tuple[int, Event]]:
        wanted = [number(source) for source in sources if post_of(source) == post]
        begin = min([after, *(source - 1 for source in wanted)])
        there: dict[int, discord.Message] = {}
        async with self._client.asking():
            talk = await self._client.fetch_channel(target)
            if not isinstance(talk, discord.abc.Messageable):
                raise Permanent("nothing can be said in this channel")
            async for message in talk.history(limit=None, after=discord.Object(begin), oldest_first=True):
                there[message.id] = message
        found: list[tuple[int, Event]] = []
        for id, message in there.items():
            event = self._said_by(message, channel) if id > after else None
            if event is not None:
                found.append((id, event))
            if message.edited_at is not None and not message.author.bot:
                data = {
                    "id": id,
                    "content": message.content,
                    "edited_timestamp": message.edited_at.isoformat(),
                    "author": {"id": message.author.id, "global_name": message.author.display_name},
                }
                changed = event_mapping.edited(data, channel, self._client.me, post)
                found += [(id + 1, changed)] if changed else []
        now = datetime.now(timezone.utc)
        found += [
            (snowflake(time.time()), event_mapping.deleted(s, channel, now, post))
            for s in wanted
            if s not in there
        ]
        return found

    async def on_connect(self) -> None:
        """A new session of the gateway: what was said before it is not told."""
        if self._connected.is_set():
            self._queue.put_nowait((Line.ANEW, None))
        self._connected.set()

    async def on_resumed(self) -> None:
        """The line is back."""
        self._queue.put_nowait((Line.BACK, None))

    async def on_disconnect(self) -> None:
        """The line is cut; with several, one of them, and the others still tell."""
        if len(self._client.shards) <= 1:
            self._queue.put_nowait((Line.LOST, None))

    def _said_by(self, message: discord.Message, channel: str = "") -> Event | None:
        where = message.channel
        direct = message.guild is None
        post = self._channels.post(where.id)
        parent = f"{NAME}{where.parent_id}" if isinstance(where, discord.Thread) and not post else None
        if direct:
            own = event_mapping.private(message.author.id)
            if not message.author.bot and self._channels.ids.get(own) != str(where.id):
                self._channels.ids[own] = str(where.id)
            return event_mapping.posted(message, own, None, self._client.me)
        return event_mapping.posted(
            message, channel or self._channels.called(where.id), parent, self._client.me, post
        )

    async def on_message(self, message: discord.Message) -> None:
        """Somebody said something."""
        event = self._said_by(message)
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message, or Discord did."""
        data: Mapping[str, Any] = payload.data
        author = int((data.get("author") or {}).get("id", 0))
        channel = (
            self._channels.called(payload.channel_id) if payload.guild_id else event_mapping.private(author)
        )
        event = event_mapping.edited(data, channel, self._client.me, self._channels.post(payload.channel_id))
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        self._gone(payload.message_id, payload.channel_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several at once."""
        for message in payload.message_ids:
            self._gone(message, payload.channel_id)

    def _gone(self, message: int, channel: int) -> None:
        now = datetime.now(timezone.utc)
        event = event_mapping.deleted(
            message, self._channels.called(channel), now, self._channels.post(channel)
        )
        self._queue.put_nowait((event, None))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody put a sign on a message."""
        self._reacted(payload, on=True)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody took a sign away."""
        self._reacted(payload, on=False)

    def _reacted(self, payload: discord.RawReactionActionEvent, *, on: bool) -> None:
        sign = str(payload.emoji)
        if payload.user_id == self._client.me or payload.guild_id is None or not card_meant(sign):
            return  # a reaction that is nothing to us costs nothing, and is kept nowhere
        where = self._channels.called(payload.channel_id)
        message = self._channels.message(payload.message_id, payload.channel_id)
        self._queue.put_nowait((event_mapping.reacted(message, where, payload.user_id, sign, on=on), None))

    async def on_raw_poll_vote_add(self, payload: discord.RawPollVoteActionEvent) -> None:
        """Somebody voted in a poll."""
        self._voted(payload, on=True)

    async def on_raw_poll_vote_remove(self, payload: discord.RawPollVoteActionEvent) -> None:
        """Somebody took a vote back."""
        self._voted(payload, on=False)

    def _voted(self, payload: discord.RawPollVoteActionEvent, *, on: bool) -> None:
        event = self._polls.voted(payload.message_id, payload.user_id, payload.answer_id, on=on)
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was sent away from a server: its sessions stand still there, and nothing of them is lost."""
        gone = {f"{NAME}{channel.id}" for channel in (*guild.channels, *guild.threads)}
        watched = await self._given.watched()
        for channel in sorted(gone & set(watched)):
            key = await self._channels.session_at(channel)
            if not key or self._given.load is None:
                continue
            session, _ = await self._given.load(key)
            if session.live and not session.paused and channel in map(session.places.get, session.rooms):
                who = Person(id=session.guide or f"{NAME}{self._client.me}", name="")
                at = datetime.now(timezone.utc)
                id = f"{NAME}{guild.id}:left:{int(at.timestamp())}:{key}"
                order = event_mapping.ordered(
                    id, channel, at, who, "workshop pause", {}, host=True, session=key
                )
                self._queue.put_nowait((order, None))

    def submit(self, event: Event, reply: Reply | None = None) -> None:
        """Something that somebody tapped, sent or ordered; `reply` is told when it is on disk."""
        self._queue.put_nowait((event, reply))

    async def on_scheduled_event_update(
        self, before: discord.ScheduledEvent, after: discord.ScheduledEvent
    ) -> None:
        """Somebody changed an event, or we did, which changes nothing more."""
        await self._event_heard(after)

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Somebody removed an event."""
        await self._event_heard(event, gone=True)

    async def _event_heard(self, event: discord.ScheduledEvent, *, gone: bool = False) -> None:
        known = (await self._store.context_for([], [], [f"{scheduled_events.EVENT}{event.id}"])).receipts
        order = scheduled_events.heard(event, known, datetime.now(timezone.utc), gone=gone)
        if order is not None:
            self._queue.put_nowait((order, None))

    async def _events_missed(self) -> None:
        """What stands in Discord's events now; what was changed while nobody listened is heard by it."""
        for guild in self._client.guilds:
            for event in guild.scheduled_events:
                await self._event_heard(event)
