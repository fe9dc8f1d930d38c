"""The fold of facts into the state of a session: `evolve` applies one and never decides, `fold` applies all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from bot.core.model.evolve import answers, erasure, lifecycle, pacing, people, recap, recognition
from bot.core.model.evolve.shared import Apply
from bot.core.model.facts import Answered, Fact
from bot.core.model.records import replace
from bot.core.model.session import Session

_APPLY: Mapping[type, Apply] = {
    **lifecycle.APPLY,
    **people.APPLY,
    **answers.APPLY,
    **pacing.APPLY,
    **recognition.APPLY,
    **recap.APPLY,
    **erasure.APPLY,
}
if missing := {*get_args(Fact)} - {Answered, *_APPLY}:
    raise TypeError(f"nothing says how these facts change a session: {missing}")


def evolve(session: Session, fact: Fact) -> Session:
    """The session after one more fact."""
    version, at = session.version + 1, max(session.at, fact.at)
    if isinstance(fact, Answered):  # on the path of every answer: one copy of the session, not two
        return answers.answered(session, fact, version, at)
    return _APPLY[type(fact)](replace(session, version=version, at=at), fact)


def fold(log: Iterable[Fact], start: Session | None = None) -> Session:
    """The session that these facts make: `reduce(evolve, log, Session())`."""
    session = start or Session()
    for fact in log:
        session = evolve(session, fact)
    return session
