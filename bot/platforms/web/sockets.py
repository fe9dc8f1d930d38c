"""Open pages: what they send over their line, and what they are told of without asking."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog
from aiohttp import WSMsgType, web

from bot.core.access import Act
from bot.core.model.facts import Phase
from bot.core.text import messages as sentences
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.errors import StoreUnavailable
from bot.platforms.web.hub import Hub, Load, guiding_here
from bot.platforms.web.identity import Identity
from bot.platforms.web.input import Input, Refused
from bot.platforms.web.open_sockets import Outgoing, Socket
from bot.platforms.web.pages import CHANGE, Pages
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.rate_limits import RateLimits
from bot.platforms.web.refusals import refused
from bot.platforms.web.room_access import RoomAccess
from bot.store import web_members, web_rows
from bot.store.store import Store
from bot.store.web_members import Member

log = structlog.get_logger()

TOO_MANY_PAGES = N_("You have this room open in too many places. Close one, then reload this page.")
LARGEST = 1024 * 1024  # bytes of one frame from a page: a long paste is refused with a sentence, and stays

BACK = 20.0  # seconds after a start, in which browsers find their way back
AWAY = 5.0  # seconds without a page until somebody counts as away
MOST_PAGES = 12  # that one person may have open at a time
PIECE = 40  # messages in a frame of a page that catches up


class Sockets:
    """Every line of a room, and who is seen to be there."""

    def __init__(
        self,
        store: Store,
        platform: WebPlatform,
        hub: Hub,
        pages: Pages,
        access: RoomAccess,
        identity: Identity,
        input: Input,
        load: Load,
    ) -> None:
        self._store = store
        self._platform = platform
        self._hub = hub
        self._pages = pages
        self._access = access
        self._identity = identity
        self._input = input
        self._load = load
        self._open: Counter[str] = Counter()  # lines by person
        self._telling: set[asyncio.Task[None]] = set()
        self._kilobytes = RateLimits(burst=4096, per_second=64)  # by person
        self._misread = RateLimits(burst=12, per_second=0.5)  # by person: what no page of ours sends
        self._catch_ups = RateLimits(burst=6, per_second=0.5)  # by person
        self._catching_up = asyncio.Lock()  # one page at a time: drawing a whole room takes a while
        platform.subscribe(hub.messages, self._threads_changed, self._gone)
        hub.subscribe(self._step_changed)

    @property
    def count(self) -> int:
        """How many lines are open."""
        return self._open.total()

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """One browser's line, until it is cut."""
        member = await self._identity.member(request)
        if member is None:
            raise web.HTTPForbidden(text=tr(sentences.NAME_FIRST))
        if why := await self._access.refusal(member.room, member, Act.READ):
            raise web.HTTPForbidden(text=tr(why))
        if self._open[member.id] >= MOST_PAGES:
            raise web.HTTPTooManyRequests(text=tr(TOO_MANY_PAGES))
        self._open[member.id] += 1  # before anything is waited for, or many at once would all find room
        try:
            return await self._follow(request, member)
        finally:
            self._open[member.id] -= 1
            if not self._open[member.id]:
                del self._open[member.id]

    async def _follow(self, request: web.Request, member: Member) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(heartbeat=25, max_msg_size=LARGEST)
        await ws.prepare(request)
        outgoing = Outgoing(ws, request.transport)
        socket = Socket(outgoing, member, self._identity.browser(request), board="board" in request.query)
        sending = asyncio.create_task(outgoing.run())
        socket.threads = set(await self._access.channels(member))
        session, _ = await self._access.current(member.room)
        socket.guides = guiding_here(session, member)
        socket.sight = await self._access.sight(member)
        await self._access.learn_names(member.room)
        session, script = await self._access.current(member.room)
        socket.out = bool(refused(session, member, Act.READ))  # the door may have been shut meanwhile
        self._hub.sockets.add(socket)
        if await self._identity.member(request) is None:  # signed out meanwhile
            socket.finish()
        if socket.board and session.id and not socket.out:  # what moved on since its page was made
            socket.send(json.dumps({"views": {"board": self._pages.board(script, session)}}))
        self._seen_here(member)
        try:
            async for frame in ws:  # one after the other: a page that sends fast waits, and the others do not
                if socket.over:
                    break
                if frame.type is WSMsgType.TEXT:
                    await self._frame(socket, frame.data)
        finally:
            self._hub.sockets.remove(socket)
            sending.cancel()
            # a page that is only loaded anew comes back at once
            asyncio.get_running_loop().call_later(AWAY, self._seen_here, member)
        return ws

    async def look_for_guides(self) -> None:
        """After a start: whoever guided before may not come back, and nobody would see them go."""
        await asyncio.sleep(BACK)
        for key in await self._store.sessions.in_phases((Phase.LOBBY.value, Phase.RUNNING.value)):
            session, _ = await self._load(key)
            guide = session.guide.removeprefix("web:")
            member = await self._store.read(partial(web_members.member, id=guide))
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
        await self._kilobytes.turn(socket.member.id, len(data) / 1024)
        try:
            what = _parsed(data)
            if not isinstance(what, dict):
                raise ValueError("not an object")
        except (ValueError, RecursionError):
            await self._misread.turn(socket.member.id)
            socket.send(json.dumps({"refused": "", "why": tr("I didn't understand that.")}))
            return
        if what.get("do") == "since":
            await self._catch_ups.turn(socket.member.id)
            async with self._catching_up:
                await self._tell_since(socket, what.get("rev", 0))
            return
        nonce = str(what.get("nonce", ""))
        try:
            await self._input.take(socket.member, what, patient=True)
            answer = {"ack": nonce}
        except (Refused, StoreUnavailable) as error:
            answer = {"refused": nonce, "why": str(error)}
        except Exception as error:
            log.error("not taken", error=repr(error)[:200])
            answer = {
                "refused": nonce,
                "why": tr("Something went wrong. Your text is still here. Please try again."),
            }
        socket.send(json.dumps(answer))

    async def _tell_since(self, socket: Socket, rev: Any) -> None:
        """All that changed since the page last heard, then the views as they are now."""
        if why := await self._access.refusal(socket.member.room, socket.member, Act.READ):
            socket.send(json.dumps({"out": True, "why": tr(why)}))
            return
        after = 0
        if isinstance(rev, str):
            after = self._pages.ids.number(CHANGE, rev) or 0
        elif (
            rev
        ):  # a page of an earlier version, which counted; its script would put messages in a wrong order
            socket.send(json.dumps({"out": True}))
            return
        messages = await self._access.messages(socket.member, after)
        for n in range(0, len(messages), PIECE):
            socket.send(self._hub.frame(messages[n : n + PIECE], socket.sight))
            await asyncio.sleep(0)  # what others write goes between
        session, script = await self._access.current(socket.member.room)
        await self._hub.learn(socket.member.room, session)
        frame = self._hub.views(script, session, socket.member) if session.id else {"views": {}}
        frame["upto"] = self._pages.ids.of(CHANGE, max((m.rev for m in messages), default=after))
        socket.send(json.dumps(frame))

    def _gone(self, member: str) -> None:
        """Somebody was forgotten: no page that is still open may write under their old name."""
        self._hub.sockets.end(member)
        self._hub.names.pop(member, None)
        self._pages.drawn.clear()  # nor do their words stay in memory

    def _step_changed(self, room: str) -> None:
        """Move the default of where messages go with the step: to the thread while a pair talks, else to the room."""
        if any("/t" in channel for socket in self._hub.sockets.of(room) for channel in socket.threads):
            self._soon(self._tell_where(room))

    async def _tell_where(self, room: str) -> None:
        session, _ = await self._access.current(room)
        for socket in list(self._hub.sockets.of(room)):
            threads = await self._access.threads(socket.member)
            if threads and not socket.out:
                socket.send(json.dumps({"views": {"where": self._pages.where(threads, session)}}))

    def _threads_changed(self, channel: str) -> None:
        self._soon(self._learn_threads(channel.partition(":")[2]))

    async def _learn_threads(self, room: str) -> None:
        """A thread was made: those who are in it see it, with what was said there already."""
        for socket in [socket for socket in self._hub.sockets.of(room) if not socket.out]:
            threads = await self._access.threads(socket.member)
            fresh = [channel for channel, _ in threads if channel not in socket.threads]
            gone = [c for c in socket.threads if "/t" in c and c not in [channel for channel, _ in threads]]
            if not fresh and not gone:
                continue
            socket.threads.update(fresh)
            socket.threads.difference_update(gone)
            session, _ = await self._access.current(room)
            socket.send(json.dumps({"views": {"where": self._pages.where(threads, session)}}))
            messages = await self._store.read(partial(web_rows.since, channels=fresh, rev=0))
            if messages:
                socket.send(self._hub.frame(messages, socket.sight))
            if gone:
                socket.send(json.dumps({"closed": [c.partition("/")[2] for c in gone]}))

    def _soon(self, telling: Coroutine[Any, Any, None]) -> None:
        """Tell it beside everything else; a task that nobody holds could vanish."""
        task = asyncio.create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


def _parsed(data: str) -> Any:
    """What a frame holds. Half of a character, which a page can send and nothing can store, becomes a question mark.

    Raises:
        ValueError: it is no JSON.
        RecursionError: nobody can read it.
    """
    what = json.loads(data)
    if "\\ud" in data.lower():
        what = json.loads(json.dumps(what, ensure_ascii=False).encode(errors="replace"))
    return what
