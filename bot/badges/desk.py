"""Badges of this installation: signed once for each number, kept, looked up, and taken back."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.badges.award import Award, Community
from bot.clock import Clock
from bot.core.effects import Issue
from bot.core.script import Rule, Script
from bot.core.session import Session
from bot.core.values import value
from bot.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from bot.badges.keys import Keys

KINDS = {"value-creation": "story", "community-maturity": "maturity", "change-agents": "convening"}
MINUTE = timedelta(minutes=1)  # a verifier's clock may be a little behind ours


@value
class Badge:
    """A badge as it is kept."""

    nth: int
    id: str
    kind: str
    revoked: bool
    document: dict[str, Any]


class BadgeDesk:
    """Signs in a thread, so that the conversation goes on."""

    def __init__(self, store: SqliteStore, folder: Path, clock: Clock, community: Community) -> None:
        self._store = store
        self._clock = clock
        self.link: Callable[[str], str] = str  # the address of a badge's page
        self.community = community
        self._folder = folder
        self._keys: Keys | None = None

    @property
    def list_address(self) -> str:
        """Where others find what was taken back; nothing without an address that others can reach."""
        return f"{self.community.url}/badges/list" if self.lasting else ""

    @property
    def lasting(self) -> bool:
        """Whether others can reach this installation under an address that is its own."""
        return self.community.url.startswith("https://")

    def load(self) -> Keys:
        """The keys, made at first use."""
        from bot.badges.keys import Keys  # cryptography: only where badges are

        if self._keys is None:
            self._keys = Keys(self._folder, self.community.url).load()
        return self._keys

    async def issue(self, script: Script, session: Session, effect: Issue) -> str:
        """The address of the badge's page, signed now or before; nothing if its owner does not have it any more."""
        if await self.find(effect.badge) is not None:
            return self.link(effect.badge)
        rule = next((each for each in script.recognition if each.key == effect.rule), None)
        if rule is None or (effect.person, effect.rule) not in session.granted:
            return ""
        nth = await self._store.write(
            lambda c: _reserve(c, effect.badge, effect.person, KINDS.get(script.id, "story"))
        )
        award = _award(script, session, rule, effect.badge, nth, self._clock.now())
        document = await asyncio.to_thread(self._signed, award)
        await self._store.write(lambda c: _keep(c, effect.badge, json.dumps(document)))
        return self.link(effect.badge)

    def _signed(self, award: Award) -> dict[str, Any]:
        from bot.badges.signing import issue  # an RDF library and more: only where badges are

        return issue(award, self.load(), self.community, self._clock.now() - MINUTE, self.list_address)

    async def take_back(self, badge: str) -> None:
        """A badge is not true any more; what it said of anybody is not kept either."""
        await self._store.write(lambda c: _revoke(c, badge))

    async def find(self, badge: str) -> Badge | None:
        """A badge that was signed; None if there is none."""
        rows = await self._store.read(
            lambda c: c.execute(
                "SELECT nth, id, kind, revoked, body FROM badge WHERE id = ?", (badge,)
            ).fetchall()
        )
        if not rows or not rows[0][4]:
            return None
        nth, id, kind, revoked, body = rows[0]
        return Badge(nth=nth, id=id, kind=kind, revoked=bool(revoked), document=json.loads(body))

    async def revoked_list(self) -> dict[str, Any]:
        """The signed list of what was taken back."""
        from bot.badges.signing import signed
        from bot.badges.status import status_list

        rows = await self._store.read(lambda c: c.execute("SELECT nth, revoked FROM badge").fetchall())
        gone = {nth for nth, revoked in rows if revoked}
        most = max((nth for nth, _ in rows), default=0)
        at = self._clock.now() - MINUTE
        keys = self.load()
        made = status_list(self.list_address, keys.did(), self.community, gone, most, at)
        return await asyncio.to_thread(signed, made, keys, at)


def _award(script: Script, session: Session, rule: Rule, badge: str, nth: int, at: datetime) -> Award:
    return Award(
        id=badge,
        badge=script.badge or rule.name,
        about=script.about,
        statements=script.statements,
        workshop=script.title,
        kind=rule.earn.value,
        awarded=at,
        index=nth,
        language=script.language,
    )


def _reserve(c: sqlite3.Connection, id: str, person: str, kind: str) -> int:
    c.execute(
        "INSERT INTO badge (id, person, kind, revoked, body) VALUES (?,?,?,0,'') ON CONFLICT (id) DO NOTHING",
        (id, person, kind),
    )
    return int(c.execute("SELECT nth FROM badge WHERE id = ?", (id,)).fetchone()[0])


def _keep(c: sqlite3.Connection, id: str, body: str) -> None:
    c.execute("UPDATE badge SET body = ? WHERE id = ? AND body = ''", (body, id))


def _revoke(c: sqlite3.Connection, id: str) -> None:
    c.execute("UPDATE badge SET revoked = 1, person = '' WHERE id = ?", (id,))
