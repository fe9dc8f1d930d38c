"""Coming in and going away."""

from __future__ import annotations

from dataclasses import replace

from bot.core.commands.command import HIDDEN, Command, Who, fixed, one
from bot.core.model.events import CommandGiven, Joined, Left
from bot.core.participants import membership
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

FOLLOWS = ("follow", "watch", "read", "along")  # the words after /join for just following along


def entrance(event: CommandGiven) -> Joined:
    """The event of coming in, to take part or to follow along."""
    return Joined(
        id=event.id,
        channel=event.channel,
        at=event.at,
        person=event.person,
        reading=event.command == "read" or event.args.get("how", "").strip().lower() in FOLLOWS,
        host=event.host,
        private=event.private or None,
        session=event.session,
    )


def join(turn: Turn, event: CommandGiven) -> None:
    """Take part, or follow along, where nobody vouches for a host and there are no private channels."""
    membership.joined(turn, replace(entrance(event), private=None, host=False))


def leave(turn: Turn, event: CommandGiven) -> None:
    """Go away."""
    known = turn.session.people.get(event.person.id)
    if known is not None and not known.present:
        turn.tell(event.person.id, messages.ALREADY_SO)
        return
    membership.left(turn, Left(id=event.id, channel=event.channel, at=event.at, person=event.person))


COMMANDS = (
    Command(
        name="join",
        help=N_("join the workshop here"),
        parameters=one("how", N_("follow, to just follow along"), required=False, proposals=fixed("follow")),
        who=Who.ANYONE,
        event=entrance,
        handler=join,
    ),
    Command(
        name="read",
        shown=HIDDEN,
        help=N_("just follow along"),
        who=Who.ANYONE,
        event=entrance,
        handler=join,
    ),
    Command(name="leave", help=N_("leave the workshop (your answers stay yours)"), handler=leave),
)
