"""Keeps the listening to a platform alive: its trouble ends neither the process nor the other platforms."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # seconds until a platform that is off is tried again


async def supervise(
    name: str, listen: Callable[[], Coroutine[Any, Any, None]], off: Callable[[], None]
) -> None:
    """Listen until it ends by itself; after an error try again, with growing pauses.

    Args:
        off: told that nothing can be heard or said there until listening works again.
    """
    pause = FIRST_PAUSE
    while True:
        begun = time.monotonic()
        try:
            await asyncio.create_task(listen(), name=f"hear {name}")
            return
        except Exception as error:
            if time.monotonic() - begun > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            log.error(
                "a platform is off; the others go on",
                platform=name,
                why=str(error) or repr(error),
                again=pause,
            )
        off()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
