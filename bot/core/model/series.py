"""A series: workshops that belong together."""

from __future__ import annotations

from bot.core.model.records import record


@record
class Series:
    """A few workshops that belong together, in their order."""

    id: str
    title: str
    about: str
    parts: tuple[str, ...]  # ids of workshops
    days_between: int = 7
    badge: str = ""
    statements: tuple[str, ...] = ()
    carry: tuple[tuple[str, str], ...] = ()  # "workshop.step.field" said earlier -> where it is offered
    next_steps: tuple[str, ...] = ()
    credits: str = ""
