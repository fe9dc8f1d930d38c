"""Offers on cards: who gave one is known to the card's author, who may ask for a place for the two of them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.access import Act, allowed
from bot.core.model import facts as f
from bot.core.model.cards import Introduced, MyOffers, OfferMade
from bot.core.model.effects import OpenThread, Remove, SetThreadMembers
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record
from bot.core.model.script import Audience, Script
from bot.core.model.session import PAIR, Answer, Introduction, Session, private_place
from bot.core.model.steps import Option, Step
from bot.core.queries import find_person, may_be_shown
from bot.core.steps.registry import kind_of
from bot.core.steps.seating import fits
from bot.core.text import messages
from bot.core.turn import Turn


@record
class CardOffer:
    """A reaction on a card that names its giver to the card's author."""

    answer: Answer
    giver: PersonId
    sign: str
    label: str
    step: str


def named(script: Script, session: Session, step: Step) -> tuple[Option, ...]:
    """The reactions of a gallery that are offers; none with people under 18, where nobody talks in twos."""
    if script.audience is Audience.UNDER_18:
        return ()
    wall = kind_of(step).wall(session, step)
    return tuple(option for option in wall.signs if option.offer) if wall is not None else ()


def found(script: Script, session: Session) -> Iterator[CardOffer]:
    """The offers that stand, of people whom their authors may meet."""
    for key, state in session.steps.items():
        options = {option.key: option.label for option in named(script, session, script.step(key))}
        for giver, given in state.signs.items() if options else ():
            known = session.people.get(giver)
            if known is None or known.forgotten or known.removed:
                continue
            for card, sign in sorted(given):
                answer = session.answers.get(card)
                if answer is None or sign not in options or not may_be_shown(session, answer):
                    continue
                if answer.person != giver and fits(session, (answer.person,), giver):
                    yield CardOffer(
                        answer=answer, giver=PersonId(giver), sign=sign, label=options[sign], step=key
                    )


def made_to(script: Script, session: Session, person: str) -> tuple[CardOffer, ...]:
    """The offers on the cards of one person, which only they see."""
    return tuple(offer for offer in found(script, session) if offer.answer.person == person)


def met(session: Session, one: str, other: str) -> bool:
    """True if a place was opened for these two."""
    return any({each.author, each.giver} == {one, other} for each in session.introductions)


def changed(turn: Turn, step: Step, answer: Answer, giver: PersonId, sign: str) -> None:
    """A reaction was given or taken back: the author of the card reads who, and the giver reads that they do."""
    if (
        sign not in [option.key for option in named(turn.script, turn.session, step)]
        or answer.person == giver
    ):
        return
    card = OfferMade(step=step.id, answer=answer.id, giver=giver, sign=sign)
    name = _name(answer.id, giver, sign)
    on = (answer.id, sign) in turn.session.steps[step.id].signs.get(giver, frozenset())
    if fits(turn.session, (answer.person,), giver):
        if on:
            turn.tell(answer.person, card, name=name)
        turn.revise(name, card, places=(private_place(answer.person),))
    turn.tell(giver, messages.OFFER_GIVEN if on else messages.OFFER_BACK)


def _name(answer: str, giver: str, sign: str) -> str:
    return f"help:{answer}:{giver}:{sign}"


def introduce(turn: Turn, person: PersonId, who: str) -> None:
    """The author of a card asks for a place for them and somebody who offered something on it."""
    session = turn.session
    offers = made_to(turn.script, session, person)
    wanted = find_person(session, who) if who.strip() else None
    offer = next((each for each in offers if wanted is not None and each.giver == wanted.id), None)
    if offer is None:
        turn.tell(person, MyOffers(person=person) if offers else messages.NO_OFFERS)
        return
    if met(session, person, offer.giver):
        turn.tell(person, messages.MET)
        return
    room = session.people[person].room
    if session.people[offer.giver].room != room or not allowed(session, offer.giver, Act.ANSWER):
        turn.tell(person, messages.NOT_HERE)
        return
    place = PlaceName(f"{PAIR}met.{len(session.introductions) + 1}")
    turn.fact(
        f.PeopleIntroduced(
            at=turn.now,
            place=place,
            step=offer.step,
            answer=offer.answer.id,
            author=person,
            giver=offer.giver,
            sign=offer.sign,
        )
    )
    title = turn.script.step(offer.step).title
    turn.effects.append(
        OpenThread(place=place, parent=room, people=(person, offer.giver), title=title, apart=True)
    )
    turn.say(_first(turn.session.introductions[-1]), Introduced(place=place), places=(place,), ping=True)
    turn.tell(person, messages.INTRODUCED)
    turn.tell(offer.giver, messages.INTRODUCED_TO)


def introduction(session: Session, place: str) -> Introduction | None:
    """Who was introduced to whom in a place."""
    return next((each for each in session.introductions if each.place == place), None)


def withdrawn(turn: Turn, answer: str) -> None:
    """What quotes a card goes with it: the first words of places that were opened, and what its author was shown."""
    for made in turn.session.introductions:
        if made.answer == answer:
            turn.effects.append(Remove(place=made.place, name=_first(made)))
    card = turn.session.answers[answer]
    for at, state in turn.session.steps.items():
        signs = [option.key for option in named(turn.script, turn.session, turn.script.step(at))]
        for giver, given in state.signs.items() if signs else ():
            for key, sign in sorted(given):
                if key == answer and sign in signs and giver != card.person:
                    turn.retract(card.person, _name(answer, giver, sign))


def _first(made: Introduction) -> str:
    return f"met:{made.place}"


def forget(turn: Turn, person: PersonId) -> None:
    """Somebody asks to be forgotten: nothing that authors were shown names them, and they are in no place."""
    session = turn.session
    for at, state in session.steps.items():
        signs = [option.key for option in named(turn.script, turn.session, turn.script.step(at))]
        for card, sign in sorted(state.signs.get(person, frozenset())) if signs else ():
            answer = session.answers.get(card)
            if sign in signs and answer is not None and answer.person != person:
                turn.retract(answer.person, _name(card, person, sign))
    for each in session.introductions:
        if person in (each.author, each.giver):
            turn.effects.append(Remove(place=each.place, name=_first(each)))
            other = each.giver if person == each.author else each.author
            turn.effects.append(SetThreadMembers(place=each.place, people=(other,)))
            turn.effects.append(SetThreadMembers(place=each.place, people=(), out=(person,)))
