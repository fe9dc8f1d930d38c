"""Calendars on the web: a feed for a community and for a person, a file for a plan, and a page to read.

Each address holds a signature, so none can be guessed or counted through; whoever has it can read it.
"""

from __future__ import annotations

import hashlib

from aiohttp import web
from jinja2 import Environment

from bot.clock import Clock
from bot.core.text.wording import tr
from bot.engine.calendars import COMMUNITY, PERSON, PLAN, Calendars
from bot.platforms.web.links import WebLinks
from bot.platforms.web.signing import Signer
from bot.scheduling.plan import Plan


class CalendarPages:
    """Serves calendars to whoever has their address."""

    def __init__(
        self, calendars: Calendars, links: WebLinks, signer: Signer, clock: Clock, pages: Environment
    ) -> None:
        self._calendars = calendars
        self._links = links
        self._signer = signer
        self._clock = clock
        self._template = pages.get_template("calendar.html")

    def routes(self) -> list[web.RouteDef]:
        """Their addresses."""
        return [web.get("/calendar/{token}.ics", self._file), web.get("/calendar/{token}", self._page)]

    def _read_token(self, request: web.Request) -> tuple[str, str]:
        kind, _, key = (self._signer.read_token(request.match_info["token"]) or "").partition(":")
        if kind not in (COMMUNITY, PERSON, PLAN) or not key:
            raise web.HTTPNotFound(
                text="There is no such calendar. /my calendar in the chat tells you yours."
            )
        return kind, key

    async def _file(self, request: web.Request) -> web.Response:
        occurrences = await self._calendars.occurrences(*self._read_token(request))
        state = "".join(f"{e.uid}{e.at}{e.plan.sequence}{e.cancelled}{e.plan.title}" for e in occurrences)
        tag = f'"{hashlib.blake2b(state.encode(), digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "Access-Control-Allow-Origin": "*"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        headers["Content-Disposition"] = 'attachment; filename="storycircle.ics"'
        link = self._links.room(occurrences[0].plan.rooms[0]) if occurrences else self._links.page("")
        body = self._calendars.file(occurrences, link.rstrip("/"))
        return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

    async def _page(self, request: web.Request) -> web.Response:
        now = self._clock.now()
        occurrences = await self._calendars.occurrences(*self._read_token(request))
        rows = [
            {
                "title": occurrence.plan.title,
                "at": occurrence.at,
                "zone": occurrence.plan.zone,
                "minutes": occurrence.plan.minutes,
                "cancelled": occurrence.cancelled,
                "about": " ".join(occurrence.plan.about.split()),
                "file": f"/calendar/{self._signer.token(_plan_key(occurrence.plan))}.ics",
                "link": self._links.room(occurrence.plan.rooms[0]),
            }
            for occurrence in occurrences
            if occurrence.at > now
        ]
        text = self._template.render(
            rows=rows, feed=f"{request.path}.ics", empty=tr("OK, nothing was scheduled.")
        )
        return web.Response(text=text, content_type="text/html")


def _plan_key(plan: Plan) -> str:
    return f"{PLAN}:{plan.community} {plan.id}"
