"""Lists of what is planned."""

from __future__ import annotations

from bot.core.commands.command import HIDDEN, Who
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards, messages
from bot.scheduling.command import OPTIONAL_PLAN, Need, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import times
from bot.scheduling.rsvp import tell_needs

MOST_PLANS = 20  # lines of a list


def show_list(decision: DecisionBuilder, context: PlanContext) -> None:
    """What is planned here, the next ones first; each in a line of its own."""
    if not context.plans:
        decision.reply(messages.NOTHING_PLANNED)
    for plan in context.plans[:MOST_PLANS]:
        decision.reply(cards.listed(plan, context.coming.get(plan.id, {}), context.zone))


def show(decision: DecisionBuilder, context: PlanContext) -> None:
    """One plan, with who comes and what they need."""
    plan = decision.named_plan
    decision.reply(cards.shown(plan, decision.coming, context.zone))
    for each in decision.coming.values():
        if each.needs:  # each in a message of its own, which goes with them
            needs = say(messages.NEEDS, name=isolate(each.name), needs=isolate(each.needs))
            tell_needs(decision, decision.person.id, each, needs)
    after = times(plan, plan.at or decision.now, 2)
    if len(after) == 2:
        second, third = (moment_value(at, context.zone) for _, at in after)
        decision.reply(say(messages.SHOWN_NEXT, second=second, third=third))


COMMANDS = (
    PlanCommand(
        name="schedule list",
        aliases=("schedule",),
        help=N_("see what's scheduled here"),
        who=Who.HOST,
        decide=show_list,
        needs=Need.PLANS,
    ),
    PlanCommand(
        name="schedule show",
        shown=HIDDEN,
        help=N_("see a session, who's coming and what they need"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=show,
    ),
)
