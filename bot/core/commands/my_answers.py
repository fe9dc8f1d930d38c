"""One's own answers and data: to read, share, change, take back and erase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.commands.addressing import first_where, known, with_args
from bot.core.commands.command import (
    HIDDEN,
    Address,
    Choice,
    Command,
    Handler,
    Parameter,
    Typing,
    Who,
    fixed,
    one,
)
from bot.core.model.effects import DeliverFile
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Share
from bot.core.model.session import Answer, Session, private_place
from bot.core.participants import membership
from bot.core.recognition import badge_options
from bot.core.steps import answers, changes
from bot.core.steps.copies import show_words
from bot.core.text import messages
from bot.core.text.messages import N_
from bot.core.turn import Turn
from bot.core.views import participant
from bot.core.views.recap import Held


def _own(turn: Turn, event: CommandGiven) -> Answer | None:
    """The answer that a command names; without one the person is told that there is none."""
    which = event.args.get("answer", "")
    answer = participant.find_mine(turn.session, event.person.id, which)
    if answer is None:
        turn.tell(event.person.id, messages.say(messages.NO_SUCH_ANSWER, which=which[:20]))
    elif answer.withdrawn:
        turn.tell(event.person.id, messages.BACK_ALREADY)
        return None
    return answer


def _meanings(person: str, which: str, held: Sequence[Held]) -> Sequence[tuple[Session, str]]:
    """The answers, each with its session, that a number may mean: several if the count moved on since it was shown.

    A number counts through the answers of all sessions, those of the newest one first. A card that somebody was
    shown counts as it did then.
    """
    theirs = [(session, session.authored[person]) for session, _ in held if person in session.authored]
    named = [(session, which) for session, keys in theirs if which in keys]
    if named or not which.isdecimal():
        return named[:1]
    number, first, found = int(which[:6]), 1, []
    for session, keys in theirs:
        participant = session.people.get(person)
        shown = [participant.card_first or 1] if participant is not None and participant.card else []
        for start in {first, *shown}:
            if start <= number < start + len(keys):
                found.append((session, keys[number - start]))
        first += len(keys)
    return [each for n, each in enumerate(found) if each not in found[:n]]


def _find_answer(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """The session of the answer that is named by its number."""
    found = _meanings(event.person.id, event.args.get("answer", ""), held)
    if len(found) > 1:
        return _find_words(with_args(event, what="", anew="yes"), held)
    return [(session.id, with_args(event, answer=answer)) for session, answer in found]


def _find_words(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """Every session in which somebody has something to show, each counting on from the one before it."""
    person, first, found = event.person.id, 1, []
    shown = replace(event, command="my answers", args={**event.args, "what": "", "how": ""})
    for session, script in held:
        if participant.mine(script, session, person):
            found.append((session.id, with_args(shown, first=str(first))))
        first += len(session.authored.get(person, ()))
    if len(found) == 1 and found[0][1].args["first"] == "1":
        return [(found[0][0], with_args(shown, first=""))]
    return [found[0], *((id, with_args(each, anew="")) for id, each in found[1:])] if found else ()


def _find_mine(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
    """The session that one of the things in `MY` is for."""
    what, _, rest = _said(event).partition(" ")
    match what.lower():
        case "" | "words":
            found = _find_words(event, held)
        case "sheet":
            found = _find_words(event, held)[:1]
            found = [(id, event) for id, _ in found]
        case "badges" if rest.strip():
            found = first_where(_has_badge)(with_args(event, which=rest.strip().partition(" ")[2]), held)
        case _:
            found = ()
    return found or first_where(known)(event, held)


def _said(event: CommandGiven) -> str:
    return f"{event.args.get('what', '')} {event.args.get('how', '')}".strip()


def _has_badge(held: Held, event: CommandGiven) -> bool:
    session, script = held
    theirs = [
        rule.key
        for rule in script.recognition
        if (event.person.id, rule.key) in session.granted and rule.badge
    ]
    return bool(theirs) and event.args["which"].strip() in ("", *theirs)


def share(turn: Turn, event: CommandGiven) -> None:
    """Decide where an answer may appear."""
    answer = _own(turn, event)
    how = event.args.get("how", "").strip().lower()
    if answer is None:
        return
    how = "companion" if how in ("cohost", "co-host") else how
    if how in {option.value for option in Share}:
        changes.share(turn, answer, Share(how))
    else:
        turn.tell(event.person.id, messages.HOW_SHARE)


def film(turn: Turn, event: CommandGiven) -> None:
    """Decide whether an answer may be in the short film."""
    answer = _own(turn, event)
    if answer is not None:
        changes.film(turn, answer, on=event.args.get("how", "").strip().lower() not in ("no", "off"))


def change(turn: Turn, event: CommandGiven) -> None:
    """Change an answer; a platform with fields names the field."""
    answer = _own(turn, event)
    if answer is not None:
        answers.change(turn, answer, event.args.get("field", ""), event.args.get("text", ""))


def withdraw(turn: Turn, event: CommandGiven) -> None:
    """Take an answer back."""
    answer = _own(turn, event)
    if answer is None:
        return
    changes.withdraw(turn, answer)
    if answer.source:
        changes.take_down(turn, answer)
    turn.tell(event.person.id, messages.BACK_WORDS)


def forget(turn: Turn, event: CommandGiven) -> None:
    """Erase everything that somebody wrote."""
    how = membership.forgotten_how(event.args)
    if how is None:
        turn.tell(event.person.id, messages.FORGET_HOW)
    else:
        membership.forget(turn, event.person.id, keep_badges="badges" in how, quiet="again" in how)


# -- /my and what stands behind it -----------------------------------------------------------------


def my(turn: Turn, event: CommandGiven) -> None:
    """Show somebody what they said here; with any other word, what there is under `/my`."""
    _explain(turn, event) if _said(event) else _words(turn, event)


def settings(turn: Turn, event: CommandGiven) -> None:
    """Say what somebody can set for themselves."""
    turn.tell(event.person.id, messages.SETTINGS)


def _explain(turn: Turn, event: CommandGiven) -> None:
    turn.tell(event.person.id, messages.MY_HOW)


def _words(turn: Turn, event: CommandGiven) -> None:
    if event.args.get("anew"):
        turn.tell(event.person.id, messages.COUNTED_ANEW)
    first = event.args.get("first", "")
    show_words(turn, event.person.id, int(first[:6]) if first.isdecimal() else 0)


def _file(turn: Turn, event: CommandGiven) -> None:
    person, what = event.person.id, event.args["what"]
    name = f"{what}:{turn.because}"
    turn.effects.append(DeliverFile(place=private_place(person), person=person, name=name, what=what))


def _badges(turn: Turn, event: CommandGiven) -> None:
    badge_options.mine(turn, event.person.id, event.args["how"])


def _name(turn: Turn, event: CommandGiven) -> None:
    membership.rename(turn, event.person.id, event.args["how"])


def _of_mine(
    name: str,
    what: str,
    help: str,
    who: Who,
    handler: Handler,
    *,
    aliases: tuple[str, ...] = (),
    how: str = "",
) -> Command:
    """A row for one of the things that somebody has here."""

    def find(event: CommandGiven, held: Sequence[Held]) -> Sequence[Address]:
        return _find_mine(with_args(event, what=what), held)

    def handle(turn: Turn, event: CommandGiven) -> None:
        handler(turn, with_args(event, what=what, how=event.args.get("how", "")))

    parameters = one("how", how, required=False) if how else ()
    return Command(
        name=name, aliases=aliases, help=help, parameters=parameters, who=who, handler=handle, finds=find
    )


def _answers(typing: Typing) -> Sequence[Choice]:
    if typing.script is None or typing.session is None:
        return ()
    found: list[Choice] = []
    first = 1
    for session, script in typing.held or ((typing.session, typing.script),):
        items = participant.mine(script, session, typing.person, first)
        found += [(f"{item.number}. {item.title}", str(item.number)) for item in items]
        first += len(session.authored.get(typing.person, ()))
    return found


_ITS_NUMBER = Parameter(name="answer", help=N_("its number under /my answers"), proposals=_answers)
COMMANDS = (
    Command(
        name="my",
        shown=HIDDEN,
        help=N_("see and manage your answers"),
        parameters=(
            Parameter(
                name="what",
                help=N_("answers, edit, delete, share, badges, settings, data or erase"),
                required=False,
            ),
            Parameter(name="how", help=N_("what comes after it"), required=False),
        ),
        handler=my,
        finds=_find_mine,
    ),
    _of_mine(
        "my answers",
        "",
        N_("see your answers, and edit, share or delete them"),
        Who.MEMBER,
        _words,
        aliases=("my words",),
    ),
    Command(
        name="my share",
        aliases=("my consent", "share"),
        help=N_("choose what goes into the recap"),
        parameters=(
            _ITS_NUMBER,
            Parameter(
                name="how", help=N_("name, anonymous or no"), proposals=fixed("name", "anonymous", "no")
            ),
        ),
        handler=share,
        finds=_find_answer,
    ),
    Command(
        name="my video",
        aliases=("film",),
        help=N_("choose what goes into the video"),
        parameters=(_ITS_NUMBER, Parameter(name="how", help=N_("yes or no"), required=False)),
        handler=film,
        finds=_find_answer,
    ),
    Command(
        name="my edit",
        aliases=("my change", "change"),
        help=N_("edit one of your answers"),
        parameters=(_ITS_NUMBER, Parameter(name="text", help=N_("the new text"))),
        handler=change,
        finds=_find_answer,
    ),
    Command(
        name="my delete",
        aliases=("my withdraw", "withdraw"),
        help=N_("delete one of your answers"),
        parameters=(_ITS_NUMBER,),
        who=Who.KNOWN,
        handler=withdraw,
        finds=_find_answer,
    ),
    _of_mine(
        "my badges",
        "badges",
        N_("see your badges and what they show"),
        Who.MEMBER_OR_HOST,
        _badges,
        how=N_("name, story, link, bare, publish, hide or remove, and which badge"),
    ),
    _of_mine("my name", "name", N_("change your name here"), Who.MEMBER, _name, how=N_("your new name")),
    _of_mine(
        "my copy",
        "sheet",
        N_("get a printable copy of your answers"),
        Who.MEMBER,
        _file,
        aliases=("my sheet",),
    ),
    _of_mine("my data", "data", N_("download everything that's stored about you"), Who.KNOWN, _file),
    Command(
        name="my settings",
        help=N_("time zone, language, reminders and follow-up"),
        parameters=(
            Parameter(
                name="what",
                help=N_("time-zone, language, reminders, follow-up or one-by-one"),
                required=False,
                proposals=fixed("time-zone", "language", "reminders", "follow-up", "one-by-one"),
            ),
            Parameter(
                name="how",
                help=N_("such as Europe/Lisbon, es, yes or no"),
                required=False,
                proposals=fixed("yes", "no"),
            ),
        ),
        who=Who.ANYONE,
        handler=settings,
    ),
    Command(
        name="my erase",
        aliases=(
            "my forget",
            "forget",
        ),
        help=N_("erase your name and everything you wrote"),
        parameters=one("me", N_("the word confirm, or confirm keep badges"), required=False),
        who=Who.ANYONE,  # who is in no session has given a name, or said that they come
        handler=forget,
        everywhere=True,
    ),
)
