"""What is true from now on: the append-only log of one session, in the past tense.

A field typed `Words` holds something that a person wrote. Each such text stands in exactly one
fact; when its author changes it, takes it back or asks to be forgotten, the facts named in
`blanks` lose theirs in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum
from typing import NewType

from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record

Words = NewType("Words", str)


class Phase(Enum):
    """The life of a session."""

    NEW = "new"
    LOBBY = "lobby"
    RUNNING = "running"
    TAIL = "tail"
    REVIEW = "review"
    FOLLOWING = "following"
    CLOSED = "closed"


class Mode(Enum):
    """How a session runs."""

    LIVE = "live"  # in text, with times
    CALL = "call"  # beside a voice or video call: only the host moves on
    ASYNC = "async"  # over days: a day's prompts in the morning, what they brought in the evening


class Wish(Enum):
    """How somebody would like to talk when pairs are made."""

    ANY = "any"
    SOMEONE = "someone"
    THREE = "three"
    ALONE = "alone"


class Evidence(Enum):
    """How a badge bears witness of a story: not at all, by its words, or by where it can be read."""

    NONE = "none"
    TEXT = "text"  # the words are signed, and stay wherever the badge goes
    LINK = "link"  # an address and a digest: taken down there, it cannot be read any more


class Progress(Enum):
    """How far a step is that somebody took on."""

    DONE = "done"
    STARTED = "started"
    LATER = "later"
    DROPPED = "dropped"


class Share(Enum):
    """Where somebody's words may go after the session, and as whose."""

    NO = "no"
    COMPANION = "companion"  # only the companions may read it
    NAME = "name"
    ANONYMOUS = "anonymous"

    @property
    def public(self) -> bool:
        """Whether it may be shown to others at all."""
        return self in (Share.NAME, Share.ANONYMOUS)


@record
class Opened:
    """A session exists: its script, its rooms, its first host, and the secret seed of its shuffles."""

    at: datetime
    session: str
    community: str
    script: str  # content hash
    rooms: tuple[str, ...]  # channels; the places are room:1, room:2, …
    hosts_channel: str
    host: PersonId
    seed: str
    mode: Mode = Mode.LIVE
    zone: str = "UTC"  # of the community; the times of days are wall times there
    quiet: tuple[str, str] = ("21:00", "08:00")  # nothing is said in between, over days
    earlier: tuple[str, ...] = ()  # sessions of the same series that were held before
    films: bool = False  # a short film of the recap is made
    keep_days: int = 0  # after the close, what nobody may read is erased; 0: it is kept


@record
class RoomAdded:
    """The session spans one more room."""

    at: datetime
    channel: str


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
    """Whoever guides is away, or here again."""

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
class PairWished:
    """Somebody said how they would like to talk, before pairs are made."""

    at: datetime
    person: PersonId
    wish: Wish


@record
class Begun:
    """The lobby is over."""

    at: datetime


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
class DayBegun:
    """A day of a workshop over days has begun."""

    at: datetime
    day: int


@record
class DayRested:
    """Instead of this day there was a day without anything new."""

    at: datetime
    day: int


@record
class Revealed:
    """What was written in private so far is shown; the step stays open."""

    at: datetime
    step: str
    visit: int
    answers: tuple[str, ...]


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
class AsideClosed:
    """A step that lay open beside the session is closed."""

    at: datetime
    step: str


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
    """Somebody typed an answer for another person, who has not said yet whether it is theirs."""

    at: datetime
    offer: str
    step: str
    by: PersonId
    person: PersonId
    field: str
    text: Words


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
class Gathered:
    """Answers that no room message shows were put into the room's collected card."""

    at: datetime
    step: str
    answers: tuple[str, ...]


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


@record
class Extended:
    """A step has more time."""

    at: datetime
    until: datetime


@record
class Paused:
    """The session stands still."""

    at: datetime
    why: str


@record
class Resumed:
    """The session goes on; the current step has until then."""

    at: datetime
    until: datetime | None


@record
class PlaceReady:
    """A place has a channel."""

    at: datetime
    place: PlaceName
    channel: str


@record
class PairsFormed:
    """Who talks with whom in a step; place by place."""

    at: datetime
    step: str
    pairs: Mapping[PlaceName, tuple[PersonId, ...]]


@record
class DoorSet:
    """The door is locked, or open again: nobody new comes in while it is locked."""

    at: datetime
    locked: bool


@record
class LineSaid:
    """A host let the bot say one of the script's rescue lines."""

    at: datetime
    name: str


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


@record
class ToldOnce:
    """Somebody was told something that nobody needs to hear twice."""

    at: datetime
    person: PersonId
    what: str


@record
class WordsShown:
    """Somebody was shown a card with their own words; it follows what they change."""

    at: datetime
    person: PersonId
    name: str  # of the message


@record
class PhaseChanged:
    """The session entered a phase of its life, until a moment if it has one."""

    at: datetime
    phase: Phase
    until: datetime | None = None


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
    """Who thanks says where it may stand: under their name, without it, or nowhere."""

    at: datetime
    thanks: str
    share: Share


@record
class ThanksHidden:
    """Who is thanked hides it, or lets it be seen again."""

    at: datetime
    thanks: str
    on: bool


@record
class ThanksTaken:
    """Who thanked takes it back."""

    at: datetime
    thanks: str
    blanks: tuple[int, ...] = ()


@record
class Forgotten:
    """A person asked to be forgotten: from here on they are a pseudonym without words."""

    at: datetime
    person: PersonId
    pseudonym: PersonId
    blanks: tuple[int, ...]


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
    """Who took it on says how far it is."""

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


@record
class Expired:
    """The time is over for which words are kept that nobody may read; that they were said is still counted."""

    at: datetime
    answers: tuple[str, ...]
    blanks: tuple[int, ...]


Fact = (
    Answered
    | Picked
    | Opened
    | RoomAdded
    | PersonJoined
    | PersonLeft
    | HostNamed
    | CompanionNamed
    | TookOver
    | GuideSeen
    | ContactNamed
    | KeptApart
    | PairWished
    | Begun
    | Asked
    | AsideOpened
    | DayBegun
    | DayRested
    | Revealed
    | PairSpoke
    | FollowWanted
    | RemindWanted
    | LanguageChosen
    | AsideClosed
    | Amended
    | Withdrawn
    | Allowed
    | HeldBack
    | Offered
    | OfferSettled
    | GalleryOpened
    | ReactedTo
    | Passed
    | Writing
    | Completed
    | Nudged
    | HostAsked
    | Gathered
    | LookBegun
    | Moved
    | Undone
    | StepClosed
    | Extended
    | Paused
    | Resumed
    | PlaceReady
    | PairsFormed
    | DoorSet
    | LineSaid
    | Reported
    | HelpAsked
    | ToldOnce
    | WordsShown
    | PhaseChanged
    | Proposed
    | RecognisedByHost
    | RecognitionDeclined
    | Recognised
    | BadgeIssued
    | BadgeDisclosureSet
    | BadgeShown
    | SeriesHeld
    | Thanked
    | ThanksLookedAt
    | ThanksAllowed
    | ThanksHidden
    | ThanksTaken
    | Forgotten
    | FilmAllowed
    | RecapFrozen
    | RecapHeld
    | ThemeAdded
    | StepsOffered
    | StepTaken
    | StepTold
    | StepLetGo
    | Expired
)
