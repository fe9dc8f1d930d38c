"""Every answer that a recap does not show in words, and why."""

from __future__ import annotations

from bot.core.model.facts import Phase
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Asking, InRecap, Written
from bot.core.views.recap import recap


def withheld(script: Script, session: Session) -> dict[str, str]:
    """Every answer that the recap does not show in words, and why, in a word or two."""
    there = recap(script, session)
    shown = {quote.answer for part in there.parts for quote in part.quotes}
    shown |= {late.quote.answer for late in there.added}
    shown |= {card.answer for card in recap(script, session).stories}
    return {key: _why(script, session, answer) for key, answer in session.answers.items() if key not in shown}


def _why(script: Script, session: Session, answer: Answer) -> str:
    step = script.step(answer.step)
    author = session.people.get(answer.person)
    if answer.withdrawn:
        return "taken back"
    if author is None or author.forgotten:
        return "forgotten"
    if author.removed:
        return "its author was asked to leave"
    if answer.held:
        return "hidden by a host"
    if isinstance(step, Asking) and step.recap is InRecap.NONE:
        return "the workshop keeps this step out"
    if answer.picks:
        return "counted"
    if not isinstance(step, Written) or step.recap is InRecap.COUNT:
        return "only counted"
    if not any(piece.text for piece in answer.pieces.values()):
        return "empty"
    if not answer.share.public:
        return "not allowed by its author"
    if any(follow_up.step.id == answer.step for follow_up in script.follow_ups):
        return "counted among what became of it"
    return "not posted yet" if session.phase not in (Phase.FOLLOWING, Phase.CLOSED) else ""
