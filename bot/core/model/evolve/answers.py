"""Changes to a session by what people say, and do with it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply, added, put_person, put_step
from bot.core.model.facts import Share
from bot.core.model.records import PersistentMap, replace
from bot.core.model.session import Answer, Offer, Piece, Session, StepState


def answered(session: Session, fact: f.Answered, version: int, at: datetime) -> Session:
    """The session after one field of an answer, in a single copy."""
    session = heard_from(session, fact.person)
    state = session.steps[fact.step]
    answer = session.answers.get(fact.answer)
    piece = Piece(text=fact.text, seq=version, said=fact.said, at=fact.at)
    if answer is None:
        answer = Answer(
            id=fact.answer,
            step=fact.step,
            person=fact.person,
            room=fact.room,
            seq=version,
            source=fact.source,
            anonymous=fact.anonymous,
            pieces={fact.field: piece},
        )
        everywhere = bool(fact.source) and len(session.rooms) == 1
        hidden = () if everywhere else (fact.answer,)
        state = replace(
            state,
            by_person=own(state, fact.person, fact.answer),
            unshown=state.unshown + hidden,
        )
        steps = {**session.steps, fact.step: state}
        return kept(session, answer, version=version, at=at, steps=steps)
    answer = replace(
        answer,
        pieces={**answer.pieces, fact.field: piece},
        anonymous=fact.anonymous,
        withdrawn=False,
    )
    return kept(session, answer, version=version, at=at)


def _picked(session: Session, fact: f.Picked) -> Session:
    session = heard_from(session, fact.person)
    state = session.steps[fact.step]
    before = session.answers.get(fact.answer)
    answer = Answer(
        id=fact.answer,
        step=fact.step,
        person=fact.person,
        room=fact.room,
        seq=before.seq if before else session.version,
        picks=fact.picks,
        said=fact.said,
    )
    session = kept(session, answer)
    return put_step(session, fact.step, replace(state, by_person=own(state, fact.person, fact.answer)))


def _withdrawn(session: Session, fact: f.Withdrawn) -> Session:
    answer = session.answers[fact.answer]
    empty = replace(
        answer,
        pieces={key: replace(piece, text="", said="") for key, piece in answer.pieces.items()},
        picks=(),
        said="",
        share=Share.NO,
        withdrawn=True,
    )
    state = session.steps[answer.step]
    left = tuple(a for a in state.by_person.get(answer.person, ()) if a != answer.id)
    state = replace(
        state,
        by_person=state.by_person.put(answer.person, left)
        if left
        else state.by_person.without(answer.person),
        unshown=tuple(a for a in state.unshown if a != answer.id),
        complete=False,
    )
    session = kept(session, empty)
    if answer.source:
        session = replace(session, sources=session.sources.without(answer.source))
    return put_step(session, answer.step, state)


def _amended(session: Session, fact: f.Amended) -> Session:
    answer = session.answers[fact.answer]
    piece = Piece(text=fact.text, seq=session.version, said=fact.said, at=fact.at)
    changed = replace(answer, pieces={**answer.pieces, fact.field: piece}, withdrawn=False)
    session = kept(session, changed)
    return added(session, answer.id, fact.at) if answer.share.public else session


def _allowed(session: Session, fact: f.Allowed) -> Session:
    answer = replace(session.answers[fact.answer], share=fact.share)
    session = replace(session, answers=session.answers.put(answer.id, answer))
    return added(session, answer.id, fact.at) if answer.share.public else session


def _held_back(session: Session, fact: f.HeldBack) -> Session:
    answer = replace(session.answers[fact.answer], held=fact.on)
    return replace(session, answers=session.answers.put(answer.id, answer))


def _offered(session: Session, fact: f.Offered) -> Session:
    offer = Offer(
        step=fact.step,
        by=fact.by,
        person=fact.person,
        field=fact.field,
        text=fact.text,
        seq=session.version,
        source=fact.source,
        place=fact.place,
        earlier=fact.earlier,
    )
    return replace(session, offers=session.offers.put(fact.offer, offer))


def _offer_settled(session: Session, fact: f.OfferSettled) -> Session:
    return replace(session, offers=session.offers.without(fact.offer))


def _gallery_opened(session: Session, fact: f.GalleryOpened) -> Session:
    state = session.steps[fact.step]
    return put_step(session, fact.step, replace(state, cards=fact.answers))


def _reacted_to(session: Session, fact: f.ReactedTo) -> Session:
    session = heard_from(session, fact.person)
    state = session.steps[fact.step]
    held: frozenset[tuple[str, str]] = state.signs.get(fact.person, frozenset())
    sign = (fact.answer, fact.sign)
    held = held | {sign} if fact.on else held - {sign}
    state = replace(state, signs=state.signs.put(fact.person, held))
    return put_step(session, fact.step, state)


def _passed(session: Session, fact: f.Passed) -> Session:
    session = heard_from(session, fact.person)
    if fact.person in session.people:
        session = put_person(session, replace(session.people[fact.person], passed_at=fact.at))
    state = session.steps[fact.step]
    return put_step(session, fact.step, replace(state, passed=state.passed | {fact.person}))


def _writing(session: Session, fact: f.Writing) -> Session:
    session = heard_from(session, fact.person)
    state = session.steps[fact.step]
    writing = {**state.writing, fact.person: fact.until}
    return put_step(session, fact.step, replace(state, writing=writing))


def _gathered(session: Session, fact: f.Gathered) -> Session:
    state = session.steps[fact.step]
    return put_step(
        session,
        fact.step,
        replace(state, unshown=(), gathered=state.gathered + fact.answers),
    )


def own(state: StepState, person: str, answer: str) -> PersistentMap[tuple[str, ...]]:
    """The answers of everybody in a step, with this one among them."""
    had = state.by_person.get(person, ())
    return state.by_person if answer in had else state.by_person.put(person, (*had, answer))


def kept(session: Session, answer: Answer, **changes: object) -> Session:
    """An answer as it is now; which messages it follows, goes with it. `changes` are made in the same copy."""
    before = session.answers.get(answer.id)
    sources = session.sources
    for message in before.messages if before else ():
        sources = sources.without(message)
    for message in answer.messages:
        sources = sources.put(message, answer.id)
    authored = session.authored
    if before is None:
        authored = authored.put(answer.person, (*authored.get(answer.person, ()), answer.id))
    answers = session.answers.put(answer.id, answer)
    return replace(session, answers=answers, sources=sources, authored=authored, **changes)


def heard_from(session: Session, key: str) -> Session:
    """Somebody said something: the steps that they missed in a row are none."""
    person = session.people.get(key)
    if person is None or not person.missed:
        return session
    return put_person(session, replace(person, missed=0))


APPLY: Mapping[type, Apply] = {
    f.Picked: _picked,
    f.Amended: _amended,
    f.Withdrawn: _withdrawn,
    f.Allowed: _allowed,
    f.HeldBack: _held_back,
    f.Offered: _offered,
    f.OfferSettled: _offer_settled,
    f.GalleryOpened: _gallery_opened,
    f.ReactedTo: _reacted_to,
    f.Passed: _passed,
    f.Writing: _writing,
    f.Gathered: _gathered,
}
