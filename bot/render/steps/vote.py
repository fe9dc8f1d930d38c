"""Draws a vote."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Vote
from bot.core.platform import Capabilities
from bot.core.text.wording import tr
from bot.render.steps.renderer import Blank, register
from bot.render.steps.tapped import OptionsRenderer, to_tick


class VoteRenderer(OptionsRenderer[Vote]):
    """Nothing of it is told before it closes."""

    def most(self, step: Vote) -> int:
        """The dots of each person."""
        return step.dots

    def how(
        self, script: Script, session: Session, step: Vote, can: Capabilities, *, personal: bool = False
    ) -> str:
        """People's own ideas are listed in the room only, where they can be corrected."""
        if personal and step.options_from:
            return tr("You'll find the ideas in the main chat.")
        return super().how(script, session, step, can, personal=personal)

    def blanks(self, step: Vote) -> tuple[Blank, ...]:
        """The options of the script; ideas are not known before."""
        return to_tick(step.options)


register("vote", VoteRenderer())
