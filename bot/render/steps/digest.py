"""Draws a digest: what some steps have brought so far, of every kind."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Digest
from bot.core.platform import Capabilities
from bot.core.steps.forms import shown
from bot.render.answers import quote
from bot.render.own_answers import author
from bot.render.steps.renderer import StepRenderer, register, renderer_of

FEW_LINES = 5  # quoted of one step


class DigestRenderer(StepRenderer[Digest]):
    """Under its words stands what it gathers."""

    def how(
        self, script: Script, session: Session, step: Digest, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The digest itself."""
        return day_digest(script, session, step.of, most=FEW_LINES)


def day_digest(script: Script, session: Session, keys: Sequence[str], *, most: int = 0) -> str:
    """A digest of these steps: how many answered, spreads, and a few lines that all can read.

    Args:
        most: how many lines it quotes of one step.
    """
    blocks: list[str] = []
    for key in keys:
        if key not in session.steps:
            continue
        step = script.step(key)
        renderer = renderer_of(step)
        if told := renderer.so_far(script, session, step):
            blocks.append(told)
        if most and renderer.quoted_in_digest:
            readable = [answer for answer in shown(session, _readable(session, key)) if not answer.held]
            blocks += [quote(script, answer, author(session, answer)) for answer in readable[-most:]]
    return "\n\n".join(blocks)


def _readable(session: Session, key: str) -> tuple[str, ...]:
    """The answers of a step that the room has been shown."""
    state = session.steps[key]
    revealed = tuple(answer for _, keys in state.revealed for answer in keys)
    live = tuple(
        answer for keys in state.by_person.values() for answer in keys if session.answers[answer].source
    )
    return tuple(dict.fromkeys((*live, *state.gathered, *revealed)))


register("digest", DigestRenderer())
