"""Finding one's way: what is kept of people, help, and where the recap is."""

from __future__ import annotations

from bot.core.commands.addressing import first_where, posted
from bot.core.commands.command import Command, CommunityOutcome, CommunityRequest, Who, one
from bot.core.model.cards import Help, RecapReady
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.session import guides
from bot.core.participants import membership
from bot.core.text import messages
from bot.core.text.messages import N_, say
from bot.core.turn import Turn

PRIVACY = N_(
    "**What is kept of you**: the name that you gave, what you write and tap in a workshop, what you allow; where you "
    "said that you come, until it has begun; your badges. Nobody is quoted without their yes; silence means that you "
    "are counted, and numbers below four are not shown. What you do not share is erased {days} days after the end.\n\n"
    "Whoever runs this bot can read its database, also what is private. /my shows, changes or takes back what is "
    "yours; /my data gives you all of it; /my forget me erases it everywhere."
)
PRIVACY_FOR_EVER = N_(
    "**What is kept of you**: the name that you gave, what you write and tap in a workshop, what you allow; where you "
    "said that you come, until it has begun; your badges. Nobody is quoted without their yes; silence means that you "
    "are counted, and numbers below four are not shown. It is kept until you take it back.\n\n"
    "Whoever runs this bot can read its database, also what is private. /my shows, changes or takes back what is "
    "yours; /my data gives you all of it; /my forget me erases it everywhere."
)


def privacy(request: CommunityRequest) -> CommunityOutcome:
    """Say what is kept, for how long, and who can read it."""
    days = request.times.keep_days
    return request.reply(say(PRIVACY, days=days) if days else say(PRIVACY_FOR_EVER))


def ask_host(turn: Turn, event: CommandGiven) -> None:
    """Reach the host privately."""
    membership.ask_help(turn, event.person.id)


def recap(turn: Turn, event: CommandGiven) -> None:
    """Say where the recap can be read."""
    posted = turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    turn.tell(event.person.id, RecapReady() if posted else messages.RECAP_LATER)


def help(turn: Turn, event: CommandGiven) -> None:
    """List the commands that somebody can give."""
    turn.tell(event.person.id, Help(host=guides(turn.session, event.person.id)))


COMMANDS = (
    Command(
        name="privacy",
        help=N_("what is kept of you, for how long, and who can read it"),
        who=Who.ANYONE,
        community=privacy,
    ),
    Command(name="helpme", help=N_("reach the host privately"), who=Who.KNOWN, handler=ask_host),
    Command(
        name="recap",
        help=N_("where to read the recap"),
        parameters=one("session", N_("the session's id, if it is not the latest"), required=False),
        who=Who.ANYONE,
        handler=recap,
        finds=first_where(posted),
    ),
    Command(name="help", help=N_("these commands"), who=Who.ANYONE, handler=help),
)
