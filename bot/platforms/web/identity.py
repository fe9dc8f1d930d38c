"""The member of a room that a browser belongs to, by a signed cookie."""

from __future__ import annotations

from aiohttp import web

from bot.core.model.session import Session
from bot.core.text import messages
from bot.platforms.web.signing import Signer
from bot.store import web_members
from bot.store.store import Store
from bot.store.web_members import Member

COOKIE = "storycircle"
OUT = "storycircle-out"  # names the session that a person of this browser was asked to leave
YEAR = 365 * 24 * 3600  # seconds


class Identity:
    """Reads and sets the cookie; `secure` where pages are served over HTTPS."""

    def __init__(self, store: Store, signer: Signer, *, secure: bool) -> None:
        self._store = store
        self._signer = signer
        self._secure = secure

    async def member(self, request: web.Request) -> Member | None:
        """The member of the room of this request; none if nobody has entered it from this browser."""
        id = self.claimed(request)
        if id is None:
            return None
        member = await self._store.read(lambda db: web_members.member(db, id))
        return member if member and member.room == request.match_info["room"] else None

    def claimed(self, request: web.Request) -> str | None:
        """The id in the cookie, which we have signed; whether they are still there is not looked up."""
        return self._signer.read(request.cookies.get(COOKIE, ""))

    async def returning(self, token: str, room: str) -> Member | None:
        """The member of a room whose personal link holds this token."""
        kind, _, id = (self._signer.read(token) or "").partition(":")
        member = await self._store.read(lambda db: web_members.member(db, id)) if kind == "back" else None
        return member if member and member.room == room else None

    def keep_out(self, response: web.Response, session: Session, member: Member) -> None:
        """Let this browser be one of somebody who was asked to leave a session, whatever name it gives."""
        response.set_cookie(
            OUT,
            self._signer.sign(f"out:{session.id}"),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=self._secure,
            path=f"/r/{member.room}",
        )

    def kept_out(self, request: web.Request, session: Session) -> str:
        """The sentence for a browser whose person was asked to leave this session; else nothing."""
        out = self._signer.read(request.cookies.get(OUT, ""))
        return messages.REMOVED if session.id and out == f"out:{session.id}" else ""

    def remember(self, response: web.Response, member: Member) -> None:
        """Let this browser be this member from here on."""
        response.set_cookie(
            COOKIE,
            self._signer.sign(member.id),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=self._secure,
            path=f"/r/{member.room}",
        )
