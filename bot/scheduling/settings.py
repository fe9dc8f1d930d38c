"""Settings of a person: their time zone, and calendars."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.commands.command import HIDDEN, Who, one
from bot.core.model.cards import Button
from bot.core.model.effects import DeliverFile
from bot.core.model.events import CommandGiven
from bot.core.model.session import private_place
from bot.core.text.messages import N_, say
from bot.core.text.quoting import isolate
from bot.scheduling import messages
from bot.scheduling.command import Need, PlanCommand, PlanContext, zone_choices
from bot.scheduling.decision import DecisionBuilder, ZoneChosen
from bot.scheduling.phrases.questions import MEANT, SHORT_ZONE
from bot.scheduling.phrases.zones import zone_of, zones_near


def set_zone(decision: DecisionBuilder, context: PlanContext) -> None:
    """The time zone in which somebody is told times."""
    event = decision.event
    assert isinstance(event, CommandGiven)
    wanted = event.args.get("zone", "")
    named = chosen_zone(decision, wanted, lambda zone: f"my settings time-zone {zone}") if wanted else ""
    if not wanted:
        decision.reply(say(messages.ZONE_IS, zone=context.zone))
    elif named:
        decision.reply(say(messages.ZONE_SET, zone=named))
        decision.zone = ZoneChosen(person=event.person.id, zone=named)


def chosen_zone(decision: DecisionBuilder, wanted: str, again: Callable[[str], str]) -> str:
    """The zone that somebody names; nothing if it is asked back, as with EST, which stands for several.

    Args:
        again: the command that means the same with a zone of IANA.
    """
    found = zone_of(wanted)
    if found.choices:
        buttons = [Button(label=zone, command=again(zone)) for zone in found.choices]
        several = say(SHORT_ZONE, zone=isolate(wanted[:60]))
        decision.reply(several if len(buttons) > 1 else say(MEANT), buttons)
    elif not found.zone:
        near = zones_near(wanted[:60], decision.now)
        decision.reply(
            say(messages.NO_ZONE_CALLED, zone=isolate(wanted[:60])),
            [Button(label=zone, command=again(zone)) for zone in near],
        )
    return found.zone


def give_calendar(decision: DecisionBuilder, context: PlanContext) -> None:
    """Calendars as a file where people get files, else their addresses."""
    event, person = decision.event, decision.person.id
    if context.addresses is None:
        decision.reply(messages.NO_CALENDAR)
    elif context.files:
        place, name = private_place(person), f"plan:calendar:{event.id}"
        decision.effects.append(
            DeliverFile(place=place, person=person, name=name, what="calendar", of=context.community)
        )
    else:
        decision.reply(say(messages.CALENDAR, **context.addresses))


COMMANDS = (
    PlanCommand(
        name="my settings time-zone",
        aliases=("zone",),
        shown=HIDDEN,
        who=Who.ANYONE,
        help=N_("choose your time zone"),
        parameters=one("zone", N_("such as Europe/Lisbon"), required=False, proposals=zone_choices),
        decide=set_zone,
        needs=Need.NOTHING,
    ),
    PlanCommand(
        name="my calendar",
        aliases=("calendar",),
        who=Who.ANYONE,
        help=N_("get your sessions in your calendar app"),
        decide=give_calendar,
        needs=Need.CALENDARS,
    ),
)
