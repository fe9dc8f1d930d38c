"""Facts about thanks, recognition and badges."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts.values import Evidence, Share, Words
from bot.core.model.ids import PersonId
from bot.core.model.records import record


@record
class Proposed:
    """Somebody was told, once, that they earned something, and that it is theirs if they take it."""

    at: datetime
    person: PersonId
    rule: str


@record
class RecognisedByHost:
    """A host recognises somebody by hand; it is theirs if they take it. `thanks`: it is for what these tell."""

    at: datetime
    person: PersonId
    rule: str
    by: PersonId
    thanks: str = ""


@record
class RecognitionDeclined:
    """Somebody does not want it; or (`by`) a host took it back, and why. It is not offered again."""

    at: datetime
    person: PersonId
    rule: str
    by: PersonId = PersonId("")  # nothing: they did it themselves
    reason: Words = Words("")


@record
class Recognised:
    """Somebody has it from now on, or (`on` false) has it no more."""

    at: datetime
    person: PersonId
    rule: str
    on: bool = True
    why: str = ""


@record
class BadgeIssued:
    """Somebody gets a badge for what they took; `badge` is its number, which nobody can guess."""

    at: datetime
    person: PersonId
    rule: str
    badge: str


@record
class BadgeDisclosureSet:
    """Somebody says what their badge holds of them: their name, their story."""

    at: datetime
    person: PersonId
    rule: str
    named: bool
    story: Evidence


@record
class BadgeShown:
    """Somebody puts a badge on the page that they show to others, or takes it off."""

    at: datetime
    person: PersonId
    rule: str
    on: bool


@record
class SeriesHeld:
    """Somebody holds the badges of all parts of a series; their numbers, one after the other."""

    at: datetime
    person: PersonId
    badges: tuple[str, ...]


@record
class Thanked:
    """Somebody says one sentence of what another did, or (`story`) of what another told.

    If it was said as an answer (`answer`) the words stand there. `name` is of somebody who is not in the session.
    """

    at: datetime
    thanks: str
    by: PersonId
    person: PersonId
    text: Words
    name: Words = Words("")
    answer: str = ""
    story: str = ""
    blanks: tuple[int, ...] = ()


@record
class ThanksLookedAt:
    """A host lets thanks go on to who is thanked, or holds them back."""

    at: datetime
    thanks: str
    on: bool


@record
class ThanksAllowed:
    """The giver of thanks says where they may stand: under their name, without it, or nowhere."""

    at: datetime
    thanks: str
    share: Share


@record
class ThanksHidden:
    """The person who is thanked hides it, or lets it be seen again."""

    at: datetime
    thanks: str
    on: bool


@record
class ThanksTaken:
    """The giver of thanks takes them back."""

    at: datetime
    thanks: str
    blanks: tuple[int, ...] = ()
