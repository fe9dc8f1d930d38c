"""Renderers of steps: what each can do, and which one a step has.

Each kind has one module here, named as in `core/steps`. It derives a class from `StepRenderer`, overrides what
sets its texts apart, and registers it under the name of the kind; whatever draws steps of all kinds asks the
renderer, and never which kind it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Stepping
from bot.core.platform import Capabilities, Poll
from bot.core.steps.registry import kind_of
from bot.core.text.wording import ntr
from bot.core.views.host_panel import is_answered

S = TypeVar("S", bound=Stepping)
LINES = 3  # of a blank answer on a worksheet


@record
class Blank:
    """One thing to write by hand, or to tick."""

    label: str
    help: str = ""
    options: tuple[str, ...] = ()
    lines: int = LINES


class StepRenderer(Generic[S]):
    """The texts of one kind of step. What it does not override suits a step that is only read."""

    quoted_in_digest = False  # a digest quotes a few of its lines

    # -- asking

    def variables(self, step: S) -> Mapping[str, str]:
        """The texts of variables that only words of this kind have."""
        return {}

    def how(
        self, script: Script, session: Session, step: S, can: Capabilities, *, personal: bool = False
    ) -> str:
        """The text under its words: what can be picked, how one answers, and how long.

        Args:
            personal: whether one person reads it, and not the room.
        """
        return ""

    def in_pair(self, session: Session, step: S, can: Capabilities) -> str:
        """The same, in the thread of a pair."""
        return ""

    def alone(self, script: Script, session: Session, step: S, field: str) -> tuple[str, bool]:
        """The question to one person in private, and whether the step begins with it.

        Args:
            field: of a step with several questions, the one to ask.
        """
        return "", True

    # -- showing what came of it

    def so_far(self, script: Script, session: Session, step: S) -> str:
        """Its block of a digest: how many have answered; nothing for a kind that asks nothing."""
        if not is_answered(step):
            return ""
        answered = len(session.steps[step.id].by_person)
        told = ntr("{n} has answered so far.", "{n} have answered so far.", answered)
        return f"**{step.title}**: {told}"

    def spread(self, script: Script, session: Session, step: S) -> str:
        """The result of its taps; nothing if it has none."""
        return ""

    def tally(self, session: Session, step: S) -> str:
        """The taps as they stand, while everybody watches; nothing if nobody does."""
        return ""

    def poll(self, session: Session, step: S) -> Poll | None:
        """The same for platforms that have polls."""
        return None

    # -- on paper

    def blanks(self, step: S) -> tuple[Blank, ...]:
        """The blanks of its worksheet; nothing for a step without one."""
        return ()


_RENDERERS: dict[str, StepRenderer[Any]] = {}


def register(kind: str, renderer: StepRenderer[Any]) -> None:
    """Steps of the kind with this name are drawn by this renderer."""
    _RENDERERS[kind] = renderer


def renderer_of(step: Stepping) -> StepRenderer[Any]:
    """The renderer of a step."""
    return _RENDERERS[kind_of(step).name]
