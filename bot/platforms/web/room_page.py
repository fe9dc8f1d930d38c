"""The page of a room, its board and its invitation; and what is sent from it, by form or over a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.core.access import Act
from bot.core.model.session import Session
from bot.core.participants.community import Listing
from bot.core.text.wording import language, tr
from bot.platforms.web.downloads import room_name
from bot.platforms.web.guards import too_many
from bot.platforms.web.hub import Hub, guiding_here
from bot.platforms.web.identity import Identity
from bot.platforms.web.input import Input, Refused
from bot.platforms.web.invite import picture as qr_code
from bot.platforms.web.links import WebLinks
from bot.platforms.web.pages import CHANGE, TRIAL, Pages, tally
from bot.platforms.web.rate_limits import RateLimits
from bot.platforms.web.refusals import refused
from bot.platforms.web.room_access import RoomAccess
from bot.platforms.web.signing import Signer
from bot.store.store import Store
from bot.store.web_members import Member
from bot.store.web_rows import Message

PIECE = 40  # messages that are drawn in one go
NOTE = "storycircle-note"  # a cookie: one sentence for the next page


class RoomPage:
    """Shows a room to its members, and takes what they send without JavaScript."""

    def __init__(
        self,
        store: Store,
        pages: Pages,
        hub: Hub,
        identity: Identity,
        access: RoomAccess,
        input: Input,
        signer: Signer,
        links: WebLinks,
        listings: Mapping[str, Listing],
    ) -> None:
        self._store = store
        self._pages = pages
        self._hub = hub
        self._identity = identity
        self._access = access
        self._input = input
        self._signer = signer
        self._links = links
        self._listings = listings
        self._whole_pages = RateLimits(burst=30, per_second=0.5)  # by person: what costs most to draw

    async def show(self, request: web.Request) -> web.Response:
        """The room; for somebody who has not entered it, the page that asks their name."""
        room = room_name(request)
        member = await self._identity.member(request)
        session, script = await self._access.current(room)
        if member is None:
            fault = self._identity.kept_out(request, session) or refused(session, None, Act.ENTER)
            return self._page("door.html", room=room, fault=tr(fault), name="", shut=bool(fault))
        if why := refused(session, member, Act.READ):
            return await self._kept_out(request, session, member, why)
        if not self._whole_pages.take(member.id):
            return too_many()
        await self._identity.used(request)
        await self._access.learn_names(room)
        await self._hub.learn(room, session)
        messages = await self._access.messages(member, 0)
        parted = any(not held.live for held, _ in self._pages.held.get(room, ()))
        live = bool(session.id)
        guiding = live and guiding_here(session, member)
        return self._page(
            "room.html",
            room=room,
            member=member,
            messages=await self._drawn(messages, language()),
            rev=self._pages.ids.of(CHANGE, max((m.rev for m in messages), default=0)),
            now=self._pages.now(script, session, member) if live else "",
            tally=tally(self._pages, script, session) if live else "",
            mine=self._pages.mine(script, session, member) if live else "",
            where=self._pages.where(await self._access.threads(member), session),
            panel=self._pages.panel(script, session, member) if guiding else "",
            guiding=guiding,
            ways_in=self._links.invitation(room),
            trial=room.startswith(TRIAL),
            listings=self._listings.values(),
            session=session,
            held_before=parted,
            note=self._signer.read(request.cookies.get(NOTE, "")) or "",
        )

    async def _kept_out(
        self, request: web.Request, session: Session, member: Member, why: str
    ) -> web.Response:
        """The page for somebody to whom the room is not open: why, and what stays theirs."""
        private = await self._access.messages(member, 0)  # only what was told to them alone
        answer = self._page(
            "kept_out.html",
            room=member.room,
            why=tr(why),
            known=f"web:{member.id}" in session.people,
            messages=await self._drawn(private[-3:], language()),
            note=self._signer.read(request.cookies.get(NOTE, "")) or "",
        )
        if f"web:{member.id}" in session.people:
            self._identity.keep_out(answer, session, member)
        return answer

    async def board(self, request: web.Request) -> web.Response:
        """The board, for a second window; hosts are led to the address that shows it on any machine."""
        room = room_name(request)
        member = await self._identity.member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        session, script = await self._access.current(room)
        if session.id and guiding_here(session, member) and not room.startswith(TRIAL):
            raise web.HTTPFound(self._links.board(session.id))
        not_yet = tr("We haven't started yet.")
        view = self._pages.board(script, session) if session.id else f"<h1>{not_yet}</h1>"
        return self._page(
            "board.html",
            view=view,
            follow=f"/r/{room}/ws?board=1",
            qr_code=f"/r/{room}/qr.svg",
            ways_in=self._links.invitation(room),
        )

    async def qr_code(self, request: web.Request) -> web.Response:
        """The room's link as a picture to point a phone at."""
        room = room_name(request)
        if await self._identity.member(request) is None:
            raise web.HTTPFound(f"/r/{room}")
        return web.Response(body=qr_code(self._links.invitation(room)[0]), content_type="image/svg+xml")

    async def take_form(self, request: web.Request) -> web.Response:
        """The way without JavaScript: a form, then the page again."""
        room = room_name(request)
        member = await self._identity.member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        form = await request.post()
        body: dict[str, Any] = {k: str(v) for k, v in form.items() if not k.startswith(("field.", "arg."))}
        body["fields"] = {
            key[6:]: ",".join(str(value) for value in form.getall(key))  # several taps of one field
            for key in form
            if key.startswith("field.")
        }
        body["args"] = {k[4:]: str(v) for k, v in form.items() if k.startswith("arg.")}
        picks = [
            str(value)
            for key in form
            for value in form.getall(key)
            if key == "pick" or key.startswith("scale.")
        ]
        if picks:
            body["picks"] = list(dict.fromkeys(picks))
        note = ""
        try:
            await self._input.take(member, body)
        except Refused as refused:
            note = str(refused)
        response = web.Response(status=303, headers={"Location": f"/r/{room}"})
        if note:
            signed = self._signer.sign(note.replace("\n", " ")[:300])
            response.set_cookie(NOTE, signed, max_age=15, httponly=True, samesite="Strict", path=f"/r/{room}")
        return response

    async def _drawn(self, messages: Sequence[Message], language: str) -> list[Markup]:
        """The messages of a page; what others write goes between."""
        drawn = []
        for n, message in enumerate(messages):
            if not message.deleted:
                drawn.append(self._pages.message(message, self._hub.names, language))
            if n % PIECE == PIECE - 1:
                await asyncio.sleep(0)
        return drawn

    def _page(self, template: str, status: int = 200, **context: Any) -> web.Response:
        text = self._pages.page(template, **context)
        return web.Response(text=text, content_type="text/html", status=status)
