"""Changing what a plan is, and not when: its title, its length, how many can come, how few are enough."""

from __future__ import annotations

from dataclasses import replace

from bot.core.commands.command import Parameter, Who
from bot.core.model.cards import Note
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_, say
from bot.core.text.quoting import clean, isolate
from bot.scheduling import cards, messages
from bot.scheduling.announcing import refresh
from bot.scheduling.command import PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import MOST_MINUTES, Plan, State
from bot.scheduling.planning import NOT_A_NUMBER
from bot.scheduling.rsvp import moved_up

TITLE_LONG = 120  # characters
MOST_PEOPLE = 100_000
NUMBERS = {"minutes": (1, MOST_MINUTES), "cap": (0, MOST_PEOPLE), "fewest": (0, MOST_PEOPLE)}


def change(decision: DecisionBuilder, context: PlanContext) -> None:
    """Change what was said of a plan; who is down for it stays so."""
    plan, event = decision.named_plan, decision.command
    if plan.state not in (State.ON, State.PAUSED):
        cancelled = plan.state is State.CANCELLED
        decision.reply(say(messages.CANCELLED_ALREADY, title=plan.title) if cancelled else messages.OLD_DRAFT)
        return
    wanted: dict[str, int] = {}
    for name, (least, most) in NUMBERS.items():
        given = event.args.get(name, "").strip()
        if given and not given.isdecimal():
            decision.reply(say(NOT_A_NUMBER, name=name, given=isolate(given[:20])))
            return
        if given:
            wanted[name] = min(max(int(given[:6]), least), most)
    title = " ".join(clean(event.args.get("title", "")).split())[:TITLE_LONG]
    if not wanted and not title:
        decision.reply(messages.NOTHING_TO_CHANGE)
        return
    changed = replace(
        plan,
        title=title or plan.title,
        minutes=wanted.get("minutes", plan.minutes),
        cap=wanted.get("cap", plan.cap),
        fewest=wanted.get("fewest", plan.fewest),
    )
    if changed == plan:
        decision.reply(_told(messages.UNCHANGED, plan, context))
        return
    placed, _ = cards.going(plan, decision.coming)
    changed = decision.keep(replace(changed, sequence=plan.sequence + 1))
    decision.reply(_told(messages.CHANGED, changed, context))
    refresh(decision)
    decision.appoint()
    moved_up(decision, changed, placed)


def _told(text: str, plan: Plan, context: PlanContext) -> Note:
    return say(
        text,
        title=plan.title,
        length=cards.length(plan),
        at=moment_value(plan.at, context.zone) if plan.at else "-",
        cap=plan.cap or "–",
        fewest=plan.fewest,
    )


COMMANDS = (
    PlanCommand(
        name="schedule change",
        help=N_("its title, length, cap, or how few are enough"),
        who=Who.HOST,
        parameters=(
            PLAN,
            Parameter(name="title", help=N_("the new title, in quotes"), required=False, named=True),
            Parameter(name="minutes", help=N_("how long it is"), required=False, named=True, kind=int),
            Parameter(
                name="cap",
                help=N_("how many can take part; others wait for a place"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="fewest",
                help=N_("with fewer people you are asked first"),
                required=False,
                named=True,
                kind=int,
            ),
        ),
        decide=change,
    ),
)
