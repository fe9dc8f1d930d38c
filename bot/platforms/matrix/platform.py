"""Matrix as a platform: what the homeserver tells becomes events, what the core says becomes messages.

Channels: `matrix:!room`, `matrix:!room/$event` a thread, `matrix:!room/!other` the room of a pair,
`matrix:!room/hosts` the room of its hosts, `matrix:~@user:server` the room where only this person and
the bot are. The last two are made when something is first said there.
"""

from __future__ import annotations

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
    RemoveReaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text.wording import tr
from bot.errors import MayNotWrite, Permanent, PlatformError
from bot.platforms.matrix import roles, sentences
from bot.platforms.matrix.acknowledgements import Acknowledgements
from bot.platforms.matrix.channels import Channels, is_thread, matrix_rooms
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.edits import Edits
from bot.platforms.matrix.event_mapping import APART, NAME
from bot.platforms.matrix.invitations import Invitations
from bot.platforms.matrix.line_reader import LineReader
from bot.platforms.matrix.messages import Messages, event_id, urgency
from bot.platforms.matrix.notices import Notices
from bot.platforms.matrix.rate_limiter import Urgency
from bot.platforms.matrix.replies import Replies
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.room_admin import RoomAdmin
from bot.platforms.matrix.sas_verification import SasVerification
from bot.platforms.matrix.sender import Sender
from bot.platforms.matrix.sync import SyncLoop
from bot.platforms.matrix.undecrypted import Undecrypted
from bot.platforms.room_registry import direct_channel, hosts_of, parent_of
from bot.render.i18n import spoken
from bot.store import matrix_rows
from bot.store.store import Store

log = structlog.get_logger()


class MatrixPlatform:
    """One account in all its rooms, put together from its parts.

    Args:
        client: it is started when it is listened to, so that trouble there is no trouble elsewhere.
        allowed: servers and users whose invitations are accepted; empty for those of the bot's own server.
        address: of the web room; empty if there is none.
        honour: the power level and the room that a recognition gives; 0 and empty for neither.
        threads: whether what belongs to a step hangs under its question.
    """

    name = "matrix"
    # Twice (plain and HTML) and encrypted, this many characters fit into the 64 kB of an event.
    can = Capabilities(limit=5_000, pages=False, files=True, open_threads=True, reactions=True, forms=False)

    def __init__(
        self,
        store: Store,
        client: MatrixClient,
        allowed: Sequence[str] = (),
        language: str = "en",
        address: str = "",
        *,
        honour: Callable[[str], tuple[int, str]] = lambda name: (0, ""),
        threads: bool = False,
    ) -> None:
        self.client = client
        self.admin = RoomAdmin(client)
        self.rooms = matrix_rooms(store)
        self._store = store
        self._honour = honour
        self._language = language
        self._rights = Rights(self.admin)
        self._channels = Channels(client, self.admin, self.rooms, language)
        self._sender = Sender(client, self.admin)
        self._notices = Notices(self.perform)
        me = client.account.user
        edits, replies = Edits(client, self.rooms), Replies(store, self.rooms)
        self._reader = LineReader(
            store, self.rooms, self._channels, self._rights, me, self._notices.tell, edits, replies
        )
        self._messages = Messages(
            client,
            self._sender,
            self._channels,
            self.rooms,
            self._reader,
            replies,
            address=address,
            threads=threads,
        )
        self._acknowledgements = Acknowledgements(
            self._sender, self._room_of, self._reader.author_of, self._messages.say, language
        )
        accepted = frozenset(allowed) or frozenset({client.account.server})
        invitations = Invitations(self.admin, self._channels, me, accepted, self._notices.tell, language)
        self._sync = SyncLoop(
            client,
            self.rooms,
            self._channels,
            self._rights,
            self._reader,
            invitations,
            Undecrypted(client, self._tell_unreadable),
            SasVerification(client, self._sender, self._show_emoji),
        )

    async def close(self) -> None:
        """Disconnect."""
        self._acknowledgements.close()
        self._notices.close()
        self._sync.close()
        await self.client.close()

    def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Batches of what was missed since the position, then of what is live; a first start replays nothing."""
        return self._sync.events(since)

    def _tell_unreadable(self, user: str, megolm_session: str) -> None:
        """Tell somebody that their messages cannot be read."""
        with spoken(self._language):
            text = tr(sentences.CANNOT_READ)
        self._notices.tell(NAME + user, text, f"sealed:{megolm_session}")

    async def _show_emoji(self, room: str, user: str, signs: str, numbers: str) -> None:
        """Show what somebody compares who verifies the bot, where they do it."""
        channel = self._channels.channel_of(room) if room else direct_channel(NAME + user)
        with spoken(self._language):
            text = tr(sentences.COMPARE, signs=signs, numbers=numbers)
        self._notices.say(channel, text, f"emoji:{signs}:{numbers}")

    async def _room_of(self, channel: str) -> str:
        room, _ = await self._channels.target(channel)
        return room

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once for each key; words that the bot may not say in a room wait until it may."""
        await self.rooms.load()
        await self.client.ready()
        room, root = await self._channels.target(channel)
        try:
            return await self._perform(room, root, channel, doing, key, because)
        except PlatformError as error:
            words = isinstance(doing, Post | Change) and urgency(channel) is Urgency.ROOM
            refused = isinstance(error, Permanent) or room not in self.client.nio.rooms
            lacks = await self._lacks(room) if words and refused else ""
            if lacks:
                raise MayNotWrite(lacks) from error
            raise

    async def _lacks(self, room: str) -> str:
        """What the bot needs to write in a room, in a sentence for hosts; empty for nothing."""
        me = self.client.account.user
        if not await self.admin.is_in(room, me):
            return sentences.OUT
        self._rights.forget(room)
        kind = "m.room.encrypted" if self._sender.encrypted(room) else "m.room.message"
        return "" if (await self._rights.learn(room)).may_send(me, kind) else sentences.MAY_WRITE

    async def _perform(
        self, room: str, root: str, channel: str, doing: Action, key: str, because: str
    ) -> str | None:
        match doing:
            case Post():
                return await self._messages.send(room, root, channel, doing, key, because)
            case Change(message=message, post=post):
                return await self._messages.change(room, root, channel, message, post, key)
            case Delete(message=message):
                await self._sender.redact(room, event_id(message), key)
            case Reaction(message=message):
                event_id(message)  # raises what is wrong with it now, not when it is put
                self._acknowledgements.put(channel, message, key)
            case RemoveReaction(message=message):
                await self._acknowledgements.take_off(channel, message, key)
            case Thread(people=people, title=title, apart=True):
                return await self._room_apart(channel, people, title, key)
            case Thread(people=people, title=title):
                return await self._messages.open_thread(room, channel, people, title, key)
            case ThreadMembers(out=out) if out:
                if not is_thread(channel):  # everybody in a room can read its threads
                    await self.admin.put_out(room, _users(out))
            case ThreadMembers(people=people) if APART in channel:
                await self.admin.set_members(room, _users(people))
            case ThreadMembers():
                pass  # everybody in the room can read its threads; who is meant was said in the first line
            case Role(person=person, on=True) if person.startswith(NAME):
                level, target = self._honour(doing.name)
                place, user = self._channels.room_of(parent_of(channel)), person.removeprefix(NAME)
                await roles.grant(self.client, self.admin, self._rights, place, user, level, target)
            case Role():
                pass  # nobody's power is lowered, and nobody is put out of a room
            case CalendarEvent(card=card, state=state):
                place = self._channels.room_of(channel)
                await roles.pin(self.admin, place, card.removeprefix(NAME), on=state != "off")
            case Erasure():
                await self._erase(room, doing)
        return None

    async def _room_apart(self, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """The channel of a room for these people alone."""
        room = await self.admin.create(key, title, _users(people))
        apart = f"{parent_of(channel)}/{room}"
        if self.rooms.known(apart) is None:
            await self.rooms.keep(apart, room)
        return apart

    async def _erase(self, room: str, erasure: Erasure) -> None:
        for message in erasure.messages:
            try:
                await self._sender.redact(
                    room, event_id(message), f"erase/{message}", "its author asked to be forgotten"
                )
            except Permanent as error:  # not in this room, or we may not: hosts can, and clients show who
                log.warning("not taken away", message=message, error=str(error))
        if erasure.everything:
            await self._store.write(lambda db: matrix_rows.forget(db, erasure.person))
            self._reader.forget(erasure.person)

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Invite these people into a room of hosts; who is there already is left in peace."""
        await self.client.ready()
        await self._channels.seat(channel, people)

    def private_channel(self, person: str, room: str) -> str:
        """The channel where only this person reads."""
        return direct_channel(person)

    def host_channel(self, room: str) -> str:
        """The channel where only the hosts of a room read."""
        return hosts_of(room)

    async def missing_permissions(self, room: str, roles: Sequence[str] = ()) -> str:
        """Nothing is known beforehand: the homeserver says no when something is tried, and hosts are told then."""
        return ""

    def community(self, channel: str) -> str:
        """The room of a channel: who leads one has no say in another."""
        return parent_of(channel)

    async def is_moderator(self, person: str, channel: str) -> bool:
        """True if somebody is a moderator of a channel's room."""
        room = self._channels.room_of(parent_of(channel))
        await self._rights.learn(room)
        return self._rights.leads(person.removeprefix(NAME), room)


def _users(people: Sequence[str]) -> list[str]:
    return [person.removeprefix(NAME) for person in people if person.startswith(NAME)]
