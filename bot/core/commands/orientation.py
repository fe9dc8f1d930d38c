"""Finding one's way: what is kept of people, help, and where the recap is."""

from __future__ import annotations

from bot.core.commands.addressing import first_where, posted
from bot.core.commands.command import HIDDEN, Command, CommunityOutcome, CommunityRequest, Who, fixed, one
from bot.core.model.cards import Help, Notice, RecapReady
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.session import guides
from bot.core.participants import membership
from bot.core.text import messages
from bot.core.text.messages import N_, say
from bot.core.turn import Turn

PRIVACY = N_(
    "**What's stored about you**: your name here, your answers and ratings, your choices, "
    "your RSVPs until the session starts, and your badges. I quote you only if you say "
    "yes. Results show how many, never who. Anything you don't share is deleted {days} days "
    "after the workshop.\n\nThe person who runs this bot could technically read the "
    "database, private answers included. To see, download or erase your data: /my data"
)
PRIVACY_FOR_EVER = N_(
    "**What's stored about you**: your name here, your answers and ratings, your choices, "
    "your RSVPs until the session starts, and your badges. I quote you only if you say "
    "yes. Results show how many, never who. I keep it until you delete it.\n\nThe person who "
    "runs this bot could technically read the database, private answers included. To see, "
    "download or erase your data: /my data"
)


def privacy(request: CommunityRequest) -> CommunityOutcome:
    """Say what is kept, for how long, and who can read it."""
    days = request.times.keep_days
    return request.reply(say(PRIVACY, days=days) if days else say(PRIVACY_FOR_EVER))


def details(turn: Turn, event: CommandGiven) -> None:
    """Say who reads what in this workshop, whole."""
    turn.tell(event.person.id, Notice(details=True))


def ask_host(turn: Turn, event: CommandGiven) -> None:
    """Reach the host privately."""
    membership.ask_help(turn, event.person.id)


def recap(turn: Turn, event: CommandGiven) -> None:
    """Say where the recap can be read."""
    posted = turn.session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    turn.tell(event.person.id, RecapReady() if posted else messages.RECAP_LATER)


def help(turn: Turn, event: CommandGiven) -> None:
    """List the commands that somebody can give."""
    every = event.args.get("topic", "").strip().lower() == "commands"
    turn.tell(event.person.id, Help(host=guides(turn.session, event.person.id), every=every))


TOPICS = ("host", "privacy", "details", "words", "commands")
COMMANDS = (
    Command(
        name="help privacy",
        aliases=("privacy",),
        shown=HIDDEN,
        help=N_("see what's stored about you, and who can read it"),
        who=Who.ANYONE,
        community=privacy,
    ),
    Command(
        name="help details",
        shown=HIDDEN,
        help=N_("see who reads what in this workshop"),
        who=Who.ANYONE,
        handler=details,
    ),
    Command(
        name="help host",
        aliases=("helpme",),
        shown=HIDDEN,
        help=N_("message the host privately"),
        who=Who.KNOWN,
        handler=ask_host,
    ),
    Command(
        name="recap show",
        aliases=("my recaps", "recap"),
        help=N_("see where to read the recap"),
        parameters=one("session", N_("the session's id, for an earlier one"), required=False),
        who=Who.ANYONE,
        handler=recap,
        finds=first_where(posted),
    ),
    Command(
        name="help",
        help=N_("get help, or message the host privately"),
        parameters=one(
            "topic",
            N_("host, privacy, details, words or commands"),
            required=False,
            proposals=fixed(*TOPICS),
        ),
        who=Who.ANYONE,
        handler=help,
    ),
)
