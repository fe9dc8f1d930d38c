"""Open pages: what they send over their line, and what they are told of without asking."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog
from aiohttp import WSMsgType, web

from bot.core.model.facts import Phase
from bot.core.text.wording import tr
from bot.errors import StoreUnavailable
from bot.platforms.web.hub import Hub, Load, Socket, guiding_here
from bot.platforms.web.input import Input, Refused
from bot.platforms.web.pages import Pages
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.room_access import RoomAccess
from bot.store import web_rows
from bot.store.store import Store
from bot.store.web_rows import Member

log = structlog.get_logger()

BACK = 20.0  # seconds after a start, in which browsers find their way back
AWAY = 5.0  # seconds without a page until somebody counts as away


class Sockets:
    """Every line of a room, and who is seen to be there."""

    def __init__(
        self,
        store: Store,
        platform: WebPlatform,
        hub: Hub,
        pages: Pages,
        access: RoomAccess,
        input: Input,
        load: Load,
    ) -> None:
        self._store = store
        self._platform = platform
        self._hub = hub
        self._pages = pages
        self._access = access
        self._input = input
        self._load = load
        self._telling: set[asyncio.Task[None]] = set()
        platform.subscribe(hub.messages, self._threads_changed, self._gone)
        hub.subscribe(self._step_changed)

    async def socket(self, request: web.Request, member: Member) -> web.WebSocketResponse:
        """One browser's line, until it is cut."""
        ws = web.WebSocketResponse(heartbeat=25, max_msg_size=1024 * 1024)
        await ws.prepare(request)
        socket = Socket(ws, member, board="board" in request.query)
        socket.threads = set(await self._access.channels(member))
        session, _ = await self._access.current(member.room)
        socket.guides = guiding_here(session, member)
        await self._access.learn_names(member.room)
        self._hub.sockets.add(socket)
        if socket.board:  # what moved on since its page was made, or while its line was cut
            session, script = await self._access.current(member.room)
            if session.id:
                await socket.send(json.dumps({"views": {"board": self._pages.board(script, session)}}))
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
            self._hub.sockets.remove(socket)
            # a page that is only loaded anew comes back at once
            asyncio.get_running_loop().call_later(AWAY, self._seen_here, member)
        return ws

    async def look_for_guides(self) -> None:
        """After a start: whoever guided before may not come back, and nobody would see them go."""
        await asyncio.sleep(BACK)
        for key, _, phase in await self._store.sessions.listed():
            if phase not in (Phase.LOBBY.value, Phase.RUNNING.value):
                continue
            session, _ = await self._load(key)
            guide = session.guide.removeprefix("web:")
            member = await self._store.read(partial(web_rows.member, id=guide))
            if member is not None:
                await self._presence(member)

    def _seen_here(self, member: Member) -> None:
        """Tell the core whether whoever guides looks at the room; of nobody else it is told."""
        self._soon(self._presence(member))

    async def _presence(self, member: Member) -> None:
        session, _ = await self._access.current(member.room)
        if not session.live or session.guide != f"web:{member.id}":
            return
        here = any(s.member.id == member.id and not s.board for s in self._hub.sockets.of(member.room))
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
            await self._input.take(socket.member, what)
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
        channels = await self._access.channels(socket.member)
        messages = await self._store.read(lambda db: web_rows.since(db, channels, after))
        if messages:
            await socket.send(self._hub.frame(messages))
        session, script = await self._access.current(socket.member.room)
        frame = self._hub.views(script, session, socket.member) if session.id else {"views": {}}
        await socket.send(json.dumps(frame))

    def _gone(self, member: str) -> None:
        """Somebody was forgotten: no page that is still open may write under their old name."""
        for socket in self._hub.sockets.of_member(member):
            self._hub.sockets.remove(socket)
            self._soon(self._send_off(socket))
        self._hub.names.pop(member, None)

    async def _send_off(self, socket: Socket) -> None:
        await socket.send(json.dumps({"gone": True}))
        await socket.ws.close()

    def _step_changed(self, room: str) -> None:
        """Move the default of where messages go with the step: to the thread while a pair talks, else to the room."""
        if any("/t" in channel for socket in self._hub.sockets.of(room) for channel in socket.threads):
            self._soon(self._tell_where(room))

    async def _tell_where(self, room: str) -> None:
        session, _ = await self._access.current(room)
        for socket in list(self._hub.sockets.of(room)):
            threads = await self._access.threads(socket.member)
            if threads:
                await socket.send(json.dumps({"views": {"where": self._pages.where(threads, session)}}))

    def _threads_changed(self, channel: str) -> None:
        self._soon(self._learn_threads(channel.partition(":")[2]))

    async def _learn_threads(self, room: str) -> None:
        """A thread was made: those who are in it see it, with what was said there already."""
        for socket in list(self._hub.sockets.of(room)):
            threads = await self._access.threads(socket.member)
            fresh = [channel for channel, _ in threads if channel not in socket.threads]
            gone = [c for c in socket.threads if "/t" in c and c not in [channel for channel, _ in threads]]
            if not fresh and not gone:
                continue
            socket.threads.update(fresh)
            socket.threads.difference_update(gone)
            session, _ = await self._access.current(room)
            await socket.send(json.dumps({"views": {"where": self._pages.where(threads, session)}}))
            messages = await self._store.read(partial(web_rows.since, channels=fresh, rev=0))
            if messages:
                await socket.send(self._hub.frame(messages))
            if gone:
                await socket.send(json.dumps({"closed": [c.partition("/")[2] for c in gone]}))

    def _soon(self, telling: Coroutine[Any, Any, None]) -> None:
        """Tell it beside everything else; a task that nobody holds could vanish."""
        task = asyncio.create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
