"""A second line in the room, after the one that was taken: it offers itself, and its author says which one counts.

The first line of each person is their answer, and what they say after it is talk. But the first may have been
"sorry I'm late", so the latest of the others stands beside it, for its author alone, until they say what it is.
"""

from __future__ import annotations

from bot.core.model import facts as f
from bot.core.model.cards import TypedForYou
from bot.core.model.effects import Edit
from bot.core.model.events import Posted
from bot.core.model.facts import Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.presence import takes_part
from bot.core.model.session import Offer, private_place
from bot.core.steps import taking
from bot.core.steps.changes import withdraw
from bot.core.steps.registry import kind_of
from bot.core.text import messages
from bot.core.text.quoting import clean
from bot.core.turn import Turn


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


def _offer(
    turn: Turn, step: str, person: PersonId, field: str, text: str, message: str, place: PlaceName
) -> None:
    """Offer a line in place of the first; an earlier one that waits is erased, and its card shows this one."""
    before = next(
        (k for k, o in turn.session.offers.items() if o.source and o.by == person and o.step == step), ""
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


def settle(turn: Turn, key: str, offer: Offer, *, use: bool) -> None:
    """Its author says that the later line counts, or that the first does; in this step that is that."""
    person = offer.person
    turn.fact(f.ToldOnce(at=turn.now, person=person, what=f"instead:{offer.step}"))
    if not use:
        turn.tell(person, messages.FIRST_STAYS)
        return
    for answer in turn.session.steps[offer.step].by_person.get(person, ()):
        withdraw(turn, turn.session.answers[answer])
    step = turn.script.step(offer.step)
    taking.take(turn, step, person, {offer.field: offer.text}, room=offer.place, source=offer.source)
    turn.tick(offer.place, offer.source)


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
        if offer.source:
            _drop(turn, key, offer)


def _drop(turn: Turn, key: str, offer: Offer) -> None:
    turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
    turn.retract(offer.person, key)
