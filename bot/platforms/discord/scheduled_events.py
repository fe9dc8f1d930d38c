"""Discord's own events beside a planned session: made, changed, begun and cancelled with it; and heard, when people
with the right to do so change or cancel them there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord
import structlog

from bot.core.model.events import CommandGiven, Event, Person
from bot.core.platform import CalendarEvent
from bot.platforms.discord.client import DiscordClient, Refused
from bot.platforms.discord.ids import NAME
from bot.store import Receipt

log = structlog.get_logger()

NO_ACCESS, NO_RIGHT = 50001, 50013  # Missing Access, Missing Permissions
EVENT = f"{NAME}event:"  # what receipts of them begin with
PLAN = "plan:"
EXTERNAL, GUILD_ONLY = 3, 2  # entity_type, privacy_level (Guild Scheduled Event)
SCHEDULED, ACTIVE, CANCELLED = 1, 2, 4
TITLE, ABOUT, PLACE = 100, 1000, 100


async def keep(
    client: DiscordClient, guild: int, room: int, doing: CalendarEvent, now: datetime
) -> str | None:
    """Bring the event of a session to what it is now; returns its id, of a new one too.

    Without the right to keep events nothing is done: the card in the channel tells it all, and `doctor` says why.
    """
    try:
        return await _keep(client, guild, room, doing, now)
    except Refused as error:
        if error.code not in (NO_ACCESS, NO_RIGHT):
            raise
        log.info("no right to keep events", guild=guild)
        return None


async def _keep(
    client: DiscordClient, guild: int, room: int, doing: CalendarEvent, now: datetime
) -> str | None:
    if doing.event:
        number = int(doing.event.removeprefix(EVENT))
        async with client.asking():
            try:
                await client.http.edit_scheduled_event(guild, number, **_changed(doing, room, now))
            except discord.NotFound:
                return doing.event  # somebody removed it there, and we have heard that
        return doing.event
    if doing.state != "planned" or doing.starts <= now:
        return None
    async with client.asking():
        there = await client.http.get_scheduled_events(guild, False)
    me = client.user.id if client.user else 0
    for each in there:  # a lost answer: it is there already
        ours = int(each.get("creator_id") or 0) == me
        if ours and doing.mark in str(each.get("description")) and each["status"] == SCHEDULED:
            return f"{EVENT}{each['id']}"
    async with client.asking():
        made: Any = await client.http.create_guild_scheduled_event(
            guild, entity_type=EXTERNAL, privacy_level=GUILD_ONLY, **_said(doing, room)
        )
    return f"{EVENT}{made['id']}"


def _said(doing: CalendarEvent, room: int) -> dict[str, Any]:
    about = f"{doing.about[: ABOUT - 200]}\n\n<#{room}> ({doing.mark})"
    return {
        "name": doing.title[:TITLE],
        "description": about,
        "scheduled_start_time": doing.starts.isoformat(),
        "scheduled_end_time": doing.ends.isoformat(),
        "entity_metadata": {"location": doing.where[:PLACE]},
    }


def _changed(doing: CalendarEvent, room: int, now: datetime) -> dict[str, Any]:
    if doing.state == "off":
        return {"status": CANCELLED}
    if doing.state == "begun":
        return {"status": ACTIVE}
    said = _said(doing, room)
    if doing.starts <= now:
        del said["scheduled_start_time"]
    return said


def heard(
    event: discord.ScheduledEvent, receipts: Mapping[str, Receipt], at: datetime, *, gone: bool = False
) -> Event | None:
    """What somebody did to an event of ours, as an order of its host; None if it is not one of ours."""
    receipt = receipts.get(f"{EVENT}{event.id}")
    if receipt is None or not receipt.about.step.startswith(PLAN):
        return None
    off = gone or event.status is discord.EventStatus.cancelled
    if not off and event.status is not discord.EventStatus.scheduled:
        return None
    start = "" if off else event.start_time.isoformat()
    if start and datetime.fromisoformat(receipt.about.answers[2]) == event.start_time:
        return None  # as we left it; perhaps a change of ours is still on its way
    return CommandGiven(
        id=f"{EVENT}{event.id}:{'off' if off else start}:{int(at.timestamp())}",
        channel=receipt.about.answers[1],
        at=at,
        person=Person(id=f"{NAME}{event.creator_id}", name=""),
        command="schedule heard",
        args={
            "plan": receipt.about.step.removeprefix(PLAN),
            "occurrence": receipt.about.answers[0],
            "at": start,
        },
        host=True,
    )
