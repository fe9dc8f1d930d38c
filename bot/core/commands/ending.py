"""Ending a session, and what hosts do with its recap and read about it."""

from __future__ import annotations

from bot.core import access
from bot.core.access import Act
from bot.core.commands.addressing import first_where, posted, under_review
from bot.core.commands.command import LIVE, Command, Who, one
from bot.core.model.cards import Note, Roster
from bot.core.model.effects import DeliverFile
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.model.session import guides, private_place
from bot.core.pacing import live, multi_day, recap_review, retention
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import Held

NO_PACK = N_("There is no pack yet: the session has to be over.")
DAYS, MOST_DAYS = "90", 3650  # that a report looks back


def close(turn: Turn, event: CommandGiven) -> None:
    """Close the lobby."""
    retention.close(turn)
    turn.say("lobby-closed", Note(text=messages.LOBBY_SHUT))


def end(turn: Turn, event: CommandGiven) -> None:
    """End the session with its recap."""
    if turn.session.over_days:
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
        help=N_("close the lobby; nothing has begun"),
        who=Who.COMPANION,
        phases=(Phase.LOBBY,),
        handler=close,
    ),
    Command(
        name="workshop end",
        help=N_("end the session now, with its recap"),
        who=Who.HOST,
        phases=LIVE,
        handler=end,
    ),
    Command(
        name="workshop publish",
        help=N_("post the recap now, before the review time is over"),
        who=Who.HOST,
        phases=(Phase.TAIL, Phase.REVIEW),
        handler=publish,
    ),
    Command(
        name="review draft",
        help=N_("the recap as it would be now; only you see it"),
        who=Who.COMPANION,
        handler=draft,
        finds=first_where(under_review),
    ),
    Command(
        name="review report",
        help=N_("one page of what was held here lately, and what came of it"),
        parameters=one("days", N_("over how many days; 90 if you say nothing"), required=False, kind=int),
        who=Who.COMPANION,
        handler=report,
    ),
    Command(
        name="review pack",
        help=N_("pictures, slides, worksheets to print and the recap in all its forms, as one file"),
        who=Who.COMPANION,
        handler=pack,
        finds=first_where(_packed),
    ),
    Command(
        name="review board",
        help=N_("the live board of this session, to show on a wall"),
        who=Who.COMPANION,
        handler=board,
    ),
    Command(
        name="review thread",
        help=N_("say in your own line what ran through it all; it stands at the head of the recap"),
        parameters=one("line", N_("the line; a number before it changes that one, no takes it away")),
        who=Who.COMPANION,
        handler=add_theme,
        finds=first_where(under_review),
    ),
    Command(
        name="review postpone",
        help=N_("hold the recap back until you publish it; the room is told why"),
        parameters=one("reason", N_("why, in a line")),
        who=Who.COMPANION,
        handler=postpone,
        finds=first_where(under_review),
    ),
    Command(
        name="workshop who",
        help=N_("who is here, and who has not answered yet"),
        who=Who.COMPANION,
        handler=who,
    ),
)
