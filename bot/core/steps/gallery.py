"""A gallery: what was said in an earlier step, to read card by card and to answer with a named sign."""

from __future__ import annotations

import random
import re

from bot.core.access import Act, allowed
from bot.core.model import facts as f
from bot.core.model.cards import Answers
from bot.core.model.events import About, Reacted
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session, StepState
from bot.core.model.steps import Gallery, Step
from bot.core.queries import may_be_shown
from bot.core.steps import empty_walls, offers
from bot.core.steps.copies import show_copy
from bot.core.steps.forms import Form, Hanging, card_of, shown
from bot.core.steps.kind import Kind, Typed, Wall
from bot.core.steps.registry import kind_of, register
from bot.core.steps.reveals import CHUNK, numbered
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.text.numbers import whole_number
from bot.core.text.wording import Sentence, sentence
from bot.core.turn import Turn

BY_NAME = N_("If you press “{sign}”, the card's author sees that it's you.")
FIRST = 3  # cards of a gallery that a person is shown first

LATE = N_("This question is over, so I won't show what you add now. You can put it in the recap.")


def cards_of(script: Script, session: Session, step: Gallery) -> tuple[str, ...]:
    """The answers that may hang: what was private only if its author shares it."""
    source = session.steps.get(step.cards_from)
    source_step = script.step(step.cards_from)
    private = kind_of(source_step).shown_apart
    keys = (key for keys in source.by_person.values() for key in keys) if source else ()
    answers = (session.answers[key] for key in keys)
    cards = [a.id for a in answers if may_be_shown(session, a) and not (private and not a.share.public)]
    if kind_of(source_step).anonymous(source_step):  # the order of answering would say who it was
        random.Random(f"{session.seed}:{step.id}:{len(cards)}").shuffle(cards)
    return tuple(cards)


def is_hung(script: Script, key: str) -> bool:
    """True if a gallery of the session shows the answers to a step, card by card."""
    return any(isinstance(step, Gallery) and step.cards_from == key for step in script.steps)


def still_to_hang(script: Script, session: Session, key: str) -> bool:
    """True if a wall that has not been opened yet shows the answers to a step: who is late for it is in time."""
    walls = (step for step in script.steps if step.id not in session.steps)
    return any(isinstance(step, Gallery) and step.cards_from == key for step in walls)


def told_late(script: Script, session: Session, step: Step) -> tuple[Sentence, ...]:
    """What somebody is told before they answer what was shown to all already; nothing where they are in time."""
    state = session.steps.get(step.id)
    if state is None or not state.closed or not kind_of(step).shown_together(step):
        return ()
    return () if still_to_hang(script, session, step.id) else (sentence(LATE),)


def hang(turn: Turn, step: Gallery) -> None:
    """Show the cards, five in a message, numbered; people are asked for some if there are none."""
    cards = cards_of(turn.script, turn.session, step)
    turn.fact(f.GalleryOpened(at=turn.now, step=step.id, answers=cards))
    visit = turn.session.steps[step.id].visit
    for part in range(-(-len(cards) // CHUNK)):
        name, card, about = part_of(step, visit, cards, part)
        turn.say(name, card, about=about)
    if not cards:
        empty_walls.rescue(turn, step)


def hang_more(turn: Turn, step: Gallery) -> None:
    """Hang what has been shared since the last time; cards that hang keep their numbers."""
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


def hang_new(turn: Turn, step: Step) -> None:
    """Of a step that is a gallery: hang what is new."""
    if isinstance(step, Gallery):
        hang_more(turn, step)


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


def _shown(turn: Turn, person: PersonId, number: str) -> Answer | None:
    """The card with this number (or this id) among those that were shown last."""
    keys = numbered(turn.script, turn.session)
    if 0 < (nth := whole_number(number)) <= len(keys):
        number = keys[nth - 1]
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
    candidates = named or latest
    return candidates[-1] if candidates else None


def react(turn: Turn, person: PersonId, number: str, sign: str) -> None:
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
    offers.changed(turn, step, answer, PersonId(person), key)


_KEYCAP = re.compile("([0-9]|10)\ufe0f?\u20e3")
TEN = "\U0001f51f"


def card_meant(sign: str) -> int:
    """The number of the card that a reaction means, such as 3️⃣; 0 if it means none."""
    keycap = _KEYCAP.fullmatch(sign)
    return 10 if sign == TEN else int(keycap[1]) if keycap else 0


def reacted(turn: Turn, event: Reacted) -> None:
    """The number of a card, put on the message that it stands in, gives it the first sign; taken away, it is gone."""
    session, person, about = turn.session, event.person.id, event.about
    step = turn.script.step(about.step) if about and about.step in session.steps else None
    over = session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    if about is None or not isinstance(step, Gallery) or not allowed(session, person, Act.ANSWER) or over:
        return
    state, n = session.steps[step.id], card_meant(event.sign)
    if not 0 < n <= len(state.cards) or state.cards[n - 1] not in about.answers:
        return
    answer, sign = session.answers[state.cards[n - 1]], step.reactions[0].key
    on = (answer.id, sign) in state.signs.get(person, frozenset())
    if on is event.on or not may_be_shown(session, answer):
        return
    turn.fact(
        f.ReactedTo(
            at=turn.now, step=step.id, answer=answer.id, person=PersonId(person), sign=sign, on=event.on
        )
    )
    offers.changed(turn, step, answer, PersonId(person), sign)


_TYPED = re.compile(r"(\d{1,3})[.:,)]?\s+(\S.{0,60})")


def typed(turn: Turn, person: PersonId, text: str) -> bool:
    """A card's number and a sign, typed as they are read: `3 help`. Whether it was one."""
    match = _TYPED.fullmatch(text.strip())
    step = _open_gallery(turn, match[1]) if match else None
    if match is None or step is None:
        return False
    wanted = match[2].strip().casefold()
    if not any(wanted in (option.key, option.label.casefold()) for option in step.reactions):
        return False
    before = len(turn.facts)
    react(turn, person, match[1], wanted)
    return len(turn.facts) > before


def whole(turn: Turn, person: PersonId, number: str) -> None:
    """Show one person a card without cutting it."""
    answer = _shown(turn, person, number)
    if answer is None:
        return
    show_copy(turn, person, "whole", Answers(step=answer.step, answers=(answer.id,)), answer.id)


def signs_on(session: Session, answer: Answer) -> dict[str, int]:
    """The number of times each sign was put on a card."""
    counted: dict[str, int] = {}
    for state in session.steps.values():
        if answer.id in state.cards:
            for pairs in state.signs.values():
                for key, sign in pairs:
                    if key == answer.id:
                        counted[sign] = counted.get(sign, 0) + 1
    return counted


def reactions_of(script: Script) -> dict[str, str]:
    """Every sign that cards can get here, with its label."""
    galleries = (step for step in script.all_steps if isinstance(step, Gallery))
    return {option.key: option.label for step in galleries for option in step.reactions}


def first_three(session: Session, person: str, keys: tuple[str, ...]) -> frozenset[str]:
    """The cards that one person is shown first, so that each card is among somebody's three."""
    others = [key for key in keys if session.answers[key].person != person]
    if len(others) <= FIRST:
        return frozenset(keys)
    place = list(session.people).index(person) if person in session.people else 0
    return frozenset(others[(place + n) % len(others)] for n in range(FIRST))


class GalleryKind(Kind[Gallery]):
    """The kind of a gallery: cards hang, and are answered."""

    name = "gallery"
    sources = ("cards_from",)
    read_in_silence = True

    def asks(self, step: Gallery, state: StepState) -> bool:
        """Not while nothing hangs there."""
        return bool(state.cards)

    def empty(self, script: Script, session: Session, step: Gallery) -> bool:
        """No card hangs there, and none could."""
        state = session.steps.get(step.id)
        return not (state and state.cards) and not cards_of(script, session, step)

    def listens(self, session: Session, step: Gallery, person: PersonId) -> bool:
        """A number and a sign, such as "3 help", answers a card; anything else is talk."""
        return True

    def typed(self, turn: Turn, step: Gallery, line: Typed) -> None:
        """A card's number and a sign."""
        if typed(turn, line.person, line.text):
            turn.tick(line.place, line.message)

    def opened(self, turn: Turn, step: Gallery) -> None:
        """The cards are hung."""
        hang(turn, step)

    def laid_out(self, turn: Turn, step: Gallery) -> None:
        """Those are hung that are there already; others follow day by day."""
        hang_more(turn, step)
        if not turn.session.steps[step.id].cards:
            empty_walls.rescue(turn, step)

    def show_again(self, turn: Turn, step: Gallery, answer: Answer) -> None:
        """A card changed, or the first one comes to a wall without any."""
        state = turn.session.steps[step.id]
        if not state.cards and turn.session.step == step.id and not state.closed:
            hang_more(turn, step)
            if turn.session.steps[step.id].cards:
                empty_walls.filled(turn, step)
            return
        if answer.id in state.cards:
            name, card, about = part_of(step, state.visit, state.cards, state.cards.index(answer.id) // CHUNK)
            turn.revise(name, card, about)

    def form(self, script: Script, session: Session, person: str, step: Gallery) -> Form | None:
        """The cards, with the signs that somebody put on them."""
        state = session.steps[step.id]
        signs: frozenset[tuple[str, str]] = state.signs.get(person, frozenset())
        answers = shown(session, state.cards)
        mine_first = first_three(session, person, tuple(answer.id for answer in answers))
        cards = tuple(
            Hanging(
                number=state.cards.index(answer.id) + 1,
                answer=answer.id,
                card=card_of(script, session, answer),
                signs=tuple(option.key for option in step.reactions if (answer.id, option.key) in signs),
                first=answer.id in mine_first,
            )
            for answer in answers
        )
        seen_by = [sentence("Authors see which reactions they got. Nothing is ranked.")]
        seen_by += [sentence(BY_NAME, sign=option.label) for option in offers.named(script, session, step)]
        if len(seen_by) == 1:
            seen_by = [
                sentence("Authors see which reactions they got, but not who they're from. Nothing is ranked.")
            ]
        return Form(
            step=step.id,
            title=step.title,
            options=step.reactions if cards else (),
            cards=cards,
            is_gallery=True,
            seen_by=tuple(seen_by),
        )

    def in_recap(self, step: Gallery) -> bool:
        """No: its cards stand in the recap with the step that they were said in."""
        return False

    def wall(self, session: Session, step: Gallery) -> Wall:
        """Its messages of five cards each."""
        state = session.steps.get(step.id)
        parts = -(-len(state.cards) // CHUNK) if state else 0
        names = (
            tuple(part_of(step, state.visit, state.cards, part)[0] for part in range(parts)) if state else ()
        )
        return Wall(messages=names, signs=step.reactions)


register(Gallery, GalleryKind())
