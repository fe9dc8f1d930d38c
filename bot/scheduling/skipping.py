"""Leaving one occurrence out, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.model.cards import Button
from bot.core.model.events import CommandGiven
from bot.core.text.messages import say
from bot.scheduling import cards, messages
from bot.scheduling.announcing import announce, close_door, refresh, tell_comers
from bot.scheduling.command import PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.outdated import outdated, reference_of, time_of
from bot.scheduling.plan import Plan, State, moment_of, planned
from bot.scheduling.references import Reference, refer


def skip(decision: DecisionBuilder, context: PlanContext) -> None:
    """The next one does not take place; the others do."""
    plan = decision.named_plan
    given = isinstance(decision.event, CommandGiven) and decision.event.command != "schedule heard"
    if given and (outdated(decision) or _skipped_just_now(decision)):
        return
    if plan.state is not State.ON or not plan.occurrence:
        decision.reply(messages.OLD_DRAFT)
        return
    gone, at = plan.occurrence, cards.at_of(plan)
    if plan.card:
        decision.revise(plan.card, say(messages.CARD_CANCELLED, title=plan.title, at=at))
    decision.appoint("off")
    tell_comers(decision, messages.CANCELLED_TOLD, "skipped")
    close_door(decision)
    plan = planned(replace(plan, skipped=(*plan.skipped, gone), sequence=plan.sequence + 1), decision.now)
    decision.keep(plan)
    following = say(messages.NEXT_IS, at=cards.at_of(plan)) if plan.at else say(messages.NONE_LEFT)
    back = Button(label=messages.BRING_BACK, command=f"schedule resume {refer(plan, gone)}")
    decision.reply(say(messages.SKIPPED, title=plan.title, at=at), (back,))
    decision.reply(following)
    if plan.at is not None:
        announce(decision)


def _still_skipped(decision: DecisionBuilder) -> list[str]:
    """The occurrences that are left out and whose time is still to come, in their order."""
    plan = decision.named_plan
    to_come = {key: moment_of(plan, key) for key in plan.skipped}
    return sorted((key for key, at in to_come.items() if at > decision.now), key=lambda key: to_come[key])


def _skipped_just_now(decision: DecisionBuilder) -> bool:
    """Whether one before the next one is left out already: the same order may have come twice, so it is asked."""
    plan, about = decision.plan, reference_of(decision)
    assert plan is not None
    gone = [key for key in _still_skipped(decision) if plan.at is None or moment_of(plan, key) < plan.at]
    if about.occurrence or not gone:
        return False
    values = {"title": plan.title, "at": time_of(plan, gone[-1])}
    if plan.at is None or plan.state is not State.ON:
        decision.reply(say(messages.SKIPPED_ALREADY, **values), _back_buttons(plan, gone[-1:]))
        return True
    buttons = (Button(label=messages.SKIP_IT, command=f"schedule skip {refer(plan)}"),)
    decision.reply(say(messages.SKIP_NEXT_TOO, **values, next=cards.at_of(plan)), buttons)
    return True


def _back_buttons(plan: Plan, keys: Sequence[str]) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=messages.BRING_BACK if len(keys) == 1 else key.replace("T", " "),
            command=f"schedule resume {refer(plan, key)}",
        )
        for key in keys
    )


def bring_back(decision: DecisionBuilder, key: str) -> None:
    """An occurrence that was left out takes place after all."""
    plan = decision.named_plan
    before = plan
    skipped = tuple(each for each in plan.skipped if each != key)
    state = State.ON if plan.state is State.OVER else plan.state
    passed = min(plan.passed, moment_of(plan, key) - timedelta(minutes=1))
    plan = replace(plan, skipped=skipped, state=state, passed=passed, sequence=plan.sequence + 1)
    if state is State.PAUSED:
        decision.keep(replace(planned(plan, decision.now), next_at=None))
    else:
        decision.keep(planned(plan, decision.now))
    at = time_of(plan, key)
    decision.reply(say(messages.BROUGHT_BACK, title=plan.title, at=at))
    tell_comers(decision, messages.BACK_TOLD, "back", key)
    if decision.plan is None or decision.plan.occurrence == before.occurrence:
        refresh(decision)
        return
    if before.card:  # it comes again when it is its turn
        decision.revise(before.card, say(messages.NEXT_IS, at=at))
    if state is State.ON:
        announce(decision)


def resume_skipped(decision: DecisionBuilder, about: Reference) -> None:
    """Bring back the occurrence that a button names, or the only one that is left out of what is over otherwise."""
    plan, skipped, named = decision.named_plan, _still_skipped(decision), about.occurrence
    if plan.state not in (State.ON, State.PAUSED, State.OVER):
        decision.reply(say(messages.CANCELLED_ALREADY, title=plan.title))
    elif not named and len(skipped) == 1 and plan.state is State.OVER:
        bring_back(decision, skipped[0])
    elif not named:
        many = say(messages.WHICH_BACK) if skipped else say(messages.NOT_SKIPPED, title=plan.title)
        decision.reply(many, _back_buttons(plan, skipped[:5]))
    elif moment_of(plan, named) <= decision.now:
        outdated(decision)
    elif named not in plan.skipped:
        decision.reply(say(messages.TAKES_PLACE, title=plan.title, at=time_of(plan, named)))
    elif about.sequence == plan.sequence:
        bring_back(decision, named)
    else:  # the button is from before another change, so it may be a press that was late
        note = say(messages.STILL_SKIPPED, title=plan.title, at=time_of(plan, named))
        decision.reply(note, _back_buttons(plan, [named]))
