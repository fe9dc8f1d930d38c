"""Draws a choice."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Choice
from bot.core.steps.tallies import told_so_far
from bot.render.steps.renderer import Blank, register
from bot.render.steps.tapped import OptionsRenderer, to_tick


class ChoiceRenderer(OptionsRenderer[Choice]):
    """Its spread is read in a digest, too."""

    def most(self, step: Choice) -> int:
        """As the script says."""
        return step.most

    def so_far(self, script: Script, session: Session, step: Choice) -> str:
        """Its spread, once nobody's tap changes it any more."""
        if told_so_far(session, step):
            return self.spread(script, session, step)
        return super().so_far(script, session, step)

    def blanks(self, step: Choice) -> tuple[Blank, ...]:
        """Its options."""
        return to_tick(step.options)


register("choice", ChoiceRenderer())
