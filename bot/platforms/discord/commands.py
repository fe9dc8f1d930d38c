"""The commands of the one table as Discord wants them, and what it proposes while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.commands import COMMANDS, TABLE
from bot.core.commands.command import Choice, Command, Parameter, Shown, Typing
from bot.core.text import messages
from bot.core.text.messages import tr
from bot.platforms.discord.components import short
from bot.render.i18n import catalogues, spoken

HELP = 100
NAME = 32
CHOICES = 25
SUBCOMMAND, STRING, INTEGER = 1, 3, 4  # kinds of options (Discord, Application commands)
MANAGE = 1 << 5  # Manage Server (Discord, Permissions)
ON_MESSAGE = 3  # a command in the menu of a message
CALLED = {"es": "es-ES"}  # Discord's names of languages, where they are not ours
GROUPS = {"workshop": messages.GROUP_HELP, "review": messages.REVIEW_HELP, "schedule": messages.PLANS_HELP}
AS_ANSWER = "Use as my answer"


def payload(*, managed: bool = False) -> list[dict[str, Any]]:
    """All commands, for registering: words of two parts become a command with parts.

    Args:
        managed: hosts are those who manage the server, so what only hosts may do is shown to these alone, until a
            server says otherwise (Server Settings, Integrations).
    """
    offered: dict[str, dict[str, Any]] = {}
    rows = [command for command in COMMANDS if Shown.REGISTERED in command.shown]
    for command in rows:
        first, _, second = command.name.partition(" ")
        if second:
            group = offered.setdefault(
                first,
                {**_described(first, GROUPS.get(first, messages.GROUP_HELP), called(first)), "options": []},
            )
            group["options"].append({**_option(command, second), "type": SUBCOMMAND})
        else:
            offered[first] = _option(command, first)
    everybodys = {command.name.partition(" ")[0] for command in rows if not command.host}
    for name, each in offered.items():
        each["default_member_permissions"] = MANAGE if managed and name not in everybodys else None
    commands = [
        {**each, "type": 1, "contexts": [0, 1], "integration_types": [0]} for each in offered.values()
    ]
    names = {code: short(text, NAME) for code, text in _in_all(messages.AS_ANSWER) if code != "en"}
    menu = {"name": AS_ANSWER, "name_localizations": names, "type": ON_MESSAGE}
    return [*commands, {**menu, "contexts": [0], "integration_types": [0]}]


def _option(command: Command, name: str) -> dict[str, Any]:
    parameters = sorted(command.parameters, key=lambda p: not _required(p))
    return {
        **_described(name, command.help, called(name)),
        "options": [_parameter(p) for p in parameters],
    }


def _required(parameter: Parameter) -> bool:
    return parameter.required and not parameter.form  # without words it opens the form


def _parameter(parameter: Parameter) -> dict[str, Any]:
    made = {
        **_described(parameter.name, parameter.help, asked(parameter.name)),
        "type": INTEGER if parameter.kind is int else STRING,
        "required": _required(parameter),
    }
    if made["type"] == STRING and parameter.proposals is not None:
        made["autocomplete"] = True
    return made


def called(word: str) -> str:
    """Under what the catalogues keep what a word of a command is called in their language."""
    return f"[command] {word}"


def asked(parameter: str) -> str:
    """Under what they keep what one of its parts is called."""
    return f"[part] {parameter}"


def _described(name: str, help: str, kept: str) -> dict[str, Any]:
    said = dict(_in_all(help))
    english = short(said.pop("en"), HELP)
    names = {code: short(text, NAME) for code, text in _in_all(kept) if text != kept}
    return {
        "name": name,
        "name_localizations": names,
        "description": english,
        "description_localizations": {code: short(text, HELP) for code, text in said.items()},
    }


def _in_all(text: str) -> Iterator[Choice]:
    for language in catalogues():
        with spoken(language):
            yield CALLED.get(language, language), tr(text)


def same(ours: Any, theirs: Any) -> bool:
    """Whether Discord has what we would register; it leaves out what is empty, and adds what is its own."""
    if isinstance(ours, Mapping):
        theirs = theirs if isinstance(theirs, Mapping) else {}
        return all(same(value, theirs.get(key)) for key, value in ours.items())
    if isinstance(ours, Sequence) and not isinstance(ours, str):
        there = theirs if isinstance(theirs, Sequence) else []
        return len(ours) == len(there) and all(map(same, ours, there))
    return bool(
        ours == theirs or (not ours and not theirs) or str(ours) == theirs
    )  # rights come back as text


def registered(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> bool:
    """Whether all commands are registered as they are, and no others."""
    there = {(each["name"], each.get("type", 1)): each for each in theirs}
    return len(ours) == len(there) and all(same(o, there.get((o["name"], o["type"]))) for o in ours)


def given(data: Mapping[str, Any]) -> tuple[str, dict[str, str], str]:
    """A command as somebody gave it: its name, what was said with it, and what is being typed just now."""
    name, options = str(data.get("name", "")), list(data.get("options") or [])
    if options and options[0].get("type") == SUBCOMMAND:
        name, options = f"{name} {options[0]['name']}", list(options[0].get("options") or [])
    args = {str(each["name"]): str(each.get("value", "")) for each in options}
    return name, args, next((str(each["name"]) for each in options if each.get("focused")), "")


def opens_form(name: str, args: Mapping[str, str]) -> bool:
    """Whether a command was given without what a form asks for."""
    command = TABLE.get(name)
    return command is not None and any(each.form and not args.get(each.name) for each in command.parameters)


def proposals(name: str, asked: str, typing: Typing) -> list[Choice]:
    """What may be meant by what somebody has typed so far, at most 25."""
    fitting = TABLE.proposals(name, asked, typing)
    return [(short(shown, HELP), sent) for shown, sent in fitting if len(sent) <= HELP][:CHOICES]
