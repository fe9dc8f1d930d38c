"""Changes of a session that facts of several families make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.core.model.masked_count import SMALL
from bot.core.model.presence import waited_for
from bot.core.model.records import replace
from bot.core.model.session import Participant, Session, StepState

Apply = Callable[[Session, Any], Session]  # a session after one more fact of one type


def put_person(session: Session, person: Participant) -> Session:
    """Put somebody as they are now, and count anew whom the session waits for."""
    before = session.people.get(person.id)
    silent = session.silent + (not waited_for(person))
    if before is not None:
        silent -= not waited_for(before)
    state = session.steps.get(session.step)
    if state is not None and state.complete and waited_for(person) and not (before and waited_for(before)):
        session = put_step(session, session.step, replace(state, complete=False))  # one more is waited for
    return replace(session, people=session.people.put(person.id, person), silent=silent)


def put_step(session: Session, key: str, state: StepState) -> Session:
    """Put a step as it is now."""
    return replace(session, steps={**session.steps, key: state})


def current(session: Session, **changes: object) -> Session:
    """Change the step that is open."""
    state = replace(session.steps[session.step], **changes)
    return put_step(session, session.step, state)


def counted(session: Session, key: str) -> Session:
    """Keep the taps of a step as they are: from here on its numbers tell of these, and of none that comes later."""
    state = session.steps[key]
    taps = {
        answer.id: answer.picks
        for answer in session.answers.values()
        if answer.step == key and answer.picks and not answer.withdrawn
    }
    first = state.first_counted if len(state.first_counted) >= SMALL else taps
    return put_step(session, key, replace(state, counted=taps, first_counted=first))


def added(session: Session, answer: str, at: datetime) -> Session:
    """Something was allowed or changed; once the recap stays as it is, the day of that stands beside it."""
    return session if session.frozen is None else replace(session, added={**session.added, answer: at})
