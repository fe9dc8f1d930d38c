"""Verification by emoji: somebody makes sure, in their own client, that the bot's device is the bot's.

Client-Server API, "Short Authentication String (SAS) verification", over the room and over to-device
messages. matrix-nio 0.26 has a form of it that no client of today finishes, so it is kept out of it
(`repairs.hush_verification`). The bot only answers: the person begins, compares and decides. The bot
shows its emoji in the room and writes them to the log, where whoever runs it can read them out.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import structlog
import vodozemac
from nio.crypto.sas import Sas

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.cross_signing import canonical

log = structlog.get_logger()

PREFIX = "m.key.verification."
REQUEST = PREFIX + "request"
METHOD = "m.sas.v1"
AGREEMENT = "curve25519-hkdf-sha256"
MACS = ("hkdf-hmac-sha256.v2", "hkdf-hmac-sha256")  # the first is preferred; the second has odd base64
LONGEST = 600.0  # seconds that a verification may take, as the specification says
# Three names are others in nio than in the specification, and so in clients.
NAMES = {"Airplane": "Aeroplane", "Wrench": "Spanner", "Thumbs up": "Thumbs Up"}
AT_ONCE = 100  # verifications that are under way


class Refused(Exception):
    """The other side did what cannot be gone along with; a code of the specification."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass
class Meeting:
    """One verification: with which device, over which room (none: device to device), and how far it has come."""

    user: str
    device: str
    id: str
    room: str = ""
    begun: float = field(default_factory=time.monotonic)
    sas: vodozemac.Sas = field(default_factory=vodozemac.Sas)
    shared: vodozemac.EstablishedSas | None = None
    mac: str = ""


def emoji(shared: vodozemac.EstablishedSas, info: str) -> tuple[list[tuple[str, str]], tuple[int, ...]]:
    """What both sides see: seven emoji with their names, and three numbers for who sees none."""
    drawn = shared.bytes(info)
    seen = [Sas.emoji[n] for n in drawn.emoji_indices]
    return [(sign, NAMES.get(name, name)) for sign, name in seen], tuple(drawn.decimals)


class SasVerification:
    """Answers those who verify the bot. `show` tells a person (room or "", user) what to compare."""

    def __init__(self, client: MatrixClient, show: Callable[[str, str, str, str], Awaitable[None]]) -> None:
        self._client = client
        self._show = show
        self._meetings: dict[str, Meeting] = {}

    @staticmethod
    def concerns(source: Mapping[str, Any]) -> bool:
        """Whether an event belongs to a verification."""
        kind, content = str(source.get("type", "")), source.get("content")
        asked = isinstance(content, Mapping) and content.get("msgtype") == REQUEST
        return kind.startswith(PREFIX) or asked

    async def hear(self, source: Mapping[str, Any], room: str = "") -> None:
        """One event of a verification, from a room or from a device; what is malformed or late ends it."""
        user, content = str(source.get("sender", "")), source.get("content")
        if (
            user == self._client.account.user
            or self._client.nio.olm is None
            or not isinstance(content, Mapping)
        ):
            return
        kind = str(source.get("type", "")).removeprefix(PREFIX)
        relation = content.get("m.relates_to")
        id = str(content.get("transaction_id", ""))
        if kind == "m.room.message":
            kind, id = "request", str(source.get("event_id", ""))
        elif room:
            id = str(relation.get("event_id", "")) if isinstance(relation, Mapping) else ""
        meeting = self._meetings.get(id)
        if meeting is not None and (meeting.user != user or meeting.room != room):
            return
        try:
            try:
                await self._turn(kind, meeting, id, user, room, source, content)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise Refused("m.invalid_message", f"not as the specification has it: {error!r}") from error
        except Refused as refused:
            log.warning("verification ended", user=user, reason=refused.reason[:200])
            if meeting := self._meetings.pop(id, None):
                await self._say(meeting, "cancel", {"code": refused.code, "reason": refused.reason[:200]})

    async def _turn(
        self,
        kind: str,
        meeting: Meeting | None,
        id: str,
        user: str,
        room: str,
        source: Mapping[str, Any],
        content: Mapping[str, Any],
    ) -> None:
        if kind == "request":
            await self._requested(user, id, room, content, int(source.get("origin_server_ts", 0)))
        elif kind == "start" and meeting is None and not room:
            # Older clients begin device to device without asking first.
            await self._started(self._met(user, str(content.get("from_device")), id, room), content)
        elif meeting is None:
            return  # begun before a restart, or with another device of ours: their client runs out of time
        elif kind == "start":
            await self._started(meeting, content)
        elif kind == "key":
            await self._keyed(meeting, str(content.get("key")))
        elif kind == "mac":
            await self._confirmed(meeting, content)
        elif kind in ("cancel", "done"):
            del self._meetings[id]

    def _met(self, user: str, device: str, id: str, room: str) -> Meeting:
        now = time.monotonic()
        fresh = [(k, m) for k, m in self._meetings.items() if now - m.begun < LONGEST][-AT_ONCE:]
        self._meetings = dict(fresh)
        return self._meetings.setdefault(id, Meeting(user=user, device=device, id=id, room=room))

    async def _requested(self, user: str, id: str, room: str, content: Mapping[str, Any], at: int) -> None:
        asked = int(content.get("timestamp", 0)) or at
        if room and content.get("to") != self._client.account.user:
            return
        if abs(time.time() - asked / 1000) > LONGEST or METHOD not in (content.get("methods") or ()):
            return
        meeting = self._met(user, str(content.get("from_device")), id, room)
        ready = {"from_device": self._client.account.device, "methods": [METHOD]}
        await self._say(meeting, "ready", ready)

    async def _started(self, meeting: Meeting, content: Mapping[str, Any]) -> None:
        mac = next((mac for mac in MACS if mac in content.get("message_authentication_codes", ())), "")
        fits = (
            content.get("method") == METHOD
            and AGREEMENT in content.get("key_agreement_protocols", ())
            and "sha256" in content.get("hashes", ())
            and mac
        )
        if not fits:
            raise Refused("m.unknown_method", "no way of verifying that both sides know")
        meeting.device, meeting.mac = str(content.get("from_device")), mac
        ours = meeting.sas.public_key.to_base64()
        hashed = hashlib.sha256(ours.encode() + canonical(dict(content))).digest()
        accept = {
            "key_agreement_protocol": AGREEMENT,
            "hash": "sha256",
            "message_authentication_code": mac,
            "short_authentication_string": [
                each for each in ("decimal", "emoji") if each in content["short_authentication_string"]
            ],
            "commitment": base64.b64encode(hashed).rstrip(b"=").decode(),
        }
        await self._say(meeting, "accept", accept)

    async def _keyed(self, meeting: Meeting, theirs: str) -> None:
        if not meeting.mac or meeting.shared is not None:
            raise Refused("m.unexpected_message", "a key out of turn")
        try:
            key = vodozemac.Curve25519PublicKey.from_base64(theirs)
        except vodozemac.KeyException as error:
            raise Refused("m.invalid_message", "no key") from error
        ours = meeting.sas.public_key.to_base64()
        meeting.shared = meeting.sas.diffie_hellman(key)
        await self._say(meeting, "key", {"key": ours})
        account = self._client.account
        info = "|".join(
            (
                "MATRIX_KEY_VERIFICATION_SAS",
                *(meeting.user, meeting.device, theirs),
                *(account.user, account.device, ours, meeting.id),
            )
        )
        drawn, numbers = emoji(meeting.shared, info)
        signs = " · ".join(f"{sign} {name}" for sign, name in drawn)
        said = " ".join(map(str, numbers))
        log.info("being verified", user=meeting.user, device=meeting.device, emoji=signs, numbers=said)
        await self._show(meeting.room, meeting.user, signs, said)

    async def _confirmed(self, meeting: Meeting, content: Mapping[str, Any]) -> None:
        """They found the emoji to be the same; what their message vouches for is checked, and answered."""
        if meeting.shared is None:
            raise Refused("m.unexpected_message", "a confirmation out of turn")
        account, macs = self._client.account, content.get("mac") or {}
        theirs = f"{meeting.user}{meeting.device}{account.user}{account.device}{meeting.id}"
        known = await self._keys(meeting.user)
        for id in macs:
            if id in known:
                self._check(meeting, known[id], theirs + id, str(macs[id]))
        self._check(meeting, ",".join(sorted(macs)), theirs + "KEY_IDS", str(content.get("keys")))
        ours = f"{account.user}{account.device}{meeting.user}{meeting.device}{meeting.id}"
        mine = await self._keys(account.user)
        vouched = {id: self._mac(meeting, key, ours + id) for id, key in mine.items()}
        keys = self._mac(meeting, ",".join(sorted(vouched)), ours + "KEY_IDS")
        await self._say(meeting, "mac", {"mac": vouched, "keys": keys})
        await self._say(meeting, "done", {})
        log.info("verified", user=meeting.user, device=meeting.device)

    def _mac(self, meeting: Meeting, text: str, info: str) -> str:
        assert meeting.shared is not None
        info = "MATRIX_KEY_VERIFICATION_MAC" + info
        if meeting.mac == MACS[0]:
            return str(meeting.shared.calculate_mac(text, info))
        return str(meeting.shared.calculate_mac_invalid_base64(text, info))

    def _check(self, meeting: Meeting, text: str, info: str, told: str) -> None:
        if self._mac(meeting, text, info) != told:
            raise Refused("m.key_mismatch", "what was told does not fit the keys that the homeserver shows")

    async def _keys(self, user: str) -> dict[str, str]:
        """What a confirmation vouches for: the master key, and the devices; for ourselves only this device.

        For ourselves it is what this process holds, and not what the homeserver says.
        """
        account = self._client.account
        if user == account.user:
            assert self._client.nio.olm is not None
            own = str(self._client.nio.olm.account.identity_keys["ed25519"])
            master = self._client.master
            return {f"ed25519:{account.device}": own} | ({f"ed25519:{master}": master} if master else {})
        answer = await self._client.raw("POST", "keys/query", {"device_keys": {user: []}})
        found = dict(answer.get("master_keys", {}).get(user, {}).get("keys", {}))
        for device, held in answer.get("device_keys", {}).get(user, {}).items():
            found[f"ed25519:{device}"] = held["keys"][f"ed25519:{device}"]
        return found

    async def _say(self, meeting: Meeting, what: str, content: dict[str, Any]) -> None:
        kind, key = PREFIX + what, f"verify/{meeting.id}/{what}"
        try:
            if meeting.room:
                relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": meeting.id}}
                await self._client.send(meeting.room, kind, content | relation, key)
                return
            body = {"messages": {meeting.user: {meeting.device: content | {"transaction_id": meeting.id}}}}
            await self._client.raw("PUT", f"sendToDevice/{kind}/{quote(key, safe='')}", body)
        except PlatformError as error:  # their client runs out of time, and they try again
            log.info("verification not answered", user=meeting.user, error=str(error))
