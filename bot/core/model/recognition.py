"""Recognition: what earns what, and what a session keeps of thanks, badges, and who was recognised."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from bot.core.model.facts import Evidence, Share
from bot.core.model.ids import PersonId
from bot.core.model.records import record


@record
class Thanks:
    """One sentence of what somebody did, or of the story that they told."""

    id: str
    by: PersonId
    person: PersonId  # nothing: somebody who is not here
    name: str
    text: str
    seq: int
    at: datetime
    answer: str = ""  # that it was said as; the words stand there
    story: str = ""  # that it is about
    passed: bool | None = None  # by a host; None: not looked at yet
    hidden: bool = False  # by who is thanked
    share: Share = Share.NO


@record
class Dress:
    """What a badge holds of its owner."""

    named: bool = False
    story: Evidence = Evidence.NONE


@record
class Recognition:
    """One line of what was recognised, for hosts to look up."""

    at: datetime
    person: PersonId
    rule: str
    what: str  # offered, taken, gone, given back, revoked
    by: PersonId = PersonId("")
    reason: str = ""
    seq: int = 0


Has = tuple[PersonId, str]  # a person, and the key of a rule


class Earn(Enum):
    """The deeds that earn recognition. Nothing goes by length or quality."""

    STORY = "story"  # told one, and let others read it
    ANSWERED = "answered"  # answered all the steps that are named
    WITNESS = "witness"  # read along to the end
    HOST = "host"
    COMPANION = "companion"
    FOLLOW = "follow"  # answered a follow-up
    THANKED = "thanked"  # was thanked for something, and a host said yes to it
    SERIES = "series"  # holds the badges of all the parts of a series


@record
class Rule:
    """A rule of recognition: who earns a role at once, and perhaps a badge after the review."""

    key: str
    earn: Earn
    name: str
    steps: tuple[str, ...] = ()
    badge: bool = False
    nominate: bool = False  # hosts are asked, and not the person, until a host says yes
    statements: tuple[str, ...] = ()  # of a badge that is not for the workshop's story


def key_of(name: str) -> str:
    """A recognition as it is typed: its name in small letters, without spaces."""
    return "-".join(name.lower().split())
