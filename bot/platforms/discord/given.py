"""What the program gives to those who speak with Discord, after it has made them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.model.script import Script
from bot.core.model.session import Session

Load = Callable[[str], Awaitable[tuple[Session, Script]]]
Watched = Callable[[], Awaitable[Mapping[str, Sequence[str]]]]


async def nothing_watched() -> Mapping[str, Sequence[str]]:
    """No channel has a workshop."""
    return {}


@dataclass
class Given:
    """`watched` tells the channels of open sessions, with the messages there that are answers; `load` reads one."""

    watched: Watched = nothing_watched
    load: Load | None = None
    commands: dict[str, int] = field(default_factory=dict)  # name -> id, once they are registered
