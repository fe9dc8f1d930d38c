"""Changes to a session by decisions about the recap, and by steps that people take on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model import facts as f
from bot.core.model.evolve.shared import Apply
from bot.core.model.records import replace
from bot.core.model.session import Session, Undertaking, Woven


def _undertaken(session: Session, fact: f.StepTaken | f.StepTold | f.StepLetGo) -> Session:
    there = session.undertaken
    before = there.get(fact.id)
    match fact:
        case f.StepTaken() if before is None:
            now = Undertaking(id=fact.id, choice=fact.choice, person=fact.person, at=fact.at, due=fact.due)
        case f.StepTaken():
            now = replace(before, due=fact.due)
        case f.StepTold():
            now = replace(before, how=fact.how, text=fact.text, seq=session.version, at=fact.at)
        case _:
            return replace(session, undertaken=there.without(fact.id), let_go=session.let_go + 1)
    return replace(session, undertaken=there.put(fact.id, now))


def _recap_frozen(session: Session, fact: f.RecapFrozen) -> Session:
    return replace(session, frozen=frozenset(fact.answers))


def _film_allowed(session: Session, fact: f.FilmAllowed) -> Session:
    return replace(
        session,
        filmed=session.filmed | {fact.answer} if fact.on else session.filmed - {fact.answer},
    )


def _recap_held(session: Session, fact: f.RecapHeld) -> Session:
    return replace(
        session,
        phase_until=None,
        recap_held=fact.reason,
        recap_held_by=fact.by,
        recap_held_seq=session.version,
    )


def _theme_added(session: Session, fact: f.ThemeAdded) -> Session:
    woven = Woven(by=fact.by, text=fact.text, seq=session.version)
    there = session.threads
    return replace(
        session, threads=there.put(fact.number, woven) if fact.text else there.without(fact.number)
    )


def _steps_offered(session: Session, fact: f.StepsOffered) -> Session:
    return replace(session, offered_steps=session.offered_steps | set(fact.steps))


APPLY: Mapping[type, Apply] = {
    f.RecapFrozen: _recap_frozen,
    f.FilmAllowed: _film_allowed,
    f.RecapHeld: _recap_held,
    f.ThemeAdded: _theme_added,
    f.StepsOffered: _steps_offered,
    f.StepTaken: _undertaken,
    f.StepTold: _undertaken,
    f.StepLetGo: _undertaken,
}
