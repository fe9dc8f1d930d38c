"""Being recognised: roles and badges, by rule or given by a host; thanks and endorsements."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.command import Choice, Command, Parameter, Typing, Who, fixed, one
from bot.core.model.events import CommandGiven
from bot.core.recognition import rules, thanks
from bot.core.text.messages import N_
from bot.core.turn import Turn


def recognition(turn: Turn, event: CommandGiven) -> None:
    """Take what one earned, decline it, or ask what there is."""
    rules.answer(turn, event.person.id, event.args.get("how", ""), event.args.get("which", ""))


def recognise(turn: Turn, event: CommandGiven) -> None:
    """Recognise somebody, as a host."""
    rules.by_host(turn, event.person.id, event.args.get("who", ""), on=True)


def revoke(turn: Turn, event: CommandGiven) -> None:
    """Take a recognition back, as a host."""
    rules.by_host(turn, event.person.id, event.args.get("who", ""), on=False)


def nod(turn: Turn, event: CommandGiven) -> None:
    """Let thanks reach who is thanked, as a host."""
    rules.nod(turn, event.person.id, event.args.get("thanks", ""), event.args.get("how", ""))


def thank(turn: Turn, event: CommandGiven) -> None:
    """Thank somebody, or see the thanks there are."""
    thanks.thank(turn, event.person.id, event.args.get("what", ""))


def thanked(turn: Turn, event: CommandGiven) -> None:
    """Say where thanks may appear."""
    thanks.settle_own(turn, event.person.id, event.args.get("thanks", ""), event.args.get("how", ""))


def endorse(turn: Turn, event: CommandGiven) -> None:
    """Add a sentence to somebody's story."""
    thanks.endorse(turn, event.person.id, event.args.get("what", ""))


def _kinds(typing: Typing) -> Sequence[Choice]:
    return [(rule.name, rule.key) for rule in typing.script.recognition] if typing.script else ()


def _to_recognise(typing: Typing) -> Sequence[Choice]:
    """Everybody here, with each thing they can be recognised as."""
    script, names = typing.script, _names(typing)
    rules = script.recognition if script else ()
    return [_person_and(name, rule.key) for name in names.values() for rule in rules]


def _to_revoke(typing: Typing) -> Sequence[Choice]:
    """Everybody here, with each thing they were recognised as."""
    names = _names(typing)
    granted = sorted(typing.session.granted) if typing.session else ()
    return [_person_and(names[id], key) for id, key in granted if id in names]


def _names(typing: Typing) -> dict[str, str]:
    """The people of a session by id, for its hosts: what somebody was recognised as is theirs to show."""
    session = typing.session
    if session is None or (typing.person not in session.hosts and typing.person != session.guide):
        return {}
    return {id: person.name for id, person in session.people.items() if person.name}


def _person_and(name: str, key: str) -> Choice:
    return (f"{name}: {key}", f"{name}: {key}")


COMMANDS = (
    Command(
        name="recognition",
        help=N_("what you can be recognised for; take it or decline it"),
        parameters=(
            Parameter(
                name="how",
                help=N_("take, decline or explain; hosts also log"),
                required=False,
                proposals=fixed("take", "decline", "explain", "log"),
            ),
            Parameter(name="which", help=N_("such as storyteller"), required=False, proposals=_kinds),
        ),
        who=Who.MEMBER_OR_HOST,
        handler=recognition,
    ),
    Command(
        name="recognise",
        help=N_("recognise somebody by hand; it is theirs if they take it"),
        parameters=one("who", N_("their name, a colon, and as what"), proposals=_to_recognise),
        who=Who.COMPANION,
        handler=recognise,
    ),
    Command(
        name="revoke",
        help=N_("take a recognition back; its owner is told"),
        parameters=one("who", N_("their name, a colon, and what"), proposals=_to_revoke),
        who=Who.COMPANION,
        handler=revoke,
    ),
    Command(
        name="nod",
        help=N_("let thanks go on to who is thanked, and recognise them if you say as what"),
        parameters=(
            Parameter(name="thanks", help=N_("its number")),
            Parameter(name="how", help=N_("no, or such as asked-the-question"), required=False),
        ),
        who=Who.COMPANION,
        handler=nod,
    ),
    Command(
        name="thanks",
        help=N_("thank somebody for what they did; alone: the thanks of yours and for you"),
        parameters=one("what", N_("their name, a colon, and what they did"), required=False),
        handler=thank,
    ),
    Command(
        name="thanked",
        help=N_("say where thanks of yours may stand, take them back, or hide what was said of you"),
        parameters=(
            Parameter(name="thanks", help=N_("its number under /thanks")),
            Parameter(name="how", help=N_("name, anonymous, no or back; hide or show"), required=False),
        ),
        handler=thanked,
    ),
    Command(
        name="endorse",
        help=N_("add one sentence to somebody's story; they are told, and can hide it"),
        parameters=one("what", N_("the card's number or the teller, a colon, and your sentence")),
        handler=endorse,
    ),
)
