"""The ground that all interactions stand on: where and by whom they were made, and the ways to answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import discord
from discord import ui

from bot.commands import TABLE
from bot.core.model.events import Event
from bot.core.model.script import Script
from bot.core.model.session import Session, guides
from bot.core.participants.translation import own_language
from bot.core.text.wording import tr
from bot.platforms.discord import components, event_mapping
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import translated
from bot.platforms.discord.ids import NAME
from bot.platforms.discord.inbox import Inbox
from bot.platforms.discord.replies import Replies, Reply, quietly
from bot.platforms.room_registry import HOSTS, direct_channel
from bot.platforms.sessions import LoadSession, session_at
from bot.render.i18n import spoken
from bot.scheduling.command import PlanCommand
from bot.store.store import Store


class LoadedSession(NamedTuple):
    """A session and its script."""

    session: Session
    script: Script


def user_name(interaction: discord.Interaction) -> str:
    """Our name of whoever made an interaction."""
    return f"{NAME}{interaction.user.id}"


def _makes_a_room(command: str) -> bool:
    """True if a command is about the place in which it is given, also where another session is open above it."""
    row = TABLE.get(command)
    return row is not None and (isinstance(row, PlanCommand) or row.community is not None)


def names_in(session: Session) -> dict[str, str]:
    """The names of a session's people, by their ids in Discord."""
    return {id.removeprefix(NAME): person.name for id, person in session.people.items()}


class HostRoles:
    """The roles, by name or id, whose members are hosts beside those who manage the server."""

    def __init__(self, roles: frozenset[str]) -> None:
        self._roles = roles

    def vouch(self, interaction: discord.Interaction) -> bool:
        """True if Discord vouches for a host: who manages the server, or bears a role for it."""
        member = interaction.user
        if interaction.guild_id is None or not isinstance(member, discord.Member):
            return False
        roles = {str(role) for role in member._roles} | {role.name for role in member.roles}
        return interaction.permissions.manage_guild or bool(self._roles & roles)


def at_home(channels: Channels, interaction: discord.Interaction, loaded: LoadedSession) -> bool:
    """True if a session is held in the server of an interaction, or knows who writes in a direct conversation.

    A `custom_id` comes from outside: who has seen one elsewhere, or manages a server of their own, is nobody here.
    """
    session = loaded.session
    if interaction.guild_id is None:
        me = user_name(interaction)
        return me in session.people or me == session.contact or guides(session, me)
    servers = {channels.server(session.places[place]) for place in session.rooms} - {0}
    return not servers or interaction.guild_id in servers


class Responder:
    """Finds the session of an interaction, puts events in the inbox, and answers.

    Args:
        command_ids: of the registered commands, by their names, for commands that can be tapped in a text.
        host_roles: roles of a server whose members are hosts, by name or id.
    """

    def __init__(
        self,
        store: Store,
        channels: Channels,
        replies: Replies,
        load: LoadSession,
        inbox: Inbox,
        command_ids: Mapping[str, int],
        host_roles: frozenset[str],
    ) -> None:
        self._store = store
        self._channels = channels
        self._replies = replies
        self._load = load
        self._inbox = inbox
        self._command_ids = command_ids
        self.host_roles = HostRoles(host_roles)
        self.at_home = partial(at_home, channels)

    async def channel_of(self, interaction: discord.Interaction, command: str = "") -> str:
        """The channel of an interaction.

        A thread that no session knows belongs to the session in the channel above it, if there is one; but what
        `command` opens or plans there is held in the thread.
        """
        if interaction.guild_id is None:
            return direct_channel(user_name(interaction))
        channel = self._channels.name_of(interaction.channel_id or 0)
        place = interaction.channel
        if not isinstance(place, discord.Thread) or channel != f"{NAME}{place.id}":
            return channel
        if await session_at(self._store, channel):
            return channel
        above = f"{NAME}{place.parent_id}"
        if not _makes_a_room(command) and await session_at(self._store, above):
            return above
        await self._channels.threads.learn_server(channel, interaction.guild_id)
        return channel

    def message_name(self, interaction: discord.Interaction, message: int) -> str:
        """Our name of a message in the channel of an interaction."""
        return self._channels.message(message, interaction.channel_id or 0)

    async def session(self, key: str) -> LoadedSession | None:
        """A session by its id; None if there is none."""
        if not key:
            return None
        loaded = LoadedSession(*await self._load(key))
        return loaded if loaded.session.id else None

    async def session_in(self, channel: str) -> LoadedSession | None:
        """The session that is at home in a channel, or in the channel of these hosts."""
        return await self.session(await session_at(self._store, channel.removesuffix(HOSTS)))

    def language(self, interaction: discord.Interaction, loaded: LoadedSession | None) -> str:
        """The language that somebody chose in a session, else the one that they have set in Discord."""
        chosen = own_language(loaded.session, user_name(interaction)) if loaded else ""
        return chosen or interaction.locale.value.partition("-")[0]

    async def give(
        self,
        interaction: discord.Interaction,
        channel: str,
        command: str,
        args: Mapping[str, str],
        session: str = "",
    ) -> None:
        """Give a command in the name of whoever made the interaction, and see the reply through."""
        if any(event_mapping.MENTION.search(text) for text in args.values()):
            loaded = await (self.session(session) if session else self.session_in(channel))
            if loaded is not None:
                names = names_in(loaded.session)
                args = {key: event_mapping.with_names(text, names) for key, text in args.items()}
        event = event_mapping.command_given(
            f"{NAME}{interaction.id}",
            channel,
            interaction.created_at,
            event_mapping.person(interaction.user),
            command,
            args,
            host=self.host_roles.vouch(interaction),
            session=session,
        )
        await self.submit(interaction, event)

    async def submit(
        self, interaction: discord.Interaction, event: Event, extra: Sequence[ui.Item[ui.LayoutView]] = ()
    ) -> None:
        """Put in an event, and see the reply through; `extra` stands under the first message of it."""
        taps = interaction.type is discord.InteractionType.component
        await quietly(self.put_in(interaction, event, taps=taps, extra=extra))

    def put_in(
        self,
        interaction: discord.Interaction,
        event: Event,
        *,
        taps: bool,
        extra: Sequence[ui.Item[ui.LayoutView]] = (),
    ) -> Reply:
        """Put in an event; the reply to it is the caller's to see through."""
        reply = Reply(interaction, taps=taps)
        reply.extra = extra
        self._replies.keep(event.id, user_name(interaction), reply)
        self._inbox.submit(event, reply)
        return reply

    async def tell(
        self,
        interaction: discord.Interaction,
        loaded: LoadedSession | None,
        text: str,
        extra: Sequence[ui.Item[ui.LayoutView]] = (),
    ) -> None:
        """Answer with a text of the adapter's own, to be translated."""
        with spoken(self.language(interaction, loaded)):
            markdown = components.discord_markdown(tr(text), self._command_ids)
        await self.show(interaction, components.layout(ui.TextDisplay(markdown), *extra))

    async def show(self, interaction: discord.Interaction, view: ui.LayoutView) -> None:
        """Answer with a message that its author alone sees."""
        with translated():
            await interaction.response.send_message(
                view=view, ephemeral=True, allowed_mentions=components.NOBODY
            )
