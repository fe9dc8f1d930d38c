"""Which question a private line answers: the one that was asked last, or the one before it.

People write while a host moves on, so a line can come just after the next question was asked. It is never filed under
a question by a guess: what was said before a question was asked belongs to the one before, and where both are
possible, its author says which one it is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.model import facts as f
from bot.core.model.cards import TypedForYou
from bot.core.model.effects import Edit
from bot.core.model.events import CommandGiven, Posted
from bot.core.model.facts import Phase, Words
from bot.core.model.ids import PersonId
from bot.core.model.session import EPOCH, HOSTS, PRIVATE, Offer, Session, StepState, private_place
from bot.core.model.steps import Step, Written
from bot.core.queries import form_answer, is_asked
from bot.core.steps import one_by_one, second_lines, taking
from bot.core.steps.kind import Typed
from bot.core.steps.progress import unanswered_fields
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.quoting import clean
from bot.core.turn import Turn

SKEW = timedelta(seconds=2)  # by which the clock of somebody's server may differ from ours
READ = timedelta(seconds=5)  # within which nobody reads a question and answers it, and that difference
WRITING = timedelta(seconds=30)  # within which somebody finishes what they were writing when it was asked
LATE = (Phase.RUNNING, Phase.TAIL, Phase.REVIEW)  # in which a question that is over still takes words


def said(turn: Turn, person: PersonId, event: Posted) -> None:
    """Somebody wrote a line in their private place that replies to nothing."""
    if _chosen(turn, person, clean(event.text)):
        return
    place = private_place(person)
    line = Typed(person=person, text=event.text, message=event.id, place=place, private=True, replying=False)
    if turn.session.current is not None and not _takes(turn.step):
        kind_of(turn.step).typed(turn, turn.step, line)  # a card of a gallery, perhaps
        if turn.facts or turn.effects:
            return
    steps = meant(turn, person, event.text, event.at)
    if not steps:
        asides = any(is_asked(turn.script, turn.session, key, person) for key in turn.session.asides)
        turn.tell(person, messages.NOT_ASKED_HERE if asides else messages.NOTHING_OPEN)
    elif len(steps) == 1:
        kind_of(steps[0]).typed(turn, steps[0], line)
    elif not one_by_one.heard_again(turn, person, event.text, steps[0].id, replying=False):
        ask_which(turn, person, steps, event.text, event.id)


def typed(turn: Turn, step: Written, line: Typed) -> None:
    """A line for a step in words: the next question is answered, left out, or changed; what is said is the sign."""
    person, session = line.person, turn.session
    if one_by_one.left_out(turn, step, person, line.text):
        return
    field, text = one_by_one.meant_field(session, step, person, line.text)
    if field is None and len(step.fields) > 1:
        turn.tell(person, messages.ALL_ANSWERED_HERE)
        one_by_one.more(turn, step, person)
        return
    words = taking.checked(turn, person, text, field or step.fields[0])
    if words is None:
        return
    if field is None:
        second_lines.instead(turn, step, line, words)
        return
    room = session.people[person].room
    taking.take(turn, step, person, {field.key: words}, room=room, said=line.message, private=True)
    one_by_one.nothing_new(turn, person)


def meant(
    turn: Turn, person: PersonId, text: str, at: datetime, *, tapped: bool | None = None
) -> Sequence[Step]:
    """The steps that a line may answer: one, or two where only its author knows, the later one first.

    Args:
        tapped: that it is said to be taps, or words; None if it is just a line.
    """
    asked = _asked(turn, person)
    while len(asked) > 1 and at < _since(turn.session, asked[0]) - SKEW:
        del asked[0]  # said before that was asked
    far = [step for step in asked[1:] if one_by_one.numbered_field(step, text) is not None]
    asked = [*asked[:1], *far[:1], *asked[1:]]  # a number of an earlier question may mean that one
    over = [step for step in asked[:2] if turn.session.current is None or step.id != turn.session.step]
    asked = [step for step in asked[:2] if step not in over or _still_takes(turn, step, person, text, tapped)]
    if over and over[0] not in asked:
        asked = asked[:1] if asked and asked[0] not in over else []
    if len(asked) < 2:
        return asked
    here, before = asked
    if _engaged(turn.session, here, person) or _only_here(turn, here, before, person, text):
        return (here,)
    passed = at - _since(turn.session, here)
    numbered = one_by_one.numbered_field(before, text) is not None
    if passed < READ or numbered or (passed < WRITING and _in_the_middle(turn.session, before, person)):
        return (here, before)
    return (here, before) if _goes_on(turn.session, here, before, person, at) else (here,)


def ask_which(turn: Turn, person: PersonId, steps: Sequence[Step], text: str, message: str) -> None:
    """Keep a line until its author says which of two questions it is for; what comes twice is kept once."""
    for key, offer in turn.session.offers.items():
        if (offer.person, offer.step, offer.earlier, offer.text) == (person, steps[0].id, steps[1].id, text):
            turn.tell(person, TypedForYou(offer=key), name=key)
            return
    hold(turn, f"o{turn.session.version + 1}", person, (steps[0].id, steps[1].id), text, message)


def hold(turn: Turn, key: str, person: PersonId, steps: tuple[str, str], text: str, message: str) -> None:
    """Keep a line under a key; one that is kept there already is replaced by it."""
    before = turn.session.offers.get(key)
    if before is not None:
        turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(before.seq,)))
    turn.fact(
        f.Offered(
            at=turn.now,
            offer=key,
            step=steps[0],
            earlier=steps[1],
            by=person,
            person=person,
            field="",
            text=Words(text),
            source=message,
            place=private_place(person),
        )
    )
    card = TypedForYou(offer=key)
    if before is None:
        turn.tell(person, card, name=key)
    else:
        turn.effects.append(Edit(place=private_place(person), name=key, card=card))


def settle(turn: Turn, offer: Offer, step: str) -> None:
    """Its author says which question a line is for."""
    chosen = turn.script.step(step)
    line = Typed(
        person=offer.person,
        text=offer.text,
        message=offer.source,
        place=offer.place,
        private=True,
        replying=True,
    )
    kind_of(chosen).typed(turn, chosen, line)


def changed(turn: Turn, message: str, text: str, *, by: str = "") -> bool:
    """True if a line that waits was edited by its author, or deleted by whoever may: it waits changed, or no more."""
    for key, offer in turn.session.offers.items():
        if offer.earlier and offer.source == message and by in ("", offer.person):
            if words := clean(text):
                hold(turn, key, offer.person, (offer.step, offer.earlier), words, message)
            else:
                turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
                turn.retract(offer.person, key)
            return True
    return False


def warn_in_sight(turn: Turn, event: CommandGiven, step: Step) -> None:
    """A private answer was typed where others read it: it counts, and its author is told, once a step."""
    if not event.seen or not kind_of(step).in_private(step):
        return
    person = event.person.id
    place = turn.session.channels.get(event.thread or event.channel, "")
    what = f"seen:{step.id}"
    if place.startswith((PRIVATE, HOSTS)) or what in turn.session.told.get(person, frozenset()):
        return
    turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=what))
    turn.tell(person, messages.TYPED_IN_SIGHT)


def drop(turn: Turn) -> None:
    """It is too late: lines of which nobody said what they answer are erased, and their authors told."""
    for key, offer in turn.session.offers.items():
        if offer.earlier:
            turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
            turn.retract(offer.person, key)
            turn.tell(offer.person, messages.WHICH_NOT_SAID)


def _chosen(turn: Turn, person: PersonId, text: str) -> bool:
    """True if a line is the number of the question that lines which wait are for; then they are filed there."""
    waiting = [(key, o) for key, o in turn.session.offers.items() if o.person == person and o.earlier]
    if not waiting or text.strip(" .)") not in ("1", "2"):
        return False
    asked = (waiting[-1][1].earlier, waiting[-1][1].step)
    for key, offer in waiting:
        if (offer.earlier, offer.step) == asked:
            turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
            turn.retract(person, key)
            settle(turn, offer, asked[int(text.strip(" .)")) - 1])
    return True


def _asked(turn: Turn, person: PersonId) -> list[Step]:
    """The questions that a private line can answer, the latest first."""
    session, script = turn.session, turn.script
    if session.current is not None:
        latest: Step | None = turn.step
    else:
        latest = one_by_one.waiting(script, session, person) if session.people[person].one_by_one else None
        if latest is not None and not kind_of(latest).in_private(latest):
            latest = None
        if latest is None and session.step and session.phase in (Phase.TAIL, Phase.REVIEW):
            latest = script.step(session.step)  # which was open when the live part ended
    found = [latest] if latest is not None and _takes(latest) else []
    if session.phase not in LATE:
        return found
    visited = sorted(session.steps.items(), key=lambda each: each[1].visit, reverse=True)
    for key, state in visited:
        if (latest is not None and key == latest.id) or not _asked_before(session, state, person):
            continue
        step = script.step(key)
        if _takes(step) and kind_of(step).in_private(step) and is_asked(script, session, key, person):
            found.append(step)
    return found


def _still_takes(turn: Turn, step: Step, person: PersonId, text: str, tapped: bool | None) -> bool:
    """True if a question that is over, or lies open beside others, can take this line."""
    kind, state = kind_of(step), turn.session.steps[step.id]
    if tapped is not None and not (kind.tapped is tapped and _in_the_middle(turn.session, step, person)):
        return False
    return kind.reads(turn.session, step, text) and not (kind.final and state.closed)


def _asked_before(session: Session, state: StepState, person: PersonId) -> bool:
    """True if a question was asked of everybody, or lay open beside the session and this person answered it."""
    return state.asked_at is not None and (not state.aside or person in state.by_person)


def _takes(step: Step) -> bool:
    return kind_of(step).tapped or bool(kind_of(step).fields(step))


def _since(session: Session, step: Step) -> datetime:
    """When a question was asked last."""
    return session.steps[step.id].asked_at or EPOCH


def _engaged(session: Session, step: Step, person: PersonId) -> bool:
    """True if somebody has answered a question since it was asked last, so that what they write is for it."""
    mine = form_answer(session, step.id, person)
    if mine is None:
        return False
    since = _since(session, step)
    return bool(mine.picks) or any(piece.at and piece.at >= since for piece in mine.pieces.values())


def _only_here(turn: Turn, here: Step, before: Step, person: PersonId, text: str) -> bool:
    """True if a line is nothing but numbers of options that nobody sees, and nothing of the kind is open before."""
    kind = kind_of(here)
    if not kind.tapped or kind.watched(here) or not kind.reads(turn.session, here, text):
        return False
    if kind_of(before).tapped:
        return person in turn.session.steps[before.id].by_person
    due = unanswered_fields(turn.session, before, person)
    return not (due and due[0].options)


def _in_the_middle(session: Session, step: Step, person: PersonId) -> bool:
    """True if somebody had not finished a question when the next one was asked."""
    state = session.steps[step.id]
    if person in state.passed:
        return False
    return person not in state.by_person or bool(unanswered_fields(session, step, person))


def _goes_on(session: Session, here: Step, before: Step, person: PersonId, at: datetime) -> bool:
    """True if somebody answered a question over days a moment ago, and was not shown another since.

    What they add may be for it, too.
    """
    if one_by_one.shown(here) in session.told.get(person, frozenset()):
        return False
    mine = form_answer(session, before.id, person)
    said_at = [piece.at for piece in mine.pieces.values() if piece.at] if mine else []
    return session.current is None and bool(said_at) and at - max(said_at) < WRITING
