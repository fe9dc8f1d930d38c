"""Discord as a platform: what people say and tap becomes events, what the core says becomes messages.

Channels: `discord:<id>` a channel or thread, `discord:<id>/hosts` the private thread of its hosts,
`discord:~<user>` where only this person reads: beside what they tapped, else a direct message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

import discord
import structlog

from bot.core.participants.community import Listing
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
    RemoveReaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.core.text.wording import tr
from bot.errors import MayNotWrite, Permanent
from bot.platforms.discord import components, rights, roles, sentences
from bot.platforms.discord.catch_up import CatchUp, OpenChannels, open_channels
from bot.platforms.discord.channels import Channels, discord_rooms
from bot.platforms.discord.client import (
    NO_ACCESS,
    NO_MESSAGE,
    NO_PERMISSION,
    NO_REACTION,
    UNKNOWN_CHANNEL,
    DiscordClient,
    Missing,
    Refused,
)
from bot.platforms.discord.complaints import Complaints
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.ids import DIRECT, NAME, discord_id
from bot.platforms.discord.inbox import Inbox
from bot.platforms.discord.interactions import Interactions
from bot.platforms.discord.listeners import Listeners
from bot.platforms.discord.messages import Messages
from bot.platforms.discord.polls import Polls
from bot.platforms.discord.private_messages import PrivateMessages
from bot.platforms.discord.reactions import Reactions
from bot.platforms.discord.replies import Replies
from bot.platforms.discord.responder import Responder
from bot.platforms.discord.scheduled_events import ScheduledEvents
from bot.platforms.discord.threads import Threads
from bot.platforms.room_registry import HOSTS, direct_channel, hosts_of
from bot.platforms.sessions import LoadSession, session_at
from bot.store.store import Store

log = structlog.get_logger()

EMOJI = {"✓": "✅"}  # signs that Discord takes for reactions


class DiscordPlatform:
    """One bot in all its servers, put together from its parts.

    Args:
        client: logged in, or to be logged in by `enter`, which may be asked again after trouble.
        load: reads a session and its script.
        shelf: the workshops that can be started here.
        command_ids: of the registered commands, by their names.
        host_roles: roles of a server whose members are hosts, by name or id, beside those who manage the server.
        open_channels: the channels to read again after a silence, in place of those of open sessions.
        address: of the web room; empty if there is none.
        role: the role of a recognition, by name or id; empty for none.
        forum: where the questions of workshops over days stand, by name or id.
    """

    name = "discord"
    # Escaping may double people's words, and some characters count twice; a message takes 4,000.
    can = Capabilities(
        limit=1_900, pages=False, files=True, taps=True, reactions=True, replies=True, stamp=components.moment
    )

    def __init__(
        self,
        store: Store,
        client: DiscordClient,
        load: LoadSession,
        shelf: Mapping[str, Listing] = {},
        command_ids: Mapping[str, int] = {},
        host_roles: Sequence[str] = (),
        open_channels: OpenChannels | None = None,
        language: str = "en",
        address: str = "",
        *,
        role: Callable[[str], str] | None = None,
        forum: str = "",
        enter: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.client = client
        self.can = replace(self.can, reads=client.intents.message_content)
        self._store = store
        self._load = load
        self.rooms = discord_rooms(store)
        self.replies = Replies()
        self._role_of = role
        self._forum = forum
        self._threads = Threads(client, self.rooms)
        self._channels = Channels(store, client, self.rooms, self._threads, load, language)
        polls = Polls(client, self.rooms, load)
        self._messages = Messages(
            client,
            self.rooms,
            self._channels,
            self._threads,
            polls,
            self.replies,
            load,
            command_ids,
            address=address,
            forum=forum,
        )
        self._private_messages = PrivateMessages(self._channels, self._messages, self.replies)
        self._complaints = Complaints(store, self._private_messages, load, self.missing_permissions)
        inbox = Inbox()
        self._scheduled_events = ScheduledEvents(store, client, inbox)
        watched = open_channels or _open_channels(store, load)
        catch_up = CatchUp(client, self._channels, polls, Reactions(store, client, load), watched)
        self._gateway = Gateway(client, self.rooms, inbox, catch_up, self._scheduled_events, enter)
        Listeners(store, client, self._channels, polls, inbox, load, watched)
        responder = Responder(
            store, self._channels, self.replies, load, inbox, command_ids, frozenset(host_roles)
        )
        Interactions(store, client, responder, shelf, self.community)

    async def close(self) -> None:
        """Disconnect."""
        await self.client.leave()

    def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Batches of what was missed since the position, then of what is live; a first start replays nothing."""
        return self._gateway.events(since)

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once for each key; what is refused is said to the hosts, and words for a room wait for the right."""
        await self.rooms.load()
        try:
            done = await self._perform(channel, doing, key, because)
            if isinstance(doing, Post):
                self._complaints.heard(channel)
            return done
        except Refused as error:
            if not await self._lost_thread(channel, error):
                waits = await self._may_not_write(channel, doing, error)
                await self._complaints.make(channel, doing, error, key if waits else "")
                if waits:
                    raise MayNotWrite(str(error), told=True) from error
                raise
            if not isinstance(doing, Post):
                raise
        return await self._perform(channel, doing, key, because)

    async def _may_not_write(self, channel: str, doing: Action, error: Refused) -> bool:
        """True if it was words for a room in which the bot may not write; a file or a poll needs another right, too."""
        words = (
            isinstance(doing, Post | Change)
            and not channel.startswith(DIRECT)
            and not channel.endswith(HOSTS)
        )
        if not words or error.code not in (NO_ACCESS, NO_PERMISSION):
            return False
        post = doing.post if isinstance(doing, Change) else doing
        if not isinstance(post, Post) or not (post.picture or post.source or post.file or post.poll):
            return True
        try:
            room = await self._channels.guild_channel(channel)
            return room is None or await rights.may_send(self.client, room, post)
        except Refused:
            return True  # it is not even to be seen

    async def _lost_thread(self, channel: str, error: Refused) -> bool:
        """True if it was the thread of the hosts that somebody deleted: the next word to them makes another."""
        if error.code != UNKNOWN_CHANNEL or self.rooms.known(channel) is None or not channel.endswith(HOSTS):
            return False
        await self.rooms.forget(channel)
        return True

    async def _perform(self, channel: str, action: Action, key: str, because: str) -> str | None:
        match action:
            case Post() if channel.startswith(DIRECT):
                return await self._private_messages.send(channel, action, key, because)
            case Post():
                forum = await self._messages.forum_of(channel, action)
                if forum is not None:
                    return await self._messages.send_to_forum(forum, channel, action, key)
                target = await self._channels.target(channel)
                if channel in self._channels.stand_ins:
                    direct = self._channels.stand_ins[channel]
                    return await self._private_messages.send(direct, action, key, because)
                return await self._messages.send(target, action, key)
            case Change(message=message, post=post):
                return await self._messages.change(channel, message, post, key)
            case Delete(message=message):
                await self._messages.delete(channel, message)
            case Reaction(message=message, sign=sign):
                there = await self._message(channel, message)
                async with self.client.asking():
                    await there.add_reaction(EMOJI.get(sign, sign))
            case RemoveReaction(message=message, sign=sign):
                await self._unreact(await self._message(channel, message), EMOJI.get(sign, sign))
            case Thread(people=people, title=title):
                return f"{NAME}{await self._threads.for_people(discord_id(channel), title, people, key)}"
            case ThreadMembers(out=out) if out:
                if not channel.endswith(HOSTS) or await self.rooms.find(channel):
                    await self._threads.put_out(await self._channels.target(channel), out)
            case ThreadMembers(people=people):
                key = await session_at(self._store, channel)
                others = (await self._load(key))[0].people if key else ()
                await self._threads.set_members(await self._channels.target(channel), people, others)
            case Role():
                guild_channel = await self._channels.guild_channel(channel)
                await roles.apply(self.client, guild_channel, action, self._role_of)
            case CalendarEvent():
                return await self._sync_event(channel, action)
            case Erasure():
                await self._erase(channel, action)
        return None

    async def _message(self, channel: str, message: str) -> discord.PartialMessage:
        """A message of somebody's, where it stands."""
        room = self.client.get_partial_messageable(await self._channels.holding(channel, message))
        return room.get_partial_message(discord_id(message))

    async def _unreact(self, message: discord.PartialMessage, emoji: str) -> None:
        """Take our reaction off a message; where there is none, or no message any more, that is fine."""
        try:
            async with self.client.asking():
                await message.remove_reaction(emoji, discord.Object(self.client.me))
        except Refused as error:
            if error.code not in (NO_MESSAGE, NO_REACTION):
                raise

    async def _sync_event(self, channel: str, event: CalendarEvent) -> str | None:
        place = await self._channels.place(channel)
        if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
            return None
        return await self._scheduled_events.sync(
            place.guild.id, place.id, replace(event, where=f"#{place.name}")
        )

    async def _erase(self, channel: str, erasure: Erasure) -> None:
        for message in erasure.messages:
            try:
                await self._messages.delete(channel, message)
            except Permanent as error:  # not in this room, or we may not: hosts can
                log.warning("not taken away", message=message, error=str(error))
        if erasure.everything:
            await self.rooms.forget(direct_channel(erasure.person))

    async def seat(self, channel: str, people: Sequence[str]) -> None:
        """Bring these people into the thread of the hosts, where there is one."""
        for _ in range(2):
            target = await self._channels.target(channel)
            if self.rooms.known(channel) != str(target):
                return
            try:
                return await self._threads.bring(target, people)
            except Missing as error:
                if not await self._lost_thread(channel, error):
                    raise

    def private_channel(self, person: str, room: str) -> str:
        """The channel where only this person reads."""
        return direct_channel(person)

    def host_channel(self, room: str) -> str:
        """The channel where only the hosts of a room read."""
        return hosts_of(room)

    def community(self, channel: str) -> str:
        """The server that a channel is in; empty for a direct channel."""
        server = self._channels.server(channel)
        return f"{NAME}{server}" if server else ""

    async def is_moderator(self, person: str, channel: str) -> bool:
        """False: Discord says so only with a command that somebody gives (`Responder.is_host`)."""
        return False

    async def missing_permissions(self, room: str, roles: Sequence[str] = ()) -> str:
        """The permissions that a workshop needs and the bot lacks in a room, in sentences; empty if all is well.

        Args:
            roles: names of recognitions that may be given there, for which a role may be set.
        """
        try:
            channel = await self._channels.guild_channel(room)
        except Refused as error:
            if error.code != NO_ACCESS:
                raise
            return tr(sentences.NOT_IN_THREAD if self._threads.server(room) else sentences.MAY_SEND)
        if channel is None:
            return ""
        return await rights.lacking(self.client, channel, roles, self._role_of, self._forum)


def _open_channels(store: Store, load: LoadSession) -> OpenChannels:
    async def watched() -> Mapping[str, Sequence[str]]:
        return await open_channels(store, load)

    return watched
