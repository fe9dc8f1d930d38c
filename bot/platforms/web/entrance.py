"""The ways into a room: the first page and its code, a name, the personal link, and the host link."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.core.access import Act
from bot.core.text import messages, quoting
from bot.core.text.messages import NAME_OF_A_ROLE
from bot.core.text.names import passes_for_a_role
from bot.core.text.wording import tr
from bot.platforms.web.addresses import Addresses
from bot.platforms.web.downloads import room_name
from bot.platforms.web.hub import Hub
from bot.platforms.web.identity import Identity
from bot.platforms.web.invite import room_of
from bot.platforms.web.links import WebLinks
from bot.platforms.web.names import plain_name, readable
from bot.platforms.web.pages import Pages
from bot.platforms.web.rate_limits import RateLimits
from bot.platforms.web.refusals import refused
from bot.platforms.web.room_access import RoomAccess
from bot.platforms.web.signing import Signer
from bot.store import web_members
from bot.store.store import Store
from bot.store.web_members import Member

LONGEST_NAME = 40  # characters


class Entrance:
    """Lets people in. `home` is the room that the first page leads to."""

    def __init__(
        self,
        store: Store,
        pages: Pages,
        hub: Hub,
        access: RoomAccess,
        identity: Identity,
        signer: Signer,
        links: WebLinks,
        addresses: Addresses,
        entries: RateLimits,
        host_secret: Callable[[], str],
        home: str,
    ) -> None:
        self._store = store
        self._pages = pages
        self._hub = hub
        self._access = access
        self._identity = identity
        self._signer = signer
        self._links = links
        self._addresses = addresses
        self._entries = entries
        self._codes = RateLimits(
            burst=400, per_second=3
        )  # by address: few enough that none is found by trying
        self._returns = RateLimits(
            burst=10, per_second=0.1
        )  # by person: a personal link holds whatever others do
        self._host_tries = RateLimits(burst=10, per_second=0.2)  # by person
        self._host_secret = host_secret
        self._home = home

    async def home(self, request: web.Request) -> web.Response:
        """The first page."""
        return self._page("home.html", room=self._home, fault="", code="")

    async def by_code(self, request: web.Request) -> web.Response:
        """The way in for somebody who was told five letters."""
        code = request.match_info.get("code") or request.query.get("code", "")
        fault = tr("No room has that code. Check the 5 letters with your host.")
        if not self._codes.take(self._addresses.of(request)):
            fault = tr("Too many codes came from your network just now. Try again in 1 minute.")
        else:
            rooms = {self._home, *await self._store.read(web_members.rooms)}
            room = room_of(code, sorted(rooms), self._signer)
            if room is not None:
                raise web.HTTPFound(f"/r/{room}")
        return self._page("home.html", status=404, room=self._home, fault=fault, code=code[:20])

    async def enter(self, request: web.Request) -> web.Response:
        """Give a name, and be a member from here on."""
        room = room_name(request)
        if why := await self._kept_out(request):
            return self._page("door.html", status=403, room=room, fault=tr(why), name="", shut=True)
        form = await request.post()
        name = " ".join(quoting.clean(str(form.get("name", ""))).split())
        fault = ""
        if not self._entries.take(self._addresses.of(request)):
            fault = tr("Too many people joined from your network just now. Try again in 1 minute.")
        else:
            fault = _fault_of(name)
        member = None
        if not fault:
            wanted = Member(id=secrets.token_hex(6), room=room, name=name, host=False)
            at = time.time()
            member = await self._store.write(lambda db: web_members.enter(db, wanted, plain_name(name), at))
            if member is None:
                fault = tr(
                    "Someone here already uses {name}, or something close. Add a letter so people can tell "
                    "you apart.",
                    name=name,
                )
        if member is None:
            return self._page("door.html", status=400, room=room, fault=fault, name=name)
        self._hub.names[member.id] = member.name
        return await self._entered(request, member)

    async def back_page(self, request: web.Request) -> web.Response:
        """The page behind a personal link; its script sends the token."""
        return self._page("back.html", room=room_name(request), fault="")

    async def back(self, request: web.Request) -> web.Response:
        """Come back by the personal link; its token comes in the body, never in an address.

        Unless they are signed in here under that name, they are asked first: a link that somebody else sends could be
        theirs, and who writes under it tells them what they write.
        """
        room = room_name(request)
        form = await request.post()
        token = str(form.get("token", ""))
        if why := await self._kept_out(request, back=True):
            return self._page("door.html", status=403, room=room, fault=tr(why), name="", shut=True)
        member = await self._identity.returning(token, room)
        if member is not None and not self._returns.take(member.id):
            raise web.HTTPTooManyRequests(text=tr("Too many tries. Wait 1 minute."))
        if member is None:
            fault = tr("That isn't a personal link of this room, or its owner has ended it.")
            return self._page("back.html", status=403, room=room, fault=fault)
        here = await self._identity.member(request)
        if (here is None or here.id != member.id) and "sure" not in form:
            back = self._links.back(here) if here is not None else ""
            return self._page("back_sure.html", room=room, here=here, other=member, token=token, back=back)
        return await self._entered(request, member)

    async def host(self, request: web.Request) -> web.Response:
        """Show the host secret, once; it comes in the body, never in an address."""
        room = room_name(request)
        member = await self._identity.member(request)
        form = await request.post()
        if not self._host_tries.take(member.id if member else self._addresses.of(request)):
            raise web.HTTPTooManyRequests(text=tr("Too many tries. Wait 1 minute."))
        secret = str(form.get("secret", ""))
        if not hmac.compare_digest(secret.encode(errors="replace"), self._host_secret().encode()):
            raise web.HTTPForbidden(
                text=tr("That isn't the host key. Ask the person who runs this bot for the host link.")
            )
        if member is None:
            raise web.HTTPForbidden(text=tr("Enter your name first. Then open the host link again."))
        await self._store.write(lambda db: web_members.name_host(db, member.id))
        return web.Response(status=303, headers={"Location": f"/r/{room}"})

    async def _kept_out(self, request: web.Request, *, back: bool = False) -> str:
        """The sentence for somebody who may not come in now; a lock stops nobody who comes back."""
        room = room_name(request)
        session, _ = await self._access.current(room)
        member = await self._identity.member(request)
        if member is not None and refused(session, member, Act.READ) == messages.REMOVED:
            return messages.REMOVED
        lock = "" if back else refused(session, member, Act.ENTER)
        return self._identity.kept_out(request, session) or lock

    async def _entered(self, request: web.Request, member: Member) -> web.Response:
        response = web.Response(status=303, headers={"Location": f"/r/{member.room}"})
        await self._identity.remember(request, response, member)
        return response

    def _page(self, template: str, status: int = 200, **context: Any) -> web.Response:
        text = self._pages.page(template, **context)
        return web.Response(text=text, content_type="text/html", status=status)


def _fault_of(name: str) -> str:
    """The reason why nobody can have this name here; empty if somebody can."""
    if len(name) > LONGEST_NAME:
        return tr("That name has {n} characters. The limit is 40. Please shorten it.", n=len(name))
    if not readable(name) or not plain_name(name):
        return tr("Enter a name. Use letters or numbers.")
    if passes_for_a_role(name, plain_name):
        return tr(NAME_OF_A_ROLE, name=name)
    return ""
