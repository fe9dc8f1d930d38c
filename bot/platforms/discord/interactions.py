"""Interactions: what people type as commands, tap, and send as forms (Discord, Receiving and responding).

Whatever is tapped says itself what it means (`ids.custom_id`), also weeks and restarts later; to tap twice
is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import discord
import structlog

from bot.core.participants.community import Listing
from bot.errors import PlatformError
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.command_interactions import CommandInteractions
from bot.platforms.discord.component_interactions import ComponentInteractions
from bot.platforms.discord.form_interactions import FormInteractions
from bot.platforms.discord.own_answers import OwnAnswers
from bot.platforms.discord.responder import Responder
from bot.store.store import Store

log = structlog.get_logger()


class Interactions:
    """Hands each interaction to those who know its kind.

    Args:
        shelf: the workshops that can be started here.
        community: the server that a channel is in.
    """

    def __init__(
        self,
        store: Store,
        client: DiscordClient,
        responder: Responder,
        shelf: Mapping[str, Listing],
        community: Callable[[str], str],
    ) -> None:
        forms = FormInteractions(responder)
        self._commands = CommandInteractions(store, responder, forms, shelf, community)
        self._components = ComponentInteractions(responder, forms, OwnAnswers(responder))
        client.subscribe(on_interaction=self._on_interaction)

    async def _on_interaction(self, interaction: discord.Interaction) -> None:
        try:
            match interaction.type:
                case discord.InteractionType.autocomplete:
                    await self._commands.propose(interaction)
                case discord.InteractionType.application_command:
                    await self._commands.run(interaction)
                case discord.InteractionType.component | discord.InteractionType.modal_submit:
                    await self._components.run(interaction)
                case _:
                    return
        except PlatformError as error:  # too late, or answered already: what was done is on disk
            log.info("an interaction went unanswered", error=str(error))
