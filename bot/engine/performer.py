"""Effects performed on a platform: words, reactions, threads, roles, badges, files and calendar events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import assert_never

from bot.core.model.effects import (
    DeliverFile,
    Edit,
    Erase,
    Grant,
    Issue,
    OpenThread,
    React,
    Remove,
    RevokeBadge,
    Say,
    SetThreadMembers,
    SyncCalendarEvent,
    Wake,
)
from bot.core.model.records import record
from bot.core.model.session import PRIVATE
from bot.core.platform import Erasure, Platform, Reaction, RemoveReaction, Role, Thread, ThreadMembers
from bot.engine.calendar_events import sync_calendar_event
from bot.engine.deliverables import Badges, Deliverables, Downloads, SeriesHeld
from bot.engine.giving_up import forgotten
from bot.engine.messages import Load, Messages, Part, Receipts
from bot.errors import Permanent
from bot.store import Receipt, Row

Opened = Callable[[Row, str], Awaitable[None]]


@record
class Performed:
    """A row that was performed: the parts that are there now, those that are gone, whether words were erased."""

    row: Row
    receipts: Sequence[Receipt]
    gone: Sequence[Part]
    erasing: bool


class Performer:
    """Performs one effect at a time; it may be asked again, and then does nothing twice."""

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        load: Load,
        receipts: Receipts,
        opened: Opened,
        series_held: SeriesHeld,
        badges: Badges | None,
        downloads: Downloads | None,
    ) -> None:
        self._platforms = platforms
        self._load = load
        self._receipts = receipts
        self._opened = opened
        self._messages = Messages(load, receipts)
        self._deliverables = Deliverables(load, receipts, self._messages, series_held, badges, downloads)

    def _platform(self, channel: str) -> Platform:
        name = channel.partition(":")[0]
        if name not in self._platforms:
            raise Permanent(f"the platform {name} is not connected")
        return self._platforms[name]

    async def perform(self, row: Row) -> Performed:
        """Do what a row says; what came of it is to be settled."""
        platform, effect = self._platform(row.channel), row.effect
        receipts: list[Receipt] = []
        gone: list[Part] = []
        match effect:
            case Say():
                receipts = await self._messages.say(platform, row, effect)
            case Edit():
                receipts, gone = await self._messages.edit(platform, row, effect)
            case Remove():
                gone = await self._messages.remove(platform, row, effect)
            case React():
                kind = Reaction if effect.on else RemoveReaction
                sign = kind(message=effect.message, sign=effect.sign)
                await platform.perform(row.channel, sign, row.key, row.because)
            case OpenThread():
                thread = Thread(people=effect.people, title=effect.title, apart=effect.apart)
                channel = await platform.perform(row.channel, thread, row.key, "")
                if channel is None:
                    raise Permanent("the platform made no thread")
                await self._opened(row, channel)
            case SetThreadMembers():
                await platform.perform(
                    row.channel, ThreadMembers(people=effect.people, out=effect.out), row.key, ""
                )
            case Erase():
                doing = Erasure(person=effect.person, messages=effect.messages, everything=effect.everything)
                await platform.perform(row.channel, doing, row.key, "")
                await self._deliverables.forget(effect)
            case Grant():
                role = Role(person=effect.person, name=effect.role, why=effect.why, on=effect.on)
                await platform.perform(row.channel, role, row.key, "")
            case Issue():
                receipts = await self._deliverables.issue(platform, row, effect)
            case RevokeBadge():
                await self._deliverables.take_back(effect)
            case DeliverFile():
                receipts = await self._deliverables.deliver_file(platform, row, effect)
            case SyncCalendarEvent():
                receipts = await sync_calendar_event(platform, row, effect, self._receipts)
            case Wake():
                raise AssertionError("timers are not performed")
            case _:
                assert_never(effect)
        return Performed(row=row, receipts=receipts, gone=gone, erasing=await self._erases(row))

    async def _erases(self, row: Row) -> bool:
        """True if the row itself names somebody who asked to be forgotten, or takes away what somebody needs."""
        if isinstance(row.effect, Erase) or not row.place.startswith(PRIVATE):
            return isinstance(row.effect, Erase)
        return bool(await forgotten(self._load, row)) if row.session else isinstance(row.effect, Remove)
