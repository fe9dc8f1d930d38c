"""Performs what was committed: in order in each channel, channels side by side.

A worker exists only while its channel has something to do. What fails for now is tried again after
a growing pause, and holds back what comes after it in that channel; what fails for good is put
aside, where the operator sees it.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, assert_never

import structlog

from bot.clock import Clock
from bot.core.model.cards import Card, Film, Note, RecapReady
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
from bot.core.model.script import Script
from bot.core.model.session import PRIVATE, Session
from bot.core.participants.translation import own_language, spoken_to
from bot.core.platform import (
    CalendarEvent,
    Change,
    Delete,
    Erasure,
    Platform,
    Post,
    Reaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text.messages import N_, say, stamping
from bot.engine.outbox_rows import key_of, part_key
from bot.errors import NoRight, Permanent, StoreError, Transient
from bot.render.attachments import filed, seal
from bot.render.cards import draw
from bot.render.i18n import spoken
from bot.store import Receipt, Row
from bot.store.store import Store

log = structlog.get_logger()

BADGE_HERE = N_(
    "Your badge is here, and only you have this address: {link}\n\nShow it to whom you like; its page has the files, "
    "and a button that checks it."
)
LONGEST_PAUSE = 60.0  # seconds between two tries
REMEMBERED = 1_000
SIGNS_AT_ONCE = 64  # signs have no order among themselves

Load = Callable[[str], Awaitable[tuple[Session, Script]]]
Opened = Callable[[Row, str], Awaitable[None]]
Settled = Callable[[str], Awaitable[None]]
SeriesHeld = Callable[[Row, PersonId, tuple[str, ...]], Awaitable[None]]
NotGranted = Callable[[Row, str, str], Awaitable[None]]


class Badges(Protocol):
    """Who signs badges, and takes them back."""

    async def issue(self, script: Script, session: Session, effect: Issue) -> str:
        """The address of the badge's page, signed now or before; nothing if its owner does not have it any more."""
        ...

    async def files(self, badge: str) -> Sequence[Post]:
        """A badge as a picture and as data, for whom it belongs to."""
        ...

    async def take_back(self, badge: str, *, keep: bool = False) -> None:
        """A badge is not true any more, or (`keep`) nobody's."""
        ...

    async def series_held(self, workshop: str, person: str) -> tuple[str, ...]:
        """The numbers of somebody's badges for all parts of the series of a workshop; else nothing."""
        ...

    async def forget(self, person: str) -> None:
        """Somebody asked to be forgotten."""
        ...


class Downloads(Protocol):
    """Who makes what people ask for in private."""

    async def made(
        self, wanted: DeliverFile, session: Session, script: Script, room: str, *, files: bool
    ) -> tuple[Note, Sequence[Post]]:
        """What is said, and the files that go with it."""
        ...


def _lane(row: Row) -> str:
    """Where a row stands in line: with its channel; but no word waits until a film is made."""
    film = isinstance(row.effect, Say | Edit) and isinstance(row.effect.card, Film)
    return f"{row.channel} film" if film else row.channel


class Delivery:
    """The outbox in motion. `opened` hears of a new thread, `settled` that a session moved on."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        clock: Clock,
        load: Load,
        opened: Opened,
        settled: Settled,
        series_held: SeriesHeld,
        not_granted: NotGranted,
        badges: Badges | None = None,
        downloads: Downloads | None = None,
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._load = load
        self._opened = opened
        self._settled = settled
        self._series_held = series_held
        self._not_granted = not_granted
        self._badges = badges
        self._downloads = downloads
        self._queues: dict[str, list[tuple[int, int, Row]]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[tuple[str, str], list[Row]] = {}  # for a place that is not there yet
        self._newest: dict[str, str] = {}  # supersedes -> key
        self._fresh: dict[str, list[Receipt]] = {}  # performed, on their way to disk
        self._done: list[tuple[Row, list[Receipt], list[tuple[str, int]], bool]] = []
        self._settling: asyncio.Task[None] | None = None
        self._seals: OrderedDict[tuple[str, int], str] = OrderedDict()  # what the parts of messages show
        self._count = 0
        self._back: dict[str, asyncio.Event] = {}  # platform -> it can be reached again
        self._stopped = False

    async def start(self) -> None:
        """Take up what an earlier run committed and did not settle."""
        self.add(await self._store.outbox.pending(), recovered=True)

    def add(self, rows: Sequence[Row], *, recovered: bool = False) -> None:
        """Perform these rows in this order."""
        for row in rows:
            if isinstance(row.effect, Wake):
                continue
            if not row.channel:
                self._waiting.setdefault((row.session, row.place), []).append(row)
                continue
            if row.supersedes:
                self._newest[row.supersedes] = row.key
            if recovered:
                self._fresh.pop(row.key, None)
            self._count += 1
            lane = _lane(row)
            queue = self._queues.setdefault(lane, [])
            heapq.heappush(queue, (row.priority, self._count, row))
            if lane not in self._workers and not self._stopped:
                self._workers[lane] = asyncio.create_task(self._work(lane))

    def placed(self, session: str, place: str, channel: str) -> None:
        """A place has its channel now; what waited for it goes there."""
        self.add([replace(row, channel=channel) for row in self._waiting.pop((session, place), [])])

    def again(self, platform: str) -> None:
        """A platform is back: what waits to be tried again there is tried now."""
        back = self._back.pop(platform, None)
        if back is not None:
            back.set()

    async def idle(self) -> None:
        """Wait until all is performed and settled (rehearsals and tests; a bot never is)."""
        while self._workers or self._settling:
            await asyncio.gather(*self._workers.values(), *filter(None, [self._settling]))

    async def stop(self) -> None:
        """Stop performing; what is left stands in the outbox."""
        self._stopped = True
        for worker in self._workers.values():
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        self._workers.clear()  # one that was ended before it began could not do this itself
        await asyncio.gather(*filter(None, [self._settling]), return_exceptions=True)

    async def _work(self, lane: str) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                row = heapq.heappop(queue)[2]
                if row.supersedes and self._newest.get(row.supersedes) != row.key:
                    continue
                if isinstance(row.effect, React):
                    rows = [row]
                    while queue and len(rows) < SIGNS_AT_ONCE and isinstance(queue[0][2].effect, React):
                        rows.append(heapq.heappop(queue)[2])
                    if len(rows) == 1:
                        await self._attempt(row)
                    else:
                        await asyncio.gather(*map(self._attempt, rows))
                else:
                    await self._attempt(row)
                if row.supersedes and self._newest.get(row.supersedes) == row.key:
                    del self._newest[row.supersedes]
        finally:
            self._workers.pop(lane, None)
            if not queue:
                self._queues.pop(lane, None)

    async def _attempt(self, row: Row) -> None:
        tries = row.tries
        while True:
            try:
                await self._perform(row)
                return
            except Transient as error:
                tries += 1
                pause = error.retry_after or min(2.0 ** min(tries, 6) / 2, LONGEST_PAUSE)
                log.warning("will try again", key=row.key, tries=tries, pause=pause, error=str(error))
                at = self._clock.now() + timedelta(seconds=pause)
                await self._store.outbox.retry(row, at, str(error), dead=False)
                name = row.channel.partition(":")[0]
                await self._clock.until(at, self._back.setdefault(name, asyncio.Event()))
            except NoRight as error:
                await self._store.outbox.retry(row, self._clock.now(), repr(error), dead=True)
                if isinstance(row.effect, Grant):
                    await self._not_granted(row, row.effect.role, str(error))
                return
            except (Permanent, Exception) as error:
                # A fault of ours costs this one message, not the channel.
                log.error("given up", key=row.key, kind=type(row.effect).__name__, error=repr(error)[:200])
                await self._store.outbox.retry(row, self._clock.now(), repr(error), dead=True)
                return

    def _platform(self, channel: str) -> Platform:
        name = channel.partition(":")[0]
        if name not in self._platforms:
            raise Permanent(f"the platform {name} is not connected")
        return self._platforms[name]

    async def _perform(self, row: Row) -> None:
        platform, effect = self._platform(row.channel), row.effect
        receipts: list[Receipt] = []
        gone: list[tuple[str, int]] = []
        match effect:
            case Say():
                receipts = await self._say(platform, row, effect)
            case Edit():
                receipts, gone = await self._revise(platform, row, effect)
            case Remove():
                key = key_of(row.session, effect.name, effect.place)
                for receipt in await self._receipts(row.session, key):
                    await platform.perform(
                        row.channel, Delete(message=receipt.message), f"{row.key}.{receipt.part}", ""
                    )
                    gone.append((key, receipt.part))
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
                    await self._badges.forget(effect.person)
            case Grant():
                role = Role(person=effect.person, name=effect.role, why=effect.why, on=effect.on)
                await platform.perform(row.channel, role, row.key, "")
            case Issue():
                receipts = await self._issue(platform, row, effect)
            case RevokeBadge(badge=badge):
                if self._badges is not None:
                    await self._badges.take_back(badge, keep=effect.keep)
            case DeliverFile():
                receipts = await self._hand(platform, row, effect)
            case SyncCalendarEvent():
                receipts = await self._appoint(platform, row, effect)
            case Wake():
                raise AssertionError("timers are not performed")
            case _:
                assert_never(effect)
        self._settle(row, receipts, gone, erasing=await self._erases(row))

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
        posts = await self._drawn(platform, row, say(BADGE_HERE, link=link))
        if platform.can.files:
            posts += await self._badges.files(effect.badge)
        posts = [replace(post, kind="badge") if post.file is None else post for post in posts]
        if there:
            return (await self._change(platform, row, key, posts, About()))[0]
        return await self._show(platform, row, key, posts, About())

    async def _hand(self, platform: Platform, row: Row, effect: DeliverFile) -> list[Receipt]:
        if self._downloads is None:
            return []
        session, script = await self._load(row.session)
        room = row.channel.partition(":")[2].partition("/")[0]
        with spoken(own_language(session, effect.person) or script.language):
            note, files = await self._downloads.made(effect, session, script, room, files=platform.can.files)
        return await self._show(
            platform, row, row.key, [*await self._drawn(platform, row, note), *files], About()
        )

    async def _appoint(self, platform: Platform, row: Row, effect: SyncCalendarEvent) -> list[Receipt]:
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

    async def _say(self, platform: Platform, row: Row, effect: Say) -> list[Receipt]:
        posts = await self._drawn(platform, row, effect.card)
        if posts:
            posts[0] = replace(posts[0], ping=effect.ping)
        return await self._show(platform, row, row.key, posts, effect.about)

    async def _show(
        self, platform: Platform, row: Row, key: str, posts: Sequence[Post], about: About
    ) -> list[Receipt]:
        """Say a message part by part; what was said before is not said again."""
        done = list(await self._receipts(row.session, key))
        for part, post in enumerate(posts):
            if part < len(done):
                continue
            message = await platform.perform(row.channel, await filed(post), part_key(key, part), row.because)
            if message is not None:
                self._showing(key, part, post)
                done.append(Receipt(key=key, part=part, message=message, session=row.session, about=about))
        return done

    def _showing(self, key: str, part: int, post: Post) -> None:
        """Remember what a part shows, so that the same is not sent again while this process lives."""
        self._seals.pop((key, part), None)
        self._seals[key, part] = seal(post)
        if len(self._seals) > REMEMBERED:
            self._seals.popitem(last=False)

    async def _revise(
        self, platform: Platform, row: Row, effect: Edit
    ) -> tuple[list[Receipt], list[tuple[str, int]]]:
        """Part by part: change those that are there, add what is missing, drop the surplus."""
        key = key_of(row.session, effect.name, effect.place)
        return await self._change(
            platform, row, key, await self._drawn(platform, row, effect.card), effect.about
        )

    async def _change(
        self, platform: Platform, row: Row, key: str, posts: Sequence[Post], about: About
    ) -> tuple[list[Receipt], list[tuple[str, int]]]:
        there = list(await self._receipts(row.session, key))
        kept: list[Receipt] = []
        for part, post in enumerate(posts):
            if part < len(there):
                if (key, part) in self._seals and self._seals[key, part] == seal(post):
                    kept.append(there[part])
                    continue
                change = Change(message=there[part].message, post=await filed(post))
                moved = await platform.perform(row.channel, change, f"{row.key}.{part}", "")
                self._showing(key, part, post)
                kept.append(replace(there[part], message=moved) if moved else there[part])
            elif there:  # a message that was never said is not begun by a revision
                message = await platform.perform(row.channel, await filed(post), part_key(key, part), "")
                if message is not None:
                    self._showing(key, part, post)
                    kept.append(
                        Receipt(key=key, part=part, message=message, session=row.session, about=about)
                    )
        surplus = there[len(posts) :]
        for receipt in surplus:
            drop = Delete(message=receipt.message)
            await platform.perform(row.channel, drop, f"{row.key}.{receipt.part}", "")
        return kept, [(key, receipt.part) for receipt in surplus]

    async def _drawn(self, platform: Platform, row: Row, card: Card) -> list[Post]:
        """A card as posts, in the language of who reads them: one person's own in private, else the script's."""
        session, script = await self._load(row.session)
        earlier = [await self._load(key) for key in session.earlier] if isinstance(card, RecapReady) else []
        language = script.language
        if row.place.startswith(PRIVATE):
            person = row.place.removeprefix(PRIVATE)
            script = spoken_to(script, session, person)
            language = own_language(session, person) or language
        with spoken(language), stamping(platform.can.stamp):
            return draw(card, script, session, platform.can, earlier)

    async def _receipts(self, session: str, key: str) -> Sequence[Receipt]:
        return self._fresh[key] if key in self._fresh else await self._store.outbox.receipts(session, key)

    def _settle(
        self, row: Row, receipts: list[Receipt], gone: list[tuple[str, int]], *, erasing: bool
    ) -> None:
        for key in {receipt.key for receipt in receipts} | {key for key, _ in gone}:
            self._fresh[key] = [receipt for receipt in receipts if receipt.key == key]
        self._done.append((row, receipts, gone, erasing))
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle_all())

    async def _settle_all(self) -> None:
        """Write down what was performed, as much as there is at once."""
        try:
            while self._done:
                done, self._done = self._done, []
                try:
                    await self._store.outbox.settle(
                        [(row.session, row.key) for row, _, _, _ in done],
                        [receipt for _, receipts, _, _ in done for receipt in receipts],
                        [(row.session, *part) for row, _, gone, _ in done for part in gone],
                        any(erasing for _, _, _, erasing in done),
                    )
                except StoreError as error:
                    # The rows stay in the outbox and are performed again after a restart, under the same keys.
                    log.error("could not settle", rows=len(done), error=str(error))
                    continue
                for _, receipts, gone, _ in done:
                    for key in {receipt.key for receipt in receipts} | {key for key, _ in gone}:
                        if not self._is_newer(key, receipts):
                            self._fresh.pop(key, None)
                for session in {row.session for row, _, _, _ in done}:
                    await self._settled(session)
        finally:
            self._settling = None

    def _is_newer(self, key: str, receipts: list[Receipt]) -> bool:
        """Whether something later was performed under this key and is not on disk yet."""
        return self._fresh.get(key) != [receipt for receipt in receipts if receipt.key == key]
