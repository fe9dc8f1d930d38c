"""Recaps in all forms, one's own sheet and data, the report, a pack and pictures: to read and to take along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.core.access import Act
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps.diagrams import picture as picture_of
from bot.core.text.wording import tr
from bot.core.views.recap import Held
from bot.core.views.recap import recap as made_of
from bot.engine.downloads import Downloads
from bot.platforms.web import films
from bot.platforms.web.recaps import Recaps
from bot.platforms.web.refusals import refused
from bot.render.diagrams import draw
from bot.render.i18n import spoken
from bot.render.recap.exports import as_csv, markdown
from bot.render.recap.interchange import as_json
from bot.render.recap.pack import pack as packed_up
from bot.render.recap.page import page as recap_page
from bot.render.recap.page import sheet as own_sheet
from bot.render.recap.page import style_hash
from bot.store.web_members import Member

FILES = {
    "md": (markdown, "text/markdown"),
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv"),
}

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


class DownloadPages:
    """Each page and file is for those who are in the room, or for fewer of them."""

    def __init__(
        self,
        member: Callable[[web.Request], Awaitable[Member | None]],
        current: Callable[[str], Awaitable[tuple[Session, Script]]],
        load: Load,
        held: Callable[[str], Awaitable[Sequence[Held]]],
        downloads: Downloads,
        recaps: Recaps,
        community: Callable[[str], str],
        language: str,
    ) -> None:
        self._member = member
        self._current = current
        self._load = load
        self._held = held  # the sessions of a room, the newest first
        self._downloads = downloads
        self._recaps = recaps
        self._community = community
        self._language = language
        self._films = films.Films()

    async def pack(self, request: web.Request) -> web.Response:
        """The pack of a session, for hosts and companions, when it is over."""
        key = request.match_info["session"]
        session, script = await self._load(key) if key.isalnum() else (None, None)
        if session is None or script is None or f"web:{room_name(request)}" not in session.channels:
            raise web.HTTPNotFound(text=tr("I can't find that session here."))
        if why := refused(session, await self._member(request), Act.PACK):
            raise web.HTTPForbidden(text=tr(why))
        headers = {
            "Content-Disposition": 'attachment; filename="pack.zip"',
            "Cache-Control": "private, no-store",
        }
        earlier = [await self._load(part) for part in session.earlier]
        packed = await packed_up(script, session, earlier=earlier)
        return web.Response(body=packed, content_type="application/zip", headers=headers)

    async def sheet(self, request: web.Request) -> web.Response:
        """One person's own words on paper, for that person only."""
        room = room_name(request)
        member = await self._member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        current, me = await self._current(room), f"web:{member.id}"
        others = [
            held for held in await self._held(room) if held[0].id != current[0].id and me in held[0].people
        ]
        return alone(own_sheet([current, *others], me))

    async def report(self, request: web.Request) -> web.Response:
        """The report of the last days on one page, for hosts."""
        room = room_name(request)
        member = await self._member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        days = request.query.get("days", "90")
        community = self._community(f"web:{room}")
        span = min(int(days), 3650) if days.isdecimal() and len(days) < 5 else 90
        file = await self._downloads.report(community, span, self._language)
        return alone(file.data.decode())

    async def data(self, request: web.Request) -> web.Response:
        """All that is kept of one person, for that person only."""
        member = await self._member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room_name(request)}")
        file = await self._downloads.data(f"web:{member.id}")
        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "private, no-store",
        }
        return web.Response(body=file.data, content_type=file.media, headers=headers)

    async def recap(self, request: web.Request) -> web.Response:
        """A recap as a page, a file or a film, for those who are in the room."""
        room = room_name(request)
        if await self._member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        key, _, kind = request.match_info["session"].partition(".")
        session, script = await self._load(key) if key.isalnum() else (None, None)
        if session is None or script is None or f"web:{room}" not in session.channels:
            raise web.HTTPNotFound(text=tr("There's no recap here."))
        # before the close, who looks twice would see what one tap in between has changed
        if why := refused(session, await self._member(request), Act.RECAP):
            raise web.HTTPNotFound(text=tr(why))
        earlier = [await self._load(part) for part in session.earlier]
        if kind in films.KINDS:
            return await self._films.get(session, script, kind)
        if kind in FILES:
            make, content = FILES[kind]
            name = f'attachment; filename="{script.id}.{kind}"'
            with spoken(script.language):
                recap_data = made_of(script, session, earlier=earlier)
                text = as_json(recap_data, script.language) if kind == "json" else make(recap_data)
            headers = {"Content-Disposition": name}
            return web.Response(text=text, content_type=content, charset="utf-8", headers=headers)
        if kind:
            raise web.HTTPNotFound(text=tr("There's no recap here."))
        return alone(recap_page(script, session, earlier=earlier))

    async def recaps(self, request: web.Request) -> web.Response:
        """The list of all recaps of this room, for those who are in it."""
        room, member = room_name(request), await self._member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        return web.Response(text=await self._recaps.listed(room, member), content_type="text/html")

    async def far_recap(self, request: web.Request) -> web.Response:
        """A recap that was read in from elsewhere."""
        room = room_name(request)
        if await self._member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        return alone(await self._recaps.one(room, request.match_info["id"]))

    async def picture(self, request: web.Request) -> web.Response:
        """The picture of a step, as it is now; counts only, for those who are in the room."""
        room, key = room_name(request), request.match_info["session"]
        if await self._member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        session, script = await self._load(key) if key.isalnum() else (None, None)
        step = request.match_info["step"]
        if (
            session is None
            or script is None
            or f"web:{room}" not in session.channels
            or step not in session.steps
        ):
            raise web.HTTPNotFound(text=tr("There's no picture here."))
        if why := refused(session, await self._member(request), Act.READ):
            raise web.HTTPNotFound(text=tr(why))
        attached = script.step(step).attach
        drawn = session.steps.get(attached.of) if attached else None
        still_open = session.live and drawn is not None and not drawn.closed
        # of a step that is open, who looks twice would see what one tap in between has changed
        diagram = picture_of(script, session, attached) if attached and not still_open else None
        if diagram is None:
            raise web.HTTPNotFound(text=tr("There's no picture here."))
        headers = {"Cache-Control": "private, no-cache", "Content-Security-Policy": "default-src 'none'"}
        return web.Response(text=draw(diagram), content_type="image/svg+xml", headers=headers)


def alone(text: str) -> web.Response:
    """A page that holds all that it needs, and may load and run nothing."""
    policy = f"default-src 'none'; style-src '{style_hash()}'; base-uri 'none'; frame-ancestors 'none'"
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})


def room_name(request: web.Request) -> str:
    """The room that an address names."""
    room: str = request.match_info["room"]
    if not room.replace("-", "").isalnum() or len(room) > 40 or not room.isascii():
        raise web.HTTPNotFound(text=tr("Room names are short: letters, digits and hyphens."))
    return room
