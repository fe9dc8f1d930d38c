"""Taking an answer in: whether it is one, and what is said back to its author."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.model import facts as f
from bot.core.model.cards import Button, Card, Note
from bot.core.model.events import TimerKind
from bot.core.model.facts import Mode, Words
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.steps import Field, Stepping
from bot.core.queries import form_answer
from bot.core.steps import one_by_one
from bot.core.steps.changes import amend
from bot.core.steps.gallery import still_to_hang
from bot.core.steps.progress import settled, unanswered
from bot.core.steps.registry import kind_of
from bot.core.text import messages, quoting
from bot.core.text.dates import after_quiet_hours
from bot.core.text.messages import N_
from bot.core.turn import Turn

MAX_ANSWERS = 5  # by one person in one step; a flood is not a contribution
GATHER_SECONDS = 10


def checked(turn: Turn, person: PersonId, raw: str, field: Field) -> str | None:
    """The text that somebody typed, if it is an answer of the right length; else they are told why not."""
    text = quoting.clean(raw)
    if field.options:
        text = one_by_one.option_keys(field, text)
    if not text:
        turn.tell(person, messages.EMPTY)
        return None
    if len(text) > field.max_chars:
        turn.tell(
            person, messages.say(messages.TOO_LONG, length=f"{len(text):,}", most=f"{field.max_chars:,}")
        )
        return None
    return text


def enough(turn: Turn, step: str, person: PersonId) -> bool:
    """True if somebody has said as much in a step as one person may; they are told so."""
    if len(turn.session.steps[step].by_person.get(person, ())) < MAX_ANSWERS:
        return False
    turn.tell(person, messages.say(messages.MANY, n=MAX_ANSWERS))
    return True


def take(
    turn: Turn,
    step: Stepping,
    person: PersonId,
    texts: Mapping[str, str],
    *,
    room: PlaceName,
    source: str = "",
    said: str = "",
    anonymous: bool = False,
    private: bool = False,
) -> None:
    """Accept words: a new answer, or changes to the one that a form already holds.

    Args:
        source: the message that everybody can read, if it was said in one.
        said: the message of its author, if it came in one in private or with a command.
        private: it came as a line in private.
    """
    session = turn.session
    mine = None if source else form_answer(session, step.id, person)
    if mine is None and enough(turn, step.id, person):
        return
    key = mine.id if mine else session.next_answer
    for field, text in texts.items():
        if mine and field in mine.pieces:
            amend(turn, mine, field, text, said=said)
        elif text:
            turn.fact(
                f.Answered(
                    at=turn.now,
                    answer=key,
                    step=step.id,
                    person=PersonId(person),
                    field=field,
                    text=Words(text),
                    room=room,
                    source=source,
                    anonymous=anonymous,
                    said=said,
                )
            )
    if turn.facts:
        _taken(turn, step, person, new=mine is None, source=source, private=private)
        kind = kind_of(step)
        if kind.in_pairs and any(isinstance(fact, f.Answered) and fact.answer == key for fact in turn.facts):
            kind.show_again(turn, step, turn.session.answers[key])


def _taken(turn: Turn, step: Stepping, person: PersonId, *, new: bool, source: str, private: bool) -> None:
    """Words are in: their author is told, where the room does not show it, and rooms without them get them soon."""
    state = turn.session.steps[step.id]
    if not source:
        beside = state.aside and not state.closed
        late = not beside and (state.closed or state.looking is not None or not turn.session.live)
        late = late and not still_to_hang(turn.script, turn.session, step.id)
        card: Card | str = messages.TAKEN_LATE if late and new else messages.TAKEN
        if private:
            named = messages.SAVED_LATE_FOR if late and new else messages.GOT_IT_FOR
            card = messages.say(named, title=step.title)
        if turn.session.over_days and new and unanswered(turn.script, turn.session, person) is not None:
            card = Note(text=messages.TAKEN_MORE, buttons=(Button(label=N_("Catch up"), command="catchup"),))
        _say_taken(turn, step, person, card, private=private)
    elsewhere = not source or len(turn.session.rooms) > 1
    if new and elsewhere and turn.session.live and kind_of(step).live(step):
        turn.wake(TimerKind.GATHER, soon(turn), visit=state.visit, until=state.moved_at)
    settled(turn)


def _say_taken(turn: Turn, step: Stepping, person: PersonId, card: Card | str, *, private: bool) -> None:
    """An answer is in; whoever is asked one by one hears the next question instead."""
    known = turn.session.people.get(person)
    if private or (known is not None and known.one_by_one and kind_of(step).in_private(step)):
        one_by_one.go_on(turn, step, person, card)
    else:
        turn.tell(person, card)


def soon(turn: Turn) -> datetime:
    """The moment at which answers are gathered that no room message shows; over days not in the quiet hours."""
    at = turn.after(GATHER_SECONDS)
    return after_quiet_hours(turn.session, at) if turn.session.mode is Mode.ASYNC else at
