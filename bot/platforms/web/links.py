"""Addresses of web pages; each is signed, so none can be guessed or counted through.

They hold also where no web server runs in this process: the same secret makes the same addresses.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.calendars import COMMUNITY, PERSON
from bot.platforms.web.invite import code_of
from bot.platforms.web.signing import PublicIds, Signer
from bot.store.web_members import Member


class WebLinks:
    """The addresses under `address`, which is what people type, without a slash at its end."""

    def __init__(self, address: str, signer: Signer) -> None:
        self._address = address
        self._signer = signer
        self.ids = PublicIds(signer)

    def page(self, path: str) -> str:
        """The address of a path, which begins without a slash."""
        return f"{self._address}/{path}"

    def room(self, channel: str) -> str:
        """The address of a channel; empty for those of other platforms."""
        platform, _, name = channel.partition(":")
        return self.page(f"r/{name}") if platform == "web" else ""

    def invitation(self, room: str) -> tuple[str, str]:
        """The link of a room of the web part, and its short code."""
        return self.page(f"r/{room}"), code_of(room, self._signer)

    def back(self, member: Member) -> str:
        """The path of a personal link: whoever opens it is this member again, in any browser. Empty if it was ended."""
        if member.link < 0:
            return ""
        named = f"back:{member.id}:{member.link}" if member.link else f"back:{member.id}"
        return f"/r/{member.room}/back#{self._signer.sign(named)}"

    def board(self, session: str) -> str:
        """The board of a session, for whoever has its address."""
        return self.page(f"board/{self._signer.token(f'board:{session}')}")

    def badge(self, badge: str) -> str:
        """The page of a badge."""
        return self.page(f"badge/{self._signer.token(f'badge:{badge}')}")

    def showcase(self, page: str) -> str:
        """The page on which somebody shows their badges."""
        return self.page(f"people/{self._signer.token(f'shown:{page}')}")

    def calendar(self, kind: str, key: str) -> str:
        """One calendar to read; with `.ics` at its end, to follow."""
        return self.page(f"calendar/{self._signer.token(f'{kind}:{key}')}")

    def calendars(self, community: str, person: str) -> Mapping[str, str]:
        """`mine` and `all` that a calendar program can follow, and `page` to read."""
        shared = self.calendar(COMMUNITY, community)
        return {"mine": f"{self.calendar(PERSON, person)}.ics", "all": f"{shared}.ics", "page": shared}
