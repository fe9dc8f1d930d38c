"""`python -m tests.platforms.web.clocked run`: Storycircle as it is, but its clock is ahead by the seconds in a file.

So a test can let four minutes go by, in a process that it can also kill.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.app import process
from bot.config import Config, load_config


class Ahead:
    """The wall's clock, ahead by what the file says."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def now(self) -> datetime:
        ahead = float(self.file.read_text()) if self.file.exists() else 0.0
        return datetime.now(timezone.utc) + timedelta(seconds=ahead)

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        while not changed.is_set() and (at is None or self.now() < at):
            try:
                async with asyncio.timeout(0.1):
                    await changed.wait()
            except TimeoutError:
                continue


def ready(running: process.App) -> None:
    print(f"For hosts: {running.host_link}", flush=True)


config: Config = load_config(None)
asyncio.run(process.run(config, ready, Ahead(config.data / "ahead")))
