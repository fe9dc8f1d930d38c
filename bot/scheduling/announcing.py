"""The card of a plan in its rooms, and what those who come hear of a change."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.events import CommandGiven
from bot.core.text.dates import moment_value
from bot.core.text.messages import say
from bot.scheduling import cards
from bot.scheduling.decision import DecisionBuilder, comers
from bot.scheduling.plan import Milestone, Rsvp, moment_of, planned


def announce(decision: DecisionBuilder) -> None:
    """The card of the next occurrence, in the rooms, if it is time for it."""
    plan = decision.named_plan
    assert plan.at is not None
    if plan.stage is not Milestone.CARD or (plan.next_at and plan.next_at > decision.now and plan.cards):
        return
    name = f"plan:{plan.id}:{plan.cards + 1}"
    plan = replace(plan, card=name, cards=plan.cards + 1)
    plan = planned(plan, decision.now)
    decision.keep(plan)
    decision.say(name, cards.card(plan, decision.coming), ping=True)
    decision.appoint()


def refresh(decision: DecisionBuilder) -> None:
    """The card says how it is now."""
    plan = decision.plan
    if plan is not None and plan.card:
        decision.revise(plan.card, cards.card(plan, decision.coming))


def tell_comers(decision: DecisionBuilder, text: str, kind: str, occurrence: str = "") -> None:
    """A private word to everyone who said yes, maybe, or that they follow along; to the next occurrence, or another."""
    plan = decision.named_plan
    about = occurrence or plan.occurrence
    for each in comers(decision.everyone, about).values():
        if each.how is not Rsvp.NO and each.person != plan.host:
            at = moment_value(moment_of(plan, about), each.zone or plan.zone)
            decision.tell(
                each.person,
                say(text, title=plan.title, at=at),
                name=f"plan:{plan.id}:{kind}:{plan.sequence}:{each.occurrence}",
            )


def close_door(decision: DecisionBuilder) -> None:
    """A lobby that is open for an occurrence that does not begin now is closed."""
    plan, event = decision.plan, decision.event
    assert plan is not None
    if plan.session:
        decision.orders.append(
            CommandGiven(
                id=f"{event.id}:close",
                channel=plan.rooms[0],
                at=decision.now,
                person=decision.person,
                command="workshop close",
                session=plan.session,
                host=True,
            )
        )
