"""Galleries: reading what others said, card by card, and answering with a named sign."""

from __future__ import annotations

import random
import re

from bot.core.model import facts as f
from bot.core.model.cards import Answers
from bot.core.model.events import About, Reacted
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Gallery, Open, Reflection, Script, Story
from bot.core.model.session import Answer, Session
from bot.core.queries import may_be_shown, numbered
from bot.core.text import messages
from bot.core.turn import Turn

CHUNK = 5  # cards in one message


def cards_of(script: Script, session: Session, step: Gallery) -> tuple[str, ...]:
    """The answers that may hang: what was private only if its author shares it."""
    source = session.steps.get(step.cards_from)
    private = isinstance(script.step(step.cards_from), Story | Reflection)
    keys = (key for keys in source.by_person.values() for key in keys) if source else ()
    found = (session.answers[key] for key in keys)
    cards = [a.id for a in found if may_be_shown(session, a) and not (private and not a.share.public)]
    told = script.step(step.cards_from)
    if isinstance(told, Open) and told.anonymous_allowed:  # the order of answering would say who it was
        random.Random(f"{session.seed}:{step.id}:{len(cards)}").shuffle(cards)
    return tuple(cards)


def hang(turn: Turn, step: Gallery) -> None:
    """Show the cards, five in a message, numbered."""
    cards = cards_of(turn.script, turn.session, step)
    turn.fact(f.GalleryOpened(at=turn.now, step=step.id, answers=cards))
    visit = turn.session.steps[step.id].visit
    for part in range(-(-len(cards) // CHUNK)):
        name, card, about = part_of(step, visit, cards, part)
        turn.say(name, card, about=about)
    if not cards:
        turn.say(f"gallery:{visit}:empty", _empty())


def hang_more(turn: Turn, step: Gallery) -> None:
    """Over days: hang what has been shared since the last time; cards that hang keep their numbers."""
    state = turn.session.steps[step.id]
    before = state.cards
    new = tuple(key for key in cards_of(turn.script, turn.session, step) if key not in before)
    if not new:
        return
    cards = before + new
    turn.fact(f.GalleryOpened(at=turn.now, step=step.id, answers=cards))
    for part in range(len(before) // CHUNK, -(-len(cards) // CHUNK)):
        name, card, about = part_of(step, state.visit, cards, part)
        if part * CHUNK < len(before):
            turn.revise(name, card, about)
        else:
            turn.say(name, card, about=about)


def _empty() -> Answers:
    return Answers(step="", answers=())


def part_of(step: Gallery, visit: int, cards: tuple[str, ...], part: int) -> tuple[str, Answers, About]:
    """The name, card and subject of one message of a gallery."""
    chunk = cards[part * CHUNK : (part + 1) * CHUNK]
    card = Answers(
        step=step.cards_from,
        answers=chunk,
        part=part + 1,
        parts=-(-len(cards) // CHUNK),
        numbered_from=part * CHUNK + 1,
    )
    return f"gallery:{visit}:{part}", card, About(step=step.id, visit=visit, answers=chunk)


def show_again(turn: Turn, answer: Answer) -> None:
    """An answer changed: so do the galleries that it hangs in."""
    for step in turn.script.all_steps:
        state = turn.session.steps.get(step.id)
        if isinstance(step, Gallery) and state and answer.id in state.cards:
            name, card, about = part_of(step, state.visit, state.cards, state.cards.index(answer.id) // CHUNK)
            turn.revise(name, card, about)


def _shown(turn: Turn, person: str, number: str) -> Answer | None:
    """The card with this number (or this id) among those that were shown last."""
    keys = numbered(turn.script, turn.session)
    if number.isdecimal() and 0 < int(number[:4]) <= len(keys):
        number = keys[int(number) - 1]
    answer: Answer | None = turn.session.answers.get(number)
    if answer is None or number not in keys or not may_be_shown(turn.session, answer):
        turn.tell(person, messages.NO_CARD)
        return None
    return answer


def _open_gallery(turn: Turn, card: str) -> Gallery | None:
    """The wall that somebody answers: the present step, or the one beside the session that this card hangs on."""
    session = turn.session
    if session.current is not None:
        return turn.step if isinstance(turn.step, Gallery) else None
    walls = [s for key in session.asides if isinstance(s := turn.script.step(key), Gallery)]
    named = [wall for wall in walls if card in session.steps[wall.id].cards]
    latest = sorted(walls, key=lambda wall: session.steps[wall.id].visit)
    found = named or latest
    return found[-1] if found else None


def react(turn: Turn, person: str, number: str, sign: str) -> None:
    """Put a sign on a card; the same again takes it away."""
    step = _open_gallery(turn, number)
    if step is None:
        turn.tell(person, messages.NO_GALLERY)
        return
    keys = turn.session.steps[step.id].cards
    answer = turn.session.answers[number] if number in keys else _shown(turn, person, number)
    if answer is None:
        return
    if not may_be_shown(turn.session, answer):
        turn.tell(person, messages.NO_CARD)
        return
    wanted = sign.strip().casefold()
    key = next((o.key for o in step.reactions if wanted in (o.key, o.label.casefold())), None)
    if key is None:
        turn.tell(person, messages.say(messages.NO_SIGN, there=", ".join(o.key for o in step.reactions)))
        return
    state = turn.session.steps[step.id]
    on = (answer.id, key) not in state.signs.get(person, frozenset())
    turn.fact(
        f.ReactedTo(at=turn.now, step=step.id, answer=answer.id, person=PersonId(person), sign=key, on=on)
    )


_KEYCAP = re.compile("([0-9]|10)\ufe0f?\u20e3")
TEN = "\U0001f51f"


def card_meant(sign: str) -> int:
    """The number of the card that a reaction means, such as 3️⃣; 0 if it means none."""
    found = _KEYCAP.fullmatch(sign)
    return 10 if sign == TEN else int(found[1]) if found else 0


def reacted(turn: Turn, event: Reacted) -> None:
    """The number of a card, put on the message that it stands in, gives it the first sign; taken away, it is gone."""
    session, person, about = turn.session, event.person.id, event.about
    known = session.people.get(person)
    step = turn.script.step(about.step) if about and about.step in session.steps else None
    over = session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    if about is None or not isinstance(step, Gallery) or known is None or not known.present or over:
        return
    state, n = session.steps[step.id], card_meant(event.sign)
    if not 0 < n <= len(state.cards) or state.cards[n - 1] not in about.answers:
        return
    answer, sign = session.answers[state.cards[n - 1]], step.reactions[0].key
    held = (answer.id, sign) in state.signs.get(person, frozenset())
    if held is event.on or not may_be_shown(session, answer):
        return
    turn.fact(
        f.ReactedTo(
            at=turn.now, step=step.id, answer=answer.id, person=PersonId(person), sign=sign, on=event.on
        )
    )


_TYPED = re.compile(r"(\d{1,3})[.:,)]?\s+(\S.{0,60})")


def typed(turn: Turn, person: str, text: str) -> bool:
    """A card's number and a sign, typed as they are read: `3 help`. Whether it was one."""
    found = _TYPED.fullmatch(text.strip())
    step = _open_gallery(turn, found[1]) if found else None
    if found is None or step is None:
        return False
    wanted = found[2].strip().casefold()
    if not any(wanted in (option.key, option.label.casefold()) for option in step.reactions):
        return False
    before = len(turn.facts)
    react(turn, person, found[1], wanted)
    return len(turn.facts) > before


def whole(turn: Turn, person: str, number: str) -> None:
    """Show one person a card without cutting it."""
    answer = _shown(turn, person, number)
    if answer is None:
        return
    turn.show_copy(person, "whole", Answers(step=answer.step, answers=(answer.id,)), answer.id)


def signs_on(session: Session, answer: Answer) -> dict[str, int]:
    """How often each sign was put on a card."""
    found: dict[str, int] = {}
    for state in session.steps.values():
        if answer.id in state.cards:
            for held in state.signs.values():
                for key, sign in held:
                    if key == answer.id:
                        found[sign] = found.get(sign, 0) + 1
    return found
