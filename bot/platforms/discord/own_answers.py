"""One's own answers in Discord: shown to their author alone, with a form to change one."""

from __future__ import annotations

import discord

from bot.core.participants.translation import spoken_to
from bot.core.text import messages
from bot.core.views import participant
from bot.platforms.discord import ephemeral_views, forms
from bot.platforms.discord.client import translated
from bot.platforms.discord.ids import custom_id
from bot.platforms.discord.responder import LoadedSession, Responder, user_name
from bot.render.i18n import spoken


class OwnAnswers:
    """Shows and changes the answers of whoever made an interaction."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder

    async def show(self, interaction: discord.Interaction, loaded: LoadedSession, answer: str) -> None:
        """Show one of the answers by its id, else the first, with what can be done with it."""
        with spoken(self._responder.language(interaction, loaded)):
            answers = self._answers(interaction, loaded)
            if not answers:
                await self._responder.tell(interaction, loaded, messages.NOTHING_KEPT)
                return
            chosen = next((own for own in answers if own.answer.id == answer), answers[0])
            view = ephemeral_views.own_answers(loaded.session.id, answers, chosen)
        if not answer:
            await self._responder.show(interaction, view)
            return
        with translated():
            await interaction.response.edit_message(view=view)

    async def open_change(self, interaction: discord.Interaction, loaded: LoadedSession, which: str) -> None:
        """Open the form of one field of an answer, named as `<answer>.<field>`."""
        answer, _, field = which.partition(".")
        with spoken(self._responder.language(interaction, loaded)):
            own = next((own for own in self._answers(interaction, loaded) if own.answer.id == answer), None)
            shown = next((shown for shown in (own.fields if own else ()) if shown[0] == field), None)
            if own is None or shown is None:
                await self._responder.tell(interaction, loaded, messages.NOTHING_OPEN)
                return
            _, label, text = shown
            fields = getattr(loaded.script.step(own.answer.step), "fields", ())
            max_chars = next(asked.max_chars for asked in fields if asked.key == field)
            id = custom_id("changed", loaded.session.id, answer, field)
            modal = forms.change_modal(own.title, label, text, max_chars, id)
        with translated():
            await interaction.response.send_modal(modal)

    async def take_change(
        self, interaction: discord.Interaction, loaded: LoadedSession, answer: str, field: str, text: str
    ) -> None:
        """Change a field of an answer to what was sent."""
        channel = await self._responder.channel_of(interaction)
        args = {"answer": answer, "field": field, "text": text}
        await self._responder.give(interaction, channel, "change", args, loaded.session.id)

    def _answers(self, interaction: discord.Interaction, loaded: LoadedSession) -> list[participant.Mine]:
        session, script = loaded
        person = user_name(interaction)
        return list(participant.mine(spoken_to(script, session, person), session, person))
