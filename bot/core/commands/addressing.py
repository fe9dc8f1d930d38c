"""Which sessions of a room a command is for: those that hold what it names, not only the one that runs now.

A room holds one session after another, and people go on to read, share and take back what they said in each.
A button names its session. What is typed names none: then the rows of commands that act on people's own things say
which session is meant (`Command.finds`), and any other command goes to a session that is at a moment for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.commands.command import Address, Command, Finds, may
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.session import guides
from bot.core.views.recap import Held


def addresses(command: Command, event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """The sessions that a command is for, each with the command as it is to be heard there.

    Args:
        held: the sessions of this room that may be meant: first the one that is at home there, then those that
            whoever gives the command was in or guides, the newest first.
    """
    if command.finds is not None and (found := command.finds(event, held)):
        return found
    here, _ = held[0]
    if here.phase not in command.phases:
        for session, _ in held[1:]:
            near = event.channel in session.channels or event.channel == event.private
            theirs = event.host or not may(session, event.person.id, command.who)
            if near and theirs and session.phase in command.phases:
                return ((session.id, event),)
    return ((here.id, event),)


def first_where(fits: Callable[[Held, CommandGiven], bool]) -> Finds:
    """The newest session in which what the command names is there."""

    def find(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
        return [(each[0].id, event) for each in held if fits(each, event)][:1]

    return find


def each_where(fits: Callable[[Held, CommandGiven], bool]) -> Finds:
    """Every session in which there is something to show, the newest first."""

    def find(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
        return [(each[0].id, event) for each in held if fits(each, event)]

    return find


def under_review(held: Held, event: CommandGiven) -> bool:
    """True if somebody makes the recap of a session."""
    return held[0].phase in (Phase.TAIL, Phase.REVIEW) and guides(held[0], event.person.id)


def posted(held: Held, event: CommandGiven) -> bool:
    """True if the recap of a session can be read."""
    return held[0].phase in (Phase.FOLLOWING, Phase.CLOSED) and held[0].visit > 0


def known(held: Held, event: CommandGiven) -> bool:
    """True if somebody is or was in a session."""
    return event.person.id in held[0].people


def with_args(event: CommandGiven, **args: str) -> CommandGiven:
    """The same command, saying something else."""
    return replace(event, args={**event.args, **args})
