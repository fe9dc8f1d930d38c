"""Matrix as a platform: what the homeserver tells becomes events, what the core says becomes messages.

Channels: `matrix:!room`, `matrix:!room/$event` a thread, `matrix:!room/!other` the room of a pair,
`matrix:!room/hosts` the room of its hosts, `matrix:~@user:server` the room where only this person and
the bot are. The last two are made when something is first said there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import structlog

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
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.errors import Permanent, Transient
from bot.platforms.matrix import event_content, polls, roles, tables
from bot.platforms.matrix.acknowledgements import Acknowledgements
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_mapping import APART, NAME
from bot.platforms.matrix.rate_limiter import Urgency
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.rooms import DIRECT, HOSTS, POLL, STEP, Rooms, private
from bot.platforms.matrix.sas_verification import SasVerification
from bot.platforms.matrix.sync import SyncLoop
from bot.platforms.matrix.undecrypted import Undecrypted
from bot.render.attachments import PAGE, seal
from bot.render.i18n import spoken
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

# A message of these kinds holds people's words: an edit would leave the old ones readable to everybody.
WORDED = frozenset({"answers", "look", "report", "entrusted", "digest", "mine", "offer"})


class MatrixPlatform:
    """One account in all its rooms. `allowed`: servers and people whose invitations are accepted."""

    name = "matrix"
    # Twice (plain and HTML) and encrypted, this many characters fit into the 64 kB of an event.
    can = Capabilities(limit=5_000, pages=False, files=True, open_threads=True, reactions=True, forms=False)

    def __init__(
        self,
        store: SqliteStore,
        client: MatrixClient,
        allowed: Sequence[str] = (),
        language: str = "en",
        address: str = "",
        *,
        honour: Callable[[str], tuple[int, str]] = lambda name: (0, ""),
        threads: bool = False,
    ) -> None:
        self._store = store
        self.client = client
        self._honour = honour  # name of a recognition -> the power that it gives, and the room that it opens
        self._threads = threads  # what belongs to a step hangs under its question
        self._language = language
        self._address = address  # of the web room
        self.rights = Rights(client)
        self._rooms = Rooms(store, client, language)
        sealed, verifying = Undecrypted(client, self._cannot_read), SasVerification(client, self._show_emoji)
        self._sync = SyncLoop(
            store, client, self._rooms, self.rights, sealed, verifying, allowed, self._tell, language
        )
        self._acknowledgements = Acknowledgements(
            client, self._where_is, self._sync.author, self._say, language
        )
        self._telling: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Let go of the homeserver."""
        self._acknowledgements.close()
        for task in self._telling:
            task.cancel()
        await self.client.close()

    def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing."""
        return self._sync.events(since)

    def _tell(self, person: str, text: str, key: str) -> None:
        """A word of the adapter's own to one person."""
        self._say_soon(private(person), text, key)

    def _say_soon(self, channel: str, text: str, key: str) -> None:
        """Say it beside the hearing: a new room has to be heard of first."""
        task = asyncio.create_task(self._say_in(channel, text, key))
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
            says = tr(messages.CANNOT_READ)
        self._tell(NAME + user, says, f"sealed:{keys}")

    async def _show_emoji(self, room: str, user: str, signs: str, numbers: str) -> None:
        """What somebody compares who verifies the bot, where they do it."""
        channel = self._rooms.channel_of(room) if room else private(NAME + user)
        with spoken(self._language):
            says = tr(messages.COMPARE, signs=signs, numbers=numbers)
        self._say_soon(channel, says, f"emoji:{signs}:{numbers}")

    # -- doing -----------------------------------------------------------------------------------

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once for each key."""
        await self._rooms.load()
        room, root = await self._rooms.place(channel)
        match doing:
            case Post():
                return await self._post(room, root, channel, doing, key, because)
            case Change(message=message, post=post) if post.poll is not None:
                await self._end_poll(room, _id(message), post, key)
            case Change(message=message, post=post) if post.kind in WORDED or post.file is not None:
                again = f"{key}/{seal(post)}"
                made = await self._post(room, root, channel, post, again, "")
                if made != message:
                    await self.client.redact(room, _id(message), f"{again}/old")
                return made
            case Change(message=message, post=post):
                content = event_content.changed(_id(message), event_content.content(post))
                fresh = f"{key}/{hash_of(post.text)}"
                await self.client.send(room, "m.room.message", content, fresh, urgency(channel))
            case Delete(message=message):
                await self.client.redact(room, _id(message), key)
            case Reaction(message=message):
                _id(message)
                self._acknowledgements.put(channel, message)
            case Thread(people=people, title=title, apart=True):
                return await self._apart(channel, people, title, key)
            case Thread(people=people, title=title):
                return await self._thread(room, channel, people, title, key)
            case ThreadMembers(people=people) if APART in channel:
                await self.client.seat(room, [p.removeprefix(NAME) for p in people if p.startswith(NAME)])
            case ThreadMembers():
                pass  # everybody in the room can read its threads; who is meant was said in the first line
            case Role(person=person, on=True) if person.startswith(NAME):
                level, target = self._honour(doing.name)
                place = self._rooms.room_of(self.community(channel))
                await roles.grant(self.client, self.rights, place, person.removeprefix(NAME), level, target)
            case Role():
                pass  # nobody's power is lowered, and nobody is put out of a room
            case CalendarEvent(card=card, state=state):
                await roles.pin(
                    self.client, self._rooms.room_of(channel), card.removeprefix(NAME), on=state != "off"
                )
            case Erasure():
                await self._erase(room, doing)
        return None

    async def _post(self, room: str, root: str, channel: str, post: Post, key: str, because: str) -> str:
        if post.poll is not None and not post.poll.closed:
            return await self._poll(room, post, key)
        content = event_content.content(post, self._address)
        step = f"{STEP}{room}/{post.session}/{post.step}" if self._threads and post.step else ""
        in_room = not root and urgency(channel) is Urgency.ROOM
        if step and in_room:
            root = self._rooms.roots.get(step, "")
        if post.file is not None:
            # Who takes words back takes the message back; its key goes with it, and the file is noise from then on.
            sealed = post.kind == PAGE or self.client.sealed(room)
            there = await self.client.upload(post.file.data, post.file.media, post.file.name, encrypt=sealed)
            content = event_content.filed(post, post.file) | there
        if root:
            content = event_content.in_thread(root, content)
        elif because and self._sync.where(because) == channel:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": _id(because)}}
        event = await self.client.send(room, "m.room.message", content, key, urgency(channel))
        if step and in_room and not root and post.kind == "prompt":
            await self._rooms.learn(step, event)
        return NAME + event

    async def _poll(self, room: str, post: Post, key: str) -> str:
        """A question that everybody watches; clients count its votes by themselves."""
        assert post.poll is not None
        content = polls.start(post.poll, event_content.content(post)["body"])
        event = await self.client.send(room, polls.START, content, key)
        if event not in self._rooms.polls:
            await self._rooms.learn(f"{POLL}{event}", f"{post.session}|{post.step}")
        return NAME + event

    async def _end_poll(self, room: str, event: str, post: Post, key: str) -> None:
        """A poll ends with its step; clients that know no polls are told in words."""
        if post.poll is not None and post.poll.closed and event in self._rooms.polls:
            content = polls.end(event, event_content.content(post)["body"])
            await self.client.send(room, polls.END, content, f"{key}/end")

    async def _thread(self, room: str, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A thread is a message that others hang under; it calls those who are meant."""
        users = [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
        known = self.client.nio.rooms.get(room)
        names = ", ".join((known.user_name(user) if known else None) or user for user in users)
        content = event_content.content(Post(text=f"**{title}**: \u2068{names}\u2069", kind="prompt"))
        content["m.mentions"] = {"user_ids": users}
        made = f"{channel.partition('/')[0]}/{await self.client.send(room, 'm.room.message', content, key)}"
        if made not in self._rooms.rooms:
            await self._rooms.learn(made, room)
        return made

    async def _apart(self, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A room for these people alone."""
        users = [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
        room = await self.client.make_room(key, title, users)
        made = f"{channel.partition('/')[0]}/{room}"
        if made not in self._rooms.rooms:
            await self._rooms.learn(made, room)
        return made

    async def _erase(self, room: str, doing: Erasure) -> None:
        for message in doing.messages:
            try:
                await self.client.redact(
                    room, _id(message), f"erase/{message}", "its author asked to be forgotten"
                )
            except (
                Permanent
            ) as error:  # it is not in this room, or we may not: hosts can, and clients show who
                log.warning("not taken away", message=message, error=str(error))
        if doing.everything:
            person = doing.person
            await self._store.write(lambda c: tables.forget(c, person))
            self._sync.forget(person)

    # -- places ----------------------------------------------------------------------------------

    async def _where_is(self, channel: str) -> str:
        return (await self._rooms.place(channel))[0]

    async def _say(self, channel: str, text: str, key: str) -> None:
        room, root = await self._rooms.place(channel)
        await self._post(room, root, channel, Post(text=text), key, "")

    def private_channel(self, person: str, room: str) -> str:
        """Where only this person reads."""
        return private(person)

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Ask these people into a room of hosts; who is there already is left in peace."""
        await self._rooms.seat(channel, people)

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        return await self._rooms.kept(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        await self._rooms.keep(name, id)

    async def is_moderator(self, person: str, channel: str) -> bool:
        """Whether somebody is a moderator of a room."""
        room = self._rooms.room_of(self.community(channel))
        await self.rights.learn(room)
        return self.rights.leads(person.removeprefix(NAME), room)

    def community(self, channel: str) -> str:
        """A room is a community; who leads one has no say in another."""
        return channel.partition("/")[0]

    def host_channel(self, room: str) -> str:
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
