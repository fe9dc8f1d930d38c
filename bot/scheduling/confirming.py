"""Answering what a plan was understood as."""

from __future__ import annotations

from dataclasses import replace

from bot.core.commands.command import HIDDEN, Parameter, Who
from bot.core.model.cards import Note
from bot.core.text.messages import N_, say
from bot.core.text.numbers import whole_number
from bot.scheduling import messages
from bot.scheduling.announcing import announce
from bot.scheduling.command import PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.outdated import reference_of
from bot.scheduling.plan import Plan, State, planned
from bot.scheduling.planning import propose, understood, waits


def confirm(decision: DecisionBuilder, context: PlanContext) -> None:
    """The host says yes: from now on it begins by itself."""
    plan = decision.named_plan
    if plan.state is not State.DRAFT or plan.when is None:
        decision.reply(_answered(plan))
        return
    if (seen := reference_of(decision).version) and seen != plan.version:  # it was changed since
        propose(decision, context, plan)
        return
    plan = planned(replace(plan, state=State.ON, passed=decision.now), decision.now)
    if plan.at is None:
        decision.keep(plan)
        decision.reply(messages.OLD_DRAFT)
        return
    decision.keep(plan)
    decision.reply(say(messages.PLANNED, plan=plan.id))
    announce(decision)


def drop(decision: DecisionBuilder, context: PlanContext) -> None:
    """The host says no to a draft."""
    plan = decision.named_plan
    if plan.state is State.DRAFT:
        decision.keep(replace(plan, state=State.CANCELLED, options=()))
        decision.reply(messages.DROPPED)
    else:
        decision.reply(_answered(plan))


def _answered(plan: Plan) -> Note:
    """What became of a draft that is not one any more."""
    if plan.state is State.CANCELLED:
        was_planned = plan.at is not None
        return say(messages.CANCELLED_ALREADY if was_planned else messages.DROPPED_ALREADY, title=plan.title)
    if plan.state in (State.ON, State.PAUSED):
        return say(messages.PLANNED_ALREADY, title=plan.title, plan=plan.id)
    return say(messages.OLD_DRAFT)


def choose(decision: DecisionBuilder, context: PlanContext) -> None:
    """An answer to a question about the time."""
    plan, event = decision.named_plan, decision.command
    nth, _, version = event.args.get("option", "").partition(".")
    if version and version != str(plan.version):  # that question was answered already
        if waits(plan):
            propose(decision, context, plan)
        else:
            decision.reply(_answered(plan))
        return
    if plan.state is not State.DRAFT or not 0 < whole_number(nth) <= len(plan.options):
        decision.reply(messages.OLD_DRAFT)
        return
    understood(decision, context, plan.options[whole_number(nth) - 1])


COMMANDS = (
    PlanCommand(
        name="schedule confirm",
        shown=HIDDEN,
        help=N_("confirm what I understood"),
        who=Who.HOST,
        parameters=(PLAN,),
        decide=confirm,
    ),
    PlanCommand(
        name="schedule drop",
        shown=HIDDEN,
        help=N_("schedule nothing after all"),
        who=Who.HOST,
        parameters=(PLAN,),
        decide=drop,
    ),
    PlanCommand(
        name="schedule choose",
        shown=HIDDEN,
        help=N_("answer a question about the time"),
        who=Who.HOST,
        parameters=(PLAN, Parameter(name="option", help=N_("its number"))),
        decide=choose,
    ),
)
