"""The session that a room shows, and the channels of it that somebody may read.

Who may do what is decided in `bot.core.access`; here it is asked for a member of a room, or for somebody without name.
"""

from __future__ import annotations

from bot.core import access
from bot.core.access import Act, Standing
from bot.core.model.script import Script
from bot.core.model.session import Session, guides
from bot.platforms.web.hub import Hub, Load, guiding_here
from bot.platforms.web.open_sockets import Sight
from bot.platforms.web.pages import Pages
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.refusals import refused
from bot.store import web_members, web_rows
from bot.store.store import Store
from bot.store.web_members import Member
from bot.store.web_rows import Message


class RoomAccess:
    """Asks the store, and the hub for what it knows already."""

    def __init__(self, store: Store, platform: WebPlatform, hub: Hub, pages: Pages, load: Load) -> None:
        self._store = store
        self._platform = platform
        self._hub = hub
        self._pages = pages
        self._load = load

    async def threads(self, member: Member) -> list[tuple[str, str]]:
        """The threads that this person is in: channel and title."""
        room = f"web:{member.room}"
        threads = await self._store.read(lambda db: web_members.threads(db, room))
        return [(channel, title) for channel, title, people in threads if member.id in people]

    async def refusal(self, room: str, member: Member | None, act: Act, *, own: bool = False) -> str:
        """The sentence for somebody who may not do this in a room now; nothing if they may."""
        return refused((await self.current(room))[0], member, act, own=own)

    async def edit_refusal(self, member: Member, message: int) -> str:
        """The sentence for somebody who was asked to leave the session in which they wrote this; else nothing."""
        line = await self._store.read(lambda db: web_rows.read(db, message))
        for session, _ in await self._hub.held(member.room):
            why = refused(session, member, Act.EDIT, own=True)
            began, ended = session.opened_at.timestamp(), session.ended_at
            if why and line and began <= line.at and (ended is None or line.at <= ended.timestamp()):
                return why
        return ""

    async def reads(self, member: Member, message: int) -> bool:
        """True if a message stands where this person reads."""
        line = await self._store.read(lambda db: web_rows.read(db, message))
        if line is None or line.deleted or line.channel not in await self.channels(member):
            return False
        return (await self.sight(member)).shows(line)

    async def channels(self, member: Member) -> list[str]:
        """Every channel that this person may read."""
        room = f"web:{member.room}"
        session, _ = await self.current(member.room)
        private = f"{room}/~{member.id}"
        if refused(session, member, Act.READ):
            return [private]
        hosts = [f"{room}/hosts"] if guiding_here(session, member) else []
        theirs = [channel for channel, _ in await self.threads(member)]
        return [room, private, *hosts, *theirs]

    async def sight(self, member: Member) -> Sight:
        """What somebody is shown of the talk in a room.

        It begins with the first session there that they were in. Who was in none comes to the one that is open, or
        to what follows after the last one.
        """
        held = await self._hub.held(member.room)
        me = f"web:{member.id}"
        if not held:
            return Sight()
        theirs = [session for session, _ in held if me in session.people or guides(session, me)]
        removed = [s.id for s in theirs if access.standing(s, me, host=member.host) is Standing.REMOVED]
        theirs = [session for session in theirs if session.id not in removed]
        latest = held[0][0]
        if theirs:
            since = min(session.opened_at for session in theirs)
        else:
            since = latest.opened_at if latest.live else latest.ended_at or latest.at
        passed = [session.id for session, _ in held if not (session is latest and session.live)]
        return Sight(since=since.timestamp(), hides=frozenset(removed if theirs else [*passed, *removed]))

    async def messages(self, member: Member, rev: int) -> list[Message]:
        """What somebody is shown of what changed after `rev`."""
        channels, sight = await self.channels(member), await self.sight(member)
        messages = await self._store.read(lambda db: web_rows.since(db, channels, rev))
        return [message for message in messages if sight.shows(message)]

    async def learn_names(self, room: str) -> None:
        """Before somebody looks at a room where nobody looked: who is there, and what marks they wear."""
        await self._platform.learn_marks()
        if not any(s for s in self._hub.sockets.of(room)):
            for member in await self._store.read(lambda db: web_members.members(db, room)):
                self._hub.names[member.id] = member.name

    async def current(self, room: str) -> tuple[Session, Script]:
        """The session that this room shows: the one that holds it, else the latest."""
        key = self._hub.current(room)
        if not key:
            rows = await self._store.sessions.listed(f"web:{room}")
            key = rows[0][0] if rows else ""
            if key:
                self._hub.set_current(room, key)
        session, script = await self._load(key)
        if session.id:  # of rooms that nobody held anything in there is no end, and nothing is kept
            self._pages.learn(room, script)
        return session, script
