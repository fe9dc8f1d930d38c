"""A digest: what some earlier steps brought, gathered to be read."""

from __future__ import annotations

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Digest
from bot.core.steps.kind import Kind
from bot.core.steps.registry import register


class DigestKind(Kind[Digest]):
    """Nobody answers it."""

    name = "digest"

    def empty(self, script: Script, session: Session, step: Digest) -> bool:
        """It gathers what nobody has said."""
        states = [session.steps[key] for key in step.of if key in session.steps]
        return bool(step.of) and not any(state.by_person or state.cards for state in states)


register(Digest, DigestKind())
