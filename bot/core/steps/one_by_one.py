"""Asking one person privately, one question at a time: for platforms that have no forms."""

from __future__ import annotations

import re

from bot.core.model.cards import Prompt, Tally
from bot.core.model.events import About
from bot.core.model.facts import Mode
from bot.core.model.ids import PersonId
from bot.core.model.script import (
    Choice,
    Field,
    Open,
    Pair,
    Reveal,
    Scale,
    Script,
    Step,
    Vote,
    Written,
    takes_words,
)
from bot.core.model.session import Session
from bot.core.queries import is_asked, items_of, labels_of, unanswered, unanswered_fields
from bot.core.turn import Turn

_NUMBERED = re.compile(r"(\d{1,2})[.:)]?\s+(\S.*)", re.DOTALL)


def watched(step: Step) -> bool:
    """Whether everybody sees, while it lies open, who taps what."""
    return isinstance(step, Choice) and step.reveal is Reveal.LIVE


def in_private(step: Step) -> bool:
    """Whether a step is answered where only its author reads."""
    if watched(step):
        return False
    if isinstance(step, Choice | Vote | Scale):
        return True
    if isinstance(step, Pair) or (isinstance(step, Open) and step.reveal is Reveal.LIVE):
        return False
    return isinstance(step, Written) and takes_words(step)


def show_tally(turn: Turn, step: Step) -> None:
    """What stands under a question that everybody watches is as the taps are now; once it is closed, that it is."""
    if watched(step):
        for visit in turn.session.steps[step.id].visits:
            turn.revise(f"tally:{visit}", Tally(step=step.id), About(step=step.id, visit=visit))


def ask_each(turn: Turn, step: Step) -> None:
    """A step that is answered in private is asked of each person who has no form for it."""
    if turn.session.mode is Mode.LIVE and in_private(step):
        for person in turn.session.people.values():
            if person.one_by_one and person.present and not person.reading:
                ask(turn, person.id, step)


def ask(turn: Turn, person: PersonId, step: Step) -> None:
    """Ask one person a step: its first question that has no answer yet."""
    state = turn.session.steps[step.id]
    if person in state.by_person or not is_asked(turn.script, turn.session, step.id, person):
        return
    turn.tell(person, question(turn.session, step, person), about=About(step=step.id, visit=state.visit))


def question(session: Session, step: Step, person: PersonId) -> Prompt:
    """A step as one person is asked it, in their private place."""
    open_field = next(iter(unanswered_fields(session, step, person)), None)
    return Prompt(
        step=step.id, personal=True, person=person, here=True, field=open_field.key if open_field else ""
    )


def waiting(script: Script, session: Session, person: str) -> Step | None:
    """Where several questions lie open: the one that a person has begun, else the first that they have not answered."""
    for key in session.asides:
        step = script.step(key)
        begun = person in session.steps[key].by_person and in_private(step)
        if begun and unanswered_fields(session, step, person):
            return step
    return unanswered(script, session, person)


def meant_field(session: Session, step: Written, person: str, text: str) -> tuple[Field, str]:
    """Which field a private line answers: the next one; once those are done, the one whose number stands first."""
    waiting = unanswered_fields(session, step, person)
    if waiting:
        return waiting[0], text
    found = _NUMBERED.fullmatch(text.strip())
    if found and len(step.fields) > 1 and 0 < int(found[1]) <= len(step.fields):
        return step.fields[int(found[1]) - 1], found[2]
    return step.fields[0], text


def without_number(step: Written, field: Field, text: str) -> str:
    """A private line that was changed, without the number that said which field it answers."""
    found = _NUMBERED.fullmatch(text.strip())
    if found and len(step.fields) > 1 and step.fields[int(found[1]) - 1 : int(found[1])] == (field,):
        return found[2]
    return text


def picked(session: Session, step: Choice | Vote | Scale, text: str) -> tuple[str, ...]:
    """The taps that a line of numbers stands for; none if it is something else."""
    said = text.replace(",", " ").split()
    if isinstance(step, Scale):
        fine = all(word == "?" or word.isdecimal() for word in said)
        items = items_of(session, step)
        return tuple(f"{i.key}={word}" for i, word in zip(items, said, strict=False)) if fine else ()
    there = list(labels_of(session, step))
    if not all(word.isdecimal() and 0 < int(word[:4]) <= len(there) for word in said):
        return ()
    return tuple(there[int(word) - 1] for word in said)
