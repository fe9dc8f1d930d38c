"""Discord's rate limits: requests wait only when their bucket has nothing left (Discord, Rate limits).

The library refuses a request whenever the *window* of its bucket is longer than it may wait, also with 49 of 50 left;
and after the last one it holds the answer back until the window is over. Some windows are long: threads 5 minutes,
commands 1 minute, roles 2 days. It does not know the limit over all routes, so that one is kept here as well.
"""

from __future__ import annotations

import asyncio
import time
from types import TracebackType

from discord import RateLimited
from discord.http import HTTPClient, Ratelimit

A_SECOND = 40  # requests; Discord allows 50 over all routes (Rate limits, Global rate limit)


class Pace:
    """The limit over all routes. Answers to interactions do not count, and do not go through here."""

    def __init__(self) -> None:
        self._sent: list[float] = []  # when the latest were sent, by the monotonic clock

    async def keep(self) -> None:
        """Wait until one more request may be sent."""
        now = time.monotonic()
        self._sent = [at for at in self._sent if now - at < 1]
        if len(self._sent) >= A_SECOND:
            at = self._sent[-A_SECOND] + 1
            self._sent.append(at)
            await asyncio.sleep(at - now)
        else:
            self._sent.append(now)


class Bucket(Ratelimit):
    """The requests that share one limit, in the order in which they came.

    Args:
        longest: seconds that a request waits here; one that had to wait longer is tried again later.
    """

    def __init__(self, longest: float, pace: Pace) -> None:
        super().__init__(longest)
        self._longest = longest
        self._pace = pace

    def is_inactive(self) -> bool:
        """True if nothing is lost when it is forgotten."""
        return super().is_inactive() and (self.remaining > 0 or self.expires is None or self.is_expired())

    async def acquire(self) -> None:
        """Take one of what is left in the window.

        Raises:
            RateLimited: nothing is left, and the window is longer than a request may wait.
        """
        self._last_request = self._loop.time()
        while not self._left():
            pause = None if self.expires is None else max(self.expires - self._loop.time(), 0.0)
            if pause is not None and pause > self._longest:
                raise RateLimited(pause)
            turn = self._loop.create_future()
            self._pending_requests.append(turn)
            try:
                await asyncio.wait([turn], timeout=pause)  # what it holds is not known before one is answered
            except BaseException:
                if turn.done() and self._left():
                    self._wake_next()  # it was given the turn, and goes
                raise
            finally:
                turn.cancel()
        self.remaining -= 1
        self.outgoing += 1
        try:
            await self._pace.keep()
        except BaseException:  # it is not sent
            self.outgoing -= 1
            self.remaining += 1
            self._wake_next()
            raise

    def _left(self) -> bool:
        if self.is_expired():
            self._begin_window()
        return self.remaining > 0

    def _begin_window(self) -> None:
        self.reset()  # type: ignore[no-untyped-call]

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The request is answered; the answer is not held back, and others take their turns."""
        self.outgoing -= 1
        if isinstance(error, RateLimited):
            self.remaining, self.expires = 0, self._loop.time() + error.retry_after
        elif self.remaining <= 0 and self.expires is None:  # Discord said nothing of a limit
            self._begin_window()
        if self.remaining > 0:
            self._wake(self.remaining)
        elif self.expires is not None and self.expires - self._loop.time() > self._longest:
            self._wake(len(self._pending_requests))  # to be told that it lasts


def restrain(http: HTTPClient, longest: float) -> None:
    """Have a client of the library keep its limits as they are meant."""
    pace = Pace()

    def bucket(key: str) -> Ratelimit:
        found = http._buckets.get(key)
        if found is None:
            found = http._buckets[key] = Bucket(longest, pace)
            http._try_clear_expired_ratelimits()
        return found

    # The library offers no other place for it: its Client makes the HTTPClient itself.
    setattr(http, "get_ratelimit", bucket)  # noqa: B010
