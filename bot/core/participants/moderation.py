"""Looking after people: what hosts see first, what they hold back, reports, and typing for each other."""

from __future__ import annotations

from datetime import timedelta

from bot.core.model import facts as f
from bot.core.model.cards import Button, Glance, Reportable, TypedForYou
from bot.core.model.events import TimerKind
from bot.core.model.facts import Mode, Words
from bot.core.model.ids import PersonId
from bot.core.model.session import Answer, Session
from bot.core.queries import find_person
from bot.core.steps import private_lines, second_lines, taking
from bot.core.steps.changes import show_again
from bot.core.steps.copies import show_copy
from bot.core.steps.one_by_one import next_field
from bot.core.steps.registry import kind_of
from bot.core.steps.reveals import numbered, to_reveal
from bot.core.steps.taking import checked
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.text.numbers import whole_number
from bot.core.turn import Turn

LOOK = 60.0  # seconds that the host sees answers before everybody does


def begin_look(turn: Turn) -> bool:
    """Give the host a minute with what is about to be shown; False if there is nothing to look at."""
    step, state = turn.step, turn.session.current
    if state is None or state.looking is not None or not kind_of(step).looked_at(turn.script, step):
        return False
    keys = to_reveal(turn.session, step, state)
    if not keys:
        return False
    until = turn.now + timedelta(seconds=LOOK)
    turn.fact(f.LookBegun(at=turn.now, step=step.id, visit=state.visit, answers=keys, until=until))
    show = (Button(label=N_("Show it now"), command=f"workshop next {turn.session.moment}"),)
    turn.tell_hosts(messages.LOOK_HOST, show)
    turn.tell_hosts(Glance(step=step.id), name=f"look:{state.visit}")
    if turn.session.mode is not Mode.CALL:
        turn.wake(TimerKind.LOOK, until, visit=state.visit, until=until)
    return True


def hold(turn: Turn, host: str, which: str, *, on: bool) -> None:
    """Hold an answer back, or let it go; its author is told, privately, and nobody else."""
    answer = _which(turn, which, hosts=True)
    if answer is None:
        turn.tell(host, messages.NO_CARD)
        return
    if answer.held is on:
        turn.tell(host, messages.ALREADY_SO)
        return
    turn.fact(f.HeldBack(at=turn.now, answer=answer.id, on=on))
    show_again(turn, answer)
    told_author = messages.HELD_LIVE if answer.source else messages.HELD
    turn.tell(answer.person, told_author if on else messages.RELEASED)
    turn.tell_hosts(messages.HELD_HOST if on else messages.RELEASED_HOST)


def _which(turn: Turn, which: str, *, hosts: bool) -> Answer | None:
    keys = numbered(turn.script, turn.session, hosts=hosts)
    if 0 < (number := whole_number(which)) <= len(keys):
        which = keys[number - 1]
    answer: Answer | None = turn.session.answers.get(which)
    if answer is None or answer.withdrawn or not (hosts or answer.id in keys):
        return None
    return answer


def _stands(session: Session, key: str, message: str) -> bool:
    """True if an answer stands in a room for everybody: said there, or shown there since. Private words do not."""
    if message and session.answers[key].source == message:
        return True
    return any(
        key in state.cards or key in state.gathered or any(key in keys for _, keys in state.revealed)
        for state in session.steps.values()
    )


def report(turn: Turn, person: str, card: str, message: str) -> None:
    """Somebody thinks that a card or a message should be looked at: hosts and the second contact hear of it."""
    key = turn.session.sources.get(message) if message else None
    if key is None and not message:
        answer = _which(turn, card, hosts=False)
        key = answer.id if answer else None
    if (key is None and not message) or (key is not None and not _stands(turn.session, key, message)):
        turn.tell(person, messages.NO_CARD)
        return
    once = f"reported:{key or message}"
    if once in turn.session.told.get(person, frozenset()):
        turn.tell(person, messages.REPORTED)
        return
    turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=once))
    turn.fact(f.Reported(at=turn.now, person=PersonId(person), answer=key or ""))
    hold_it = (Button(label=N_("Hide it"), command=f"workshop hide {key}"),) if key else ()
    turn.tell_hosts(messages.REPORTED_HOST, hold_it)
    if key:
        turn.tell_hosts(Reportable(answer=key), name=f"report:{key}")
    contact = turn.session.contact
    if contact and not (key and turn.session.answers[key].person == contact):
        turn.tell(contact, messages.REPORTED_CONTACT)
        if key:
            show_copy(turn, contact, "report", Reportable(answer=key), key)
    turn.tell(person, messages.REPORTED)


def type_for(turn: Turn, by: PersonId, name: str, raw: str) -> None:
    """In a call, somebody types what another person said; it counts when that person says so."""
    other = find_person(turn.session, name)
    state, step = turn.session.current, turn.step if turn.session.current else None
    if other is None:
        turn.tell(by, messages.say(messages.WHO_IS, name=name[:80]))
        return
    fields = kind_of(step).fields(step) if step is not None else ()
    if state is None or step is None or not fields:
        turn.tell(by, messages.NOTHING_OPEN)
        return
    if other.id == by:
        kind_of(step).answered(turn, step, by, raw)
        return
    field = next_field(turn.session, fields, step, other.id)
    text = checked(turn, by, raw, field)
    if text is None:
        return
    said = (step.id, by, other.id, field.key, text)
    if any(said == (o.step, o.by, o.person, o.field, o.text) for o in turn.session.offers.values()):
        turn.tell(by, messages.TYPED_FOR)
        return
    offer = f"o{turn.session.version + 1}"
    turn.fact(
        f.Offered(
            at=turn.now,
            offer=offer,
            step=step.id,
            by=PersonId(by),
            person=PersonId(other.id),
            field=field.key,
            text=Words(text),
        )
    )
    turn.tell(other.id, TypedForYou(offer=offer), name=offer)
    turn.tell(by, messages.TYPED_FOR)


def settle_offer(turn: Turn, person: PersonId, key: str, *, take: bool, step: str = "") -> None:
    """The person for whom something was typed says whether it is theirs."""
    offers = turn.session.offers
    if not key:
        key = next((k for k, offer in offers.items() if offer.person == person), "")
    offer = offers.get(key)
    if offer is None or offer.person != person:
        turn.tell(person, messages.NO_OFFER)
        return
    if offer.source and not offer.earlier:
        second_lines.settle(turn, key, use=take)
        return
    if take and offer.earlier and step not in (offer.earlier, offer.step):
        turn.tell(person, TypedForYou(offer=key))  # for which of the two questions it does not say
        return
    turn.fact(f.OfferSettled(at=turn.now, offer=key, blanks=(offer.seq,)))
    turn.retract(person, key)
    if offer.earlier and take:
        private_lines.settle(turn, offer, step)
    elif take:
        asked = turn.script.step(offer.step)
        taking.take(turn, asked, person, {offer.field: offer.text}, room=turn.session.people[person].room)
    else:
        turn.tell(person, messages.OFFER_DECLINED)
