"""Badges and downloads on their way to whom they belong to: made elsewhere, shown here, in private."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.core.model.cards import Note
from bot.core.model.effects import DeliverFile, Erase, Issue, RevokeBadge
from bot.core.model.events import About
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.participants.translation import own_language
from bot.core.platform import Platform, Post
from bot.core.text.messages import N_, say
from bot.engine.messages import Load, Messages, Receipts
from bot.engine.outbox_rows import key_of
from bot.render.i18n import spoken
from bot.store import Receipt, Row

BADGE_HERE = N_(
    "Your badge is here. Only you have this link: {link}\n\nShare it with anyone you like. "
    "Its page has the files, and a button to check the badge."
)

SeriesHeld = Callable[[Row, PersonId, tuple[str, ...]], Awaitable[None]]


class Showcase(Protocol):
    """Shows badges to their owners and to others."""

    async def files(self, badge: str) -> Sequence[Post]:
        """A badge as a picture and as data, for whom it belongs to."""
        ...

    async def forget(self, person: str) -> None:
        """Somebody asked to be forgotten."""
        ...


class Badges(Protocol):
    """Signs badges, and takes them back."""

    @property
    def showcase(self) -> Showcase:
        """Shows those that were signed."""
        ...

    async def issue(self, script: Script, session: Session, effect: Issue) -> str:
        """The address of the badge's page, signed now or before; nothing if its owner does not have it any more."""
        ...

    async def take_back(self, badge: str, *, keep: bool = False) -> None:
        """A badge is not true any more, or (`keep`) nobody's."""
        ...

    async def series_held(self, workshop: str, person: str) -> tuple[str, ...]:
        """The numbers of somebody's badges for all parts of the series of a workshop; else nothing."""
        ...


class Downloads(Protocol):
    """Makes what people ask for in private."""

    async def made(
        self, wanted: DeliverFile, session: Session, script: Script, room: str, *, files: bool
    ) -> tuple[Note, Sequence[Post]]:
        """The message that goes with it, and its files."""
        ...


class Deliverables:
    """Has badges and downloads made, and shows them; without a part that makes them there are none."""

    def __init__(
        self,
        load: Load,
        receipts: Receipts,
        messages: Messages,
        series_held: SeriesHeld,
        badges: Badges | None,
        downloads: Downloads | None,
    ) -> None:
        self._load = load
        self._receipts = receipts
        self._messages = messages
        self._series_held = series_held
        self._badges = badges
        self._downloads = downloads

    async def issue(self, platform: Platform, row: Row, effect: Issue) -> list[Receipt]:
        """Sign a badge, once for its number, and tell its owner where it is."""
        if self._badges is None:
            return []
        session, script = await self._load(row.session)
        link = await self._badges.issue(script, session, effect)
        if not link:
            return []  # it is not theirs any more
        whole = await self._badges.series_held(script.id, effect.person)
        if whole and session.whole.get(effect.person) != whole:
            await self._series_held(row, effect.person, whole)
        key = key_of(row.session, f"badge:{effect.badge}", effect.place)
        there = await self._receipts(row, key)
        if there and not platform.can.files:
            return []  # they have its address; the page shows what it says now
        posts = await self._messages.drawn(platform, row, say(BADGE_HERE, link=link))
        if platform.can.files:
            posts += await self._badges.showcase.files(effect.badge)
        posts = [replace(post, kind="badge") if post.file is None else post for post in posts]
        if there:
            return (await self._messages.change(platform, row, key, posts, About()))[0]
        return await self._messages.show(platform, row, key, posts, About())

    async def take_back(self, effect: RevokeBadge) -> None:
        """A badge is not true any more, or nobody's."""
        if self._badges is not None:
            await self._badges.take_back(effect.badge, keep=effect.keep)

    async def forget(self, effect: Erase) -> None:
        """Somebody asked to be forgotten."""
        if effect.everything and self._badges is not None:
            await self._badges.showcase.forget(effect.person)

    async def deliver_file(self, platform: Platform, row: Row, effect: DeliverFile) -> list[Receipt]:
        """Make what somebody asked for in private, and show it to them."""
        if self._downloads is None:
            return []
        session, script = await self._load(row.session)
        room = row.channel.partition(":")[2].partition("/")[0]
        with spoken(own_language(session, effect.person) or script.language):
            note, files = await self._downloads.made(effect, session, script, room, files=platform.can.files)
        return await self._messages.show(
            platform, row, row.key, [*await self._messages.drawn(platform, row, note), *files], About()
        )
