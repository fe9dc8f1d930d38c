"""Small questions about a session that both the deciding and the reading side ask."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from bot.core.model.records import SMALL, MaskedCount
from bot.core.model.script import (
    Asking,
    Choice,
    Field,
    FollowUp,
    Gallery,
    Item,
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
from bot.core.model.session import Answer, Participant, Session, StepState, counts


def waiting_for(script: Script, session: Session) -> tuple[Participant, ...]:
    """Who has neither answered nor passed the current step, of those that the session waits for.

    What one of a pair brings back is the answer of the pair. Who is asked question by question has
    answered when there is no question left.
    """
    state = session.current
    if state is None:
        return ()
    step = script.step(session.step)
    several = isinstance(step, Written) and len(step.fields) > 1
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
        and person.id not in state.passed
        and person.id not in answered
        and (
            person.id not in state.by_person
            or (several and person.one_by_one and unanswered_fields(session, step, person.id))
        )
    )


def taking_part(session: Session) -> int:
    """How many people are here and do not only read; also those who have been silent for a while."""
    return sum(person.present and not person.reading for person in session.people.values())


def everybody(script: Script, session: Session) -> bool:
    """Whether all that the session waits for have answered or passed the current step."""
    return session.counted > 0 and not waiting_for(script, session)


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


def unanswered_fields(session: Session, step: Step | Written, person: str) -> Sequence[Field]:
    """What somebody is still to be asked in a step: neither invitations for later, nor what is optional."""
    if not isinstance(step, Written):
        return ()
    mine = form_answer(session, step.id, person)
    asked = [each for each in step.fields if not each.later and not each.optional] or step.fields[:1]
    return [each for each in asked if mine is None or not mine.text(each.key)]


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
        bare = isinstance(step, Gallery) and not state.cards
        if not isinstance(step, Asking) or done or bare or not is_asked(script, session, step.id, person):
            continue
        if takes_words(step):
            return step
        if person not in state.spoke:
            talk = talk or step
    return talk


def is_asked(script: Script, session: Session, key: str, person: str) -> bool:
    """Whether a step is for this person: a follow-up goes only to those who said yes to it."""
    follow = next((each for each in script.follow_ups if each.step.id == key), None)
    return follow is None or asked_later(session, follow, person)


def asked_later(session: Session, follow: FollowUp, person: str) -> bool:
    """Whether a follow-up goes to somebody: they said yes, are here, need no help, and wrote what it is about."""
    known = session.people.get(person)
    if person not in session.follow or known is None or known.forgotten or known.removed or known.needs_help:
        return False
    return not follow.about or bool(wrote(session, follow, person))


def wrote(session: Session, follow: FollowUp, person: str) -> str:
    """What somebody wrote that a follow-up asks about; their latest."""
    step, _, field = follow.about.partition(".")
    state = session.steps.get(step)
    for key in reversed(state.by_person.get(person, ()) if state else ()):
        answer = session.answers[key]
        if not answer.withdrawn and answer.text(field):
            return answer.text(field)
    return ""


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


def labels_of(session: Session, step: Choice | Vote) -> dict[str, str]:
    """The options of a step with their words; ideas of people are read from their answers."""
    fixed = {option.key: option.label for option in step.options}
    field = step.options_from.partition(".")[2] if isinstance(step, Vote) else ""
    return {
        key: fixed[key] if key in fixed else session.answers[key].text(field)
        for key in options(session, step)
    }


def tallied(session: Session, step: Choice | Vote) -> Mapping[str, MaskedCount] | None:
    """How often each option was picked; None below four people, who could be recognised."""
    picked = [
        answer
        for answer in session.answers.values()
        if answer.step == step.id and answer.picks and not answer.withdrawn
    ]
    if len(picked) < SMALL:
        return None
    counted = dict.fromkeys(options(session, step), 0)
    for answer in picked:
        for key in answer.picks:
            if key in counted:
                counted[key] += 1
    return {key: MaskedCount(n) for key, n in counted.items()}


def items_of(session: Session, step: Scale) -> tuple[Item, ...]:
    """What a scale asks about here: all its items, or the one that was found when it was asked."""
    state = session.steps.get(step.id)
    if not step.only:
        return step.items
    wanted = state.only if state else ""
    return tuple(item for item in step.items if item.key == wanted) or step.items[:1]


def may_be_shown(session: Session, answer: Answer) -> bool:
    """Whether an answer may be shown in the session: not taken back, its author not removed."""
    author = session.people.get(answer.person)
    if answer.withdrawn or answer.held or author is None or author.removed or author.forgotten:
        return False
    return bool(answer.picks) or any(piece.text for piece in answer.pieces.values())


def find_person(session: Session, name: str) -> Participant | None:
    """Somebody who is here, by the name they go by (a leading @ is as good as none), or by id."""
    wanted = name.strip().removeprefix("@").casefold()
    for person in session.people.values():
        if person.present and (person.name.casefold() == wanted or person.id == name.strip()):
            return person
    return None


def to_reveal(session: Session, step: Open | Pair, state: StepState) -> tuple[str, ...]:
    """What was not shown at an earlier visit; in a secret order where names may be hidden."""
    before = {key for _, keys in state.revealed for key in keys}
    keys = [
        key
        for person, answers in state.by_person.items()
        for key in answers
        if key not in before and not session.people[person].removed
    ]
    if isinstance(step, Open) and step.anonymous_allowed:
        random.Random(f"{session.seed}:{step.id}:{state.visit}").shuffle(keys)
    return tuple(keys)


def numbered(script: Script, session: Session, *, hosts: bool = False) -> tuple[str, ...]:
    """The cards in the order of their numbers: those of the step that was shown last.

    Hosts number also what they see before it is shown, and what is said live in the room.
    """
    state = session.current
    if state is None:
        return _numbered_beside(script, session, hosts=hosts)
    if hosts and state.looking is not None:
        return state.looking
    step = script.step(session.step)
    if hosts and isinstance(step, Open) and step.reveal is Reveal.LIVE:
        return tuple(a.id for a in session.answers.values() if a.step == step.id and a.pieces)
    shown = [s for s in session.steps.values() if s.cards or s.revealed]
    if not shown:
        return ()
    latest = max(shown, key=lambda s: s.visit)
    return latest.cards or tuple(key for _, keys in latest.revealed for key in keys)


def _numbered_beside(script: Script, session: Session, *, hosts: bool) -> tuple[str, ...]:
    """Where several steps lie open: what hosts are to look at, else the latest wall or reveal."""
    there = [session.steps[key] for key in session.asides]
    looking = [state.looking for state in there if state.looking]
    if hosts and looking:
        return looking[-1]
    walls = [state for state in there if state.cards]
    if walls:
        return max(walls, key=lambda state: state.visit).cards
    shown = [revealed for state in there for revealed in state.revealed]
    return max(shown)[1] if shown else ()


def relayed(session: Session, answers: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Which of these live answers a room has to be shown, because no message there says them."""
    return tuple(
        key for key in answers if not (session.answers[key].source and session.answers[key].room == place)
    )
