"""Taking on what a vote chose, and saying how it is going."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.addressing import each_where, first_where, known
from bot.core.commands.command import HIDDEN, Address, Choice, Command, Parameter, Typing, one
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Progress
from bot.core.steps import action_items
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import Held

_PROGRESS = frozenset(progress.value for progress in Progress)


def take(turn: Turn, event: CommandGiven) -> None:
    """Take something on, or see what there is."""
    words = f"{event.args.get('which', '')} {event.args.get('days', '')}"
    if event.args.get("days", "").partition(":")[0].strip().lower() in _PROGRESS:
        action_items.told(turn, event.person.id, words)
    else:
        action_items.take(turn, event.person.id, words)


def progress(turn: Turn, event: CommandGiven) -> None:
    """Say how it is going."""
    action_items.told(turn, event.person.id, event.args.get("how", ""))


def _find_choice(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """Where votes chose something: all of it, if no number is named."""
    if not event.args.get("which", "").strip():
        return each_where(_chosen_there)(event, held)
    how = event.args.get("days", "").partition(":")[0].strip().lower()
    back = how in action_items.BACK or how in _PROGRESS
    theirs = first_where(_taken_there)(event, held) if back else ()
    return theirs or first_where(_numbered_there)(event, held) or first_where(_chosen_there)(event, held)


def _chosen_there(held: Held, event: CommandGiven) -> bool:
    return known(held, event) and bool(action_items.choices(held[1], held[0]))


def _numbered_there(held: Held, event: CommandGiven) -> bool:
    """True if there is a choice of the number that is named."""
    number = event.args.get("which", "").strip()
    return known(held, event) and any(
        str(choice.number) == number for choice in action_items.choices(held[1], held[0])
    )


def _taken_there(held: Held, event: CommandGiven) -> bool:
    """True if somebody has taken on what they name."""
    number = (event.args.get("which", "") or event.args.get("how", "")).strip().partition(" ")[0]
    return any(
        str(choice.number) == number and choice.taken is not None and choice.taken.person == event.person.id
        for choice in action_items.choices(held[1], held[0])
    )


def _choices(typing: Typing) -> Sequence[Choice]:
    if typing.script is None or typing.session is None:
        return ()
    there = ((typing.session, typing.script), *typing.held)
    choices = next(filter(None, (action_items.choices(script, session) for session, script in there)), ())
    return [(f"{choice.number}. {choice.label}", str(choice.number)) for choice in choices if choice.label]


COMMANDS = (
    Command(
        name="my actions",
        aliases=("take",),
        help=N_("do one of the group's ideas, or see who does what"),
        parameters=(
            Parameter(name="which", help=N_("its number"), required=False, proposals=_choices),
            Parameter(
                name="days",
                help=N_("days it takes, or done, started, later, dropped or no"),
                required=False,
            ),
        ),
        handler=take,
        finds=_find_choice,
    ),
    Command(
        name="progress",
        shown=HIDDEN,
        help=N_("say how it's going with what you're doing"),
        parameters=one("how", N_("its number, done, started, later or dropped, a colon and a line")),
        handler=progress,
        finds=first_where(_taken_there),
    ),
)
