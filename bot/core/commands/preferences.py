"""Preferences for taking part: the language, one question at a time, reminders, more time."""

from __future__ import annotations

from bot.core.commands.addressing import first_where, known
from bot.core.commands.answering import meant
from bot.core.commands.command import Command, Who, fixed, one
from bot.core.model.cards import Words
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase
from bot.core.pacing import clock, follow_ups
from bot.core.participants import membership, translation
from bot.core.text import messages
from bot.core.text.messages import N_, SPOKEN
from bot.core.turn import Turn
from bot.core.views.recap import Held


def glossary(turn: Turn, event: CommandGiven) -> None:
    """Explain the words of the workshop."""
    turn.tell(event.person.id, Words() if turn.script.glossary else messages.NO_GLOSSARY)


def language(turn: Turn, event: CommandGiven) -> None:
    """Read in another language what only one sees oneself."""
    translation.choose(turn, event.person.id, event.args.get("language", ""))


def one_by_one(turn: Turn, event: CommandGiven) -> None:
    """Be asked one question at a time."""
    membership.one_by_one(turn, event.person.id, event.args.get("how", "yes"))


def remind(turn: Turn, event: CommandGiven) -> None:
    """Be reminded once, over days."""
    follow_ups.remind(turn, event.person.id, event.args.get("how", "yes"))


def follow(turn: Turn, event: CommandGiven) -> None:
    """Be asked weeks later, or not."""
    follow_ups.wanted(turn, event.person.id, event.args.get("how", "yes"))


def more_time(turn: Turn, event: CommandGiven) -> None:
    """Ask for time to finish what one is writing."""
    if meant(turn, event) is not None:
        clock.still_writing(turn, event.person.id)


def _asks_later(held: Held, event: CommandGiven) -> bool:
    """True if somebody is asked later what became of what they did here."""
    return known(held, event) and held[0].phase is not Phase.CLOSED and bool(follow_ups.mine(held[1]))


_YES_OR_NO = one("how", N_("yes or no"), required=False, proposals=fixed("yes", "no"))
COMMANDS = (
    Command(
        name="glossary",
        help=N_("what the words of this workshop mean, in plain words"),
        who=Who.ANYONE,
        handler=glossary,
    ),
    Command(
        name="language",
        help=N_("read what only you see in another language, where the workshop has it"),
        parameters=one("language", N_("such as es"), proposals=fixed("en", *sorted(set(SPOKEN) - {"en"}))),
        handler=language,
    ),
    Command(
        name="onebyone",
        help=N_("be asked one question at a time, privately, in place of forms"),
        parameters=_YES_OR_NO,
        handler=one_by_one,
    ),
    Command(
        name="remind",
        help=N_("over days: be reminded once of what you have not answered, or not"),
        parameters=_YES_OR_NO,
        handler=remind,
    ),
    Command(
        name="follow",
        help=N_("say whether you may be asked, weeks later, what became of it"),
        parameters=_YES_OR_NO,
        handler=follow,
        finds=first_where(_asks_later),
    ),
    Command(name="writing", help=N_("ask for two more minutes to finish"), handler=more_time, replies=True),
)
