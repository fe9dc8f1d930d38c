"""All commands about plans."""

from __future__ import annotations

from bot.core.commands.table import CommandTable
from bot.scheduling import (
    changing,
    confirming,
    editing,
    lifecycle,
    listing,
    planning,
    preparing,
    rsvp,
    settings,
)

TABLE = CommandTable(
    (
        *rsvp.COMMANDS,
        *settings.COMMANDS,
        *planning.COMMANDS,
        *listing.COMMANDS,
        *changing.COMMANDS,
        *editing.COMMANDS,
        *confirming.COMMANDS,
        *preparing.COMMANDS,
        *lifecycle.COMMANDS,
    )
)
