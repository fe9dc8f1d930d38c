"""Edits that are taken away again: what their message said before counts again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import structlog
from nio import MegolmEvent

from bot.commands import TABLE
from bot.core.model.events import Edited, Person
from bot.core.model.ids import PersonId
from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.event_content import MARK
from bot.platforms.matrix.event_mapping import LONGEST, NAME, Line, without_quote
from bot.platforms.matrix.sync_answer import room_events
from bot.platforms.room_registry import RoomRegistry

log = structlog.get_logger()

EDIT = (
    NAME + "edit/"
)  # under this and an edit, the message that it changed: once redacted it does not say so itself
PATIENCE = 5.0  # seconds until the homeserver is taken for away


class Edits:
    """Remembers which event edited which message; the texts stand on the homeserver."""

    def __init__(self, client: MatrixClient, rooms: RoomRegistry) -> None:
        self._client = client
        self._rooms = rooms

    async def keep(self, edited: Edited) -> None:
        """Note an edit."""
        await self._rooms.keep(EDIT + edited.id, edited.message)

    async def undone(self, line: Line, room: str) -> Edited | None:
        """What a redaction comes to that takes an edit away; None if it takes away something else."""
        if line.source.get("type") != "m.room.redaction":
            return None
        redacted = line.source.get("redacts") or line.content.get("redacts")
        message = await self._rooms.find(f"{EDIT}{NAME}{redacted}")
        if message is None:
            return None
        try:
            said = await self._said(room, message.removeprefix(NAME))
        except PlatformError as error:  # the answer stays as it was edited
            log.warning("an edit that was taken away stays", room=room, error=str(error))
            return None
        if said is None:
            return None
        sender, text = said
        person = Person(id=PersonId(NAME + sender), name=line.name)
        return Edited(id=line.id, channel=line.channel, at=line.at, person=person, message=message, text=text)

    async def _said(self, room: str, event: str) -> tuple[str, str] | None:
        """The author of a message, and what it says by now; None if it says nothing any more."""
        where = f"rooms/{quote(room, safe='')}"
        original = await self._client.raw("GET", f"{where}/event/{quote(event, safe='')}", patience=PATIENCE)
        path = f"{where}/relations/{quote(event, safe='')}/m.replace?limit=50"
        answer = await self._client.raw("GET", path, patience=PATIENCE, version="v1")
        [first, *edits] = [*self._read(room, [original]), *self._read(room, answer.get("chunk"))] or [{}]
        content, sender = first.get("content") or {}, str(first.get("sender", ""))
        body = content.get("body")
        if not isinstance(body, str):
            return None
        text = without_quote(body, content.get("m.relates_to") or {})
        for edit in sorted(edits, key=lambda each: int(each.get("origin_server_ts", 0))):
            fresh = edit["content"].get("m.new_content")
            if (
                edit.get("sender") == sender
                and isinstance(fresh, Mapping)
                and isinstance(fresh.get("body"), str)
            ):
                text = fresh["body"]
        text = TABLE.edited(text, MARK)[:LONGEST]
        return (sender, text) if text else None

    def _read(self, room: str, items: Any) -> list[Mapping[str, Any]]:
        """Events as they were sent, opened where they were encrypted and their keys are here."""
        read: list[Mapping[str, Any]] = []
        for event in room_events(items):
            if isinstance(event, MegolmEvent):
                event.room_id = room
                try:
                    event = self._client.nio.decrypt_event(event)
                except Exception as error:  # no key that opens it
                    log.info("an earlier text cannot be read", error=type(error).__name__)
                    continue
            read.append(event.source)
        return read
