"""Saying whether one comes: going, maybe, reading along, or not; reminders for those who want them; needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.commands.command import HIDDEN, Choice, Parameter, Typing, Who, one
from bot.core.model.cards import Button, Note
from bot.core.model.ids import PersonId
from bot.core.text.dates import moment_value
from bot.core.text.messages import N_, say
from bot.core.text.quoting import clean, isolate
from bot.core.text.wording import tr
from bot.scheduling import cards, messages
from bot.scheduling.announcing import refresh
from bot.scheduling.command import OPTIONAL_PLAN, PlanCommand, PlanContext
from bot.scheduling.decision import DecisionBuilder
from bot.scheduling.outdated import outdated
from bot.scheduling.plan import Coming, Plan, Rsvp, State
from bot.scheduling.references import refer

NEEDS_LONG = 500  # characters
SAID: Mapping[str, Rsvp] = {
    "yes": Rsvp.GOING,
    "going": Rsvp.GOING,
    "maybe": Rsvp.MAYBE,
    "reading": Rsvp.READING,
    "watch": Rsvp.READING,
    "follow": Rsvp.READING,
    "read": Rsvp.READING,
    "no": Rsvp.NO,
}
TOLD: Mapping[Rsvp, str] = {
    Rsvp.GOING: messages.YOU_GO,
    Rsvp.MAYBE: messages.YOU_MAYBE,
    Rsvp.READING: messages.YOU_READ,
    Rsvp.NO: messages.YOU_DONT,
}


def coming(decision: DecisionBuilder, context: PlanContext) -> None:
    """Somebody says whether they come, or whether they want to be reminded."""
    plan, event = decision.named_plan, decision.command
    said = event.args.get("how", "").strip().lower()
    if outdated(decision, lambda now: _same_again(now, said)):
        return
    if plan.state is not State.ON or not plan.occurrence:
        decision.reply(messages.OLD_DRAFT)
        return
    known = decision.coming.get(event.person.id)
    if said in ("remind", "quiet"):
        _remind(decision, plan, known, context, on=said == "remind")
        return
    how = SAID.get(said)
    if how is None:
        decision.reply(messages.HOW_COMING)
        return
    before, _ = cards.going(plan, decision.coming)
    if known is None or known.how is not how:
        decision.comes(
            Coming(
                plan=plan.id,
                occurrence=plan.occurrence,
                person=event.person.id,
                name=event.person.name,
                how=how,
                since=decision.now,
                remind=known.remind if known and how is not Rsvp.NO else False,
                needs=known.needs if known and how is not Rsvp.NO else "",
                told=known.told if known and how is not Rsvp.NO else (),
                room=event.channel,
                zone=context.zone,
            )
        )
        refresh(decision)
    _told(decision, plan, context, how)
    moved_up(decision, plan, before)


def _same_again(plan: Plan, said: str) -> Button:
    """The button that says the same about the occurrence that comes next now."""
    return Button(label=CHOICES.get(said, messages.GOING), command=f"rsvp {said} {refer(plan)}")


def _told(decision: DecisionBuilder, plan: Plan, context: PlanContext, how: Rsvp) -> None:
    at = moment_value(plan.at, context.zone) if plan.at else ""
    _, waiting = cards.going(plan, decision.coming)
    place = next((n for n, each in enumerate(waiting, 1) if each.person == decision.person.id), 0)
    values = {"title": plan.title, "at": at}
    note = say(messages.YOU_WAIT, **values, n=place) if place else say(TOLD[how], **values)
    buttons = (
        () if how is Rsvp.NO else (Button(label=messages.REMIND_ME, command=f"rsvp remind {refer(plan)}"),)
    )
    decision.reply(note, buttons)
    if how is not Rsvp.NO:
        decision.reply(messages.NOTICE)


def moved_up(decision: DecisionBuilder, plan: Plan, before: list[Coming]) -> None:
    """Whoever waited and has a place now hears of it."""
    had = {each.person for each in before}
    placed, _ = cards.going(plan, decision.coming)
    for each in placed:
        if each.person not in had and each.person != decision.person.id:
            at = moment_value(plan.at, each.zone or plan.zone) if plan.at else ""
            decision.tell(
                each.person,
                say(messages.A_PLACE, title=plan.title, at=at),
                name=f"plan:{plan.id}:place:{plan.occurrence}:{each.since.isoformat()}",
            )


def _remind(
    decision: DecisionBuilder, plan: Plan, known: Coming | None, context: PlanContext, *, on: bool
) -> None:
    if known is None or known.how is Rsvp.NO:
        decision.reply(messages.SAY_COMING_FIRST)
        return
    if known.remind is not on:
        decision.comes(replace(known, remind=on))
    if on:
        stop = Button(label=messages.DO_NOT_REMIND, command=f"rsvp quiet {refer(plan)}")
        decision.reply(
            say(messages.REMINDED, at=moment_value(plan.at, context.zone) if plan.at else ""), (stop,)
        )
    else:
        decision.reply(messages.NOT_REMINDED)


def needs(decision: DecisionBuilder, context: PlanContext) -> None:
    """Note what helps somebody to take part: for hosts, until the session is over."""
    plan, event = decision.named_plan, decision.command
    known = decision.coming.get(event.person.id)
    if known is None or known.how is Rsvp.NO:
        decision.reply(messages.SAY_COMING_FIRST)
        return
    text = " ".join(clean(event.args.get("text", "")).split())[:NEEDS_LONG]
    decision.reply(say(messages.NEEDS_KEPT, title=plan.title))
    if text == known.needs:
        return
    fresh = replace(known, needs=text, told=())
    decision.comes(fresh)
    if text:
        at = cards.at_of(plan)
        told = say(messages.NEEDS_NEW, name=isolate(known.name), title=plan.title, at=at, needs=isolate(text))
        tell_needs(decision, plan.host, fresh, told)


def tell_needs(decision: DecisionBuilder, host: PersonId, coming: Coming, note: Note) -> None:
    """Tell a host what somebody needs; the message goes when they need something else, or leave, or it begins."""
    told = (host, decision.tell(host, note))
    decision.comes(replace(coming, told=(*coming.told, told)))


CHOICES = {
    "yes": messages.GOING,
    "maybe": messages.MAYBE,
    "reading": messages.READING,
    "no": messages.NO,
    "remind": messages.REMIND_ME,
    "quiet": messages.DO_NOT_REMIND,
}


def _answers(typing: Typing) -> Sequence[Choice]:
    return [(tr(label), how) for how, label in CHOICES.items()]


COMMANDS = (
    PlanCommand(
        name="rsvp",
        aliases=("coming",),
        who=Who.ANYONE,
        help=N_("say if you're coming to a session"),
        parameters=(
            Parameter(name="how", help=N_("yes, maybe, watch, no, remind or quiet"), proposals=_answers),
            OPTIONAL_PLAN,
        ),
        decide=coming,
    ),
    PlanCommand(
        name="rsvp needs",
        aliases=("needs",),
        shown=HIDDEN,
        who=Who.ANYONE,
        help=N_("tell the hosts what you need to take part"),
        parameters=one("text", N_("a few words, deleted when the session starts")),
        decide=needs,
    ),
)
