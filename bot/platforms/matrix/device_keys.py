"""The keys of the bot's own device, kept up beside the hearing: a server that is slow with keys delays no words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import structlog
from nio import AsyncClient, ErrorResponse, SyncResponse

from bot.errors import PlatformError
from bot.platforms.matrix import nio_workarounds

log = structlog.get_logger()

PATIENCE = 2.0  # seconds that hearing waits for keys: most often they are there at once
PAUSE = 30.0  # seconds until keys that could not be sent or fetched are tried again

Raw = Callable[[str, str, Any], Awaitable[Any]]
Call = Callable[[Awaitable[Any]], Awaitable[Any]]


class DeviceKeys:
    """Sends what the homeserver lacks of our keys, and fetches those of others.

    Args:
        call: makes a request of nio, with its errors translated.
        raw: makes a request that nio does not know.
    """

    def __init__(self, nio: AsyncClient, call: Call, raw: Raw) -> None:
        self._nio = nio
        self._call = call
        self._raw = raw
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0

    async def tend(self, answer: SyncResponse, unused: Sequence[str] | None) -> None:
        """Do what an answer of `/sync` asks for; one that is still under way is waited for a moment only.

        Args:
            unused: the kinds of fallback keys that nobody took yet; None if the server does not say.
        """
        nio_workarounds.count_keys(self._nio, answer)
        if time.monotonic() < self._not_before:
            return
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tend(unused))
        await asyncio.wait({self._task}, timeout=PATIENCE)

    def close(self) -> None:
        """Give up what is under way."""
        if self._task is not None:
            self._task.cancel()

    async def _tend(self, unused: Sequence[str] | None) -> None:
        for work in (partial(self._fallback, unused), self._own, self._of_others, self._send):
            try:
                await work()
            except PlatformError as error:
                log.warning("keys not exchanged", error=str(error), again_in=PAUSE)
                self._not_before = time.monotonic() + PAUSE
            except Exception as error:  # a stranger's device may have published anything
                log.warning("keys not exchanged", error=type(error).__name__, again_in=PAUSE)
                self._not_before = time.monotonic() + PAUSE

    async def _fallback(self, unused: Sequence[str] | None) -> None:
        if (fallback := nio_workarounds.fallback_key(self._nio, unused)) is not None:
            await self._raw("POST", "keys/upload", fallback)
            nio_workarounds.keys_published(self._nio)

    async def _own(self) -> None:
        if self._nio.should_upload_keys:
            _refused(await self._call(self._nio.keys_upload()))

    async def _of_others(self) -> None:
        if self._nio.should_query_keys:
            _refused(await self._call(self._nio.keys_query()))
        if self._nio.should_claim_keys:
            _refused(await self._call(self._nio.keys_claim(self._nio.get_users_for_key_claiming())))

    async def _send(self) -> None:
        for answered in await self._call(self._nio.send_to_device_messages()):
            _refused(answered)


def _refused(answer: Any) -> None:
    if isinstance(answer, ErrorResponse):
        raise PlatformError(str(answer))
