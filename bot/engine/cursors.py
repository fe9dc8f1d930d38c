"""Cursors: what a platform told and is not yet on disk, and how far it was heard."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from bot.clock import Clock
from bot.core.model.events import Event
from bot.errors import StoreUnavailable
from bot.store import Decided
from bot.store.store import Store

CURSOR_SECONDS = 60.0  # a platform that tells only of others' talk has its position kept this often


class PendingEvent:
    """An event that was told by a platform and is not yet on disk."""

    __slots__ = ("cursor", "event", "future", "platform", "settles", "unheld")

    def __init__(
        self,
        event: Event,
        platform: str = "",
        cursor: str = "",
        settles: tuple[tuple[str, str], ...] = (),
        unheld: bool = False,
    ) -> None:
        self.event = event
        self.platform = platform
        self.cursor = cursor
        self.settles = settles
        self.unheld = unheld
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


def position(platform: str, cursor: str, at: datetime) -> Decided:
    """What is written when nothing was for us: how far a platform was heard."""
    return Decided(event="", session="", at=at, platform=platform, cursor=cursor)


def only_heard(pending: PendingEvent, at: datetime) -> list[Decided]:
    """An event that concerns nothing of ours leaves only the position behind."""
    if not (pending.cursor or pending.settles or pending.unheld):
        return []
    if not (pending.settles or pending.unheld):
        return [position(pending.platform, pending.cursor, at)]
    return [
        Decided(
            event=pending.event.id if pending.unheld else "",
            session="",
            at=at,
            settles=pending.settles,
            platform=pending.platform,
            cursor=pending.cursor,
            unheld=pending.unheld,
        )
    ]


class Cursors:
    """A position alone is not worth a write: it rides with whatever is written next."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._riding: dict[str, str] = {}  # not on disk yet, by platform
        self._kept: dict[str, datetime] = {}  # when it was written, by platform

    async def of(self, platform: str) -> str | None:
        """Where to begin to listen; None at a first start."""
        since = await self._store.inbox.cursor(platform)
        if since:
            self._kept[platform] = self._clock.now()
        return since

    async def passed(self, platform: str, cursor: str) -> None:
        """A platform told nothing but that time went by."""
        self._riding[platform] = cursor
        if self._overdue(platform):
            await self._keep(platform)

    def beside(self, decided: list[Decided]) -> list[Decided]:
        """What is to be written now, with the positions that ride along.

        So before anything can make others' talk of before count, it is on disk that it was heard.
        """
        if not all(pending == position(pending.platform, pending.cursor, pending.at) for pending in decided):
            platforms = {pending.platform for pending in decided if pending.cursor}
            riding = [item for item in self._riding.items() if item[0] not in platforms]
            return [*decided, *(position(name, cursor, self._clock.now()) for name, cursor in riding)]
        self._riding |= {pending.platform: pending.cursor for pending in decided}
        return [pending for pending in decided if self._overdue(pending.platform)]

    def written(self, decided: list[Decided]) -> None:
        """These are on disk."""
        for pending in decided:
            if pending.cursor:
                self._riding.pop(pending.platform, None)
                self._kept[pending.platform] = self._clock.now()

    async def keep(self) -> None:
        """Write all that still ride."""
        for platform in list(self._riding):
            await self._keep(platform)

    def _overdue(self, platform: str) -> bool:
        """True if a position has to be written by itself: at a first start, and then now and again."""
        kept = self._kept.get(platform)
        return kept is None or (self._clock.now() - kept).total_seconds() >= CURSOR_SECONDS

    async def _keep(self, platform: str) -> None:
        if cursor := self._riding.get(platform, ""):
            with suppress(StoreUnavailable):  # then it rides on
                await self._store.inbox.advance(platform, cursor)
                self._kept[platform] = self._clock.now()
                if self._riding.get(platform) == cursor:
                    del self._riding[platform]
