"""Reads the credential out of a picture, as a verifier does (Open Badges 3.0, Baking)."""

from __future__ import annotations

import json
from typing import Any

from bot.badges.baking import BAKED, KEYWORD, chunks


def from_png(picture: bytes) -> dict[str, Any]:
    """The credential in a PNG.

    Raises:
        ValueError: there is none.
    """
    for kind, body in chunks(picture):
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            document: dict[str, Any] = json.loads(body[len(KEYWORD) + 5 :])
            return document
    raise ValueError("no credential is baked into this picture")


def from_svg(picture: str) -> dict[str, Any]:
    """The credential in an SVG.

    Raises:
        ValueError: there is none.
    """
    match = BAKED.search(picture)
    if match is None:
        raise ValueError("no credential is baked into this picture")
    document: dict[str, Any] = json.loads(match.group(1))
    return document
