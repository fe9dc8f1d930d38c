"""The rate limits of the small server: a bucket for each route and channel or server, as Discord tells of them.

Discord publishes no numbers for single routes; these are what its headers said. Windows of some seconds pass faster
here (`hurry`), so that tests do not stand and wait; those that no request may wait for are as long as they are.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

LIMITS = [  # route, requests, seconds
    ("POST", r"/channels/(\d+)/messages", 5, 5.0),
    ("PATCH", r"/channels/(\d+)/messages/\d+", 5, 5.0),
    ("DELETE", r"/channels/(\d+)/messages/\d+", 5, 1.0),
    ("GET", r"/channels/(\d+)/messages", 5, 5.0),
    ("PUT", r"/channels/(\d+)/messages/\d+/reactions/[^/]+/@me", 1, 0.25),
    ("POST", r"/channels/(\d+)/threads", 50, 300.0),
    ("PUT", r"/channels/(\d+)/thread-members/\d+", 5, 5.0),
    ("DELETE", r"/channels/(\d+)/thread-members/\d+", 5, 5.0),
    ("PATCH", r"/channels/(\d+)", 5, 15.0),
    ("POST", r"/guilds/(\d+)/roles", 250, 172_800.0),
    ("PUT", r"/guilds/(\d+)/members/\d+/roles/\d+", 10, 10.0),
    ("POST", r"/guilds/(\d+)/scheduled-events", 5, 60.0),
    ("PATCH", r"/guilds/(\d+)/scheduled-events/\d+", 5, 60.0),
    ("PUT", r"/applications/(\d+)/commands", 2, 60.0),
    ("POST", r"/users/@me/(channels)", 10, 10.0),
]
A_SECOND = 50  # over all routes but those of interactions
SHORT = 30.0  # seconds of a window that a request may wait for


@dataclass
class Window:
    """What is left of a bucket."""

    limit: int
    seconds: float
    left: int
    ends: float

    def headers(self, bucket: str) -> dict[str, str]:
        after = max(self.ends - time.monotonic(), 0)
        return {
            "X-RateLimit-Limit": str(self.limit), "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}", "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": bucket,
        }  # fmt: skip


@dataclass
class Limits:
    """All buckets of one bot."""

    hurry: float = 20.0  # times as fast as time passes
    windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)  # requests beyond a limit
    latest: list[float] = field(default_factory=list)

    def spend(self, route: str, major: int, left: int) -> None:
        """So many are left of this route in this channel or server, from now until its window is over."""
        for method, pattern, limit, seconds in LIMITS:
            if f"{method} {pattern}" == route or pattern.endswith(route):
                window = Window(limit, seconds, left, time.monotonic() + seconds)
                self.windows[f"{method} {pattern}", str(major)] = window

    def count(self, method: str, path: str) -> tuple[dict[str, str], float]:
        """A request: the headers of its answer, and for how long it is refused (seconds; 0 if it is let through)."""
        now = time.monotonic()
        if not path.startswith(("/interactions", "/webhooks")):
            self.latest = [at for at in self.latest if now - at < 1]
            self.latest.append(now)
            if len(self.latest) > A_SECOND:
                self.over.append(f"{method} {path}: over all routes")
        for verb, pattern, limit, seconds in LIMITS:
            found = re.fullmatch(pattern, path) if verb == method else None
            if found is None:
                continue
            name = (f"{verb} {pattern}", found[1])
            window = self.windows.get(name)
            if window is None or window.ends <= now:
                lasts = seconds / self.hurry if seconds <= SHORT else seconds
                window = self.windows[name] = Window(limit, lasts, limit, now + lasts)
            bucket = f"{abs(hash(name[0])):x}"[:12]
            if not window.left:
                self.over.append(f"{method} {path}")
                return window.headers(bucket), max(window.ends - now, 0.001)
            window.left -= 1
            return window.headers(bucket), 0.0
        return {}, 0.0
