"""Cards that show somebody's words to one person: to others who may read them, and to their author.

They follow what the author does later: a card that was shown changes, or is taken away.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.cards import Card, MyWords
from bot.core.model.effects import Edit, Remove
from bot.core.model.facts import ToldOnce, WordsShown
from bot.core.model.ids import PersonId
from bot.core.model.session import private_place
from bot.core.turn import Turn, unique_name

LINE = "line"  # a copy of what one of a pair wrote for both, beside a call


def show_copy(turn: Turn, person: str, kind: str, card: Card, answer: str) -> None:
    """Show somebody a card with another person's words, and remember that it is there."""
    name = f"{kind}:{answer}:{turn.session.version}"
    turn.fact(ToldOnce(at=turn.now, person=PersonId(person), what=name))
    turn.tell(person, card, name=name)


def follow_copies(turn: Turn, answer: str, cards: Mapping[str, Card]) -> None:
    """Show anew what people were shown of this answer; a card that draws nothing is taken away.

    Args:
        cards: what each kind of copy shows now.
    """
    for person, shown in turn.session.told.items():
        for name in sorted(shown):
            kind, _, rest = name.partition(":")
            if kind in cards and rest.partition(":")[0] == answer:
                turn.effects.append(Edit(place=private_place(person), name=name, card=cards[kind]))


def show_words(turn: Turn, person: str, first: int = 0) -> None:
    """Show somebody what they wrote; an earlier card of the same kind goes, so that one is true.

    Args:
        first: the number of the first answer where cards of several sessions are shown; 0 if this is the only one.
    """
    name = unique_name(turn, "my")
    earlier = turn.session.people[person].card
    if earlier:
        turn.effects.append(Remove(place=private_place(person), name=earlier))
    turn.fact(WordsShown(at=turn.now, person=PersonId(person), name=name, first=first))
    turn.tell(person, MyWords(person=PersonId(person), first=first), name=name)


def follow_words(turn: Turn, person: str) -> None:
    """Draw anew the card that shows somebody what they wrote, for it has changed."""
    participant = turn.session.people.get(person)
    if participant is not None and participant.card:
        card = MyWords(person=PersonId(person), first=participant.card_first)
        turn.effects.append(Edit(place=private_place(person), name=participant.card, card=card))
