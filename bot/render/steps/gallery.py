"""Draws a gallery."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Gallery
from bot.core.platform import Capabilities
from bot.core.steps.gallery import BY_NAME
from bot.core.steps.offers import named
from bot.core.text.messages import N_
from bot.core.text.wording import ntr, tr
from bot.render.steps.renderer import StepRenderer, register

ONE_SIGN = N_("To react with “{sign}”, add the number of a card, such as 3️⃣.")


class GalleryRenderer(StepRenderer[Gallery]):
    """Its signs with their names; its cards are messages of their own."""

    def how(
        self, script: Script, session: Session, step: Gallery, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The signs, and how one gives them."""
        signs = "\n".join(f"- {option.key}: {option.label}" for option in step.reactions)
        sign = step.reactions[0].key
        how = tr(
            "Take your time. React with the buttons, or type a card number and a reaction, such as 3 {sign}.",
            sign=sign,
        )
        if not can.forms:
            how = tr("Take your time. To react, type a card's number and a reaction: 3 {sign}", sign=sign)
        if can.reactions:
            how += " " + tr(ONE_SIGN, sign=step.reactions[0].label)
        for option in named(script, session, step):
            how += " " + tr(BY_NAME, sign=option.label)
        return f"{signs}\n\n{how}"

    def so_far(self, script: Script, session: Session, step: Gallery) -> str:
        """The number of cards that hang; nothing while there are none."""
        cards = len(session.steps[step.id].cards)
        return f"**{step.title}**: {ntr('{n} card to read.', '{n} cards to read.', cards)}" if cards else ""


register("gallery", GalleryRenderer())
