"""The board of a session, for whoever has its link, on any machine: it follows, and takes nothing in."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

from bot.core.model.facts import Fact
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.wording import tr
from bot.platforms.web.addresses import Addresses
from bot.platforms.web.invite import picture as qr_code
from bot.platforms.web.links import WebLinks
from bot.platforms.web.open_sockets import Outgoing
from bot.platforms.web.pages import Pages
from bot.platforms.web.signing import Signer

log = structlog.get_logger()

PAUSE = 0.25  # seconds from one picture of a board to the next
MOST = 100  # that look at one board at a time
SHARE = 2  # one address may have one of so many of them: nobody with the link keeps the projector out

Load = Callable[[str], Awaitable[tuple[Session, Script]]]


class Boards:
    """Boards behind links, and who looks at them."""

    def __init__(
        self, pages: Pages, load: Load, signer: Signer, links: WebLinks, addresses: Addresses
    ) -> None:
        self._pages = pages
        self._load = load
        self._signer = signer
        self._links = links
        self._addresses = addresses
        self._viewers: defaultdict[str, dict[Outgoing, str]] = defaultdict(dict)  # with their addresses
        self._stale: set[str] = set()
        self._drawing: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        return [
            web.get("/board/{token}", self._page),
            web.get("/board/{token}/ws", self._follow),
            web.get("/board/{token}/qr.svg", self._qr_code),
        ]

    def changed(self, session: Session, facts: Sequence[Fact]) -> None:
        """Something happened in a session."""
        if self._viewers.get(session.id):
            self._stale.add(session.id)
            if self._drawing is None:
                self._drawing = asyncio.create_task(self._draw())

    async def _meant(self, request: web.Request) -> tuple[Session, Script]:
        kind, _, key = (self._signer.read_token(request.match_info["token"]) or "").partition(":")
        session, script = await self._load(key) if kind == "board" else (None, None)
        if session is None or script is None or not session.id:
            raise web.HTTPNotFound(text=tr("I can't find that big screen."))
        return session, script

    async def _page(self, request: web.Request) -> web.Response:
        session, script = await self._meant(request)
        here = f"/board/{request.match_info['token']}"
        body = self._pages.page(
            "board.html",
            view=self._pages.board(script, session),
            follow=f"{here}/ws",
            qr_code=f"{here}/qr.svg",
            ways_in=self._ways_in(session),
        )
        headers = {"X-Robots-Tag": "noindex"}
        return web.Response(text=body, content_type="text/html", headers=headers)

    def _ways_in(self, session: Session) -> tuple[str, str] | None:
        """The link and the code of its web room; None if it is held elsewhere."""
        rooms = (session.places[place].partition(":") for place in session.rooms)
        room = next((name for platform, _, name in rooms if platform == "web"), None)
        return None if room is None else self._links.invitation(room)

    async def _qr_code(self, request: web.Request) -> web.Response:
        session, _ = await self._meant(request)
        ways_in = self._ways_in(session)
        if ways_in is None:
            raise web.HTTPNotFound(text=tr("I can't find that big screen."))
        return web.Response(body=qr_code(ways_in[0]), content_type="image/svg+xml")

    async def _follow(self, request: web.Request) -> web.WebSocketResponse:
        session, script = await self._meant(request)
        here = self._viewers[session.id]
        address = self._addresses.of(request)
        if len(here) >= MOST or list(here.values()).count(address) >= MOST // SHARE:
            raise web.HTTPServiceUnavailable(text=tr("Too many people have this big screen open right now."))
        ws = web.WebSocketResponse(heartbeat=25, max_msg_size=1024)
        outgoing = Outgoing(ws, request.transport)
        here[outgoing] = address  # before anything is waited for, or many at once would all find room
        sending = asyncio.create_task(outgoing.run())
        try:  # what moved on since the page was made, or while its line was cut
            await ws.prepare(request)
            session, script = await self._load(session.id)
            outgoing.send(self._frame(script, session))
            async for _ in ws:
                pass
        finally:
            del here[outgoing]
            sending.cancel()
        return ws

    def _frame(self, script: Script, session: Session) -> str:
        return json.dumps({"views": {"board": self._pages.board(script, session)}})

    async def _draw(self) -> None:
        try:
            while self._stale:
                stale, self._stale = self._stale, set()
                for key in stale:
                    session, script = await self._load(key)
                    frame = self._frame(script, session)
                    for outgoing in list(self._viewers[key]):
                        outgoing.send(frame)
                await asyncio.sleep(PAUSE)
        finally:
            self._drawing = None
