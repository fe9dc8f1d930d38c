"""Draws a pause."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Pause
from bot.core.platform import Capabilities
from bot.core.text.wording import tr
from bot.render.steps.renderer import StepRenderer, register


class PauseRenderer(StepRenderer[Pause]):
    """It says who ends it."""

    def how(
        self, script: Script, session: Session, step: Pause, can: Capabilities, *, personal: bool = False
    ) -> str:
        """Until the host goes on."""
        return tr("Short break. The host will continue soon.")


register("pause", PauseRenderer())
