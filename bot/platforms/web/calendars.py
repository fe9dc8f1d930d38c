"""Calendars of the web part: a feed for a community and for a person, a file for a session, and a page to read.

Each address holds a signature, so none can be guessed or counted through; whoever has it can read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from aiohttp import web
from jinja2 import Environment

from bot.clock import Clock
from bot.core.text.messages import tr
from bot.platforms.web.signing import Signer
from bot.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from bot.scheduling.calendar_feed import Occurrence

COMMUNITY, PERSON, PLAN = "c", "p", "s"  # what an address is of


class Calendars:
    """Addresses of calendars, and what stands behind them."""

    def __init__(
        self,
        store: SqliteStore,
        signer: Signer,
        clock: Clock,
        pages: Environment,
        address: str,
        room_link: Callable[[str], str],
    ) -> None:
        self._store = store
        self._signer = signer
        self._clock = clock
        self._page = pages.get_template("calendar.html")
        self._address = address
        self._room_link = room_link

    def routes(self) -> list[web.RouteDef]:
        """Where they are found."""
        return [web.get("/calendar/{token}.ics", self._file), web.get("/calendar/{token}", self._read)]

    def addresses(self, community: str, person: str) -> Mapping[str, str]:
        """What somebody is told who asks for their calendar."""
        all_of = self._at(COMMUNITY, community)
        return {"mine": f"{self._at(PERSON, person)}.ics", "all": f"{all_of}.ics", "page": all_of}

    def _at(self, kind: str, key: str) -> str:
        return f"{self._address}/calendar/{self.token(kind, key)}"

    def token(self, kind: str, key: str) -> str:
        """The part of an address that nobody can make up."""
        return self._signer.token(f"{kind}:{key}")

    def _read_token(self, token: str) -> tuple[str, str]:
        kind, _, key = (self._signer.read_token(token) or "").partition(":")
        if kind not in (COMMUNITY, PERSON, PLAN) or not key:
            raise web.HTTPNotFound(text="There is no such calendar. /calendar in the chat tells you yours.")
        return kind, key

    async def _found(self, kind: str, key: str) -> list[Occurrence]:
        from bot.scheduling import (
            calendar_feed,  # icalendar is only loaded where a calendar is asked for
        )

        now = self._clock.now()
        if kind == PERSON:
            said = await self._store.comes_to(key)
            plans = [await self._store.plan(plan) for plan in {each.plan for each in said}]
            return sorted(calendar_feed.mine(filter(None, plans), said, now), key=lambda each: each.at)
        one = await self._store.plan(key) if kind == PLAN else None
        plans_of = [one] if one else await self._store.all_plans(key) if kind == COMMUNITY else []
        return sorted(
            (each for plan in plans_of for each in calendar_feed.occurrences(plan, now)), key=lambda e: e.at
        )

    def _link(self, found: Sequence[Occurrence]) -> str:
        return self._room_link(found[0].plan.rooms[0]) if found else self._address

    async def files(self, community: str, person: str) -> Mapping[str, bytes]:
        """The same calendars as files, by their names, for those who cannot open our pages."""
        from bot.scheduling import calendar_feed

        made = {}
        for name, kind, key in (("mine.ics", PERSON, person), ("all.ics", COMMUNITY, community)):
            found = await self._found(kind, key)
            made[name] = calendar_feed.calendar(found, "Storycircle", self._clock.now())
        return made

    async def _file(self, request: web.Request) -> web.Response:
        from bot.scheduling import calendar_feed

        kind, key = self._read_token(request.match_info["token"])
        found = await self._found(kind, key)
        link = self._link(found)
        state = "".join(f"{e.uid}{e.at}{e.plan.sequence}{e.cancelled}{e.plan.title}" for e in found)
        tag = f'"{hashlib.blake2b(state.encode(), digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "Access-Control-Allow-Origin": "*"}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        headers["Content-Disposition"] = 'attachment; filename="storycircle.ics"'
        body = calendar_feed.calendar(found, "Storycircle", self._clock.now(), link)
        return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

    async def _read(self, request: web.Request) -> web.Response:
        kind, key = self._read_token(request.match_info["token"])
        now = self._clock.now()
        found = [each for each in await self._found(kind, key) if each.at > now]
        rows = [
            {
                "title": each.plan.title,
                "at": each.at,
                "zone": each.plan.zone,
                "minutes": each.plan.minutes,
                "cancelled": each.cancelled,
                "about": " ".join(each.plan.about.split()),
                "file": f"/calendar/{self.token(PLAN, each.plan.id)}.ics",
                "link": self._room_link(each.plan.rooms[0]),
            }
            for each in found
        ]
        text = self._page.render(rows=rows, feed=f"{request.path}.ics", empty=tr("Nothing is planned."))
        return web.Response(text=text, content_type="text/html")
