"""Draws a story."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Story
from bot.core.platform import Capabilities
from bot.core.steps.written import ideas_of
from bot.core.text.wording import tr
from bot.render.i18n import translated
from bot.render.notice import reached
from bot.render.steps.phrases import in_private, time_given
from bot.render.steps.renderer import register
from bot.render.steps.written import InWordsRenderer


class StoryRenderer(InWordsRenderer[Story]):
    """It says who reads it, and who helps."""

    def how(
        self, script: Script, session: Session, step: Story, can: Capabilities, *, personal: bool = False
    ) -> str:
        """In private; what of it is put to the vote; whom one can turn to."""
        ideas = translated(ideas_of(script, step))
        readers = f"{tr('Only you can see this, unless you share it later.')} {ideas}".rstrip()
        help_ = tr("Is this hard to write about? You can talk to {name}: /help host").format(
            name=reached(script, session)
        )
        return f"{in_private(session, can)} {readers} {help_} {time_given(session, step)}"


register("story", StoryRenderer())
