"""Sentences that the prompts of several kinds share."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.model.facts import Phase
from bot.core.model.session import Session
from bot.core.model.steps import Stepping
from bot.core.platform import Capabilities
from bot.core.text.quoting import isolate
from bot.core.text.wording import tr


def time_given(session: Session, step: Stepping) -> str:
    """The time there is, in words; over days everything is open until the end."""
    if session.over_days:
        return tr("Open until the end.")
    return (
        tr("You have {n} min.", n=step.minutes)
        if session.phase is Phase.RUNNING
        else tr("Open until the recap.")
    )


def skipping(can: Capabilities) -> str:
    """How a question is skipped that is answered in the room, where no button says it."""
    return "" if can.forms else tr("To skip it: /skip")


def in_private(session: Session, can: Capabilities) -> str:
    """The way to say words that not everybody reads."""
    if can.forms:
        return tr("This one is private. Press Answer or Skip.")
    if session.phase is Phase.RUNNING and not session.over_days:
        return tr("This one is private. I'll ask you in our direct chat.")
    return tr("This one is private. Type /now and I'll ask you in our direct chat.")


def numbered(labels: Iterable[str]) -> str:
    """The options that can be picked, a line each, with its number."""
    return "\n".join(f"{n}. {isolate(label)}" for n, label in enumerate(labels, 1))
