"""The host panel as data, for hosts and companions alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.model.facts import Mode, Phase
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import UNDO, Participant, Session
from bot.core.model.steps import Step
from bot.core.queries import deadline, taking_part
from bot.core.steps.forms import author, card_of
from bot.core.steps.progress import not_heard
from bot.core.steps.registry import kind_of, only_talk
from bot.core.steps.reveals import numbered
from bot.core.text.messages import N_
from bot.core.text.wording import Sentence, sentence
from bot.core.views.participant import until_of

SHORT = 200  # characters of a card
LAST_SAID = 40  # cards
THE_HOST, SOMEBODY = N_("the host"), N_("someone")


@record
class Said:
    """A card as hosts see it: its number, whose it is if everybody may know, and whether it is held back."""

    number: int
    answer: str
    author: str | Sentence
    text: str
    held: bool


@record
class Panel:
    """The state of a session for its hosts."""

    phase: Phase
    number: int
    total: int
    title: str
    until: datetime | None
    paused: bool
    closed: bool
    answered: int
    of: int
    asking: bool  # whether the step asks something, so that these numbers say anything
    waiting: tuple[Participant, ...]
    people: tuple[Participant, ...]
    needs_help: tuple[Participant, ...]
    host_notes: str
    rescue_lines: Mapping[str, str]
    locked: bool
    moment: int
    ends: str  # when the open step ends, as a button to extend it names it; nothing if none is open
    looking: bool
    said: tuple[Said, ...]
    guide: str  # a name
    guide_away: bool
    companions: tuple[str | Sentence, ...]  # names
    contact: str | Sentence
    in_call: bool
    undo_until: datetime | None
    day: int = 0  # of a session over days
    days: int = 0
    open: tuple[
        tuple[str, int | None], ...
    ] = ()  # over days: what is open, and how many have answered it, if it asks


def is_answered(step: Step) -> bool:
    """True if people answer a step, so that it can be said how many have.

    Nobody answers what is only read, reacted to, or talked about.
    """
    return kind_of(step).asks_everybody and not only_talk(step)


def asking(script: Script, session: Session) -> bool:
    """Whether the current step asks something of each person: not where people read, react, rest, or only talk."""
    return session.current is not None and is_answered(script.step(session.step))


def panel(script: Script, session: Session) -> Panel:
    """The host's view."""
    state = session.current
    moved = session.moved if session.phase is Phase.RUNNING else None
    step = script.step(session.step) if session.step else None
    waiting = not_heard(script, session)
    people = tuple(p for p in session.people.values() if p.present)
    return Panel(
        phase=session.phase,
        number=script.number(step.id) if step else 0,
        total=len(script.steps),
        title=step.title if step else script.title,
        until=until_of(state) if state and session.mode is not Mode.CALL else None,
        paused=bool(session.paused),
        closed=bool(state and state.closed),
        answered=taking_part(session) - len(waiting),
        of=taking_part(session),
        asking=asking(script, session),
        waiting=waiting,
        people=people,
        needs_help=tuple(p for p in people if p.needs_help),
        host_notes=step.host_notes if step else "",
        rescue_lines=script.rescue_lines,
        locked=session.locked,
        moment=session.moment,
        ends=deadline(session.current) if session.current else "",
        looking=bool(state and state.looking is not None),
        said=said(script, session)[-LAST_SAID:],
        guide=person.name if (person := session.people.get(session.guide)) else "",
        guide_away=session.guide_away is not None,
        companions=tuple(_name(session, who) for who in sorted(session.companions)),
        contact=_name(session, session.contact) if session.contact else script.second_contact,
        in_call=session.mode is Mode.CALL,
        undo_until=moved.at + timedelta(seconds=UNDO) if moved else None,
        day=session.day,
        days=script.days,
        open=tuple(
            (step.title, len(session.steps[step.id].by_person) if is_answered(step) else None)
            for step in map(script.step, session.asides)
            if session.over_days
        ),
    )


def _name(session: Session, key: str) -> str | Sentence:
    person = session.people.get(key)
    return person.name if person and person.name else sentence(THE_HOST) if key else ""


def said(script: Script, session: Session) -> tuple[Said, ...]:
    """All numbered cards that a host can hold back: what the room was shown, or is about to be."""
    state = session.current
    if state is None:
        return ()
    cards = []
    for number, answer in enumerate(
        map(session.answers.__getitem__, numbered(script, session, hosts=True)), 1
    ):
        text = " · ".join(words for _, words in card_of(script, session, answer).fields)
        if text and not answer.withdrawn:
            name = "" if state.looking is not None else author(session, answer) or sentence(SOMEBODY)
            cards.append(
                Said(number=number, answer=answer.id, author=name, text=text[:SHORT], held=answer.held)
            )
    return tuple(cards)
