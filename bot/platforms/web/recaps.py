"""All recaps of a room on one page, those that were read in from elsewhere as well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.core.access import Act
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.wording import tr
from bot.core.views.recap import recap
from bot.platforms.web.pages import Pages
from bot.platforms.web.refusals import refused
from bot.render.recap.page import page_of
from bot.render.recap.transfer import READY, moved, one_moved
from bot.store.store import Store
from bot.store.web_members import Member

MOST = 200  # recaps on the page

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


@record
class Line:
    """One recap of the list."""

    address: str
    title: str
    at: datetime
    people: int
    elsewhere: bool = False


class Recaps:
    """The recaps of rooms. `data` is the folder of the database."""

    def __init__(self, store: Store, load: Load, pages: Pages, data: Path) -> None:
        self._store = store
        self._load = load
        self._pages = pages
        self._data = data

    async def listed(self, room: str, member: Member) -> str:
        """The page with all that somebody may read, the newest first."""
        lines: list[Line] = []
        keys = [key for key, _, phase in await self._store.sessions.listed(f"web:{room}") if phase in READY]
        for key in keys[:MOST]:
            session, script = await self._load(key)
            if refused(session, member, Act.RECAP):
                continue
            content = recap(script, session)
            lines.append(
                Line(
                    address=f"/r/{room}/recap/{key}",
                    title=content.title,
                    at=content.at,
                    people=content.people,
                )
            )
        for transferred in await asyncio.to_thread(moved, self._data, room):
            other, address = transferred.recap, f"/r/{room}/recaps/{transferred.id}"
            lines.append(
                Line(address=address, title=other.title, at=other.at, people=other.people, elsewhere=True)
            )
        lines.sort(key=lambda line: line.at, reverse=True)
        return self._pages.page("recaps.html", room=room, lines=lines)

    async def one(self, room: str, id: str) -> str:
        """The page of one that was read in."""
        transferred = await asyncio.to_thread(one_moved, self._data, room, id)
        if transferred is None:
            raise web.HTTPNotFound(text=tr("There's no recap here."))
        return page_of(transferred.recap, transferred.language)
