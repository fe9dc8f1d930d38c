"""Facts about who is in a session: who comes and goes, who guides, who talks with whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.model.facts.values import Wish, Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record


@record
class PersonJoined:
    """Somebody takes part, or reads along."""

    at: datetime
    person: PersonId
    name: Words
    room: PlaceName  # place
    reading: bool = False
    blanks: tuple[int, ...] = ()  # an earlier name
    one_by_one: bool = False


@record
class PersonLeft:
    """Somebody is no longer there; `removed` when a host asked them to leave."""

    at: datetime
    person: PersonId
    removed: bool = False


@record
class HostNamed:
    """Somebody may guide this session."""

    at: datetime
    person: PersonId


@record
class HostRevoked:
    """Somebody may not guide this session any more."""

    at: datetime
    person: PersonId


@record
class CompanionNamed:
    """Somebody helps the host: sees the panel, and can take over."""

    at: datetime
    person: PersonId


@record
class TookOver:
    """Somebody guides from here on."""

    at: datetime
    person: PersonId


@record
class GuideSeen:
    """The person who guides is away, or here again."""

    at: datetime
    person: PersonId
    here: bool


@record
class ContactNamed:
    """Somebody who is not the host can be turned to, too."""

    at: datetime
    person: PersonId


@record
class KeptApart:
    """These two are never put into a pair together; only hosts know."""

    at: datetime
    people: tuple[PersonId, ...]


@record
class PeopleIntroduced:
    """The author of a card asked for a place for them and somebody who offered something on it."""

    at: datetime
    place: PlaceName
    step: str
    answer: str
    author: PersonId
    giver: PersonId
    sign: str


@record
class PairWished:
    """Somebody said how they would like to talk, before pairs are made."""

    at: datetime
    person: PersonId
    wish: Wish


@record
class PairSpoke:
    """Somebody has said something in the conversation of their pair."""

    at: datetime
    step: str
    person: PersonId


@record
class FollowWanted:
    """Somebody says whether they may be asked later what became of it."""

    at: datetime
    person: PersonId
    on: bool = True


@record
class LanguageChosen:
    """Somebody says in which language they like to read what only they see."""

    at: datetime
    person: PersonId
    language: str


@record
class RemindWanted:
    """Somebody says whether they like to be reminded of what they have not answered."""

    at: datetime
    person: PersonId
    on: bool = True


@record
class PairsFormed:
    """The pairs of a step are formed, place by place."""

    at: datetime
    step: str
    pairs: Mapping[PlaceName, tuple[PersonId, ...]]


@record
class Reported:
    """Somebody said that a card should be looked at; by whom stays with those who read reports."""

    at: datetime
    person: PersonId
    answer: str


@record
class HelpAsked:
    """Somebody asked for help; what it is about stays between people."""

    at: datetime
    person: PersonId
