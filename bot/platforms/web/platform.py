"""The web room as a platform: what browsers sent becomes events, what the core says becomes rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime, timezone
from typing import Any

from bot.clock import Clock
from bot.commands import TABLE
from bot.core.model.events import (
    CommandGiven,
    Deleted,
    Edited,
    Event,
    Joined,
    Left,
    MessageUsedAsAnswer,
    Person,
    Posted,
    Present,
    Submitted,
)
from bot.core.model.ids import PersonId
from bot.core.platform import (
    Action,
    Batch,
    CalendarEvent,
    Capabilities,
    Change,
    Delete,
    Erasure,
    Post,
    Reaction,
    RemoveReaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.errors import Permanent
from bot.platforms.own_rooms import OwnRooms
from bot.store import web_members, web_rows
from bot.store.engine import Rows
from bot.store.store import Store
from bot.store.web_members import Member
from bot.store.web_rows import Message

BY_MESSAGE = ("say", "edit", "use")  # their words stand in a message, not in the inbox


class HeardEntries:
    """Waits until entries of the inbox are on disk as facts."""

    def __init__(self) -> None:
        self._upto = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    def reach(self, upto: int) -> None:
        """Everything up to this entry was heard."""
        self._upto = max(self._upto, upto)
        ready = [entry for entry in self._waiting if entry[0] <= self._upto]
        self._waiting = [entry for entry in self._waiting if entry[0] > self._upto]
        for _, future in ready:
            if not future.done():
                future.set_result(None)

    async def wait(self, id: int) -> None:
        """Return when this entry was heard."""
        if id > self._upto:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((id, future))
            await future


class WebPlatform(OwnRooms):
    """Channels: `web:<room>`, `web:<room>/~<member>` private, `web:<room>/hosts`, `web:<room>/t<key>`."""

    name = "web"
    can = Capabilities(limit=20_000, presence=True)

    def __init__(self, store: Store, clock: Clock, shared: Collection[str] = ()) -> None:
        """`shared` are the rooms into which hosts on other platforms may bring a workshop."""
        self._store = store
        self._shared = frozenset(shared)
        self._clock = clock
        self._queue: asyncio.Queue[tuple[int, Event]] = asyncio.Queue()
        self._noting: set[asyncio.Task[None]] = set()
        self._heard = HeardEntries()
        self.marks: dict[str, str] = {}  # member -> what stands beside their name
        self._on_messages: list[Callable[[Sequence[Message]], None]] = []
        self._on_threads: list[Callable[[str], None]] = []
        self._on_forgotten: list[Callable[[str], None]] = []

    def subscribe(
        self,
        messages: Callable[[Sequence[Message]], None],
        threads: Callable[[str], None],
        forgotten: Callable[[str], None],
    ) -> None:
        """Tell of new and changed messages, of a channel whose threads changed, and of a member who was forgotten."""
        self._on_messages.append(messages)
        self._on_threads.append(threads)
        self._on_forgotten.append(forgotten)

    async def is_moderator(self, person: str, channel: str) -> bool:
        """True in rooms that the operator shares with hosts elsewhere; hosts here have shown the host link."""
        return channel.removeprefix("web:") in self._shared

    # -- what people do --------------------------------------------------------------------------

    async def send(self, member: Member, nonce: str, body: dict[str, Any]) -> None:
        """Take what a browser sent; returns when the core has heard it, and all is on disk.

        The same nonce from the same member is taken once, however often a browser sends it again.
        """
        at = self._clock.now()
        body = {**body, "member": member.id, "room": member.room, "at": at.timestamp()}

        def job(db: Rows) -> tuple[int, bool, dict[str, Any], list[Message]]:
            kept = dict(body)
            changed: list[Message] = []
            earlier = web_rows.inbox_entry(db, f"{member.id}:{nonce}")
            if earlier is not None:
                return earlier, False, kept, changed
            if body["do"] == "say":
                message, _ = web_rows.post(
                    db,
                    body["channel"],
                    member.id,
                    body["text"],
                    f"say:{member.id}:{nonce}",
                    at.timestamp(),
                    body.get("reply_to", ""),
                )
                changed.append(message)
                kept["message"] = message.id
            elif body["do"] in ("edit", "delete"):
                own = web_rows.read(db, body["message"])
                if own is None or own.author != member.id or own.deleted:
                    return 0, False, kept, changed
                edit = body["do"] == "edit"
                after = (
                    web_rows.change(db, own.id, body["text"], edited=True)
                    if edit
                    else web_rows.drop(db, own.id)
                )
                changed += [after] if after else []
                kept["channel"] = own.channel
            elif body["do"] == "use":
                own = web_rows.read(db, body["message"])
                if own is None or own.author != member.id or own.deleted:
                    return 0, False, kept, changed
                kept |= {"channel": own.channel, "text": own.body}
            # the words of a message stand in the message; the inbox only points there
            stored = {k: v for k, v in kept.items() if k != "text" or kept["do"] not in BY_MESSAGE}
            id, new = web_rows.put_inbox(db, f"{member.id}:{nonce}", stored)
            return id, new, kept, changed

        id, new, kept, changed = await self._store.write(job)
        if changed:
            self._show(changed)
        if new:
            event = self._event(id, kept, member)
            if event is not None:
                self._queue.put_nowait((id, event))
        await self._heard.wait(id)

    def _event(self, id: int, body: dict[str, Any], member: Member) -> Event | None:
        person = Person(id=PersonId(f"web:{member.id}"), name=member.name)
        at = datetime.fromtimestamp(body["at"], timezone.utc)
        room = f"web:{member.room}"
        event_id = f"web:i{id}"
        private = f"{room}/~{member.id}"
        match body["do"]:
            case "say":
                return Posted(
                    id=f"web:{body['message']}",
                    channel=body["channel"],
                    at=at,
                    person=person,
                    text=body.get("text", ""),
                    reply_to=body.get("reply_to") or None,
                    parent=room if body["channel"].startswith(f"{room}/t") else None,
                )
            case "edit":
                return Edited(
                    id=event_id,
                    channel=body["channel"],
                    at=at,
                    person=person,
                    message=f"web:{body['message']}",
                    text=body.get("text", ""),
                )
            case "delete":
                message = f"web:{body['message']}"
                return Deleted(id=event_id, channel=body["channel"], at=at, person=person, message=message)
            case "use":
                return MessageUsedAsAnswer(
                    id=event_id,
                    channel=body["channel"],
                    at=at,
                    person=person,
                    message=f"web:{body['message']}",
                    text=body.get("text", ""),
                )
            case "presence":
                return Present(id=event_id, channel=room, at=at, person=person, here=bool(body["here"]))
            case "form":
                picks = body.get("picks")
                return Submitted(
                    id=event_id,
                    channel=room,
                    at=at,
                    person=person,
                    session=body.get("session", ""),
                    step=body.get("step", ""),
                    fields=body.get("fields", {}),
                    picks=tuple(picks) if picks is not None else None,
                    anonymous=bool(body.get("anonymous")),
                    share=body.get("share", ""),
                )
            case "join":
                return Joined(
                    id=event_id,
                    channel=room,
                    at=at,
                    person=person,
                    reading=bool(body.get("reading")),
                    host=member.host,
                    private=private,
                    session=body.get("session", ""),
                )
            case "leave":
                return Left(id=event_id, channel=room, at=at, person=person)
            case "order":
                return TABLE.event(
                    CommandGiven(
                        id=event_id,
                        channel=room,
                        at=at,
                        person=person,
                        command=body.get("command", ""),
                        args=body.get("args", {}),
                        host=member.host,
                        session=body.get("session", ""),
                        private=private,
                        old=body.get("old", ""),
                        clock_zone=body.get("zone", ""),
                    )
                )
            case _:
                return None

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Events from entries that the core has not heard, then from those that come in."""
        start, missed = await self._store.read(lambda db: self._missed(db, since))
        for id, event in missed:
            yield self._batch([(id, event)], caught_up=False)
        self._heard.reach(missed[-1][0] if missed else start)
        yield Batch(events=(), caught_up=True)
        done = missed[-1][0] if missed else start
        while True:
            ready = [await self._queue.get()]
            while not self._queue.empty():
                ready.append(self._queue.get_nowait())
            fresh = [entry for entry in ready if entry[0] > done]
            if fresh:
                yield self._batch(fresh, caught_up=True)

    def _batch(self, entries: Sequence[tuple[int, Event]], *, caught_up: bool) -> Batch:
        upto = entries[-1][0]

        def heard() -> None:
            self._heard.reach(upto)
            noting = asyncio.create_task(self._store.write(lambda db: web_rows.heard(db, upto), lazy=True))
            self._noting.add(noting)  # a task that nobody holds could vanish
            noting.add_done_callback(self._noting.discard)

        events = [event for _, event in entries]
        return Batch(events=events, cursor=str(upto), caught_up=caught_up, acknowledged=heard)

    def _missed(self, db: Rows, since: str | None) -> tuple[int, list[tuple[int, Event]]]:
        start = web_rows.last_inbox(db) if since is None else int(since)
        missed: list[tuple[int, Event]] = []
        for id, body in web_rows.inbox(db, 0 if since is None else start):
            member = web_members.member(db, body["member"])
            if body["do"] in BY_MESSAGE:
                kept = web_rows.read(db, body["message"])
                body["text"] = kept.body if kept else ""
            event = self._event(id, body, member) if member else None
            if event is not None:
                missed.append((id, event))
        return start, missed

    # -- what the core does ----------------------------------------------------------------------

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Write it into our own tables, once for each key, and show it to those who may see it."""
        at = self._clock.now().timestamp()
        match doing:
            case Post():
                body = web_rows.packed(doing)
                posted, new = await self._store.write(
                    lambda db: web_rows.post(db, channel, "", body, key, at)
                )
                if new:
                    self._show([posted])
                return f"web:{posted.id}"
            case Change(message=message, post=post):
                body, id = web_rows.packed(post), _number(message)
                after = await self._store.write(lambda db: web_rows.change(db, id, body, edited=False))
                self._show([after] if after else [])
            case Delete(message=message):
                id = _number(message)
                after = await self._store.write(lambda db: web_rows.drop(db, id))
                self._show([after] if after else [])
            case Reaction(message=message, sign=sign):
                id = _number(message)
                changed = await self._store.write(lambda db: web_rows.sign(db, id, sign))
                self._show([changed] if changed else [])
            case RemoveReaction(message=message, sign=sign):
                id = _number(message)
                changed = await self._store.write(lambda db: web_rows.sign(db, id, sign, on=False))
                self._show([changed] if changed else [])
            case Thread(people=people, title=title):
                made_channel = f"{channel}/t{key[:12]}"
                who = [person.partition(":")[2] for person in people]
                await self._store.write(
                    lambda db: web_members.open_thread(db, made_channel, channel, title, who)
                )
                for notify in self._on_threads:
                    notify(channel)
                return made_channel
            case ThreadMembers(out=out) if out:
                pass  # who is out reads nothing of the room, wherever they sat (`bot.core.access`)
            case ThreadMembers(people=people):
                who = [person.partition(":")[2] for person in people]
                await self._store.write(lambda db: web_members.seat(db, channel, who))
                for notify in self._on_threads:
                    notify(channel)
            case Role():
                await self._mark(doing)
            case CalendarEvent():
                pass  # the calendar page is its sign
            case Erasure():
                await self._erase(doing)
        return None

    async def _mark(self, doing: Role) -> None:
        """A word beside somebody's name, or gone from there."""
        member = doing.person.partition(":")[2]
        await self._store.write(lambda db: web_members.mark(db, member, doing.name, doing.on))
        await self.learn_marks()

    async def learn_marks(self) -> None:
        """Read what stands beside whose name."""
        marks = await self._store.read(web_members.marks)
        self.marks.clear()
        self.marks.update(marks)

    async def _erase(self, doing: Erasure) -> None:
        person = doing.person.partition(":")[2] if doing.everything else ""
        ids = [_number(message) for message in doing.messages]

        self._show(await self._store.write(lambda db: web_rows.erase(db, person, ids)))
        if person:
            for notify in self._on_forgotten:
                notify(person)

    def _show(self, messages: Sequence[Message]) -> None:
        for notify in self._on_messages:
            notify(messages)


def _number(message: str) -> int:
    prefix, _, number = message.partition(":")
    if prefix != "web" or not number.isdecimal():
        raise Permanent(f"{message} is no message of the web room")
    return int(number)
