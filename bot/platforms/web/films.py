"""The short film of a recap on the web: made when it is first asked for, a few kept in memory."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict

from aiohttp import web

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.wording import tr
from bot.render.i18n import spoken
from bot.render.video.encoder import filmed
from bot.render.video.storyboard import board, transcript

KINDS = ("mp4", "txt")
KEPT = 4  # films, of about half a megabyte


class Films:
    """Makes each film once as long as it shows the same."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, asyncio.Task[bytes]] = OrderedDict()

    async def get(self, session: Session, script: Script, kind: str) -> web.Response:
        """The film (mp4), or what it shows in words (txt)."""
        with spoken(script.language):
            scenes = board(script, session) if session.films else ()
            if not scenes:
                raise web.HTTPNotFound(text=tr("There's no video here."))
        if kind == "txt":
            return web.Response(text=transcript(scenes) + "\n")
        stills = [(scene.svg, scene.seconds) for scene in scenes]
        key = hashlib.sha256(repr(stills).encode()).hexdigest()
        if key not in self._made or (self._made[key].done() and self._made[key].exception()):
            self._made[key] = asyncio.create_task(filmed(stills))
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        body = await asyncio.shield(self._made[key])
        headers = {"Cache-Control": "private, no-store"}
        return web.Response(body=body, content_type="video/mp4", headers=headers)
