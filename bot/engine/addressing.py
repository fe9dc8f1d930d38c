"""Which sessions hear a command that names none: those that it is about, of all that were held where it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.commands import TABLE
from bot.core.commands.addressing import addresses
from bot.core.model.events import CommandGiven
from bot.core.model.session import Session, guides
from bot.core.platform import Platform
from bot.core.views.recap import Held
from bot.engine.session_repository import SessionRepository
from bot.store import Context

SESSIONS_OF_A_ROOM = 50  # the latest ones, among which those of whoever gives a command are looked for


async def addressed(
    event: CommandGiven,
    concerned: Sequence[str],
    context: Context,
    working: Mapping[str, Session],
    sessions: SessionRepository,
    platforms: Mapping[str, Platform],
) -> Sequence[tuple[str, CommandGiven]]:
    """The sessions that are to hear a command, each with the command as it is heard there.

    Args:
        concerned: the sessions that it concerns by where it was given.
        working: sessions as this batch has changed them, which are not on disk yet.
    """
    command = TABLE.get(event.command)
    everyone = [(key, event) for key in concerned]
    if command is None or event.session or event.about is not None:
        return everyone
    if command.community is not None or command.everywhere or not (concerned or command.finds):
        return everyone
    if any(seen == event.id for seen, _ in context.seen):
        return ()  # heard again, it could by now be about another session
    platform = platforms.get(event.channel.partition(":")[0])
    anywhere = platform is None or event.channel == event.private
    community = "" if platform is None or anywhere else platform.community(event.channel)
    held: list[Held] = []
    for key in _near(event, concerned, context):
        session = working.get(key) or await sessions.get(key)
        theirs = event.person.id in session.people or guides(session, event.person.id)
        near = anywhere or session.community == community or event.channel in session.channels
        if session.id and (key in concerned or (theirs and near)):
            held.append((session, await sessions.script(session.script)))
    return addresses(command, event, held) if held else ()


def _near(event: CommandGiven, concerned: Sequence[str], context: Context) -> Sequence[str]:
    """The sessions that may be meant: the one at home here, the others of this channel, those of whoever gives it."""
    here = (place.session for place in context.places.get(event.channel, ())[:SESSIONS_OF_A_ROOM])
    private = (place.session for place in context.places.get(event.private, ()))
    return list(dict.fromkeys((*concerned, *here, *private)))
