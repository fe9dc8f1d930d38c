"""Complaints to the hosts of a session about a permission that the bot lacks, each made once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.core.model.facts import Phase
from bot.core.platform import Action, Change, Delete, Post, Reaction, Role, Thread, ThreadMembers
from bot.core.text.wording import tr
from bot.errors import PlatformError
from bot.platforms.discord import sentences
from bot.platforms.discord.client import UNKNOWN_CHANNEL, Refused
from bot.platforms.discord.ids import DIRECT, NAME
from bot.platforms.discord.private_messages import PrivateMessages
from bot.platforms.room_registry import direct_channel, parent_of
from bot.platforms.sessions import LoadSession, session_at
from bot.render.i18n import spoken
from bot.store.store import Store

log = structlog.get_logger()

NEEDED = {
    Post: sentences.MAY_SEND,
    Change: sentences.MAY_SEND,
    Thread: sentences.MAY_THREAD,
    ThreadMembers: sentences.MAY_THREAD,
    Reaction: sentences.MAY_REACT,
    Role: sentences.MAY_ROLES,
    Delete: sentences.MAY_DELETE,
}


class Complaints:
    """Complaints to hosts about permissions that the bot lacks."""

    def __init__(
        self,
        store: Store,
        private_messages: PrivateMessages,
        load: LoadSession,
        lacking: Callable[[str], Awaitable[str]],
    ) -> None:
        self._lacking = lacking
        self._store = store
        self._private_messages = private_messages
        self._load = load
        self._made: set[tuple[str, int]] = set()  # channel and code of the refusal
        self._silent: dict[
            str, tuple[str, int]
        ] = {}  # of those, rooms whose session waits until it may be told

    async def _lacks(self, channel: str, action: Action) -> str:
        """The rights that are missing there; if Discord does not say, those that such an action needs."""
        try:
            lacks = await self._lacking(parent_of(channel))
        except PlatformError:
            lacks = ""
        return lacks or tr(NEEDED.get(type(action), NEEDED[Post]))

    def heard(self, channel: str) -> None:
        """Words were said in a channel: if they may not be said there again, hosts hear that again."""
        self._made.discard(self._silent.pop(channel, ("", 0)))

    async def make(self, channel: str, action: Action, error: Refused, waits: str = "") -> None:
        """Say to the hosts what the bot may not do in a channel, and how to change that.

        Args:
            waits: the key of the words that wait until they may be said there, and the session with them; else empty.
        """
        if channel.startswith(DIRECT) or (channel, error.code) in self._made:
            return
        self._made.add((channel, error.code))
        if waits:
            self._silent[channel] = (channel, error.code)
        at_home = await session_at(self._store, parent_of(channel))
        if not at_home:
            return
        session, script = await self._load(at_home)
        if session.phase is Phase.CLOSED:
            return
        with spoken(script.language):
            if error.code == UNKNOWN_CHANNEL:
                rooms = [session.places.get(room) for room in session.rooms]
                gone = sentences.GONE if parent_of(channel) in rooms else sentences.GONE_THREAD
                text = tr(gone, title=script.title)
            else:
                room = f"<#{parent_of(channel).removeprefix(NAME)}>"
                cannot = sentences.WAITS_THERE if waits else sentences.CANNOT_THERE
                text = tr(cannot, room=room, what=await self._lacks(channel, action))
        for person in sorted({session.guide, *session.hosts} - {""}):
            if person.startswith(NAME):
                key = f"complaint/{waits or channel}/{error.code}/{person}"
                try:
                    await self._private_messages.send(direct_channel(person), Post(text=text), key, "")
                except PlatformError as again:
                    log.warning("a host was not told", error=str(again))
