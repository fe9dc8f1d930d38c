"""The card of a plan in its rooms."""

from __future__ import annotations

from dataclasses import replace

from bot.scheduling import cards
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import Milestone, planned


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
