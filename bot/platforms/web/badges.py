"""Pages of badges: each at an address that nobody can guess; with files, and a check in front of whoever reads.

What verifiers fetch (the issuer's keys, the list of what was taken back) may be read from anywhere.
"""

from __future__ import annotations

import json

from aiohttp import web
from jinja2 import Environment

from bot.badges.award import Achievement
from bot.badges.baking import into_svg
from bot.badges.credential import MEDIA, achievement, issuer
from bot.badges.issuer import BadgeIssuer
from bot.badges.picture import badge_picture
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.platforms.web.signing import Signer
from bot.store.badge_rows import Badge

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
HOLDS = N_("The signature is valid. Nothing in this badge has changed since {community} signed it.")
BROKEN = N_("The signature isn't valid. This isn't what was signed.")
TAKEN_BACK = N_("It was deleted, and isn't true anymore.")
NOT_THERE = N_("I can't find that badge.")
NO_STORY = N_("Its author doesn't let others read it here (anymore).")


class BadgePages:
    """Shows, serves and checks badges."""

    def __init__(self, issuer: BadgeIssuer, signer: Signer, pages: Environment) -> None:
        self._issuer = issuer
        self._showcase = issuer.showcase
        self._signer = signer
        self._page = pages.get_template("badge.html")
        self._about = pages.get_template("achievement.html")
        self._shelf = pages.get_template("badges.html")

    def routes(self) -> list[web.RouteDef]:
        """Their addresses."""
        return [
            web.get("/.well-known/did.json", self._did),
            web.get("/badges/list", self._list),
            web.get("/badge/{token}.{kind:json|png|svg}", self._file),
            web.get("/badge/{token}/story", self._story),
            web.get("/badge/{token}", self._show),
            web.get("/people/{token}", self._shown),
            web.get("/issuer", self._profile),
            web.get("/achievement/{number}.json", self._achievement),
            web.get("/achievement/{number}", self._explained),
        ]

    def link(self, badge: str) -> str:
        """The path of a badge's page."""
        return f"/badge/{self._signer.token(f'badge:{badge}')}"

    async def _found(self, request: web.Request) -> Badge:
        signed = self._signer.read_token(request.match_info["token"]) or ""
        badge = (
            await self._showcase.find(signed.removeprefix("badge:")) if signed.startswith("badge:") else None
        )
        if badge is None:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return badge

    async def _did(self, request: web.Request) -> web.Response:
        if not self._issuer.community.lasting:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return web.json_response(
            self._issuer.keys().document(), headers=OPEN, content_type="application/did+json"
        )

    async def _list(self, request: web.Request) -> web.Response:
        if not self._issuer.list_address:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return web.json_response(
            await self._issuer.revoked_list(), headers=OPEN, content_type="application/vc+json"
        )

    async def _file(self, request: web.Request) -> web.Response:
        badge, kind = await self._found(request), request.match_info["kind"]
        headers = {**OPEN, "Content-Disposition": f'attachment; filename="badge.{kind}"'}
        if kind == "json":
            text = json.dumps(badge.document, ensure_ascii=False, indent=1)
            return web.Response(text=text, content_type="application/vc+json", headers=headers)
        if kind == "svg":
            text = into_svg(self._showcase.picture(badge), badge.document)
            return web.Response(text=text, content_type="image/svg+xml", headers=headers)
        return web.Response(body=await self._showcase.png(badge), content_type="image/png", headers=headers)

    async def _story(self, request: web.Request) -> web.Response:
        text = await self._showcase.story(await self._found(request))
        if not text:
            raise web.HTTPGone(text=tr(NO_STORY))
        return web.Response(
            text=text,
            content_type=MEDIA,
            headers={**OPEN, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
        )

    async def _shown(self, request: web.Request) -> web.Response:
        signed = self._signer.read_token(request.match_info["token"]) or ""
        shown = (
            await self._showcase.on_page(signed.removeprefix("shown:"))
            if signed.startswith("shown:")
            else None
        )
        if shown is None:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        rows = [
            (badge, self.link(badge.id), badge.document["credentialSubject"].get("identifier"))
            for badge in shown
        ]
        names = {identifiers[0]["identityHash"] for _, _, identifiers in rows if identifiers}
        text = self._shelf.render(
            name=names.pop() if len(names) == 1 else "", badges=rows, community=self._issuer.community.name
        )
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _profile(self, request: web.Request) -> web.Response:
        """The issuer, as the profile that stands in every badge."""
        profile = issuer(self._issuer.keys().did(), self._issuer.community)
        return web.json_response(profile, headers=OPEN, content_type="application/json")

    def _what(self, request: web.Request) -> Achievement:
        earned = self._issuer.achievements.get(request.match_info["number"])
        if earned is None:
            raise web.HTTPNotFound(text=tr(NOT_THERE))
        return earned

    async def _achievement(self, request: web.Request) -> web.Response:
        document = achievement(self._what(request), self._issuer.community)
        return web.json_response(document, headers=OPEN, content_type="application/json")

    async def _explained(self, request: web.Request) -> web.Response:
        """The page of an achievement: the meaning of a badge, whoever has it."""
        explained = self._what(request)
        document = achievement(explained, self._issuer.community)
        text = self._about.render(
            achievement=document,
            criteria=document["criteria"]["narrative"].split("\n"),
            community=self._issuer.community.name,
            picture=badge_picture(
                explained.badge, self._issuer.community.name, explained.shape, self._showcase.look
            ),
            workshop=explained.workshop,
            aligned=explained.aligned,
        )
        return web.Response(text=text, content_type="text/html", headers=OPEN)

    async def _show(self, request: web.Request) -> web.Response:
        badge = await self._found(request)
        checked = self._check(badge) if "check" in request.query else ()
        subject = badge.document["credentialSubject"]
        text = self._page.render(
            badge=badge.document,
            achievement=subject["achievement"],
            criteria=subject["achievement"]["criteria"]["narrative"].split("\n"),
            community=self._issuer.community.name,
            picture=f"{request.path}.svg",
            path=request.path,
            checked=checked,
            name=next((n["identityHash"] for n in subject.get("identifier", ())), ""),
        )
        return web.Response(
            text=text, content_type="text/html", headers={"Cache-Control": "private, no-store"}
        )

    def _check(self, badge: Badge) -> tuple[str, ...]:
        from bot.badges.signing import NotSigned, check

        try:
            check(badge.document, self._issuer.keys())
        except NotSigned:
            return (tr(BROKEN),)
        holds = tr(HOLDS, community=self._issuer.community.name)
        return (holds, tr(TAKEN_BACK)) if badge.revoked else (holds,)
