"""Verification by emoji: somebody makes sure, in their own client, that the bot's device is the bot's.

Client-Server API, Short Authentication String (SAS) verification, over the room and over to-device
messages. matrix-nio 0.26 has a form of it that no client of today finishes, so that one is silenced
(`nio_workarounds.silence_verification`). The bot only answers: the person begins, compares and decides.
The bot shows its emoji in the room and writes them to the log, where whoever runs it can read them out.
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
from bot.platforms.matrix.cross_signing import canonical_json
from bot.platforms.matrix.sender import Sender

log = structlog.get_logger()

PREFIX = "m.key.verification."
REQUEST = PREFIX + "request"
METHOD = "m.sas.v1"
AGREEMENT = "curve25519-hkdf-sha256"
MACS = ("hkdf-hmac-sha256.v2", "hkdf-hmac-sha256")  # the first is preferred; the second has odd base64
LONGEST = 600.0  # seconds that a verification may take, as the specification says
# Three names are others in nio than in the specification, and so in clients.
NAMES = {"Airplane": "Aeroplane", "Wrench": "Spanner", "Thumbs up": "Thumbs Up"}
AT_ONCE = 100  # verifications under way


class Cancelled(Exception):
    """The end of a verification, for a reason that has a code in the specification."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass
class Verification:
    """One verification with somebody's device: over a room, or device to device (no room)."""

    user: str
    device: str
    id: str
    room: str = ""
    begun: float = field(default_factory=time.monotonic)
    sas: vodozemac.Sas = field(default_factory=vodozemac.Sas)
    established: vodozemac.EstablishedSas | None = None
    mac: str = ""


def emoji(established: vodozemac.EstablishedSas, info: str) -> tuple[list[tuple[str, str]], tuple[int, ...]]:
    """The seven emoji that both sides see, with their names, and three numbers for people who see none."""
    code = established.bytes(info)
    named = [Sas.emoji[n] for n in code.emoji_indices]
    return [(sign, NAMES.get(name, name)) for sign, name in named], tuple(code.decimals)


class SasVerification:
    """Answers people who verify the bot. `show` shows the emoji and numbers to a user in a room, or directly ("")."""

    def __init__(
        self, client: MatrixClient, sender: Sender, show: Callable[[str, str, str, str], Awaitable[None]]
    ) -> None:
        self._client = client
        self._sender = sender
        self._show = show
        self._verifications: dict[str, Verification] = {}

    @staticmethod
    def concerns(source: Mapping[str, Any]) -> bool:
        """True if an event belongs to a verification."""
        kind, content = str(source.get("type", "")), source.get("content")
        is_request = isinstance(content, Mapping) and content.get("msgtype") == REQUEST
        return kind.startswith(PREFIX) or is_request

    async def receive(self, source: Mapping[str, Any], room: str = "") -> None:
        """Take one event of a verification, from a room or a device; what is malformed or late ends it."""
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
        verification = self._verifications.get(id)
        if verification is not None and (verification.user != user or verification.room != room):
            return
        try:
            try:
                await self._dispatch(kind, verification, id, user, room, source, content)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise Cancelled("m.invalid_message", f"not as the specification has it: {error!r}") from error
        except Cancelled as cancelled:
            log.warning("verification ended", user=user, reason=cancelled.reason[:200])
            if verification := self._verifications.pop(id, None):
                await self._send(
                    verification, "cancel", {"code": cancelled.code, "reason": cancelled.reason[:200]}
                )

    async def _dispatch(
        self,
        kind: str,
        verification: Verification | None,
        id: str,
        user: str,
        room: str,
        source: Mapping[str, Any],
        content: Mapping[str, Any],
    ) -> None:
        if kind == "request":
            await self._requested(user, id, room, content, int(source.get("origin_server_ts", 0)))
        elif kind == "start" and verification is None and not room:
            # Older clients begin device to device without asking first.
            await self._started(self._begin(user, str(content.get("from_device")), id, room), content)
        elif verification is None:
            return  # begun before a restart, or with another device of ours: their client runs out of time
        elif kind == "start":
            await self._started(verification, content)
        elif kind == "key":
            await self._keyed(verification, str(content.get("key")))
        elif kind == "mac":
            await self._confirmed(verification, content)
        elif kind in ("cancel", "done"):
            del self._verifications[id]

    def _begin(self, user: str, device: str, id: str, room: str) -> Verification:
        now = time.monotonic()
        recent = [(k, v) for k, v in self._verifications.items() if now - v.begun < LONGEST][-AT_ONCE:]
        self._verifications = dict(recent)
        return self._verifications.setdefault(id, Verification(user=user, device=device, id=id, room=room))

    async def _requested(self, user: str, id: str, room: str, content: Mapping[str, Any], at: int) -> None:
        requested = int(content.get("timestamp", 0)) or at
        if room and content.get("to") != self._client.account.user:
            return
        if abs(time.time() - requested / 1000) > LONGEST or METHOD not in (content.get("methods") or ()):
            return
        verification = self._begin(user, str(content.get("from_device")), id, room)
        ready = {"from_device": self._client.account.device, "methods": [METHOD]}
        await self._send(verification, "ready", ready)

    async def _started(self, verification: Verification, content: Mapping[str, Any]) -> None:
        mac = next((mac for mac in MACS if mac in content.get("message_authentication_codes", ())), "")
        acceptable = (
            content.get("method") == METHOD
            and AGREEMENT in content.get("key_agreement_protocols", ())
            and "sha256" in content.get("hashes", ())
            and mac
        )
        if not acceptable:
            raise Cancelled("m.unknown_method", "no way of verifying that both sides know")
        verification.device, verification.mac = str(content.get("from_device")), mac
        ours = verification.sas.public_key.to_base64()
        digest = hashlib.sha256(ours.encode() + canonical_json(dict(content))).digest()
        accept = {
            "key_agreement_protocol": AGREEMENT,
            "hash": "sha256",
            "message_authentication_code": mac,
            "short_authentication_string": [
                method for method in ("decimal", "emoji") if method in content["short_authentication_string"]
            ],
            "commitment": base64.b64encode(digest).rstrip(b"=").decode(),
        }
        await self._send(verification, "accept", accept)

    async def _keyed(self, verification: Verification, theirs: str) -> None:
        if not verification.mac or verification.established is not None:
            raise Cancelled("m.unexpected_message", "a key out of turn")
        try:
            key = vodozemac.Curve25519PublicKey.from_base64(theirs)
        except vodozemac.KeyException as error:
            raise Cancelled("m.invalid_message", "no key") from error
        ours = verification.sas.public_key.to_base64()
        verification.established = verification.sas.diffie_hellman(key)
        await self._send(verification, "key", {"key": ours})
        account = self._client.account
        info = "|".join(
            (
                "MATRIX_KEY_VERIFICATION_SAS",
                *(verification.user, verification.device, theirs),
                *(account.user, account.device, ours, verification.id),
            )
        )
        named, decimals = emoji(verification.established, info)
        signs = " · ".join(f"{sign} {name}" for sign, name in named)
        numbers = " ".join(map(str, decimals))
        log.info(
            "being verified", user=verification.user, device=verification.device, emoji=signs, numbers=numbers
        )
        await self._show(verification.room, verification.user, signs, numbers)

    async def _confirmed(self, verification: Verification, content: Mapping[str, Any]) -> None:
        """They found the emoji to be the same: check the keys that they confirm, and confirm ours."""
        if verification.established is None:
            raise Cancelled("m.unexpected_message", "a confirmation out of turn")
        account, macs = self._client.account, content.get("mac") or {}
        theirs = f"{verification.user}{verification.device}{account.user}{account.device}{verification.id}"
        keys_of_theirs = await self._keys(verification.user)
        for id in macs:
            if id in keys_of_theirs:
                self._check(verification, keys_of_theirs[id], theirs + id, str(macs[id]))
        self._check(verification, ",".join(sorted(macs)), theirs + "KEY_IDS", str(content.get("keys")))
        ours = f"{account.user}{account.device}{verification.user}{verification.device}{verification.id}"
        own_keys = await self._keys(account.user)
        confirmed = {id: self._mac(verification, key, ours + id) for id, key in own_keys.items()}
        keys = self._mac(verification, ",".join(sorted(confirmed)), ours + "KEY_IDS")
        await self._send(verification, "mac", {"mac": confirmed, "keys": keys})
        await self._send(verification, "done", {})
        log.info("verified", user=verification.user, device=verification.device)

    def _mac(self, verification: Verification, text: str, info: str) -> str:
        assert verification.established is not None
        info = "MATRIX_KEY_VERIFICATION_MAC" + info
        if verification.mac == MACS[0]:
            return str(verification.established.calculate_mac(text, info))
        return str(verification.established.calculate_mac_invalid_base64(text, info))

    def _check(self, verification: Verification, text: str, info: str, mac: str) -> None:
        if self._mac(verification, text, info) != mac:
            raise Cancelled("m.key_mismatch", "what was told does not fit the keys that the homeserver shows")

    async def _keys(self, user: str) -> dict[str, str]:
        """The keys that a confirmation is for: the master key and the devices; of the bot itself only this device.

        The bot's own are those that this process holds, and not those that the homeserver shows.
        """
        account = self._client.account
        if user == account.user:
            assert self._client.nio.olm is not None
            own = str(self._client.nio.olm.account.identity_keys["ed25519"])
            master = self._client.master
            return {f"ed25519:{account.device}": own} | ({f"ed25519:{master}": master} if master else {})
        answer = await self._client.raw("POST", "keys/query", {"device_keys": {user: []}})
        keys = dict(answer.get("master_keys", {}).get(user, {}).get("keys", {}))
        for device, fields in answer.get("device_keys", {}).get(user, {}).items():
            keys[f"ed25519:{device}"] = fields["keys"][f"ed25519:{device}"]
        return keys

    async def _send(self, verification: Verification, step: str, content: dict[str, Any]) -> None:
        kind, key = PREFIX + step, f"verify/{verification.id}/{step}"
        try:
            if verification.room:
                relation = {"m.relates_to": {"rel_type": "m.reference", "event_id": verification.id}}
                await self._sender.send(verification.room, kind, content | relation, key)
                return
            body = {
                "messages": {
                    verification.user: {verification.device: content | {"transaction_id": verification.id}}
                }
            }
            await self._client.raw("PUT", f"sendToDevice/{kind}/{quote(key, safe='')}", body)
        except PlatformError as error:  # their client runs out of time, and they try again
            log.info("verification not answered", user=verification.user, error=str(error))
