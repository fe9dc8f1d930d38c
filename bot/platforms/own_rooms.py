"""Rooms that are ours: the web room, and the stage of tests. The bot sets them up, and may do everything in them."""

from __future__ import annotations

from collections.abc import Sequence


class OwnRooms:
    """The part of a platform that says how channels are named, and that the bot may do everything in them."""

    name: str

    def community(self, channel: str) -> str:
        """All rooms are one community."""
        return self.name

    def private_channel(self, person: str, room: str) -> str:
        """The channel that only this person reads."""
        return f"{room.partition('/')[0]}/~{person.partition(':')[2]}"

    def host_channel(self, room: str) -> str:
        """The channel that only hosts read."""
        return f"{room.partition('/')[0]}/hosts"

    async def is_moderator(self, person: str, channel: str) -> bool:
        """Nothing is known of that without a command of theirs."""
        return False

    async def missing_permissions(self, room: str, roles: Sequence[str] = ()) -> str:
        """Nothing is missing."""
        return ""
