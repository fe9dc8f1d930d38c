"""How people find a room: a link, five letters to type, and a picture to point a phone at."""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Iterable
from functools import lru_cache

import segno

# No letter that sounds or looks like another one; a code is read aloud in a call.
LETTERS = "abcdefghkmnprstuwxyz"
LENGTH = 5


def code_of(room: str, key: str) -> str:
    """The short code of a room: always the same one, and not to be guessed from its name."""
    digest = hmac.new(key.encode(), f"code:{room}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    found = ""
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        found += LETTERS[rest]
    return found


def room_of(code: str, rooms: Iterable[str], key: str) -> str | None:
    """The room with this code, however it was typed (capitals, spaces, hyphens)."""
    wanted = "".join(ch for ch in code.lower() if ch.isalpha())
    return next((room for room in rooms if hmac.compare_digest(code_of(room, key), wanted)), None)


@lru_cache(maxsize=64)
def picture(link: str) -> bytes:
    """The link as a QR code, an SVG; dark on light in every colour scheme, or phones cannot read it."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", scale=8, border=3, dark="#111", light="#fff", title=link
    )
    return out.getvalue()
