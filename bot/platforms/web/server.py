"""The web room's HTTP and WebSocket doors.

Everything works twice: as a plain form without JavaScript, and live over a WebSocket. Both end in
`WebPlatform.send`; nothing is decided here but who somebody is and what they may read.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.badges.issuer import BadgeIssuer
from bot.core.participants.community import Listing
from bot.core.text import messages as words
from bot.core.text.messages import tr
from bot.engine.calendars import Calendars
from bot.engine.downloads import Downloads
from bot.engine.runtime import Runtime
from bot.errors import StoreUnavailable
from bot.platforms.web.badges import BadgePages
from bot.platforms.web.boards import Boards
from bot.platforms.web.calendars import CalendarPages
from bot.platforms.web.downloads import DownloadPages, room_name
from bot.platforms.web.hub import Hub, guiding_here
from bot.platforms.web.input import Input, Refused
from bot.platforms.web.invite import code_of, room_of
from bot.platforms.web.invite import picture as qr_code
from bot.platforms.web.links import WebLinks
from bot.platforms.web.names import plain_name
from bot.platforms.web.pages import BOT, TRIAL, Pages, shown
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.rate_limits import RateLimits
from bot.platforms.web.recaps import Recaps
from bot.platforms.web.room_access import RoomAccess
from bot.platforms.web.signing import Signer
from bot.platforms.web.sockets import Sockets
from bot.render.i18n import spoken
from bot.store import web_rows
from bot.store.store import Store
from bot.store.web_rows import Member

log = structlog.get_logger()

COOKIE = "storycircle"
NOTE = "storycircle-note"  # one sentence for the next page
YEAR = 365 * 24 * 3600
HERE = Path(__file__).parent
RESERVED = {plain_name(name) for name in (BOT, "host", "companion", "moderator", "admin", "bot")}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DemoRooms(Protocol):
    """Rooms in which somebody tries things alone, each behind a server of its own."""

    def server(self, room: str) -> WebServer | None:
        """The server of this room, if it is a demo room that is still open."""
        ...

    async def start(self, name: str, *, host: bool) -> tuple[WebServer, Member] | None:
        """Open a room for somebody of this name; None if there are too many already."""
        ...


class WebServer:
    """Pages, forms and sockets of the web room."""

    def __init__(
        self,
        store: Store,
        platform: WebPlatform,
        runtime: Runtime,
        listings: Mapping[str, Listing],
        cookie_key: str,
        host_secret: str,
        *,
        address: str,
        home: str,
        trials: DemoRooms | None = None,
        language: str = "en",
        badges: BadgeIssuer | None = None,
        reachable: bool = True,
    ) -> None:
        self._store = store
        self._listings = listings
        self._signer = Signer(cookie_key)
        self._host_secret = host_secret
        self._language = language
        self._code_key = cookie_key
        self._home_room = home
        self._trials = trials
        self.address = address  # what people type, without a slash at its end
        self.pages = Pages(self._back_link, self._ways_in, language)
        self.pages.marks = platform.marks
        self.hub = Hub(self.pages, runtime.sessions.load)
        self._where = RoomAccess(store, platform, self.hub, self.pages, runtime.sessions.load)
        self._taking = Input(store, platform, self.hub, self._where)
        self.live = Sockets(
            store, platform, self.hub, self.pages, self._where, self._taking, runtime.sessions.load
        )
        # A whole community may come in at once from one address: behind a proxy there is only one.
        self._doors = RateLimits(burst=500, per_second=20)
        self._tries = RateLimits(burst=10, per_second=0.2)  # of the host secret, by person
        platform.seen.append(self.hub.messages)
        self._boards = Boards(self.pages, runtime.sessions.load, self._signer)
        runtime.changed += [self.hub.changed, self._boards.changed]
        self.links = links = WebLinks(address, self._signer)
        calendars = Calendars(store, runtime.clock)
        self.calendars = CalendarPages(calendars, links, self._signer, runtime.clock, self.pages.environment)
        runtime.plan_service.addresses = links.calendars
        self.badges: BadgePages | None = None
        if badges is not None:
            self.badges = BadgePages(badges, self._signer, self.pages.environment)
            badges.link = links.badge
            badges.show = links.showcase
            badges.load = runtime.sessions.load
            runtime.pump.badges = badges
        self.handouts = Downloads(
            store, runtime.clock, runtime.sessions.load, badges, calendars, links, reachable=reachable
        )
        runtime.pump.handouts = self.handouts
        self.papers = DownloadPages(
            self._member,
            self._where.current,
            runtime.sessions.load,
            self.handouts,
            Recaps(store, runtime.sessions.load, self.pages, store.folder),
            platform.community,
            language,
        )

    def app(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(middlewares=[self._guard], client_max_size=256 * 1024)
        app.add_routes(
            [
                web.get("/", self._home),
                web.get("/healthz", self._health),
                web.get("/j", self._by_code),
                web.get("/j/{code}", self._by_code),
                web.get("/try", self._try_page),
                web.post("/try", self._try),
                web.get("/r/{room}", self._in(lambda server: server._room)),
                web.post("/r/{room}/enter", self._in(lambda server: server._enter)),
                web.post("/r/{room}/host", self._in(lambda server: server._host)),
                web.post("/r/{room}/do", self._in(lambda server: server._do)),
                web.get("/r/{room}/ws", self._in(lambda server: server._socket)),
                web.get("/r/{room}/back", self._in(lambda server: server._back_page)),
                web.post("/r/{room}/back", self._in(lambda server: server._back)),
                web.get("/r/{room}/board", self._in(lambda server: server._board)),
                web.get("/r/{room}/pack/{session}", self._in(lambda server: server.papers.pack)),
                *self._boards.routes(),
                web.get("/r/{room}/qr.svg", self._in(lambda server: server._qr)),
                web.get("/r/{room}/sheet", self._in(lambda server: server.papers.sheet)),
                web.get("/r/{room}/data.json", self._in(lambda server: server.papers.data)),
                web.get("/r/{room}/report", self._in(lambda server: server.papers.report)),
                web.get("/r/{room}/recap/{session}", self._in(lambda server: server.papers.recap)),
                web.get("/r/{room}/recaps", self._in(lambda server: server.papers.recaps)),
                web.get("/r/{room}/recaps/{id}", self._in(lambda server: server.papers.far_recap)),
                web.get(
                    "/r/{room}/picture/{session}/{step}.svg", self._in(lambda server: server.papers.picture)
                ),
                *self.calendars.routes(),
                *(self.badges.routes() if self.badges else ()),
                web.static("/static", HERE / "static"),
            ]
        )
        return app

    def _in(self, chosen: Callable[[WebServer], Handler]) -> Handler:
        """A handler of the server that has the room: a room to try things in has its own."""

        async def handle(request: web.Request) -> web.StreamResponse:
            room = request.match_info["room"]
            server = self._trials.server(room) if self._trials else None
            if server is None and room.startswith(TRIAL):
                raise web.HTTPFound("/try")  # it is over, and nothing of it is left
            server = server or self
            with await server.spoken_to(request):
                response: web.StreamResponse = await chosen(server)(request)
            return response

        return handle

    # -- guards ----------------------------------------------------------------------------------

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Same origin for everything that changes something; strict headers on everything."""
        if request.method != "GET" or request.path.endswith("/ws"):
            origin = request.headers.get("Origin")
            if origin is not None and origin.partition("://")[2] != request.host:
                raise web.HTTPForbidden(text="This came from another site, so it is not taken.")
        try:
            with spoken(self.pages.language()):
                response: web.StreamResponse = await handler(request)
        except web.HTTPException as error:
            error.headers.update(_headers())
            raise
        except StoreUnavailable as error:
            response = web.Response(status=503, text=str(error))
        if not response.prepared:
            for key, held in _headers().items():
                response.headers.setdefault(key, held)
        return response

    async def spoken_to(self, request: web.Request) -> AbstractContextManager[None]:
        """What is drawn inside is for whoever asks: in their own language, else in that of the room."""
        room = room_name(request)
        session, script = await self._where.current(room)
        member = await self._member(request)
        return self.pages.to(script, session, member) if member else spoken(self.pages.language(room))

    async def _member(self, request: web.Request) -> Member | None:
        signed = self._signer.read(request.cookies.get(COOKIE, ""))
        if signed is None:
            return None
        found = await self._store.read(lambda db: web_rows.member(db, signed))
        return found if found and found.room == request.match_info["room"] else None

    # -- pages -----------------------------------------------------------------------------------

    async def _home(self, request: web.Request) -> web.Response:
        return self._page("home.html", room=self._home_room, fault="", code="")

    async def _by_code(self, request: web.Request) -> web.Response:
        """The way in for somebody who was told five letters."""
        code = request.match_info.get("code") or request.query.get("code", "")
        fault = tr("No room has that code. It is five letters; ask whoever told you.")
        if not self._doors.take(request.remote or ""):
            fault = tr("Too many codes came from your address just now. Try again in a minute.")
        else:
            rooms = {self._home_room, *await self._store.read(web_rows.rooms)}
            room = room_of(code, sorted(rooms), self._code_key)
            if room is not None:
                raise web.HTTPFound(f"/r/{room}")
        return self._page("home.html", status=404, room=self._home_room, fault=fault, code=code[:20])

    async def _qr(self, request: web.Request) -> web.Response:
        """The room's link as a picture to point a phone at."""
        room = room_name(request)
        if await self._member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        return web.Response(body=qr_code(self._ways_in(room)[0]), content_type="image/svg+xml")

    def _ways_in(self, room: str) -> tuple[str, str]:
        """The link of a room, and its short code."""
        return f"{self.address}/r/{room}", code_of(room, self._code_key)

    async def _try_page(self, request: web.Request) -> web.Response:
        return self._page("try.html", fault="")

    async def _try(self, request: web.Request) -> web.Response:
        """Three minutes alone with a made-up cast, as a host or as a participant; nothing is kept."""
        form = await request.post()
        if self._trials is None or not self._doors.take(request.remote or ""):
            return self._page(
                "try.html", status=429, fault=tr("Too many are trying things now. Come back soon.")
            )
        name = " ".join(words.clean(str(form.get("name", ""))).split())[:40] or "You"
        started = await self._trials.start(name, host=form.get("role") == "host")
        if started is None:
            return self._page(
                "try.html", status=503, fault=tr("Too many are trying things now. Come back soon.")
            )
        server, member = started
        response = web.Response(status=303, headers={"Location": f"/r/{member.room}"})
        server.remember(response, member)
        return response

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _room(self, request: web.Request) -> web.Response:
        room = room_name(request)
        member = await self._member(request)
        if member is None:
            return self._page("door.html", room=room, fault="", name="")
        await self._where.learn_names(room)
        channels = await self._where.channels(member)
        messages = await self._store.read(lambda db: web_rows.since(db, channels, 0))
        session, script = await self._where.current(room)
        await self.hub.learn_earlier(session)
        live = bool(session.id)
        guiding = live and guiding_here(session, member)
        return self._page(
            "room.html",
            room=room,
            member=member,
            messages=[shown(m, self.hub.names, self.pages.marks) for m in messages if not m.deleted],
            rev=max((m.rev for m in messages), default=0),
            now=self.pages.now(script, session, member) if live else "",
            mine=self.pages.mine(script, session, member) if live else "",
            where=self.pages.where(await self._where.threads(member), session),
            panel=self.pages.panel(script, session, member) if guiding else "",
            guiding=guiding,
            ways_in=self._ways_in(room),
            trial=room.startswith(TRIAL),
            listings=self._listings.values(),
            session=session,
            note=self._signer.read(request.cookies.get(NOTE, "")) or "",
        )

    def _page(self, template: str, status: int = 200, **what: Any) -> web.Response:
        body = self.pages.page(template, **what)
        return web.Response(text=body, content_type="text/html", status=status)

    async def _board(self, request: web.Request) -> web.Response:
        """The board, for a projector or a second window."""
        room = room_name(request)
        if await self._member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        session, script = await self._where.current(room)
        view = self.pages.board(script, session) if session.id else f"<h1>{tr('Nothing has begun yet.')}</h1>"
        return self._page("board.html", room=room, view=view, ways_in=self._ways_in(room))

    # -- coming in -------------------------------------------------------------------------------

    async def _enter(self, request: web.Request) -> web.Response:
        room = room_name(request)
        form = await request.post()
        name = " ".join(words.clean(str(form.get("name", ""))).split())
        fault = ""
        if not self._doors.take(request.remote or ""):
            fault = tr("Too many people came in from your address just now. Try again in a minute.")
        elif not name or not plain_name(name):
            fault = tr("Type the name that others may call you by, in letters or digits.")
        elif len(name) > 40:
            fault = tr("That name is {n} characters long, and 40 fit. Shorten it.", n=len(name))
        elif plain_name(name) in RESERVED or plain_name(BOT) in plain_name(name):
            fault = tr("{name} is taken by the bot or the hosts. Choose another one.", name=name)
        made = None
        if not fault:
            wanted = Member(id=secrets.token_hex(6), room=room, name=name, host=False)
            at = time.time()
            made = await self._store.write(lambda db: web_rows.enter(db, wanted, plain_name(name), at))
            if made is None:
                fault = tr(
                    "Somebody here is called {name}, or nearly so. Add a letter, so that you are told apart.",
                    name=name,
                )
        if made is None:
            return self._page("door.html", status=400, room=room, fault=fault, name=name)
        self.hub.names[made.id] = made.name
        response = web.Response(status=303, headers={"Location": f"/r/{room}"})
        self.remember(response, made)
        return response

    def _back_link(self, member: Member) -> str:
        """The personal link: whoever opens it is this member again, in any browser."""
        return f"/r/{member.room}/back#{self._signer.sign(f'back:{member.id}')}"

    async def _back_page(self, request: web.Request) -> web.Response:
        return self._page("back.html", room=room_name(request), fault="")

    async def _back(self, request: web.Request) -> web.Response:
        """Come back by the personal link; its token comes in the body, never in an address."""
        room = room_name(request)
        token = self._signer.read(str((await request.post()).get("token", ""))) or ""
        kind, _, id = token.partition(":")
        found = await self._store.read(lambda db: web_rows.member(db, id)) if kind == "back" else None
        if found is None or found.room != room or not self._doors.take(request.remote or ""):
            fault = tr("That is no personal link of this room, or its owner asked to be forgotten.")
            return self._page("back.html", status=403, room=room, fault=fault)
        response = web.Response(status=303, headers={"Location": f"/r/{room}"})
        self.remember(response, found)
        return response

    def remember(self, response: web.Response, member: Member) -> None:
        """Let this browser be this member from here on."""
        response.set_cookie(
            COOKIE,
            self._signer.sign(member.id),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=self.address.startswith("https://"),
            path=f"/r/{member.room}",
        )

    async def _host(self, request: web.Request) -> web.Response:
        """Show the host secret, once; it comes in the body, never in an address."""
        room = room_name(request)
        member = await self._member(request)
        form = await request.post()
        if not self._tries.take(member.id if member else request.remote or ""):
            raise web.HTTPTooManyRequests(text=tr("Too many tries. Wait a minute."))
        given = str(form.get("secret", ""))
        if not hmac.compare_digest(given.encode(), self._host_secret.encode()):
            raise web.HTTPForbidden(
                text=tr(
                    "That is not the host secret. Open the host link that the program printed at its start."
                )
            )
        if member is None:
            raise web.HTTPForbidden(text=tr("Give your name first, then open the host link again."))
        await self._store.write(lambda db: web_rows.name_host(db, member.id))
        return web.Response(status=303, headers={"Location": f"/r/{room}"})

    # -- doing things ----------------------------------------------------------------------------

    async def _do(self, request: web.Request) -> web.Response:
        """The way without JavaScript: a form, then the page again."""
        room = room_name(request)
        member = await self._member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        form = await request.post()
        what: dict[str, Any] = {k: str(v) for k, v in form.items() if not k.startswith(("field.", "arg."))}
        what["fields"] = {
            key[6:]: ",".join(str(each) for each in form.getall(key))  # several taps of one field
            for key in form
            if key.startswith("field.")
        }
        what["args"] = {k[4:]: str(v) for k, v in form.items() if k.startswith("arg.")}
        taps = [str(v) for key in form for v in form.getall(key) if key == "pick" or key.startswith("scale.")]
        if taps:
            what["picks"] = list(dict.fromkeys(taps))
        note = ""
        try:
            await self._taking.take(member, what)
        except Refused as refused:
            note = str(refused)
        response = web.Response(status=303, headers={"Location": f"/r/{room}"})
        if note:
            signed = self._signer.sign(note.replace("\n", " ")[:300])
            response.set_cookie(NOTE, signed, max_age=15, httponly=True, samesite="Strict", path=f"/r/{room}")
        return response

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        member = await self._member(request)
        if member is None:
            raise web.HTTPForbidden(text=tr("Give your name first."))
        return await self.live.socket(request, member)


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
