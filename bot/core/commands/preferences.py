"""Preferences for taking part: the language, one question at a time, reminders, more time."""

from __future__ import annotations

from bot.core.commands.addressing import first_where, known
from bot.core.commands.answering import meant
from bot.core.commands.command import HIDDEN, Command, Who, fixed, one
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
        name="help words",
        aliases=("glossary",),
        shown=HIDDEN,
        help=N_("explain the words of this workshop"),
        who=Who.ANYONE,
        handler=glossary,
    ),
    Command(
        name="my settings language",
        aliases=("language",),
        shown=HIDDEN,
        help=N_("choose the language of your private messages"),
        parameters=one("language", N_("such as es"), proposals=fixed("en", *sorted(set(SPOKEN) - {"en"}))),
        handler=language,
    ),
    Command(
        name="my settings one-by-one",
        aliases=("onebyone",),
        shown=HIDDEN,
        help=N_("get one question at a time, privately"),
        parameters=_YES_OR_NO,
        handler=one_by_one,
    ),
    Command(
        name="my settings reminders",
        aliases=("remind",),
        shown=HIDDEN,
        help=N_("get a reminder of open questions, or not"),
        parameters=_YES_OR_NO,
        handler=remind,
    ),
    Command(
        name="my settings follow-up",
        aliases=("follow",),
        shown=HIDDEN,
        help=N_("get asked later how it went, or not"),
        parameters=_YES_OR_NO,
        handler=follow,
        finds=first_where(_asks_later),
    ),
    Command(
        name="more",
        aliases=("writing",),
        shown=HIDDEN,
        help=N_("ask for 2 more minutes"),
        handler=more_time,
        replies=True,
    ),
)
