"""Draws an open question."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Open, Reveal
from bot.core.platform import Capabilities
from bot.core.text.wording import tr
from bot.render.steps.phrases import in_private, skipping, time_given
from bot.render.steps.renderer import register
from bot.render.steps.written import InWordsRenderer


class OpenRenderer(InWordsRenderer[Open]):
    """It is answered in the room, or in private and shown together."""

    quoted_in_digest = True

    def how(
        self, script: Script, session: Session, step: Open, can: Capabilities, *, personal: bool = False
    ) -> str:
        """By when the others see it."""
        match step.reveal:
            case Reveal.LIVE:
                how = tr("Type your answer here.") if can.reads else tr("Press *Answer*, or type /answer.")
                if session.over_days:
                    how = tr("Reply to this message, or use /answer.")
                return f"{how} {time_given(session, step)} {skipping(can)}".rstrip()
            case Reveal.TOGETHER:
                when = tr("We'll show all answers in {minutes} min.").format(minutes=step.minutes)
                if session.over_days:
                    when = tr("We'll show all answers in the evening.")
                return f"{in_private(session, can)} {when}"
            case _:
                return super().how(script, session, step, can, personal=personal)


register("open", OpenRenderer())
