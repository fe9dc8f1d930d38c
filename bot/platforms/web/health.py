"""Whether what people write would be kept."""

from __future__ import annotations

import asyncio
import os
import time

from bot.errors import StoreUnavailable
from bot.store.store import Store

FRESH = 5.0  # seconds for which an answer holds: whoever asks often makes no work
PATIENCE = 3.0  # seconds until a write that does not come back counts as failed


class HealthCheck:
    """Writes to the database when it is asked, at most every few seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._why = ""
        self._at = -FRESH
        self._asking = asyncio.Lock()

    async def why(self) -> str:
        """The reason why nothing can be written; empty if all is well."""
        async with self._asking:
            if time.monotonic() - self._at >= FRESH:
                self._why = await self._try()
                self._at = time.monotonic()
        return self._why

    async def _try(self) -> str:
        try:
            os.close(os.open(os.devnull, os.O_RDONLY))
        except OSError as error:
            return f"No more files can be opened: {error.strerror}. Allow more (`ulimit -n`, LimitNOFILE in systemd)."
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.inbox.advance("health", str(int(time.time())))
        except TimeoutError:
            return f"The database has not answered for {PATIENCE:.0f} seconds."
        except StoreUnavailable as error:
            return str(error)
        return self._store.engine.damage
