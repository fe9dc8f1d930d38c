"""Facts about what people say, and what they do with it afterwards."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts.values import Share, Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record


@record
class Answered:
    """One field of an answer."""

    at: datetime
    answer: str
    step: str
    person: PersonId
    field: str
    text: Words
    room: PlaceName  # place
    source: str = ""  # the message that it was said in, if it was a message that all can see
    anonymous: bool = False
    said: str = ""  # the message that it was said in, if it was one in private or a command


@record
class Picked:
    """Taps: all options that a person holds for a step now."""

    at: datetime
    answer: str
    step: str
    person: PersonId
    picks: tuple[str, ...]
    room: PlaceName
    said: str = ""  # the message that named them


@record
class Amended:
    """The author changed one field."""

    at: datetime
    answer: str
    field: str
    text: Words
    blanks: tuple[int, ...]
    said: str = ""  # the message that says it now


@record
class Withdrawn:
    """The author took an answer back."""

    at: datetime
    answer: str
    blanks: tuple[int, ...]


@record
class Allowed:
    """The author decided where an answer may appear."""

    at: datetime
    answer: str
    share: Share


@record
class HeldBack:
    """A host holds an answer back, or lets it go again."""

    at: datetime
    answer: str
    on: bool = True


@record
class Offered:
    """Words wait for a person to say whether they are their answer: typed by another, or said after the first line."""

    at: datetime
    offer: str
    step: str
    by: PersonId
    person: PersonId
    field: str
    text: Words
    source: str = ""  # the message that said them, if it is their own
    place: PlaceName = PlaceName("")  # where that stands
    earlier: str = ""  # the step before, if the words may answer that one


@record
class OfferSettled:
    """It was taken as one's own, or not; the typed words are erased here."""

    at: datetime
    offer: str
    blanks: tuple[int, ...]


@record
class GalleryOpened:
    """These answers are the cards of a gallery, in this order."""

    at: datetime
    step: str
    answers: tuple[str, ...]


@record
class ReactedTo:
    """Somebody put a named sign on a card, or took it away."""

    at: datetime
    step: str
    answer: str
    person: PersonId
    sign: str
    on: bool = True


@record
class Passed:
    """Somebody lets this step go by."""

    at: datetime
    step: str
    person: PersonId


@record
class Writing:
    """Somebody asked for time to finish."""

    at: datetime
    step: str
    person: PersonId
    until: datetime


@record
class Gathered:
    """Answers that no room message shows were put into the room's collected card."""

    at: datetime
    step: str
    answers: tuple[str, ...]
