"""Badges of this installation: signed for each number, kept, looked up, shown and taken back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.badges.award import Award, Community, signable
from bot.badges.baking import into_png
from bot.badges.from_session import achievement, award, shape_of
from bot.badges.picture import Look, badge_picture
from bot.clock import Clock
from bot.core.model.cards import Note
from bot.core.model.effects import Issue
from bot.core.model.facts import Evidence
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.model.session import Dress, Session
from bot.core.platform import File, Post
from bot.core.recognition.badge_options import evidence
from bot.core.text.messages import N_, say, tr
from bot.render.attachments import PAGE, PICTURE, png_file
from bot.store import badge_rows
from bot.store.badge_rows import Badge
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.badges.keys import Keys

NO_BADGES = N_("You hold no badge here. /recognition explain says what there is.")
YOUR_BADGES = N_(
    "**Your badges**: only you have these addresses.\n\n{badges}\n\nWhat a badge holds is yours to say: /my badges "
    "name, story, link or bare. /my badges publish puts it on a page to show to others, /my badges remove takes it "
    "back."
)
SHOWN = N_(
    "**Your badges**: only you have these addresses.\n\n{badges}\n\nThe page that you can show to others, with "
    "{shown}: {page}\n\n/my badges name, story, link or bare says what a badge holds; /my badges hide takes it "
    "off the page, /my badges remove takes it back."
)
AS_FILES = N_(
    "**Your badges**, each as a picture with the badge inside, and as data. What a badge holds is yours to say: "
    "/my badges name, story or bare; /my badges remove takes it back."
)
FOR_PROGRAMS = N_("The same badge as data, for programs and wallets.")
PNG_WIDTH = 512
MINUTE = timedelta(minutes=1)  # a verifier's clock may be a little behind ours


class BadgeIssuer:
    """Signs in a thread, so that the conversation goes on."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Clock,
        community: Community,
        series: Sequence[Series] = (),
        look: Look = Look(),
        scripts: Iterable[Script] = (),
        *,
        link: Callable[[str], str] = str,  # the address of a badge's page
        showcase_link: Callable[[str], str] = str,  # of the page on which somebody shows theirs
        load: Callable[[str], Awaitable[tuple[Session, Script]]]
        | None = None,  # for stories; else nobody reads them
        reachable: bool = True,  # whether those who chat can open our pages
    ) -> None:
        self.look = look
        self._store = store
        self._clock = clock
        self._series = tuple(series)
        self._link = link
        self._showcase_link = showcase_link
        self._load = load
        self.community = community
        self._reachable = reachable
        achievements = [
            achievement(s, rule, self._series_of(s.id))
            for s in scripts
            for rule in s.recognition
            if rule.badge
        ]
        self.achievements = {
            str(achieved.number): achieved for achieved in achievements
        }  # what can be earned here, by its number
        self._folder = folder
        self._keys: Keys | None = None

    @property
    def list_address(self) -> str:
        """The address of the list of revoked badges; "" without an address that others can reach."""
        return f"{self.community.url}/badges/list" if self.community.lasting else ""

    def keys(self) -> Keys:
        """The keys, made at first use."""
        from bot.badges.keys import Keys  # cryptography: only where badges are

        if self._keys is None:
            self._keys = Keys(self._folder, self.community.url).load()
        return self._keys

    async def issue(self, script: Script, session: Session, effect: Issue) -> str:
        """The address of the badge's page, signed anew if it says something else than before.

        Nothing if its owner does not have it any more.
        """
        rule = next((rule for rule in script.recognition if rule.key == effect.rule), None)
        pair = (effect.person, effect.rule)
        if rule is None or pair not in session.granted or session.badges.get(pair) != effect.badge:
            return ""
        reserved = await self._store.write(
            lambda db: badge_rows.reserve(db, effect, shape_of(script, rule), session.id, script.id)
        )
        nth, awarded = reserved
        parts = await self._parts(session.whole.get(effect.person, ()))
        badge = award(
            script,
            session,
            effect.person,
            rule,
            badge=effect.badge,
            nth=nth,
            at=awarded or self._clock.now(),
            read_at=f"{self._link(effect.badge)}/story" if self.community.lasting else "",
            series=self._series_of(script.id),
            parts=parts,
        )
        await self._sign(badge)
        on = pair in session.on_show
        await self._store.write(lambda db: badge_rows.show(db, effect.badge, on))
        return self._link(effect.badge)

    def _series_of(self, workshop: str) -> Series | None:
        return next((series for series in self._series if workshop in series.parts), None)

    async def _parts(self, badges: Sequence[str]) -> tuple[tuple[str, str], ...]:
        signed_badges = [await self.find(badge) for badge in badges]
        return tuple((part.name, part.id) for part in signed_badges if part is not None)

    async def _sign(self, badge: Award) -> None:
        """Sign what a badge says, if that is not what is signed already; an old signature is no less true."""
        seal = hashlib.sha256(repr(badge).encode()).hexdigest()
        if await self._store.read(lambda db: badge_rows.seal(db, badge.id)) == seal:
            return
        document = await asyncio.to_thread(self._signed, badge)
        at = badge.awarded.isoformat()
        await self._store.write(lambda db: badge_rows.sign(db, badge.id, seal, at, document))

    def _signed(self, badge: Award) -> dict[str, Any]:
        from bot.badges.signing import issue  # an RDF library and more: only where badges are

        return issue(badge, self.keys(), self.community, self._clock.now() - MINUTE, self.list_address)

    async def held(self, person: str) -> tuple[Badge, ...]:
        """All badges that somebody holds here, the oldest first."""
        return await self._store.read(lambda db: badge_rows.badges(db, person))

    async def series_held(self, workshop: str, person: str) -> tuple[str, ...]:
        """The numbers of somebody's badges for all parts of the series that a workshop belongs to; else nothing."""
        series = self._series_of(workshop)
        if series is None:
            return ()
        by = await self._store.read(lambda db: badge_rows.by_workshop(db, person))
        return tuple(by[part] for part in series.parts) if set(series.parts) <= set(by) else ()

    async def take_back(self, badge: str, *, keep: bool = False) -> None:
        """A badge is not true any more, or (`keep`) nobody's; what it said of anybody is not kept either way."""
        signed_badge = await self.find(badge)
        if signed_badge is not None:
            document = await asyncio.to_thread(self._bare, signed_badge.document)
            await self._store.write(lambda db: badge_rows.blank(db, badge, document))
        await self._store.write(lambda db: badge_rows.disown(db, badge, revoked=not keep))

    def _bare(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document without its owner's name and words, signed anew."""
        from bot.badges.signing import signed

        subject = {
            k: v for k, v in document["credentialSubject"].items() if k not in ("identifier", "result")
        }
        parts = [item for item in document.get("evidence", ()) if item.get("genre") == "Open Badge"]
        gone = {"proof", "endorsement", "evidence", "credentialSubject"}
        bare = {key: content for key, content in document.items() if key not in gone}
        bare["credentialSubject"] = subject
        if parts:
            bare["evidence"] = parts
        return signed(bare, self.keys(), self._clock.now() - MINUTE)

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

    async def showcase(self, person: str) -> str:
        """The address of the page on which somebody shows their badges."""
        page = secrets.token_urlsafe(16)
        return self._showcase_link(
            await self._store.write(lambda db: badge_rows.open_showcase(db, person, page))
        )

    async def shown(self, page: str) -> tuple[Badge, ...] | None:
        """Badges on someone's page; None if there is no such page."""
        owner = await self._store.read(lambda db: badge_rows.showcase_owner(db, page))
        if owner is None:
            return None
        return tuple(badge for badge in await self.held(owner) if badge.on_show)

    async def told(self, person: str, *, files: bool = False) -> tuple[Note, Sequence[Post]]:
        """All badges that somebody holds, for their own eyes: with the address of each, or as files."""
        badges = await self.held(person)
        if not badges:
            return say(NO_BADGES), ()
        if files:
            posts = [post for badge in badges for post in await self.files(badge.id)]
            if not self._reachable:
                return say(AS_FILES), posts
            return self._listed(badges, await self.showcase(person)), posts
        return self._listed(badges, await self.showcase(person)), ()

    def _listed(self, badges: Sequence[Badge], page: str) -> Note:
        lines = [
            f"- **{badge.name}** ({badge.document['awardedDate'][:10]}): {self._link(badge.id)}"
            for badge in badges
        ]
        if not any(badge.on_show for badge in badges):
            return say(YOUR_BADGES, badges="\n".join(lines))
        shown = ", ".join(badge.name for badge in badges if badge.on_show)
        return say(SHOWN, badges="\n".join(lines), page=page, shown=shown)

    async def forget(self, person: str) -> None:
        """Somebody asked to be forgotten: there is no page of theirs any more."""
        await self._store.write(lambda db: badge_rows.close_showcase(db, person))

    async def revoked_list(self) -> dict[str, Any]:
        """The signed list of what was taken back."""
        from bot.badges.signing import signed
        from bot.badges.status import status_list

        rows = await self._store.read(badge_rows.revocations)
        gone = {nth for nth, revoked in rows if revoked}
        most = max((nth for nth, _ in rows), default=0)
        at = self._clock.now() - MINUTE
        keys = self.keys()
        made = status_list(self.list_address, keys.did(), self.community, gone, most, at)
        return await asyncio.to_thread(signed, made, keys, at)
