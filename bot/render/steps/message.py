"""A message: its words say all."""

from __future__ import annotations

from bot.core.model.steps import Message
from bot.render.steps.renderer import StepRenderer, register


class MessageRenderer(StepRenderer[Message]):
    """Nothing stands under its words."""


register("message", MessageRenderer())
