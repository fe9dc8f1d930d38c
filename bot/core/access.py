"""Who may come in, read, write, edit, react and take along. A test holds it to the table in `docs/access.md`."""

from __future__ import annotations

from enum import Enum

from bot.core.model.facts import Phase
from bot.core.model.records import record
from bot.core.model.session import Session


class Standing(Enum):
    """How somebody stands in a session; where several fit, the one listed last counts."""

    NAMELESS = "no name"  # came without giving a name, which only the web room knows
    VISITOR = "visitor"  # has a name here, and is not in the session
    LEFT = "left"  # went by themselves
    READER = "reading along"
    MEMBER = "participant"
    CONTACT = "second contact"  # whom people can turn to beside the host
    COMPANION = "co-host"
    REMOVED = "removed"  # was asked to leave by a host
    HOST = "host"


class Act(Enum):
    """What a person may ask to do."""

    ENTER = "come in under a new name"
    READ = "read the room, its step and its board"
    READ_OWN = "read what one was told privately"
    READ_PAIR = "read a pair's thread"
    READ_HOSTS = "read what hosts read, and the panel"
    READ_REPORTED = "read what was reported"
    SAY = "write in the room"
    SAY_PAIR = "write in a pair's thread"
    JOIN = "join, or read along"
    ANSWER = "answer, tap, and put a sign on a card"
    EDIT = "edit one's own words"
    REPORT = "report a card or a message"
    TAKE_BACK = "take one's own words back"
    DATA = "see one's own data, browsers and link, and be forgotten"
    HELP = "ask for the host"
    LEAD = "lead a session: open, move, end and publish it"
    LOOK_AFTER = "look after people, what they say and the draft"
    RECAP = "read the recap, its files and pictures"
    PACK = "take the pack"
    REPORT_OF_WEEKS = "take the report of some weeks"


@record
class Moment:
    """What a decision depends on beside who and what."""

    phase: Phase = Phase.NEW
    locked: bool = False
    own: bool = False  # the thread or the words are theirs
    joined: bool = False  # they are in the session now, or were to its end

    @property
    def shut(self) -> bool:
        """True if nobody new comes in: a lock goes with its session."""
        return self.locked and not self.over

    @property
    def over(self) -> bool:
        """True if there is no session here that goes on."""
        return self.phase in (Phase.NEW, Phase.FOLLOWING, Phase.CLOSED)


def standing(session: Session, person: str, *, host: bool = False) -> Standing:
    """Who somebody with a name is in a session; `host` if their platform says so."""
    known = session.people.get(person)
    if host or person in session.hosts:
        return Standing.HOST
    if known is not None and known.removed:
        return Standing.REMOVED
    if person in session.companions:
        return Standing.COMPANION
    if known is None or known.forgotten:
        return Standing.VISITOR
    if not known.present:
        return Standing.LEFT
    if person == session.contact:
        return Standing.CONTACT
    return Standing.READER if known.reading else Standing.MEMBER


def moment(session: Session, person: str = "", *, own: bool = False) -> Moment:
    """The moment of a session, for somebody; who left by themselves is asked later what became of it."""
    known = session.people.get(person)
    joined = known is not None and not known.removed and (known.present or not session.live)
    return Moment(phase=session.phase, locked=session.locked, own=own, joined=joined)


def allowed(session: Session, person: str, act: Act, *, own: bool = False, host: bool = False) -> bool:
    """True if somebody with a name may do this in a session now."""
    return may(standing(session, person, host=host), act, moment(session, person, own=own))


def may(who: Standing, act: Act, when: Moment) -> bool:
    """True if it is allowed."""
    outside = who is Standing.NAMELESS or (who is Standing.VISITOR and when.shut)
    guide = who in (Standing.HOST, Standing.COMPANION)
    match act:
        case Act.ENTER if who is Standing.NAMELESS:
            return not when.shut
        case Act.DATA | Act.HELP:
            return who is not Standing.NAMELESS
        case Act.TAKE_BACK | Act.READ_OWN:
            return who is not Standing.NAMELESS and when.own
        case Act.LEAD:
            return who is Standing.HOST
        case Act.LOOK_AFTER | Act.REPORT_OF_WEEKS:
            return guide
        case Act.PACK:
            return guide and when.phase in (Phase.TAIL, Phase.REVIEW, Phase.FOLLOWING, Phase.CLOSED)
        case Act.READ_HOSTS:
            return who is Standing.HOST or (guide and not when.over)
        case Act.READ_REPORTED:
            return guide or who is Standing.CONTACT
        case _ if outside or who is Standing.REMOVED:
            return False
        case Act.READ_PAIR | Act.SAY_PAIR | Act.EDIT:
            return when.own
        case Act.ANSWER:
            return when.joined and when.phase is not Phase.NEW
        case Act.JOIN:
            return not when.over
        case Act.RECAP:
            return when.phase in (Phase.FOLLOWING, Phase.CLOSED)
        case _:
            return True
