"""Cross-signing: the bot vouches for its own device, or strict clients give it no keys and it is deaf.

matrix-nio does not do it. Client-Server API, "Cross-signing": three Ed25519 keys, of which the first
(master) signs the second (self-signing), and that one signs the device. The first upload asks for no
password (MSC3967).
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import structlog
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient

log = structlog.get_logger()

USES = ("master", "self_signing", "user_signing")


def canonical(item: Any) -> bytes:
    """Canonical JSON (Matrix appendices): sorted keys, no spaces, UTF-8."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unpadded(data: bytes) -> str:
    """Unpadded base64."""
    return base64.b64encode(data).rstrip(b"=").decode()


def public(key: ECC.EccKey) -> str:
    """The public half, as it is written in Matrix."""
    return unpadded(key.public_key().export_key(format="raw"))


def sign(item: dict[str, Any], user: str, key: ECC.EccKey, name: str) -> None:
    """Add a signature to an object; what others signed and `unsigned` are no part of what is signed."""
    bare = {k: v for k, v in item.items() if k not in ("signatures", "unsigned")}
    made = unpadded(eddsa.new(key, "rfc8032").sign(canonical(bare)))
    item.setdefault("signatures", {}).setdefault(user, {})[f"ed25519:{name}"] = made


class CrossSigning:
    """The three keys, kept beside the others."""

    def __init__(self, client: MatrixClient, path: Path) -> None:
        self._client = client
        self._path = path
        self._user = client.account.user

    async def vouch(self) -> str:
        """Sign the own device, if it is not signed yet; the public master key, or "" if it could not be signed."""
        try:
            answer = await self._client.raw("POST", "keys/query", {"device_keys": {self._user: []}})
            there = answer.get("master_keys", {}).get(self._user)
            keys = self._read()
            if there is not None and (keys is None or public(keys["master"]) not in str(there["keys"])):
                log.warning("another client holds the signing keys of this account", user=self._user)
                return ""
            if keys is None:
                keys = {use: ECC.generate(curve="Ed25519") for use in USES}
                self._keep(keys)
            if there is None:
                await self._client.raw("POST", "keys/device_signing/upload", self._public_keys(keys))
            device = answer["device_keys"][self._user][self._client.account.device]
            name = public(keys["self_signing"])
            if f"ed25519:{name}" in device.get("signatures", {}).get(self._user, {}):
                return public(keys["master"])
            device.pop("unsigned", None)
            sign(device, self._user, keys["self_signing"], name)
            signed = {self._user: {self._client.account.device: device}}
            await self._client.raw("POST", "keys/signatures/upload", signed)
            return public(keys["master"])
        except (PlatformError, KeyError) as error:
            log.warning("the device could not be signed", error=repr(error))
            return ""

    def _public_keys(self, keys: dict[str, ECC.EccKey]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for use in USES:
            name = public(keys[use])
            item: dict[str, Any] = {"user_id": self._user, "usage": [use], "keys": {f"ed25519:{name}": name}}
            if use != "master":
                sign(item, self._user, keys["master"], public(keys["master"]))
            made[f"{use}_key"] = item
        return made

    def _read(self) -> dict[str, ECC.EccKey] | None:
        if not self._path.exists():
            return None
        held = json.loads(self._path.read_text(encoding="utf-8"))
        return {use: ECC.import_key(held[use]) for use in USES}

    def _keep(self, keys: dict[str, ECC.EccKey]) -> None:
        fresh = self._path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({use: keys[use].export_key(format="PEM") for use in USES}, file, indent=1)
        fresh.replace(self._path)
