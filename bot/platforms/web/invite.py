"""Invitations to a room: its short code, five letters to type, and a picture to point a phone at."""

from __future__ import annotations

import hmac
import io
from collections.abc import Iterable
from functools import lru_cache

import segno

from bot.platforms.web.signing import Signer

# No letter that sounds or looks like another one; a code is read aloud in a call.
LETTERS = "abcdefghkmnprstuwxyz"
LENGTH = 5


def code_of(room: str, signer: Signer) -> str:
    """The short code of a room: always the same one, and not to be guessed from its name."""
    number = int.from_bytes(signer.digest(f"code:{room}")[:8], "big")
    code = ""
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        code += LETTERS[rest]
    return code


def room_of(code: str, rooms: Iterable[str], signer: Signer) -> str | None:
    """The room with this code, however it was typed (capitals, spaces, hyphens)."""
    letters = "".join(char for char in code.lower() if "a" <= char <= "z")
    return next(
        (room for room in rooms if hmac.compare_digest(code_of(room, signer).encode(), letters.encode())),
        None,
    )


@lru_cache(maxsize=64)
def picture(link: str) -> bytes:
    """The link as a QR code, an SVG; dark on light in every colour scheme, or phones cannot read it."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", scale=8, border=3, dark="#111", light="#fff", title=link
    )
    return out.getvalue()
