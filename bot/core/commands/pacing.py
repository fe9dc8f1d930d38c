"""The host sets the pace: on, back, more time, a break."""

from __future__ import annotations

from bot.core.commands.command import Command, Parameter, Who, not_now, one
from bot.core.model.cards import Button, Note
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.pacing import facilitation, live, multi_day
from bot.core.queries import a_moment_ago
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn

_ONWARD = N_("Go on from here")
MOST_MINUTES = 1440  # that a step can be given more


def move_on(turn: Turn, event: CommandGiven) -> None:
    """Go on; `leaving` names the moment that is left, so that two hosts pressing at once move one step."""
    session = turn.session
    leaving = event.args.get("leaving", "")
    if leaving:
        moved = leaving != str(session.moment)
    else:
        moved = _moved_just_now(turn)
    if moved:
        _tell_where(turn, event, Button(label=_ONWARD, command=f"workshop next {session.moment}"))
    elif session.over_days:
        multi_day.next_day(turn)
    else:
        facilitation.move(turn)


def _tell_where(turn: Turn, event: CommandGiven, *buttons: Button) -> None:
    """Say that the press came from a moment that is over, and where the workshop is now."""
    session, script = turn.session, turn.script
    step = script.step(session.step).title if session.step else script.title
    turn.tell(event.person.id, Note(text=messages.ALREADY_MOVED, values={"step": step}, buttons=buttons))


def _moved_just_now(turn: Turn) -> bool:
    """Whether the step, or the day, changed a moment ago: an order that names no moment is then the same one again."""
    session, state = turn.session, turn.session.current
    if session.over_days:
        return session.day > 1 and a_moment_ago(turn.now, session.day_at)
    return state is not None and a_moment_ago(turn.now, state.moved_at)


def _left(turn: Turn, event: CommandGiven) -> bool:
    """Whether a button was pressed in a moment that is over."""
    return event.args.get("leaving", "") not in ("", str(turn.session.moment))


def _back_already(turn: Turn, event: CommandGiven) -> bool:
    """Whether a step was opened once more only a moment ago, for an order that names no moment."""
    state = turn.session.current
    again = state is not None and not state.closed and len(state.visits) > 1
    return again and not event.args.get("leaving", "") and _moved_just_now(turn)


def undo(turn: Turn, event: CommandGiven) -> None:
    """Take the last move back."""
    if _left(turn, event):
        _tell_where(turn, event)
    else:
        facilitation.undo(turn, event.person.id)


def go_back(turn: Turn, event: CommandGiven) -> None:
    """Open the step before once more."""
    if turn.session.over_days:
        turn.tell(event.person.id, messages.ALL_OPEN)
    elif _left(turn, event) or _back_already(turn, event):
        _tell_where(turn, event)
    else:
        live.back(turn, event.person.id)


def extend(turn: Turn, event: CommandGiven) -> None:
    """Give the step more time."""
    if turn.session.over_days:
        turn.tell(event.person.id, messages.ALL_OPEN)
    else:
        minutes = min(int(event.args.get("minutes", "2")[:4]), MOST_MINUTES)
        live.extend(turn, minutes, event.person.id, event.args.get("ends", ""))


def pause(turn: Turn, event: CommandGiven) -> None:
    """Stand still."""
    if turn.session.paused:
        turn.tell(event.person.id, not_now(turn.session))
        return
    live.pause(turn, "host")
    turn.say(f"paused:{turn.session.version}", Note(text=messages.PAUSED))


def resume(turn: Turn, event: CommandGiven) -> None:
    """Go on after a pause."""
    if not turn.session.paused:
        turn.tell(event.person.id, not_now(turn.session))
        return
    live.resume(turn)
    if turn.session.over_days:
        multi_day.plan_next(turn)


RUNNING = (Phase.RUNNING,)
_LEAVING = one("leaving", "the visit that you leave; a second press is ignored", required=False, kind=int)
COMMANDS = (
    Command(
        name="workshop next",
        help=N_("go to the next step"),
        parameters=_LEAVING,
        who=Who.HOST,
        phases=RUNNING,
        handler=move_on,
    ),
    Command(
        name="workshop undo",
        help=N_("undo the last move, within 10 seconds"),
        parameters=_LEAVING,
        who=Who.HOST,
        phases=RUNNING,
        handler=undo,
    ),
    Command(
        name="workshop back",
        help=N_("reopen the previous step"),
        parameters=_LEAVING,
        who=Who.HOST,
        phases=RUNNING,
        handler=go_back,
    ),
    Command(
        name="workshop time",
        aliases=("workshop extend",),
        help=N_("add time to this step"),
        parameters=(
            Parameter(name="minutes", help=N_("how many"), required=False, kind=int),
            Parameter(name="ends", help="when it ends; a second press is ignored", required=False, kind=int),
        ),
        who=Who.HOST,
        phases=RUNNING,
        handler=extend,
    ),
    Command(
        name="workshop pause",
        help=N_("pause the workshop and its timer"),
        who=Who.HOST,
        phases=RUNNING,
        handler=pause,
    ),
    Command(name="workshop resume", help=N_("continue after a pause"), who=Who.HOST, handler=resume),
)
