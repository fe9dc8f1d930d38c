"""Time. The core never asks for it; the shell asks this, so that rehearsals and tests can turn it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import Protocol

LONGEST_SLEEP = 30.0  # seconds: monotonic clocks stop in suspend, so look at the wall clock this often


class Clock(Protocol):
    """Tells the time, and waits for it."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        """Return when it is `at`, or earlier when `changed` is set."""


class WallClock:
    """The clock on the wall."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(timezone.utc)

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        """Return when it is `at`; look up at least every 30 seconds, because a laptop may sleep."""
        while not changed.is_set():
            left = LONGEST_SLEEP if at is None else (at - self.now()).total_seconds()
            if left <= 0:
                return
            try:
                async with asyncio.timeout(min(left, LONGEST_SLEEP)):
                    await changed.wait()
            except TimeoutError:
                continue
