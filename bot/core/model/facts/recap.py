"""Facts about the recap, and about the steps that people take on."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts.values import Progress, Words
from bot.core.model.ids import PersonId
from bot.core.model.records import record


@record
class FilmAllowed:
    """An answer may be in the short film, too; or not any more."""

    at: datetime
    answer: str
    on: bool


@record
class RecapFrozen:
    """The recap stays as it is from here on, but for what people take back; what is allowed later is added to it."""

    at: datetime
    answers: tuple[str, ...]  # that stand in it


@record
class RecapHeld:
    """A host holds the recap back, with a reason that the room is told."""

    at: datetime
    by: PersonId
    reason: Words
    blanks: tuple[int, ...] = ()


@record
class ThemeAdded:
    """A host says in a line what ran through it all; an empty one is taken away."""

    at: datetime
    number: str
    by: PersonId
    text: Words = Words("")
    blanks: tuple[int, ...] = ()


@record
class StepsOffered:
    """The room was shown what these votes chose, and how to take it on."""

    at: datetime
    steps: tuple[str, ...]


@record
class StepTaken:
    """Somebody takes on what was chosen (`choice`: step.option), until a day; or names another day."""

    at: datetime
    id: str
    choice: str
    person: PersonId
    due: datetime


@record
class StepTold:
    """The person who took a step on says how far it is."""

    at: datetime
    id: str
    how: Progress
    text: Words = Words("")
    blanks: tuple[int, ...] = ()


@record
class StepLetGo:
    """It is open again for somebody else."""

    at: datetime
    id: str
    blanks: tuple[int, ...] = ()
