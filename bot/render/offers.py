"""Draws offers on cards: for the author, who gave them; for the two whom a place was opened for, a line of each."""

from __future__ import annotations

from bot.core.model.cards import Button, OfferMade
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.steps.forms import author, words_of
from bot.core.steps.offers import CardOffer, found, introduction, made_to, met, named
from bot.core.text.messages import N_
from bot.core.text.quoting import isolate, quoted
from bot.core.text.wording import tr

INTRODUCE = N_("Introduce us")
LINE = 200  # characters of a card that are quoted


def offer_made(script: Script, session: Session, card: OfferMade) -> tuple[str, tuple[Button, ...]]:
    """Who offers what on one's card, and the button to meet; only its author reads this."""
    offer = next(
        (
            each
            for each in found(script, session)
            if (each.answer.id, each.giver, each.sign) == (card.answer, card.giver, card.sign)
        ),
        None,
    )
    if offer is None:
        return tr("This offer was taken back."), ()
    lines = _offered(script, session, offer)
    if met(session, offer.answer.person, offer.giver):
        return "\n".join(lines), ()
    name = session.people[offer.giver].name
    lines.append(tr("To meet: /introduce {name}", name=isolate(name)))
    return "\n".join(lines), (Button(label=INTRODUCE, command=f"introduce {offer.giver}"),)


def _offered(script: Script, session: Session, offer: CardOffer) -> list[str]:
    name = session.people[offer.giver].name
    lines = [tr("{name} says “{sign}” about your card:", name=isolate(name), sign=offer.label)]
    lines += quoted("", _line(script, offer.answer))
    lines.append(tr("Only you see who it's from."))
    if not author(session, offer.answer) and not met(session, offer.answer.person, offer.giver):
        lines.append(tr("Your card has no name. If I introduce you, they'll learn that you wrote it."))
    return lines


def _line(script: Script, answer: Answer) -> str:
    words = next((text for _, text in words_of(script, answer)), "")
    return words if len(words) <= LINE else f"{words[:LINE].rstrip()}…"


def my_offers(script: Script, session: Session, person: str) -> tuple[str, tuple[Button, ...]]:
    """All that was offered on the cards of one person, with a button for each whom they have not met."""
    lines, buttons = [tr("**Offers on your cards.** Only you see this.")], {}
    for offer in made_to(script, session, person):
        lines += ["", *_offered(script, session, offer)]
        if not met(session, person, offer.giver):
            name = session.people[offer.giver].name
            lines.append(tr("To meet: /introduce {name}", name=isolate(name)))
            buttons[offer.giver] = Button(label=name, command=f"introduce {offer.giver}")
    return "\n".join(lines), tuple(buttons.values())[:20]


def introduced(script: Script, session: Session, place: str) -> str:
    """The first words in the place of two: what one wrote, and what the other said to it."""
    made = introduction(session, place)
    answer = session.answers.get(made.answer) if made else None
    if made is None or answer is None:
        return ""
    writer, giver = session.people.get(made.author), session.people.get(made.giver)
    if writer is None or giver is None:
        return ""
    labels = {option.key: option.label for option in named(script, session, script.step(made.step))}
    lines = [tr("{name} wrote:", name=isolate(writer.name)), *quoted("", _line(script, answer))]
    lines.append(tr("{name} said: “{sign}”", name=isolate(giver.name), sign=labels.get(made.sign, made.sign)))
    lines.append(tr("This place is for the two of you."))
    return "\n".join(lines)
