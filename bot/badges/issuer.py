"""Badges of this installation: signed for each number, kept, and taken back."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.badges.award import Award
from bot.badges.from_session import achievement, award, shape_of
from bot.badges.showcase import BadgeShowcase
from bot.clock import Clock
from bot.core.model.effects import Issue
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.model.session import Session
from bot.errors import ConfigError, Transient
from bot.store import badge_rows
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.badges.keys import Keys

MINUTE = timedelta(minutes=1)  # a verifier's clock may be a little behind ours


class BadgeIssuer:
    """Signs in a thread, so that the conversation goes on."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Clock,
        showcase: BadgeShowcase,
        series: Sequence[Series] = (),
        scripts: Iterable[Script] = (),
    ) -> None:
        self.showcase = showcase
        self.community = showcase.community
        self._store = store
        self._clock = clock
        self.know(series, scripts)
        self._folder = folder
        self._keys: Keys | None = None

    def know(self, series: Sequence[Series], scripts: Iterable[Script]) -> None:
        """Learn the workshops that there are now: their badges, and the series that they belong to."""
        self._series = tuple(series)
        achievements = [
            achievement(s, rule, self._series_of(s.id))
            for s in scripts
            for rule in s.recognition
            if rule.badge
        ]
        self.achievements = {
            str(achieved.number): achieved for achieved in achievements
        }  # what can be earned here, by its number

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
            read_at=f"{self.showcase.link(effect.badge)}/story" if self.community.lasting else "",
            series=self._series_of(script.id),
            parts=parts,
        )
        await self._sign(badge)
        on = pair in session.on_show
        await self._store.write(lambda db: badge_rows.show(db, effect.badge, on))
        return self.showcase.link(effect.badge)

    def _series_of(self, workshop: str) -> Series | None:
        return next((series for series in self._series if workshop in series.parts), None)

    async def _parts(self, badges: Sequence[str]) -> tuple[tuple[str, str], ...]:
        signed_badges = [await self.showcase.find(badge) for badge in badges]
        return tuple((part.name, part.id) for part in signed_badges if part is not None)

    async def _sign(self, badge: Award) -> None:
        """Sign what a badge says, if that is not what is signed already; an old signature is no less true."""
        seal = hashlib.sha256(repr(badge).encode()).hexdigest()
        if await self._store.read(lambda db: badge_rows.seal(db, badge.id)) == seal:
            return
        try:
            document = await asyncio.to_thread(self._signed, badge)
        except (OSError, ConfigError) as error:  # a disk or a key that somebody can mend; then it is signed
            raise Transient(f"the badge {badge.id} could not be signed: {error}") from error
        at = badge.awarded.isoformat()
        await self._store.write(lambda db: badge_rows.sign(db, badge.id, seal, at, document))

    def _signed(self, badge: Award) -> dict[str, Any]:
        from bot.badges.signing import issue  # an RDF library and more: only where badges are

        return issue(badge, self.keys(), self.community, self._clock.now() - MINUTE, self.list_address)

    async def series_held(self, workshop: str, person: str) -> tuple[str, ...]:
        """The numbers of somebody's badges for all parts of the series that a workshop belongs to; else nothing."""
        series = self._series_of(workshop)
        if series is None:
            return ()
        by = await self._store.read(lambda db: badge_rows.by_workshop(db, person))
        return tuple(by[part] for part in series.parts) if set(series.parts) <= set(by) else ()

    async def take_back(self, badge: str, *, keep: bool = False) -> None:
        """A badge is not true any more, or (`keep`) nobody's; what it said of anybody is not kept either way."""
        signed_badge = await self.showcase.find(badge)
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

    async def revoked_list(self) -> dict[str, Any]:
        """The signed list of what was taken back."""
        from bot.badges.signing import signed
        from bot.badges.status import status_list

        rows = await self._store.read(badge_rows.revocations)
        gone = {nth for nth, revoked in rows if revoked}
        most = max((nth for nth, _ in rows), default=0)
        at = self._clock.now() - MINUTE
        keys = self.keys()
        credential = status_list(self.list_address, keys.did(), self.community, gone, most, at)
        return await asyncio.to_thread(signed, credential, keys, at)
