"""Forms and answers as others read them: plain data for every platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from bot.core.model.facts import Share
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Field, Item, Option, Written
from bot.core.queries import may_be_shown
from bot.core.text.wording import Sentence


@record
class Card:
    """Something said that everybody in the room can read already."""

    author: str  # nothing: somebody
    fields: tuple[tuple[str, str], ...]  # label (empty if there is one field), words


@record
class Hanging:
    """A card of a gallery, for one person: its number, and the signs that they put on it."""

    number: int
    answer: str
    card: Card
    signs: tuple[str, ...]
    first: bool = True  # among the three that this person is shown first


@record
class Form:
    """The questions of a step for one person: fields to write or options to tap, with what they hold already."""

    step: str
    title: str
    fields: tuple[Field, ...] = ()
    options: tuple[Option, ...] = ()
    most: int = 0  # how many options at most
    items: tuple[Item, ...] = ()  # of a scale, with its numbers
    numbers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    anonymous_allowed: bool = False
    ask_share: bool = False
    share: str = "no"
    answered: bool = False  # what stands in it was sent before; else it is only offered
    seen_by: tuple[Sentence, ...] = ()  # who can read it, before typing
    cards: tuple[Hanging, ...] = ()  # of a gallery; the options are the signs
    is_gallery: bool = False


def author(session: Session, answer: Answer) -> str:
    """The name that an answer is shown under in the session; nothing if it is nobody's to know."""
    if answer.anonymous or (answer.share is Share.ANONYMOUS and not answer.source):
        return ""
    person = session.people.get(answer.person)
    return person.name if person else ""


def shown(session: Session, keys: tuple[str, ...]) -> tuple[Answer, ...]:
    """Those of these answers that may still be shown, in this order."""
    answers = map(session.answers.get, keys)
    return tuple(answer for answer in answers if answer and may_be_shown(session, answer))


def card_of(script: Script, session: Session, answer: Answer) -> Card:
    """An answer as a card: whose it is, and its words field by field."""
    return Card(author=author(session, answer), fields=words_of(script, answer))


def words_of(script: Script, answer: Answer) -> tuple[tuple[str, str], ...]:
    """The words of an answer, each with its label; without one if its step has a single field."""
    step = script.step(answer.step)
    fields = {field.key: field for field in step.fields} if isinstance(step, Written) else {}
    several = len(fields) > 1
    return tuple(
        (fields[key].label if several else "", fields[key].shown(piece.text))
        for key, piece in answer.pieces.items()
        if piece.text and key in fields
    )
