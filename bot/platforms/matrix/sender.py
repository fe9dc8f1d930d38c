"""Events sent into rooms, once for each key; never in clear into an encrypted room, but reactions."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from nio import MatrixRoom, UploadResponse
from nio.exceptions import LocalProtocolError, OlmTrustError

from bot.errors import Permanent, Transient
from bot.platforms.matrix.client import MatrixClient, checked
from bot.platforms.matrix.rate_limiter import Urgency
from bot.platforms.matrix.room_admin import RoomAdmin


class Sender:
    """Sends, redacts and uploads for one account."""

    def __init__(self, client: MatrixClient, admin: RoomAdmin) -> None:
        self._client = client
        self._admin = admin
        self._plain: set[str] = set()  # rooms that the server said are not encrypted

    async def send(
        self, room: str, kind: str, content: dict[str, Any], key: str, urgency: Urgency = Urgency.ROOM
    ) -> str:
        """Send an event once for each key, and return its id.

        The key becomes the transaction id: on the same device the server sends it once, also after a
        restart of either side (Client-Server API, Transaction identifiers).
        """
        return await self._client.in_turn(urgency, lambda: self._send(room, kind, content, key))

    async def _send(self, room: str, kind: str, content: dict[str, Any], key: str) -> str:
        nio = self._client.nio
        await self._guard(room)
        if nio.olm is not None and nio.should_query_keys:
            checked(await self._client.call(nio.keys_query()))
        try:
            request = nio.room_send(
                room, kind, content, tx_id=_transaction(key), ignore_unverified_devices=True
            )
            answer = checked(await self._client.call(request))
        except (LocalProtocolError, OlmTrustError) as error:
            raise Transient(f"not ready to write into {room}: {error}") from error
        event: str = answer.event_id
        return event

    async def _guard(self, room: str) -> None:
        """Keep nio from writing in clear into an encrypted room, as it does without keys or before it hears of it."""
        nio_room = self._client.nio.rooms.get(room)
        if nio_room is None:
            raise Transient(f"{room} is not known yet")
        if not nio_room.encrypted and room not in self._plain:
            if await self._admin.state(room, "m.room.encryption") is not None:
                nio_room.encrypted = True
            else:
                self._plain.add(room)
        if not nio_room.encrypted:
            return
        if self._client.nio.olm is None:
            raise Permanent(f"{room} is encrypted, and this bot was started without encryption")
        if not nio_room.members_synced:
            await self._learn_members(room, nio_room)

    async def _learn_members(self, room: str, nio_room: MatrixRoom) -> None:
        """Learn who gets the keys: also who is invited and has not come yet.

        nio asks for those who are in, and the answers of `/sync` name only those who speak; a room that we just made
        may be told in two pieces.
        """
        answer = await self._client.raw("GET", f"rooms/{quote(room, safe='')}/members")
        for event in answer.get("chunk", []):
            membership = event.get("content", {}).get("membership")
            if membership in ("join", "invite"):
                name = event["content"].get("displayname")
                nio_room.add_member(event["state_key"], name, None, invited=membership == "invite")
        nio_room.members_synced = True
        if self._client.nio.olm is not None:
            self._client.nio.olm.update_tracked_users(nio_room)

    async def redact(self, room: str, event: str, key: str, reason: str = "") -> None:
        """Take an event away; one that is away already is fine."""

        async def request() -> None:
            redaction = self._client.nio.room_redact(
                room, event, reason=reason or None, tx_id=_transaction(key)
            )
            checked(await self._client.call(redaction))

        await self._client.in_turn(Urgency.ROOM, request)

    async def reactions(self, room: str, event: str, sign: str) -> list[str]:
        """The reactions of ours with this sign on an event, by their ids."""
        path = f"rooms/{quote(room, safe='')}/relations/{quote(event, safe='')}/m.annotation/m.reaction"
        answer = await self._client.raw("GET", f"{path}?limit=100", version="v1")
        return [
            each["event_id"]
            for each in answer.get("chunk", [])
            if each.get("sender") == self._client.account.user
            and each.get("content", {}).get("m.relates_to", {}).get("key") == sign
        ]

    def encrypted(self, room: str) -> bool:
        """True if a room is encrypted, or not known yet."""
        nio_room = self._client.nio.rooms.get(room)
        return nio_room is None or bool(nio_room.encrypted)

    async def upload(self, data: bytes, media_type: str, name: str, *, encrypt: bool) -> dict[str, Any]:
        """Put a file on the server; the fields of a message's content that show it."""
        answer, keys = await self._client.call(
            self._client.nio.upload(
                lambda *_: data, content_type=media_type, filename=name, encrypt=encrypt, filesize=len(data)
            )
        )
        uploaded: UploadResponse = checked(answer)
        if encrypt:
            return {"file": {"url": uploaded.content_uri, **(keys or {})}}
        return {"url": uploaded.content_uri}


def _transaction(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
