"""Every command: of sessions, of communities and of plans.

Each layer has its own rows, beside their handlers; here they come together for everything that reads what people
type, lists commands, or offers them to a platform.
"""

from __future__ import annotations

from bot.core.commands import registry
from bot.core.commands.command import Command
from bot.core.commands.table import CommandTable
from bot.scheduling import registry as plans

TABLE: CommandTable[Command] = CommandTable((*registry.TABLE.commands, *plans.TABLE.commands))
COMMANDS = tuple(command for command in TABLE.commands if command.shown)
BY_NAME = {command.name: command for command in COMMANDS}
PAGES = {
    command.name: command.page for command in COMMANDS if command.page
}  # of the web room, which these need
parse = TABLE.parse
