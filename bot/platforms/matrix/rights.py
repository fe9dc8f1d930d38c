"""Who leads a room, from its state as the server has it (Client-Server API, m.room.power_levels).

Not from what nio remembers: it merges updates, so a moderator who was demoted stays one there, and it
does not know that the creators of a room of version 12 stand above all levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient

LEADS = 50  # as clients call it: a moderator
ABOVE_ALL = 1_000_000


@dataclass
class Levels:
    """What each user may do in one room."""

    users: dict[str, int] = field(default_factory=dict)
    otherwise: int = 0
    needed: dict[str, int] = field(default_factory=dict)  # ban, kick, redact, invite and events

    def of(self, user: str) -> int:
        """The level of a user."""
        return self.users.get(user, self.otherwise)


class Rights:
    """The levels of rooms, fetched when first needed and again after a change."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._levels: dict[str, Levels] = {}
        self._makers: dict[str, str] = {}

    def made(self, room: str, by: str) -> None:
        """Who made a room; its state as the server hands it out piece by piece does not say so."""
        self._makers[room] = by
        self.forget(room)

    def forget(self, room: str) -> None:
        """They have changed."""
        self._levels.pop(room, None)

    async def learn(self, room: str) -> Levels:
        """The levels of a room; nobody leads a room whose state cannot be read."""
        if room not in self._levels:
            try:
                self._levels[room] = await self._fetch(room)
            except PlatformError:
                return Levels()
        return self._levels[room]

    def leads(self, user: str, room: str) -> bool:
        """Whether somebody leads this room; its levels were learned before."""
        return room in self._levels and self._levels[room].of(user) >= LEADS

    async def _fetch(self, room: str) -> Levels:
        held = await self._client.state(room, "m.room.power_levels") or {}
        levels = Levels(
            users={user: _number(level) for user, level in dict(held.get("users") or {}).items()},
            otherwise=_number(held.get("users_default", 0)),
            needed={key: _number(held[key]) for key in ("ban", "kick", "redact", "invite") if key in held},
        )
        made = await self._client.state(room, "m.room.create") or {}
        if str(made.get("room_version", "1")).isdecimal() and int(made.get("room_version", "1")) >= 12:
            for user in [self._makers.get(room, ""), *(made.get("additional_creators") or [])]:
                levels.users[str(user)] = ABOVE_ALL
        return levels


def _number(given: Any) -> int:
    return given if isinstance(given, int) else 0
