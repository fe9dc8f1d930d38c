"""A second line after the one that was taken: it is offered in its place, and its author says which one counts.

The first line of each person is their answer, and what they say after it is talk. But the first may have been
"sorry I'm late", so the latest of the others stands beside it, for its author alone, until they say what it is.
A line that they name themselves ("Use as my answer") is taken, or offered in the same way if they have answered.
"""

from __future__ import annotations

from bot.core.access import Act, allowed
from bot.core.model import facts as f
from bot.core.model.cards import TypedForYou
from bot.core.model.effects import Edit, React
from bot.core.model.events import MessageUsedAsAnswer, Posted
from bot.core.model.facts import Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.session import Offer, private_place
from bot.core.model.steps import Stepping
from bot.core.queries import form_answer
from bot.core.steps import one_by_one, taking
from bot.core.steps.changes import withdraw
from bot.core.steps.kind import Typed
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.quoting import clean
from bot.core.turn import TICK, Turn


def said(turn: Turn, place: PlaceName, person: PersonId, event: Posted) -> None:
    """Somebody whose answer was taken says more in the room: the latest such line offers itself, once a step."""
    session, state = turn.session, turn.session.current
    if state is None or state.closed or place not in session.rooms or not takes_part(session.people[person]):
        return
    step = turn.step
    fields = kind_of(step).fields(step)
    settled = f"instead:{step.id}" in session.told.get(person, frozenset())
    if settled or person not in state.by_person or not kind_of(step).live(step) or len(fields) != 1:
        return
    text = clean(event.text)
    if text and len(text) <= fields[0].max_chars:
        _offer(turn, step.id, person, fields[0].key, text, event.id, place)


def chosen(turn: Turn, event: MessageUsedAsAnswer) -> None:
    """Somebody says that a message of theirs, already said, is their answer: the first one, or in place of it."""
    session, person = turn.session, event.person.id
    if not allowed(session, person, Act.ANSWER):
        turn.tell(person, messages.JOIN_FIRST)
        return
    place, state = session.channels.get(event.channel), session.current
    step = turn.step if state else None
    fields = kind_of(step).fields(step) if step is not None else ()
    if state is None or step is None or place is None or not fields:
        turn.tell(person, messages.NOTHING_OPEN)
        return
    if event.message in session.sources:
        return
    waiting = next(
        (key for key, o in session.offers.items() if o.source == event.message and _is_later(o)), ""
    )
    if waiting:  # it is offered already, and this is the yes
        settle(turn, waiting, use=True)
        return
    shown, mine = place in session.rooms, form_answer(session, step.id, person)
    field = one_by_one.next_field(session, fields, step, person)
    text = taking.checked(turn, person, event.text, field)
    if text is None:
        return
    if person in state.by_person and (mine is None or shown or mine.text(field.key)):
        _offer(turn, step.id, person, field.key, text, event.message, place)
    else:
        _take(turn, step.id, person, field.key, text, event.message, place)


def _take(
    turn: Turn, step: str, person: PersonId, field: str, text: str, message: str, place: PlaceName
) -> None:
    """A line counts: with a tick where the room reads it; what was said elsewhere is no more public than it was."""
    session, asked = turn.session, turn.script.step(step)
    if place in session.rooms:
        taking.take(turn, asked, person, {field: text}, room=place, source=message)
        if message in turn.session.sources:
            _tick(turn, place, message)
    else:
        taking.take(
            turn,
            asked,
            person,
            {field: text},
            room=session.people[person].room,
            said=message,
            private=place == private_place(person),
        )


def _tick(turn: Turn, place: PlaceName, message: str, *, on: bool = True) -> None:
    """Put the tick on a line, or take it off: it may come and go more than once."""
    turn.effects.append(
        React(place=place, message=message, sign=TICK, because=turn.because, on=on, moved=True)
    )


def _offer(
    turn: Turn, step: str, person: PersonId, field: str, text: str, message: str, place: PlaceName
) -> None:
    """Offer a line in place of the first; an earlier one that waits is erased, and its card shows this one."""
    before = next(
        (k for k, o in turn.session.offers.items() if _is_later(o) and o.by == person and o.step == step), ""
    )
    key = before or f"o{turn.session.version + 1}"
    if before:
        turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(turn.session.offers[key].seq,)))
    turn.fact(
        f.Offered(
            at=turn.now,
            offer=key,
            step=step,
            by=person,
            person=person,
            field=field,
            text=Words(text),
            source=message,
            place=place,
        )
    )
    card = TypedForYou(offer=key)
    if before:
        turn.effects.append(Edit(place=private_place(person), name=key, card=card))
    else:
        turn.tell(person, card, name=key)


def _is_later(offer: Offer) -> bool:
    """True for a line said after the first, and not one of which nobody knows yet what it answers."""
    return bool(offer.source) and not offer.earlier


def instead(turn: Turn, step: Stepping, line: Typed, words: str) -> None:
    """A private line after the one that answers the only question of a step: it offers itself."""
    _offer(turn, step.id, line.person, kind_of(step).fields(step)[0].key, words, line.message, line.place)


def settle(turn: Turn, key: str, *, use: bool) -> None:
    """Its author says that the later line counts, or that the first does; in this step that is that."""
    offer = turn.session.offers[key]
    turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
    turn.retract(offer.person, key)
    person = offer.person
    turn.fact(f.ToldOnce(at=turn.now, person=person, what=f"instead:{offer.step}"))
    if not use:
        turn.tell(person, messages.FIRST_STAYS)
        return
    step = turn.script.step(offer.step)
    if form_answer(turn.session, step.id, person) is not None and not kind_of(step).live(step):
        room = turn.session.people[person].room  # in the form: its other fields and its consent stay
        taking.take(turn, step, person, {offer.field: offer.text}, room=room, said=offer.source)
        return
    for answer in [turn.session.answers[a] for a in turn.session.steps[step.id].by_person.get(person, ())]:
        withdraw(turn, answer)
        if answer.source:
            _tick(turn, answer.room, answer.source, on=False)
    _take(turn, step.id, person, offer.field, offer.text, offer.source, offer.place)


def changed(turn: Turn, message: str, text: str, *, by: str = "") -> None:
    """The line that offers itself was edited by its author, or deleted by whoever may."""
    for key, offer in turn.session.offers.items():
        if offer.source == message and by in ("", offer.person):
            if words := clean(text):
                _offer(turn, offer.step, offer.person, offer.field, words, message, offer.place)
            else:
                _drop(turn, key, offer)
            return


def drop(turn: Turn) -> None:
    """The live part is over: lines that nobody chose are erased."""
    for key, offer in turn.session.offers.items():
        if _is_later(offer):
            _drop(turn, key, offer)


def _drop(turn: Turn, key: str, offer: Offer) -> None:
    turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
    turn.retract(offer.person, key)
