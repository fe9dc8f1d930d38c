"""What people park for later: it belongs to no step."""

from __future__ import annotations

from bot.core.model import facts as f
from bot.core.model.facts import Words
from bot.core.model.ids import PersonId
from bot.core.model.session import PARKED
from bot.core.model.steps import PARKING
from bot.core.steps.taking import checked, enough
from bot.core.text import messages
from bot.core.turn import Turn


def park(turn: Turn, person: PersonId, raw: str) -> None:
    """Somebody keeps a good point for later; it belongs to no step."""
    field = PARKING.fields[0]
    text = checked(turn, person, raw, field)
    if text is None:
        return
    parked = [
        a
        for a in turn.session.answers.values()
        if a.step == PARKED and a.person == person and not a.withdrawn
    ]
    if any(answer.text(field.key) == text for answer in parked):
        turn.tell(person, messages.PARKED)
        return
    if PARKED not in turn.session.steps:
        turn.fact(f.AsideOpened(at=turn.now, step=PARKED, visit=0))
    if enough(turn, PARKED, person):
        return
    turn.fact(
        f.Answered(
            at=turn.now,
            answer=turn.session.next_answer,
            step=PARKED,
            person=PersonId(person),
            field=field.key,
            text=Words(text),
            room=turn.session.people[person].room,
        )
    )
    turn.tell(person, messages.PARKED)
