"""What a session keeps of thanks, of badges, and of who was recognised for what."""

from __future__ import annotations

from datetime import datetime

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
