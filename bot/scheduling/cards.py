"""Cards and lines about plans: in the rooms, in a list, and for a host who is asked to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from bot.core.model.cards import Button, Note
from bot.core.model.ids import PersonId
from bot.core.text import dates
from bot.core.text.dates import moment_value
from bot.core.text.messages import say
from bot.core.text.quoting import isolate
from bot.scheduling import messages
from bot.scheduling.plan import Coming, Plan, Rsvp, State, times
from bot.scheduling.references import refer, refer_draft

ONE_LINE = 200  # characters of what a card says about a workshop


def going(plan: Plan, coming: Mapping[PersonId, Coming]) -> tuple[list[Coming], list[Coming]]:
    """The people who have a place, and those who wait for one, in the order in which they said so."""
    all_of = sorted((c for c in coming.values() if c.how is Rsvp.GOING), key=lambda c: (c.since, c.person))
    return (all_of[: plan.cap], all_of[plan.cap :]) if plan.cap else (all_of, [])


def counted(coming: Mapping[PersonId, Coming], how: Rsvp) -> int:
    """The number of people who said this."""
    return sum(each.how is how for each in coming.values())


def at_of(plan: Plan, at: datetime | None = None) -> str:
    """A moment of the plan, for a sentence: in the plan's zone where the platform has no time of everybody's own."""
    at = at or plan.at
    return "" if at is None else moment_value(at, plan.zone)


def proposed(plan: Plan) -> tuple[str, str]:
    """A plan as it is proposed while somebody types: how it is shown, and its name."""
    at = dates.moment_in_zone(plan.at, plan.zone) if plan.at else "-"
    return f"{plan.title}, {at}", plan.id


def length(plan: Plan) -> str:
    """The length of a session, such as "90 min", and how it is held if that was said."""
    more = " ".join(word for word in plan.how.split() if word != str(plan.minutes))
    return f"{plan.minutes} min{', ' if more else ''}{more}"


def card(plan: Plan, coming: Mapping[PersonId, Coming]) -> Note:
    """The card for the rooms about the occurrence that comes next."""
    values = {"title": plan.title, "at": at_of(plan)}
    if plan.state is State.CANCELLED:
        return say(messages.CARD_CANCELLED, **values)
    if plan.state is State.PAUSED:
        return say(messages.CARD_PAUSED, **values)
    placed, waiting = going(plan, coming)
    buttons = tuple(
        Button(label=label, command=f"rsvp {how.value} {refer(plan)}")
        for label, how in (
            (messages.GOING, Rsvp.GOING),
            (messages.MAYBE, Rsvp.MAYBE),
            (messages.READING, Rsvp.READING),
            (messages.NO, Rsvp.NO),
        )
    )
    note = say(
        messages.CARD_FULL if plan.cap else messages.CARD,
        **values,
        about=first_line(plan.about),
        going=len(placed),
        cap=plan.cap,
        waiting=len(waiting),
        maybe=counted(coming, Rsvp.MAYBE),
        reading=counted(coming, Rsvp.READING),
    )
    return replace(note, buttons=buttons)


def first_line(about: str) -> str:
    """The beginning of what a script says about itself."""
    return shorter(" ".join(about.split()), ONE_LINE)


def shorter(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"


def proposal(plan: Plan, zone: str, now: datetime) -> tuple[Note, ...]:
    """What a host is asked to confirm, with the next times in their own zone; before it what else was understood."""
    assert plan.when is not None
    moments = [at for _, at in times(plan, now, 3)]
    values: dict[str, object] = {"title": plan.title, "length": length(plan), "n": how_many(plan)}
    for name, at in zip(("first", "second", "third"), moments, strict=False):
        values[name] = moment_value(at, zone)
    if len(moments) > 2:
        text = messages.UNDERSTOOD_SEVERAL if values["n"] else messages.UNDERSTOOD_AGAIN
    else:
        text = messages.UNDERSTOOD_TWO if len(moments) == 2 else messages.UNDERSTOOD
    buttons = (
        Button(label=messages.YES_PLAN, command=f"schedule confirm {refer_draft(plan)}"),
        Button(label=messages.NO_PLAN_IT, command=f"schedule drop {plan.id}"),
    )
    notes = []
    if plan.zone != zone:
        notes.append(_on_its_clocks(plan, moments[0]))
    if plan.cap:
        notes.append(say(messages.LIMITS, title=plan.title, cap=plan.cap))
    return (*notes, replace(say(text, **values), buttons=buttons))


def _on_its_clocks(plan: Plan, at: datetime) -> Note:
    wall, utc = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for zone in (ZoneInfo(plan.zone), timezone.utc))
    return say(messages.CLOCKS, zone=plan.zone, title=plan.title, wall=wall, utc=utc)


def how_many(plan: Plan) -> int:
    """The number of times that it is held, 0 if there is no end to it."""
    when = plan.when
    if when is None:
        return 0
    if not when.rule:
        return len(when.starts)
    if "COUNT=" not in when.rule and "UNTIL=" not in when.rule:
        return 0
    return len(times(replace(plan, moved={}, skipped=()), plan.made, 1000))


def listed(plan: Plan, coming: Mapping[PersonId, Coming], zone: str) -> Note:
    """One line of a list."""
    placed, _ = going(plan, coming)
    return say(
        messages.LISTED,
        plan=plan.id,
        title=plan.title,
        at=moment_value(plan.at, zone) if plan.at else "-",
        going=len(placed),
    )


def shown(plan: Plan, coming: Mapping[PersonId, Coming], zone: str) -> Note:
    """A plan with all that its hosts may know, people by name."""
    placed, waiting = going(plan, coming)
    return say(
        messages.SHOWN,
        plan=plan.id,
        title=plan.title,
        length=length(plan),
        at=moment_value(plan.at, zone) if plan.at else plan.state.value,
        zone=plan.zone,
        host=isolate(plan.host_name),
        going=names(placed),
        waiting=names(waiting),
        maybe=names(c for c in coming.values() if c.how is Rsvp.MAYBE),
        reading=names(c for c in coming.values() if c.how is Rsvp.READING),
        cannot=counted(coming, Rsvp.NO),
    )


def names(people: Iterable[Coming]) -> str:
    """People by name, literally; a dash for nobody."""
    return ", ".join(isolate(c.name) for c in people) or "–"
