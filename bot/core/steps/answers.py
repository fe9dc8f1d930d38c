"""Answers on their way to the step that they answer: plain talk is left alone."""

from __future__ import annotations

from bot.core.access import Act, Standing, allowed, standing
from bot.core.model import facts as f
from bot.core.model.cards import Button, Note
from bot.core.model.events import Deleted, Edited, Posted, Submitted
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.session import PAIR, PARKED, PRIVATE, Answer
from bot.core.model.steps import Step, Written
from bot.core.steps import private_lines, second_lines
from bot.core.steps.changes import amend, withdraw
from bot.core.steps.kind import Typed
from bot.core.steps.registry import kind_of
from bot.core.steps.taking import checked
from bot.core.steps.written import said_by
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn


def posted(turn: Turn, event: Posted) -> None:
    """Somebody said something: an answer, or plain talk, which is left alone."""
    place = turn.session.channels.get(event.channel) or turn.session.channels.get(event.parent or "")
    if place is None:
        return
    person = event.person.id
    if place.startswith(PAIR) and allowed(turn.session, person, Act.SAY_PAIR, own=True):
        _spoke(turn, place, person)
    replying = event.about.step if event.about else ""
    if not allowed(turn.session, person, Act.ANSWER):
        who = standing(turn.session, person)
        if replying and who is not Standing.REMOVED:
            turn.tell(person, messages.JOIN_FIRST)
        elif who in (Standing.HOST, Standing.COMPANION):
            _join_to_answer(turn, place, person)
        return
    if place.startswith(PRIVATE) and not (replying and replying in turn.session.steps):
        private_lines.said(turn, person, event)
        return
    step = _meant(turn, place, person, replying)
    if step is not None:
        line = Typed(
            person=person,
            text=event.text,
            message=event.id,
            place=place,
            private=place.startswith(PRIVATE),
            replying=bool(replying),
        )
        kind_of(step).typed(turn, step, line)
    elif not replying:
        second_lines.said(turn, place, person, event)


def _join_to_answer(turn: Turn, place: PlaceName, person: PersonId) -> None:
    """A host who has not joined wrote what would be an answer: it is not lost without a word, once a step."""
    session, state = turn.session, turn.session.current
    if state is None or state.closed or place not in session.rooms or not kind_of(turn.step).live(turn.step):
        return
    if not kind_of(turn.step).listens(session, turn.step, person):
        return
    what = f"join:{session.step}"
    if what not in session.told.get(person, frozenset()):
        turn.fact(f.ToldOnce(at=turn.now, person=person, what=what))
        join = (Button(label=N_("Join"), command="join"),)
        turn.tell(person, Note(text=messages.JOIN_TO_ANSWER, buttons=join))


def _spoke(turn: Turn, place: PlaceName, person: PersonId) -> None:
    """Somebody says something in their pair; that they did is kept, once, and not what."""
    for key, state in turn.session.steps.items():
        if person in state.pairs.get(place, ()) and person not in state.spoke:
            turn.fact(f.PairSpoke(at=turn.now, step=key, person=PersonId(person)))


def _meant(turn: Turn, place: PlaceName, person: PersonId, replying: str) -> Step | None:
    """The step that a message in this place answers, if it answers one."""
    session = turn.session
    if replying and replying in session.steps:
        return turn.script.step(replying)
    state = session.current
    if state is None or state.closed:
        return None
    if place.startswith(PAIR):
        return None  # a pair talks; its outcome goes by button or /answer
    step = turn.step
    return step if kind_of(step).listens(session, step, person) else None


def submitted(turn: Turn, event: Submitted) -> None:
    """A form or a tap that belongs to a step."""
    person = event.person.id
    if not allowed(turn.session, person, Act.ANSWER):
        turn.tell(person, messages.JOIN_FIRST)
    elif event.step not in turn.session.steps or event.step == PARKED:
        turn.tell(person, messages.NOTHING_OPEN)
    else:
        kind_of(step := turn.script.step(event.step)).submitted(turn, step, event)


def change(turn: Turn, mine: Answer, field: str, raw: str) -> None:
    """The author changes one field of an answer; the first one if none is named."""
    step = turn.script.step(mine.step)
    if not isinstance(step, Written):
        turn.tell(mine.person, messages.NOT_THIS_STEP)
        return
    wanted = next((each for each in step.fields if each.key == field), step.fields[0])
    text = checked(turn, mine.person, raw, wanted)
    if text is not None:
        amend(turn, mine, wanted.key, text)
        turn.tell(mine.person, messages.TAKEN)


def edited(turn: Turn, event: Edited) -> None:
    """A message changed; if it is an answer of its author, the answer changes with it, unless they were removed."""
    person = event.person.id
    if not allowed(turn.session, person, Act.EDIT, own=True):
        return
    key = turn.session.sources.get(event.message)
    if key is None and event.text and not private_lines.changed(turn, event.message, event.text, by=person):
        second_lines.changed(turn, event.message, event.text, by=event.person.id)
    answer = turn.session.answers[key] if key is not None else None
    if answer is None or answer.person != event.person.id or not event.text:
        return  # an edit event without content says nothing about the text
    step = turn.script.step(answer.step)
    kind_of(step).edited(turn, step, answer, event)


def deleted(turn: Turn, event: Deleted) -> None:
    """A message is gone; if it was an answer, it is taken back; if it was one field of several, that one is."""
    key = turn.session.sources.get(event.message)
    if key is None:
        if not private_lines.changed(turn, event.message, ""):
            second_lines.changed(turn, event.message, "")
        return
    answer = turn.session.answers[key]
    own = [key for key in answer.pieces if said_by(answer, key) == event.message]
    if own and any(piece.text for key, piece in answer.pieces.items() if key not in own):
        amend(turn, answer, own[0], "")
    else:
        withdraw(turn, answer)
