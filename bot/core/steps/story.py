"""A story: a few fields about something that happened, told in private; its teller decides who sees it."""

from __future__ import annotations

from bot.core.model.facts import Mode
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Field, Story
from bot.core.steps.registry import register
from bot.core.steps.written import InWords, kept_private
from bot.core.text.wording import Sentence

IN_CALL = 3  # fields of a story while people talk


class StoryKind(InWords[Story]):
    """The kind of a story."""

    name = "story"
    story = True
    about_others = True
    shown_apart = True

    def _asked(self, session: Session, step: Story) -> tuple[Field, ...]:
        """While people talk only the first few; all of it afterwards."""
        if session.mode is not Mode.CALL or session.steps[step.id].closed:
            return step.fields
        return tuple(field for field in step.fields if not field.options)[:IN_CALL]

    def seen_by(self, script: Script, step: Story) -> tuple[Sentence, ...]:
        """Its teller alone."""
        return kept_private(script, step)


register(Story, StoryKind())
