"""Whether a button is about something that has changed since it was made, and what whoever pressed it is told."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.text.messages import say
from bot.scheduling import cards, messages
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import Plan, State, moment_of
from bot.scheduling.references import Reference, referred


def reference_of(decision: DecisionBuilder) -> Reference:
    """What the command that is being answered is about."""
    assert isinstance(decision.event, CommandGiven)
    return referred(decision.event.args.get("plan", ""))


def time_of(plan: Plan, occurrence: str) -> str:
    """When an occurrence takes place, or would have, for a sentence."""
    return cards.at_of(plan, moment_of(plan, occurrence))


def outdated(decision: DecisionBuilder, again: Callable[[Plan], Button] | None = None) -> bool:
    """Whether a button is about something that has changed since; whoever pressed it is told how it stands.

    Args:
        again: makes the button for how it stands now, where pressing it can still be meant.
    """
    plan, about = decision.plan, reference_of(decision)
    assert plan is not None
    if not about.occurrence:
        return False
    if plan.state is State.ON and (plan.occurrence, plan.sequence) == (about.occurrence, about.sequence):
        return False
    buttons = (again(plan),) if again is not None and plan.state is State.ON and plan.at else ()
    decision.reply(_how_it_stands(plan, about), buttons)
    return True


def _how_it_stands(plan: Plan, about: Reference) -> Note:
    values = {"title": plan.title, "at": time_of(plan, about.occurrence)}
    if plan.state is State.CANCELLED:
        return say(messages.CANCELLED_ALREADY, title=plan.title)
    if about.occurrence in plan.skipped:
        return say(messages.SKIPPED_ALREADY, **values)
    if plan.state is State.PAUSED:
        return say(messages.PAUSED, title=plan.title, plan=plan.id)
    if plan.at is None or plan.state is not State.ON:
        return say(messages.OVER_ALREADY, **values)
    if about.occurrence != plan.occurrence:
        return say(messages.ANOTHER_IS_NEXT, **values, next=cards.at_of(plan))
    return say(messages.CHANGED_SINCE, title=plan.title, at=cards.at_of(plan))
