"""A row of the command registry: its words, who may give it and when, where it is shown, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, Flag, auto

from bot.core import access
from bot.core.access import Act, Standing
from bot.core.model.cards import Note
from bot.core.model.effects import Say
from bot.core.model.events import CommandGiven, Event
from bot.core.model.facts import Opened, Phase
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session, private_place
from bot.core.participants.community import Community, CommunityFact, Listing, Times
from bot.core.text import messages
from bot.core.turn import Outcome, Turn
from bot.core.views.recap import Held

Choice = tuple[str, str]  # what is shown, what is sent
LIVE = (Phase.LOBBY, Phase.RUNNING)
OPEN = tuple(phase for phase in Phase if phase is not Phase.CLOSED)


class Who(Enum):
    """The people who may give a command."""

    ANYONE = "anyone"  # who reads the room
    KNOWN = "known"  # who is or was in the session
    MEMBER = "member"  # who takes part or follows along
    MEMBER_OR_HOST = "member_or_host"  # hosts need not take part
    COMPANION = "companion"  # hosts and companions
    HOST = "host"


ACTS: Mapping[Who, tuple[Act, ...]] = {  # one of which they may do; who it is decides `bot.core.access`
    Who.KNOWN: (Act.TAKE_BACK,),
    Who.MEMBER: (Act.ANSWER,),
    Who.MEMBER_OR_HOST: (Act.ANSWER, Act.LOOK_AFTER),
    Who.COMPANION: (Act.LOOK_AFTER,),
    Who.HOST: (Act.LEAD,),
}


class Shown(Flag):
    """The places in which a command can be found; one that is in none is given by platforms only."""

    TYPED = auto()
    LISTED = auto()  # in /help and in the README
    REGISTERED = auto()  # with a platform that has commands of its own


EVERYWHERE = Shown.TYPED | Shown.LISTED | Shown.REGISTERED
HIDDEN = Shown.TYPED  # a button's typed twin, or a part of another command
NOWHERE = Shown(0)


@record
class Typing:
    """A command while it is typed: what is there to be meant."""

    person: str
    args: Mapping[str, str]
    shelf: Mapping[str, Listing]
    script: Script | None = None  # of the session here, in the language of whoever types
    session: Session | None = None
    held: Sequence[Held] = ()  # this one and those before it here, in which whoever types was
    plans: Sequence[Choice] = ()
    comers: Sequence[Choice] = ()  # to the plan that is named


Proposals = Callable[[Typing], Sequence[Choice]]


@record
class Parameter:
    """One thing to say after a command; the last one of a command takes the rest of the line."""

    name: str
    help: str
    kind: type[str] | type[int] = str
    required: bool = True
    named: bool = False  # typed anywhere as name:value, or name:"several words"
    words: bool = False  # with `named`: also without quotes several words, up to the next name:
    form: bool = False  # where there are forms, one opens when this is left out
    room: bool = False  # other rooms, in which whoever gives the command has to be a host
    proposals: Proposals | None = None


CommunityOutcome = Outcome[CommunityFact | Opened, Community]


@record
class CommunityRequest:
    """A command that is given to a community, and what the answer depends on."""

    shelf: Mapping[str, Listing]
    community: Community
    event: CommandGiven
    hosts_channel: str
    times: Times

    def reply(self, note: Note) -> CommunityOutcome:
        """The outcome that tells whoever asked this, in private, and changes nothing."""
        event = self.event
        place = private_place(event.person.id)
        say = Say(place=place, name=f"reply:{event.id}", card=note, because=event.id)
        return Outcome(effects=(say,), after=self.community)


Handler = Callable[[Turn, CommandGiven], None]
Address = tuple[str, CommandGiven]  # the id of a session, and a command as it is to be heard there
Finds = Callable[[CommandGiven, Sequence[Held]], Sequence[Address]]
CommunityHandler = Callable[[CommunityRequest], CommunityOutcome]


@record
class Command:
    """A row: what is typed, who may give it and when, where it is shown, and what answers it.

    A command that a community answers reaches a session only if one opens. One that neither answers belongs to
    another layer, which has rows of its own.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    who: Who = Who.MEMBER
    phases: tuple[Phase, ...] = tuple(Phase)
    shown: Shown = EVERYWHERE
    handler: Handler | None = None
    community: CommunityHandler | None = None
    event: Callable[[CommandGiven], Event] | None = None  # the event that it is, where it is one of its own
    edits: bool = False  # its words are an answer, and who edits its message edits the answer
    page: str = ""  # the page of the web room that it needs
    replies: bool = False  # typed under a message of ours, it is about what that message is about
    everywhere: bool = False  # it reaches every session that somebody was in
    with_words: str = (
        ""  # the command that this is if it is given something: /workshop start and a name opens it
    )
    finds: Finds | None = (
        None  # which of a room's sessions hold what it names; without it the one of now is meant
    )

    @property
    def host(self) -> bool:
        """True if only hosts, and perhaps their companions, may give it."""
        return self.who in (Who.HOST, Who.COMPANION)

    def refusal(self, session: Session, person: str) -> Note | None:
        """The sentence for somebody who may not give it, or not now."""
        sentence = may(session, person, self.who)
        if sentence:
            return messages.say(sentence)
        return None if session.phase in self.phases else not_now(session)


def may(session: Session, person: str, who: Who) -> str:
    """Nothing if somebody is one of those `who` names; else the sentence that says so."""
    own = person in session.people
    if who is Who.ANYONE or any(access.allowed(session, person, act, own=own) for act in ACTS[who]):
        return ""
    standing = access.standing(session, person)
    if who in (Who.HOST, Who.COMPANION):
        return messages.TAKE_OVER_FIRST if standing is Standing.COMPANION else messages.NOT_HOST
    return messages.REMOVED if standing is Standing.REMOVED else messages.JOIN_FIRST


def not_now(session: Session) -> Note:
    """The sentence for a command that does not fit the moment."""
    return messages.say(messages.NOT_NOW, phase=session.paused or session.phase.value)


def fixed(*values: str) -> Proposals:
    """Always these."""
    choices = [(value, value) for value in values]
    return lambda typing: choices


def one(
    name: str,
    help: str,
    *,
    required: bool = True,
    kind: type[str] | type[int] = str,
    room: bool = False,
    proposals: Proposals | None = None,
) -> tuple[Parameter, ...]:
    """The parameters of a command that takes one."""
    return (Parameter(name=name, help=help, required=required, kind=kind, room=room, proposals=proposals),)
