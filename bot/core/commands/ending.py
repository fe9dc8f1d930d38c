"""Ending a session, and what hosts do with its recap and read about it."""

from __future__ import annotations

from bot.core import access
from bot.core.access import Act
from bot.core.commands.addressing import first_where, posted, under_review
from bot.core.commands.command import HIDDEN, LIVE, Command, Who, one
from bot.core.model.cards import Note, Roster
from bot.core.model.effects import DeliverFile
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.session import guides, private_place
from bot.core.pacing import live, multi_day, recap_review, retention
from bot.core.queries import was_held
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import Held

NO_PACK = N_("There's nothing to download until the session has ended.")
DAYS, MOST_DAYS = "90", 3650  # that a report looks back


def close(turn: Turn, event: CommandGiven) -> None:
    """Close the lobby."""
    retention.close(turn)
    turn.say("lobby-closed", Note(text=messages.LOBBY_SHUT))


def end(turn: Turn, event: CommandGiven) -> None:
    """End the session with its recap; of a lobby there is none, so it is closed."""
    if not was_held(turn.session):
        close(turn, event)
    elif turn.session.over_days:
        multi_day.end(turn)
    else:
        live.finish(turn)


def publish(turn: Turn, event: CommandGiven) -> None:
    """Post the recap now."""
    live.publish(turn)


def draft(turn: Turn, event: CommandGiven) -> None:
    """Show the recap as it would be now."""
    recap_review.draft(turn, event.person.id)


def report(turn: Turn, event: CommandGiven) -> None:
    """Give a page of what was held here lately."""
    days = min(int(event.args.get("days", "")[:4] or DAYS), MOST_DAYS)
    _deliver(turn, event, "report", f"{turn.session.community} {days}")


def pack(turn: Turn, event: CommandGiven) -> None:
    """Give the recap in all its forms, as one file; of a session that goes on there is none."""
    if access.allowed(turn.session, event.person.id, Act.PACK):
        _deliver(turn, event, "pack", turn.session.id)
    else:
        turn.tell(event.person.id, NO_PACK)


def board(turn: Turn, event: CommandGiven) -> None:
    """Give the live board, to show on a wall."""
    _deliver(turn, event, "board", turn.session.id)


def _deliver(turn: Turn, event: CommandGiven, what: str, of: str) -> None:
    person, name = event.person.id, f"{what}:{turn.because}"
    turn.effects.append(DeliverFile(place=private_place(person), person=person, name=name, what=what, of=of))


def add_theme(turn: Turn, event: CommandGiven) -> None:
    """Put a line of one's own at the head of the recap."""
    recap_review.add_theme(turn, event.person.id, event.args.get("line", ""))


def postpone(turn: Turn, event: CommandGiven) -> None:
    """Hold the recap back."""
    recap_review.hold(turn, event.person.id, event.args.get("reason", ""))


def who(turn: Turn, event: CommandGiven) -> None:
    """Show the people who are here, and those who have not answered."""
    turn.tell(event.person.id, Roster())


def _packed(held: Held, event: CommandGiven) -> bool:
    """True if a session has a recap to take along."""
    return under_review(held, event) or (posted(held, event) and guides(held[0], event.person.id))


COMMANDS = (
    Command(
        name="workshop close",
        shown=HIDDEN,
        help=N_("close the lobby without starting"),
        who=Who.COMPANION,
        phases=(Phase.LOBBY,),
        handler=close,
    ),
    Command(
        name="workshop end",
        help=N_("end the session and prepare the recap"),
        who=Who.HOST,
        phases=LIVE,
        handler=end,
    ),
    Command(
        name="recap publish",
        aliases=("workshop publish",),
        help=N_("post the recap now"),
        who=Who.HOST,
        phases=(Phase.TAIL, Phase.REVIEW),
        handler=publish,
    ),
    Command(
        name="recap preview",
        aliases=("review draft",),
        help=N_("see today's recap (only you see it)"),
        who=Who.COMPANION,
        handler=draft,
        finds=first_where(under_review),
    ),
    Command(
        name="recap summary",
        aliases=("review report",),
        help=N_("get a 1-page summary of recent workshops"),
        parameters=one("days", N_("how many days back (90 if you leave it out)"), required=False, kind=int),
        who=Who.COMPANION,
        handler=report,
    ),
    Command(
        name="recap download",
        aliases=("review pack",),
        help=N_("download the recap, pictures and worksheets"),
        who=Who.COMPANION,
        handler=pack,
        finds=first_where(_packed),
    ),
    Command(
        name="workshop screen",
        aliases=("review board",),
        help=N_("get the link for a big screen"),
        who=Who.COMPANION,
        handler=board,
    ),
    Command(
        name="recap theme",
        aliases=("review thread",),
        help=N_("add a theme at the top of the recap"),
        parameters=one("line", N_("your line (add a number to change that one, no to remove it)")),
        who=Who.COMPANION,
        handler=add_theme,
        finds=first_where(under_review),
    ),
    Command(
        name="recap delay",
        aliases=("review postpone",),
        help=N_("delay the recap until you post it"),
        parameters=one("reason", N_("a short reason")),
        who=Who.COMPANION,
        handler=postpone,
        finds=first_where(under_review),
    ),
    Command(
        name="workshop panel",
        aliases=("workshop who",),
        help=N_("see who is here and who has answered"),
        who=Who.COMPANION,
        handler=who,
    ),
)
