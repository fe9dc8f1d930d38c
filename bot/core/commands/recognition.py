"""Being recognised: roles and badges, by rule or given by a host; thanks and endorsements."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.commands.addressing import each_where, first_where, known, with_args
from bot.core.commands.command import (
    HIDDEN,
    Address,
    Choice,
    Command,
    Parameter,
    Typing,
    Who,
    may,
    one,
)
from bot.core.model.events import CommandGiven
from bot.core.model.session import guides
from bot.core.queries import find_person
from bot.core.recognition import rules, thanks
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views.recap import Held


def log(turn: Turn, event: CommandGiven) -> None:
    """Show hosts what was recognised."""
    rules.show_log(turn, event.person.id)


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
    what = event.args.get("what", "")
    if what.partition(":")[0].strip().isdecimal():  # a card's number
        endorse(turn, event)
    else:
        thanks.thank(turn, event.person.id, what)


def thanked(turn: Turn, event: CommandGiven) -> None:
    """Say where thanks may appear."""
    if not event.args.get("thanks", "").strip():
        thanks.thank(turn, event.person.id, "")
        return
    thanks.settle_own(turn, event.person.id, event.args.get("thanks", ""), event.args.get("how", ""))


def endorse(turn: Turn, event: CommandGiven) -> None:
    """Add a sentence to somebody's story."""
    thanks.endorse(turn, event.person.id, event.args.get("what", ""))


# -- which session is meant --------------------------------------------------------------------------


def _find_recognition(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """Where somebody earned or took what they name; without a name, here and wherever something is theirs."""
    how = event.args.get("how", "").strip().lower()
    if how in ("accept", "decline"):
        return first_where(_theirs)(event, held) or first_where(_listed)(event, held)
    person = event.person.id
    here = [each for each in held[:1] if each[1].recognition and not may(each[0], person, Who.MEMBER_OR_HOST)]
    others = [each for each in held[1:] if rules.standing(each[1], each[0], person)]
    return [(session.id, event) for session, _ in (*here, *others)]


def _theirs(held: Held, event: CommandGiven) -> bool:
    session, script = held
    named = event.args.get("which", "").strip().lower()
    for rule in script.recognition:
        pair = (event.person.id, rule.key)
        said = pair in session.proposed or pair in session.granted or pair in session.declined
        if named in ("", rule.key) and (said or rules.may_take(script, session, event.person.id, rule)):
            return True
    return False


def _listed(held: Held, event: CommandGiven) -> bool:
    named = event.args.get("which", "").strip().lower()
    return known(held, event) and any(rule.key == named for rule in held[1].recognition)


def _recognised_in(held: Held, event: CommandGiven) -> bool:
    return bool(held[0].recognitions) and guides(held[0], event.person.id)


def _by_host(held: Held, event: CommandGiven) -> bool:
    """True if the person whom a host names was there, and can be recognised as what is named."""
    session, script = held
    name, key = rules.named(event.args.get("who", ""))
    someone = find_person(session, name)
    there = someone is not None and any(rule.key == key for rule in script.recognition)
    return there and guides(session, event.person.id)


def _has_it(held: Held, event: CommandGiven) -> bool:
    """True if the person whom a host names has what is named."""
    name, key = rules.named(event.args.get("who", ""))
    someone = find_person(held[0], name)
    return someone is not None and (someone.id, key) in held[0].granted and guides(held[0], event.person.id)


def _looked_at(held: Held, event: CommandGiven) -> bool:
    return event.args.get("thanks", "").strip() in held[0].thanks and guides(held[0], event.person.id)


def _thanks_of(held: Held, event: CommandGiven) -> bool:
    """True if somebody gave or got the thanks that are named; any, if none are."""
    named = event.args.get("thanks", "").strip()
    return any(named in ("", given.id) for given in thanks.concerns(held[0], event.person.id))


def _find_thanks(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """Every session with thanks of or for somebody who asks for them; new thanks are given where they are now."""
    what = event.args.get("what", "").strip()
    if what.partition(":")[0].strip().isdecimal():
        return first_where(_story_there)(event, held)
    return () if what else each_where(_thanks_of)(event, held)


def _find_revoked(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    return first_where(_has_it)(event, held) or first_where(_by_host)(event, held)


def _story_there(held: Held, event: CommandGiven) -> bool:
    return known(held, event) and thanks.story_meant(held[1], held[0], event.args.get("what", "")) is not None


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


def _own(how: str, aliases: tuple[str, ...], help: str) -> Command:
    """A row for what somebody does with a recognition of their own."""

    def find(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
        return _find_recognition(with_args(event, how=how), held)

    return Command(
        name=f"my badges {how}",
        aliases=aliases,
        shown=HIDDEN,
        help=help,
        parameters=one("which", N_("such as storyteller"), required=False, proposals=_kinds),
        who=Who.MEMBER_OR_HOST,
        handler=lambda turn, event: rules.answer(turn, event.person.id, how, event.args.get("which", "")),
        finds=find,
    )


COMMANDS = (
    _own("accept", ("recognition take", "recognition accept"), N_("accept a recognition that you've earned")),
    _own("decline", ("recognition decline",), N_("turn down a recognition, or give it back")),
    _own("explain", ("recognition explain",), N_("see what a recognition is for")),
    Command(
        name="recognition list",
        aliases=("recognition",),
        help=N_("see what people here can be recognized for"),
        who=Who.MEMBER_OR_HOST,
        handler=lambda turn, event: rules.answer(turn, event.person.id, "", ""),
        finds=_find_recognition,
    ),
    Command(
        name="recognition log",
        help=N_("see who was recognized, and who did it"),
        who=Who.COMPANION,
        handler=log,
        finds=first_where(_recognised_in),
    ),
    Command(
        name="recognition give",
        aliases=(
            "recognise",
            "recognize",
        ),
        help=N_("give someone a recognition"),
        parameters=one("who", N_("their name, a colon, and as what"), proposals=_to_recognise),
        who=Who.COMPANION,
        handler=recognise,
        finds=first_where(_by_host),
    ),
    Command(
        name="recognition revoke",
        aliases=("revoke",),
        help=N_("take a recognition back, with a reason"),
        parameters=one("who", N_("their name, a colon, and what"), proposals=_to_revoke),
        who=Who.COMPANION,
        handler=revoke,
        finds=_find_revoked,
    ),
    Command(
        name="recognition approve",
        aliases=("nod",),
        help=N_("approve a thank-you, so it reaches the person"),
        parameters=(
            Parameter(name="thanks", help=N_("its number")),
            Parameter(name="how", help=N_("no, or such as asked-the-question"), required=False),
        ),
        who=Who.COMPANION,
        handler=nod,
        finds=first_where(_looked_at),
    ),
    Command(
        name="thanks",
        help=N_("thank someone for what they did"),
        parameters=one("what", N_("a name or a card's number, a colon, and your words"), required=False),
        handler=thank,
        finds=_find_thanks,
    ),
    Command(
        name="my thanks",
        aliases=("thanked",),
        help=N_("see and manage thanks from you and to you"),
        parameters=(
            Parameter(name="thanks", help=N_("its number under /my thanks"), required=False),
            Parameter(name="how", help=N_("name, anonymous, no, back, hide or show"), required=False),
        ),
        handler=thanked,
        finds=first_where(_thanks_of),
    ),
    Command(
        name="endorse",
        shown=HIDDEN,
        help=N_("add a sentence to someone's story"),
        parameters=one("what", N_("the card's number or its author, a colon, and your sentence")),
        handler=endorse,
        finds=first_where(_story_there),
    ),
)
