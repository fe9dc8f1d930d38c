"""Discord's scheduled events beside planned sessions: made, changed, begun and cancelled with them.

People who may change or cancel an event there do it to the plan (Discord, Guild Scheduled Event).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import discord
import structlog

from bot.core.model.events import CommandGiven, Event, Person
from bot.core.model.ids import PersonId
from bot.core.platform import CalendarEvent
from bot.platforms.discord.client import NO_ACCESS, NO_PERMISSION, DiscordClient, Refused
from bot.platforms.discord.ids import NAME
from bot.platforms.discord.inbox import Inbox
from bot.store import Receipt
from bot.store.store import Store

log = structlog.get_logger()


EVENT = f"{NAME}event:"  # begins the message in their receipts
PLAN = "plan:"
EXTERNAL, GUILD_ONLY = 3, 2  # entity_type, privacy_level
SCHEDULED, ACTIVE, CANCELLED = 1, 2, 4  # status
TITLE, ABOUT, PLACE = 100, 1000, 100  # characters


class ScheduledEvents:
    """The scheduled events of all servers that the bot is in."""

    def __init__(self, store: Store, client: DiscordClient, inbox: Inbox) -> None:
        self._store = store
        self._client = client
        self._inbox = inbox
        client.subscribe(on_scheduled_event_update=self._on_update, on_scheduled_event_delete=self._on_delete)

    async def sync(self, guild: int, room: int, event: CalendarEvent) -> str | None:
        """Bring the event of a session to what it is now; its id, of a new one too.

        Without the right to manage events nothing is done: the card in the channel says it all, and `doctor` says why.
        """
        try:
            return await self._sync(guild, room, event, datetime.now(timezone.utc))
        except Refused as error:
            if error.code not in (NO_ACCESS, NO_PERMISSION):
                raise
            log.info("no right to keep events", guild=guild)
            return None

    async def _sync(self, guild: int, room: int, event: CalendarEvent, now: datetime) -> str | None:
        http = self._client.http
        if event.event:
            number = int(event.event.removeprefix(EVENT))
            async with self._client.asking():
                try:
                    await http.edit_scheduled_event(guild, number, **_changes(event, room, now))
                except discord.NotFound:
                    pass  # somebody removed it there, and that was dispatched to us
            return event.event
        if event.state != "planned" or event.starts <= now:
            return None
        async with self._client.asking():
            existing = await http.get_scheduled_events(guild, False)
        for other in existing:  # one whose creation was answered to nobody
            ours = int(other.get("creator_id") or 0) == self._client.me
            if ours and event.mark in str(other.get("description")) and other["status"] == SCHEDULED:
                return f"{EVENT}{other['id']}"
        async with self._client.asking():
            created: Any = await http.create_guild_scheduled_event(
                guild, entity_type=EXTERNAL, privacy_level=GUILD_ONLY, **_fields(event, room)
            )
        return f"{EVENT}{created['id']}"

    async def reread(self) -> None:
        """Compare all events with the plans: changes that were dispatched to nobody show in them."""
        for guild in self._client.guilds:
            for event in guild.scheduled_events:
                await self._changed(event)

    async def _on_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        await self._changed(after)

    async def _on_delete(self, event: discord.ScheduledEvent) -> None:
        await self._changed(event, deleted=True)

    async def _changed(self, event: discord.ScheduledEvent, *, deleted: bool = False) -> None:
        receipts = (await self._store.context_for([], [], [f"{EVENT}{event.id}"])).receipts
        command = command_of(event, receipts, datetime.now(timezone.utc), deleted=deleted)
        if command is not None:
            self._inbox.submit(command)


def _fields(event: CalendarEvent, room: int) -> dict[str, Any]:
    about = f"{event.about[: ABOUT - 200]}\n\n<#{room}> ({event.mark})"
    return {
        "name": event.title[:TITLE],
        "description": about,
        "scheduled_start_time": event.starts.isoformat(),
        "scheduled_end_time": event.ends.isoformat(),
        "entity_metadata": {"location": event.where[:PLACE]},
    }


def _changes(event: CalendarEvent, room: int, now: datetime) -> dict[str, Any]:
    if event.state == "off":
        return {"status": CANCELLED}
    if event.state == "begun":
        return {"status": ACTIVE}
    fields = _fields(event, room)
    if event.starts <= now:
        del fields["scheduled_start_time"]
    return fields


def command_of(
    event: discord.ScheduledEvent, receipts: Mapping[str, Receipt], at: datetime, *, deleted: bool = False
) -> Event | None:
    """A change of an event of ours, as a command of its host; None if it is not ours, or is as we left it."""
    receipt = receipts.get(f"{EVENT}{event.id}")
    if receipt is None or not receipt.about.step.startswith(PLAN):
        return None
    off = deleted or event.status is discord.EventStatus.cancelled
    if not off and event.status is not discord.EventStatus.scheduled:
        return None
    start = "" if off else event.start_time.isoformat()
    if start and datetime.fromisoformat(receipt.about.answers[2]) == event.start_time:
        return None  # perhaps a change of ours is still on its way
    return CommandGiven(
        id=f"{EVENT}{event.id}:{'off' if off else start}:{int(at.timestamp())}",
        channel=receipt.about.answers[1],
        at=at,
        person=Person(id=PersonId(f"{NAME}{event.creator_id}"), name=""),
        command="schedule heard",
        args={
            "plan": receipt.about.step.removeprefix(PLAN),
            "occurrence": receipt.about.answers[0],
            "at": start,
        },
        host=True,
    )
