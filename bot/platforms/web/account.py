"""The page on which people see and end what lets somebody in as them: their personal link, and their browsers."""

from __future__ import annotations

from datetime import datetime, timezone

from aiohttp import web

from bot.core.access import Act
from bot.core.text.wording import tr
from bot.platforms.web.downloads import room_name
from bot.platforms.web.hub import Hub
from bot.platforms.web.identity import Identity
from bot.platforms.web.links import WebLinks
from bot.platforms.web.pages import Pages
from bot.platforms.web.room_access import RoomAccess
from bot.store import web_browsers
from bot.store.engine import Rows
from bot.store.store import Store
from bot.store.web_members import Member


class AccountPage:
    """Shows the page, and does what is asked on it."""

    def __init__(
        self,
        store: Store,
        pages: Pages,
        hub: Hub,
        access: RoomAccess,
        identity: Identity,
        links: WebLinks,
    ) -> None:
        self._store = store
        self._pages = pages
        self._hub = hub
        self._access = access
        self._identity = identity
        self._links = links

    async def show(self, request: web.Request) -> web.Response:
        """Where somebody is signed in, their personal link, and the ways to their data."""
        member = await self._member(request)
        browsers = await self._store.read(lambda db: web_browsers.browsers(db, member.id))
        text = self._pages.page(
            "account.html",
            room=member.room,
            member=member,
            back=self._links.back(member),
            browsers=browsers,
            here=self._identity.browser(request),
            date=lambda at: datetime.fromtimestamp(at, timezone.utc),
        )
        return web.Response(text=text, content_type="text/html")

    async def change(self, request: web.Request) -> web.Response:
        """Sign out somewhere, or end or renew the personal link."""
        member = await self._member(request)
        form = await request.post()
        what, browser = str(form.get("do", "")), str(form.get("browser", ""))
        here = self._identity.browser(request)

        def job(db: Rows) -> list[str]:
            match what:
                case "sign-out":
                    web_browsers.sign_out(db, member.id, browser)
                case "sign-out-elsewhere":
                    web_browsers.sign_out_elsewhere(db, member.id, here)
                case "new-link":
                    web_browsers.renew_link(db, member.id)
                case "end-link":
                    web_browsers.end_link(db, member.id)
            return [left.id for left in web_browsers.browsers(db, member.id)]

        left = await self._store.write(job)
        self._hub.sockets.end(member.id, left)
        if here not in left:
            response = web.Response(status=303, headers={"Location": f"/r/{member.room}"})
            self._identity.forget(response, member.room)
            return response
        return web.Response(status=303, headers={"Location": f"/r/{member.room}/account"})

    async def _member(self, request: web.Request) -> Member:
        """Who asks.

        Raises:
            web.HTTPException: nobody is signed in here, or they may not see this.
        """
        room = room_name(request)
        member = await self._identity.member(request)
        if member is None:
            raise web.HTTPFound(f"/r/{room}")
        if why := await self._access.refusal(room, member, Act.DATA):
            raise web.HTTPForbidden(text=tr(why))
        return member
