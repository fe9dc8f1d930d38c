"""Pages of badges: each at an address that nobody can guess; with files, and a check in front of whoever reads.

What verifiers fetch (the issuer's keys, the list of what was taken back) may be read from anywhere.
"""

from __future__ import annotations

import json

from aiohttp import web
from jinja2 import Environment

from bot.badges.baking import into_png, into_svg
from bot.badges.desk import Badge, BadgeDesk
from bot.badges.picture import badge_picture
from bot.core.words import N_, tr
from bot.platforms.web.signing import Signer
from bot.png import drawn

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
HOLDS = N_("The signature holds: nothing in this badge was changed since {community} signed it.")
BROKEN = N_("The signature does not hold: this is not what was signed.")
TAKEN_BACK = N_("It was taken back, and is not true any more.")
NOT_THERE = N_("There is no such badge.")
PNG_WIDTH = 512


class BadgePages:
    """Where badges are shown, downloaded and checked."""

    def __init__(self, desk: BadgeDesk, signer: Signer, pages: Environment) -> None:
        self._desk = desk
        self._signer = signer
        self._page = pages.get_template("badge.html")

    def routes(self) -> list[web.RouteDef]:
        """Where they are found."""
        return [
            web.get("/.well-known/did.json", self._did),
            web.get("/badges/list", self._list),
            web.get("/badge/{token}.{kind:json|png|svg}", self._file),
            web.get("/badge/{token}", self._show),
        ]

    def link(self, badge: str) -> str:
        """The path of a badge's page."""
        return f"/badge/{self._signer.token(f'badge:{badge}')}"

    async def _found(self, request: web.Request) -> Badge:
        said = self._signer.read_token(request.match_info["token"]) or ""
        found = await self._desk.find(said.removeprefix("badge:")) if said.startswith("badge:") else None
        if found is None:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return found

    async def _did(self, request: web.Request) -> web.Response:
        if not self._desk.lasting:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return web.json_response(
            self._desk.load().document(), headers=OPEN, content_type="application/did+json"
        )

    async def _list(self, request: web.Request) -> web.Response:
        if not self._desk.list_address:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return web.json_response(
            await self._desk.revoked_list(), headers=OPEN, content_type="application/vc+json"
        )

    def _picture(self, badge: Badge) -> str:
        return badge_picture(str(badge.document["name"]), self._desk.community.name, badge.kind)

    async def _file(self, request: web.Request) -> web.Response:
        badge, kind = await self._found(request), request.match_info["kind"]
        headers = {**OPEN, "Content-Disposition": f'attachment; filename="badge.{kind}"'}
        if kind == "json":
            text = json.dumps(badge.document, ensure_ascii=False, indent=1)
            return web.Response(text=text, content_type="application/vc+json", headers=headers)
        svg = self._picture(badge)
        if kind == "svg":
            return web.Response(
                text=into_svg(svg, badge.document), content_type="image/svg+xml", headers=headers
            )
        picture = into_png(await drawn(svg, PNG_WIDTH), badge.document)
        return web.Response(body=picture, content_type="image/png", headers=headers)

    async def _show(self, request: web.Request) -> web.Response:
        badge = await self._found(request)
        checked = self._check(badge) if "check" in request.query else ()
        text = self._page.render(
            badge=badge.document,
            achievement=badge.document["credentialSubject"]["achievement"],
            criteria=badge.document["credentialSubject"]["achievement"]["criteria"]["narrative"].split("\n"),
            community=self._desk.community.name,
            picture=f"{request.path}.svg",
            path=request.path,
            checked=checked,
        )
        return web.Response(
            text=text, content_type="text/html", headers={"Cache-Control": "private, no-store"}
        )

    def _check(self, badge: Badge) -> tuple[str, ...]:
        from bot.badges.signing import NotSigned, check

        try:
            check(badge.document, self._desk.load())
        except NotSigned:
            return (tr(BROKEN),)
        holds = tr(HOLDS, community=self._desk.community.name)
        return (holds, tr(TAKEN_BACK)) if badge.revoked else (holds,)
