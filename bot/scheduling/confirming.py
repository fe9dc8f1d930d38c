"""Answering what a plan was understood as."""

from __future__ import annotations

from dataclasses import replace

from bot.core.commands.command import Parameter, Who
from bot.core.text.messages import N_, say
from bot.scheduling import messages
from bot.scheduling.announcing import announce
from bot.scheduling.command import PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases import understand
from bot.scheduling.plan import State, planned
from bot.scheduling.planning import draft


def confirm(decision: DecisionBuilder, context: PlanContext) -> None:
    """The host says yes: from now on it begins by itself."""
    plan = decision.named_plan
    if plan.state is not State.DRAFT or plan.when is None:
        decision.reply(messages.OLD_DRAFT)
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
        decision.reply(messages.OLD_DRAFT)


def choose(decision: DecisionBuilder, context: PlanContext) -> None:
    """An answer to a question about the time."""
    plan, event = decision.named_plan, decision.command
    nth = event.args.get("option", "")
    if plan.state is not State.DRAFT or not nth.isdecimal() or not 0 < int(nth) <= len(plan.options):
        decision.reply(messages.OLD_DRAFT)
        return
    listing = context.shelf.get(plan.workshop)
    found = understand(plan.options[int(nth) - 1], decision.now, plan.zone)
    draft(
        decision, context, found, len(listing.parts) if listing else 0, listing.days_between if listing else 7
    )


COMMANDS = (
    PlanCommand(
        name="schedule confirm",
        help=N_("yes, it is understood as you mean it"),
        who=Who.HOST,
        parameters=(PLAN,),
        decide=confirm,
    ),
    PlanCommand(
        name="schedule drop", help=N_("no, plan nothing"), who=Who.HOST, parameters=(PLAN,), decide=drop
    ),
    PlanCommand(
        name="schedule choose",
        help=N_("answer a question about the time"),
        who=Who.HOST,
        parameters=(PLAN, Parameter(name="option", help=N_("its number"))),
        decide=choose,
    ),
)
