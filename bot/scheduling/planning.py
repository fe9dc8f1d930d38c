"""Making a plan: what was understood of a time in words is shown before anything is planned."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

from bot.core.commands.command import Parameter, Who, fixed
from bot.core.commands.opening import ways, workshops
from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.participants.community import unknown
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards, messages
from bot.scheduling.command import Need, PlanCommand, PlanContext, option, zone_choices
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases import Question, When, understand
from bot.scheduling.phrases.zones import zone_named
from bot.scheduling.plan import Plan

PREPARE_LONG = 900  # characters
NOT_A_NUMBER = N_("{name} takes a whole number; you wrote {given}.")


def add(decision: DecisionBuilder, context: PlanContext) -> None:
    """A workshop at a time in natural words: asked back what could be two things, else shown to be confirmed."""
    event = decision.event
    assert isinstance(event, CommandGiven)
    wanted = event.args.get("workshop", "").strip().lower()
    listing = context.shelf.get(wanted)
    if listing is None:
        decision.reply(unknown(context.shelf, wanted))
        return
    if listing.refused:
        decision.reply(listing.refused)
        return
    how = event.args.get("how", "")
    chosen = (listing.parts[0] if listing.parts else listing).choose(how)
    if isinstance(chosen, Note):
        decision.reply(chosen)
        return
    zone = context.zone
    if event.args.get("zone"):
        zone = zone_named(event.args["zone"])
        if not zone:
            decision.reply(say(messages.NO_ZONE_CALLED, zone=isolate(event.args["zone"][:60])))
            return
    numbers: dict[str, int] = {}
    for name, default in (("cap", 0), ("fewest", 3), ("days", 0)):
        given = event.args.get(name, "")
        if given and not given.isdecimal():
            decision.reply(say(NOT_A_NUMBER, name=name, given=isolate(given[:20])))
            return
        numbers[name] = min(int(given[:6]), 100_000) if given else default
    hash, mode = chosen
    variant = next((v for v in listing.variants if v.hash == hash), None)
    plan = Plan(
        id=new_id(event.id),
        community=context.community,
        rooms=rooms_of(event),
        host=event.person.id,
        host_name=event.person.name,
        workshop=listing.id,
        title=listing.title,
        about=listing.about,
        how=how,
        mode=mode,
        minutes=variant.minutes if variant else listing.minutes,
        prepare=cards.shorter(variant.prepare, PREPARE_LONG) if variant else "",
        made=decision.now,
        passed=decision.now,
        cap=numbers["cap"],
        fewest=numbers["fewest"],
        ask=event.args.get("begin", "").strip().lower() == "ask",
    )
    phrase = f"{event.args.get('when', '')} {event.args.get('repeat', '')}".strip()
    found = understand(phrase, decision.now, zone, context.languages)
    decision.plan = plan
    draft(decision, context, found, len(listing.parts), numbers["days"] or listing.days_between)


def rooms_of(event: CommandGiven) -> tuple[str, ...]:
    """The room in which it is planned, and those that it spans beside it."""
    more = filter(None, re.split(r"[\s,]+", event.args.get("rooms", "")))
    return tuple(dict.fromkeys((event.channel, *more)))


def draft(
    decision: DecisionBuilder, context: PlanContext, found: When | Question, parts: int, days: int
) -> None:
    """Show what was understood, or ask; either is a draft until its host says yes."""
    plan = decision.named_plan
    if isinstance(found, Question):
        buttons = tuple(
            Button(label=option.partition(" RRULE")[0], command=f"schedule choose {plan.id} {n}")
            for n, option in enumerate(found.options, 1)
        )
        if found.options:
            decision.keep(replace(plan, options=found.options))
        decision.reply(found.note, buttons)
        return
    if parts:
        found = in_parts(found, parts, days)
    plan = replace(plan, when=found, options=())
    decision.keep(plan)
    decision.reply(cards.understood(plan, context.zone, decision.now))


def in_parts(when: When, parts: int, days: int) -> When:
    """The times of a series: as many as it has parts, a week apart unless it is said otherwise."""
    if len(when.starts) > 1:
        return when
    if not when.rule:
        return When(
            when.starts, when.zone, f"FREQ=DAILY;INTERVAL={days};COUNT={parts}", when.but, when.second
        )
    if "COUNT=" in when.rule or "UNTIL=" in when.rule:
        return when
    return When(when.starts, when.zone, f"{when.rule};COUNT={parts}", when.but, when.second)


def new_id(event: str) -> str:
    """A short name for a plan that people can type."""
    return base64.b32encode(hashlib.blake2b(event.encode(), digest_size=5).digest()).decode().lower()[:7]


COMMANDS = (
    PlanCommand(
        name="schedule add",
        help=N_("plan a workshop or a series; you are shown what was understood before anything is planned"),
        who=Who.HOST,
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle, or a series"), proposals=workshops),
            Parameter(
                name="when", help=N_("such as: next Tuesday 7pm, or every second Tuesday 7pm until 1 June")
            ),
            option("repeat", N_("such as: weekly, or monthly third Thursday")),
            option("zone", N_("where the clocks hang, such as Europe/Lisbon"), zone_choices),
            option("how", N_("such as 60, async, call or many"), ways),
            option("rooms", N_("other rooms that it spans"), room=True),
            option("cap", N_("how many can take part; others wait for a place"), kind=int),
            option("fewest", N_("with fewer people you are asked first"), kind=int),
            option("days", N_("between the parts of a series"), kind=int),
            option("begin", N_("ask: you are asked before it begins"), fixed("ask")),
        ),
        decide=add,
        needs=Need.NOTHING,
    ),
)
