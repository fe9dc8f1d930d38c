"""The power levels of rooms, from their state as the server has it (Client-Server API, m.room.power_levels).

nio's own record of them is not used: it merges updates, so a moderator who was demoted stays one there, and
it does not know that the creators of a room of version 12 stand above all levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import PlatformError
from bot.platforms.matrix.room_admin import RoomAdmin

MODERATOR = 50  # as clients call this level
ABOVE_ALL = 1_000_000


@dataclass
class Levels:
    """The power levels of one room."""

    users: dict[str, int] = field(default_factory=dict)
    default: int = 0
    events: dict[str, int] = field(default_factory=dict)  # needed to send events of a kind
    events_default: int = 0

    def of(self, user: str) -> int:
        """The level of a user."""
        return self.users.get(user, self.default)

    def may_send(self, user: str, kind: str) -> bool:
        """Whether a user may send events of a kind."""
        return self.of(user) >= self.events.get(kind, self.events_default)


class Rights:
    """The power levels of all rooms, fetched when first needed and again after a change."""

    def __init__(self, admin: RoomAdmin) -> None:
        self._admin = admin
        self._levels: dict[str, Levels] = {}
        self._creators: dict[str, str] = {}

    def created(self, room: str, by: str) -> None:
        """Note who created a room; its state as the server hands it out piece by piece does not say so."""
        self._creators[room] = by
        self.forget(room)

    def forget(self, room: str) -> None:
        """Fetch the levels of a room anew when they are needed."""
        self._levels.pop(room, None)

    async def learn(self, room: str) -> Levels:
        """The levels of a room; nobody has any in a room whose state cannot be read."""
        if room not in self._levels:
            try:
                self._levels[room] = await self._fetch(room)
            except PlatformError:
                return Levels()
        return self._levels[room]

    def leads(self, user: str, room: str) -> bool:
        """True if somebody is a moderator of a room, by the levels that were learned before."""
        return room in self._levels and self._levels[room].of(user) >= MODERATOR

    async def _fetch(self, room: str) -> Levels:
        state = await self._admin.state(room, "m.room.power_levels") or {}
        levels = levels_of(state)
        creation = await self._admin.state(room, "m.room.create") or {}
        version = str(creation.get("room_version", "1"))
        if version.isdecimal() and int(version) >= 12:  # Room Version 12, creators
            for user in [self._creators.get(room, ""), *(creation.get("additional_creators") or [])]:
                levels.users[str(user)] = ABOVE_ALL
        return levels


def levels_of(content: Mapping[str, Any]) -> Levels:
    """The levels that the content of a `m.room.power_levels` says; what is malformed in it counts for nothing."""
    users, events = content.get("users"), content.get("events")
    return Levels(
        users={str(user): _number(level) for user, level in users.items()}
        if isinstance(users, Mapping)
        else {},
        default=_number(content.get("users_default", 0)),
        events={str(kind): _number(level) for kind, level in events.items()}
        if isinstance(events, Mapping)
        else {},
        events_default=_number(content.get("events_default", 0)),
    )


def _number(level: Any) -> int:
    return level if isinstance(level, int) else 0
