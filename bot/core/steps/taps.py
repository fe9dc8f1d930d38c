"""The taps of a step that its numbers tell of, and whether these may tell of a few people."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Asking, Reveal, Stepping


def is_sensitive(step: Stepping) -> bool:
    """True if no number of a step may tell of a few people, or of all: its script says so."""
    return isinstance(step, Asking) and step.sensitive


def is_exact(step: Stepping) -> bool:
    """True if the counts of a step are said as they are. A session goes on with what held when it was opened."""
    return isinstance(step, Asking) and step.exact and not step.sensitive


def says_counts(script: Script) -> bool:
    """True if a session of this script says how many people there were of each kind, also when they are few."""
    return any(is_exact(step) for step in script.all_steps)


def taps(session: Session, step: Stepping) -> Mapping[str, tuple[str, ...]]:
    """What each person tapped, by person.

    Once a step is closed, who taps late changes no number of it: whoever looked twice would see what that one tap was.
    What came late is counted when the session ends, with all of it. Of a sensitive step there is nothing before it is
    closed, and nothing changes after: what somebody taps late, or takes back, could be told by the difference.
    """
    state, answers = session.steps.get(step.id), session.answers
    if state is None:
        return {}
    if is_sensitive(step):
        return {answers[key].person: picks for key, picks in state.first_counted.items()}
    over = state.closed or bool(state.counted and not session.live)
    watched = getattr(step, "reveal", None) is Reveal.LIVE  # everybody sees at once who taps what
    if over and not watched:
        kept = ((answers[key], picks) for key, picks in state.counted.items())
        return {answer.person: picks for answer, picks in kept if not answer.withdrawn}
    if session.live and not session.over_days and not (state.closed or watched):
        return {}  # the panel names who has answered: a count that grows would name each tap
    return {
        answer.person: answer.picks
        for answer in answers.values()
        if answer.step == step.id and answer.picks and not answer.withdrawn
    }
