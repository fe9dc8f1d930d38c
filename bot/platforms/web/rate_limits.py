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

    def take(self, who: str, cost: float = 1) -> bool:
        """True if this one may do one more thing now, which then counts; `cost` is at most the burst."""
        now = time.monotonic()
        tokens, at = self._held.pop(who, (self._burst, now))
        tokens = min(self._burst, tokens + (now - at) * self._rate)
        allowed = tokens >= cost
        self._held[who] = (tokens - cost if allowed else tokens, now)
        if len(self._held) > REMEMBERED:
            self._held.popitem(last=False)
        return allowed

    async def turn(self, who: str, cost: float = 1) -> None:
        """Wait until this one may do one more thing, which then counts."""
        while True:
            if self.take(who, cost):
                return
            tokens, _ = self._held[who]
            await asyncio.sleep(max(cost - tokens, 0.001) / self._rate)


class RequestLimits:
    """How many requests may come: of a member first, then of all who come from one address.

    Behind one address may be a school, so members there do not pay for each other; what they all do together is
    limited so high that only a program gets there.
    """

    def __init__(self) -> None:
        self._members = RateLimits(burst=120, per_second=10)
        self._strangers = RateLimits(burst=1_000, per_second=50)
        self._addresses = RateLimits(burst=4_000, per_second=200)

    def take(self, member: str | None, address: str) -> bool:
        """True if one more request may come. `member` is none where nobody has given a name yet."""
        own = self._members.take(member) if member is not None else self._strangers.take(address)
        return own and self._addresses.take(address)
