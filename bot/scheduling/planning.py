"""Making a plan: what was understood of a time in words is shown before anything is planned."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from bot.core.commands.command import Parameter, Who, fixed
from bot.core.commands.opening import ways, workshops
from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.participants.community import Listing, unknown
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards, messages
from bot.scheduling.command import Need, PlanCommand, PlanContext, option, zone_choices
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases import Question, When, understand, utc
from bot.scheduling.phrases.zones import zone_in
from bot.scheduling.plan import MOST_MINUTES, Plan, State
from bot.scheduling.settings import chosen_zone

PREPARE_LONG = 900  # characters
WORKSHOPS_OFFERED = 5  # where none is named
TITLE_WORDS = 8  # of a title that is looked for
ALIKE = 0.8  # how much of a title has to be right
FEWEST = 3  # people without whom a host is asked first, unless they say otherwise
MOST_PEOPLE = 100_000
NOT_A_NUMBER = N_("{name} needs a whole number. You wrote {given}.")


def add(decision: DecisionBuilder, context: PlanContext) -> None:
    """A workshop at a time in natural words: asked back what could be two things, else shown to be confirmed."""
    event, listing = _listed(decision, decision.command, context)
    if listing is None:
        return
    if listing.refused:
        decision.reply(listing.refused)
        return
    how = event.args.get("how", "")
    chosen = (listing.parts[0] if listing.parts else listing).choose(how)
    if isinstance(chosen, Note):
        decision.reply(chosen)
        return
    zone = context.planning_zone or context.zone
    if event.args.get("zone"):
        zone = chosen_zone(decision, event.args["zone"], lambda named: typed(event, zone=named))
        if not zone:
            return
    elif context.offered_zone and zone_in(event.args.get("when", "")) is None:
        both = (context.offered_zone, zone)
        buttons = [Button(label=each, command=typed(event, zone=each)) for each in both]
        decision.reply(say(messages.WHOSE_CLOCKS, zone=both[0], here=both[1]), buttons)
        return
    hash, mode = chosen
    variant = next((v for v in listing.variants if v.hash == hash), None)
    numbers = _numbers(decision, event, variant.minutes if variant else listing.minutes)
    if numbers is None:
        return
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
        minutes=numbers["minutes"],
        prepare=cards.shorter(variant.prepare, PREPARE_LONG) if variant else "",
        made=decision.now,
        passed=decision.now,
        cap=numbers["cap"],
        fewest=numbers["fewest"],
        ask=event.args.get("begin", "").strip().lower() == "ask",
    )
    phrase = f"{event.args.get('when', '')} {event.args.get('repeat', '')}".strip()
    when = understand(phrase, decision.now, zone, context.languages)
    decision.plan = plan
    if event.args.get("minutes") and when.minutes not in (0, plan.minutes):
        decision.reply(
            say(messages.TWO_LENGTHS, minutes=plan.minutes, phrase=isolate(phrase), n=when.minutes)
        )
        decision.plan = None
        return
    if isinstance(when, When) and not event.args.get("zone") and zone_in(phrase) is None:
        _offer_own_clock(decision, context, phrase, when)
    draft(decision, context, when, len(listing.parts), numbers["days"] or listing.days_between)


def _offer_own_clock(decision: DecisionBuilder, context: PlanContext, phrase: str, read: When) -> None:
    """Offer whoever sits before a clock of another zone the same time by their clock: it moves the draft."""
    if not context.clock_zone or context.clock_zone == read.zone:
        return
    meant = understand(phrase, decision.now, context.clock_zone, context.languages)
    if not isinstance(meant, When) or _begins(meant) == _begins(read):
        return
    wall = f"{meant.starts[0]:%H:%M}"
    button = Button(
        label=f"{wall} {meant.zone}", command=f"schedule move {decision.named_plan.id} {meant.phrase}"
    )
    decision.reply(say(messages.OTHER_CLOCKS, zone=meant.zone, here=read.zone, wall=wall), (button,))


def _begins(when: When) -> datetime:
    return utc(when.starts[0], when.zone, second=when.second)


def _numbers(decision: DecisionBuilder, event: CommandGiven, minutes: int) -> dict[str, int] | None:
    """The numbers of a new plan; None if one of them was refused."""
    numbers = {"minutes": minutes, "cap": 0, "fewest": FEWEST, "days": 0}
    given = {name: event.args[name].strip() for name in numbers if event.args.get(name, "").strip()}
    for name, text in given.items():
        number = whole(decision, name, text)
        if number is None:
            return None
        numbers[name] = number
    if "fewest" not in given and numbers["cap"]:
        numbers["fewest"] = min(FEWEST, numbers["cap"])
    wrong = refused_numbers(numbers["minutes"], numbers["cap"], numbers["fewest"])
    if wrong is not None:
        decision.reply(wrong)
        return None
    return numbers


def whole(decision: DecisionBuilder, name: str, given: str) -> int | None:
    """A whole number that somebody gave; None, and it is said, if it is none."""
    if not (given.isascii() and given.isdecimal()):
        decision.reply(say(NOT_A_NUMBER, name=name, given=isolate(given[:20])))
        return None
    return min(int(given[:9]), MOST_PEOPLE)


def refused_numbers(minutes: int, cap: int, fewest: int) -> Note | None:
    """Why a session of this length and for so many people is refused, if it is."""
    if minutes < 1:
        return say(messages.TOO_SHORT)
    if minutes > MOST_MINUTES:
        return say(messages.TOO_LONG, most=MOST_MINUTES, given=minutes)
    if cap and fewest > cap:
        return say(messages.TOO_FEW, fewest=fewest, cap=cap)
    return None


def typed(event: CommandGiven, **others: str) -> str:
    """The same command as somebody would type it, with other values for some of its parameters."""
    args = {**event.args, **others}
    named = [
        f'{name}:"{value}"' for name, value in args.items() if name not in ("workshop", "when") and value
    ]
    return " ".join(filter(None, (event.command, args.get("workshop"), args.get("when"), *named)))


def _listed(
    decision: DecisionBuilder, event: CommandGiven, context: PlanContext
) -> tuple[CommandGiven, Listing | None]:
    """The workshop that is meant, by its name or its title, which may have several words; one like it is offered."""
    wanted = event.args.get("workshop", "").strip().lower()
    words = f"{wanted} {event.args.get('when', '')}".split()
    shelf = context.shelf.values()
    names = {_plain(each): listing for listing in shelf for each in (listing.id, listing.title)}
    for length in range(min(len(words), TITLE_WORDS), 0, -1):
        listing = names.get(_plain(" ".join(words[:length])))
        if listing is not None:
            args = {**event.args, "workshop": listing.id, "when": " ".join(words[length:])}
            return replace(event, args=args), listing
    if wanted in context.shelf:
        return event, context.shelf[wanted]
    for length in range(min(len(words), TITLE_WORDS), 0, -1):
        near = get_close_matches(_plain(" ".join(words[:length])), names, 1, ALIKE)
        if near:
            again = typed(event, workshop=names[near[0]].id, when=" ".join(words[length:]))
            decision.reply(
                say(messages.DID_YOU_MEAN, name=isolate(" ".join(words[:length])[:60])),
                (Button(label=names[near[0]].title, command=again),),
            )
            return event, None
    when = " ".join(words)
    open = [each for each in shelf if not each.refused][:WORKSHOPS_OFFERED]
    if open and _is_time(when, decision.now, context):
        buttons = [
            Button(label=each.title, command=typed(event, workshop=each.id, when=when)) for each in open
        ]
        decision.reply(messages.WHICH_WORKSHOP, buttons)
    else:
        decision.reply(unknown(context.shelf, wanted))
    return event, None


def _is_time(phrase: str, now: datetime, context: PlanContext) -> bool:
    """Whether all of it is a time, so that no workshop is named."""
    found = understand(phrase, now, context.planning_zone or context.zone, context.languages)
    return isinstance(found, When) or bool(found.options)


def _plain(name: str) -> str:
    """A name or a title as it is compared: small letters and digits, and one space between words."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())


def rooms_of(event: CommandGiven) -> tuple[str, ...]:
    """The room in which it is planned, and those that it spans beside it."""
    more = filter(None, re.split(r"[\s,]+", event.args.get("rooms", "")))
    return tuple(dict.fromkeys((event.channel, *more)))


def draft(
    decision: DecisionBuilder,
    context: PlanContext,
    found: When | Question,
    parts: int,
    days: int,
) -> None:
    """Show what was understood, or ask; either is a draft until its host says yes."""
    plan = decision.named_plan
    if 0 < found.minutes <= MOST_MINUTES:
        plan = replace(plan, minutes=found.minutes)
    if isinstance(found, Question):
        if found.options:
            plan = decision.keep(replace(plan, options=found.options))
        buttons = tuple(
            Button(
                label=option.partition(" RRULE")[0], command=f"schedule choose {plan.id} {n}.{plan.version}"
            )
            for n, option in enumerate(found.options, 1)
        )
        decision.reply(found.note, buttons)
        return
    if parts:
        found = in_parts(found, parts, days)
    propose(decision, context, decision.keep(replace(plan, when=replace(found, minutes=0), options=())))


def understood(decision: DecisionBuilder, context: PlanContext, phrase: str) -> None:
    """The time of a draft is this; it is shown anew."""
    plan = decision.named_plan
    listing = context.shelf.get(plan.workshop)
    parts, days = (len(listing.parts), listing.days_between) if listing else (0, 7)
    draft(decision, context, understand(phrase, decision.now, plan.zone, context.languages), parts, days)


def propose(decision: DecisionBuilder, context: PlanContext, plan: Plan) -> None:
    """Show a draft as it is now, to be confirmed."""
    for note in cards.proposal(plan, context.zone, decision.now):
        decision.reply(note)


def waits(plan: Plan) -> bool:
    """Whether a plan is understood, and waits for its host's yes."""
    return plan.state is State.DRAFT and plan.when is not None and not plan.options


def in_parts(when: When, parts: int, days: int) -> When:
    """The times of a series: as many as it has parts, a week apart unless it is said otherwise."""
    if len(when.starts) > 1:
        return when
    if not when.rule:
        return replace(when, rule=f"FREQ=DAILY;INTERVAL={days};COUNT={parts}")
    if "COUNT=" in when.rule or "UNTIL=" in when.rule:
        return when
    return replace(when, rule=f"{when.rule};COUNT={parts}")


def new_id(event: str) -> str:
    """A short name for a plan that people can type."""
    return base64.b32encode(hashlib.blake2b(event.encode(), digest_size=5).digest()).decode().lower()[:7]


COMMANDS = (
    PlanCommand(
        name="schedule add",
        help=N_("schedule a workshop or a series"),
        who=Who.HOST,
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle, or a series"), proposals=workshops),
            Parameter(
                name="when", help=N_("such as: next Tuesday 7pm, or every second Tuesday 7pm until 1 June")
            ),
            option("repeat", N_("such as: weekly, or monthly third Thursday")),
            option("zone", N_("where the clocks hang, such as Europe/Lisbon"), zone_choices),
            option("how", N_("such as 60, async, call or many"), ways),
            option("rooms", N_("other rooms it spans"), room=True),
            option("cap", N_("how many can join (others go on the waitlist)"), kind=int),
            option("fewest", N_("with fewer people I ask you first"), kind=int),
            option("minutes", N_("its length"), kind=int),
            option("days", N_("days between the parts of a series"), kind=int),
            option("begin", N_("ask: I ask you before it starts"), fixed("ask")),
        ),
        decide=add,
        needs=Need.NOTHING,
    ),
)
