"""The community's Ed25519 keys, in a folder of their own; an old key stays, so that old badges verify.

With a lasting HTTPS address the issuer is `did:web`, which survives a change of keys; without one each key is its own
`did:key`. A verification method is `<did>#<multikey>` in both (a bare `did:key` fails in two wallets).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import base58
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.errors import ConfigError

MULTICODEC = b"\xed\x01"  # an Ed25519 public key (Multicodec); multibase base58btc begins with z
DID_CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True)
class Key:
    """One key pair; `pem` is secret."""

    pem: bytes
    multikey: str
    public_pem: bytes


class Keys:
    """The keys of this installation, the newest first."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self._folder = folder
        self.address = address if address.startswith("https://") else ""
        self._keys: list[Key] = []

    def load(self) -> Keys:
        """Read the keys, making the first one.

        Raises:
            ConfigError: a file is not a key.
        """
        files = self._files() or self._make(1)
        self._keys = [_read(path) for path in files]
        return self

    def rotate(self) -> Key:
        """Make a new key, which signs from now on. Older ones stay: what they signed goes on being true."""
        files = self._files()
        self._keys = [_read(path) for path in self._make(len(files) + 1)]
        return self.current

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.pem"), reverse=True)

    def _make(self, number: int) -> list[Path]:
        """Make a key of this number, unless another process or thread is there first; all files, the newest first.

        It is written beside its place and linked there in one step: whoever sees the file sees a whole key, and of
        two who make it at once one wins and both use the same.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix="making-")  # nobody else can read it
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(beside, self._folder / f"{number:04}.pem")
        finally:
            Path(beside).unlink()
        return self._files()

    @property
    def current(self) -> Key:
        """The key that signs."""
        return self._keys[0]

    @property
    def all(self) -> tuple[Key, ...]:
        """Every key that ever signed, the newest first."""
        return tuple(self._keys)

    def did(self, key: Key | None = None) -> str:
        """The issuer's identifier."""
        if not self.address:
            return f"did:key:{(key or self.current).multikey}"
        parts = urlsplit(self.address)
        return f"did:web:{parts.netloc.replace(':', '%3A')}"

    def method(self, key: Key | None = None) -> str:
        """The verification method of a key, as a proof names it."""
        key = key or self.current
        return f"{self.did(key)}#{key.multikey}"

    def document(self) -> dict[str, Any]:
        """did.json: every key that ever signed."""
        did = self.did()
        methods = [
            {
                "id": f"{did}#{key.multikey}",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": key.multikey,
            }
            for key in self._keys
        ]
        return {
            "@context": DID_CONTEXT,
            "id": did,
            "verificationMethod": methods,
            "assertionMethod": [method["id"] for method in methods],
        }


def _read(path: Path) -> Key:
    pem = path.read_bytes()
    try:
        private = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise ConfigError(
            f"{path} is not a key. Put the one from your backup in its place; if no badge was signed yet, delete it."
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ConfigError(f"{path} is not an Ed25519 key. Put the one from your backup in its place.")
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return Key(
        pem=pem,
        multikey="z" + base58.b58encode(MULTICODEC + public).decode(),
        public_pem=private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
    )
