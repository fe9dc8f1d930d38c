"""Small questions about a session that both the deciding and the reading side ask."""

from __future__ import annotations

from bot.core.script import Choice, Vote
from bot.core.session import Answer, Participant, Session, counts


def waiting_for(session: Session) -> tuple[Participant, ...]:
    """Who has neither answered nor passed the current step, of those that the session waits for.

    What one of a pair brings back is the answer of the pair.
    """
    state = session.current
    if state is None:
        return ()
    answered = {
        person
        for pair in state.pairs.values()
        if any(each in state.by_person for each in pair)
        for person in pair
    }
    return tuple(
        person
        for person in session.people.values()
        if counts(person)
        and person.id not in state.by_person
        and person.id not in state.passed
        and person.id not in answered
    )


def everybody(session: Session) -> bool:
    """Whether all that the session waits for have answered or passed the current step."""
    return session.counted > 0 and not waiting_for(session)


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


def options(session: Session, step: Choice | Vote) -> tuple[str, ...]:
    """The keys that can be picked: the script's own, and the ids of answers for a vote over ideas."""
    own = tuple(option.key for option in step.options)
    if not isinstance(step, Vote) or not step.options_from:
        return own
    source = session.steps.get(step.options_from.partition(".")[0])
    ideas = (key for keys in source.by_person.values() for key in keys) if source else ()
    return own + tuple(key for key in ideas if is_option(session, step, key))


def is_option(session: Session, step: Choice | Vote, key: str) -> bool:
    """Whether this can be picked in this step."""
    if any(option.key == key for option in step.options):
        return True
    if not isinstance(step, Vote) or key not in session.answers:
        return False
    source, _, field = step.options_from.partition(".")
    answer = session.answers[key]
    return answer.step == source and bool(answer.text(field)) and may_be_shown(session, answer)


def may_be_shown(session: Session, answer: Answer) -> bool:
    """Whether an answer may be shown in the session: not taken back, its author not removed."""
    author = session.people.get(answer.person)
    if answer.withdrawn or author is None or author.removed or author.forgotten:
        return False
    return bool(answer.picks) or any(piece.text for piece in answer.pieces.values())


def relayed(session: Session, answers: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Which of these live answers a room has to be shown, because no message there says them."""
    return tuple(
        key for key in answers if not (session.answers[key].source and session.answers[key].room == place)
    )
