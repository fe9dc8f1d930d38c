"""Badges as their owners and everybody else sees them: pages, pictures, files, and who shows which.

`BadgeIssuer` makes them; nothing here changes what a badge says.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Sequence

from bot.badges.award import Community, signable
from bot.badges.baking import into_png
from bot.badges.picture import Look, badge_picture
from bot.core.model.cards import Note
from bot.core.model.facts import Evidence
from bot.core.model.recognition import Dress
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.platform import File, Post
from bot.core.recognition.badge_options import evidence
from bot.core.text.messages import N_, say
from bot.core.text.wording import tr
from bot.render.attachments import PAGE, PICTURE, png_file
from bot.store import badge_rows
from bot.store.badge_rows import Badge
from bot.store.store import Store

NO_BADGES = N_("You don't have any badges here yet. To see how to earn one: /my badges explain")
YOUR_BADGES = N_(
    "**Your badges.** Only you have these links.\n\n{badges}\n\nTo change what a badge shows, "
    "add name, story, link or bare to /my badges. Add publish to put it on a public page, "
    "or remove to delete it."
)
SHOWN = N_(
    "**Your badges.** Only you have these links.\n\n{badges}\n\nYour public page, with "
    "{shown}: {page}\n\nTo change what a badge shows, add name, story, link or bare to /my "
    "badges. Add hide to take it off the page, or remove to delete it."
)
AS_FILES = N_(
    "**Your badges**, each as a picture with the badge inside, and as data. To change what "
    "a badge shows: /my badges"
)
FOR_PROGRAMS = N_("The same badge as data, for programs and wallets.")
PNG_WIDTH = 512


class BadgeShowcase:
    """Finds the badges of this installation, and makes the lists, pictures and files that show them.

    Args:
        look: colour and pictures of all badges.
        link: the address of a badge's page.
        showcase_link: the address of the page on which somebody shows theirs.
        load: reads the session that a badge came from; without it nobody reads stories.
        reachable: whether those who chat can open our pages.
    """

    def __init__(
        self,
        store: Store,
        community: Community,
        look: Look = Look(),
        *,
        link: Callable[[str], str] = str,
        showcase_link: Callable[[str], str] = str,
        load: Callable[[str], Awaitable[tuple[Session, Script]]] | None = None,
        reachable: bool = True,
    ) -> None:
        self.community = community
        self.look = look
        self.link = link
        self._store = store
        self._showcase_link = showcase_link
        self._load = load
        self._reachable = reachable

    async def held(self, person: str) -> tuple[Badge, ...]:
        """All badges that somebody holds here, the oldest first."""
        return await self._store.read(lambda db: badge_rows.badges(db, person))

    async def find(self, badge: str) -> Badge | None:
        """A badge that was signed; None if there is none."""
        return await self._store.read(lambda db: badge_rows.badge(db, badge))

    def picture(self, badge: Badge) -> str:
        """The picture of a badge, as SVG."""
        return badge_picture(badge.name, self.community.name, badge.kind, self.look)

    async def png(self, badge: Badge) -> bytes:
        """The same as PNG, with the badge inside."""
        from bot.render.rasterize import drawn  # a process of its own: only where badges are

        return into_png(await drawn(self.picture(badge), PNG_WIDTH), badge.document)

    async def files(self, badge: str) -> Sequence[Post]:
        """A badge as a picture and as data, for whom it belongs to."""
        signed_badge = await self.find(badge)
        if signed_badge is None:
            return ()
        whole = json.dumps(signed_badge.document, ensure_ascii=False, indent=1).encode()
        return (
            Post(
                text=f"{signed_badge.name}, {self.community.name}",
                kind=PICTURE,
                file=png_file(await self.png(signed_badge), "badge.png"),
            ),
            Post(
                text=tr(FOR_PROGRAMS),
                kind=PAGE,
                file=File(name="badge.json", media="application/json", data=whole),
            ),
        )

    async def story(self, badge: Badge) -> str:
        """The story that a badge points to, while its teller lets others read it there; else nothing."""
        if self._load is None or badge.revoked or not badge.session:
            return ""
        session, script = await self._load(badge.session)
        pair = next((pair for pair, number in session.badges.items() if number == badge.id), None)
        rule = next((rule for rule in script.recognition if pair and rule.key == pair[1]), None)
        if pair is None or rule is None:
            return ""
        if session.dressed.get(pair, Dress()).story is not Evidence.LINK:
            return ""
        return signable(evidence(script, session, pair[0], rule)[1])

    async def page_of(self, person: str) -> str:
        """The address of the page on which somebody shows their badges."""
        page = secrets.token_urlsafe(16)
        return self._showcase_link(
            await self._store.write(lambda db: badge_rows.open_showcase(db, person, page))
        )

    async def on_page(self, page: str) -> tuple[Badge, ...] | None:
        """Badges on someone's page; None if there is no such page."""
        owner = await self._store.read(lambda db: badge_rows.showcase_owner(db, page))
        if owner is None:
            return None
        return tuple(badge for badge in await self.held(owner) if badge.on_show)

    async def listing(self, person: str, *, files: bool = False) -> tuple[Note, Sequence[Post]]:
        """All badges that somebody holds, for their own eyes: with the address of each, or as files."""
        badges = await self.held(person)
        if not badges:
            return say(NO_BADGES), ()
        if files:
            posts = [post for badge in badges for post in await self.files(badge.id)]
            if not self._reachable:
                return say(AS_FILES), posts
            return self._listed(badges, await self.page_of(person)), posts
        return self._listed(badges, await self.page_of(person)), ()

    def _listed(self, badges: Sequence[Badge], page: str) -> Note:
        lines = [
            f"- **{badge.name}** ({badge.document['awardedDate'][:10]}): {self.link(badge.id)}"
            for badge in badges
        ]
        if not any(badge.on_show for badge in badges):
            return say(YOUR_BADGES, badges="\n".join(lines))
        shown = ", ".join(badge.name for badge in badges if badge.on_show)
        return say(SHOWN, badges="\n".join(lines), page=page, shown=shown)

    async def forget(self, person: str) -> None:
        """Close the page of somebody who asked to be forgotten."""
        await self._store.write(lambda db: badge_rows.close_showcase(db, person))
