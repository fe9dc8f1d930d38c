"""A reflection: a line or two for oneself, never shown unless its author allows it for the recap."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.steps import Reflection
from bot.core.steps.registry import register
from bot.core.steps.written import InWords, kept_private
from bot.core.text.wording import Sentence


class ReflectionKind(InWords[Reflection]):
    """The kind of a reflection."""

    name = "reflection"
    shown_apart = True

    def seen_by(self, script: Script, step: Reflection) -> tuple[Sentence, ...]:
        """Its author alone."""
        return kept_private(script, step)


register(Reflection, ReflectionKind())
