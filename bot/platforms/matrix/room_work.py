"""Work on one room beside the hearing: a server that is slow, away or refuses delays nobody in other rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

from bot.errors import Permanent, Transient

log = structlog.get_logger()

PATIENCE = 1.0  # seconds that hearing waits for it: most often it is done at once
PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0, 1800.0)  # seconds after each try that failed; then it is given up

Work = Callable[[], Awaitable[None]]


class RoomWork:
    """What is under way for rooms: one thing after the other in a room, all rooms side by side.

    Args:
        pauses: seconds after each try that failed.
    """

    def __init__(self, pauses: tuple[float, ...] = PAUSES) -> None:
        self._pauses = pauses
        self._last: dict[str, asyncio.Task[None]] = {}

    def begin(self, room: str, name: str, work: Work) -> asyncio.Task[None]:
        """Do something for a room when what was begun for it before is done; tried again while the server is away.

        Args:
            name: what it is, for the log.
        """
        task = asyncio.create_task(self._do(room, name, work, self._last.get(room)))
        self._last[room] = task
        task.add_done_callback(lambda done: self._ended(room, done))
        return task

    def _ended(self, room: str, task: asyncio.Task[None]) -> None:
        if self._last.get(room) is task:
            del self._last[room]

    async def wait(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        """Wait a moment for some of it, since what is said next may rest on it."""
        waited_for = [task for task in tasks if not task.done()]
        if waited_for:
            await asyncio.wait(waited_for, timeout=PATIENCE)

    def close(self) -> None:
        """Give up what is under way."""
        for task in [*self._last.values()]:
            task.cancel()

    async def _do(self, room: str, name: str, work: Work, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        for pause in (*self._pauses, None):
            try:
                await work()
                return
            except Transient as error:
                if pause is None:
                    log.warning(f"could not {name}", room=room, error=str(error))
                    return
                again = max(pause, error.retry_after or 0)
                log.info(f"could not {name} yet", room=room, again_in=again, error=str(error))
                await asyncio.sleep(again)
            except Permanent as error:
                log.warning(f"could not {name}", room=room, error=str(error))
                return
            except Exception:
                log.exception(f"could not {name}", room=room)
                return
