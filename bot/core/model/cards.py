"""Everything that can be shown. The core says what; `bot/render` draws it for a platform of given abilities.

Cards hold ids and the script's or our own words, never a participant's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record


@record
class Button:
    """Something to tap. `command` is its typed twin, word for word."""

    label: str
    command: str


@record
class Note:
    """A few sentences of the bot's own, perhaps with buttons."""

    text: str
    buttons: tuple[Button, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)  # what stands for {names} in the text
    by: PersonId = PersonId("")  # the host who says it, if one does; their name stands for {host}


@record
class Notice:
    """The notice before anyone is asked anything: who can read what here, and where it goes."""

    details: bool = False  # all of it, for one person who asks


@record
class Prompt:
    """A step, as everybody sees it."""

    step: str
    again: bool = False  # asked a second time, for additions
    in_pair: bool = False  # in the thread of a pair
    personal: bool = False  # for one person, and not revised later: without other people's ideas
    person: PersonId = PersonId("")  # whose, if it takes up what they wrote
    here: bool = False  # it is answered by writing where it stands
    field: str = ""  # the one question of several that is asked now
    place: PlaceName = PlaceName("")  # of the pair in whose thread it stands


@record
class MoreFields:
    """The questions that somebody may still answer in an answer that is complete, each with its number."""

    step: str
    person: PersonId


@record
class Answers:
    """Answers of people, one card each, in this order."""

    step: str
    answers: tuple[str, ...]
    part: int = 1
    parts: int = 1
    numbered_from: int = 0  # cards bear numbers
    cut: bool = True  # long numbered cards are cut


@record
class Glance:
    """A host's look at answers a moment before everybody sees them: without names, each line with a number."""

    step: str


@record
class PairList:
    """The list of pairs, to be read out in a call."""

    step: str


class Change(Enum):
    """What happened to the partners of somebody."""

    NONE = ""  # they were found just now
    MOVED = "moved"
    LEFT = "left"


@record
class Partners:
    """With whom one person talks; for that person only."""

    step: str
    person: PersonId
    change: Change = Change.NONE


@record
class OfferMade:
    """Somebody offers something on a card; for the author of the card only. Nothing once it is taken back."""

    step: str
    answer: str
    giver: PersonId
    sign: str


@record
class MyOffers:
    """What people offered on the cards of one person; only they see this."""

    person: PersonId


@record
class Introduced:
    """One line of each of two people, in the place that was opened for them."""

    place: PlaceName


@record
class WhoNot:
    """Whom somebody would rather not be paired with, to choose from; for that person only."""

    person: PersonId


@record
class Group:
    """Who is in a conversation now, for those in it."""

    step: str
    place: PlaceName


@record
class PairLine:
    """A line that one of a group has written for all of it, as the group sees it."""

    answer: str


@record
class TypedForYou:
    """Words that somebody typed for a person, who says whether they are theirs; for that person only."""

    offer: str


@record
class Reportable:
    """A card that somebody reported, as those who read reports see it; gone when its words are."""

    answer: str


@record
class Entrusted:
    """Something that its author lets only the companions read; gone when they change their mind."""

    answer: str


@record
class Spread:
    """The spread of the taps of a step; nothing below four."""

    step: str


@record
class Tally:
    """The taps of a step that is shown live as they stand, and whose they are; a poll, where the platform has some."""

    step: str


@record
class DayDigest:
    """The digest of a day: how many answered its steps, spreads, and what is open from before."""

    day: int
    steps: tuple[str, ...]
    before: tuple[str, ...] = ()


@record
class Words:
    """The words of this workshop and their meanings, for one person who asked."""


@record
class Roster:
    """The people who are here, and those who have not answered yet, for a host who asked."""


@record
class Help:
    """The commands; those of hosts only where a host asked, and all of them where `every` is asked for."""

    host: bool = False
    every: bool = False


@record
class Closing:
    """The quote-free card at the close: counts, outcome, what comes next."""


@record
class Film:
    """The recap as a short film."""


@record
class RecapWaits:
    """The recap is held back, and why."""


@record
class Draft:
    """The recap as it would be now, with a mark for each card; for a host alone."""


@record
class NextSteps:
    """The choices of votes: who has taken each on, until when, and what became of it."""


@record
class MyStep:
    """The step that somebody has just taken on; only they see this."""

    id: str


@record
class StepAsked:
    """Somebody is asked whether they take a choice on (`proposed`), or how what they took on is going."""

    choice: str
    proposed: bool = False


@record
class RecapReady:
    """The address of the recap, once everybody had time to look over their words."""


@record
class RecapAdded:
    """Additions to a recap that was to stay as it is, each with its day; nothing while there is none."""


@record
class ThanksForHosts:
    """Thanks that a host glances at before they go on, with what somebody can be recognised as for them."""

    thanks: str


@record
class ThanksForYou:
    """Thanks for one person, or what somebody added to their story; only they see this."""

    thanks: str


@record
class MyThanks:
    """The thanks that one person gave and got; only they see this."""

    person: PersonId


@record
class Nominated:
    """Somebody earned something that the hosts give: they say whether."""

    person: PersonId
    rule: str


@record
class RecognitionLog:
    """The log of recognition in this session, by whom, line by line; for hosts."""


@record
class MyWords:
    """The words of one person, and where they may go; drawn for that person only."""

    person: PersonId
    first: int = 0  # the number of the first answer on it; 0: it is the only such card, and counts from 1


Card = (
    Note
    | Notice
    | Prompt
    | Answers
    | MoreFields
    | Glance
    | PairList
    | Partners
    | OfferMade
    | MyOffers
    | Introduced
    | WhoNot
    | Group
    | PairLine
    | TypedForYou
    | Reportable
    | Entrusted
    | Spread
    | Tally
    | DayDigest
    | Words
    | Roster
    | Help
    | Closing
    | Film
    | RecapWaits
    | Draft
    | NextSteps
    | MyStep
    | StepAsked
    | RecapReady
    | RecapAdded
    | ThanksForHosts
    | ThanksForYou
    | MyThanks
    | Nominated
    | RecognitionLog
    | MyWords
)
