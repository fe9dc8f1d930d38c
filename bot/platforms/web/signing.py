"""Signatures of cookies and addresses, and the secrets that they are made with."""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import blake2b, sha256
from pathlib import Path

from bot.files import write_whole

_HALF, _MOST, _TURNS = 2**32 - 1, 2**40, 6
# Letters alone, so that nobody takes such a text for a number.
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_DIGITS = str.maketrans("bcdfghjklmnpqrst", "0123456789abcdef")
_IN_LETTERS = frozenset("bcdfghjklmnpqrst")


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


class PublicIds:
    """Numbers of rows as others see them: without order, and not to be guessed.

    A row's number tells how much was written, also where somebody may not read. What leaves instead is that number,
    enciphered under the secret of this installation (a Feistel network over 64 bits); of the 2^64 texts nearly all are
    of no row. The same number always has the same text, so nothing is kept, and each kind has texts of its own.
    """

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._keys: dict[str, bytes] = {}

    def of(self, kind: str, number: int) -> str:
        """The text of a number from 0 to 2^40; 16 letters."""
        left, right = number >> 32, number & _HALF
        for turn in range(_TURNS):
            left, right = right, left ^ self._mixed(kind, turn, right)
        return f"{left << 32 | right:016x}".translate(_LETTERS)

    def number(self, kind: str, text: str) -> int | None:
        """The number behind a text of ours; None for any other text."""
        if len(text) != 16 or not _IN_LETTERS.issuperset(text):
            return None
        both = int(text.translate(_DIGITS), 16)
        left, right = both >> 32, both & _HALF
        for turn in reversed(range(_TURNS)):
            left, right = right ^ self._mixed(kind, turn, left), left
        number = left << 32 | right
        return number if number < _MOST else None

    def _mixed(self, kind: str, turn: int, half: int) -> int:
        key = self._keys.get(kind) or self._keys.setdefault(kind, self._signer.digest(f"ids:{kind}"))
        raw = blake2b(bytes((turn,)) + half.to_bytes(4, "big"), key=key, digest_size=4).digest()
        return int.from_bytes(raw, "big")


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(_bytes(given), _bytes(ours))


def _bytes(text: str) -> bytes:
    """What others send may hold halves of characters, which UTF-8 does not know."""
    return text.encode(errors="surrogatepass")


def _web(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
