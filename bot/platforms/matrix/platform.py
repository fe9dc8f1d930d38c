"""Matrix as a platform: what the homeserver tells becomes events, what the core says becomes messages.

Channels: `matrix:!room`, `matrix:!room/$event` a thread, `matrix:!room/!other` the room of a pair,
`matrix:!room/hosts` the room of its hosts, `matrix:~@user:server` the room where only this person and
the bot are. The last two are made when something is first said there.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import structlog
from nio import InviteMemberEvent, MegolmEvent

from bot.core import words
from bot.core.events import Event, Ordered, Reacted
from bot.core.words import tr
from bot.errors import Permanent, PlatformError, Transient
from bot.files import PAGE, seal
from bot.languages import spoken
from bot.platforms import (
    Appointment,
    Batch,
    Can,
    Change,
    Doing,
    Drop,
    Erasure,
    Post,
    Role,
    Seats,
    Sign,
    Thread,
)
from bot.platforms.matrix import drawing, granting, polls, tables
from bot.platforms.matrix.door import Urgency
from bot.platforms.matrix.hearing import APART, NAME, Fault, Known, Line, hear
from bot.platforms.matrix.link import Link
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.sealed import Sealed
from bot.platforms.matrix.ticks import Ticks
from bot.platforms.matrix.verifying import Verifying
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

DIRECT = NAME + "~"
HOSTS = "/hosts"
POLL = NAME + "poll/"  # what the question of a poll is kept under
AWAITED = NAME + "awaited/"  # what the channel is kept under of a room that we were not asked into yet
STEP = NAME + "step/"  # what the message is kept under that a step's thread hangs under
TOGETHER = 0.05  # seconds: lines of one moment come in one answer, which costs as much as for one line
BUSY = 0.2  # the same at most, while there is something new each time
TRY_AGAIN = 0.5  # seconds until the homeserver is asked again, the first time
GONE = 2.0  # pause after which the homeserver is away, and not only slow for once
LONGEST_PAUSE = 10.0  # seconds between two tries to reach the homeserver
REMEMBERED = 5_000  # messages whose channel is known, for replies and ticks
# A message of these kinds holds people's words: an edit would leave the old ones readable to everybody.
WORDED = frozenset({"answers", "look", "report", "entrusted", "digest", "mine", "offer"})


class MatrixPlatform:
    """One account in all its rooms. `allowed`: servers and people whose invitations are accepted."""

    name = "matrix"
    # Twice (plain and HTML) and encrypted, this many characters fit into the 64 kB of an event.
    can = Can(limit=5_000, pages=False, files=True, open_threads=True, reactions=True, forms=False)

    def __init__(
        self,
        store: SqliteStore,
        link: Link,
        allowed: Sequence[str] = (),
        language: str = "en",
        address: str = "",
        *,
        honour: Callable[[str], tuple[int, str]] = lambda name: (0, ""),
        threads: bool = False,
    ) -> None:
        self._store = store
        self.link = link
        self._honour = honour  # name of a recognition -> the power that it gives, and the room that it opens
        self._threads = threads  # what belongs to a step hangs under its question
        self._awaited: dict[str, str] = {}  # a room that took another's place, and asks us in -> its channel
        self._roots: dict[str, str] = {}  # room, session and step -> the question's message
        self.me = link.account.user
        self._allowed = frozenset(allowed) or frozenset({link.account.server})
        self._language = language
        self._address = address  # of the web room
        self.rights = Rights(link)
        self._verifying = Verifying(link, self._show_emoji)
        self._rooms: dict[str, str] = {}  # channel -> room, where they differ
        self._channels: dict[str, str] = {}  # the same, the other way round
        self._where: OrderedDict[str, tuple[str, str]] = (
            OrderedDict()
        )  # message -> channel, name of its author
        self._sealed = Sealed(link, self._cannot_read)
        self._polls: dict[str, tuple[str, str]] = {}  # event of a poll -> the session and step that it asks
        self._told: set[tuple[str, str]] = set()
        self._ticks = Ticks(link, self._where_is, self._author, self._say, language)
        self._making: dict[str, asyncio.Lock] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self._loaded = False

    async def close(self) -> None:
        """Let go of the homeserver."""
        self._ticks.close()
        for task in self._telling:
            task.cancel()
        await self.link.close()

    async def _load(self) -> None:
        if not self._loaded:
            for channel, room in (await self._store.read(tables.rooms)).items():
                self._know(channel, room)
            self._loaded = True

    def _know(self, channel: str, room: str) -> None:
        if channel.startswith(NAME + "panel/"):
            return
        if channel.startswith(AWAITED):
            self._awaited[channel.removeprefix(AWAITED)] = room
            return
        if channel.startswith(STEP):
            self._roots[channel] = room
            return
        if channel.startswith(POLL):
            session, _, step = room.partition("|")
            self._polls[channel.removeprefix(POLL)] = (session, step)
            return
        self._rooms[channel] = room
        if not self._is_thread(channel):
            self._channels[room] = channel

    @staticmethod
    def _is_thread(channel: str) -> bool:
        return "/$" in channel

    # -- hearing ---------------------------------------------------------------------------------

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing."""
        await self._load()
        first, pause, together = True, TRY_AGAIN, TOGETHER
        while True:
            asked = time.monotonic()
            try:
                # After a failure it is asked without waiting: that it is back must not wait for somebody to speak.
                whole = first and since is not None
                answer = await self.link.sync(since, full_state=whole, wait=pause == TRY_AGAIN)
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
            self.link.client.rooms.pop(room, None)
            self.rights.forget(room)
        for to_device in answer.to_device_events:
            if Verifying.concerns(to_device.source):
                await self._verifying.hear(to_device.source)
        told: list[tuple[int, Line]] = []
        for room, joined in answer.rooms.join.items():
            for event in (*joined.state, *joined.timeline.events):
                await self._noticed(room, event.source)
            if since is None:
                continue
            timeline = list(joined.timeline.events)
            entered = self._entered(timeline)
            if joined.timeline.limited and not entered:
                timeline = [*await self.link.history(room, joined.timeline.prev_batch, since), *timeline]
            latest = 0
            for event in timeline[entered:]:
                for line in await self._line(room, event):
                    latest = max(latest, int(line.source.get("origin_server_ts", 0)))
                    told.append((latest, line))
        # What was said in one room before something in another is heard before it; in a room the order stays.
        lines = [line for _, line in sorted(told, key=lambda each: each[0])]
        opened = [self._as_line(room, source) for room, source in self._sealed.opened()]
        return await self._events([*opened, *lines])

    def _entered(self, timeline: Sequence[Any]) -> int:
        """Where the bot's own coming in stands; what was said before is none of its business."""
        for n in range(len(timeline) - 1, -1, -1):
            source = timeline[n].source
            own = source.get("type") == "m.room.member" and source.get("state_key") == self.me
            before = (source.get("unsigned") or {}).get("prev_content") or {}
            if own and source["content"].get("membership") == "join" and before.get("membership") != "join":
                return n + 1
        return 0

    async def _noticed(self, room: str, source: dict[str, Any]) -> None:
        """State that changes what we know of a room."""
        kind = source.get("type")
        if kind == "m.room.create":
            self.rights.made(room, str(source.get("sender", "")))
        elif kind == "m.room.power_levels":
            self.rights.forget(room)
        elif kind == "m.room.tombstone":
            await self._moved(room, str(source["content"].get("replacement_room", "")))

    async def _moved(self, room: str, to: str) -> None:
        """A room was upgraded: what was said to it is said to the one that took its place."""
        channel = self._channels.get(room, NAME + room)
        if not to or self._rooms.get(channel) == to:
            return
        try:
            await self.link.join(to)
        except Permanent as error:  # a private room: its invitation comes in a moment
            log.info("cannot follow a room yet", room=room, to=to, error=str(error))
            self._awaited[to] = channel
            await self.keep(AWAITED + to, channel)
            return
        await self._followed(channel, to)

    async def _followed(self, channel: str, to: str) -> None:
        self._awaited.pop(to, None)
        self._know(channel, to)
        await self.keep(channel, to)

    async def _line(self, room: str, event: Any) -> list[Line]:
        if isinstance(event, MegolmEvent):
            await self._sealed.keep(room, event)
            return []
        if Verifying.concerns(event.source):
            await self._verifying.hear(event.source, room)
            return []
        return [self._as_line(room, event.source)]

    def _as_line(self, room: str, source: dict[str, Any]) -> Line:
        sender = str(source.get("sender", ""))
        known = self.link.client.rooms.get(room)
        name = (known.user_name(sender) if known else None) or sender.partition(":")[0].lstrip("@")
        return Line(channel=self._channels.get(room, NAME + room), source=source, name=name)

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
                drawing.MARK in body or self.me in str(line.content.get("m.mentions"))
            ):
                await self.rights.learn(self._room_of(line.channel.partition(HOSTS)[0]))
            heard = hear(line, self._known(reactions))
            if isinstance(heard, Fault):
                self._refuse(heard)
                continue
            if heard is None:
                continue
            if isinstance(heard, Reacted) and heard.on:
                reaction = heard
                await self._store.write(lambda c, r=reaction: tables.keep_reaction(c, r))  # type: ignore[misc]
            if isinstance(heard, Ordered):
                heard = self._named(heard)
            self._remember(heard.id, line.channel, line.name)
            found.append(heard)
        return found

    def _known(self, reactions: Any) -> Known:
        return Known(
            me=self.me,
            threads=lambda channel: channel in self._rooms,
            host=self._leads,
            private=lambda person: self.private(person, ""),
            poll=self._polls.get,
            reaction=reactions.get,
        )

    def _leads(self, person: str, channel: str) -> bool:
        room = channel.partition("/")[0]
        if room.startswith(DIRECT):
            return False
        return self.rights.leads(person.removeprefix(NAME), self._room_of(room))

    def _named(self, order: Ordered) -> Ordered:
        """People are named by their id or by the name they go by; a mention gives the first."""
        if "name" in order.args and order.args["name"].startswith("@") and ":" in order.args["name"]:
            return replace(order, args={**order.args, "name": NAME + order.args["name"]})
        return order

    def _remember(self, message: str, channel: str, name: str) -> None:
        self._where[message] = (channel, name)
        while len(self._where) > REMEMBERED:
            self._where.popitem(last=False)

    def _refuse(self, fault: Fault) -> None:
        """A command that cannot be taken: its author is told, where nobody else reads."""
        self._tell(fault.line.person.id, fault.says, f"fault:{fault.line.id}")

    def _tell(self, person: str, text: str, key: str) -> None:
        """A word of the adapter's own to one person, beside the hearing: a new room has to be heard of first."""
        task = asyncio.create_task(self._say_in(self.private(person, ""), text, key))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _say_in(self, channel: str, text: str, key: str) -> None:
        for pause in (0.2, 1, 5, 30, 0):
            try:
                await self.perform(channel, Post(text=text), key, "")
                return
            except Transient as error:
                await asyncio.sleep(getattr(error, "retry_after", None) or pause)
            except Permanent as error:
                log.warning("not told", channel=channel, error=str(error))
                return

    # -- encrypted rooms -------------------------------------------------------------------------

    def _cannot_read(self, user: str, keys: str) -> None:
        with spoken(self._language):
            says = tr(words.CANNOT_READ)
        self._tell(NAME + user, says, f"sealed:{keys}")

    async def _show_emoji(self, room: str, user: str, signs: str, numbers: str) -> None:
        """What somebody compares who verifies the bot, where they do it."""
        channel = self._channels.get(room, NAME + room) if room else self.private(NAME + user, "")
        with spoken(self._language):
            says = tr(words.COMPARE, signs=signs, numbers=numbers)
        task = asyncio.create_task(self._say_in(channel, says, f"emoji:{signs}:{numbers}"))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    # -- coming in -------------------------------------------------------------------------------

    async def _invited(self, room: str, state: Sequence[Any]) -> None:
        """Accept from those who may; leave otherwise. Nothing is said in the room."""
        mine = [e for e in state if isinstance(e, InviteMemberEvent) and e.state_key == self.me]
        if not mine:
            return
        inviter = mine[-1].sender
        try:
            if inviter not in self._allowed and inviter.partition(":")[2] not in self._allowed:
                await self.link.leave(room)
                log.info("declined an invitation", room=room, by=inviter)
                return
            await self.link.join(room)
            if room in self._awaited:
                await self._followed(self._awaited[room], room)
                return
            if mine[-1].content.get("is_direct") and DIRECT + inviter not in self._rooms:
                channel = DIRECT + inviter
                self._know(channel, room)
                await self._store.write(lambda c: tables.keep_room(c, channel, room))
        except Permanent as error:
            log.warning("could not answer an invitation", room=room, error=str(error))
            return
        with spoken(self._language):
            says = tr(words.INVITED)
        self._tell(NAME + inviter, says, f"invited:{room}")

    # -- doing -----------------------------------------------------------------------------------

    async def perform(self, channel: str, doing: Doing, key: str, because: str) -> str | None:
        """Do it, once for each key."""
        await self._load()
        room, root = await self._place(channel)
        match doing:
            case Post():
                return await self._post(room, root, channel, doing, key, because)
            case Change(message=message, post=post) if post.poll is not None:
                await self._end_poll(room, _id(message), post, key)
            case Change(message=message, post=post) if post.kind in WORDED or post.file is not None:
                again = f"{key}/{seal(post)}"
                made = await self._post(room, root, channel, post, again, "")
                if made != message:
                    await self.link.redact(room, _id(message), f"{again}/old")
                return made
            case Change(message=message, post=post):
                content = drawing.changed(_id(message), drawing.content(post))
                fresh = f"{key}/{hash_of(post.text)}"
                await self.link.send(room, "m.room.message", content, fresh, urgency(channel))
            case Drop(message=message):
                await self.link.redact(room, _id(message), key)
            case Sign(message=message):
                _id(message)
                self._ticks.put(channel, message)
            case Thread(people=people, title=title, apart=True):
                return await self._apart(channel, people, title, key)
            case Thread(people=people, title=title):
                return await self._thread(room, channel, people, title, key)
            case Seats(people=people) if APART in channel:
                await self.link.seat(room, [p.removeprefix(NAME) for p in people if p.startswith(NAME)])
            case Seats():
                pass  # everybody in the room can read its threads; who is meant was said in the first line
            case Role(person=person, on=True) if person.startswith(NAME):
                level, target = self._honour(doing.name)
                place = self._room_of(self.community(channel))
                await granting.grant(self.link, self.rights, place, person.removeprefix(NAME), level, target)
            case Role():
                pass  # nobody's power is lowered, and nobody is put out of a room
            case Appointment(card=card, state=state):
                await granting.pin(
                    self.link, self._room_of(channel), card.removeprefix(NAME), on=state != "off"
                )
            case Erasure():
                await self._erase(room, doing)
        return None

    async def _post(self, room: str, root: str, channel: str, post: Post, key: str, because: str) -> str:
        if post.poll is not None and not post.poll.closed:
            return await self._poll(room, post, key)
        content = drawing.content(post, self._address)
        step = f"{STEP}{room}/{post.session}/{post.step}" if self._threads and post.step else ""
        in_room = not root and urgency(channel) is Urgency.ROOM
        if step and in_room:
            root = self._roots.get(step, "")
        if post.file is not None:
            # Who takes words back takes the message back; its key goes with it, and the file is noise from then on.
            sealed = post.kind == PAGE or self.link.sealed(room)
            there = await self.link.upload(post.file.data, post.file.media, post.file.name, encrypt=sealed)
            content = drawing.filed(post, post.file) | there
        if root:
            content = drawing.in_thread(root, content)
        elif because and self._where.get(because, ("", ""))[0] == channel:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": _id(because)}}
        event = await self.link.send(room, "m.room.message", content, key, urgency(channel))
        if step and in_room and not root and post.kind == "prompt":
            self._know(step, event)
            await self.keep(step, event)
        return NAME + event

    async def _poll(self, room: str, post: Post, key: str) -> str:
        """A question that everybody watches; clients count its votes by themselves."""
        assert post.poll is not None
        content = polls.start(post.poll, drawing.content(post)["body"])
        event = await self.link.send(room, polls.START, content, key)
        if event not in self._polls:
            name, asked = f"{POLL}{event}", f"{post.session}|{post.step}"
            self._know(name, asked)
            await self.keep(name, asked)
        return NAME + event

    async def _end_poll(self, room: str, event: str, post: Post, key: str) -> None:
        """A poll ends with its step; clients that know no polls are told in words."""
        if post.poll is not None and post.poll.closed and event in self._polls:
            content = polls.end(event, drawing.content(post)["body"])
            await self.link.send(room, polls.END, content, f"{key}/end")

    async def _thread(self, room: str, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A thread is a message that others hang under; it calls those who are meant."""
        users = [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
        known = self.link.client.rooms.get(room)
        names = ", ".join((known.user_name(user) if known else None) or user for user in users)
        content = drawing.content(Post(text=f"**{title}**: \u2068{names}\u2069", kind="prompt"))
        content["m.mentions"] = {"user_ids": users}
        made = f"{channel.partition('/')[0]}/{await self.link.send(room, 'm.room.message', content, key)}"
        if made not in self._rooms:
            self._know(made, room)
            await self._store.write(lambda c: tables.keep_room(c, made, room))
        return made

    async def _apart(self, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A room for these people alone."""
        users = [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
        room = await self.link.make_room(key, title, users)
        made = f"{channel.partition('/')[0]}/{room}"
        if made not in self._rooms:
            self._know(made, room)
            await self._store.write(lambda c: tables.keep_room(c, made, room))
        return made

    async def _erase(self, room: str, doing: Erasure) -> None:
        for message in doing.messages:
            try:
                await self.link.redact(
                    room, _id(message), f"erase/{message}", "its author asked to be forgotten"
                )
            except (
                Permanent
            ) as error:  # it is not in this room, or we may not: hosts can, and clients show who
                log.warning("not taken away", message=message, error=str(error))
        if doing.everything:
            person = doing.person
            await self._store.write(lambda c: tables.forget(c, person))
            self._where = OrderedDict((k, v) for k, v in self._where.items() if v[0] != DIRECT + person[7:])

    # -- places ----------------------------------------------------------------------------------

    def _room_of(self, channel: str) -> str:
        return self._rooms.get(channel, channel.removeprefix(NAME))

    async def _where_is(self, channel: str) -> str:
        return (await self._place(channel))[0]

    def _author(self, message: str) -> str:
        return self._where.get(message, ("", ""))[1]

    async def _say(self, channel: str, text: str, key: str) -> None:
        room, root = await self._place(channel)
        await self._post(room, root, channel, Post(text=text), key, "")

    async def _place(self, channel: str) -> tuple[str, str]:
        """The room of a channel, and the message that its thread hangs under; the room is made if need be."""
        if channel.startswith(DIRECT):
            return await self._made(channel), ""
        if channel.endswith(HOSTS):
            return await self._made(channel), ""
        if self._is_thread(channel):
            parent, _, root = channel.partition("/")
            return self._rooms.get(channel, self._room_of(parent)), root
        return self._room_of(channel), ""

    async def _made(self, channel: str) -> str:
        lock = self._making.setdefault(channel, asyncio.Lock())
        async with lock:
            again = ""
            if channel in self._rooms:
                room = self._rooms[channel]
                members = self.link.members(room) if channel.startswith(DIRECT) else 0
                if members == 1:  # they left it; what is said to them privately finds them again
                    await self.link.invite(room, channel.removeprefix(DIRECT))
                if members <= 2:
                    return room
                # Somebody else came into what was a room for two: private words go to another one.
                log.warning("a direct room is not private any more", room=room)
                self._channels.pop(room, None)
                again = room
            with spoken(self._language):
                if channel.startswith(DIRECT):
                    user = channel.removeprefix(DIRECT)
                    room = await self.link.make_room(channel + again, "Storycircle", [user], direct=True)
                else:
                    parent = self.link.client.rooms.get(self._room_of(channel.removesuffix(HOSTS)))
                    named = tr("Hosts of {room}", room=parent.display_name if parent else "Storycircle")
                    room = await self.link.make_room(channel, named, [], topic=tr(words.HOSTS_TOPIC))
            self._know(channel, room)
            await self._store.write(lambda c: tables.keep_room(c, channel, room))
            return room

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Ask these people into a room of hosts; who is there already is left in peace."""
        room = await self._made(channel)
        for person in people:
            if person.startswith(NAME) and (room, person) not in self._told:
                self._told.add((room, person))
                await self.link.invite(room, person.removeprefix(NAME))

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        return (await self._store.read(tables.rooms)).get(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        await self._store.write(lambda c: tables.keep_room(c, name, id))

    def private(self, person: str, room: str) -> str:
        """Where only this person reads."""
        return DIRECT + person.removeprefix(NAME)

    async def leads(self, person: str, channel: str) -> bool:
        """Whether somebody is a moderator of a room."""
        room = self._room_of(self.community(channel))
        await self.rights.learn(room)
        return self.rights.leads(person.removeprefix(NAME), room)

    def community(self, channel: str) -> str:
        """A room is a community; who leads one has no say in another."""
        return channel.partition("/")[0]

    def hosts(self, room: str) -> str:
        """Where only hosts read."""
        return room.partition("/")[0] + HOSTS


def urgency(channel: str) -> Urgency:
    """How long what is said there may wait where the server takes little."""
    if channel.startswith(DIRECT):
        return Urgency.PRIVATE
    return Urgency.HOSTS if channel.endswith(HOSTS) else Urgency.ROOM


def hash_of(text: str) -> str:
    """A short sign of a text, so that one revision is sent once and another is another."""
    import hashlib

    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _id(message: str) -> str:
    if not message.startswith(NAME + "$"):
        raise Permanent(f"{message} is no message of Matrix")
    return message.removeprefix(NAME)
