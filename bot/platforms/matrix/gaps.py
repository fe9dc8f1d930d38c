"""Stretches of a room's history that could not be read when they were missed: kept on disk until they are read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any

import structlog

from bot.errors import Permanent, PlatformError, Transient
from bot.platforms.matrix.channels import GAP
from bot.platforms.matrix.room_work import RoomWork
from bot.platforms.room_registry import RoomRegistry

log = structlog.get_logger()

History = Callable[[str, str, str | None], Awaitable[Sequence[Any]]]


class Gaps:
    """Reads what rooms said between two positions; what the server cannot give now is asked for again beside.

    Args:
        history: the events of a room between two positions, oldest first.
    """

    def __init__(self, rooms: RoomRegistry, work: RoomWork, history: History) -> None:
        self._rooms = rooms
        self._work = work
        self._history = history
        self._reading: set[asyncio.Task[None]] = set()
        self._read: dict[
            str, tuple[str, Sequence[Any]]
        ] = {}  # positions and events by room, until they are taken
        self._taken: dict[str, str] = {}  # positions by room, until the events are on disk
        self._heard: dict[str, str] = {}  # positions by room, of events that are on disk
        self._resumed = False

    @property
    def open(self) -> bool:
        """Whether something is being read; what was given up is read at the next start."""
        return bool(self._reading or self._read)

    def resume(self) -> None:
        """Go on with what an earlier run could not read, once."""
        if not self._resumed:
            self._resumed = True
            for room, positions in self._rooms.under(GAP).items():
                self._begin(room, positions)

    async def read(self, room: str, before: str | None, since: str) -> Sequence[Any]:
        """The events between two positions, oldest first; nothing if they can only be had later, or never."""
        if not before:
            return ()
        try:
            return await self._history(room, before, since)
        except Transient as error:
            log.warning("history not read yet", room=room, error=str(error))
            known = self._rooms.known(GAP + room)
            # Two gaps of a room are read as one: what stands between them is heard once all the same.
            positions = f"{before} {known.partition(' ')[2] if known else since}"
            await self._rooms.keep(GAP + room, positions)
            self._begin(room, positions)
        except PlatformError as error:
            log.warning("history cannot be read", room=room, error=str(error))
        return ()

    def _begin(self, room: str, positions: str) -> None:
        task = self._work.begin(room, "read what was missed", partial(self._fill, room, positions))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _fill(self, room: str, positions: str) -> None:
        if self._rooms.known(GAP + room) != positions:
            return  # a larger one took its place
        before, _, since = positions.partition(" ")
        try:
            self._read[room] = positions, await self._history(room, before, since)
        except Permanent:
            await self._rooms.forget(GAP + room)
            raise

    def taken(self) -> dict[str, Sequence[Any]]:
        """The events that were read since this was asked last, by room."""
        taken, self._read = self._read, {}
        self._taken |= {room: positions for room, (positions, _) in taken.items()}
        return {room: events for room, (_, events) in taken.items()}

    def heard(self, rooms: Iterable[str]) -> None:
        """Note that what was read of these rooms is on disk."""
        self._heard |= {room: self._taken[room] for room in rooms if room in self._taken}

    async def close_heard(self) -> None:
        """Forget the gaps whose events are on disk; a larger one that took the place of one stays."""
        while self._heard:
            room, positions = self._heard.popitem()
            if self._rooms.known(GAP + room) == positions:
                await self._rooms.forget(GAP + room)
