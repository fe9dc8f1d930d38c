"""Commands as a list to read: `/help`, and the table in the README."""

from __future__ import annotations

from bot.commands import TABLE
from bot.core.commands.command import Shown
from bot.core.text.wording import tr


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
