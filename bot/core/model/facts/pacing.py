"""Facts about steps: asked, shown, closed, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from bot.core.model.ids import PlaceName
from bot.core.model.records import record


@record
class Asked:
    """A step was opened. The same step may be asked again: each time is a visit."""

    at: datetime
    step: str
    visit: int
    until: datetime | None
    few: bool = False  # there were too few people for what the script says otherwise
    found: Mapping[str, str] = field(default_factory=dict)  # what its words take up from earlier steps
    only: str = ""  # the one item that a scale asks about again


@record
class AsideOpened:
    """A step lies open beside the session: before it begins, after it, or on a day of it."""

    at: datetime
    step: str
    visit: int
    until: datetime | None = None
    few: bool = False
    found: Mapping[str, str] = field(default_factory=dict)
    only: str = ""


@record
class Revealed:
    """The answers that were written in private so far are shown; the step stays open."""

    at: datetime
    step: str
    visit: int
    answers: tuple[str, ...]


@record
class AsideClosed:
    """A step that lay open beside the session is closed."""

    at: datetime
    step: str


@record
class Completed:
    """Everybody who takes part has answered or passed."""

    at: datetime
    visit: int


@record
class Nudged:
    """The room was told that a minute is left."""

    at: datetime
    visit: int


@record
class HostAsked:
    """The time is up and the host was asked."""

    at: datetime
    visit: int


@record
class LookBegun:
    """The host sees what is about to be shown."""

    at: datetime
    step: str
    visit: int
    answers: tuple[str, ...]
    until: datetime


@record
class Moved:
    """A host moved on, from here; for a few seconds it can be undone."""

    at: datetime
    step: str
    visit: int
    closed: bool
    left: float  # seconds that were left there
    said: tuple[tuple[PlaceName, str], ...]  # place and name of each message that the move brought


@record
class Undone:
    """The last move is undone: back where it left, with the time that was left."""

    at: datetime
    step: str
    visit: int
    undoes: int  # the visit that was left
    closed: bool
    until: datetime | None


@record
class StepClosed:
    """A step takes no more live answers; what was private is shown in this order."""

    at: datetime
    step: str
    visit: int
    revealed: tuple[str, ...] = ()
    until: datetime | None = None  # time to read
    quiet: bool = False  # fewer than a quarter of the people took part in it
    asked: bool = True  # it could be answered, so whoever did not has missed it


@record
class Extended:
    """A step has more time."""

    at: datetime
    until: datetime
