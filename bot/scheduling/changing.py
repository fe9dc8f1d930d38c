"""Changing a plan: another time, one left out, a pause, an end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.commands.command import NOWHERE, Parameter, Who
from bot.core.model.cards import Button
from bot.core.text.messages import N_, say
from bot.scheduling import cards, messages
from bot.scheduling.announcing import announce, close_door, refresh, tell_comers
from bot.scheduling.command import OF_ALL, OPTIONAL_PLAN, PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.outdated import outdated, reference_of
from bot.scheduling.phrases import Question, When, understand, utc
from bot.scheduling.phrases.reading import WEEKDAYS
from bot.scheduling.plan import BEFORE, Milestone, Plan, State, moment_of, planned, upcoming_stage
from bot.scheduling.planning import understood
from bot.scheduling.references import refer
from bot.scheduling.skipping import resume_skipped, skip


def _which(decision: DecisionBuilder, verb: str, rest: str = "") -> str:
    """Whether a change is of this one or of all; asked, with both as buttons, where it could be either."""
    plan, event = decision.named_plan, decision.command
    which = event.args.get("which", "").strip().lower()
    if not plan.again:
        return "this"
    if which in ("this", "all"):
        return which
    rest = f" {rest}" if rest else ""
    buttons = (
        Button(label=messages.ONLY_THIS, command=f"schedule {verb} {refer(plan)} which:this{rest}"),
        Button(label=messages.ALL_OF_THEM, command=f"schedule {verb} {refer(plan)} which:all{rest}"),
    )
    decision.reply(say(messages.THIS_OR_ALL, title=plan.title, at=cards.at_of(plan)), buttons)
    return ""


def move(decision: DecisionBuilder, context: PlanContext) -> None:
    """This one, or all of them, at another time."""
    plan, event = decision.named_plan, decision.command
    phrase = event.args.get("when", "").strip()
    if not phrase:
        decision.reply(say(messages.MOVE_HOW, plan=plan.id))
        return
    if plan.state is State.DRAFT:
        understood(decision, context, phrase)
        return
    if plan.when is None or plan.state not in (State.ON, State.PAUSED, State.OVER) or not plan.occurrence:
        decision.reply(messages.OLD_DRAFT)
        return
    found = understand(phrase, decision.now, plan.zone, context.languages)
    if isinstance(found, When) and found.minutes:
        if found.minutes != plan.minutes:
            decision.reply(
                say(messages.LENGTH_STAYS, minutes=plan.minutes, plan=plan.id, wanted=found.minutes)
            )
        found = replace(found, minutes=0)
    if isinstance(found, When) and (so := _is_so(plan, found, event.args.get("which", ""), decision.now)):
        decision.reply(say(messages.MOVED_ALREADY, title=plan.title, at=cards.at_of(plan, so)))
        return
    if outdated(decision):
        return
    if isinstance(found, Question):
        which = event.args.get("which", "")
        said = f"which:{which} " if which else ""
        buttons = tuple(
            Button(label=option.partition(" RRULE")[0], command=f"schedule move {refer(plan)} {said}{option}")
            for option in found.options
        )
        decision.reply(found.note, buttons)
        return
    which = "all" if found.rule or len(found.starts) > 1 else _which(decision, "move", found.phrase)
    if which:
        put(decision, found, which)


def _is_so(plan: Plan, found: When, which: str, now: datetime) -> datetime | None:
    """When it is, if it is at this time already, as after the same order that came twice; else None."""
    if plan.when is None or plan.state not in (State.ON, State.PAUSED):
        return None
    if found.rule or len(found.starts) > 1:
        return plan.at if found == plan.when else None
    wanted = utc(found.starts[0], found.zone, second=found.second)
    if which == "all":
        so = plan.at == wanted and not plan.moved and shift(plan, found) == plan.when
    else:  # one that was moved there, maybe behind the next: a second one is never put beside it
        moved = {moment_of(plan, key) for key in plan.moved if key not in plan.skipped}
        so = wanted > now and wanted in {plan.at, *moved}
    return wanted if so else None


def put(decision: DecisionBuilder, found: When, which: str) -> None:
    """Put this one, or all of them, to another time, and tell those who said that they come."""
    plan = before = decision.named_plan
    assert plan.when is not None
    old = plan.occurrence
    if which == "this":
        wall = utc(found.starts[0], found.zone, second=found.second)
        local = wall.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None)
        plan = replace(plan, moved={**plan.moved, old: local}, state=State.ON)
    else:
        shifted = shift(plan, found)
        if shifted is None:
            decision.reply(messages.WHOLE_RULE)
            return
        plan = replace(plan, when=shifted, moved={}, skipped=(), passed=decision.now, state=State.ON)
    plan = replace(plan, sequence=plan.sequence + 1, session="", here=False, late=False, stage=Milestone.DAY)
    close_door(decision)
    after = planned(replace(plan, occurrence=old), decision.now)
    if which == "this" and after.occurrence != old:  # behind the next one: it waits for its turn
        _put_behind(decision, before, after)
        return
    if after.occurrence != old:  # those who said that they come, come to the one that took its place
        after = replace(after, card=plan.card, checked=plan.checked)
        if after.at is not None and after.card:
            after = replace(
                after,
                stage=(stage := upcoming_stage(after.at, decision.now)),
                next_at=after.at - BEFORE[stage],
            )
        _carry(decision, before, after.occurrence)
    decision.keep(after)
    decision.reply(say(messages.MOVED, title=after.title, at=cards.at_of(after)))
    refresh(decision)
    decision.appoint()
    tell_comers(decision, messages.MOVED_TOLD, "moved")


def _put_behind(decision: DecisionBuilder, before: Plan, after: Plan) -> None:
    """One was moved behind the next: who said that they come to it still do, and the next one has its own card."""
    old = before.occurrence
    values = {"title": after.title, "at": cards.at_of(after, moment_of(after, old))}
    decision.appoint("off")
    decision.keep(after)
    decision.reply(say(messages.MOVED, **values))
    decision.reply(say(messages.NEXT_IS, at=cards.at_of(after)))
    tell_comers(decision, messages.MOVED_TOLD, "moved", old)
    if before.card:
        decision.revise(before.card, say(messages.MOVED_CARD, **values))
    announce(decision)


def _carry(decision: DecisionBuilder, before: Plan, occurrence: str) -> None:
    """After a change of the whole rule, who said that they come to any that was not left out comes to the next one."""
    carried = {each.person: each for each in decision.everyone if each.occurrence not in before.skipped}
    for gone in {each.occurrence for each in decision.everyone}:
        decision.forget_all(gone)
    for each in carried.values():
        decision.comes(replace(each, occurrence=occurrence))


def heard(decision: DecisionBuilder, context: PlanContext) -> None:
    """Somebody with the right to do so changed or removed the event that a platform keeps of a session."""
    plan, event = decision.named_plan, decision.command
    if plan.state is not State.ON or event.args.get("occurrence") != plan.occurrence or plan.at is None:
        return
    at = event.args.get("at", "")
    if not at:
        skip(decision, context) if plan.again else cancel(decision, context)
        return
    moment = datetime.fromisoformat(at)
    if moment == plan.at:
        return  # we did it ourselves
    if moment > decision.now:
        local = moment.astimezone(ZoneInfo(plan.zone))
        put(decision, When((local.replace(tzinfo=None, fold=0),), plan.zone, second=bool(local.fold)), "this")


def shift(plan: Plan, found: When) -> When | None:
    """The whole repetition at a new time; None if a new day of the week leaves open what is meant."""
    when = plan.when
    assert when is not None
    if found.rule or not when.rule:
        return found
    start, rule = found.starts[0], when.rule
    days = re.search(r"BYDAY=([^;]+)", rule)
    if days is not None:
        listed = days.group(1).split(",")
        today = WEEKDAYS[start.isoweekday() - 1]
        if len(listed) > 1:
            if not any(each.endswith(today) for each in listed):
                return None
        elif rule.startswith("FREQ=WEEKLY"):
            rule = rule.replace(days.group(0), f"BYDAY={today}")
        elif not listed[0].endswith(today):
            nth = listed[0][:-2]
            rule = rule.replace(days.group(0), f"BYDAY={nth}{today}")
    monthday = re.search(r"BYMONTHDAY=\d+", rule)
    if monthday is not None:
        rule = rule.replace(monthday.group(0), f"BYMONTHDAY={start.day}")
    return When((start,), found.zone, rule, when.but)


def pause(decision: DecisionBuilder, context: PlanContext) -> None:
    """Nothing is said and nothing begins until the host resumes it."""
    plan = decision.named_plan
    if plan.state is State.PAUSED:
        decision.reply(say(messages.PAUSED_ALREADY, title=plan.title))
        return
    if plan.state is not State.ON:
        decision.reply(messages.OLD_DRAFT)
        return
    decision.keep(replace(plan, state=State.PAUSED, next_at=None, sequence=plan.sequence + 1))
    decision.reply(say(messages.PAUSED, title=plan.title, plan=plan.id))
    refresh(decision)


def resume(decision: DecisionBuilder, context: PlanContext) -> None:
    """It goes on with the next occurrence that is still to come; or one that was left out takes place after all."""
    plan, about = decision.plan, reference_of(decision)
    assert plan is not None
    if about.occurrence or plan.state in (State.ON, State.OVER):
        resume_skipped(decision, about)
        return
    if plan.state is not State.PAUSED:
        cancelled = plan.state is State.CANCELLED
        decision.reply(
            say(messages.CANCELLED_ALREADY, title=plan.title) if cancelled else messages.NOT_PAUSED
        )
        return
    plan = replace(plan, state=State.ON, passed=max(plan.passed, decision.now), sequence=plan.sequence + 1)
    plan = planned(plan, decision.now)
    decision.keep(plan)
    if plan.at is None:
        decision.reply(messages.NONE_LEFT)
        return
    decision.reply(say(messages.RESUMED, title=plan.title, at=cards.at_of(plan)))
    if plan.card:
        refresh(decision)
    else:
        announce(decision)


def cancel(decision: DecisionBuilder, context: PlanContext) -> None:
    """This one, or all of them, do not take place."""
    plan = decision.named_plan
    if plan.state is State.CANCELLED:
        decision.reply(say(messages.CANCELLED_ALREADY, title=plan.title))
        return
    if outdated(decision):
        return
    if plan.state not in (State.ON, State.PAUSED):
        decision.reply(messages.OLD_DRAFT)
        return
    which = _which(decision, "cancel")
    if which == "this" and plan.again:
        skip(decision, context)
        return
    if not which:
        return
    decision.appoint("off")
    tell_comers(decision, messages.CANCELLED_TOLD, "cancelled")
    close_door(decision)
    plan = replace(plan, state=State.CANCELLED, next_at=None, sequence=plan.sequence + 1)
    decision.keep(plan)
    refresh(decision)
    for gone in {each.occurrence for each in decision.everyone}:
        decision.forget_all(gone)
    decision.reply(say(messages.CANCELLED, title=plan.title))


COMMANDS = (
    PlanCommand(
        name="schedule move",
        help=N_("change the time of the next one or of all of them"),
        who=Who.HOST,
        parameters=(
            PLAN,
            OF_ALL,
            Parameter(name="when", help=N_("the new time, such as next Tuesday 7pm"), required=False),
        ),
        decide=move,
    ),
    PlanCommand(
        name="schedule skip",
        help=N_("skip the next one (the others stay)"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=skip,
    ),
    PlanCommand(
        name="schedule pause",
        help=N_("start nothing until you resume"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=pause,
    ),
    PlanCommand(
        name="schedule resume",
        help=N_("go on after a pause, or bring back a skipped one"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN,),
        decide=resume,
    ),
    PlanCommand(
        name="schedule cancel",
        help=N_("cancel the next one, or all of them"),
        who=Who.HOST,
        parameters=(OPTIONAL_PLAN, OF_ALL),
        decide=cancel,
    ),
    PlanCommand(
        name="schedule heard",
        help="",
        who=Who.HOST,
        shown=NOWHERE,
        parameters=(PLAN,),
        decide=heard,
    ),
)
