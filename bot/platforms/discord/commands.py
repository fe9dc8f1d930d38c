"""The commands of the one table as Discord wants them registered, and the values proposed while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.commands import COMMANDS, TABLE
from bot.core.commands.command import Choice, Command, Parameter, Shown, Typing
from bot.core.text import messages
from bot.core.text.wording import tr
from bot.platforms.discord import sentences
from bot.platforms.discord.components import short
from bot.render.i18n import catalogues, spoken

HELP = 100
NAME = 32
CHOICES = 25
SUBCOMMAND, STRING, INTEGER = 1, 3, 4  # kinds of options (Discord, Application commands)
MANAGE = 1 << 5  # Manage Server (Discord, Permissions)
ON_MESSAGE = 3  # a command in the menu of a message
CALLED = {"es": "es-ES"}  # Discord's names of languages, where they are not ours
GROUPS = {"workshop": sentences.GROUP_HELP, "review": sentences.REVIEW_HELP, "schedule": sentences.PLANS_HELP}
AS_ANSWER = "Use as my answer"


def payload(*, managed: bool = False) -> list[dict[str, Any]]:
    """All commands, for registering: a name of two words becomes a subcommand.

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
                {**_described(first, GROUPS.get(first, sentences.GROUP_HELP), called(first)), "options": []},
            )
            group["options"].append({**_option(command, second), "type": SUBCOMMAND})
        else:
            offered[first] = _option(command, first)
    for_everybody = {command.name.partition(" ")[0] for command in rows if not command.host}
    for name, fields in offered.items():
        fields["default_member_permissions"] = MANAGE if managed and name not in for_everybody else None
    commands = [
        {**fields, "type": 1, "contexts": [0, 1], "integration_types": [0]} for fields in offered.values()
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
    fields = {
        **_described(parameter.name, parameter.help, asked(parameter.name)),
        "type": INTEGER if parameter.kind is int else STRING,
        "required": _required(parameter),
    }
    if fields["type"] == STRING and parameter.proposals is not None:
        fields["autocomplete"] = True
    return fields


def called(word: str) -> str:
    """The key in the catalogues of a command word in their language."""
    return f"[command] {word}"


def asked(parameter: str) -> str:
    """The key in the catalogues of a command's parameter in their language."""
    return f"[part] {parameter}"


def _described(name: str, help: str, key: str) -> dict[str, Any]:
    descriptions = dict(_in_all(help))
    english = short(descriptions.pop("en"), HELP)
    names = {code: short(text, NAME) for code, text in _in_all(key) if text != key}
    return {
        "name": name,
        "name_localizations": names,
        "description": english,
        "description_localizations": {code: short(text, HELP) for code, text in descriptions.items()},
    }


def _in_all(text: str) -> Iterator[Choice]:
    for language in catalogues():
        with spoken(language):
            yield CALLED.get(language, language), tr(text)


def same(ours: Any, theirs: Any) -> bool:
    """True if Discord has what we would register; it leaves out what is empty, and adds fields of its own."""
    if isinstance(ours, Mapping):
        theirs = theirs if isinstance(theirs, Mapping) else {}
        return all(same(value, theirs.get(key)) for key, value in ours.items())
    if isinstance(ours, Sequence) and not isinstance(ours, str):
        listed = theirs if isinstance(theirs, Sequence) else []
        return len(ours) == len(listed) and all(map(same, ours, listed))
    return bool(
        ours == theirs or (not ours and not theirs) or str(ours) == theirs
    )  # permissions come back as text


def registered(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> bool:
    """True if exactly these commands are registered."""
    listed = {(command["name"], command.get("type", 1)): command for command in theirs}
    return len(ours) == len(listed) and all(same(o, listed.get((o["name"], o["type"]))) for o in ours)


def parse_data(data: Mapping[str, Any]) -> tuple[str, dict[str, str], str]:
    """The data of a command interaction: its name, its arguments, and the parameter that is being typed."""
    name, options = str(data.get("name", "")), list(data.get("options") or [])
    if options and options[0].get("type") == SUBCOMMAND:
        name, options = f"{name} {options[0]['name']}", list(options[0].get("options") or [])
    args = {str(option["name"]): str(option.get("value", "")) for option in options}
    return name, args, next((str(option["name"]) for option in options if option.get("focused")), "")


def opens_form(name: str, args: Mapping[str, str]) -> bool:
    """True if a command was given without an argument that a form asks for."""
    command = TABLE.get(name)
    return command is not None and any(
        parameter.form and not args.get(parameter.name) for parameter in command.parameters
    )


def proposals(command: str, parameter: str, typing: Typing) -> list[Choice]:
    """The values that fit what somebody has typed of a parameter so far, at most 25."""
    fitting = TABLE.proposals(command, parameter, typing)
    return [(short(shown, HELP), sent) for shown, sent in fitting if len(sent) <= HELP][:CHOICES]
