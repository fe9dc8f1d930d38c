"""Commands as a table: looked up by name, parsed from a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from difflib import get_close_matches
from typing import Generic, TypeVar

from bot.core.commands.command import Choice, Command, Parameter, Shown, Typing
from bot.core.model.events import CommandGiven, Event
from bot.core.model.records import record
from bot.core.text.messages import N_
from bot.core.text.wording import Sentence, sentence

WORDS = 3  # of the longest name of a command
SOME = 5  # commands of a group that are named where somebody gives its first word alone
WHICH_OF = N_("{name} needs one more word, such as {some}.")
NO_SUCH = N_("I don't know {name}.")
NOT_A_NUMBER = N_("{command} takes a whole number for {what}: {help}.")
NEAR = N_("Did you mean {what}?")
HELP_LISTS = N_("To see all commands: {help}")
NEARLY = 0.7  # how alike a word is to a command that is probably meant; /shrug is not /share
NEEDED = N_("{command} needs {what}: {help}.")
C = TypeVar("C", bound=Command)


@record
class Parsed:
    """A command as someone typed it; or, if it is none, the sentences that say so."""

    command: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    fault: tuple[Sentence, ...] = ()
    near: bool = False  # with a fault: it was, or nearly was, one of our commands
    old: str = ""  # the word of an earlier release that was typed, where it was one


class CommandTable(Generic[C]):
    """Commands in the order in which they are listed; those of several layers are put together by adding them up."""

    def __init__(self, commands: Iterable[C]) -> None:
        self.commands = tuple(commands)
        self.names = {command.name: command for command in self.commands}
        self._aliases = {alias: command for command in self.commands for alias in command.aliases}
        self._by_word = {**self._aliases, **self.names}
        self._typed = {
            name: command for name, command in self._by_word.items() if Shown.TYPED in command.shown
        }

    def get(self, name: str) -> C | None:
        """The command of this name, or of an older or shorter one."""
        return self._by_word.get(name)

    def event(self, given: CommandGiven) -> Event:
        """The event that a command is: to come in is one of its own, most are commands and no more."""
        command = self.get(given.command)
        return given if command is None or command.event is None else command.event(given)

    def edited(self, line: str, mark: str = "/") -> str:
        """The words of an answer in a message that was edited: without the command that gives them, if one does."""
        parsed = self.parse(line, mark)
        if parsed is None or parsed.fault or not self.names[parsed.command].edits:
            return line
        return next(iter(parsed.args.values()), "")

    def parse(self, line: str, mark: str = "/") -> Parsed | None:
        """The command that this line gives, None if it is plain talk.

        A near miss answers with the command that was probably meant.
        """
        if not line.startswith(mark) or len(line) == len(mark):
            return None
        words = line[len(mark) :].strip().split(maxsplit=WORDS)
        if not words:
            return None
        two = " ".join(words[:2]).lower()
        longest = (" ".join(words[:n]).lower() for n in range(WORDS, 1, -1))
        name = next((name for name in longest if name in self._typed), words[0].lower())
        command = self._typed.get(name)
        group = name in self._aliases and any(other.startswith(f"{name} ") for other in self.names)
        if command is None or (group and len(words) > 1):  # the second word was meant to be that of a command
            return self._unknown(name, two, mark)
        rest = line[len(mark) :].strip()
        for _word in name.split():
            rest = rest.partition(" ")[2].lstrip(" ") if " " in rest else ""
        parsed = _with_args(command, rest, mark)
        old = name in self._aliases and not command.name.startswith(name)
        return replace(parsed, old=name) if old and not parsed.fault else parsed

    def filled(self, line: str, fields: Mapping[str, str]) -> Parsed:
        """The command that a line without a mark gives, with what came in fields apart from it."""
        parsed = self.parse(f"/{line}") or Parsed(fault=(sentence(NO_SUCH, name=line),))
        if parsed.fault and line in self._typed:
            parsed = Parsed(command=self._typed[line].name)  # what it lacks is in the fields
        return parsed if parsed.fault else replace(parsed, args={**parsed.args, **fields})

    def _unknown(self, name: str, two: str, mark: str) -> Parsed:
        names = [typed_name for typed_name in self.names if typed_name in self._typed]
        group = [each for each in names if each.startswith(f"{name} ")]
        if group and two == name:
            some = ", ".join(mark + each for each in group[:SOME])
            said = sentence(WHICH_OF, name=mark + name, some=some)
            return Parsed(fault=(said, sentence(HELP_LISTS, help=f"{mark}help")), near=True)
        name = two if group else name
        near = get_close_matches(two, names, 1, NEARLY) or get_close_matches(name, names, 1, NEARLY)
        hint = sentence(NEAR, what=mark + near[0]) if near else sentence(HELP_LISTS, help=f"{mark}help")
        return Parsed(fault=(sentence(NO_SUCH, name=mark + name[:40]), hint), near=bool(near))

    def resolved(self, name: str, args: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
        """The command and arguments that are really meant, however they were given.

        An older word stands for the command of today; `/help host` and `/help` with the topic *host* are one; and a
        command that opens another if it is given something (`Command.with_words`) is that other one.
        """
        command = self.get(name)
        if command is None:
            return name, args
        if command.with_words and any(value.strip() for value in args.values()):
            return command.with_words, args
        words = " ".join(args.get(parameter.name, "") for parameter in command.parameters).strip()
        first, _, rest = words.partition(" ")
        meant = self._by_word.get(f"{command.name} {first.lower()}") if first else None
        if meant is None:
            return command.name, args
        return meant.name, _with_args(meant, rest.strip(), "/").args

    def proposals(self, name: str, parameter: str, typing: Typing) -> list[Choice]:
        """The values of a parameter that fit the part of it that somebody has typed so far."""
        command = self.get(name)
        parameters = {row.name: row for row in command.parameters} if command else {}
        asked = parameters.get(parameter)
        meant = self.get(
            self.resolved(name, typing.args)[0]
        )  # /my settings time-zone, and what one may say to it
        if meant is not None and meant is not command and parameter != next(iter(parameters), ""):
            asked = next(iter(meant.parameters), asked)
        if asked is None or asked.proposals is None:
            return []
        typed = typing.args.get(parameter, "").casefold()
        return [
            (shown, sent)
            for shown, sent in asked.proposals(typing)
            if typed in shown.casefold() or typed in sent.casefold()
        ]


def _with_args(command: Command, rest: str, mark: str) -> Parsed:
    """A command with what was typed after its name."""
    args: dict[str, str] = {}
    rest, named = _named(command, rest)
    in_order = [parameter for parameter in command.parameters if not parameter.named]
    by_name = [parameter for parameter in command.parameters if parameter.named]
    for n, parameter in enumerate((*in_order, *by_name)):
        last = n == len(in_order) - 1
        if parameter.named:
            given = named.get(parameter.name, "")
        else:
            given, _mark, after = (rest, "", "") if last else rest.partition(" ")
            rest = after.lstrip()
        given = given if last else given.strip()
        if given.strip():
            if parameter.kind is int and not given.strip().isdecimal():
                return _fault(command, parameter, mark, NOT_A_NUMBER)
            args[parameter.name] = given.strip() if parameter.kind is int else given
        elif parameter.required:
            return _fault(command, parameter, mark, NEEDED)
    return Parsed(command=command.name, args=args)


def _fault(command: Command, parameter: Parameter, mark: str, key: str) -> Parsed:
    fault = sentence(key, command=mark + command.name, what=parameter.name, help=sentence(parameter.help))
    return Parsed(fault=(fault,), near=True)


_NAMED = re.compile(r"""(?<!\S)(\w+):\s?(?:"([^"]*)"|(\S+))""")


def _named(command: Command, line: str) -> tuple[str, dict[str, str]]:
    """The line without what is given by name, and that."""
    names = {parameter.name for parameter in command.parameters if parameter.named}
    given: dict[str, str] = {}
    if not names:
        return line, given

    def take(match: re.Match[str]) -> str:
        if match.group(1).lower() not in names:
            return match.group()
        given[match.group(1).lower()] = match.group(2) or match.group(3) or ""
        return ""

    for parameter in command.parameters:
        if parameter.named and parameter.words:
            until = rf"(?=\s+(?:{'|'.join(names)}):|\s*$)"
            line = re.sub(
                rf"(?<!\S)({parameter.name}):\s*(?!\s|\")()(.+?){until}", take, line, flags=re.IGNORECASE
            )
    return " ".join(_NAMED.sub(take, line).split()), given
