"""The files that pages load, at an address that changes with them, so that a browser may keep them for good."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from aiohttp import web

from bot import render

FOLDER = Path(__file__).parent / "static"
TOKENS = Path(render.__file__).parent / "tokens.css"  # the recap has the same ones


def _digest(folder: Path) -> str:
    """A digest of all files: scripts load each other, so they change their address together."""
    digest = blake2b(digest_size=6)
    for path in (*sorted(each for each in folder.rglob("*") if each.is_file()), TOKENS):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


KEPT = f"/static/{_digest(FOLDER)}"  # what is loaded from here never changes


def routes() -> list[web.AbstractRouteDef]:
    """Their addresses."""
    return [
        web.get(f"{KEPT}/tokens.css", _tokens),
        web.static(KEPT, FOLDER),
        web.get("/static/tokens.css", _tokens),
        web.static("/static", FOLDER),  # for pages that are older than this program
    ]


async def _tokens(request: web.Request) -> web.FileResponse:
    return web.FileResponse(TOKENS)
