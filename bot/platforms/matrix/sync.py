"""The sync loop: the homeserver's answers become lines, and lines become events (Client-Server API, Syncing)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from nio import MegolmEvent, SyncResponse

from bot.core.model.events import Event
from bot.core.platform import Batch
from bot.errors import PlatformError
from bot.platforms.matrix.channels import Channels
from bot.platforms.matrix.client import SYNC_SECONDS, MatrixClient
from bot.platforms.matrix.event_mapping import Line
from bot.platforms.matrix.gaps import Gaps
from bot.platforms.matrix.invitations import Invitations
from bot.platforms.matrix.line_reader import LineReader
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.room_work import RoomWork
from bot.platforms.matrix.sas_verification import SasVerification
from bot.platforms.matrix.sync_answer import left_out, timestamp
from bot.platforms.matrix.undecrypted import Undecrypted
from bot.platforms.room_registry import RoomRegistry

log = structlog.get_logger()

TOGETHER = 0.05  # seconds: lines of one moment come in one answer, which costs as much as for one line
BUSY = 0.2  # the same at most, while there is something new each time
TRY_AGAIN = 0.5  # seconds until the homeserver is asked again, the first time
GONE = 2.0  # pause after which the homeserver is away, and not only slow for once
SOON = 2.0  # seconds that an answer is waited for while something that was missed is being read
LONGEST_PAUSE = 10.0  # seconds between two tries to reach the homeserver


class SyncLoop:
    """Asks the homeserver for what is new in all rooms, again and again."""

    def __init__(
        self,
        client: MatrixClient,
        rooms: RoomRegistry,
        channels: Channels,
        rights: Rights,
        reader: LineReader,
        invitations: Invitations,
        undecrypted: Undecrypted,
        verification: SasVerification,
    ) -> None:
        self._client = client
        self._rooms = rooms
        self._channels = channels
        self._rights = rights
        self._reader = reader
        self._invitations = invitations
        self._undecrypted = undecrypted
        self._verification = verification
        self._me = client.account.user
        self._work = RoomWork()
        self._gaps = Gaps(rooms, self._work, client.history)

    def close(self) -> None:
        """Give up what is under way for rooms."""
        self._work.close()

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Batches of what was missed since the position, then of what is live; a first start replays nothing."""
        await self._rooms.load()
        first, pause, together = True, TRY_AGAIN, TOGETHER
        late: dict[str, Sequence[Any]] = {}  # what was missed and is read by now, by room
        while True:
            asked = time.monotonic()
            try:
                if first:
                    await self._client.start()
                    self._gaps.resume()
                await self._gaps.close_heard()
                late |= self._gaps.taken()
                # After a failure it is asked without waiting: that it is back must not wait for somebody to speak.
                at_once = pause != TRY_AGAIN or bool(late)
                wait = 0 if at_once else SOON if self._gaps.open else SYNC_SECONDS
                answer = await self._client.sync(since, full_state=first and since is not None, wait=wait)
                events = await self._events_in(answer, since, late)
            except PlatformError as error:
                again = getattr(error, "retry_after", None) or pause
                if pause >= GONE:
                    yield Batch(events=(), lost=True)
                pause = min(pause * 2, LONGEST_PAUSE)
                log.warning("no word from the homeserver", again_in=again, error=str(error))
                await asyncio.sleep(again)
                continue
            pause = TRY_AGAIN
            since = answer.next_batch
            heard = partial(self._gaps.heard, list(late)) if events else None
            if first and events:
                yield Batch(events=events, cursor=since, acknowledged=heard)
                events, heard = [], None
            if first or events:
                yield Batch(events=events, cursor=since, caught_up=True, acknowledged=heard)
            else:
                self._gaps.heard(late)  # nothing of it was for us
                yield Batch(events=(), cursor=since)
            late = {}
            first = False
            busy = time.monotonic() - asked < TOGETHER
            together = min(2 * together, BUSY) if busy else TOGETHER
            await asyncio.sleep(together)

    async def _events_in(
        self, answer: SyncResponse, since: str | None, late: Mapping[str, Sequence[Any]]
    ) -> list[Event]:
        begun = [
            self._work.begin(
                room, "answer an invitation", partial(self._invitations.answer, room, invited.invite_state)
            )
            for room, invited in answer.rooms.invite.items()
        ]
        for room in answer.rooms.leave:
            self._client.nio.rooms.pop(room, None)
            self._rights.forget(room)
        for to_device in answer.to_device_events:
            if SasVerification.concerns(to_device.source):
                await self._verify(to_device.source)
        for room, joined in answer.rooms.join.items():
            for event in (*joined.state, *joined.timeline.events):
                begun += self._note_state(room, event.source)
        await self._work.wait(begun)
        dated: list[tuple[int, Line]] = []
        for room, events in late.items():
            dated += await self._dated(room, events)
        if since is not None:
            for room, joined in answer.rooms.join.items():
                dated += await self._lines_of(room, joined.timeline, since)
        # What was said in one room before something in another comes before it; in a room the order stays.
        lines = [line for _, line in sorted(dated, key=lambda pair: pair[0])]
        decrypted = [self._line(room, source) for room, source in self._undecrypted.decrypt()]
        return await self._reader.events([*decrypted, *lines])

    async def _verify(self, source: dict[str, Any], room: str = "") -> None:
        try:
            await self._verification.receive(source, room)
        except PlatformError as error:  # their client runs out of time, and they try again
            log.info("verification not answered", error=str(error))

    async def _lines_of(self, room: str, timeline: Any, since: str) -> list[tuple[int, Line]]:
        """The lines of one room since the bot came in."""
        events = list(timeline.events)
        entered = self._entered(events)
        if timeline.limited and not entered:
            events = [*await self._gaps.read(room, timeline.prev_batch, since), *events]
        return await self._dated(room, events[entered:])

    async def _dated(self, room: str, events: Sequence[Any]) -> list[tuple[int, Line]]:
        """The lines that events of a room are, each with the latest time up to it, in milliseconds."""
        dated: list[tuple[int, Line]] = []
        latest = 0
        for event in events:
            try:
                if isinstance(event, MegolmEvent):
                    await self._undecrypted.keep(room, event)
                elif SasVerification.concerns(event.source):
                    await self._verify(event.source, room)
                elif (at := timestamp(event.source)) is None:
                    left_out(event.source, ValueError())
                else:
                    latest = max(latest, at)
                    dated.append((latest, self._line(room, event.source)))
            except Exception as error:  # whatever a stranger's event sets off costs that event only
                left_out(event.source, error)
        return dated

    def _entered(self, events: Sequence[Any]) -> int:
        """The number of events up to the bot's own coming in; what was said before is none of its business."""
        for n in range(len(events) - 1, -1, -1):
            source = events[n].source
            own = source.get("type") == "m.room.member" and source.get("state_key") == self._me
            before = (source.get("unsigned") or {}).get("prev_content")
            was_in = isinstance(before, dict) and before.get("membership") == "join"
            if own and source["content"].get("membership") == "join" and not was_in:
                return n + 1
        return 0

    def _note_state(self, room: str, source: dict[str, Any]) -> list[asyncio.Task[None]]:
        """Take note of state that says who may do what in a room, or that another took its place."""
        kind = source.get("type")
        if kind == "m.room.create":
            self._rights.created(room, str(source.get("sender", "")))
        elif kind == "m.room.power_levels":
            self._rights.forget(room)
        elif kind == "m.room.tombstone":
            successor = source["content"].get("replacement_room")
            if isinstance(successor, str) and successor.startswith("!"):  # an alias may belong to anybody
                via = str(source.get("sender", "")).partition(":")[2]
                follow = partial(self._channels.replace, room, successor, via)
                return [self._work.begin(room, "follow a room", follow)]
        return []

    def _line(self, room: str, source: dict[str, Any]) -> Line:
        sender = str(source.get("sender", ""))
        nio_room = self._client.nio.rooms.get(room)
        name = (nio_room.user_name(sender) if nio_room else None) or sender.partition(":")[0].lstrip("@")
        return Line(channel=self._channels.channel_of(room), source=source, name=name)
