"""What is told before a session: the host's list, and a private word to those who wanted it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.cards import Button, Note
from bot.core.text.dates import moment_value
from bot.core.text.messages import say
from bot.scheduling import cards, messages
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import Plan, Rsvp
from bot.scheduling.preparing import CHECKS
from bot.scheduling.references import refer


def _plan(decision: DecisionBuilder) -> Plan:
    assert decision.plan is not None
    return decision.plan


def _comers(decision: DecisionBuilder) -> dict[str, int]:
    placed, _ = cards.going(_plan(decision), decision.coming)
    return {
        "going": len(placed),
        "maybe": cards.counted(decision.coming, Rsvp.MAYBE),
        "reading": cards.counted(decision.coming, Rsvp.READING),
    }


def day_before(decision: DecisionBuilder) -> None:
    """The host's list, and a word to those who wanted it."""
    plan = _plan(decision)
    decision.tell(
        plan.host,
        checklist(plan, _comers(decision)),
        name=f"plan:{plan.id}:list:{plan.occurrence}:{plan.sequence}",
    )
    if plan.prepare:
        remind(decision, messages.REMINDER_PREPARE, "day", prepare=plan.prepare)
    else:
        remind(decision, messages.REMINDER_DAY, "day")


def checklist(plan: Plan, comers: dict[str, int]) -> Note:
    """What a host is told a day before, with a button for each thing."""
    labels = {
        "example": messages.OWN_EXAMPLE,
        "companion": messages.COMPANION,
        "contact": messages.CONTACT,
        "room": messages.PERMISSIONS,
    }
    buttons = [
        Button(label=label, command=f"schedule prepare {refer(plan)} {what}")
        for what, label in labels.items()
        if what not in plan.checked
    ]
    buttons.append(Button(label=messages.WHO_COMES, command=f"schedule show {plan.id}"))
    left = len([what for what in CHECKS if what not in plan.checked])
    note = say(messages.CHECKLIST, title=plan.title, at=cards.at_of(plan), **comers, left=left)
    return replace(note, buttons=tuple(buttons))


def remind(decision: DecisionBuilder, text: str, kind: str, **values: str) -> None:
    """A private word, in their own zone, to those who wanted it."""
    plan = _plan(decision)
    waiting = {each.person: n for n, each in enumerate(cards.going(plan, decision.coming)[1], 1)}
    for each in decision.coming.values():
        if each.remind and each.how is not Rsvp.NO and plan.at is not None:
            at = moment_value(plan.at, each.zone or plan.zone)
            n = waiting.get(each.person)
            decision.tell(
                each.person,
                say(messages.STILL_WAITING, title=plan.title, at=at, n=n)
                if n
                else say(text, title=plan.title, at=at, **values),
                name=f"plan:{plan.id}:{kind}:{plan.occurrence}:{plan.sequence}",
            )
