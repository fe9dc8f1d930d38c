"""Saying whether one comes: going, maybe, reading along, or not; reminders for those who want them; needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.text.dates import kept
from bot.core.text.messages import clean, say
from bot.core.text.quoting import isolate
from bot.scheduling import cards
from bot.scheduling import messages as s
from bot.scheduling.commands import Around, refresh
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.plan import Coming, How, Plan, State

NEEDS_LONG = 500  # characters
SAID: Mapping[str, How] = {
    "yes": How.GOING,
    "going": How.GOING,
    "maybe": How.MAYBE,
    "reading": How.READING,
    "read": How.READING,
    "no": How.NO,
}
TOLD: Mapping[How, str] = {
    How.GOING: s.YOU_GO,
    How.MAYBE: s.YOU_MAYBE,
    How.READING: s.YOU_READ,
    How.NO: s.YOU_DONT,
}


def coming(pen: DecisionBuilder, around: Around) -> None:
    """Somebody says whether they come, or whether they want to be reminded."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    said = event.args.get("how", "").strip().lower()
    if plan.state is not State.ON or not plan.occurrence:
        pen.reply(s.OLD_DRAFT)
        return
    known = pen.coming.get(event.person.id)
    if said in ("remind", "quiet"):
        _remind(pen, plan, known, around, on=said == "remind")
        return
    how = SAID.get(said)
    if how is None:
        pen.reply(s.HOW_COMING)
        return
    before, _ = cards.going(plan, pen.coming)
    if known is None or known.how is not how:
        pen.comes(
            Coming(
                plan=plan.id,
                occurrence=plan.occurrence,
                person=event.person.id,
                name=event.person.name,
                how=how,
                since=pen.now,
                remind=known.remind if known and how is not How.NO else False,
                needs=known.needs if known and how is not How.NO else "",
                room=event.channel,
                zone=around.zone,
            )
        )
        refresh(pen)
    _told(pen, plan, around, how)
    _moved_up(pen, plan, before)


def _told(pen: DecisionBuilder, plan: Plan, around: Around, how: How) -> None:
    at = kept(plan.at, around.zone) if plan.at else ""
    _, waiting = cards.going(plan, pen.coming)
    place = next((n for n, each in enumerate(waiting, 1) if each.person == pen.person.id), 0)
    values = {"title": plan.title, "at": at}
    note = say(s.YOU_WAIT, **values, n=place) if place else say(TOLD[how], **values)
    buttons = () if how is How.NO else (Button(label=s.REMIND_ME, command=f"coming remind {plan.id}"),)
    pen.reply(note, buttons)
    if how is not How.NO:
        pen.reply(s.NOTICE)


def _moved_up(pen: DecisionBuilder, plan: Plan, before: list[Coming]) -> None:
    """Whoever waited and has a place now hears of it."""
    had = {each.person for each in before}
    placed, _ = cards.going(plan, pen.coming)
    for each in placed:
        if each.person not in had and each.person != pen.person.id:
            at = kept(plan.at, each.zone or plan.zone) if plan.at else ""
            pen.tell(
                each.person,
                say(s.A_PLACE, title=plan.title, at=at),
                name=f"plan:{plan.id}:place:{plan.occurrence}:{each.since.isoformat()}",
            )


def _remind(pen: DecisionBuilder, plan: Plan, known: Coming | None, around: Around, *, on: bool) -> None:
    if known is None or known.how is How.NO:
        pen.reply(s.SAY_COMING_FIRST)
        return
    if known.remind is not on:
        pen.comes(replace(known, remind=on))
    if on:
        stop = Button(label=s.DO_NOT_REMIND, command=f"coming quiet {plan.id}")
        pen.reply(say(s.REMINDED, at=kept(plan.at, around.zone) if plan.at else ""), (stop,))
    else:
        pen.reply(s.NOT_REMINDED)


def needs(pen: DecisionBuilder, around: Around) -> None:
    """What helps somebody to take part: for hosts, until the session is over."""
    plan, event = pen.plan, pen.event
    assert plan is not None and isinstance(event, CommandGiven)
    known = pen.coming.get(event.person.id)
    if known is None or known.how is How.NO:
        pen.reply(s.SAY_COMING_FIRST)
        return
    text = " ".join(clean(event.args.get("text", "")).split())[:NEEDS_LONG]
    pen.comes(replace(known, needs=text))
    pen.reply(say(s.NEEDS_KEPT, title=plan.title))
    if text:
        pen.tell(plan.host, told_needs(plan, known.name, text))


def told_needs(plan: Plan, name: str, text: str) -> Note:
    """What a host hears of somebody's needs."""
    return say(s.NEEDS_NEW, name=isolate(name), title=plan.title, at=cards.at_of(plan), needs=isolate(text))
