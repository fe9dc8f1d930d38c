"""Cookies that cannot be made up, and the secret that opens the host's door."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from pathlib import Path


def keep_secret(path: Path) -> str:
    """The secret in this file, made at first use; only its owner can read the file."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(24)
    path.touch(mode=0o600)
    path.write_text(made + "\n")
    return made


class Signer:
    """Signs small texts with HMAC-SHA-256."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def sign(self, text: str) -> str:
        """`text` with its signature."""
        return f"{text}.{self._mac(text)}"

    def read(self, signed: str) -> str | None:
        """The text, if the signature is ours."""
        text, _, mac = signed.rpartition(".")
        return text if text and hmac.compare_digest(mac, self._mac(text)) else None

    def _mac(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), sha256).hexdigest()
