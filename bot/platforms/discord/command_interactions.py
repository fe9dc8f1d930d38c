"""Commands as people give them in Discord: typed, from the menu of a message, and proposed while they type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import discord

from bot.core.commands.command import Typing
from bot.core.participants.community import Listing
from bot.core.text import messages
from bot.core.views import participant
from bot.platforms.discord import commands, event_mapping
from bot.platforms.discord.client import translated
from bot.platforms.discord.form_interactions import FormInteractions
from bot.platforms.discord.ids import NAME
from bot.platforms.discord.responder import LoadedSession, Responder, user_name
from bot.platforms.room_registry import HOSTS
from bot.render.i18n import spoken
from bot.scheduling.cards import proposed
from bot.store.store import Store

MOST_HELD = 8  # sessions whose answers are proposed; more would not fit into what Discord takes


class CommandInteractions:
    """Application commands (Discord, Application commands)."""

    def __init__(
        self,
        store: Store,
        responder: Responder,
        forms: FormInteractions,
        shelf: Mapping[str, Listing],
        community: Callable[[str], str],
    ) -> None:
        self._store = store
        self._responder = responder
        self._forms = forms
        self._shelf = shelf
        self._community = community

    async def propose(self, interaction: discord.Interaction) -> None:
        """Propose values for the part of a command that somebody is typing."""
        command, args, parameter = commands.parse_data(interaction.data or {})
        channel = await self._responder.channel_of(interaction, command)
        loaded = await self._responder.session_in(channel)
        session, script = loaded or (None, None)
        held = await self._held(channel, user_name(interaction))
        plans = await self._store.plans.current(self._community(channel))
        plan = next((plan for plan in plans if plan.id == args.get("plan", "")), None)
        coming = await self._store.plans.coming(plan, plan.occurrence) if plan and plan.occurrence else ()
        with spoken(self._responder.language(interaction, loaded)):
            typing = Typing(
                person=user_name(interaction),
                args=args,
                shelf=self._shelf,
                script=script,
                session=session,
                held=held,
                plans=[proposed(plan) for plan in plans],
                comers=[(guest.name, guest.person) for guest in coming],
            )
            proposals = commands.proposals(command, parameter, typing)
        choices = [discord.app_commands.Choice(name=shown or sent, value=sent) for shown, sent in proposals]
        with translated():
            await interaction.response.autocomplete(choices)

    async def _held(self, channel: str, person: str) -> list[LoadedSession]:
        """The sessions that were or are held in a channel with somebody, in the order in which they count."""
        room = channel.removesuffix(HOSTS)
        places = (await self._store.context_for([], [room], [])).places.get(room, ())
        keys = list(dict.fromkeys(place.session for place in places))[:MOST_HELD]
        loaded = [await self._responder.session(key) for key in keys]
        return [each for each in loaded if each is not None and person in each.session.people]

    async def run(self, interaction: discord.Interaction) -> None:
        """Give the command, or open the form of the step for one that lacks its words."""
        data: Any = interaction.data or {}
        if data.get("type") == commands.ON_MESSAGE:
            await self._use_message(interaction, data)
            return
        command, args, _ = commands.parse_data(data)
        channel = await self._responder.channel_of(interaction, command)
        if commands.opens_form(command, args):
            loaded = await self._responder.session_in(channel)
            step = (
                participant.now(loaded.script, loaded.session, user_name(interaction)).step if loaded else ""
            )
            if loaded is not None and step:
                await self._forms.open(interaction, loaded, step)
                return
            command = "now"
        await self._responder.give(interaction, channel, command, args)

    async def _use_message(self, interaction: discord.Interaction, data: Mapping[str, Any]) -> None:
        """Take a message of somebody's own as their answer."""
        target = str(data.get("target_id", ""))
        message = ((data.get("resolved") or {}).get("messages") or {}).get(target) or {}
        channel = await self._responder.channel_of(interaction)
        if str((message.get("author") or {}).get("id")) != str(interaction.user.id):
            loaded = await self._responder.session_in(channel)
            await self._responder.tell(interaction, loaded, messages.NOT_YOURS)
            return
        event = event_mapping.message_used(
            f"{NAME}{interaction.id}",
            channel,
            interaction.created_at,
            event_mapping.person(interaction.user),
            self._responder.message_name(interaction, int(target)),
            str(message.get("content", "")),
        )
        await self._responder.submit(interaction, event)
