"""Draws a gallery."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Gallery
from bot.core.platform import Capabilities
from bot.core.text.messages import N_
from bot.core.text.wording import ntr, tr
from bot.render.steps.renderer import StepRenderer, register

ONE_SIGN = N_("A reaction with the number of a card, such as 3️⃣, says “{sign}” of it.")


class GalleryRenderer(StepRenderer[Gallery]):
    """Its signs with their names; its cards are messages of their own."""

    def how(
        self, script: Script, session: Session, step: Gallery, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The signs, and how one gives them."""
        signs = "\n".join(f"- {option.key}: {option.label}" for option in step.reactions)
        sign = step.reactions[0].key
        how = tr(
            "Read slowly. Answer a card with the buttons, or type its number and a sign: 3 {sign}.",
            sign=sign,
        )
        if not can.forms:
            how = tr("Read slowly. Answer a card with its number and a sign: 3 {sign}.", sign=sign)
        if can.reactions:
            how += " " + tr(ONE_SIGN, sign=step.reactions[0].label)
        return f"{signs}\n\n{how}"

    def so_far(self, script: Script, session: Session, step: Gallery) -> str:
        """The number of cards that hang."""
        hang = ntr("{n} card hangs there.", "{n} cards hang there.", len(session.steps[step.id].cards))
        return f"**{step.title}**: {hang}"


register("gallery", GalleryRenderer())
