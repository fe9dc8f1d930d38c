"""Small questions about a session that both the deciding and the reading side ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.model.presence import how_many
from bot.core.model.script import (
    FollowUp,
    Script,
)
from bot.core.model.session import Answer, Participant, Session, StepState
from bot.core.model.steps import Written

TWICE = 2.0  # seconds within which an order that comes again is the same one, arrived twice
AT_ONCE = 1.0  # seconds within which nobody has read the next question and answered it
HAPPENED = "happened"  # what the field that `hope` names says of a part that is no hope


def a_moment_ago(now: datetime, before: datetime | None) -> bool:
    """True if something happened so shortly before that an order for more of it is the same one, heard twice."""
    return before is not None and (now - before).total_seconds() < TWICE


def before_it_was_read(now: datetime, before: datetime | None) -> bool:
    """True if somebody says something so shortly after what they said before that they had not read what came next."""
    return before is not None and (now - before).total_seconds() < AT_ONCE


def taking_part(session: Session) -> int:
    """The number of people who take part; also those who have been silent for a while."""
    return how_many(session.people.values())


def form_answer(session: Session, step: str, person: str) -> Answer | None:
    """The answer that a form of this step would change: the latest one not said in a room."""
    state = session.steps.get(step)
    if state is None:
        return None
    for key in reversed(state.by_person.get(person, ())):
        answer = session.answers[key]
        if not answer.source and not answer.withdrawn:
            return answer
    return None


def is_asked(script: Script, session: Session, key: str, person: str) -> bool:
    """True if a step is for this person: a follow-up goes only to those who said yes to it."""
    follow = next((each for each in script.follow_ups if each.step.id == key), None)
    return follow is None or asked_later(script, session, follow, person)


def asked_later(script: Script, session: Session, follow: FollowUp, person: str) -> bool:
    """True if a follow-up goes to somebody: they said yes, are here, need no help, and wrote what it is about.

    Who told it as something that happened already is not asked what became of their hope.
    """
    known = session.people.get(person)
    if person not in session.follow or known is None or known.forgotten or known.removed or known.needs_help:
        return False
    if not follow.about:
        return True
    answer = _about(session, follow, person)
    return answer is not None and not _happened(script, follow, answer)


def wrote(session: Session, follow: FollowUp, person: str) -> str:
    """The latest words of somebody that a follow-up asks about."""
    answer = _about(session, follow, person)
    return answer.text(follow.about.partition(".")[2]) if answer is not None else ""


def _happened(script: Script, follow: FollowUp, answer: Answer) -> bool:
    """True if a follow-up asks about a hope, and this story says that it has come true already."""
    story, asks = script.step(answer.step), follow.step
    if not isinstance(story, Written) or not isinstance(asks, Written):
        return False
    about_hope = any(field.options for field in asks.fields)
    return about_hope and any(
        field.hope and answer.text(field.key) and answer.text(field.hope) == HAPPENED
        for field in story.fields
    )


def _about(session: Session, follow: FollowUp, person: str) -> Answer | None:
    step, _, field = follow.about.partition(".")
    state = session.steps.get(step)
    for key in reversed(state.by_person.get(person, ()) if state else ()):
        answer = session.answers[key]
        if not answer.withdrawn and answer.text(field):
            return answer
    return None


def shuffled(session: Session, answers: Iterable[str]) -> list[str]:
    """Ids in an order that only the session's secret tells, which stays as it is when some come or go."""
    return sorted(answers, key=session.secret_of)


def may_be_shown(session: Session, answer: Answer) -> bool:
    """True if an answer may be shown in the session: not taken back, its author not removed."""
    author = session.people.get(answer.person)
    if answer.withdrawn or answer.held or author is None or author.removed or author.forgotten:
        return False
    return bool(answer.picks) or any(piece.text for piece in answer.pieces.values())


def find_person(session: Session, name: str) -> Participant | None:
    """Somebody who is here, by the name they go by (a leading @ is as good as none), or by id."""
    wanted = name.strip().removeprefix("@").casefold()
    for person in session.people.values():
        if person.present and (person.name.casefold() == wanted or person.id == name.strip()):
            return person
    return None


def relayed(session: Session, answers: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Which of these live answers a room has to be shown, because no message there says them."""
    return tuple(
        key for key in answers if not (session.answers[key].source and session.answers[key].room == place)
    )


def deadline(state: StepState) -> str:
    """When a step ends, as a button to extend it names it."""
    return str(int(state.until.timestamp())) if state.until else ""


def was_held(session: Session) -> bool:
    """True if a session got beyond its lobby, in which questions to prepare may have been open."""
    return session.day > 0 or any(not state.aside for state in session.steps.values())
