"""The web room's addresses, and which page answers at each.

Everything works twice: as a plain form without JavaScript, and live over a WebSocket. Both end in
`WebPlatform.send`; nothing is decided here but who somebody is and what they may read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.access import Act
from bot.core.model.facts import Fact
from bot.core.model.session import Session
from bot.core.text import quoting
from bot.core.text.wording import tr
from bot.platforms.web import assets
from bot.platforms.web.account import AccountPage
from bot.platforms.web.addresses import Addresses
from bot.platforms.web.badges import BadgePages
from bot.platforms.web.boards import Boards
from bot.platforms.web.calendars import CalendarPages
from bot.platforms.web.downloads import DownloadPages, room_name
from bot.platforms.web.entrance import Entrance
from bot.platforms.web.guards import faults, guard, strict_headers, too_many
from bot.platforms.web.health import HealthCheck
from bot.platforms.web.hub import Hub
from bot.platforms.web.identity import Identity
from bot.platforms.web.pages import TRIAL, Pages
from bot.platforms.web.rate_limits import RateLimits, RequestLimits
from bot.platforms.web.room_access import RoomAccess
from bot.platforms.web.room_page import RoomPage
from bot.platforms.web.sockets import Sockets
from bot.render.i18n import spoken
from bot.store.store import Store
from bot.store.web_members import Member

STYLEGUIDE = "STORYCIRCLE_STYLEGUIDE"  # a variable of the environment, for development only
LARGEST = 256 * 1024  # bytes of a form

# What is wanted at an address of a room, decided before its page is made. The page of the room itself says why
# somebody is kept out, the recap and the pack of a session ask about that session, and what is sent asks by what it
# is (`input.py`).
ROOM_ACTS: Mapping[str, Act] = {
    "/board": Act.READ,
    "/qr.svg": Act.READ,
    "/pack/{session}": Act.READ,
    "/report": Act.REPORT_OF_WEEKS,
    "/sheet": Act.DATA,
    "/data.json": Act.DATA,
    "/account": Act.DATA,
    "/recap/{session}": Act.READ,
    "/recaps": Act.READ,
    "/recaps/{id}": Act.READ,
    "/picture/{session}/{step}.svg": Act.READ,
}


class DemoRooms(Protocol):
    """Rooms in which somebody tries things alone, each behind a server of its own."""

    def server(self, room: str) -> WebServer | None:
        """The server of this room, if it is a demo room that is still open."""
        ...

    async def start(self, name: str, *, host: bool, address: str) -> tuple[WebServer, Member] | None:
        """Open a room for somebody of this name; None if there are too many already."""
        ...


@dataclass(frozen=True)
class WebParts:
    """The parts of a web server, each of which answers at some addresses or is told what changed."""

    public: str  # the address that people type
    store: Store
    identity: Identity
    access: RoomAccess
    pages: Pages
    hub: Hub
    sockets: Sockets
    entrance: Entrance
    account: AccountPage
    addresses: Addresses
    entries: RateLimits  # by address
    room_page: RoomPage
    boards: Boards
    calendars: CalendarPages
    badges: BadgePages
    downloads: DownloadPages


class WebServer:
    """Pages, forms and sockets of the web room."""

    def __init__(self, parts: WebParts, demo_rooms: DemoRooms | None = None) -> None:
        self.parts = parts
        self._demo_rooms = demo_rooms
        self._request_limits = RequestLimits()
        self._drawings = RateLimits(
            burst=60, per_second=1
        )  # by person: pages, files and pictures of a session
        self._health_check = HealthCheck(parts.store)

    def changed(self, session: Session, facts: Sequence[Fact]) -> None:
        """Facts were committed: what is open in browsers follows."""
        self.parts.hub.changed(session, facts)
        self.parts.boards.changed(session, facts)

    def app(self) -> web.Application:
        """The aiohttp application."""
        parts = self.parts
        app = web.Application(
            middlewares=[
                faults(parts.pages),
                guard(lambda: spoken(parts.pages.language()), parts.public, self._allowed),
            ],
            client_max_size=LARGEST,
        )
        app.on_response_prepare.append(strict_headers(parts.public))
        app.add_routes(
            [
                web.get("/", parts.entrance.home),
                *([web.get("/styleguide", self._styleguide)] if os.environ.get(STYLEGUIDE) else []),
                web.get("/healthz", self._health),
                web.get("/j", parts.entrance.by_code),
                web.get("/j/{code}", parts.entrance.by_code),
                web.get("/try", self._demo_page),
                web.post("/try", self._start_demo),
                *self._room_routes(),
                *parts.boards.routes(),
                *parts.calendars.routes(),
                *parts.badges.routes(),
                *assets.routes(),
            ]
        )
        return app

    def _room_routes(self) -> list[web.RouteDef]:
        def get(path: str, handler: Callable[[WebParts], Handler]) -> web.RouteDef:
            return web.get(f"/r/{{room}}{path}", self._in_room(handler, ROOM_ACTS.get(path)))

        def post(path: str, handler: Callable[[WebParts], Handler]) -> web.RouteDef:
            return web.post(f"/r/{{room}}{path}", self._in_room(handler, None))

        return [
            get("", lambda parts: parts.room_page.show),
            post("/enter", lambda parts: parts.entrance.enter),
            post("/host", lambda parts: parts.entrance.host),
            post("/do", lambda parts: parts.room_page.take_form),
            get("/ws", lambda parts: parts.sockets.socket),
            get("/back", lambda parts: parts.entrance.back_page),
            post("/back", lambda parts: parts.entrance.back),
            get("/account", lambda parts: parts.account.show),
            post("/account", lambda parts: parts.account.change),
            get("/board", lambda parts: parts.room_page.board),
            get("/qr.svg", lambda parts: parts.room_page.qr_code),
            get("/pack/{session}", lambda parts: parts.downloads.pack),
            get("/sheet", lambda parts: parts.downloads.sheet),
            get("/data.json", lambda parts: parts.downloads.data),
            get("/report", lambda parts: parts.downloads.report),
            get("/recap/{session}", lambda parts: parts.downloads.recap),
            get("/recaps", lambda parts: parts.downloads.recaps),
            get("/recaps/{id}", lambda parts: parts.downloads.far_recap),
            get("/picture/{session}/{step}.svg", lambda parts: parts.downloads.picture),
        ]

    def _in_room(self, handler: Callable[[WebParts], Handler], act: Act | None) -> Handler:
        """The handler of the server that has the room: a demo room has its own.

        Whoever may not do what an address is for comes to the page of the room, which says why.
        """

        async def handle(request: web.Request) -> web.StreamResponse:
            room = request.match_info["room"]
            server = self._demo_rooms.server(room) if self._demo_rooms else None
            if server is None and room.startswith(TRIAL):
                raise web.HTTPFound("/try")  # it is over, and nothing of it is left
            parts = (server or self).parts
            if act is not None:
                member = await parts.identity.member(request)
                why = await parts.access.refusal(room_name(request), member, act)
                if why and act is Act.REPORT_OF_WEEKS:
                    raise web.HTTPForbidden(text=tr("Only hosts see this."))
                if why:
                    raise web.HTTPFound(f"/r/{room}")
                if member is not None and not self._drawings.take(member.id):
                    return too_many()
            with await _spoken_to(parts, request):
                return await handler(parts)(request)

        return handle

    def _allowed(self, request: web.Request) -> bool:
        """Count a request; what lies in files costs nearly nothing, and comes in numbers."""
        if request.path.startswith("/static/"):
            return True
        parts = self.parts
        return self._request_limits.take(parts.identity.claimed(request), parts.addresses.of(request))

    async def _styleguide(self, request: web.Request) -> web.Response:
        """All components with their states, for whoever works on them."""
        return web.Response(text=self.parts.pages.page("styleguide.html"), content_type="text/html")

    async def _health(self, request: web.Request) -> web.Response:
        """Whether what people write would be kept: a full or broken disk is no health."""
        why = await self._health_check.why()
        return web.json_response({"ok": not why, "why": why}, status=503 if why else 200)

    # -- demo rooms ------------------------------------------------------------------------------

    async def _demo_page(self, request: web.Request) -> web.Response:
        return self._demo_answer("")

    async def _start_demo(self, request: web.Request) -> web.Response:
        """Three minutes alone with a made-up cast, as a host or as a participant; nothing is kept."""
        form = await request.post()
        address = self.parts.addresses.of(request)
        busy = tr("Too many people are trying the demo right now. Please come back soon.")
        if self._demo_rooms is None or not self.parts.entries.take(address):
            return self._demo_answer(busy, status=429)
        name = " ".join(quoting.clean(str(form.get("name", ""))).split())[:40] or "You"
        started = await self._demo_rooms.start(name, host=form.get("role") == "host", address=address)
        if started is None:
            return self._demo_answer(busy, status=503)
        server, member = started
        response = web.Response(status=303, headers={"Location": f"/r/{member.room}"})
        await server.parts.identity.remember(request, response, member)
        return response

    def _demo_answer(self, fault: str, status: int = 200) -> web.Response:
        text = self.parts.pages.page("try.html", fault=fault)
        return web.Response(text=text, content_type="text/html", status=status)


async def _spoken_to(parts: WebParts, request: web.Request) -> AbstractContextManager[None]:
    """The language of whoever asks: their own, else that of the room."""
    room = room_name(request)
    session, script = await parts.access.current(room)
    member = await parts.identity.member(request)
    return parts.pages.to(script, session, member) if member else spoken(parts.pages.language(room))
