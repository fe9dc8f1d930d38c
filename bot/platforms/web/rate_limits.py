"""Limits on how fast one person may write, and how much at once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

LONGEST = 8_000  # characters in one message or field
BURST = 12.0
PER_SECOND = 2.0
REMEMBERED = 10_000


class RateLimits:
    """A token bucket for each person or address; the least recently seen are dropped."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._rate = per_second
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> bool:
        """True if this one may do one more thing now, which then counts."""
        now = time.monotonic()
        tokens, at = self._held.pop(who, (self._burst, now))
        tokens = min(self._burst, tokens + (now - at) * self._rate)
        allowed = tokens >= 1
        self._held[who] = (tokens - 1 if allowed else tokens, now)
        if len(self._held) > REMEMBERED:
            self._held.popitem(last=False)
        return allowed

    async def turn(self, who: str) -> None:
        """Wait until this one may do one more thing, which then counts."""
        while True:
            if self.take(who):
                return
            tokens, _ = self._held[who]
            await asyncio.sleep((1 - tokens) / self._rate)
