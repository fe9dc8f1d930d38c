"""What open connections may cost: their number, in all and by address, and the time until each has asked something."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from bot.platforms.web.rate_limits import RateLimits

log = structlog.get_logger()

MOST_OPEN = 10_000  # descriptors that we ask the system for
KEPT_FREE = 200  # descriptors for the database, workers and files, whatever clients do
SHARE = 2  # one address may have one of so many of all connections: a school has room, and others, too
NEW = 4_000  # connections that one address may open at once: a school whose browsers all come back
NEW_A_SECOND = 100.0  # and from then on; a browser keeps its few
HALF_OPEN = 15.0  # seconds until a new connection has asked for something
IDLE = 150.0  # seconds that a connection may be kept between two requests; a proxy in front keeps its own shorter
BACKLOG = 128  # connections that the system holds for us
QUIET = 60.0  # seconds between two lines in the log about the same trouble


class Connections:
    """Counts the connections of a server.

    Args:
        proxied: true for an address that is a proxy of ours: many clients come from there.
        most: connections at a time. None: as many as the system lets this process have, with some kept free.
    """

    def __init__(
        self, proxied: Callable[[str], bool] = lambda address: False, most: int | None = None
    ) -> None:
        self._proxied = proxied
        self.most = most if most is not None else descriptors() - KEPT_FREE
        self.open = 0
        self.refused = 0
        self._fresh = RateLimits(burst=NEW, per_second=NEW_A_SECOND)  # by address
        self._by_address: Counter[str] = Counter()
        self._told: dict[str, float] = {}  # when the log was told of what

    def tell(self, trouble: str, **about: object) -> None:
        """Say it in the log, at most once a minute: there is no end to what strangers may send."""
        now = asyncio.get_running_loop().time()
        if now - self._told.get(trouble, -QUIET) >= QUIET:
            self._told[trouble] = now
            log.warning(trouble, **about)

    def take(self, address: str) -> bool:
        """Count one more; false if it is one too many, which then does not count."""
        proxied = self._proxied(address)
        share = self.most if proxied else max(self.most // SHARE, 1)
        full = self.open >= self.most or self._by_address[address] >= share
        if full or not (proxied or self._fresh.take(address)):
            self.refused += 1
            self.tell("connections refused", address=address, open=self.open, refused=self.refused)
            return False
        self.open += 1
        self._by_address[address] += 1
        return True

    def give_back(self, address: str) -> None:
        """One that counted was closed."""
        self.open -= 1
        self._by_address[address] -= 1
        if self._by_address[address] <= 0:
            del self._by_address[address]


class LimitedHandler(RequestHandler):
    """A connection that counts, and is dropped when it asks for nothing."""

    __slots__ = ("_address", "_asked", "_connections", "_counted", "_patience")

    def __init__(self, manager: Any, connections: Connections, **how: Any) -> None:
        super().__init__(manager, **how)
        self._connections = connections
        self._counted = self._asked = False
        self._address = ""
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected."""
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._counted = self._connections.take(self._address)
        if self._counted:
            self._patience = asyncio.get_running_loop().call_later(HALF_OPEN, self._look)
        else:
            self._drop()

    def connection_lost(self, exc: BaseException | None) -> None:
        """They are gone."""
        if self._counted:
            self._counted = False
            self._connections.give_back(self._address)
        if self._patience is not None:
            self._patience.cancel()
        super().connection_lost(exc)

    def log_exception(self, *args: Any, **how: Any) -> None:
        """What came was no request; the server would write a traceback for each."""
        fault = sys.exc_info()[1] or how.get("exc_info")
        self._connections.tell("not a request", address=self._address, error=type(fault).__name__)

    def asked(self) -> None:
        """A whole request came; from here on the time between two is limited by the server."""
        self._asked = True

    def _look(self) -> None:
        if not self._asked:
            self._drop()

    def _drop(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()


class LimitedSite(web.TCPSite):
    """A port on which each connection has its limits."""

    def __init__(self, runner: web.AppRunner, host: str, port: int, connections: Connections) -> None:
        super().__init__(runner, host, port, backlog=BACKLOG)
        self._connections = connections

    async def start(self) -> None:
        """Listen."""
        await web.BaseSite.start(self)
        loop = asyncio.get_running_loop()
        manager = self._runner.server

        def handler() -> LimitedHandler:
            return LimitedHandler(
                manager,
                self._connections,
                loop=loop,
                access_log=None,
                keepalive_timeout=IDLE,
                lingering_time=2.0,
            )

        self._server = await loop.create_server(handler, self._host, self._port, backlog=BACKLOG)


def descriptors() -> int:
    """How many files and connections this process may have open, after asking for more than most systems give."""
    try:
        import resource
    except ImportError:  # not on this system, which has no such limit
        return MOST_OPEN
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(MOST_OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST_OPEN if soft == resource.RLIM_INFINITY else min(soft, MOST_OPEN)


def quiet_faults(loop: asyncio.AbstractEventLoop) -> None:
    """Keep what the loop itself reports to a line a minute for each kind: a full machine would fill the log."""
    told: dict[str, float] = {}

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        message = str(context.get("message", ""))[:80]
        if loop.time() - told.get(message, -QUIET) >= QUIET and len(told) < 1000:
            told[message] = loop.time()
            log.error("event loop", message=message, error=repr(context.get("exception"))[:200])

    loop.set_exception_handler(handle)
