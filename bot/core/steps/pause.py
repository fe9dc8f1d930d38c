"""A pause: the session waits until its host goes on."""

from __future__ import annotations

from bot.core.model.steps import Pause
from bot.core.steps.kind import Kind
from bot.core.steps.registry import register


class PauseKind(Kind[Pause]):
    """Nobody answers it, and no clock ends it."""

    name = "pause"
    waits_for_host = True


register(Pause, PauseKind())
