"""Coming in and going away."""

from __future__ import annotations

from bot.core.commands.command import Command, Who
from bot.core.model.events import CommandGiven, Joined, Left
from bot.core.participants import membership
from bot.core.text.messages import N_
from bot.core.turn import Turn


def join(turn: Turn, event: CommandGiven) -> None:
    """Take part, or follow along."""
    membership.joined(
        turn,
        Joined(
            id=event.id,
            channel=event.channel,
            at=event.at,
            person=event.person,
            reading=event.command == "read",
            private=event.args.get("private") or None,
        ),
    )


def leave(turn: Turn, event: CommandGiven) -> None:
    """Go away."""
    membership.left(turn, Left(id=event.id, channel=event.channel, at=event.at, person=event.person))


COMMANDS = (
    Command(name="join", help=N_("take part in the workshop of this room"), who=Who.ANYONE, handler=join),
    Command(
        name="read",
        help=N_("read along: nobody waits for you, and you are welcome"),
        who=Who.ANYONE,
        handler=join,
    ),
    Command(name="leave", help=N_("leave the workshop; what you wrote stays yours"), handler=leave),
)
