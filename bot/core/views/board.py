"""The live picture of a session for a projector: nothing that the room has not been shown."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts import Phase
from bot.core.model.records import MaskedCount, record
from bot.core.model.script import Choice, Gallery, Open, Reveal, Script, Vote
from bot.core.model.session import Session
from bot.core.queries import tallied, waiting_for
from bot.core.views.participant import Card, card_of, now, option_labels, shown


@record
class Board:
    """The session as a projector shows it: nothing that the room has not been shown."""

    phase: Phase
    title: str
    number: int
    total: int
    text: str
    until: datetime | None
    paused: bool
    answered: int
    of: int
    cards: tuple[Card, ...]
    more: int
    spread: tuple[tuple[str, MaskedCount], ...]


CARDS = 24  # on one board


def board(script: Script, session: Session) -> Board:
    """The live picture of a session, for everybody."""
    now_ = now(script, session, "")
    state = session.current
    step = script.step(session.step) if state else None
    keys: tuple[str, ...] = ()
    spread: tuple[tuple[str, MaskedCount], ...] = ()
    if state is not None and isinstance(step, Open) and step.reveal is Reveal.LIVE:
        keys = tuple(key for keys in state.by_person.values() for key in keys)
    elif state is not None and isinstance(step, Gallery):
        keys = state.cards
    elif state is not None:
        keys = tuple(key for _, revealed in state.revealed for key in revealed)
    if state is not None and state.closed and isinstance(step, Choice | Vote):
        labels = {option.key: option.label for option in option_labels(script, session, step)}
        found = tallied(session, step) or {}
        spread = tuple(
            (labels[key], n) for key, n in sorted(found.items(), key=lambda i: -i[1]) if key in labels
        )
    said = shown(session, keys)
    return Board(
        phase=session.phase,
        title=now_.title,
        number=now_.number,
        total=now_.total,
        text=now_.text,
        until=now_.until,
        paused=now_.paused,
        answered=session.counted - len(waiting_for(script, session)),
        of=session.counted,
        cards=tuple(card_of(script, session, answer) for answer in said[-CARDS:]),
        more=max(0, len(said) - CARDS),
        spread=spread,
    )
