"""Progress in a step: who has answered, and who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.events import TimerKind
from bot.core.model.facts import Mode, Phase
from bot.core.model.ids import PersonId
from bot.core.model.presence import takes_part, waited_for
from bot.core.model.script import Script
from bot.core.model.session import Participant, Session, StepState
from bot.core.model.steps import Asking, Field, Step, Stepping, Written
from bot.core.queries import form_answer, is_asked
from bot.core.steps.registry import kind_of, only_talk
from bot.core.turn import Turn

SETTLE_SECONDS = 5


def waiting_for(script: Script, session: Session) -> tuple[Participant, ...]:
    """Of those whom the current step has not heard from, the ones that it waits for."""
    return tuple(person for person in not_heard(script, session) if waited_for(person))


def not_heard(script: Script, session: Session) -> tuple[Participant, ...]:
    """The people who take part and have neither answered nor passed the current step.

    What one of a pair brings back is the answer of the pair. Who is asked question by question has
    answered when there is no question left.
    """
    state = session.current
    if state is None:
        return ()
    step = script.step(session.step)
    several = isinstance(step, Written) and len(step.fields) > 1
    paired = _paired(state)
    return tuple(
        person
        for person in session.people.values()
        if takes_part(person)
        and person.id not in state.passed
        and person.id not in paired
        and (
            person.id not in state.by_person
            or (several and _in_lines(session, step, person) and unanswered_fields(session, step, person.id))
        )
    )


def _in_lines(session: Session, step: Step, person: Participant) -> bool:
    """True if somebody answers a step question by question: there are no forms, or they write in private."""
    mine = form_answer(session, step.id, person.id)
    return person.one_by_one or bool(mine and any(piece.said for piece in mine.pieces.values()))


def _paired(state: StepState) -> frozenset[PersonId]:
    """Those whose pair has brought its line back."""
    brought = (pair for pair in state.pairs.values() if any(each in state.by_person for each in pair))
    return frozenset(person for pair in brought for person in pair)


def everybody(script: Script, session: Session) -> bool:
    """True if all that the session waits for have answered or passed the current step."""
    return session.counted > 0 and not waiting_for(script, session)


def answerable(script: Script, session: Session, step: Step) -> bool:
    """Whether the current step can be answered, as things stand: whoever then does not has missed a question."""
    form = kind_of(step).form(script, session, "", step)
    return form is not None and not form.is_gallery and bool(form.fields or form.items or form.options)


def unanswered_fields(session: Session, step: Stepping, person: str) -> Sequence[Field]:
    """The fields that somebody is still to be asked in a step: no invitations for later, nor what they leave out.

    What is optional is asked of those who have no form to see it in.
    """
    if not isinstance(step, Written):
        return ()
    mine, known = form_answer(session, step.id, person), session.people.get(person)
    told = session.told.get(PersonId(person), frozenset())
    each_asked = known is not None and known.one_by_one
    due = [each for each in step.fields if not each.later and (each_asked or not each.optional)]
    due = [each for each in due or step.fields[:1] if mine is None or not mine.text(each.key)]
    return [each for each in due if not each.optional or skipped(step, each) not in told]


def skipped(step: Stepping, field: Field) -> str:
    """The name under which it is kept that somebody leaves an optional field out."""
    return f"skip:{step.id}:{field.key}"


def unanswered(script: Script, session: Session, person: str) -> Step | None:
    """Of the steps that lie open, the first that this person has neither answered nor passed.

    What is only talked about, with nothing to bring back, waits for nobody who has talked, and comes last.
    """
    talk: Step | None = None
    for key in session.asides:
        state, step = session.steps[key], script.step(key)
        paired = any(
            person in group and any(each in state.by_person for each in group)
            for group in state.pairs.values()
        )
        done = person in state.by_person or person in state.passed or person in state.signs or paired
        if done or not kind_of(step).asks(step, state) or not is_asked(script, session, step.id, person):
            continue
        if not only_talk(step):
            return step
        if person not in state.spoke:
            talk = talk or step
    return talk


def settled(turn: Turn) -> None:
    """Notice when everybody has answered or passed; the host sees it in the panel, the room does not."""
    session = turn.session
    state = session.current
    if state is None or state.closed or state.complete or session.phase is not Phase.RUNNING:
        return
    too_few = len(state.by_person) + len(state.passed) < session.counted
    if (too_few and not state.pairs) or not everybody(turn.script, session):
        return
    turn.fact(f.Completed(at=turn.now, visit=session.visit))
    if session.mode is not Mode.CALL:
        step = turn.step
        least = step.min_seconds if isinstance(step, Asking) else 0
        at = max(turn.after(SETTLE_SECONDS), state.moved_at + timedelta(seconds=least))
        turn.wake(TimerKind.COMPLETE, at, visit=session.visit)
