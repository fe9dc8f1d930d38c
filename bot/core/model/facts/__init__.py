"""Facts: everything that is true from now on. The append-only log of one session, in the past tense.

A field typed `Words` holds something that a person wrote. Each such text stands in exactly one
fact; when its author changes it, takes it back or asks to be forgotten, the facts named in
`blanks` lose theirs in the same transaction.
"""

from __future__ import annotations

from bot.core.model.facts.answers import (
    Allowed,
    Amended,
    Answered,
    GalleryOpened,
    Gathered,
    HeldBack,
    Offered,
    OfferSettled,
    Passed,
    Picked,
    ReactedTo,
    Withdrawn,
    Writing,
)
from bot.core.model.facts.lifecycle import (
    Begun,
    DayBegun,
    DayRested,
    DoorSet,
    Expired,
    Forgotten,
    LineSaid,
    Opened,
    Paused,
    PhaseChanged,
    PlaceReady,
    Resumed,
    RoomAdded,
    ToldOnce,
    WordsShown,
)
from bot.core.model.facts.pacing import (
    AsideClosed,
    AsideOpened,
    Asked,
    Completed,
    Extended,
    HostAsked,
    LookBegun,
    Moved,
    Nudged,
    Revealed,
    StepClosed,
    Undone,
)
from bot.core.model.facts.people import (
    CompanionNamed,
    ContactNamed,
    FollowWanted,
    GuideSeen,
    HelpAsked,
    HostNamed,
    HostRevoked,
    KeptApart,
    LanguageChosen,
    PairsFormed,
    PairSpoke,
    PairWished,
    PeopleIntroduced,
    PersonJoined,
    PersonLeft,
    RemindWanted,
    Reported,
    TookOver,
)
from bot.core.model.facts.recap import (
    FilmAllowed,
    RecapFrozen,
    RecapHeld,
    StepLetGo,
    StepsOffered,
    StepTaken,
    StepTold,
    ThemeAdded,
)
from bot.core.model.facts.recognition import (
    BadgeDisclosureSet,
    BadgeIssued,
    BadgeShown,
    Proposed,
    Recognised,
    RecognisedByHost,
    RecognitionDeclined,
    SeriesHeld,
    Thanked,
    ThanksAllowed,
    ThanksHidden,
    ThanksLookedAt,
    ThanksTaken,
)
from bot.core.model.facts.values import Evidence as Evidence
from bot.core.model.facts.values import Mode as Mode
from bot.core.model.facts.values import Phase as Phase
from bot.core.model.facts.values import Progress as Progress
from bot.core.model.facts.values import Share as Share
from bot.core.model.facts.values import Wish as Wish
from bot.core.model.facts.values import Words as Words

Fact = (
    Answered
    | Picked
    | Opened
    | RoomAdded
    | PersonJoined
    | PersonLeft
    | HostNamed
    | HostRevoked
    | CompanionNamed
    | TookOver
    | GuideSeen
    | ContactNamed
    | KeptApart
    | PairWished
    | PeopleIntroduced
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
