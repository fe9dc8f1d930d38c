"""All recaps of a room on one page, those that were read in from elsewhere as well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.messages import tr
from bot.core.views.recap import recap
from bot.platforms.web.pages import Pages
from bot.render.recap.page import page_of
from bot.render.recap.transfer import READY, moved, one_moved
from bot.store.store import Store

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
    """What a room has held. `data` is the folder of the database."""

    def __init__(self, store: Store, load: Load, pages: Pages, data: Path) -> None:
        self._store = store
        self._load = load
        self._pages = pages
        self._data = data

    async def listed(self, room: str) -> str:
        """The page with all of them, the newest first."""
        found: list[Line] = []
        keys = [key for key, _, phase in await self._store.sessions.listed(f"web:{room}") if phase in READY]
        for key in keys[:MOST]:
            session, script = await self._load(key)
            made = recap(script, session)
            found.append(
                Line(address=f"/r/{room}/recap/{key}", title=made.title, at=made.at, people=made.people)
            )
        for each in await asyncio.to_thread(moved, self._data, room):
            held, address = each.recap, f"/r/{room}/recaps/{each.id}"
            found.append(
                Line(address=address, title=held.title, at=held.at, people=held.people, elsewhere=True)
            )
        lines = sorted(found, key=lambda line: line.at, reverse=True)
        return self._pages.page("recaps.html", room=room, lines=lines)

    async def one(self, room: str, id: str) -> str:
        """The page of one that was read in."""
        found = await asyncio.to_thread(one_moved, self._data, room, id)
        if found is None:
            raise web.HTTPNotFound(text=tr("There is no recap here."))
        return page_of(found.recap, found.language)
