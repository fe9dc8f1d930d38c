"""Invitations into rooms: accepted from those who may, declined from all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from nio import InviteMemberEvent

from bot.core.text.wording import tr
from bot.errors import Permanent
from bot.platforms.matrix import sentences
from bot.platforms.matrix.channels import Channels
from bot.platforms.matrix.event_mapping import NAME
from bot.platforms.matrix.room_admin import RoomAdmin
from bot.render.i18n import spoken

log = structlog.get_logger()


class Invitations:
    """Answers invitations of the bot's user `me`.

    Args:
        allowed: servers and users whose invitations are accepted.
        tell: says something to one person, once for a key.
    """

    def __init__(
        self,
        admin: RoomAdmin,
        channels: Channels,
        me: str,
        allowed: frozenset[str],
        tell: Callable[[str, str, str], None],
        language: str,
    ) -> None:
        self._admin = admin
        self._channels = channels
        self._me = me
        self._allowed = allowed
        self._tell = tell
        self._language = language

    async def answer(self, room: str, state: Sequence[Any]) -> None:
        """Accept or decline the invitation in a room's stripped state; nothing is said in the room."""
        own = [e for e in state if isinstance(e, InviteMemberEvent) and e.state_key == self._me]
        if not own:
            return
        inviter = own[-1].sender
        try:
            if not self._allowed & {inviter, inviter.partition(":")[2]}:
                await self._admin.leave(room)
                log.info("declined an invitation", room=room, by=inviter)
                return
            await self._admin.join(room)
            succeeds = await self._channels.joined(
                room, inviter, direct=bool(own[-1].content.get("is_direct"))
            )
        except Permanent as error:
            log.warning("could not answer an invitation", room=room, error=str(error))
            return
        if succeeds:
            return
        with spoken(self._language):
            text = tr(sentences.INVITED)
        self._tell(NAME + inviter, text, f"invited:{room}")
