"""Signatures of cookies and addresses, and the secrets that they are made with."""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from bot.files import write_whole


def keep_secret(path: Path) -> str:
    """The secret in this file, made at first use; only its owner can read the file. An empty file holds none."""
    if path.exists() and (kept := path.read_text().strip()):
        return kept
    return new_secret(path)


def new_secret(path: Path) -> str:
    """Another secret in this file, from now on; whoever reads the file meanwhile finds the one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_urlsafe(24)
    write_whole(path, secret + "\n")
    return secret


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
        return text if text and _same(mac, self._mac(text)) else None

    def token(self, text: str) -> str:
        """`text` and its signature as one short piece of an address (128 bits of the signature)."""
        return _web(text.encode()) + "." + _web(self.digest(text)[:16])

    def read_token(self, token: str) -> str | None:
        """The text, if the signature is ours."""
        given, _, mac = token.partition(".")
        try:
            text = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode()
        except ValueError:
            return None
        return text if _same(mac, _web(self.digest(text)[:16])) else None

    def digest(self, text: str) -> bytes:
        """The signature of `text`, 32 bytes."""
        return hmac.new(self._key, _bytes(text), sha256).digest()

    def _mac(self, text: str) -> str:
        return self.digest(text).hex()


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(_bytes(given), _bytes(ours))


def _bytes(text: str) -> bytes:
    """What others send may hold halves of characters, which UTF-8 does not know."""
    return text.encode(errors="surrogatepass")


def _web(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
