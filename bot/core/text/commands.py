"""Every command, once. Discord registers slash commands from this table; Matrix and the web room
parse the same words; the list in the README is generated from it (`scripts/docs`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from difflib import get_close_matches

from bot.core.model.records import record
from bot.core.text.messages import N_, tr


@record
class Parameter:
    """One thing to say after a command; the last one of a command takes the rest of the line."""

    name: str
    help: str
    kind: type[str] | type[int] = str
    required: bool = True
    named: bool = False  # typed anywhere as name:value, or name:"several words"


@record
class Command:
    """A command: its words, what it does in one line, and whether only hosts may give it."""

    name: str
    help: str
    host: bool = False
    parameters: tuple[Parameter, ...] = ()


def _one(
    name: str, help: str, required: bool = True, kind: type[str] | type[int] = str
) -> tuple[Parameter, ...]:
    return (Parameter(name=name, help=help, required=required, kind=kind),)


COMMANDS: tuple[Command, ...] = (
    Command(name="join", help=N_("take part in the workshop of this room")),
    Command(name="read", help=N_("read along: nobody waits for you, and you are welcome")),
    Command(name="leave", help=N_("leave the workshop; what you wrote stays yours")),
    Command(name="now", help=N_("what is open, how long, and your answer so far")),
    Command(name="answer", help=N_("answer what is open"), parameters=_one("text", N_("your answer"))),
    Command(
        name="pick",
        help=N_("tap by typing: the numbers of your choice, or one for each line of a scale"),
        parameters=_one("numbers", N_("such as 2, or 1 3, or 3 4 ? 2 where ? is: can't tell")),
    ),
    Command(
        name="react",
        help=N_("answer a card of a gallery with a sign, or take the sign away"),
        parameters=(
            Parameter(name="card", help=N_("its number")),
            Parameter(name="sign", help=N_("one of the signs that the gallery names")),
        ),
    ),
    Command(name="whole", help=N_("read a long card whole"), parameters=_one("card", N_("its number"))),
    Command(
        name="report",
        help=N_("say that a card should be looked at; the host and the second contact hear of it"),
        parameters=_one("card", N_("its number"), required=False),
    ),
    Command(
        name="pair",
        help=N_("say how you would like to talk when pairs are made: someone, three or alone"),
        parameters=_one("how", N_("someone, three or alone")),
    ),
    Command(name="partner", help=N_("change your partner; nobody is told who asked")),
    Command(
        name="for",
        help=N_("in a call: type what somebody else said; it counts when they say so"),
        parameters=_one("what", N_("their name, a colon, and what they said")),
    ),
    Command(
        name="approve",
        help=N_("what was typed for you is yours"),
        parameters=_one("offer", N_("which, if there are several"), required=False),
    ),
    Command(
        name="decline",
        help=N_("what was typed for you is not yours"),
        parameters=_one("offer", N_("which, if there are several"), required=False),
    ),
    Command(name="pass", help=N_("let this question go by")),
    Command(name="catchup", help=N_("the first open question that waits for you")),
    Command(name="park", help=N_("keep a good point for later"), parameters=_one("text", N_("the point"))),
    Command(name="glossary", help=N_("what the words of this workshop mean, in plain words")),
    Command(
        name="language",
        help=N_("read what only you see in another language, where the workshop has it"),
        parameters=_one("language", N_("such as es")),
    ),
    Command(
        name="onebyone",
        help=N_("be asked one question at a time, privately, in place of forms"),
        parameters=_one("how", N_("yes or no"), required=False),
    ),
    Command(
        name="remind",
        help=N_("over days: be reminded once of what you have not answered, or not"),
        parameters=_one("how", N_("yes or no"), required=False),
    ),
    Command(
        name="follow",
        help=N_("say whether you may be asked, weeks later, what became of it"),
        parameters=_one("how", N_("yes or no"), required=False),
    ),
    Command(name="writing", help=N_("ask for two more minutes to finish")),
    Command(
        name="recognition",
        help=N_("what you can be recognised for; take it or decline it"),
        parameters=(
            Parameter(name="how", help=N_("take, decline or explain; hosts also log"), required=False),
            Parameter(name="which", help=N_("such as storyteller"), required=False),
        ),
    ),
    Command(
        name="recognise",
        help=N_("recognise somebody by hand; it is theirs if they take it"),
        host=True,
        parameters=_one("who", N_("their name, a colon, and as what")),
    ),
    Command(
        name="revoke",
        help=N_("take a recognition back; its owner is told"),
        host=True,
        parameters=_one("who", N_("their name, a colon, and what")),
    ),
    Command(
        name="nod",
        help=N_("let thanks go on to who is thanked, and recognise them if you say as what"),
        host=True,
        parameters=(
            Parameter(name="thanks", help=N_("its number")),
            Parameter(name="how", help=N_("no, or such as asked-the-question"), required=False),
        ),
    ),
    Command(
        name="thanks",
        help=N_("thank somebody for what they did; alone: the thanks of yours and for you"),
        parameters=_one("what", N_("their name, a colon, and what they did"), required=False),
    ),
    Command(
        name="thanked",
        help=N_("say where thanks of yours may stand, take them back, or hide what was said of you"),
        parameters=(
            Parameter(name="thanks", help=N_("its number under /thanks")),
            Parameter(name="how", help=N_("name, anonymous, no or back; hide or show"), required=False),
        ),
    ),
    Command(
        name="endorse",
        help=N_("add one sentence to somebody's story; they are told, and can hide it"),
        parameters=_one("what", N_("the card's number or the teller, a colon, and your sentence")),
    ),
    Command(
        name="my",
        help=N_("what you wrote, and every hand on it: sheet, data, badges, consent, withdraw, name, forget"),
        parameters=(
            Parameter(
                name="what",
                help=N_("words, sheet, data, badges, consent, withdraw, name or forget"),
                required=False,
            ),
            Parameter(
                name="how",
                help=N_("such as 1 name; of a badge: name, story, link, bare, publish, hide or remove"),
                required=False,
            ),
        ),
    ),
    Command(
        name="share",
        help=N_("decide where one of your answers may appear: name, anonymous or no"),
        parameters=(
            Parameter(name="answer", help=N_("its number under /my")),
            Parameter(name="how", help=N_("name, anonymous or no")),
        ),
    ),
    Command(
        name="film",
        help=N_("say whether one of your answers may be in the short film, too"),
        parameters=(
            Parameter(name="answer", help=N_("its number under /my")),
            Parameter(name="how", help=N_("yes or no"), required=False),
        ),
    ),
    Command(
        name="change",
        help=N_("change one of your answers"),
        parameters=(
            Parameter(name="answer", help=N_("its number under /my")),
            Parameter(name="text", help=N_("the new words")),
        ),
    ),
    Command(
        name="withdraw",
        help=N_("take one of your answers back"),
        parameters=_one("answer", N_("its number under /my")),
    ),
    Command(
        name="forget",
        help=N_("erase everything you wrote here, in every workshop; say: /forget me"),
        parameters=_one("me", N_("the word me; me keep badges, if your badges should stay"), required=False),
    ),
    Command(
        name="take",
        help=N_("take on what a vote chose; alone: what there is"),
        parameters=(
            Parameter(name="which", help=N_("its number"), required=False),
            Parameter(name="days", help=N_("the days until it is done; no gives it back"), required=False),
        ),
    ),
    Command(
        name="progress",
        help=N_("say how far it is what you took on"),
        parameters=_one("how", N_("its number, done, started, later or dropped, a colon and a line")),
    ),
    Command(name="privacy", help=N_("what is kept of you, for how long, and who can read it")),
    Command(name="helpme", help=N_("reach the host privately")),
    Command(
        name="recap",
        help=N_("where to read the recap"),
        parameters=_one("session", N_("the session's id, if it is not the latest"), required=False),
    ),
    Command(name="help", help=N_("these commands")),
    Command(
        name="workshop start",
        help=N_("open a workshop in this room"),
        host=True,
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle")),
            Parameter(
                name="how",
                help=N_("such as 60, async (over days), call (beside a call), many (communities)"),
                required=False,
            ),
        ),
    ),
    Command(name="workshop try", help=N_("try a workshop alone, three minutes, with a made-up cast")),
    Command(name="workshop list", help=N_("the workshops that can be started here")),
    Command(
        name="workshop room",
        help=N_("let the workshop span one more room, before it begins"),
        host=True,
        parameters=_one("channel", N_("the other room, such as web:garden")),
    ),
    Command(name="workshop begin", help=N_("end the lobby and ask the first question"), host=True),
    Command(
        name="workshop next",
        help=N_("go on to the next step"),
        host=True,
        parameters=_one(
            "leaving", "the visit that you leave; a second press is ignored", required=False, kind=int
        ),
    ),
    Command(name="workshop undo", help=N_("take the last move back, within ten seconds"), host=True),
    Command(name="workshop back", help=N_("open the step before once more, for additions"), host=True),
    Command(
        name="workshop extend",
        help=N_("give this step more time"),
        host=True,
        parameters=_one("minutes", N_("how many"), required=False, kind=int),
    ),
    Command(name="workshop pause", help=N_("stand still; no timer counts"), host=True),
    Command(name="workshop resume", help=N_("go on after a pause"), host=True),
    Command(
        name="workshop remove",
        help=N_("ask somebody to leave; their unshown words stay unshown"),
        host=True,
        parameters=_one("name", N_("their name here")),
    ),
    Command(
        name="workshop hold",
        help=N_("hold a card back; its author is told privately"),
        host=True,
        parameters=_one("card", N_("its number")),
    ),
    Command(
        name="workshop release",
        help=N_("let a card go that was held back"),
        host=True,
        parameters=_one("card", N_("its number")),
    ),
    Command(
        name="workshop companion",
        help=N_("let somebody who is here help you: they see the panel and can take over"),
        host=True,
        parameters=_one("name", N_("their name here")),
    ),
    Command(name="workshop takeover", help=N_("guide from here on (hosts and companions)"), host=True),
    Command(
        name="workshop contact",
        help=N_("name somebody who is not the host, for help and reports"),
        host=True,
        parameters=_one("name", N_("their name here")),
    ),
    Command(
        name="review owner",
        help=N_("ask somebody whether they take on what a vote chose"),
        host=True,
        parameters=_one("who", N_("its number and their name")),
    ),
    Command(
        name="workshop apart",
        help=N_("never pair these two; only hosts know"),
        host=True,
        parameters=_one("names", N_("two names with a comma between")),
    ),
    Command(
        name="workshop rescue",
        help=N_("let the bot say one of the script's lines for a difficult moment"),
        host=True,
        parameters=_one("line", N_("its name, such as silence, flood or heat")),
    ),
    Command(name="workshop lock", help=N_("let nobody new come in"), host=True),
    Command(name="workshop unlock", help=N_("open the door again"), host=True),
    Command(name="workshop close", help=N_("close the lobby; nothing has begun"), host=True),
    Command(name="workshop end", help=N_("end the session now, with its recap"), host=True),
    Command(
        name="workshop publish", help=N_("post the recap now, before the review time is over"), host=True
    ),
    Command(name="review draft", help=N_("the recap as it would be now; only you see it"), host=True),
    Command(
        name="review report",
        help=N_("one page of what was held here lately, and what came of it"),
        host=True,
        parameters=_one("days", N_("over how many days; 90 if you say nothing"), required=False, kind=int),
    ),
    Command(
        name="review pack",
        help=N_("pictures, slides, worksheets to print and the recap in all its forms, as one file"),
        host=True,
    ),
    Command(
        name="review board",
        help=N_("the live board of this session, to show on a wall"),
        host=True,
    ),
    Command(
        name="review thread",
        help=N_("say in your own line what ran through it all; it stands at the head of the recap"),
        host=True,
        parameters=_one("line", N_("the line; a number before it changes that one, no takes it away")),
    ),
    Command(
        name="review postpone",
        help=N_("hold the recap back until you publish it; the room is told why"),
        host=True,
        parameters=_one("reason", N_("why, in a line")),
    ),
    Command(name="workshop who", help=N_("who is here, and who has not answered yet"), host=True),
)

_PLAN = Parameter(name="plan", help=N_("its name; /schedule list shows the names"))
_ITS = Parameter(name="plan", help=N_("its name, if several are planned here"), required=False)
_OF_ALL = Parameter(name="which", help=N_("this or all"), required=False, named=True)
COMMANDS += (
    Command(
        name="coming",
        help=N_("say whether you come to what is planned"),
        parameters=(Parameter(name="how", help=N_("yes, maybe, reading or no; remind or quiet")), _ITS),
    ),
    Command(
        name="needs",
        help=N_("tell the hosts, and nobody else, what helps you to take part in what is planned"),
        parameters=_one("text", N_("a few words; they are deleted after the session")),
    ),
    Command(
        name="zone",
        help=N_("the time zone in which you are told times"),
        parameters=_one("zone", N_("such as Europe/Lisbon"), required=False),
    ),
    Command(
        name="calendar", help=N_("addresses for your calendar app: what you come to, and all that is planned")
    ),
    Command(
        name="schedule add",
        help=N_("plan a workshop or a series; you are shown what was understood before anything is planned"),
        host=True,
        parameters=(
            Parameter(name="workshop", help=N_("such as first-circle, or a series")),
            Parameter(
                name="when", help=N_("such as: next Tuesday 7pm, or every second Tuesday 7pm until 1 June")
            ),
            Parameter(
                name="repeat",
                help=N_("such as: weekly, or monthly third Thursday"),
                required=False,
                named=True,
            ),
            Parameter(
                name="zone",
                help=N_("where the clocks hang, such as Europe/Lisbon"),
                required=False,
                named=True,
            ),
            Parameter(name="how", help=N_("such as 60, async, call or many"), required=False, named=True),
            Parameter(name="rooms", help=N_("other rooms that it spans"), required=False, named=True),
            Parameter(
                name="cap",
                help=N_("how many can take part; others wait for a place"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="fewest",
                help=N_("with fewer people you are asked first"),
                required=False,
                named=True,
                kind=int,
            ),
            Parameter(
                name="days", help=N_("between the parts of a series"), required=False, named=True, kind=int
            ),
            Parameter(
                name="begin", help=N_("ask: you are asked before it begins"), required=False, named=True
            ),
        ),
    ),
    Command(name="schedule list", help=N_("what is planned here"), host=True),
    Command(
        name="schedule show", help=N_("one plan, who comes and what they need"), host=True, parameters=(_ITS,)
    ),
    Command(
        name="schedule move",
        help=N_("another time, for the next one or for all"),
        host=True,
        parameters=(
            _PLAN,
            _OF_ALL,
            Parameter(name="when", help=N_("the new time, such as next Tuesday 7pm"), required=False),
        ),
    ),
    Command(name="schedule skip", help=N_("let the next one fall out"), host=True, parameters=(_ITS,)),
    Command(
        name="schedule pause", help=N_("nothing begins until you resume it"), host=True, parameters=(_ITS,)
    ),
    Command(name="schedule resume", help=N_("go on after a pause"), host=True, parameters=(_ITS,)),
    Command(
        name="schedule cancel",
        help=N_("the next one, or all of them, do not take place"),
        host=True,
        parameters=(_ITS, _OF_ALL),
    ),
    Command(
        name="schedule confirm",
        help=N_("yes, it is understood as you mean it"),
        host=True,
        parameters=(_PLAN,),
    ),
    Command(name="schedule drop", help=N_("no, plan nothing"), host=True, parameters=(_PLAN,)),
    Command(
        name="schedule choose",
        help=N_("answer a question about the time"),
        host=True,
        parameters=(_PLAN, Parameter(name="option", help=N_("its number"))),
    ),
    Command(
        name="schedule check",
        help=N_("tick something of your list for the day before"),
        host=True,
        parameters=(_PLAN, Parameter(name="item", help=N_("example, companion, contact or room"))),
    ),
    Command(
        name="schedule companion",
        help=N_("name who helps you, of those who come"),
        host=True,
        parameters=(_PLAN, Parameter(name="name", help=N_("their name"))),
    ),
    Command(
        name="schedule contact",
        help=N_("name whom people can turn to beside you, of those who come"),
        host=True,
        parameters=(_PLAN, Parameter(name="name", help=N_("their name"))),
    ),
    Command(name="schedule here", help=N_("you are there, and it can begin"), host=True, parameters=(_ITS,)),
    Command(name="schedule begin", help=N_("begin now"), host=True, parameters=(_ITS,)),
    Command(name="schedule wait", help=N_("wait ten minutes more"), host=True, parameters=(_ITS,)),
)

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}


@record
class Parsed:
    """A command as somebody typed it; or, if it is none, the sentence that says so."""

    command: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    near: bool = False  # with a fault: it was, or nearly was, one of our commands


def parse(line: str, mark: str = "/") -> Parsed | None:
    """The command that this line gives, None if it is plain talk.

    A near miss answers with the command that was probably meant.
    """
    if not line.startswith(mark) or len(line) == len(mark):
        return None
    words = line[len(mark) :].strip().split(maxsplit=2)
    if not words:
        return None
    two = " ".join(words[:2]).lower()
    name = two if two in BY_NAME else words[0].lower()
    command = BY_NAME.get(name)
    if command is None:
        near = get_close_matches(two, BY_NAME, 1) or get_close_matches(name, BY_NAME, 1)
        hint = (
            tr("Did you mean {what}?", what=mark + near[0])
            if near
            else tr("{help} lists them.", help=f"{mark}help")
        )
        return Parsed(
            fault=f"{tr('There is no command {name}.', name=mark + name[:40])} {hint}", near=bool(near)
        )
    rest = line[len(mark) :].strip()
    for _word in name.split():
        rest = rest.partition(" ")[2].lstrip(" ") if " " in rest else ""
    args: dict[str, str] = {}
    rest, named = _named(command, rest)
    in_order = [parameter for parameter in command.parameters if not parameter.named]
    for n, parameter in enumerate((*in_order, *(each for each in command.parameters if each.named))):
        last = n == len(in_order) - 1
        if parameter.named:
            given = named.get(parameter.name, "")
        else:
            given, _mark, after = (rest, "", "") if last else rest.partition(" ")
            rest = after.lstrip()
        given = given if last else given.strip()
        if given.strip():
            if parameter.kind is int and not given.strip().isdecimal():
                return Parsed(
                    fault=tr(
                        "{command} takes a whole number for {what}: {help}.",
                        command=mark + name,
                        what=parameter.name,
                        help=tr(parameter.help),
                    ),
                    near=True,
                )
            args[parameter.name] = given.strip() if parameter.kind is int else given
        elif parameter.required:
            return Parsed(
                fault=tr(
                    "{command} needs {what}: {help}.",
                    command=mark + name,
                    what=parameter.name,
                    help=tr(parameter.help),
                ),
                near=True,
            )
    return Parsed(command=name, args=args)


_GIVEN = re.compile(r"""(?<!\S)(\w+):(?:"([^"]*)"|(\S+))""")


def _named(command: Command, line: str) -> tuple[str, dict[str, str]]:
    """The line without what is given by name, and that."""
    names = {parameter.name for parameter in command.parameters if parameter.named}
    found: dict[str, str] = {}
    if not names:
        return line, found

    def take(match: re.Match[str]) -> str:
        if match.group(1).lower() not in names:
            return match.group()
        found[match.group(1).lower()] = match.group(2) or match.group(3) or ""
        return ""

    return " ".join(_GIVEN.sub(take, line).split()), found


def table(mark: str = "/", host: bool = True) -> str:
    """The commands as Markdown lines, those for participants first."""
    lines = []
    for command in sorted(COMMANDS, key=lambda c: c.host):
        if command.host and not host:
            continue
        words = " ".join(
            f"<{p.name}>" if p.required else f"[{p.name}:…]" if p.named else f"[{p.name}]"
            for p in command.parameters
        )
        usage = f"{mark}{command.name} {words}".rstrip()
        host_only = f" ({tr('host')})" if command.host else ""
        lines.append(f"- `{usage}`: {tr(command.help)}{host_only}")
    return "\n".join(lines)
