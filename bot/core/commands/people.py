"""Looking after people and what they say, as a host or companion."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.addressing import first_where, under_review
from bot.core.commands.answering import cards
from bot.core.commands.command import LIVE, OPEN, Address, Choice, Command, Typing, Who, one
from bot.core.model import facts as f
from bot.core.model.cards import Note
from bot.core.model.events import CommandGiven
from bot.core.pacing import facilitation
from bot.core.participants import membership, moderation
from bot.core.queries import a_moment_ago
from bot.core.steps import action_items, pair_wishes
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.core.turn import Turn
from bot.core.views.recap import Held


def remove(turn: Turn, event: CommandGiven) -> None:
    """Ask somebody to leave."""
    membership.remove(turn, event.args.get("name", ""), event.person.id)


def hold(turn: Turn, event: CommandGiven) -> None:
    """Hold a card back."""
    moderation.hold(turn, event.person.id, event.args.get("card", ""), on=True)


def release(turn: Turn, event: CommandGiven) -> None:
    """Let a card go that was held back."""
    moderation.hold(turn, event.person.id, event.args.get("card", ""), on=False)


def name_companion(turn: Turn, event: CommandGiven) -> None:
    """Let somebody help."""
    facilitation.companion(turn, event.args.get("name", ""), event.person.id)


def take_over(turn: Turn, event: CommandGiven) -> None:
    """Guide from here on."""
    facilitation.take_over(turn, event.person.id)


def name_contact(turn: Turn, event: CommandGiven) -> None:
    """Name somebody else whom people can turn to."""
    facilitation.name_contact(turn, event.args.get("name", ""), event.person.id)


def propose_owner(turn: Turn, event: CommandGiven) -> None:
    """Ask somebody to take on what a vote chose."""
    action_items.propose(turn, event.person.id, event.args.get("who", ""))


def keep_apart(turn: Turn, event: CommandGiven) -> None:
    """Never pair two people."""
    pair_wishes.keep_apart(turn, event.args.get("names", ""), event.person.id)


def say_line(turn: Turn, event: CommandGiven) -> None:
    """Say one of the script's lines for a difficult moment."""
    name = event.args.get("line", "").strip().lower()
    line = turn.script.rescue_lines.get(name)
    if line is None:
        names = ", ".join(turn.script.rescue_lines) or "-"
        turn.tell(event.person.id, messages.say(messages.NO_SUCH_LINE, there=names))
        return
    if a_moment_ago(turn.now, turn.session.lines.get(name)):
        turn.tell(event.person.id, messages.ALREADY_SO)
        return
    turn.fact(f.LineSaid(at=turn.now, name=name))
    turn.say(f"line:{turn.session.version}", Note(text=line, by=event.person.id))


def lock(turn: Turn, event: CommandGiven) -> None:
    """Let nobody new come in."""
    _set_lock(turn, event.person.id, locked=True)


def unlock(turn: Turn, event: CommandGiven) -> None:
    """Let people come in again."""
    _set_lock(turn, event.person.id, locked=False)


def _set_lock(turn: Turn, person: str, *, locked: bool) -> None:
    if turn.session.locked is not locked:
        turn.fact(f.DoorSet(at=turn.now, locked=locked))
        turn.tell_hosts(messages.DOOR[locked])
    else:
        turn.tell(person, messages.ALREADY_SO)


def _others(typing: Typing) -> Sequence[Choice]:
    people = typing.session.people.values() if typing.session else ()
    return [(other.name, other.id) for other in people if other.present and other.id != typing.person]


def _lines(typing: Typing) -> Sequence[Choice]:
    lines = typing.script.rescue_lines if typing.script and typing.session else {}
    return [(f"{name}: {line.replace('{host}', tr('You'))}", name) for name, line in lines.items()]


def _find_card(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """A number is that of a card here and now; a mark stands on the draft of a recap."""
    card = event.args.get("card", "").strip()
    return () if card.isdecimal() else first_where(lambda each, _: _on_draft(each, event, card))(event, held)


def _on_draft(held: Held, event: CommandGiven, card: str) -> bool:
    return card in held[0].answers and under_review(held, event)


_NAME = one("name", N_("their name here"), proposals=_others)
_CARD = one("card", N_("its number"), proposals=cards)
COMMANDS = (
    Command(
        name="workshop remove",
        help=N_("remove someone from the session"),
        parameters=_NAME,
        who=Who.COMPANION,
        handler=remove,
    ),
    Command(
        name="workshop hide",
        aliases=("workshop hold",),
        help=N_("hide a card (only its author is told)"),
        parameters=_CARD,
        who=Who.COMPANION,
        handler=hold,
        finds=_find_card,
    ),
    Command(
        name="workshop unhide",
        aliases=("workshop release",),
        help=N_("show a hidden card again"),
        parameters=_CARD,
        who=Who.COMPANION,
        handler=release,
        finds=_find_card,
    ),
    Command(
        name="workshop cohost",
        aliases=("workshop companion",),
        help=N_("make someone here a co-host"),
        parameters=_NAME,
        who=Who.HOST,
        phases=OPEN,
        handler=name_companion,
    ),
    Command(
        name="workshop takeover",
        help=N_("take over as host"),
        who=Who.COMPANION,
        phases=LIVE,
        handler=take_over,
    ),
    Command(
        name="workshop contact",
        help=N_("name a support contact besides the host"),
        parameters=_NAME,
        who=Who.COMPANION,
        phases=OPEN,
        handler=name_contact,
    ),
    Command(
        name="recap assign",
        aliases=("review owner",),
        help=N_("ask someone to do one of the group's ideas"),
        parameters=one("who", N_("its number and their name")),
        who=Who.COMPANION,
        handler=propose_owner,
    ),
    Command(
        name="workshop apart",
        help=N_("never pair these 2 people (only hosts know)"),
        parameters=one("names", N_("two names with a comma between")),
        who=Who.COMPANION,
        handler=keep_apart,
    ),
    Command(
        name="workshop say",
        aliases=("workshop rescue",),
        help=N_("post one of the ready-made lines"),
        parameters=one("line", N_("its name, such as silence, flood or heat"), proposals=_lines),
        who=Who.COMPANION,
        phases=LIVE,
        handler=say_line,
    ),
    Command(
        name="workshop lock",
        help=N_("let no one new join"),
        who=Who.COMPANION,
        phases=LIVE,
        handler=lock,
    ),
    Command(
        name="workshop unlock",
        help=N_("let people join again"),
        who=Who.COMPANION,
        phases=LIVE,
        handler=unlock,
    ),
)
