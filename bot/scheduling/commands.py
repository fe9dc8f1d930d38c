"""What hosts do with plans: make, confirm, list, show, move, skip, pause, cancel, and get ready."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.model.records import record
from bot.core.participants.community import Listing, Times, unknown
from bot.core.text.dates import kept
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards
from bot.scheduling import messages as s
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.phrases import Question, When, understand, utc
from bot.scheduling.phrases.parser import WEEKDAYS
from bot.scheduling.phrases.resolver import zone_named
from bot.scheduling.plan import BEFORE, WAIT, Coming, How, Plan, Stage, State, planned, times, upcoming_stage

PREPARE_LONG = 900  # characters
MOST_PLANS = 20  # lines of a list
CHECKS = ("example", "companion", "contact", "room")
NOT_A_NUMBER = N_("{name} takes a whole number; you wrote {given}.")
NO_ZONE_CALLED = N_("I do not know the time zone {zone}. Write one such as Europe/Lisbon.")


@record
class Around:
    """What a decision about plans has to know beside the plan itself."""

    shelf: Mapping[str, Listing]
    times: Times
    community: str
    zone: str  # of whoever asks
    plans: Sequence[Plan] = ()  # of this community, the next ones first
    languages: Sequence[str] = ()
    lacking: str = ""  # what the platform may not do in the room, if it was asked


def add(pen: DecisionBuilder, around: Around) -> None:
    """A workshop at a time in natural words: asked back what could be two things, else shown to be confirmed."""
    event = pen.event
    assert isinstance(event, CommandGiven)
    wanted = event.args.get("workshop", "").strip().lower()
    listing = around.shelf.get(wanted)
    if listing is None:
        pen.reply(unknown(around.shelf, wanted))
        return
    if listing.refusal:
        pen.reply(listing.refusal)
        return
    how = event.args.get("how", "")
    chosen = (listing.parts[0] if listing.parts else listing).choose(how)
    if isinstance(chosen, Note):
        pen.reply(chosen)
        return
    zone = around.zone
    if event.args.get("zone"):
        zone = zone_named(event.args["zone"])
        if not zone:
            pen.reply(say(NO_ZONE_CALLED, zone=isolate(event.args["zone"][:60])))
            return
    numbers: dict[str, int] = {}
    for name, default in (("cap", 0), ("fewest", 3), ("days", 0)):
        given = event.args.get(name, "")
        if given and not given.isdecimal():
            pen.reply(say(NOT_A_NUMBER, name=name, given=isolate(given[:20])))
            return
        numbers[name] = min(int(given[:6]), 100_000) if given else default
    hash, mode = chosen
    variant = next((v for v in listing.variants if v.hash == hash), None)
    plan = Plan(
        id=new_id(event.id),
        community=around.community,
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
        made=pen.now,
        passed=pen.now,
        cap=numbers["cap"],
        fewest=numbers["fewest"],
        ask=event.args.get("begin", "").strip().lower() == "ask",
    )
    phrase = f"{event.args.get('when', '')} {event.args.get('repeat', '')}".strip()
    found = understand(phrase, pen.now, zone, around.languages)
    pen.plan = plan
    draft(pen, around, found, len(listing.parts), numbers["days"] or listing.days_between)


def rooms_of(event: CommandGiven) -> tuple[str, ...]:
    """The room in which it is planned, and those that it spans beside it."""
    more = filter(None, re.split(r"[\s,]+", event.args.get("rooms", "")))
    return tuple(dict.fromkeys((event.channel, *more)))


def draft(pen: DecisionBuilder, around: Around, found: When | Question, parts: int, days: int) -> None:
    """Show what was understood, or ask; either is a draft until its host says yes."""
    plan = pen.plan
    assert plan is not None
    if isinstance(found, Question):
        buttons = tuple(
            Button(label=option.partition(" RRULE")[0], command=f"schedule choose {plan.id} {n}")
            for n, option in enumerate(found.options, 1)
        )
        if found.options:
            pen.keep(replace(plan, options=found.options))
        pen.reply(found.note, buttons)
        return
    if parts:
        found = in_parts(found, parts, days)
    plan = replace(plan, when=found, options=())
    pen.keep(plan)
    pen.reply(cards.understood(plan, around.zone, pen.now))


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


def choose(pen: DecisionBuilder, around: Around) -> None:
    """An answer to a question about the time."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    nth = event.args.get("option", "")
    if plan.state is not State.DRAFT or not nth.isdecimal() or not 0 < int(nth) <= len(plan.options):
        pen.reply(s.OLD_DRAFT)
        return
    listing = around.shelf.get(plan.workshop)
    found = understand(plan.options[int(nth) - 1], pen.now, plan.zone)
    draft(pen, around, found, len(listing.parts) if listing else 0, listing.days_between if listing else 7)


def confirm(pen: DecisionBuilder, around: Around) -> None:
    """The host says yes: from now on it begins by itself."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.DRAFT or plan.when is None:
        pen.reply(s.OLD_DRAFT)
        return
    plan = planned(replace(plan, state=State.ON, passed=pen.now), pen.now)
    if plan.at is None:
        pen.keep(plan)
        pen.reply(s.OLD_DRAFT)
        return
    pen.keep(plan)
    pen.reply(say(s.PLANNED, plan=plan.id))
    announce(pen)


def announce(pen: DecisionBuilder) -> None:
    """The card of the next occurrence, in the rooms, if it is time for it."""
    plan = pen.plan
    assert plan is not None and plan.at is not None
    if plan.stage is not Stage.CARD or (plan.next_at and plan.next_at > pen.now and plan.cards):
        return
    name = f"plan:{plan.id}:{plan.cards + 1}"
    plan = replace(plan, card=name, cards=plan.cards + 1)
    plan = planned(plan, pen.now)
    pen.keep(plan)
    pen.say(name, cards.card(plan, pen.coming), ping=True)
    pen.appoint()


def refresh(pen: DecisionBuilder) -> None:
    """The card says how it is now."""
    plan = pen.plan
    if plan is not None and plan.card:
        pen.revise(plan.card, cards.card(plan, pen.coming))


def drop(pen: DecisionBuilder, around: Around) -> None:
    """The host says no to a draft."""
    plan = pen.plan
    assert plan is not None
    if plan.state is State.DRAFT:
        pen.keep(replace(plan, state=State.CANCELLED, options=()))
        pen.reply(s.DROPPED)
    else:
        pen.reply(s.OLD_DRAFT)


def show_list(pen: DecisionBuilder, around: Around, coming: Mapping[str, Mapping[str, Coming]]) -> None:
    """What is planned here, the next ones first; each in a line of its own."""
    there = [plan for plan in around.plans if plan.state in (State.ON, State.PAUSED)][:MOST_PLANS]
    if not there:
        pen.reply(s.NOTHING_PLANNED)
    for plan in there:
        pen.reply(cards.listed(plan, coming.get(plan.id, {}), around.zone))


def show(pen: DecisionBuilder, around: Around) -> None:
    """One plan, with who comes and what they need."""
    plan = pen.plan
    assert plan is not None
    pen.reply(cards.shown(plan, pen.coming, around.zone))
    needs = cards.needs(pen.coming)
    if needs:
        pen.reply(say(s.NEEDS, needs=needs))
    after = times(plan, plan.at or pen.now, 2)
    if len(after) == 2:
        second, third = (kept(at, around.zone) for _, at in after)
        pen.reply(say(s.SHOWN_NEXT, second=second, third=third))


def _which(pen: DecisionBuilder, verb: str, rest: str = "") -> str:
    """Whether a change is of this one or of all; asked, with both as buttons, where it could be either."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    which = event.args.get("which", "").strip().lower()
    if not plan.again:
        return "this"
    if which in ("this", "all"):
        return which
    rest = f" {rest}" if rest else ""
    buttons = (
        Button(label=s.ONLY_THIS, command=f"schedule {verb} {plan.id} which:this{rest}"),
        Button(label=s.ALL_OF_THEM, command=f"schedule {verb} {plan.id} which:all{rest}"),
    )
    pen.reply(say(s.THIS_OR_ALL, title=plan.title, at=cards.at_of(plan)), buttons)
    return ""


def move(pen: DecisionBuilder, around: Around) -> None:
    """This one, or all of them, at another time."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    phrase = event.args.get("when", "").strip()
    if not phrase:
        pen.reply(say(s.MOVE_HOW, plan=plan.id))
        return
    if plan.when is None or plan.state not in (State.ON, State.PAUSED, State.OVER) or not plan.occurrence:
        pen.reply(s.OLD_DRAFT)
        return
    found = understand(phrase, pen.now, plan.zone, around.languages)
    if isinstance(found, Question):
        which = event.args.get("which", "")
        said = f"which:{which} " if which else ""
        buttons = tuple(
            Button(label=option.partition(" RRULE")[0], command=f"schedule move {plan.id} {said}{option}")
            for option in found.options
        )
        pen.reply(found.note, buttons)
        return
    which = "all" if found.rule or len(found.starts) > 1 else _which(pen, "move", found.phrase)
    if which:
        put(pen, found, which)


def put(pen: DecisionBuilder, found: When, which: str) -> None:
    """Put this one, or all of them, to another time, and tell everybody who said that they come."""
    plan = pen.plan
    assert plan is not None and plan.when is not None
    old = plan.occurrence
    if which == "this":
        wall = utc(found.starts[0], found.zone, second=found.second)
        local = wall.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None)
        plan = replace(plan, moved={**plan.moved, old: local}, state=State.ON)
    else:
        shifted = shift(plan, found)
        if shifted is None:
            pen.reply(s.WHOLE_RULE)
            return
        plan = replace(plan, when=shifted, moved={}, skipped=(), passed=pen.now, state=State.ON)
    plan = replace(plan, sequence=plan.sequence + 1, session="", here=False, late=False, stage=Stage.DAY)
    close_door(pen)
    after = planned(replace(plan, occurrence=old), pen.now)
    if after.occurrence != old:  # those who said that they come, come to the one that took its place
        after = replace(after, card=plan.card, checked=plan.checked)
        if after.at is not None and after.card:
            after = replace(
                after, stage=(stage := upcoming_stage(after.at, pen.now)), next_at=after.at - BEFORE[stage]
            )
        carried = [replace(each, occurrence=after.occurrence) for each in pen.coming.values()]
        pen.forget_all(old)
        for each in carried:
            pen.comes(each)
    pen.keep(after)
    pen.reply(say(s.MOVED, title=after.title, at=cards.at_of(after)))
    refresh(pen)
    pen.appoint()
    tell_comers(pen, s.MOVED_TOLD, "moved")


def heard(pen: DecisionBuilder, around: Around) -> None:
    """Somebody with the right to do so changed or removed the event that a platform keeps of a session."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    if plan.state is not State.ON or event.args.get("occurrence") != plan.occurrence or plan.at is None:
        return
    at = event.args.get("at", "")
    if not at:
        skip(pen, around) if plan.again else cancel(pen, around)
        return
    moment = datetime.fromisoformat(at)
    if moment == plan.at:
        return  # we did it ourselves
    if moment > pen.now:
        local = moment.astimezone(ZoneInfo(plan.zone))
        put(pen, When((local.replace(tzinfo=None, fold=0),), plan.zone, second=bool(local.fold)), "this")


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


def skip(pen: DecisionBuilder, around: Around) -> None:
    """The next one does not take place; the others do."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.ON or not plan.occurrence:
        pen.reply(s.OLD_DRAFT)
        return
    gone, at = plan.occurrence, cards.at_of(plan)
    if plan.card:
        pen.revise(plan.card, say(s.CARD_CANCELLED, title=plan.title, at=at))
    pen.appoint("off")
    tell_comers(pen, s.CANCELLED_TOLD, "skipped")
    close_door(pen)
    pen.forget_all(gone)
    plan = planned(replace(plan, skipped=(*plan.skipped, gone), sequence=plan.sequence + 1), pen.now)
    pen.keep(plan)
    following = say(s.NEXT_IS, at=cards.at_of(plan)) if plan.at else say(s.NONE_LEFT)
    pen.reply(say(s.CANCELLED_TOLD, title=plan.title, at=at))
    pen.reply(following)
    if plan.at is not None:
        announce(pen)


def pause(pen: DecisionBuilder, around: Around) -> None:
    """Nothing is said and nothing begins until the host resumes it."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.ON:
        pen.reply(s.OLD_DRAFT)
        return
    pen.keep(replace(plan, state=State.PAUSED, next_at=None, sequence=plan.sequence + 1))
    pen.reply(say(s.PAUSED, title=plan.title, plan=plan.id))
    refresh(pen)


def resume(pen: DecisionBuilder, around: Around) -> None:
    """It goes on with the next occurrence that is still to come."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.PAUSED:
        pen.reply(s.NOT_PAUSED)
        return
    plan = replace(plan, state=State.ON, passed=max(plan.passed, pen.now), sequence=plan.sequence + 1)
    plan = planned(plan, pen.now)
    pen.keep(plan)
    if plan.at is None:
        pen.reply(s.NONE_LEFT)
        return
    pen.reply(say(s.RESUMED, title=plan.title, at=cards.at_of(plan)))
    if plan.card:
        refresh(pen)
    else:
        announce(pen)


def cancel(pen: DecisionBuilder, around: Around) -> None:
    """This one, or all of them, do not take place."""
    plan = pen.plan
    assert plan is not None
    if plan.state not in (State.ON, State.PAUSED):
        pen.reply(s.OLD_DRAFT)
        return
    which = _which(pen, "cancel")
    if which == "this" and plan.again:
        skip(pen, around)
        return
    if not which:
        return
    pen.appoint("off")
    tell_comers(pen, s.CANCELLED_TOLD, "cancelled")
    close_door(pen)
    plan = replace(plan, state=State.CANCELLED, next_at=None, sequence=plan.sequence + 1)
    pen.keep(plan)
    refresh(pen)
    pen.forget_all(plan.occurrence)
    pen.reply(say(s.CANCELLED, title=plan.title))


def tell_comers(pen: DecisionBuilder, text: str, kind: str) -> None:
    """A private word to everybody who said yes, maybe, or that they read along."""
    plan = pen.plan
    assert plan is not None
    for each in pen.coming.values():
        if each.how is not How.NO and each.person != plan.host:
            at = kept(plan.at, each.zone or plan.zone) if plan.at else ""
            pen.tell(
                each.person,
                say(text, title=plan.title, at=at),
                name=f"plan:{plan.id}:{kind}:{plan.sequence}:{each.occurrence}",
            )


def close_door(pen: DecisionBuilder) -> None:
    """A lobby that is open for an occurrence that does not begin now is closed."""
    plan, event = pen.plan, pen.event
    assert plan is not None
    if plan.session:
        pen.orders.append(
            CommandGiven(
                id=f"{event.id}:close",
                channel=plan.rooms[0],
                at=pen.now,
                person=pen.person,
                command="workshop close",
                session=plan.session,
                host=True,
            )
        )


# -- getting ready ---------------------------------------------------------------------------------


def check(pen: DecisionBuilder, around: Around) -> None:
    """Tick a thing of the list; the one about the room looks whether it is true."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    what = event.args.get("item", "").strip().lower()
    if what == "room":
        pen.reply(say(s.ROOM_LACKS, what=around.lacking) if around.lacking else say(s.ROOM_FINE))
        if around.lacking:
            return
    elif what == "companion":
        pen.reply(s.COMPANION_HOW)
        return
    elif what == "contact":
        pen.reply(s.CONTACT_HOW)
        return
    elif what == "example":
        pen.reply(s.CHECKED)
    else:
        show(pen, around)
        return
    pen.keep(replace(plan, checked=tuple(dict.fromkeys((*plan.checked, what)))))


def helper(pen: DecisionBuilder, around: Around, role: str) -> None:
    """Name the companion or the second contact, of those who said that they come."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    name = event.args.get("name", "").strip().lstrip("@")
    found = [
        c for c in pen.coming.values() if name in (c.person, c.name) or c.name.casefold() == name.casefold()
    ]
    if len(found) != 1 or found[0].person == plan.host:
        pen.reply(say(s.NO_SUCH_PERSON, name=isolate(name[:80])))
        return
    who = found[0]
    at = kept(plan.at, who.zone or plan.zone) if plan.at else ""
    checked = tuple(dict.fromkeys((*plan.checked, role)))
    if role == "companion":
        pen.keep(replace(plan, companion=who.person, checked=checked))
        pen.tell(who.person, say(s.COMPANION_TOLD, title=plan.title, at=at))
        pen.reply(say(s.COMPANION_SET, name=isolate(who.name), title=plan.title))
    else:
        pen.keep(replace(plan, contact=who.person, checked=checked))
        pen.tell(who.person, say(s.CONTACT_TOLD, title=plan.title, at=at))
        pen.reply(say(s.CONTACT_SET, name=isolate(who.name), title=plan.title))


def here(pen: DecisionBuilder, around: Around) -> None:
    """The host is there."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.ON:
        pen.reply(s.OLD_DRAFT)
        return
    pen.keep(replace(plan, here=True))
    pen.reply(say(s.HERE_ASK if plan.ask else s.HERE, at=cards.at_of(plan)))


def wait(pen: DecisionBuilder, around: Around) -> None:
    """Ten minutes more before it begins."""
    plan = pen.plan
    assert plan is not None
    if plan.state is not State.ON or plan.stage not in (Stage.WAIT, Stage.LAST):
        pen.reply(s.OLD_DRAFT)
        return
    until = pen.now + WAIT
    pen.keep(replace(plan, here=True, stage=Stage.WAIT, next_at=until))
    note = say(s.WAITING, at=cards.at_of(plan, until))
    pen.say(f"plan:{plan.id}:waits:{plan.version}", note)
    pen.reply(note)


def new_id(event: str) -> str:
    """A short name for a plan that people can type."""
    return base64.b32encode(hashlib.blake2b(event.encode(), digest_size=5).digest()).decode().lower()[:7]
