"""A credential inside its picture (Open Badges 3.0, Baking): one file that shows and proves."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = re.compile(r"(<svg\b[^>]*?)(/?>)", re.DOTALL)
BAKED = re.compile(r"<openbadges:credential>\s*<!\[CDATA\[(.*?)\]\]>\s*</openbadges:credential>", re.DOTALL)


def into_png(picture: bytes, document: dict[str, Any]) -> bytes:
    """A PNG with the credential in exactly one `iTXt` chunk, uncompressed and in ASCII (a wallet reads Latin-1)."""
    if not picture.startswith(_PNG):
        raise ValueError("this is no PNG")
    words = json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    # keyword, NUL, compression flag and method, language and translated keyword, both empty (PNG, 11.3.3.4)
    text = KEYWORD + b"\0\0\0\0\0" + words
    parts = [_PNG]
    for kind, body in chunks(picture):
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            continue
        if kind == b"IEND":
            parts.append(_chunk(b"iTXt", text))
        parts.append(_chunk(kind, body))
    return b"".join(parts)


def into_svg(picture: str, document: dict[str, Any]) -> str:
    """An SVG with the credential as the first child of its root, in CDATA."""
    words = json.dumps(
        document, ensure_ascii=True, separators=(",", ":")
    )  # no "]]>" can be in it but in text
    words = words.replace("]]>", "]]\\u003e")
    baked = f"<openbadges:credential><![CDATA[{words}]]></openbadges:credential>"
    svg_, n = _SVG.subn(
        lambda m: f'{m.group(1)} xmlns:openbadges="{NAMESPACE}"{m.group(2)}{baked}',
        BAKED.sub("", picture),
        count=1,
    )
    if not n:
        raise ValueError("this is no SVG")
    return svg_


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG: the kind and the content of each."""
    at = len(_PNG)
    while at + 8 <= len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind, picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
