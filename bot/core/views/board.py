"""The live picture of a session for a projector: nothing that the room has not been shown."""

from __future__ import annotations

from datetime import datetime

from bot.core.model.facts import Phase
from bot.core.model.masked_count import MaskedCount
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.queries import taking_part
from bot.core.steps.forms import Card, card_of, shown
from bot.core.steps.progress import not_heard
from bot.core.steps.registry import kind_of
from bot.core.steps.tallies import labels_of
from bot.core.views.host_panel import asking
from bot.core.views.participant import now


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
    asking: bool  # whether the step asks something, so that these numbers say anything
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
    if state is not None and step is not None:
        keys = kind_of(step).on_board(session, step, state)
    if state is not None and step is not None and state.closed:
        labels = labels_of(session, step)
        spread = tuple((labels[key], n) for key, n in kind_of(step).result(script, session, step).spread)
    answers = shown(session, keys)
    return Board(
        phase=session.phase,
        title=now_.title,
        number=now_.number,
        total=now_.total,
        text=now_.text,
        until=now_.until,
        paused=now_.paused,
        answered=taking_part(session) - len(not_heard(script, session)),
        of=taking_part(session),
        asking=asking(script, session),
        cards=tuple(card_of(script, session, answer) for answer in answers[-CARDS:]),
        more=max(0, len(answers) - CARDS),
        spread=spread,
    )
