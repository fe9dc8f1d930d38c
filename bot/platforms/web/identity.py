"""The member of a room that a browser belongs to: a signed cookie names both, and the browser can be signed out."""

from __future__ import annotations

import contextlib
import re
import secrets
import time

from aiohttp import web

from bot.core.model.session import Session
from bot.core.text import messages
from bot.errors import StoreUnavailable
from bot.platforms.web.signing import Signer
from bot.store import web_browsers, web_members
from bot.store.store import Store
from bot.store.web_browsers import Browser
from bot.store.web_members import Member

COOKIE = "storycircle"
OUT = "storycircle-out"  # names the session that a person of this browser was asked to leave
YEAR = 365 * 24 * 3600  # seconds
# What browsers and systems call themselves, the more particular first: others name those behind them, too.
FAMILIES = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
_MEMBER = re.compile(r"[0-9a-z]+")


class Identity:
    """Reads and sets the cookie; `secure` where pages are served over HTTPS."""

    def __init__(self, store: Store, signer: Signer, *, secure: bool) -> None:
        self._store = store
        self._signer = signer
        self._secure = secure

    async def member(self, request: web.Request) -> Member | None:
        """The member of the room of this request; none if nobody is signed in to it in this browser."""
        id, browser = self._cookie(request)
        if not id:
            return None
        member = await self._store.read(lambda db: web_browsers.member_in(db, browser, id))
        return member if member and member.room == request.match_info["room"] else None

    def claimed(self, request: web.Request) -> str | None:
        """The id in the cookie, which we have signed; whether they are still there is not looked up."""
        return self._cookie(request)[0] or None

    def browser(self, request: web.Request) -> str:
        """The browser that the cookie names; empty if there is none."""
        return self._cookie(request)[1]

    async def returning(self, token: str, room: str) -> Member | None:
        """The member of a room whose personal link holds this token, if that link was not ended."""
        kind, _, named = (self._signer.read(token) or "").partition(":")
        id, _, link = named.partition(":")
        member = await self._store.read(lambda db: web_members.member(db, id)) if kind == "back" else None
        return member if member and member.room == room and str(member.link) == (link or "0") else None

    def keep_out(self, response: web.Response, session: Session, member: Member) -> None:
        """Let this browser be one of somebody who was asked to leave a session, whatever name it gives."""
        self._set(response, OUT, f"out:{session.id}", member.room)

    def kept_out(self, request: web.Request, session: Session) -> str:
        """The sentence for a browser whose person was asked to leave this session; else nothing."""
        out = self._signer.read(request.cookies.get(OUT, ""))
        return messages.REMOVED if session.id and out == f"out:{session.id}" else ""

    async def remember(self, request: web.Request, response: web.Response, member: Member) -> None:
        """Sign a member in to this browser; whoever was signed in to the room in it is not any more."""
        at = time.time()
        name = _named(request.headers.get("User-Agent", ""))
        browser = Browser(id=secrets.token_hex(8), name=name, at=at, seen=at)
        earlier = self._cookie(request)[1]
        await self._store.write(lambda db: web_browsers.sign_in(db, member.id, browser, instead_of=earlier))
        self._set(response, COOKIE, f"in:{member.id}:{browser.id}", member.room)

    async def used(self, request: web.Request) -> None:
        """Note the day on which a browser was last used."""
        browser, at = self.browser(request), time.time()
        news = await self._store.read(lambda db: web_browsers.unseen(db, browser, at))
        if news:
            with contextlib.suppress(StoreUnavailable):  # a page is read on a full disk, too
                await self._store.write(lambda db: web_browsers.used(db, browser, at), lazy=True)

    def forget(self, response: web.Response, room: str) -> None:
        """Take the cookie of a room out of this browser."""
        response.del_cookie(COOKIE, path=f"/r/{room}")

    def _cookie(self, request: web.Request) -> tuple[str, str]:
        """The member and the browser of the cookie. Earlier versions named a member alone, who stands for all those."""
        text = self._signer.read(request.cookies.get(COOKIE, "")) or ""
        kind, _, rest = text.partition(":")
        if kind == "in":
            id, _, browser = rest.partition(":")
            return id, browser
        return (text, text) if _MEMBER.fullmatch(text) else ("", "")

    def _set(self, response: web.Response, cookie: str, text: str, room: str) -> None:
        response.set_cookie(
            cookie,
            self._signer.sign(text),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=self._secure,
            path=f"/r/{room}",
        )


def _named(agent: str) -> str:
    """The kind of a browser, such as "Firefox, Windows"; of what it says of itself, nothing more is kept."""
    family = next((name for mark, name in FAMILIES.items() if mark in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return ", ".join(filter(None, (family, system)))
