"""Changes to a session by steps that are asked, shown and closed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply, counted, current, put_person, put_step
from bot.core.model.presence import takes_part
from bot.core.model.records import replace
from bot.core.model.session import PARKED, Session, StepState


def _step_closed(session: Session, fact: f.StepClosed) -> Session:
    if fact.asked and not session.steps[fact.step].cards:  # who reads a gallery in silence has missed nothing
        session = _silence_counted(session, fact.step)
    session = counted(session, fact.step)
    state = session.steps[fact.step]
    return put_step(
        session,
        fact.step,
        replace(
            state,
            closed=True,
            moved_at=fact.at,
            looking=None,
            revealed=(*state.revealed, (fact.visit, fact.revealed)) if fact.revealed else state.revealed,
            read_until=fact.until,
        ),
    )


def _silence_counted(session: Session, key: str) -> Session:
    """Whoever let a question go by without a word has missed it: once, however often it is asked again.

    One that nobody answered says nothing of anybody: a host passed over it, or people talked instead.
    """
    state = session.steps[key]
    heard = {*state.by_person, *state.passed, *state.signs, *state.spoke}
    for pair in state.pairs.values():  # one of a pair brings the line back for all of it
        heard.update(pair if heard.intersection(state.by_person, pair) else ())
    if not heard:
        return session
    missed_by = set(state.missed_by - heard)
    for person in session.people.values():
        if not takes_part(person) or person.id in missed_by:
            continue
        missed = 0 if person.id in heard else person.missed + 1
        if missed:
            missed_by.add(person.id)
        if missed != person.missed:
            session = put_person(session, replace(person, missed=missed))
    return put_step(session, key, replace(session.steps[key], missed_by=frozenset(missed_by)))


def _asked(session: Session, fact: f.Asked) -> Session:
    before = session.steps.get(fact.step)
    if before is None:
        state = StepState(
            visit=fact.visit,
            visits=(fact.visit,),
            moved_at=fact.at,
            asked_at=fact.at,
            until=fact.until,
            few=fact.few,
            found=fact.found,
            only=fact.only,
            seq=session.version,
        )
    else:
        state = replace(
            before,
            visit=fact.visit,
            visits=(*before.visits, fact.visit),
            moved_at=fact.at,
            asked_at=fact.at,
            until=fact.until,
            closed=False,
            read_until=None,
            nudged=False,
            host_asked=False,
            complete=False,
            looking=None,
            writing={},
        )
    session = replace(session, step=fact.step, visit=fact.visit, paused="", paused_at=None)
    return put_step(session, fact.step, state)


def _undone(session: Session, fact: f.Undone) -> Session:
    """The step that was left is open (or being read) again; what it showed by that move counts as unshown."""
    state = session.steps[fact.step]
    if not fact.closed:
        for person in map(session.people.get, state.missed_by):
            if person is not None and person.missed:
                session = put_person(session, replace(person, missed=person.missed - 1))
    state = replace(
        state,
        visit=fact.visit,
        visits=(*state.visits, fact.visit),
        moved_at=fact.at,
        asked_at=state.asked_at if fact.closed else fact.at,
        closed=fact.closed,
        until=state.until if fact.closed else fact.until,
        read_until=fact.until if fact.closed else None,
        nudged=False,
        host_asked=False,
        complete=False,
        looking=None,
        missed_by=state.missed_by if fact.closed else frozenset(),
        revealed=state.revealed
        if fact.closed
        else tuple(each for each in state.revealed if each[0] != fact.undoes),
    )
    session = replace(session, step=fact.step, visit=fact.visit, moved=None, paused="", paused_at=None)
    return put_step(session, fact.step, state)


def _aside_opened(session: Session, fact: f.AsideOpened) -> Session:
    state = StepState(
        visit=fact.visit,
        visits=(fact.visit,),
        moved_at=fact.at,
        asked_at=fact.at,
        until=fact.until,
        aside=True,
        few=fact.few,
        found=fact.found,
        only=fact.only,
    )
    # what is parked belongs to no moment: the open step and its timers stay what they are
    visit = session.visit if fact.step == PARKED else fact.visit
    return put_step(replace(session, visit=visit), fact.step, state)


def _revealed(session: Session, fact: f.Revealed) -> Session:
    state = session.steps[fact.step]
    state = replace(state, revealed=(*state.revealed, (fact.visit, fact.answers)), looking=None)
    return put_step(replace(session, visit=fact.visit), fact.step, state)


def _aside_closed(session: Session, fact: f.AsideClosed) -> Session:
    session = counted(session, fact.step)
    return put_step(session, fact.step, replace(session.steps[fact.step], closed=True))


def _completed(session: Session, fact: f.Completed) -> Session:
    return current(session, complete=True)


def _nudged(session: Session, fact: f.Nudged) -> Session:
    return current(session, nudged=True)


def _host_asked(session: Session, fact: f.HostAsked) -> Session:
    return current(session, host_asked=True)


def _look_begun(session: Session, fact: f.LookBegun) -> Session:
    state = session.steps[fact.step]
    return put_step(session, fact.step, replace(state, looking=fact.answers, look_until=fact.until))


def _moved(session: Session, fact: f.Moved) -> Session:
    return replace(session, moved=fact)


def _step_closed_fact(session: Session, fact: f.StepClosed) -> Session:
    session = replace(session, quiet_steps=session.quiet_steps + 1 if fact.quiet else 0)
    return _step_closed(session, fact)


def _extended(session: Session, fact: f.Extended) -> Session:
    return current(
        session, until=fact.until, extended_at=fact.at, nudged=False, host_asked=False, looking=None
    )


APPLY: Mapping[type, Apply] = {
    f.Asked: _asked,
    f.AsideOpened: _aside_opened,
    f.Revealed: _revealed,
    f.AsideClosed: _aside_closed,
    f.Completed: _completed,
    f.Nudged: _nudged,
    f.HostAsked: _host_asked,
    f.LookBegun: _look_begun,
    f.Moved: _moved,
    f.Undone: _undone,
    f.StepClosed: _step_closed_fact,
    f.Extended: _extended,
}
