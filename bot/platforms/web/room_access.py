"""The session that a room shows, and the channels of it that somebody may read."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.platforms.web.hub import Hub, Load, guiding_here
from bot.platforms.web.pages import Pages
from bot.platforms.web.platform import WebPlatform
from bot.store import web_rows
from bot.store.store import Store
from bot.store.web_rows import Member


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
        threads = await self._store.read(lambda db: web_rows.threads(db, room))
        return [(channel, title) for channel, title, people in threads if member.id in people]

    async def channels(self, member: Member) -> list[str]:
        """Every channel that this person may read."""
        room = f"web:{member.room}"
        session, _ = await self.current(member.room)
        hosts = [f"{room}/hosts"] if guiding_here(session, member) else []
        theirs = [channel for channel, _ in await self.threads(member)]
        return [room, f"{room}/~{member.id}", *hosts, *theirs]

    async def learn_names(self, room: str) -> None:
        """Before somebody looks at a room where nobody looked: who is there, and what marks they wear."""
        await self._platform.learn_marks()
        if not any(s for s in self._hub.sockets.of(room)):
            for member in await self._store.read(lambda db: web_rows.members(db, room)):
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
        self._pages.learn(room, script)
        return session, script
