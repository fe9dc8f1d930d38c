"""Changing what a plan is, and not when: its title, its length, how many can come, how few are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.commands.command import Parameter, Who
from bot.core.model.cards import Note
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_, say
from bot.core.text.quoting import clean
from bot.scheduling import cards, messages
from bot.scheduling.announcing import refresh
from bot.scheduling.command import PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import Coming, Plan, State
from bot.scheduling.planning import propose, refused_numbers, waits, whole
from bot.scheduling.rsvp import moved_up

QUOTES = " \"'“”„«»‘’"  # that phones and other languages write
TITLE_LONG = 120  # characters
NUMBERS = ("minutes", "cap", "fewest")


def change(decision: DecisionBuilder, context: PlanContext) -> None:
    """Change what was said of a plan; who is down for it stays so."""
    plan, event = decision.named_plan, decision.command
    if plan.state not in (State.ON, State.PAUSED) and not waits(plan):
        cancelled = plan.state is State.CANCELLED
        decision.reply(say(messages.CANCELLED_ALREADY, title=plan.title) if cancelled else messages.OLD_DRAFT)
        return
    wanted: dict[str, int] = {}
    for name in NUMBERS:
        given = event.args.get(name, "").strip()
        number = whole(decision, name, given) if given else None
        if given and number is None:
            return
        if number is not None:
            wanted[name] = number
    title = " ".join(clean(event.args.get("title", "")).strip(QUOTES).split())[:TITLE_LONG]
    if not wanted and not title:
        decision.reply(messages.NOTHING_TO_CHANGE)
        return
    if wanted.get("cap") and "fewest" not in wanted:
        wanted["fewest"] = min(plan.fewest, wanted["cap"])
    changed = replace(
        plan,
        title=title or plan.title,
        minutes=wanted.get("minutes", plan.minutes),
        cap=wanted.get("cap", plan.cap),
        fewest=wanted.get("fewest", plan.fewest),
    )
    wrong = refused_numbers(changed.minutes, changed.cap, changed.fewest)
    if wrong is not None:
        decision.reply(wrong)
        return
    if waits(plan):
        propose(decision, context, decision.keep(changed))
        return
    if changed == plan:
        decision.reply(_told(messages.UNCHANGED, plan, context))
        return
    placed, _ = cards.going(plan, decision.coming)
    changed = decision.keep(replace(changed, sequence=plan.sequence + 1))
    decision.reply(_told(messages.CHANGED, changed, context))
    refresh(decision)
    decision.appoint()
    moved_up(decision, changed, placed)
    _moved_down(decision, changed, placed)


def _moved_down(decision: DecisionBuilder, plan: Plan, before: Sequence[Coming]) -> None:
    """Whoever had a place, and waits for one now that there are fewer, hears of it; so does the host."""
    had = {each.person for each in before}
    _, waiting = cards.going(plan, decision.coming)
    down = [(n, each) for n, each in enumerate(waiting, 1) if each.person in had]
    for n, each in down:
        at = moment_value(plan.at, each.zone or plan.zone) if plan.at else ""
        decision.tell(
            each.person,
            say(messages.ON_WAITLIST_NOW, title=plan.title, at=at, n=n),
            name=f"plan:{plan.id}:waits:{plan.occurrence}:{plan.sequence}",
        )
    if down:
        decision.reply(say(messages.TO_WAITLIST, names=cards.names(each for _, each in down)))


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
        name="schedule edit",
        aliases=("schedule change",),
        help=N_("change its title, length, or how many can come"),
        who=Who.HOST,
        parameters=(
            PLAN,
            Parameter(name="title", help=N_("the new title"), required=False, named=True, words=True),
            Parameter(name="minutes", help=N_("its length"), required=False, named=True, kind=int),
            Parameter(
                name="cap",
                help=N_("how many can join (others go on the waitlist)"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="fewest",
                help=N_("with fewer people I ask you first"),
                required=False,
                named=True,
                kind=int,
            ),
        ),
        decide=change,
    ),
)
