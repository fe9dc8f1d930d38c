"""Cross-signing: the bot signs its own device, since strict clients give no keys to one that is not signed.

matrix-nio does not do it. Client-Server API, "Cross-signing": three Ed25519 keys, of which the first
(master) signs the second (self-signing), and that one signs the device. The first upload asks for no
password (MSC3967).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import structlog
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.errors import Permanent, PlatformError
from bot.files import write_whole
from bot.platforms.matrix.credentials import Account

log = structlog.get_logger()


USES = ("master", "self_signing", "user_signing")


class NeedsPassword(Permanent):
    """The server wants to know that it is the owner of the account who asks."""

    def __init__(self, session: str) -> None:
        super().__init__("the server wants the password, or does not take this one")
        self.session = session


def canonical_json(item: Any) -> bytes:
    """An object as canonical JSON (Matrix appendices, Canonical JSON): sorted keys, no spaces, UTF-8."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unpadded_base64(data: bytes) -> str:
    """Base64 without padding (Matrix appendices, Unpadded Base64)."""
    return base64.b64encode(data).rstrip(b"=").decode()


def public_key(key: ECC.EccKey) -> str:
    """The public half of a key, as Matrix writes it."""
    return unpadded_base64(key.public_key().export_key(format="raw"))


def sign(item: dict[str, Any], user: str, key: ECC.EccKey, name: str) -> None:
    """Add a signature to an object; `signatures` and `unsigned` are no part of it (Matrix appendices, Signing JSON)."""
    signed = {k: v for k, v in item.items() if k not in ("signatures", "unsigned")}
    signature = unpadded_base64(eddsa.new(key, "rfc8032").sign(canonical_json(signed)))
    item.setdefault("signatures", {}).setdefault(user, {})[f"ed25519:{name}"] = signature


class CrossSigning:
    """The three signing keys of one account, kept in a file. `request` asks the homeserver."""

    def __init__(self, account: Account, request: Callable[..., Awaitable[Any]], path: Path) -> None:
        self._request = request
        self._path = path
        self._user = account.user
        self._device = account.device

    async def sign_device(self) -> str:
        """Sign the own device, if it is not signed yet; the public master key, empty if it could not be signed."""
        try:
            answer = await self._request("POST", "keys/query", {"device_keys": {self._user: []}})
            master = answer.get("master_keys", {}).get(self._user)
            keys = self._read()
            if master is not None and (keys is None or public_key(keys["master"]) not in str(master["keys"])):
                log.warning("another client holds the signing keys of this account", user=self._user)
                return ""
            if keys is None:
                keys = {use: ECC.generate(curve="Ed25519") for use in USES}
                self._keep(keys)
            if master is None:
                await self._request("POST", "keys/device_signing/upload", self._public_keys(keys))
            device = answer["device_keys"][self._user][self._device]
            name = public_key(keys["self_signing"])
            if f"ed25519:{name}" in device.get("signatures", {}).get(self._user, {}):
                return public_key(keys["master"])
            device.pop("unsigned", None)
            sign(device, self._user, keys["self_signing"], name)
            signed = {self._user: {self._device: device}}
            await self._request("POST", "keys/signatures/upload", signed)
            return public_key(keys["master"])
        except (PlatformError, KeyError) as error:
            log.warning("the device could not be signed", error=repr(error))
            return ""

    async def replace(self, password: str) -> str:
        """Put new keys in place of those that another client holds; the public master key.

        Raises:
            PlatformError: the server does not take them, such as for a wrong password.
        """
        keys = {use: ECC.generate(curve="Ed25519") for use in USES}
        body = self._public_keys(keys)
        try:
            await self._request("POST", "keys/device_signing/upload", body)
        except NeedsPassword as error:  # Client-Server API, User-Interactive Authentication
            who = {"type": "m.id.user", "user": self._user}
            auth = {
                "type": "m.login.password",
                "identifier": who,
                "password": password,
                "session": error.session,
            }
            await self._request("POST", "keys/device_signing/upload", {**body, "auth": auth})
        self._keep(keys)
        return await self.sign_device()

    def _public_keys(self, keys: dict[str, ECC.EccKey]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for use in USES:
            name = public_key(keys[use])
            item: dict[str, Any] = {"user_id": self._user, "usage": [use], "keys": {f"ed25519:{name}": name}}
            if use != "master":
                sign(item, self._user, keys["master"], public_key(keys["master"]))
            fields[f"{use}_key"] = item
        return fields

    def _read(self) -> dict[str, ECC.EccKey] | None:
        if not self._path.exists():
            return None
        stored = json.loads(self._path.read_text(encoding="utf-8"))
        return {use: ECC.import_key(stored[use]) for use in USES}

    def _keep(self, keys: dict[str, ECC.EccKey]) -> None:
        write_whole(
            self._path, json.dumps({use: keys[use].export_key(format="PEM") for use in USES}, indent=1)
        )
