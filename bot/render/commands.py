"""Commands as a list to read: on one screen, or each in a line of its own."""

from __future__ import annotations

from bot.commands import TABLE
from bot.core.commands.command import Shown
from bot.core.model.cards import Button
from bot.core.text.messages import N_
from bot.core.text.wording import tr

ALL_COMMANDS = Button(label=N_("All commands"), command="help commands")
OWN = "my"  # the group of commands that is for everyone


def overview(mark: str = "/", *, host: bool) -> str:
    """The commands for everyone in a line each, and for each group the words that come after its name."""
    rows = [command for command in TABLE.commands if Shown.LISTED in command.shown]
    lines = [f"- `{mark}{row.name}`: {tr(row.help)}" for row in rows if " " not in row.name]
    groups: dict[str, list[str]] = {}
    for row in rows:
        group, _, word = row.name.partition(" ")
        if word and (host or group == OWN):
            groups.setdefault(group, []).append(word)
    return "\n".join([*lines, *(f"- `{mark}{group}`: {', '.join(words)}" for group, words in groups.items())])


def listed(mark: str = "/", *, host: bool = True) -> str:
    """The commands as Markdown lines, those for participants first; `host`: those of hosts, too."""
    lines = []
    for command in sorted(TABLE.commands, key=lambda command: command.host):
        if (command.host and not host) or Shown.LISTED not in command.shown:
            continue
        words = " ".join(
            f"<{p.name}>" if p.required else f"[{p.name}:…]" if p.named else f"[{p.name}]"
            for p in command.parameters
        )
        usage = f"{mark}{command.name} {words}".rstrip()
        host_only = f" ({tr('host')})" if command.host else ""
        lines.append(f"- `{usage}`: {tr(command.help)}{host_only}")
    return "\n".join(lines)
