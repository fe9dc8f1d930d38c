"""Messages whose keys have not come yet: the keys are asked for, and the authors told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from nio import MegolmEvent
from nio.exceptions import EncryptionError, LocalProtocolError

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.sync_answer import left_out

log = structlog.get_logger()

MOST = 500  # messages that wait


class Undecrypted:
    """Messages that cannot be read for now.

    `tell` is called with the sender of one and the id of its Megolm session, once for each pair.
    """

    def __init__(self, client: MatrixClient, tell: Callable[[str, str], None]) -> None:
        self._client = client
        self._tell = tell
        self._waiting: list[tuple[str, MegolmEvent]] = []
        self._told_of: set[tuple[str, str]] = set()

    async def keep(self, room: str, event: MegolmEvent) -> None:
        """Ask for the key of a message, and keep it until it comes."""
        if event.sender == self._client.account.user:
            return
        self._waiting = [*self._waiting[-MOST + 1 :], (room, event)]
        try:
            await self._client.nio.request_room_key(event)
        except Exception as error:  # the message was written by anybody, and the server may be away
            log.info("key not asked for", error=type(error).__name__)
        if (event.sender, event.session_id) not in self._told_of:
            self._told_of.add((event.sender, event.session_id))
            self._tell(event.sender, event.session_id)

    def decrypt(self) -> list[tuple[str, dict[str, Any]]]:
        """The messages whose keys have come by now, each with its room."""
        decrypted: list[tuple[str, dict[str, Any]]] = []
        waiting: list[tuple[str, MegolmEvent]] = []
        for room, event in self._waiting:
            try:
                decrypted.append((room, self._client.nio.decrypt_event(event).source))
            except (EncryptionError, LocalProtocolError):
                waiting.append((room, event))
            except Exception as error:  # no key will open this one
                left_out(event.source, error)
        self._waiting = waiting
        return decrypted
