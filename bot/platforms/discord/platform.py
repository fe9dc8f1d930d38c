"""Discord as a platform: what people say and tap becomes events, what the core says becomes messages.

Channels: `discord:<id>` a channel or thread, `discord:<id>/hosts` the private thread of its hosts,
`discord:~<user>` where only this person reads: beside what they tapped on, else a direct message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone

import structlog

from bot.core.model.events import Event
from bot.core.model.facts import Phase
from bot.core.platform import (
    Action,
    Batch,
    CalendarEvent,
    Capabilities,
    Change,
    Delete,
    Erasure,
    Post,
    Reaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.errors import Permanent, PlatformError, Transient
from bot.platforms.discord import components, rights, roles, scheduled_events
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import NO_DIRECT, DiscordClient, Refused
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.given import Given, Watched, nothing_watched
from bot.platforms.discord.ids import DIRECT, HOSTS, NAME, nonce, number
from bot.platforms.discord.messages import Messages
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.replies import Replies, Reply
from bot.render.attachments import PAGE, PICTURE
from bot.render.i18n import spoken
from bot.scheduling.plan import Coming, Plan
from bot.store.sqlite import SqliteStore

log = structlog.get_logger()

SIGNS = {"✓": "✅"}  # signs that Discord takes for reactions
LASTING = frozenset(
    {"question", "report", "entrusted", "badge", PICTURE, PAGE}
)  # private words that must not fade
CLOSED_PAUSE = 60.0  # seconds until somebody who takes no direct messages is tried again
CLOSED_TRIES = 400


class DiscordPlatform:
    """One bot in all its servers. `watched` tells the channels of open sessions, with the messages there
    that are answers; `load` reads a session, for forms and for who its hosts are."""

    name = "discord"
    # Escaping may double people's words, and some characters count twice; a message takes 4,000.
    can = Capabilities(
        limit=1_900, pages=False, files=True, taps=True, reactions=True, stamp=components.moment
    )

    def __init__(
        self,
        store: SqliteStore,
        client: DiscordClient,
        watched: Watched = nothing_watched,
        language: str = "en",
        address: str = "",
        *,
        role: Callable[[str], str] | None = None,
        forum: str = "",
    ) -> None:
        self._store = store
        self.client = client
        self._role_of = role  # name of a recognition -> role of the server, by name or id; empty: none
        self._forum = forum
        self.given = Given(watched=watched)
        self.replies = Replies()
        self.channels = Channels(store, client, language)
        polls = Polls(client, self.channels.ids, self.channels.keep)
        self.channels.also = polls.know
        self._gateway = Gateway(store, client, self.channels, polls, self.given)
        self._messages = Messages(
            client, self.channels, polls, self.replies, self.given, address=address, forum=forum
        )
        self._closed: dict[str, int] = {}  # who takes no direct messages -> tries
        self._seated: set[tuple[str, str]] = set()
        self._complained: set[tuple[str, str]] = set()

    async def close(self) -> None:
        """Let go of Discord."""
        await self.client.leave()

    def submit(self, event: Event, reply: Reply | None = None) -> None:
        """Something that somebody tapped, sent or ordered; `reply` is told when it is on disk."""
        self._gateway.submit(event, reply)

    def events(self, since: str | None) -> AsyncIterator[Batch]:
        """What was missed since the position, then what is live; a first start replays nothing."""
        return self._gateway.events(since)

    async def kept(self, name: str) -> str | None:
        """What is kept under a name."""
        return await self.channels.kept(name)

    async def keep(self, name: str, id: str) -> None:
        """Keep it, over restarts."""
        await self.channels.keep(name, id)

    # -- doing -----------------------------------------------------------------------------------

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once for each key; what is refused is said to the hosts."""
        await self.channels.load()
        try:
            return await self._perform(channel, doing, key, because)
        except Refused as error:
            await self._complain(channel, doing, error)
            raise

    async def _perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        match doing:
            case Post() if channel.startswith(DIRECT):
                return await self._privately(channel, doing, key, because)
            case Post():
                forum = await self._messages.forum_of(channel, doing)
                if forum is not None:
                    return await self._messages.in_forum(forum, channel, doing, key)
                return await self._messages.send(await self.channels.target(channel), doing, key)
            case Change(message=message, post=post):
                return await self._messages.change(channel, message, post, key)
            case Delete(message=message):
                await self._messages.drop(channel, message)
            case Reaction(message=message, sign=sign):
                talk = self.client.get_partial_messageable(await self.channels.holding(channel, message))
                async with self.client.asking():
                    await talk.get_partial_message(number(message)).add_reaction(SIGNS.get(sign, sign))
            case Thread(people=people, title=title):
                return await self._thread(channel, people, title, key)
            case ThreadMembers(people=people):
                await self.channels.seats(await self.channels.target(channel), people)
            case Role():
                await roles.honour(
                    self.client, await self.channels.guild_channel(channel), doing, self._role_of
                )
            case CalendarEvent():
                return await self._appoint(channel, doing)
            case Erasure():
                await self._erase(channel, doing)
        return None

    async def _appoint(self, channel: str, doing: CalendarEvent) -> str | None:
        room = await self.channels.guild_channel(channel)
        if room is None:
            return None
        told = replace(doing, where=f"#{room.name}")
        return await scheduled_events.keep(
            self.client, room.guild.id, room.id, told, datetime.now(timezone.utc)
        )

    # -- private words ---------------------------------------------------------------------------

    async def _privately(self, channel: str, post: Post, key: str, because: str) -> str | None:
        """Beside what they tapped on, if that was a moment ago; else a direct message; else when they tap again."""
        person = NAME + channel.removeprefix(DIRECT)
        # a word outside of any session, such as a reminder, may be read much later: it must not fade
        exactly = not post.session
        reply = None if post.kind in LASTING else self.replies.to(person, because, exactly=exactly)
        if reply is not None:
            view = components.with_more(await self._messages.drawn(post, key), reply.more)
            reply.more = ()
            message = await self.replies.say(reply, view)
            if message is not None:
                return f"{NAME}e{message}"
        try:
            if channel in self._closed:
                raise Transient("takes no direct messages", CLOSED_PAUSE)
            return await self._messages.send(await self.channels.target(channel), post, key)
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

    async def _thread(self, channel: str, people: Sequence[str], title: str, key: str) -> str:
        """A private thread for these people."""
        name = f"thread/{nonce(key)}"
        if name not in self.channels.ids:
            id = await self.channels.made_thread(number(channel), title, key)
            await self.channels.keep(name, str(id))
        id = int(self.channels.ids[name])
        await self.channels.seats(id, people, leaving=False)
        return f"{NAME}{id}"

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Bring these people into the thread of the hosts."""
        fresh = [p for p in people if p.startswith(NAME) and (channel, p) not in self._seated]
        if fresh:
            await self.channels.seats(await self.channels.target(channel), fresh, leaving=False)
            self._seated |= {(channel, person) for person in fresh}

    async def _erase(self, channel: str, doing: Erasure) -> None:
        for message in doing.messages:
            try:
                await self._messages.drop(channel, message)
            except Permanent as error:  # not in this room, or we may not: hosts can
                log.warning("not taken away", message=message, error=str(error))
        if doing.everything:
            await self.channels.forget(DIRECT + doing.person.removeprefix(NAME))

    def private_channel(self, person: str, room: str) -> str:
        """Where only this person reads."""
        return DIRECT + person.removeprefix(NAME)

    async def is_moderator(self, person: str, channel: str) -> bool:
        """Nothing is known of that without a command of theirs."""
        return False

    def community(self, channel: str) -> str:
        """The server that a channel is in; nothing for a direct conversation."""
        number = channel.partition("/")[0].removeprefix(NAME)
        found = self.client.get_channel(int(number)) if number.isdecimal() else None
        guild = getattr(found, "guild", None)
        return "" if guild is None else f"{NAME}{guild.id}"

    def host_channel(self, room: str) -> str:
        """Where only hosts read."""
        return room.partition("/")[0] + HOSTS

    async def planned(self, channel: str, which: str) -> tuple[Sequence[Plan], Sequence[Coming]]:
        """What is planned in the server of a channel, and who said that they come to the one that is named."""
        plans = await self._store.plans(self.community(channel))
        chosen = next((plan for plan in plans if plan.id == which), None)
        return plans, (await self._store.coming(chosen.id, chosen.occurrence) if chosen else ())

    async def lacking(self, channel: str, roles: Sequence[str] = ()) -> str:
        """What the bot may not do in a channel and a workshop needs, in sentences; nothing if all is well.

        Args:
            roles: what people may be recognised as there, for which a role may be given.
        """
        room = await self.channels.guild_channel(channel)
        return (
            "" if room is None else await rights.lacking(self.client, room, roles, self._role_of, self._forum)
        )

    # -- what goes wrong -------------------------------------------------------------------------

    async def _complain(self, channel: str, doing: Action, error: Refused) -> None:
        """Say to the hosts, once, what the bot may not do where, and how to mend it."""
        if (
            self.given.load is None
            or channel.startswith(DIRECT)
            or (channel, str(error.code)) in self._complained
        ):
            return
        self._complained.add((channel, str(error.code)))
        found = await self.channels.session_at(channel)
        if not found:
            return
        session, script = await self.given.load(found)
        if session.phase is Phase.CLOSED:
            return
        with spoken(script.language):
            what = tr(WANTED.get(type(doing), WANTED[Post]))
            says = tr(
                messages.CANNOT_THERE, room=f"<#{channel.partition('/')[0].removeprefix(NAME)}>", what=what
            )
        for person in sorted({session.guide, *session.hosts} - {""}):
            if person.startswith(NAME):
                try:
                    own = self.private_channel(person, "")
                    await self._privately(
                        own, Post(text=says), f"complaint/{channel}/{error.code}/{person}", ""
                    )
                except PlatformError as again:
                    log.warning("a host was not told", error=str(again))


WANTED = {
    Post: messages.MAY_SEND,
    Change: messages.MAY_SEND,
    Thread: messages.MAY_THREAD,
    ThreadMembers: messages.MAY_THREAD,
    Reaction: messages.MAY_REACT,
    Role: messages.MAY_ROLES,
}
