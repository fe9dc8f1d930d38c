"""Showing what people wrote, five answers in a message, and the numbers that cards have."""

from __future__ import annotations

import random

from bot.core.model.cards import Answers
from bot.core.model.events import About
from bot.core.model.script import Script
from bot.core.model.session import Session, StepState
from bot.core.model.steps import Step
from bot.core.steps.registry import kind_of
from bot.core.turn import Turn

CHUNK = 5  # cards in one message


def to_reveal(session: Session, step: Step, state: StepState) -> tuple[str, ...]:
    """The answers that were not shown at an earlier visit; in a secret order where names may be hidden."""
    before = {key for _, keys in state.revealed for key in keys}
    keys = [
        key
        for person, answers in state.by_person.items()
        for key in answers
        if key not in before and not session.people[person].removed
    ]
    if kind_of(step).anonymous(step):
        random.Random(f"{session.seed}:{step.id}:{state.visit}").shuffle(keys)
    return tuple(keys)


def reveal(turn: Turn, step: str, visit: int, revealed: tuple[str, ...]) -> None:
    """Show these answers to everybody."""
    for part in range(-(-len(revealed) // CHUNK)):
        name, card, about = reveal_part(step, visit, revealed, part)
        turn.say(name, card, about=about)


def reveal_part(step: str, visit: int, revealed: tuple[str, ...], part: int) -> tuple[str, Answers, About]:
    """The name, card and subject of one message of a reveal: five answers at most."""
    chunk = revealed[part * CHUNK : (part + 1) * CHUNK]
    parts = -(-len(revealed) // CHUNK)
    first = part * CHUNK + 1
    card = Answers(step=step, answers=chunk, part=part + 1, parts=parts, numbered_from=first, cut=False)
    return f"reveal:{visit}:{part}", card, About(step=step, visit=visit, answers=chunk)


def numbered(script: Script, session: Session, *, hosts: bool = False) -> tuple[str, ...]:
    """The cards in the order of their numbers: those of the step that was shown last.

    Hosts number also what they see before it is shown, and what is said live in the room.
    """
    state = session.current
    if state is None:
        return _numbered_beside(session, hosts=hosts)
    if hosts and state.looking is not None:
        return state.looking
    step = script.step(session.step)
    if hosts and kind_of(step).live(step):
        return tuple(a.id for a in session.answers.values() if a.step == step.id and a.pieces)
    return _shown_last(session)


def _shown_last(session: Session) -> tuple[str, ...]:
    """The cards of the step that was shown last."""
    shown = [s for s in session.steps.values() if s.cards or s.revealed]
    if not shown:
        return ()
    latest = max(shown, key=lambda s: s.visit)
    return latest.cards or tuple(key for _, keys in latest.revealed for key in keys)


def _numbered_beside(session: Session, *, hosts: bool) -> tuple[str, ...]:
    """Where several steps lie open, or none any more: what hosts are to look at, else the latest gallery or reveal."""
    states = [session.steps[key] for key in session.asides]
    looking = [state.looking for state in states if state.looking]
    if hosts and looking:
        return looking[-1]
    galleries = [state for state in states if state.cards]
    if galleries:
        return max(galleries, key=lambda state: state.visit).cards
    shown = [revealed for state in states for revealed in state.revealed]
    return max(shown)[1] if shown else _shown_last(session)
