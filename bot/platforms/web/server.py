"""The web room's HTTP and WebSocket doors.

Everything works twice: as a plain form without JavaScript, and live over a WebSocket. Both end in
`WebPlatform.send`; nothing is decided here but who somebody is and what they may read.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import WSMsgType, web

from bot.badges.desk import BadgeDesk
from bot.core import words
from bot.core.commands import BY_NAME, parse
from bot.core.community import Listing
from bot.core.facts import Phase
from bot.core.words import N_, tr
from bot.errors import StoreUnavailable
from bot.handouts import Handouts
from bot.languages import spoken
from bot.platforms.web import tables
from bot.platforms.web.badges import BadgePages
from bot.platforms.web.boards import Boards
from bot.platforms.web.calendars import Calendars
from bot.platforms.web.hub import Hub, Socket, guiding_here
from bot.platforms.web.invite import code_of, room_of
from bot.platforms.web.invite import picture as qr_code
from bot.platforms.web.limits import LONGEST, Buckets
from bot.platforms.web.names import plain_name
from bot.platforms.web.pages import BOT, TRIAL, Pages, shown
from bot.platforms.web.papers import Papers, room_name
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.recaps import Recaps
from bot.platforms.web.signing import Signer
from bot.platforms.web.tables import Member
from bot.runtime import Runtime
from bot.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from bot.platforms.web.trial import Trials

log = structlog.get_logger()

COOKIE = "storycircle"
NOTE = "storycircle-note"  # one sentence for the next page
BACK = 20.0  # seconds after a start, in which browsers find their way back
AWAY = 5.0  # seconds without a page until somebody counts as away
YEAR = 365 * 24 * 3600
HERE = Path(__file__).parent
RESERVED = {plain_name(name) for name in (BOT, "host", "companion", "moderator", "admin", "bot")}
TOO_FAST = N_("You are writing faster than anybody can read. Wait a moment; your text is still here.")
TOO_LONG = N_("That is longer than {most} characters. Shorten it, or send it in pieces; it is still here.")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """What somebody sent is not taken; the message tells them why."""


class WebServer:
    """Pages, forms and sockets of the web room."""

    def __init__(
        self,
        store: SqliteStore,
        platform: WebPlatform,
        runtime: Runtime,
        listings: Mapping[str, Listing],
        cookie_key: str,
        host_secret: str,
        *,
        address: str,
        home: str,
        trials: Trials | None = None,
        language: str = "en",
        badges: BadgeDesk | None = None,
        reachable: bool = True,
    ) -> None:
        self._store = store
        self._platform = platform
        self._runtime = runtime
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
        self._fast = Buckets()
        # A whole community may come in at once from one address: behind a proxy there is only one.
        self._doors = Buckets(burst=500, per_second=20)
        self._telling: set[asyncio.Task[None]] = set()
        self._tries = Buckets(burst=10, per_second=0.2)  # of the host secret, by person
        platform.seen.append(self.hub.messages)
        platform.threads_changed.append(self._threads_changed)
        platform.gone.append(self._gone)
        self._boards = Boards(self.pages, runtime.sessions.load, self._signer)
        runtime.changed += [self.hub.changed, self._boards.changed]
        self.hub.moved.append(self._step_changed)
        self.calendars = Calendars(
            store, self._signer, runtime.clock, self.pages.environment, address, self._room_link
        )
        runtime.planner.addresses = self.calendars.addresses
        self.badges: BadgePages | None = None
        if badges is not None:
            self.badges = BadgePages(badges, self._signer, self.pages.environment)
            pages = self.badges
            badges.link = lambda badge: address + pages.link(badge)
            badges.show = lambda page: address + pages.showcase_link(page)
            badges.load = runtime.sessions.load
            runtime.pump.badges = badges
        self.handouts = Handouts(
            store,
            runtime.clock,
            address,
            badges,
            self.calendars,
            reachable,
            runtime.sessions.load,
            self._signer.token,
        )
        runtime.pump.handouts = self.handouts
        self.papers = Papers(
            self._member,
            self._current,
            runtime.sessions.load,
            self.handouts,
            Recaps(store, runtime.sessions.load, self.pages, store.path.parent),
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

    def _room_link(self, room: str) -> str:
        """Where people go for a room of the web part; other platforms have their own ways."""
        platform, _, name = room.partition(":")
        return f"{self.address}/r/{name}" if platform == "web" else ""

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
        session, script = await self._current(room)
        member = await self._member(request)
        return self.pages.to(script, session, member) if member else spoken(self.pages.language(room))

    async def _member(self, request: web.Request) -> Member | None:
        signed = self._signer.read(request.cookies.get(COOKIE, ""))
        if signed is None:
            return None
        found = await self._store.read(lambda c: tables.member(c, signed))
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
            rooms = {self._home_room, *await self._store.read(tables.rooms)}
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
        await self._learn_names(room)
        channels = await self._channels(member)
        messages = await self._store.read(lambda c: tables.since(c, channels, 0))
        session, script = await self._current(room)
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
            where=self.pages.where(await self._threads(member), session),
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
        session, script = await self._current(room)
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
            made = await self._store.write(lambda c: tables.enter(c, wanted, plain_name(name), at))
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
        found = await self._store.read(lambda c: tables.member(c, id)) if kind == "back" else None
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
        await self._store.write(lambda c: tables.name_host(c, member.id))
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
            await self._take(member, what)
        except Refused as refused:
            note = str(refused)
        response = web.Response(status=303, headers={"Location": f"/r/{room}"})
        if note:
            signed = self._signer.sign(note.replace("\n", " ")[:300])
            response.set_cookie(NOTE, signed, max_age=15, httponly=True, samesite="Strict", path=f"/r/{room}")
        return response

    async def _take(self, member: Member, what: Mapping[str, Any]) -> None:
        """Check what somebody sent, and pass it on; returns when it is on disk.

        Raises:
            Refused: with the sentence to show; nothing was taken, nothing is lost.
        """
        if not self._fast.take(member.id):
            raise Refused(tr(TOO_FAST))
        nonce = str(what.get("nonce") or secrets.token_hex(8))[:64]
        room = f"web:{member.room}"
        body: dict[str, Any]
        match what.get("do"):
            case "say":
                body = await self._said(member, str(what.get("text", "")), what)
            case "edit" | "delete" as do:
                number = str(what.get("message", ""))
                text = _text(what.get("text", "")) if do == "edit" else ""
                if not number.isdecimal() or (do == "edit" and not text):
                    raise Refused(tr("An empty message is none: take it back instead."))
                body = {"do": do, "message": int(number), "text": text}
            case "use":
                number = str(what.get("message", ""))
                if not number.isdecimal():
                    raise Refused(tr("Choose one of your own messages."))
                body = {"do": "use", "message": int(number)}
            case "form":
                raw = what.get("fields") or {}
                picks = what.get("picks")
                body = {
                    "do": "form",
                    "session": str(what.get("session", ""))[:40],
                    "step": str(what.get("step", ""))[:80],
                    "fields": {str(k)[:80]: _text(v) for k, v in list(dict(raw).items())[:30]},
                    "picks": [str(p)[:80] for p in list(picks)[:30]] if picks is not None else None,
                    "anonymous": bool(what.get("anonymous")),
                    "share": str(what.get("share", ""))[:20],
                }
            case "order":
                command = str(what.get("command", ""))
                name, _space, rest = command.partition(" ")
                parsed = parse(f"/{command}")
                if parsed is None or parsed.fault:
                    if command not in BY_NAME:
                        raise Refused(
                            parsed.fault
                            if parsed
                            else tr("There is no command {name}.", name=f"{name} {rest}")
                        )
                    body = {"do": "order", "command": command, "args": {}}
                else:
                    body = {"do": "order", "command": parsed.command, "args": dict(parsed.args)}
                body["args"] |= {str(k)[:40]: _text(v) for k, v in dict(what.get("args") or {}).items()}
                body["session"] = str(what.get("session", ""))[:40]
            case _:
                raise Refused(tr("The page is older than the program. Reload it; your text is still here."))
        if body.get("channel", room).partition("/")[0] != room:
            raise Refused(tr("That is another room."))
        if body.get("session", "") not in ("", self.hub.current(member.room)):
            places = (await self._store.look([], [room], [])).places.get(room, ())
            if body["session"] not in [place.session for place in places]:
                raise Refused(tr("The page is older than the session. Reload it; your text is still here."))
        await self._platform.send(member, nonce, body)

    async def _said(self, member: Member, raw: str, what: Mapping[str, Any]) -> dict[str, Any]:
        text = _text(raw)
        if not text:
            raise Refused(tr("There was nothing to read in that."))
        parsed = parse(text)
        if parsed is not None:
            if parsed.fault:
                raise Refused(parsed.fault)
            current = self.hub.current(member.room)
            return {"do": "order", "command": parsed.command, "args": dict(parsed.args), "session": current}
        session, _ = await self._current(member.room)
        author = session.people.get(f"web:{member.id}")
        if author is not None and author.removed and session.live:
            raise Refused(words.REMOVED)
        reply = str(what.get("reply_to", ""))
        rest = str(what.get("channel", ""))
        channel = f"web:{member.room}" + (f"/{rest}" if rest else "")
        if rest and channel not in [found for found, _ in await self._threads(member)]:
            raise Refused(tr("That conversation is not open to you."))
        return {"do": "say", "channel": channel, "text": text, "reply_to": reply[:40]}

    # -- live ------------------------------------------------------------------------------------

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        member = await self._member(request)
        if member is None:
            raise web.HTTPForbidden(text=tr("Give your name first."))
        ws = web.WebSocketResponse(heartbeat=25, max_msg_size=1024 * 1024)
        await ws.prepare(request)
        socket = Socket(ws, member, board="board" in request.query)
        socket.threads = set(await self._channels(member))
        session, _ = await self._current(member.room)
        socket.guides = guiding_here(session, member)
        await self._learn_names(member.room)
        self.hub.add(socket)
        if socket.board:  # what moved on since its page was made, or while its line was cut
            session, script = await self._current(member.room)
            if session.id:
                await socket.send(json.dumps({"views": {"board": self.pages.board(script, session)}}))
        self._seen_here(member)
        doing: set[asyncio.Task[None]] = set()
        try:
            async for frame in ws:
                if frame.type is not WSMsgType.TEXT:
                    continue
                task = asyncio.create_task(self._frame(socket, frame.data))
                doing.add(task)
                task.add_done_callback(doing.discard)
        finally:
            self.hub.remove(socket)
            # a page that is only loaded anew comes back at once
            asyncio.get_running_loop().call_later(AWAY, self._seen_here, member)
        return ws

    async def look_for_guides(self) -> None:
        """After a start: whoever guided before may not come back, and nobody would see them go."""
        await asyncio.sleep(BACK)
        for key, _, phase in await self._store.sessions():
            if phase not in (Phase.LOBBY.value, Phase.RUNNING.value):
                continue
            session, _ = await self._runtime.sessions.load(key)
            guide = session.guide.removeprefix("web:")
            member = await self._store.read(partial(tables.member, id=guide))
            if member is not None:
                await self._presence(member)

    def _seen_here(self, member: Member) -> None:
        """Tell the core whether whoever guides looks at the room; of nobody else it is told."""
        task = asyncio.create_task(self._presence(member))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _presence(self, member: Member) -> None:
        session, _ = await self._current(member.room)
        if not session.live or session.guide != f"web:{member.id}":
            return
        here = any(s.member.id == member.id and not s.board for s in self.hub.of(member.room))
        if here is (session.guide_away is not None):
            try:
                await self._platform.send(member, secrets.token_hex(8), {"do": "presence", "here": here})
            except StoreUnavailable as error:
                log.error("presence not told", error=str(error))

    async def _frame(self, socket: Socket, data: str) -> None:
        try:
            what = json.loads(data)
            if not isinstance(what, dict):
                raise ValueError("not an object")
        except ValueError:
            await socket.send(json.dumps({"refused": "", "why": tr("That was not understood.")}))
            return
        if what.get("do") == "since":
            await self._tell_since(socket, what.get("rev", 0))
            return
        nonce = str(what.get("nonce", ""))
        try:
            await self._take(socket.member, what)
            answer = {"ack": nonce}
        except (Refused, StoreUnavailable) as error:
            answer = {"refused": nonce, "why": str(error)}
        except Exception as error:
            log.error("not taken", error=repr(error)[:200])
            answer = {
                "refused": nonce,
                "why": tr("Something went wrong here. Your text is still there; try again."),
            }
        await socket.send(json.dumps(answer))

    async def _tell_since(self, socket: Socket, rev: Any) -> None:
        """All that changed since the page last heard, then the views as they are now."""
        after = rev if isinstance(rev, int) else 0
        channels = await self._channels(socket.member)
        messages = await self._store.read(lambda c: tables.since(c, channels, after))
        if messages:
            await socket.send(self.hub.frame(messages))
        session, script = await self._current(socket.member.room)
        frame = self.hub.views(script, session, socket.member) if session.id else {"views": {}}
        await socket.send(json.dumps(frame))

    # -- helpers ---------------------------------------------------------------------------------

    async def _threads(self, member: Member) -> list[tuple[str, str]]:
        """The threads that this person is in: channel and title."""
        room = f"web:{member.room}"
        threads = await self._store.read(lambda c: tables.threads(c, room))
        return [(channel, title) for channel, title, people in threads if member.id in people]

    async def _channels(self, member: Member) -> list[str]:
        """Every channel that this person may read."""
        room = f"web:{member.room}"
        session, _ = await self._current(member.room)
        hosts = [f"{room}/hosts"] if guiding_here(session, member) else []
        theirs = [channel for channel, _ in await self._threads(member)]
        return [room, f"{room}/~{member.id}", *hosts, *theirs]

    def _gone(self, member: str) -> None:
        """Somebody was forgotten: no page that is still open may write under their old name."""
        for room in self.hub.rooms():
            for socket in [s for s in self.hub.of(room) if s.member.id == member]:
                self.hub.remove(socket)
                asyncio.get_running_loop().create_task(self._send_off(socket))
        self.hub.names.pop(member, None)

    async def _send_off(self, socket: Socket) -> None:
        await socket.send(json.dumps({"gone": True}))
        await socket.ws.close()

    def _step_changed(self, room: str) -> None:
        """Where a message goes by default follows the step: the thread while a pair talks, else the room."""
        if any("/t" in channel for socket in self.hub.of(room) for channel in socket.threads):
            asyncio.get_running_loop().create_task(self._tell_where(room))

    async def _tell_where(self, room: str) -> None:
        session, _ = await self._current(room)
        for socket in list(self.hub.of(room)):
            threads = await self._threads(socket.member)
            if threads:
                await socket.send(json.dumps({"views": {"where": self.pages.where(threads, session)}}))

    def _threads_changed(self, channel: str) -> None:
        asyncio.get_running_loop().create_task(self._learn_threads(channel.partition(":")[2]))

    async def _learn_threads(self, room: str) -> None:
        """A thread was made: those who are in it see it, with what was said there already."""
        for socket in list(self.hub.of(room)):
            threads = await self._threads(socket.member)
            fresh = [channel for channel, _ in threads if channel not in socket.threads]
            gone = [c for c in socket.threads if "/t" in c and c not in [channel for channel, _ in threads]]
            if not fresh and not gone:
                continue
            socket.threads.update(fresh)
            socket.threads.difference_update(gone)
            session, _ = await self._current(room)
            await socket.send(json.dumps({"views": {"where": self.pages.where(threads, session)}}))
            messages = await self._store.read(partial(tables.since, channels=fresh, rev=0))
            if messages:
                await socket.send(self.hub.frame(messages))
            if gone:
                await socket.send(json.dumps({"closed": [c.partition("/")[2] for c in gone]}))

    async def _learn_names(self, room: str) -> None:
        await self._platform.learn_marks()
        if not any(s for s in self.hub.of(room)):
            for member in await self._store.read(lambda c: tables.members(c, room)):
                self.hub.names[member.id] = member.name

    async def _current(self, room: str) -> tuple[Any, Any]:
        """The session that this room shows: the one that holds it, else the latest."""
        key = self.hub.current(room)
        if not key:
            rows = await self._store.sessions(f"web:{room}")
            key = rows[0][0] if rows else ""
            if key:
                self.hub.set_current(room, key)
        session, script = await self._runtime.sessions.load(key)
        self.pages.learn(room, script)
        return session, script


def _text(raw: Any) -> str:
    text = str(raw)
    if len(text) > LONGEST:
        raise Refused(tr(TOO_LONG, most=f"{LONGEST:,}"))
    return words.clean(text)


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
