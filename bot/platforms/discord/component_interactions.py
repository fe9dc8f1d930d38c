"""Taps on buttons and selects, and forms that were sent, each by the action in its custom_id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.commands import parse
from bot.core import access
from bot.core.model.events import Event
from bot.core.participants.translation import spoken_to
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.views.host_panel import said
from bot.core.views.participant import form_for
from bot.platforms.discord import ephemeral_views, event_mapping, forms
from bot.platforms.discord.client import translated
from bot.platforms.discord.form_interactions import FormInteractions, submitted
from bot.platforms.discord.ids import NAME, parse_custom_id
from bot.platforms.discord.own_answers import OwnAnswers
from bot.platforms.discord.responder import LoadedSession, Responder, user_name
from bot.render.i18n import spoken


class ComponentInteractions:
    """Message components and modals (Discord, Component reference)."""

    def __init__(self, responder: Responder, forms: FormInteractions, own_answers: OwnAnswers) -> None:
        self._responder = responder
        self._forms = forms
        self._own_answers = own_answers

    async def run(self, interaction: discord.Interaction) -> None:
        """Do what the custom_id says; one that is not ours is left to whoever made it."""
        data: Any = interaction.data or {}
        action, details = parse_custom_id(str(data.get("custom_id", "")))
        if not action or not details:
            return
        key, *rest = details
        loaded = await self._responder.session(key)
        foreign = loaded is not None and not self._responder.at_home(interaction, loaded)
        if action == "go" and not foreign:
            await self._give_line(interaction, key, "|".join(rest))
            return
        if loaded is None or foreign:
            await self._responder.tell(interaction, None, messages.NOTHING_OPEN)
            return
        values = [str(value) for value in data.get("values") or []]
        match action, rest:
            case "come", [how]:
                await self._responder.give(interaction, loaded.session.places["room:1"], how, {}, key)
            case "own", []:
                channel = await self._responder.channel_of(interaction)
                await self._responder.give(interaction, channel, "my", {}, key)
            case "form", [step]:
                await self._forms.open(interaction, loaded, step)
            case "page", [step, page]:
                await self._forms.open(interaction, loaded, step, int(page))
            case "sent", [step, page]:
                await self._forms.take(interaction, loaded, step, int(page), data.get("components") or [])
            case "pick", [step, option]:
                await self._pick(interaction, loaded, step, (option,), frozenset())
            case "picks", [step, part]:
                options = self._part(interaction, loaded, step, int(part))
                await self._pick(interaction, loaded, step, values, options)
            case "wall", [step, first]:
                await self._turn_gallery(interaction, loaded, step, int(first))
            case "said", [page]:
                await self._show_said(interaction, loaded, int(page))
            case "sign", [step, card, sign, first]:
                await self._react(interaction, loaded, step, {"card": card, "sign": sign}, int(first))
            case "hands", []:
                await self._own_answers.show(interaction, loaded, values[0] if values else "")
            case "change", [field]:
                await self._own_answers.open_change(interaction, loaded, field)
            case "changed", [answer, field]:
                sent = data.get("components") or [{}]
                text = str((sent[0].get("component") or {}).get("value", ""))
                await self._own_answers.take_change(interaction, loaded, answer, field, text)
            case _:
                await self._responder.tell(interaction, loaded, messages.NOTHING_OPEN)

    async def _show_said(self, interaction: discord.Interaction, loaded: LoadedSession, page: int) -> None:
        """Show a page of what was said to a host; the last one for -1."""
        session, script = loaded
        who = access.standing(
            session, user_name(interaction), host=self._responder.host_roles.vouch(interaction)
        )
        if not access.may(who, access.Act.READ_HOSTS, access.moment(session)):
            await self._responder.tell(interaction, loaded, messages.NOT_HOST)
            return
        with spoken(self._responder.language(interaction, loaded)):
            view = ephemeral_views.said(session.id, said(script, session), page)
        if page < 0:
            await self._responder.show(interaction, view)
            return
        with translated():
            await interaction.response.edit_message(view=view)

    async def _give_line(self, interaction: discord.Interaction, session: str, line: str) -> None:
        """Give the command that a button holds as a line."""
        parsed = parse(f"/{line}")
        if parsed is not None and not parsed.fault:
            channel = await self._responder.channel_of(interaction, parsed.command)
            await self._responder.give(interaction, channel, parsed.command, parsed.args, session)

    def _part(
        self, interaction: discord.Interaction, loaded: LoadedSession, step: str, part: int
    ) -> frozenset[str]:
        """The keys of the options in one of several selects."""
        session, script = loaded
        form = form_for(script, session, user_name(interaction), script.step(step))
        return frozenset(option.key for option in ephemeral_views.part(form, part)) if form else frozenset()

    async def _pick(
        self,
        interaction: discord.Interaction,
        loaded: LoadedSession,
        step: str,
        picks: Sequence[str],
        among: frozenset[str],
    ) -> None:
        """Take the options that were tapped; with `among`, those picked in other selects stay."""
        with spoken(self._responder.language(interaction, loaded)):
            form = await self._forms.form(interaction, loaded, step)
        if form is None:
            return
        if among:
            picks = [*(key for key in form.picks if key not in among), *picks]
        submission = forms.Submission(picks=tuple(picks))
        event = submitted(interaction, loaded.session, step, submission)
        await self._submit_and_redraw(interaction, loaded, event, step, 0)

    async def _react(
        self,
        interaction: discord.Interaction,
        loaded: LoadedSession,
        step: str,
        args: dict[str, str],
        first: int,
    ) -> None:
        """Put a reaction on a card of a gallery, or take it away."""
        session, script = loaded
        if kind_of(script.step(step)).wall(session, script.step(step)) is None:
            return
        event = event_mapping.command_given(
            f"{NAME}{interaction.id}",
            session.places["room:1"],
            interaction.created_at,
            event_mapping.person(interaction.user),
            "react",
            args,
            session=session.id,
        )
        await self._submit_and_redraw(interaction, loaded, event, step, first)

    async def _submit_and_redraw(
        self, interaction: discord.Interaction, loaded: LoadedSession, event: Event, step: str, first: int
    ) -> None:
        """Put in an event, and once it is on disk show the same options or cards as they are then."""
        reply = self._responder.put_in(interaction, event, taps=True)
        await reply.in_time()
        after = await self._responder.session(loaded.session.id)
        if after is None or reply.spoke.is_set():
            return
        session, script = after
        person = user_name(interaction)
        with spoken(self._responder.language(interaction, after)):
            translated_script = spoken_to(script, session, person)
            form = form_for(translated_script, session, person, translated_script.step(step))
            if form is None:
                return
            view = (
                ephemeral_views.gallery(form, session.id, first)
                if form.cards
                else ephemeral_views.options(form, session.id, taken=True)
            )
        await reply.redraw(view)

    async def _turn_gallery(
        self, interaction: discord.Interaction, loaded: LoadedSession, step: str, first: int
    ) -> None:
        with spoken(self._responder.language(interaction, loaded)):
            form = await self._forms.form(interaction, loaded, step)
            if form is None:
                return
            view = ephemeral_views.gallery(form, loaded.session.id, first)
        with translated():
            await interaction.response.edit_message(view=view)
