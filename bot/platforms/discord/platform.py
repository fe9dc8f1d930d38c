"""Discord as a platform: what people say and tap becomes events, what the core says becomes messages.

Channels: `discord:<id>` a channel or thread, `discord:<id>/hosts` the private thread of its hosts,
`discord:~<user>` where only this person reads: beside what they tapped on, else a direct message.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import discord
import structlog

from bot.core import words
from bot.core.events import Deleted, Edited, Event, Person, Posted
from bot.core.facts import Mode, Phase
from bot.core.gallery import card_meant
from bot.core.script import Script, Written
from bot.core.session import Session
from bot.core.views import form_for
from bot.core.words import tr
from bot.errors import NoRight, Permanent, PlatformError, Transient
from bot.files import PAGE, PICTURE
from bot.languages import spoken
from bot.plans.plan import Coming, Plan
from bot.platforms import (
    Appointment,
    Batch,
    Can,
    Change,
    Doing,
    Drop,
    Erasure,
    Post,
    Role,
    Seats,
    Sign,
    Thread,
)
from bot.platforms.discord import drawing, forums, hearing, occasions, signs, tables
from bot.platforms.discord.link import ARCHIVED, NO_DIRECT, NO_PERMISSION, TOO_OLD_TO_EDIT, Link, Refused
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.replies import Replies, Reply
from bot.platforms.discord.wire import (
    DIRECT,
    HOSTS,
    NAME,
    WITHIN,
    keyed,
    named,
    nonce,
    number,
    post_of,
    snowflake,
)
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

SIGNS = {"✓": "✅"}  # signs that Discord takes for reactions
LOOK_BACK = 50  # messages of ours that are read before the first word in a channel
REMEMBERED = 5_000
EARLY = 200  # changes whose message may still be on its way
ROLE_COLOUR = 0x1F5F5B
UNKNOWN_MEMBER = 10007
READY_SECONDS = 15.0  # that a start waits for Discord to tell of all servers
LASTING = frozenset(
    {"question", "report", "entrusted", "badge", PICTURE, PAGE}
)  # private words that must not fade
CLOSED_PAUSE = 60.0  # seconds until somebody who takes no direct messages is tried again
CLOSED_TRIES = 400
THREAD_NAME = 100
POST = "post/"  # what the room of a post in a forum is kept under

Load = Callable[[str], Awaitable[tuple[Session, Script]]]
Watched = Callable[[], Awaitable[Mapping[str, Sequence[str]]]]


async def nothing_watched() -> Mapping[str, Sequence[str]]:
    """No channel has a workshop."""
    return {}


class DiscordPlatform:
    """One bot in all its servers. `watched` tells the channels of open sessions, with the messages there
    that are answers; `load` reads a session, for forms and for who its hosts are."""

    name = "discord"
    # Escaping may double people's words, and some characters count twice; a message takes 4,000.
    can = Can(limit=1_900, pages=False, files=True, taps=True, reactions=True, stamp=drawing.moment)

    def __init__(
        self,
        store: SqliteStore,
        link: Link,
        watched: Watched = nothing_watched,
        language: str = "en",
        address: str = "",
        *,
        role: Callable[[str], str] | None = None,
        forum: str = "",
    ) -> None:
        self._store = store
        self._forum = forum  # where the questions of workshops over days stand, by name or id; empty: nowhere
        self.link = link
        self._role_of = role  # name of a recognition -> role of the server, by name or id; empty: none
        self.watched = watched
        self.load: Load | None = None
        self._language = language
        self._address = address
        self.replies = Replies()
        self.commands: dict[str, int] = {}  # name -> id, once they are registered
        self._places: dict[str, str] = {}  # our name -> id there
        self._names: dict[int, str] = {}  # the other way round, for threads of hosts and posts of a forum
        self._posts: dict[int, str] = {}  # post of a forum -> the room that its question belongs to
        self._said: OrderedDict[int, dict[int, int]] = OrderedDict()  # channel -> key of a message -> its id
        self._heard_ids: OrderedDict[str, None] = OrderedDict()
        self._early: OrderedDict[str, Edited | Deleted] = OrderedDict()  # changes before their message
        self._queue: asyncio.Queue[tuple[Event | None, Reply | None]] = asyncio.Queue()
        self._polls = Polls(link, self._places, self.keep)
        self._latest = 0
        self._making: dict[str, asyncio.Lock] = {}
        self._closed: dict[str, int] = {}  # who takes no direct messages -> tries
        self._seated: set[tuple[str, str]] = set()
        self._complained: set[tuple[str, str]] = set()
        self._loaded = False
        self._connected = asyncio.Event()
        link.event(self.on_message)
        link.event(self.on_raw_message_edit)
        link.event(self.on_raw_message_delete)
        link.event(self.on_raw_bulk_message_delete)
        link.event(self.on_raw_reaction_add)
        link.event(self.on_raw_reaction_remove)
        link.event(self.on_raw_poll_vote_add)
        link.event(self.on_raw_poll_vote_remove)
        link.event(self.on_connect)
        link.event(self.on_guild_remove)
        link.event(self.on_scheduled_event_update)
        link.event(self.on_scheduled_event_delete)

    async def close(self) -> None:
        """Let go of Discord."""
        await self.link.leave()

    @property
    def me(self) -> int:
        """The bot's own id."""
        return self.link.user.id if self.link.user else 0

    async def load_places(self) -> None:
        """Read what an earlier run kept."""
        if not self._loaded:
            for name, id in (await self._store.read(tables.places)).items():
                self._know(name, id)
            self._loaded = True

    def _know(self, name: str, id: str) -> None:
        self._places[name] = id
        if name.endswith(HOSTS) and id.isdecimal():
            self._names[int(id)] = name
        if name.startswith(POST):
            post = int(name.removeprefix(POST))
            self._names[post] = self._posts[post] = id
        self._polls.know(name, id)

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        await self.load_places()
        return self._places.get(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        self._know(name, id)
        await self._store.write(lambda c: tables.keep(c, name, id))

    # -- hearing ---------------------------------------------------------------------------------

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing.

        The position is an id of Discord, which grow with time. What was tapped while the bot was away
        never arrives; what was said, changed and deleted is read from the channels of open sessions.
        """
        await self.load_places()
        self._latest = int(since) if since else snowflake(time.time())
        line = self.link.listen()
        connected = asyncio.create_task(self._connected.wait())
        await asyncio.wait([line, connected], return_when=asyncio.FIRST_COMPLETED)
        if line.done():
            connected.cancel()
            line.result()
        missed = await self._missed(self._latest) if since else []
        if since:
            with contextlib.suppress(TimeoutError):  # until then it is not known which server a channel is in
                await asyncio.wait_for(self.link.wait_until_ready(), READY_SECONDS)
            await self._events_missed()
        if missed:
            yield Batch(events=missed, cursor=str(self._latest))
        yield Batch(events=(), cursor=str(self._latest), caught_up=True)
        while True:
            ready = [await self._next(line)]
            while not self._queue.empty():
                ready.append(self._queue.get_nowait())
            if any(
                event is None for event, _ in ready
            ):  # a new session of the gateway: what came between is lost
                again = await self._missed(self._latest)
                if again:
                    yield Batch(events=again, cursor=str(self._latest), caught_up=True)
            batch = self._batch([(event, reply) for event, reply in ready if event is not None])
            if batch is not None:
                yield batch

    async def _next(self, line: asyncio.Task[None]) -> tuple[Event | None, Reply | None]:
        get = asyncio.ensure_future(self._queue.get())
        try:
            await asyncio.wait([get, line], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not get.done():
                get.cancel()
        if not get.cancelled() and get.done():
            return get.result()
        line.result()  # says why
        raise Permanent("the line to Discord ended")

    def _batch(self, ready: Sequence[tuple[Event, Reply | None]]) -> Batch | None:
        fresh = [(self._as_it_is(event), reply) for event, reply in ready if self._new(event)]
        if not fresh:
            return None
        replies = [reply for _, reply in fresh if reply is not None]

        def heard() -> None:
            for reply in replies:
                reply.heard.set()

        return Batch(
            events=[event for event, _ in fresh], cursor=str(self._latest), caught_up=True, heard=heard
        )

    def _as_it_is(self, event: Event) -> Event:
        """What somebody said, with what was told of it before: Discord promises no order."""
        if isinstance(event, Edited | Deleted) and event.message not in self._heard_ids:
            self._early[event.message] = event
            while len(self._early) > EARLY:
                self._early.popitem(last=False)
        early = self._early.pop(event.id, None) if isinstance(event, Posted) else None
        if isinstance(event, Posted) and early is not None:
            return replace(event, text=early.text) if isinstance(early, Edited) else early
        return event

    def _new(self, event: Event) -> bool:
        """Whether this was not told before; Discord may tell twice, and reading back tells again."""
        if event.id in self._heard_ids:
            return False
        self._heard_ids[event.id] = None
        while len(self._heard_ids) > REMEMBERED:
            self._heard_ids.popitem(last=False)
        digits = event.id.removeprefix(NAME).partition(":")[0].partition(WITHIN)[0]
        if digits.isdecimal():
            self._latest = max(self._latest, int(digits))
        return True

    async def _missed(self, after: int) -> list[Event]:
        """What was said, changed and deleted meanwhile in the channels of open sessions."""
        found: list[tuple[int, Event]] = []
        for channel, sources in (await self.watched()).items():
            try:
                found += await self._read_back(channel, after, sources)
            except Permanent as error:
                log.warning("a channel cannot be read", channel=channel, error=str(error))
        said = [event for _, event in sorted(found, key=lambda each: each[0])]
        held = await signs.missed(self.link, self._store, self.load) if self.load is not None else []
        return [event for event in (*said, *(await self._polls.missed(self.load)), *held) if self._new(event)]

    async def _read_back(self, channel: str, after: int, sources: Sequence[str]) -> list[tuple[int, Event]]:
        """A channel, and the posts of a forum that belong to it."""
        found = await self._read(await self._target(channel), channel, after, sources)
        for post in [post for post, room in self._posts.items() if room == channel]:
            try:
                found += await self._read(post, channel, after, sources, post)
            except Permanent as error:
                log.warning("a post cannot be read", channel=channel, error=str(error))
        return found

    async def _read(
        self, target: int, channel: str, after: int, sources: Sequence[str], post: int = 0
    ) -> list[tuple[int, Event]]:
        wanted = [number(source) for source in sources if post_of(source) == post]
        begin = min([after, *(source - 1 for source in wanted)])
        there: dict[int, discord.Message] = {}
        async with self.link.asking():
            talk = await self.link.fetch_channel(target)
            if not isinstance(talk, discord.abc.Messageable):
                raise Permanent("nothing can be said in this channel")
            async for message in talk.history(limit=None, after=discord.Object(begin), oldest_first=True):
                there[message.id] = message
        found: list[tuple[int, Event]] = []
        for id, message in there.items():
            event = self._said_by(message, channel) if id > after else None
            if event is not None:
                found.append((id, event))
            if message.edited_at is not None and not message.author.bot:
                data = {
                    "id": id,
                    "content": message.content,
                    "edited_timestamp": message.edited_at.isoformat(),
                    "author": {"id": message.author.id, "global_name": message.author.display_name},
                }
                changed = hearing.edited(data, channel, self.me, post)
                found += [(id + 1, changed)] if changed else []
        now = datetime.now(timezone.utc)
        found += [
            (snowflake(time.time()), hearing.deleted(s, channel, now, post)) for s in wanted if s not in there
        ]
        return found

    async def on_connect(self) -> None:
        """A new session of the gateway: what was said before it is not told."""
        if self._connected.is_set():
            self._queue.put_nowait((None, None))
        self._connected.set()

    def _said_by(self, message: discord.Message, channel: str = "") -> Event | None:
        where = message.channel
        direct = message.guild is None
        post = self._post(where.id)
        parent = f"{NAME}{where.parent_id}" if isinstance(where, discord.Thread) and not post else None
        if direct:
            own = hearing.private(message.author.id)
            if not message.author.bot and self._places.get(own) != str(where.id):
                self._places[own] = str(where.id)
            return hearing.posted(message, own, None, self.me)
        return hearing.posted(message, channel or self.called(where.id), parent, self.me, post)

    def _post(self, channel: int) -> int:
        """The post of a forum that this channel is, if it is one of ours."""
        return channel if channel in self._posts else 0

    def message(self, id: int, channel: int) -> str:
        """Our name of a message."""
        return named(id, self._post(channel))

    def called(self, id: int) -> str:
        """Our name of a channel."""
        return self._names.get(id, f"{NAME}{id}")

    async def on_message(self, message: discord.Message) -> None:
        """Somebody said something."""
        event = self._said_by(message)
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed a message, or Discord did."""
        data: Mapping[str, Any] = payload.data
        author = int((data.get("author") or {}).get("id", 0))
        channel = self.called(payload.channel_id) if payload.guild_id else hearing.private(author)
        event = hearing.edited(data, channel, self.me, self._post(payload.channel_id))
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone."""
        self._gone(payload.message_id, payload.channel_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several at once."""
        for message in payload.message_ids:
            self._gone(message, payload.channel_id)

    def _gone(self, message: int, channel: int) -> None:
        now = datetime.now(timezone.utc)
        event = hearing.deleted(message, self.called(channel), now, self._post(channel))
        self._queue.put_nowait((event, None))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody put a sign on a message."""
        self._reacted(payload, on=True)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody took a sign away."""
        self._reacted(payload, on=False)

    def _reacted(self, payload: discord.RawReactionActionEvent, *, on: bool) -> None:
        sign = str(payload.emoji)
        if payload.user_id == self.me or payload.guild_id is None or not card_meant(sign):
            return  # a reaction that is nothing to us costs nothing, and is kept nowhere
        where, message = self.called(payload.channel_id), self.message(payload.message_id, payload.channel_id)
        self._queue.put_nowait((hearing.reacted(message, where, payload.user_id, sign, on=on), None))

    async def on_raw_poll_vote_add(self, payload: discord.RawPollVoteActionEvent) -> None:
        """Somebody voted in a poll."""
        self._voted(payload, on=True)

    async def on_raw_poll_vote_remove(self, payload: discord.RawPollVoteActionEvent) -> None:
        """Somebody took a vote back."""
        self._voted(payload, on=False)

    def _voted(self, payload: discord.RawPollVoteActionEvent, *, on: bool) -> None:
        event = self._polls.voted(payload.message_id, payload.user_id, payload.answer_id, on=on)
        if event is not None:
            self._queue.put_nowait((event, None))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was sent away from a server: its sessions stand still there, and nothing of them is lost."""
        gone = {f"{NAME}{channel.id}" for channel in (*guild.channels, *guild.threads)}
        watched = await self.watched()
        for channel in sorted(gone & set(watched)):
            key = await self.session_at(channel)
            if not key or self.load is None:
                continue
            session, _ = await self.load(key)
            if session.live and not session.paused and channel in map(session.places.get, session.rooms):
                who = Person(id=session.guide or f"{NAME}{self.me}", name="")
                at = datetime.now(timezone.utc)
                id = f"{NAME}{guild.id}:left:{int(at.timestamp())}:{key}"
                order = hearing.ordered(id, channel, at, who, "workshop pause", {}, host=True, session=key)
                self._queue.put_nowait((order, None))

    def submit(self, event: Event, reply: Reply | None = None) -> None:
        """Something that somebody tapped, sent or ordered; `reply` is told when it is on disk."""
        self._queue.put_nowait((event, reply))

    # -- doing -----------------------------------------------------------------------------------

    async def perform(self, channel: str, doing: Doing, key: str, because: str) -> str | None:
        """Do it, once for each key; what is refused is said to the hosts."""
        await self.load_places()
        try:
            return await self._perform(channel, doing, key, because)
        except Refused as error:
            await self._complain(channel, doing, error)
            raise

    async def _perform(self, channel: str, doing: Doing, key: str, because: str) -> str | None:
        match doing:
            case Post() if channel.startswith(DIRECT):
                return await self._privately(channel, doing, key, because)
            case Post():
                forum = await self._forum_of(channel, doing)
                if forum is not None:
                    return await self._in_forum(forum, channel, doing, key)
                return await self._send(await self._target(channel), doing, key)
            case Change(message=message, post=post):
                return await self._change(channel, message, post, key)
            case Drop(message=message):
                await self._drop(channel, message)
            case Sign(message=message, sign=sign):
                talk = self.link.get_partial_messageable(await self._holding(channel, message))
                async with self.link.asking():
                    await talk.get_partial_message(number(message)).add_reaction(SIGNS.get(sign, sign))
            case Thread(people=people, title=title):
                return await self._thread(channel, people, title, key)
            case Seats(people=people):
                await self._seats(await self._target(channel), people)
            case Role():
                await self._role(channel, doing)
            case Appointment():
                return await self._appoint(channel, doing)
            case Erasure():
                await self._erase(channel, doing)
        return None

    async def _role(self, channel: str, doing: Role) -> None:
        """A role of the server by this name, made if it is not there; giving it twice is giving it once."""
        room = await self._guild_channel(channel)
        role = self._role_of(doing.name) if self._role_of is not None else ""
        if not role or room is None or not doing.person.startswith(NAME):
            return
        try:
            await self._change_role(room.guild.id, number(doing.person), replace(doing, name=role))
        except Refused as error:
            if error.code == NO_PERMISSION:
                raise NoRight(words.NO_RIGHT_TO_GIVE) from error
            if error.code != UNKNOWN_MEMBER:  # they have left the server, and their role with it
                raise

    async def _change_role(self, guild: int, member: int, doing: Role) -> None:
        async with self.link.asking():
            there = await self.link.http.get_roles(guild)
        wanted = doing.name.casefold()
        found = next(
            (each["id"] for each in there if wanted in (each["name"].casefold(), str(each["id"]))), None
        )
        if found is None and not doing.on:
            return
        if found is None:
            async with self.link.asking():
                made = await self.link.http.create_role(
                    guild, reason=doing.why, name=doing.name[:100], permissions=0, color=ROLE_COLOUR
                )
            found = made["id"]
        change = self.link.http.add_role if doing.on else self.link.http.remove_role
        async with self.link.asking():
            await change(guild, member, int(found), reason=doing.why[:400])

    async def _appoint(self, channel: str, doing: Appointment) -> str | None:
        room = await self._guild_channel(channel)
        if room is None:
            return None
        told = replace(doing, where=f"#{room.name}")
        return await occasions.keep(self.link, room.guild.id, room.id, told, datetime.now(timezone.utc))

    async def _guild_channel(self, channel: str) -> discord.abc.GuildChannel | None:
        """A channel of a server, asked for if nothing of it was told yet."""
        id = await self._target(channel)
        found: object = self.link.get_channel(id)
        if found is None:
            async with self.link.asking():
                found = await self.link.fetch_channel(id)
        return found if isinstance(found, discord.abc.GuildChannel) else None

    async def on_scheduled_event_update(
        self, before: discord.ScheduledEvent, after: discord.ScheduledEvent
    ) -> None:
        """Somebody changed an event, or we did, which changes nothing more."""
        await self._event_heard(after)

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Somebody removed an event."""
        await self._event_heard(event, gone=True)

    async def _event_heard(self, event: discord.ScheduledEvent, *, gone: bool = False) -> None:
        known = (await self._store.look([], [], [f"{occasions.EVENT}{event.id}"])).receipts
        order = occasions.heard(event, known, datetime.now(timezone.utc), gone=gone)
        if order is not None:
            self._queue.put_nowait((order, None))

    async def _events_missed(self) -> None:
        """What stands in Discord's events now; what was changed while nobody listened is heard by it."""
        for guild in self.link.guilds:
            for event in guild.scheduled_events:
                await self._event_heard(event)

    async def _drawn(self, post: Post, key: str) -> discord.ui.LayoutView:
        """A post with what Discord adds: buttons to answer, to come in, to reach one's own words."""
        controls: list[discord.ui.Item[discord.ui.LayoutView]] = []
        if post.session and self.load is not None:
            session, script = await self.load(post.session)
            with spoken(words.language()):
                controls = self._controls(post, script, session)
        return drawing.view(post, key, self.commands, controls, self._address)

    def _controls(self, post: Post, script: Script, session: Session) -> list[Any]:
        if post.kind == "notice":
            return drawing.notice_hands(post.session)
        if post.kind == "mine":
            return drawing.words_hands(post.session)
        if post.kind in ("prompt", "question") and post.step:
            step = script.step(post.step)
            form = step.id in session.steps and form_for(script, session, "", step) is not None
            several = isinstance(step, Written) and len(step.fields) > 1
            return drawing.prompt_hands(
                post.session, post.step, form=form, several=several, one_by_one=post.kind == "question"
            )
        if post.kind in drawing.OWN:
            return [*drawing.rows([drawing.own_words(post.session)])]
        return []

    async def _send(self, target: int, post: Post, key: str) -> str:
        poll = await self._polls.send(target, post, key)
        if poll is not None:
            return poll
        said = await self._look_back(target)
        mark = keyed(key)
        if mark not in said:
            view = await self._drawn(post, key)
            try:
                async with self.link.asking():
                    message = await self.link.get_partial_messageable(target).send(
                        view=view,
                        nonce=nonce(key),
                        silent=not post.ping,
                        allowed_mentions=drawing.NOBODY,
                        files=drawing.attached(post),
                    )
            except Transient:
                self._said.pop(target, None)  # it may have arrived: look before it is said again
                raise
            said[mark] = message.id
        return f"{NAME}{said[mark]}"

    async def _forum_of(self, channel: str, post: Post) -> discord.ForumChannel | None:
        """The forum channel that a question goes to: those of a workshop over days, where one is configured."""
        if not self._forum or post.kind not in ("prompt", "tally") or self.load is None or not post.step:
            return None
        session, _ = await self.load(post.session)
        room = await self._guild_channel(channel) if session.mode is Mode.ASYNC else None
        return None if room is None else forums.find(room.guild, self._forum)

    async def _in_forum(self, forum: discord.ForumChannel, channel: str, post: Post, key: str) -> str:
        """A post of its own for a question, and a line in the room that leads there."""
        kept, begun = f"forum/{post.session}/{post.step}", f"begun/{nonce(key)}"
        script = (await self.load(post.session))[1] if self.load else None
        title = script.step(post.step).title if script else ""
        if kept not in self._places:
            made: int | None = None
            async with self.link.asking():
                if begun in self._places:
                    made = await forums.made_before(forum, key, self.me)
            if made is None:
                await self.keep(begun, "1")
                view = await self._drawn(post, key)
                async with self.link.asking():
                    made = await forums.make(forum, title, view, drawing.attached(post))
            await self.keep(f"{POST}{made}", channel)
            await self.keep(kept, str(made))
        id = int(self._places[kept])
        said = tr(words.IN_FORUM, title=drawing.literal(title), post=f"<#{id}>")
        await self._send(await self._target(channel), Post(text=said), f"{kept}/there")
        return named(number(await self._send(id, post, key)), id)  # it is there; a second part comes under it

    async def _holding(self, channel: str, message: str) -> int:
        """The id of the channel that a message stands in: its room, or a post of a forum."""
        return post_of(message) or await self._target(channel)

    async def _look_back(self, target: int) -> dict[int, int]:
        """The keys of what we said last in a channel: read once, before the first word of this process there."""
        if target in self._said:
            self._said.move_to_end(target)
            return self._said[target]
        found: dict[int, int] = {}
        async with self.link.asking():
            async for message in self.link.get_partial_messageable(target).history(limit=LOOK_BACK):
                if message.author.id == self.me:
                    found |= dict.fromkeys(drawing.keys_of(message), message.id)
        self._said[target] = found
        while len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return found

    async def _change(self, channel: str, message: str, post: Post, key: str) -> str | None:
        view = await self._drawn(post, key)
        if message.startswith(f"{NAME}e"):
            await self.replies.change(int(message.removeprefix(f"{NAME}e")), view)
            return None
        if self._polls.has(number(message)):
            await self._polls.change(number(message), post)
            return None
        target = await self._holding(channel, message)
        for again in (False, True):
            try:
                async with self.link.asking():
                    talk = self.link.get_partial_messageable(target)
                    await talk.get_partial_message(number(message)).edit(
                        view=view, allowed_mentions=drawing.NOBODY, attachments=drawing.attached(post)
                    )
                return None
            except Refused as error:
                if error.code == ARCHIVED and not again:
                    await self._wake_thread(target)
                elif error.code == TOO_OLD_TO_EDIT:
                    made = await self._send(target, post, f"{key}/anew")
                    await self._drop(channel, message)
                    return made
                else:
                    raise
        return None

    async def _wake_thread(self, target: int) -> None:
        async with self.link.asking():
            thread = await self.link.fetch_channel(target)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)

    async def _drop(self, channel: str, message: str) -> None:
        if message.startswith(f"{NAME}e"):
            await self.replies.change(int(message.removeprefix(f"{NAME}e")), None)
            return
        target = await self._holding(channel, message)
        try:
            async with self.link.asking():
                if target == number(message):  # what a post begins with takes the post along
                    await self.link.http.delete_channel(target)
                else:
                    talk = self.link.get_partial_messageable(target)
                    await talk.get_partial_message(number(message)).delete()
        except Refused as error:
            if error.status != 404:
                raise

    # -- private words ---------------------------------------------------------------------------

    async def _privately(self, channel: str, post: Post, key: str, because: str) -> str | None:
        """Beside what they tapped on, if that was a moment ago; else a direct message; else when they tap again."""
        person = NAME + channel.removeprefix(DIRECT)
        # a word outside of any session, such as a reminder, may be read much later: it must not fade
        exactly = not post.session
        reply = None if post.kind in LASTING else self.replies.to(person, because, exactly=exactly)
        if reply is not None:
            view = drawing.with_more(await self._drawn(post, key), reply.more)
            reply.more = ()
            message = await self.replies.say(reply, view)
            if message is not None:
                return f"{NAME}e{message}"
        try:
            if channel in self._closed:
                raise Transient("takes no direct messages", CLOSED_PAUSE)
            return await self._send(await self._target(channel), post, key)
        except Refused as error:
            if error.code != NO_DIRECT:
                raise
            self._closed[channel] = 0
            raise Transient("takes no direct messages", CLOSED_PAUSE) from error
        except Transient:
            if channel in self._closed:
                self._closed[channel] += 1
                if self._closed[channel] > CLOSED_TRIES:
                    del self._closed[channel]
                    raise Permanent("takes no direct messages, and did not come back") from None
            raise

    # -- places ----------------------------------------------------------------------------------

    async def _target(self, channel: str) -> int:
        """The id of a channel; a direct channel or a hosts' thread is made when first used."""
        known = self._places.get(channel)
        if known is not None:
            return int(known)
        if channel.startswith(DIRECT):
            user = number(NAME + channel.removeprefix(DIRECT))
            async with self.link.asking():
                direct = await self.link.create_dm(discord.Object(user))
            await self.keep(channel, str(direct.id))
            return direct.id
        if channel.endswith(HOSTS):
            lock = self._making.setdefault(channel, asyncio.Lock())
            async with lock:
                if channel not in self._places:
                    with spoken(self._language):
                        title = tr("Hosts of {room}", room="Storycircle")
                    id = await self._made_thread(number(channel.removesuffix(HOSTS)), title, channel)
                    await self.keep(channel, str(id))
            return int(self._places[channel])
        return number(channel)

    async def _thread(self, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A private thread for these people."""
        name = f"thread/{nonce(key)}"
        if name not in self._places:
            id = await self._made_thread(number(channel), title, key)
            await self.keep(name, str(id))
        id = int(self._places[name])
        await self._seats(id, people, leaving=False)
        return f"{NAME}{id}"

    async def _made_thread(self, room: int, title: str, key: str) -> int:
        """Make a private thread, once for each key: its name ends with a mark, by which it is found again."""
        mark = nonce(key)[:4]
        name = f"{title[: THREAD_NAME - 8]} · {mark}"
        begun = f"begun/{nonce(key)}"
        async with self.link.asking():
            parent = await self.link.fetch_channel(room)
        if isinstance(parent, discord.Thread):
            async with self.link.asking():
                parent = await self.link.fetch_channel(parent.parent_id)
        if not isinstance(parent, discord.TextChannel):
            raise Permanent("threads can be made in text channels only")
        if begun in self._places:
            async with self.link.asking():
                for thread in await parent.guild.active_threads():
                    if thread.owner_id == self.me and thread.name == name:
                        return thread.id
        await self.keep(begun, "1")
        async with self.link.asking():
            made = await parent.create_thread(
                name=name,
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=forums.WEEK,
            )
        self._said[made.id] = {}
        return made.id

    async def _seats(self, thread: int, people: Sequence[str], *, leaving: bool = True) -> None:
        """Let these people, and nobody else, be in a thread."""
        wanted = {number(person) for person in people if person.startswith(NAME)}
        async with self.link.asking():
            found = await self.link.fetch_channel(thread)
        if not isinstance(found, discord.Thread):
            raise Permanent("this is no thread any more")
        there: set[int] = set()
        if leaving:
            async with self.link.asking():
                there = {member.id for member in await found.fetch_members()}
        for user in sorted(wanted - there):
            try:
                async with self.link.asking():
                    await found.add_user(discord.Object(user))
            except Refused as error:
                log.warning("not brought into a thread", thread=thread, error=str(error))
        for user in sorted(there - wanted - {self.me}):
            async with self.link.asking():
                await found.remove_user(discord.Object(user))

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Bring these people into the thread of the hosts."""
        fresh = [p for p in people if p.startswith(NAME) and (channel, p) not in self._seated]
        if fresh:
            await self._seats(await self._target(channel), fresh, leaving=False)
            self._seated |= {(channel, person) for person in fresh}

    async def _erase(self, channel: str, doing: Erasure) -> None:
        for message in doing.messages:
            try:
                await self._drop(channel, message)
            except Permanent as error:  # not in this room, or we may not: hosts can
                log.warning("not taken away", message=message, error=str(error))
        if doing.everything:
            own = DIRECT + doing.person.removeprefix(NAME)
            self._places.pop(own, None)
            await self._store.write(lambda c: tables.forget(c, own))

    def private(self, person: str, room: str) -> str:
        """Where only this person reads."""
        return DIRECT + person.removeprefix(NAME)

    async def leads(self, person: str, channel: str) -> bool:
        """Nothing is known of that without a command of theirs."""
        return False

    def community(self, channel: str) -> str:
        """The server that a channel is in; nothing for a direct conversation."""
        number = channel.partition("/")[0].removeprefix(NAME)
        found = self.link.get_channel(int(number)) if number.isdecimal() else None
        guild = getattr(found, "guild", None)
        return "" if guild is None else f"{NAME}{guild.id}"

    def hosts(self, room: str) -> str:
        """Where only hosts read."""
        return room.partition("/")[0] + HOSTS

    async def lacking(self, channel: str, roles: Sequence[str] = ()) -> str:
        """What the bot may not do in a channel and a workshop needs, in sentences; nothing if all is well.

        Args:
            roles: what people may be recognised as there, for which a role may be given.
        """
        room = await self._guild_channel(channel)
        if room is None:
            return ""
        async with self.link.asking():
            me = await room.guild.fetch_member(self.me)
        may = room.permissions_for(me)
        wanted = {
            words.MAY_SEND: forums.may_post(may),
            words.MAY_THREAD: may.create_private_threads and may.manage_threads,
            words.MAY_REACT: may.add_reactions,
            words.MAY_EVENTS: may.create_events,
            words.MAY_ROLES: may.manage_roles or self._role_of is None,
        }
        lacks = [tr(says) for says, has in wanted.items() if not has]
        given = {self._role_of(name).casefold() for name in roles} - {""} if self._role_of else set()
        there = [role for role in room.guild.roles if {role.name.casefold(), str(role.id)} & given]
        lacks += [tr(words.ROLE_ABOVE, role=role.name) for role in there if role >= me.top_role]
        forum = forums.find(room.guild, self._forum)
        if self._forum and forum is None:
            lacks.append(tr(words.NO_FORUM, forum=drawing.literal(self._forum)))
        elif forum is not None and not forums.may_post(forum.permissions_for(me)):
            lacks.append(tr(words.MAY_FORUM, forum=drawing.literal(forum.name)))
        return " ".join(lacks)

    async def planned(self, channel: str, which: str) -> tuple[Sequence[Plan], Sequence[Coming]]:
        """What is planned in the server of a channel, and who said that they come to the one that is named."""
        plans = await self._store.plans(self.community(channel))
        chosen = next((plan for plan in plans if plan.id == which), None)
        return plans, (await self._store.coming(chosen.id, chosen.occurrence) if chosen else ())

    async def session_at(self, channel: str) -> str:
        """The session that is at home in a channel, if one is."""
        if channel.endswith(HOSTS):
            channel = channel.removesuffix(HOSTS)
        context = await self._store.look([], [channel], [])
        return next((place.session for place in context.places.get(channel, ())), "")

    # -- what goes wrong -------------------------------------------------------------------------

    async def _complain(self, channel: str, doing: Doing, error: Refused) -> None:
        """Say to the hosts, once, what the bot may not do where, and how to mend it."""
        if self.load is None or channel.startswith(DIRECT) or (channel, str(error.code)) in self._complained:
            return
        self._complained.add((channel, str(error.code)))
        found = await self.session_at(channel)
        if not found:
            return
        session, script = await self.load(found)
        if session.phase is Phase.CLOSED:
            return
        with spoken(script.language):
            what = tr(WANTED.get(type(doing), WANTED[Post]))
            says = tr(
                words.CANNOT_THERE, room=f"<#{channel.partition('/')[0].removeprefix(NAME)}>", what=what
            )
        for person in sorted({session.guide, *session.hosts} - {""}):
            if person.startswith(NAME):
                try:
                    own = self.private(person, "")
                    await self._privately(
                        own, Post(text=says), f"complaint/{channel}/{error.code}/{person}", ""
                    )
                except PlatformError as again:
                    log.warning("a host was not told", error=str(again))


WANTED = {
    Post: words.MAY_SEND,
    Change: words.MAY_SEND,
    Thread: words.MAY_THREAD,
    Seats: words.MAY_THREAD,
    Sign: words.MAY_REACT,
    Role: words.MAY_ROLES,
}
