"""Draws a reflection."""

from __future__ import annotations

from bot.core.model.steps import Reflection
from bot.render.steps.renderer import register
from bot.render.steps.written import InWordsRenderer


class ReflectionRenderer(InWordsRenderer[Reflection]):
    """It is written in private."""


register("reflection", ReflectionRenderer())
