"""Answers to a step: its form is opened, and comes back page by page.

A form must be the first response to a tap (Discord, Interaction response object), so it is drawn from what
is known at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.core import access
from bot.core.access import Act, Standing
from bot.core.model.events import Submitted
from bot.core.model.session import Session
from bot.core.participants.translation import spoken_to
from bot.core.steps.forms import Form
from bot.core.text import messages
from bot.core.text.wording import tr
from bot.core.views.participant import form_for
from bot.platforms.discord import components, ephemeral_views, event_mapping, forms
from bot.platforms.discord.client import translated
from bot.platforms.discord.ids import NAME, custom_id
from bot.platforms.discord.responder import LoadedSession, Responder, names_in, user_name
from bot.render.i18n import spoken


def submitted(
    interaction: discord.Interaction, session: Session, step: str, submission: forms.Submission
) -> Submitted:
    """The event that somebody answers a step."""
    names = names_in(session)
    return Submitted(
        id=f"{NAME}{interaction.id}",
        channel=session.places["room:1"],
        at=interaction.created_at,
        person=event_mapping.person(interaction.user),
        session=session.id,
        step=step,
        fields={key: event_mapping.with_names(text, names) for key, text in submission.fields.items()},
        picks=submission.picks,
        anonymous=submission.anonymous,
        share=submission.share,
    )


class FormInteractions:
    """Opens the forms of steps and takes what is sent with them."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder

    async def form(self, interaction: discord.Interaction, loaded: LoadedSession, step: str) -> Form | None:
        """The form of a step for somebody; None, after they were told why, if it asks them nothing."""
        session, script = loaded
        person = user_name(interaction)
        if not access.allowed(session, person, Act.ANSWER):
            removed = access.standing(session, person) is Standing.REMOVED
            ways_in = () if removed else components.notice_controls(session.id)
            await self._responder.tell(interaction, loaded, messages.JOIN_FIRST, ways_in)
            return None
        form: Form | None = None
        if step in session.steps and any(step == other.id for other in script.all_steps):
            translated_script = spoken_to(script, session, user_name(interaction))
            form = form_for(translated_script, session, user_name(interaction), translated_script.step(step))
        if form is None:
            await self._responder.tell(interaction, loaded, messages.NOTHING_OPEN)
        return form

    async def open(
        self, interaction: discord.Interaction, loaded: LoadedSession, step: str, page: int = 0
    ) -> None:
        """Show somebody what a step asks: a form, options to tap, or cards to read and react to."""
        with spoken(self._responder.language(interaction, loaded)):
            form = await self.form(interaction, loaded, step)
            if form is None:
                return
            if form.cards:
                view = ephemeral_views.gallery(form, loaded.session.id, 0)
            elif form.options:
                view = ephemeral_views.options(form, loaded.session.id)
            elif (form.fields or form.items) and page < len(forms.pages(form)):
                with translated():
                    await interaction.response.send_modal(forms.modal(form, loaded.session.id, page))
                return
            else:
                view = components.layout(ui.TextDisplay(tr(messages.NOTHING_OPEN)))
        await self._responder.show(interaction, view)

    async def take(
        self,
        interaction: discord.Interaction,
        loaded: LoadedSession,
        step: str,
        page: int,
        sent: Sequence[Mapping[str, Any]],
    ) -> None:
        """Take one page of a form; a button under the reply leads to the next one."""
        with spoken(self._responder.language(interaction, loaded)):
            form = await self.form(interaction, loaded, step)
            if form is None:
                return
            submission = forms.parse_submission(sent, form)
            total = len(forms.pages(form))
            onward: list[ui.Item[ui.LayoutView]] = []
            if page + 1 < total:
                label = tr("Continue ({n} of {total})", n=page + 2, total=total)
                id = custom_id("page", loaded.session.id, step, str(page + 1))
                onward = [*components.rows([components.button(label, id, discord.ButtonStyle.primary)])]
        event = submitted(interaction, loaded.session, step, submission)
        await self._responder.submit(interaction, event, onward)
