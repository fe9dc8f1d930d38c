"""Listens to the homeserver: answers to our questions become lines, and lines become events."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import structlog
from nio import InviteMemberEvent, MegolmEvent

from bot.core.model.events import CommandGiven, Event, Reacted
from bot.core.platform import Batch
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.errors import Permanent, PlatformError
from bot.platforms.matrix import event_content, tables
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_mapping import NAME, Fault, Known, Line, hear
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.rooms import DIRECT, HOSTS, Rooms, private
from bot.platforms.matrix.sas_verification import SasVerification
from bot.platforms.matrix.undecrypted import Undecrypted
from bot.render.i18n import spoken
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

TOGETHER = 0.05  # seconds: lines of one moment come in one answer, which costs as much as for one line
BUSY = 0.2  # the same at most, while there is something new each time
TRY_AGAIN = 0.5  # seconds until the homeserver is asked again, the first time
GONE = 2.0  # pause after which the homeserver is away, and not only slow for once
LONGEST_PAUSE = 10.0  # seconds between two tries to reach the homeserver
REMEMBERED = 5_000  # messages whose channel is known, for replies and ticks


class SyncLoop:
    """Hears all rooms. `allowed`: whose invitations are accepted; `tell` says a word to one person, under a key."""

    def __init__(
        self,
        store: SqliteStore,
        client: MatrixClient,
        rooms: Rooms,
        rights: Rights,
        undecrypted: Undecrypted,
        verification: SasVerification,
        allowed: Sequence[str],
        tell: Callable[[str, str, str], None],
        language: str,
    ) -> None:
        self._store = store
        self._client = client
        self._rooms = rooms
        self._rights = rights
        self._undecrypted = undecrypted
        self._verification = verification
        self._allowed = frozenset(allowed) or frozenset({client.account.server})
        self._tell = tell
        self._language = language
        self._me = client.account.user
        self._where: OrderedDict[str, tuple[str, str]] = (
            OrderedDict()
        )  # message -> channel, name of its author

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing."""
        await self._rooms.load()
        first, pause, together = True, TRY_AGAIN, TOGETHER
        while True:
            asked = time.monotonic()
            try:
                # After a failure it is asked without waiting: that it is back must not wait for somebody to speak.
                whole = first and since is not None
                answer = await self._client.sync(since, full_state=whole, wait=pause == TRY_AGAIN)
                heard = await self._heard(answer, since)
            except PlatformError as error:
                wait = getattr(error, "retry_after", None) or pause
                if pause >= GONE:
                    yield Batch(events=(), lost=True)
                pause = min(pause * 2, LONGEST_PAUSE)
                log.warning("no word from the homeserver", again_in=wait, error=str(error))
                await asyncio.sleep(wait)
                continue
            pause = TRY_AGAIN
            since = answer.next_batch
            if first and heard:
                yield Batch(events=heard, cursor=since)
                heard = []
            if first or heard:
                yield Batch(events=heard, cursor=since, caught_up=True)
            else:
                yield Batch(events=(), cursor=since)
            first = False
            busy = time.monotonic() - asked < TOGETHER
            together = min(2 * together, BUSY) if busy else TOGETHER
            await asyncio.sleep(together)

    async def _heard(self, answer: Any, since: str | None) -> list[Event]:
        for room, invited in answer.rooms.invite.items():
            await self._invited(room, invited.invite_state)
        for room in answer.rooms.leave:
            self._client.nio.rooms.pop(room, None)
            self._rights.forget(room)
        for to_device in answer.to_device_events:
            if SasVerification.concerns(to_device.source):
                await self._verification.hear(to_device.source)
        told: list[tuple[int, Line]] = []
        for room, joined in answer.rooms.join.items():
            for event in (*joined.state, *joined.timeline.events):
                await self._noticed(room, event.source)
            if since is None:
                continue
            timeline = list(joined.timeline.events)
            entered = self._entered(timeline)
            if joined.timeline.limited and not entered:
                timeline = [*await self._client.history(room, joined.timeline.prev_batch, since), *timeline]
            latest = 0
            for event in timeline[entered:]:
                for line in await self._line(room, event):
                    latest = max(latest, int(line.source.get("origin_server_ts", 0)))
                    told.append((latest, line))
        # What was said in one room before something in another is heard before it; in a room the order stays.
        lines = [line for _, line in sorted(told, key=lambda each: each[0])]
        opened = [self._as_line(room, source) for room, source in self._undecrypted.opened()]
        return await self._events([*opened, *lines])

    def _entered(self, timeline: Sequence[Any]) -> int:
        """Where the bot's own coming in stands; what was said before is none of its business."""
        for n in range(len(timeline) - 1, -1, -1):
            source = timeline[n].source
            own = source.get("type") == "m.room.member" and source.get("state_key") == self._me
            before = (source.get("unsigned") or {}).get("prev_content") or {}
            if own and source["content"].get("membership") == "join" and before.get("membership") != "join":
                return n + 1
        return 0

    async def _noticed(self, room: str, source: dict[str, Any]) -> None:
        """State that changes what we know of a room."""
        kind = source.get("type")
        if kind == "m.room.create":
            self._rights.made(room, str(source.get("sender", "")))
        elif kind == "m.room.power_levels":
            self._rights.forget(room)
        elif kind == "m.room.tombstone":
            await self._rooms.moved(room, str(source["content"].get("replacement_room", "")))

    async def _line(self, room: str, event: Any) -> list[Line]:
        if isinstance(event, MegolmEvent):
            await self._undecrypted.keep(room, event)
            return []
        if SasVerification.concerns(event.source):
            await self._verification.hear(event.source, room)
            return []
        return [self._as_line(room, event.source)]

    def _as_line(self, room: str, source: dict[str, Any]) -> Line:
        sender = str(source.get("sender", ""))
        known = self._client.nio.rooms.get(room)
        name = (known.user_name(sender) if known else None) or sender.partition(":")[0].lstrip("@")
        return Line(channel=self._rooms.channel_of(room), source=source, name=name)

    async def _events(self, lines: Sequence[Line]) -> list[Event]:
        """Lines as events, with what only the database and the homeserver know."""
        redacted = [NAME + str(line.source.get("redacts") or line.content.get("redacts")) for line in lines]
        gone = [
            id
            for id, line in zip(redacted, lines, strict=True)
            if line.source.get("type") == "m.room.redaction"
        ]
        reactions = await self._store.read(lambda c: tables.reactions(c, gone)) if gone else {}
        found: list[Event] = []
        for line in lines:
            body = line.content.get("body")
            if isinstance(body, str) and (
                event_content.MARK in body or self._me in str(line.content.get("m.mentions"))
            ):
                await self._rights.learn(self._rooms.room_of(line.channel.partition(HOSTS)[0]))
            heard = hear(line, self._known(reactions))
            if isinstance(heard, Fault):
                self._tell(heard.line.person.id, heard.says, f"fault:{heard.line.id}")
                continue
            if heard is None:
                continue
            if isinstance(heard, Reacted) and heard.on:
                reaction = heard
                await self._store.write(lambda c, r=reaction: tables.keep_reaction(c, r))  # type: ignore[misc]
            if isinstance(heard, CommandGiven):
                heard = self._named(heard)
            self._remember(heard.id, line.channel, line.name)
            found.append(heard)
        return found

    def _known(self, reactions: Any) -> Known:
        return Known(
            me=self._me,
            threads=lambda channel: channel in self._rooms.rooms,
            host=self._leads,
            private=private,
            poll=self._rooms.polls.get,
            reaction=reactions.get,
        )

    def _leads(self, person: str, channel: str) -> bool:
        room = channel.partition("/")[0]
        if room.startswith(DIRECT):
            return False
        return self._rights.leads(person.removeprefix(NAME), self._rooms.room_of(room))

    def _named(self, order: CommandGiven) -> CommandGiven:
        """People are named by their id or by the name they go by; a mention gives the first."""
        if "name" in order.args and order.args["name"].startswith("@") and ":" in order.args["name"]:
            return replace(order, args={**order.args, "name": NAME + order.args["name"]})
        return order

    def where(self, message: str) -> str:
        """The channel that a message was heard in of late, else an empty text."""
        return self._where.get(message, ("", ""))[0]

    def author(self, message: str) -> str:
        """The name of whoever wrote a message of late, else an empty text."""
        return self._where.get(message, ("", ""))[1]

    def forget(self, person: str) -> None:
        """Nothing that this person said privately is known any more."""
        self._where = OrderedDict((k, v) for k, v in self._where.items() if v[0] != private(person))

    def _remember(self, message: str, channel: str, name: str) -> None:
        self._where[message] = (channel, name)
        while len(self._where) > REMEMBERED:
            self._where.popitem(last=False)

    async def _invited(self, room: str, state: Sequence[Any]) -> None:
        """Accept from those who may; leave otherwise. Nothing is said in the room."""
        mine = [e for e in state if isinstance(e, InviteMemberEvent) and e.state_key == self._me]
        if not mine:
            return
        inviter = mine[-1].sender
        try:
            if inviter not in self._allowed and inviter.partition(":")[2] not in self._allowed:
                await self._client.leave(room)
                log.info("declined an invitation", room=room, by=inviter)
                return
            await self._client.join(room)
            if room in self._rooms.awaited:
                await self._rooms.followed(self._rooms.awaited[room], room)
                return
            if mine[-1].content.get("is_direct") and DIRECT + inviter not in self._rooms.rooms:
                await self._rooms.learn(DIRECT + inviter, room)
        except Permanent as error:
            log.warning("could not answer an invitation", room=room, error=str(error))
            return
        with spoken(self._language):
            says = tr(messages.INVITED)
        self._tell(NAME + inviter, says, f"invited:{room}")
