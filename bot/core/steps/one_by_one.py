"""Asking one person privately, one question at a time: for platforms that have no forms."""

from __future__ import annotations

import re

from bot.core.model import facts as f
from bot.core.model.cards import Card, MoreFields, Prompt, Tally
from bot.core.model.events import About
from bot.core.model.facts import Mode
from bot.core.model.ids import PersonId
from bot.core.model.presence import takes_part
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Field, Step, Stepping, Written
from bot.core.queries import a_moment_ago, before_it_was_read, form_answer, is_asked
from bot.core.steps.progress import settled, skipped, unanswered, unanswered_fields
from bot.core.steps.registry import kind_of
from bot.core.text import messages, quoting
from bot.core.turn import Turn

SKIP = frozenset({"skip", "überspringen", "auslassen", "omitir", "saltar", "passer", "sauter"})
_NUMBERED = re.compile(r"(\d{1,2})[.:)]?\s+(\S.*)", re.DOTALL)


def show_tally(turn: Turn, step: Stepping) -> None:
    """What stands under a question that everybody watches is as the taps are now; once it is closed, that it is."""
    if kind_of(step).watched(step):
        for visit in turn.session.steps[step.id].visits:
            turn.revise(f"tally:{visit}", Tally(step=step.id), About(step=step.id, visit=visit))


def ask_each(turn: Turn, step: Step) -> None:
    """A step that is answered in private is asked of each person who has no form for it."""
    if turn.session.mode is Mode.LIVE and kind_of(step).in_private(step):
        for person in turn.session.people.values():
            if person.one_by_one and takes_part(person):
                ask(turn, person.id, step)


def ask(turn: Turn, person: PersonId, step: Step) -> None:
    """Ask one person a step: its first question that has no answer yet."""
    state = turn.session.steps[step.id]
    if person in state.by_person or not is_asked(turn.script, turn.session, step.id, person):
        return
    turn.tell(person, question(turn.session, step, person), about=About(step=step.id, visit=state.visit))


def question(session: Session, step: Stepping, person: PersonId) -> Prompt:
    """A step as one person is asked it, in their private place."""
    open_field = next(iter(unanswered_fields(session, step, person)), None)
    return Prompt(
        step=step.id, personal=True, person=person, here=True, field=open_field.key if open_field else ""
    )


def shown(step: Stepping) -> str:
    """The name under which it is kept that somebody has asked for a question that lies open beside others."""
    return f"shown:{step.id}"


def waiting(script: Script, session: Session, person: str) -> Step | None:
    """Where several questions lie open: the one that a person has begun, else the first that they have not answered."""
    for key in session.asides:
        step = script.step(key)
        begun = person in session.steps[key].by_person and kind_of(step).in_private(step)
        if begun and unanswered_fields(session, step, person):
            return step
    return unanswered(script, session, person)


def heard_again(turn: Turn, person: PersonId, raw: str, step: str, *, replying: bool) -> bool:
    """True if these words for `step` are those of a moment ago, heard twice; whoever said them is told so.

    They are not where they reply to another question, or to one that was asked after they were said first. The next
    question of several that lie open stands there at once: words that come before anybody can have read it are no
    answer to it.
    """
    text, state = quoting.clean(raw), turn.session.steps.get(step)
    for key in turn.session.authored.get(person, ()):
        answer = turn.session.answers[key]
        for piece in answer.pieces.values():
            if not piece.text or piece.text != text or not a_moment_ago(turn.now, piece.at):
                continue
            if answer.step == step and replying:
                again = True
            else:
                asked_since = state is not None and state.seq > piece.seq
                again = not replying and not asked_since and before_it_was_read(turn.now, piece.at)
            if again:
                turn.tell(person, messages.ALREADY_SO)
                return True
    return False


def nothing_new(turn: Turn, person: PersonId) -> None:
    """Words that stand there already: whoever sent them again is told so."""
    if not turn.facts and not turn.effects:
        turn.tell(person, messages.ALREADY_SO)


def meant_field(session: Session, step: Written, person: str, text: str) -> tuple[Field | None, str]:
    """Which field a private line answers: the next one; once those are done, the one whose number stands first."""
    waiting = unanswered_fields(session, step, person)
    if waiting:
        return waiting[0], text
    field = numbered_field(step, text)
    return (field, without_number(step, field, text)) if field else (None, text)


def next_field(session: Session, fields: tuple[Field, ...], step: Stepping, person: PersonId) -> Field:
    """One field at a time: the first one that has no words yet, else the first."""
    mine = form_answer(session, step.id, person)
    for field in fields:
        if mine is None or not mine.text(field.key):
            return field
    return fields[0]


def option_keys(field: Field, raw: str) -> str:
    """Keys of options, from keys, labels or numbers with commas between; unknown ones are left out."""
    known = {option.key: option.key for option in field.options}
    known |= {option.label.casefold(): option.key for option in field.options}
    known |= {str(n): option.key for n, option in enumerate(field.options, 1)}
    keys = [known[part] for each in raw.split(",") if (part := each.strip().casefold()) in known]
    return ",".join(dict.fromkeys(keys if field.many else keys[:1]))


def numbered_field(step: Step, text: str) -> Field | None:
    """The field whose number a line begins with, in a step of several."""
    found = _NUMBERED.fullmatch(text.strip())
    if not found or not isinstance(step, Written) or not 0 < int(found[1]) <= len(step.fields) > 1:
        return None
    return step.fields[int(found[1]) - 1]


def without_number(step: Written, field: Field, text: str) -> str:
    """A private line without the number that says that it answers this field."""
    found = _NUMBERED.fullmatch(text.strip())
    return found[2] if found and numbered_field(step, text) == field else text


def go_on(turn: Turn, step: Stepping, person: PersonId, card: Card | str) -> None:
    """What somebody wrote in private is in: the next question of the step, or that it is complete."""
    about = About(step=step.id, visit=turn.session.steps[step.id].visit)
    left = unanswered_fields(turn.session, step, person)
    if not left or turn.session.current is None or turn.session.step != step.id:
        turn.tell(person, card)
    if left:
        turn.tell(person, question(turn.session, step, person), about=about)
    else:
        more(turn, step, person)


def more(turn: Turn, step: Stepping, person: PersonId) -> None:
    """The questions of a step that can still be added to or changed, where there are several."""
    if isinstance(step, Written) and len(step.fields) > 1:
        about = About(step=step.id, visit=turn.session.steps[step.id].visit)
        turn.tell(person, MoreFields(step=step.id, person=person), about=about, name=f"more:{step.id}")


def left_out(turn: Turn, step: Stepping, person: PersonId, text: str) -> bool:
    """True if somebody leaves a question out: an optional one, else all of the step that is still to come."""
    if quoting.clean(text).strip(" .!").casefold() not in SKIP:
        return False
    left = unanswered_fields(turn.session, step, person)
    if left and left[0].optional:
        turn.fact(f.ToldOnce(at=turn.now, person=person, what=skipped(step, left[0])))
        go_on(turn, step, person, messages.PASSED)
    else:
        state = turn.session.steps[step.id]
        if (left or person not in state.by_person) and person not in state.passed:
            turn.fact(f.Passed(at=turn.now, step=step.id, person=person))
        turn.tell(person, messages.PASSED)
    settled(turn)
    return True
