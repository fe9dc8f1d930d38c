"""Effects performed on a platform: words, reactions, threads, roles, badges, files and calendar events."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from bot.core.model.cards import Note
from bot.core.model.effects import (
    DeliverFile,
    Edit,
    Erase,
    Grant,
    Issue,
    OpenThread,
    React,
    Remove,
    RevokeBadge,
    Say,
    SetThreadMembers,
    SyncCalendarEvent,
    Wake,
)
from bot.core.model.events import About
from bot.core.model.ids import PersonId
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import PRIVATE, Session
from bot.core.participants.translation import own_language
from bot.core.platform import (
    CalendarEvent,
    Erasure,
    Platform,
    Post,
    Reaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text.messages import N_, say
from bot.engine.messages import Load, Messages, Part, Receipts
from bot.engine.outbox_rows import key_of
from bot.errors import Permanent
from bot.render.i18n import spoken
from bot.store import Receipt, Row

BADGE_HERE = N_(
    "Your badge is here, and only you have this address: {link}\n\nShow it to whom you like; its page has the files, "
    "and a button that checks it."
)

Opened = Callable[[Row, str], Awaitable[None]]
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
    """Who makes what people ask for in private."""

    async def made(
        self, wanted: DeliverFile, session: Session, script: Script, room: str, *, files: bool
    ) -> tuple[Note, Sequence[Post]]:
        """What is said, and the files that go with it."""
        ...


@record
class Performed:
    """A row that was performed: the parts that are there now, those that are gone, whether words were erased."""

    row: Row
    receipts: Sequence[Receipt]
    gone: Sequence[Part]
    erasing: bool


class Performer:
    """Performs one effect at a time; it may be asked again, and then does nothing twice."""

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        load: Load,
        receipts: Receipts,
        opened: Opened,
        series_held: SeriesHeld,
        badges: Badges | None,
        downloads: Downloads | None,
    ) -> None:
        self._platforms = platforms
        self._load = load
        self._receipts = receipts
        self._opened = opened
        self._series_held = series_held
        self._badges = badges
        self._downloads = downloads
        self._messages = Messages(load, receipts)

    def _platform(self, channel: str) -> Platform:
        name = channel.partition(":")[0]
        if name not in self._platforms:
            raise Permanent(f"the platform {name} is not connected")
        return self._platforms[name]

    async def perform(self, row: Row) -> Performed:
        """Do what a row says; what came of it is to be settled."""
        platform, effect = self._platform(row.channel), row.effect
        receipts: list[Receipt] = []
        gone: list[Part] = []
        match effect:
            case Say():
                receipts = await self._messages.say(platform, row, effect)
            case Edit():
                receipts, gone = await self._messages.edit(platform, row, effect)
            case Remove():
                gone = await self._messages.remove(platform, row, effect)
            case React():
                sign = Reaction(message=effect.message, sign=effect.sign)
                await platform.perform(row.channel, sign, row.key, row.because)
            case OpenThread():
                thread = Thread(people=effect.people, title=effect.title, apart=effect.apart)
                channel = await platform.perform(row.channel, thread, row.key, "")
                if channel is None:
                    raise Permanent("the platform made no thread")
                await self._opened(row, channel)
            case SetThreadMembers():
                await platform.perform(row.channel, ThreadMembers(people=effect.people), row.key, "")
            case Erase():
                doing = Erasure(person=effect.person, messages=effect.messages, everything=effect.everything)
                await platform.perform(row.channel, doing, row.key, "")
                if effect.everything and self._badges is not None:
                    await self._badges.showcase.forget(effect.person)
            case Grant():
                role = Role(person=effect.person, name=effect.role, why=effect.why, on=effect.on)
                await platform.perform(row.channel, role, row.key, "")
            case Issue():
                receipts = await self._issue(platform, row, effect)
            case RevokeBadge(badge=badge):
                if self._badges is not None:
                    await self._badges.take_back(badge, keep=effect.keep)
            case DeliverFile():
                receipts = await self._deliver_file(platform, row, effect)
            case SyncCalendarEvent():
                receipts = await self._sync_calendar_event(platform, row, effect)
            case Wake():
                raise AssertionError("timers are not performed")
            case _:
                assert_never(effect)
        return Performed(row=row, receipts=receipts, gone=gone, erasing=await self._erases(row))

    async def _issue(self, platform: Platform, row: Row, effect: Issue) -> list[Receipt]:
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
        there = await self._receipts(row.session, key)
        if there and not platform.can.files:
            return []  # they have its address; the page shows what it says now
        posts = await self._messages.drawn(platform, row, say(BADGE_HERE, link=link))
        if platform.can.files:
            posts += await self._badges.showcase.files(effect.badge)
        posts = [replace(post, kind="badge") if post.file is None else post for post in posts]
        if there:
            return (await self._messages.change(platform, row, key, posts, About()))[0]
        return await self._messages.show(platform, row, key, posts, About())

    async def _deliver_file(self, platform: Platform, row: Row, effect: DeliverFile) -> list[Receipt]:
        if self._downloads is None:
            return []
        session, script = await self._load(row.session)
        room = row.channel.partition(":")[2].partition("/")[0]
        with spoken(own_language(session, effect.person) or script.language):
            note, files = await self._downloads.made(effect, session, script, room, files=platform.can.files)
        return await self._messages.show(
            platform, row, row.key, [*await self._messages.drawn(platform, row, note), *files], About()
        )

    async def _sync_calendar_event(
        self, platform: Platform, row: Row, effect: SyncCalendarEvent
    ) -> list[Receipt]:
        key = key_of(row.session, effect.name, effect.place)
        there = list(await self._receipts(row.session, key))
        cards = await self._receipts(row.session, key_of(row.session, effect.card, effect.place))
        doing = CalendarEvent(
            event=there[0].message if there else "",
            card=cards[0].message if cards else "",
            mark=effect.plan,
            title=effect.title,
            about=effect.about,
            where=row.channel,
            starts=effect.starts,
            ends=effect.ends,
            state=effect.state,
        )
        message = await platform.perform(row.channel, doing, row.key, "")
        about = About(
            step=f"plan:{effect.plan}", answers=(effect.occurrence, row.channel, effect.starts.isoformat())
        )
        if message is None:
            return there
        return [Receipt(key=key, part=0, message=message, session=row.session, about=about)]

    async def _erases(self, row: Row) -> bool:
        """Whether the row itself names somebody who asked to be forgotten."""
        if isinstance(row.effect, Erase):
            return True
        if not row.session or not row.place.startswith(PRIVATE):
            return False
        session, _ = await self._load(row.session)
        return row.place.removeprefix(PRIVATE) not in session.people
