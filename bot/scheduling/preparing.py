"""Getting ready for a session: the host's list, and who helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.commands.command import HIDDEN, Choice, Parameter, Typing, Who, fixed
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards, messages
from bot.scheduling.command import OPTIONAL_PLAN, PLAN, Need, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.listing import show
from bot.scheduling.outdated import outdated
from bot.scheduling.plan import State

CHECKS = ("example", "cohost", "contact", "room")


def check(decision: DecisionBuilder, context: PlanContext) -> None:
    """Tick a thing of the list; the one about the room looks whether it is true."""
    plan, event = decision.named_plan, decision.command
    if outdated(decision):
        return
    what = event.args.get("item", "").strip().lower()
    if what == "room":
        decision.reply(
            say(messages.ROOM_LACKS, what=context.lacking) if context.lacking else say(messages.ROOM_FINE)
        )
        if context.lacking:
            return
    elif what in ("cohost", "companion"):
        decision.reply(messages.COMPANION_HOW)
        return
    elif what == "contact":
        decision.reply(messages.CONTACT_HOW)
        return
    elif what == "example":
        decision.reply(messages.CHECKED)
    else:
        show(decision, context)
        return
    if what not in plan.checked:
        decision.keep(replace(plan, checked=(*plan.checked, what)))


def helper(decision: DecisionBuilder, context: PlanContext, role: str) -> None:
    """Name the companion or the second contact, of those who said that they come."""
    plan, event = decision.named_plan, decision.command
    name = event.args.get("name", "").strip().lstrip("@")
    found = [
        c
        for c in decision.coming.values()
        if name in (c.person, c.name) or c.name.casefold() == name.casefold()
    ]
    if len(found) != 1 or found[0].person == plan.host:
        decision.reply(say(messages.NO_SUCH_PERSON, name=isolate(name[:80])))
        return
    who = found[0]
    if who.person == (plan.companion if role == "companion" else plan.contact):
        text = messages.COMPANION_SET if role == "companion" else messages.CONTACT_SET
        decision.reply(say(text, name=isolate(who.name), title=plan.title))
        return
    at = moment_value(plan.at, who.zone or plan.zone) if plan.at else ""
    checked = tuple(dict.fromkeys((*plan.checked, role)))
    if role == "companion":
        decision.keep(replace(plan, companion=who.person, checked=checked))
        decision.tell(who.person, say(messages.COMPANION_TOLD, title=plan.title, at=at))
        decision.reply(say(messages.COMPANION_SET, name=isolate(who.name), title=plan.title))
    else:
        decision.keep(replace(plan, contact=who.person, checked=checked))
        decision.tell(who.person, say(messages.CONTACT_TOLD, title=plan.title, at=at))
        decision.reply(say(messages.CONTACT_SET, name=isolate(who.name), title=plan.title))


def here(decision: DecisionBuilder, context: PlanContext) -> None:
    """The host is there."""
    plan = decision.named_plan
    if outdated(decision):
        return
    if plan.state is not State.ON:
        decision.reply(messages.OLD_DRAFT)
        return
    if not plan.here:
        decision.keep(replace(plan, here=True))
    decision.reply(say(messages.HERE_ASK if plan.ask else messages.HERE, at=cards.at_of(plan)))


def name_companion(decision: DecisionBuilder, context: PlanContext) -> None:
    """Name who helps the host."""
    helper(decision, context, "companion")


def name_contact(decision: DecisionBuilder, context: PlanContext) -> None:
    """Name whom people can turn to beside the host."""
    helper(decision, context, "contact")


def _comers(typing: Typing) -> Sequence[Choice]:
    return typing.comers


_COMER = Parameter(name="name", help=N_("their name"), proposals=_comers)
COMMANDS = (
    PlanCommand(
        name="schedule prepare",
        aliases=("schedule check",),
        help=N_("get ready: your checklist for a session"),
        who=Who.HOST,
        parameters=(
            PLAN,
            Parameter(name="item", help=N_("example, cohost, contact or room"), proposals=fixed(*CHECKS)),
        ),
        decide=check,
        needs=Need.PLAN | Need.RIGHTS,
    ),
    PlanCommand(
        name="schedule cohost",
        aliases=("schedule companion",),
        help=N_("name your co-host from those who are coming"),
        who=Who.HOST,
        parameters=(PLAN, _COMER),
        decide=name_companion,
    ),
    PlanCommand(
        name="schedule contact",
        help=N_("name a support contact from those who are coming"),
        who=Who.HOST,
        parameters=(PLAN, _COMER),
        decide=name_contact,
    ),
    PlanCommand(
        name="schedule here",
        shown=HIDDEN,
        help=N_("say that you're here and it can start"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=here,
    ),
)
