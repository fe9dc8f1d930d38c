"""All commands of sessions and communities, and how one that was given finds its answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.commands import (
    answering,
    ending,
    joining,
    my_answers,
    next_steps,
    now,
    opening,
    orientation,
    pacing,
    people,
    preferences,
    recognition,
)
from bot.core.commands.command import CommunityOutcome, CommunityRequest
from bot.core.commands.table import CommandTable
from bot.core.model import facts as f
from bot.core.model.events import CommandGiven
from bot.core.model.ids import PersonId
from bot.core.participants.community import Community, Listing, Times
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Outcome, Turn

NEW_WORD = N_("That's now {command}.")
TABLE = CommandTable(
    (
        *joining.COMMANDS,
        *now.COMMANDS,
        *answering.COMMANDS,
        *preferences.COMMANDS,
        *recognition.COMMANDS,
        *my_answers.COMMANDS,
        *next_steps.COMMANDS,
        *orientation.COMMANDS,
        *opening.COMMANDS,
        *pacing.COMMANDS,
        *people.COMMANDS,
        *ending.COMMANDS,
    )
)


def in_session(turn: Turn, event: CommandGiven) -> None:
    """Let a session answer a command."""
    person = event.person.id
    if event.host and person not in turn.session.hosts:
        turn.fact(f.HostNamed(at=turn.now, person=PersonId(person)))
    command = TABLE.get(event.command)
    if command is None:
        turn.tell(person, messages.NOTHING_OPEN)
    elif refusal := command.refusal(turn.session, person):
        turn.tell(person, refusal)
    elif command.handler is not None:
        command.handler(turn, event)
        _say_new_word(turn, event)


def _say_new_word(turn: Turn, event: CommandGiven) -> None:
    """Name the command of today to whoever typed a word of an earlier release; once for each of them."""
    person, what = event.person.id, f"old:{event.old}"
    if not event.old or what in turn.session.told.get(person, frozenset()):
        return
    turn.fact(f.ToldOnce(at=turn.now, person=PersonId(person), what=what))
    turn.tell(person, messages.say(NEW_WORD, command=f"/{event.command}"))


def in_community(
    shelf: Mapping[str, Listing],
    community: Community,
    event: CommandGiven,
    hosts_channel: str,
    times: Times | None = None,
) -> CommunityOutcome:
    """Let a community answer a command; most are none of its own."""
    command = TABLE.get(event.command)
    if command is None or command.community is None:
        return Outcome(after=community)
    return command.community(
        CommunityRequest(
            shelf=shelf,
            community=community,
            event=event,
            hosts_channel=hosts_channel,
            times=times or Times(),
        )
    )
