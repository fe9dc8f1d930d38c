"""Taking on what a vote chose, and saying how it is going."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.command import Choice, Command, Parameter, Typing, one
from bot.core.model.events import CommandGiven
from bot.core.steps import action_items
from bot.core.text.messages import N_
from bot.core.turn import Turn


def take(turn: Turn, event: CommandGiven) -> None:
    """Take something on, or see what there is."""
    words = f"{event.args.get('which', '')} {event.args.get('days', '')}"
    action_items.take(turn, event.person.id, words)


def progress(turn: Turn, event: CommandGiven) -> None:
    """Say how it is going."""
    action_items.told(turn, event.person.id, event.args.get("how", ""))


def _choices(typing: Typing) -> Sequence[Choice]:
    if typing.script is None or typing.session is None:
        return ()
    choices = action_items.choices(typing.script, typing.session)
    return [(f"{choice.number}. {choice.label}", str(choice.number)) for choice in choices if choice.label]


COMMANDS = (
    Command(
        name="take",
        help=N_("take on what a vote chose; alone: what there is"),
        parameters=(
            Parameter(name="which", help=N_("its number"), required=False, proposals=_choices),
            Parameter(name="days", help=N_("the days until it is done; no gives it back"), required=False),
        ),
        handler=take,
    ),
    Command(
        name="progress",
        help=N_("say how far it is what you took on"),
        parameters=one("how", N_("its number, done, started, later or dropped, a colon and a line")),
        handler=progress,
    ),
)
