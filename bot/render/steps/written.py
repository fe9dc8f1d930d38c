"""The common part of drawing all kinds of steps that are answered in words."""

from __future__ import annotations

from typing import TypeVar

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Field, Written
from bot.core.platform import Capabilities
from bot.core.steps.registry import kind_of
from bot.core.text.wording import tr
from bot.render.i18n import translated
from bot.render.steps.phrases import in_private, time_given
from bot.render.steps.renderer import LINES, Blank, StepRenderer

W = TypeVar("W", bound=Written)
LONG = 200  # characters of an answer that gets twice as many lines on paper


class InWordsRenderer(StepRenderer[W]):
    """A kind of step that is answered in words."""

    def how(
        self, script: Script, session: Session, step: W, can: Capabilities, *, personal: bool = False
    ) -> str:
        """In private, as long as there is time."""
        return f"{in_private(session, can)} {time_given(session, step)}"

    def alone(self, script: Script, session: Session, step: W, field: str) -> tuple[str, bool]:
        """One of its questions; with the first one comes who can read the answer."""
        asked = next((each for each in step.fields if each.key == field), step.fields[0])
        due = [each for each in step.fields if not each.later and not each.optional] or step.fields[:1]
        first = asked.key == due[0].key
        text = question_of(asked, due.index(asked) + 1 if asked in due else 0, len(due))
        if first:
            text += f"\n\n{translated(kind_of(step).seen_by(script, step))}"
        return text, first

    def blanks(self, step: W) -> tuple[Blank, ...]:
        """Each of its fields."""
        return tuple(
            Blank(
                label=field.label,
                help=field.help,
                options=tuple(option.label for option in field.options),
                lines=LINES * 2 if field.max_chars > LONG else LINES,
            )
            for field in kind_of(step).fields(step)
        )


def question_of(field: Field, number: int, of: int) -> str:
    """One question, with its number among several, and what can be tapped."""
    place = f" ({tr('{n} of {total}', n=number, total=of)})" if number and of > 1 else ""
    help_ = f"\n{field.help}" if field.help else ""
    listed = "".join(f"\n{n}. {option.label}" for n, option in enumerate(field.options, 1))
    how = (
        tr("Reply with the number, or “skip”.")
        if field.options
        else tr("Just write it here, or reply “skip”.")
    )
    return f"**{field.label}**{place}{help_}{listed}\n\n{how}"
