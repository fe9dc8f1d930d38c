"""Files beside a card where people get files: pictures, and the recap as one page to keep.

A picture's text is its twin in words, which chats keep as its description.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.model import cards
from bot.core.model.cards import Card
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.platform import File, Post
from bot.core.steps.diagrams import Picture, picture
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.core.views.recap import Held, recap
from bot.render.diagrams import draw
from bot.render.diagrams.alt_text import alt_text
from bot.render.recap.page import page

PICTURE, PAGE, FILM = "picture", "page", "film"
WIDE = 1000  # pixels
KEEP = N_("The recap as one page, to keep or print. If people delete something later, it stays in copies.")


def beside(card: Card, script: Script, session: Session, earlier: Sequence[Held] = ()) -> Iterator[Post]:
    """The pictures that belong to a card, and the page; in the order in which they follow it."""
    match card:
        case cards.Prompt(here=False, personal=False):
            attached = script.step(card.step).attach
            seen = picture(script, session, attached) if attached is not None else None
            if seen is not None:
                yield _shown(seen, session, card.step)
        case cards.Film():
            video = film_of(script, session)
            if video is not None:
                yield video
        case cards.Closing():
            yield from (_shown(seen, session) for seen in _pictures(script, session)[:1])
        case cards.RecapReady():
            yield from (_shown(seen, session) for seen in _pictures(script, session))
            yield Post(
                text=tr(KEEP), kind=PAGE, session=session.id, source=page(script, session, earlier=earlier)
            )


def film_of(script: Script, session: Session) -> Post | None:
    """The short film, with its transcript beside it; none while there is nothing to show."""
    from bot.render.video.storyboard import WATCH, board, length, transcript

    scenes = board(script, session)
    if not scenes:
        return None
    words = tr(WATCH, n=length(scenes), transcript=transcript(scenes))
    source = json.dumps([(scene.svg, scene.seconds) for scene in scenes])
    return Post(text=words, kind=FILM, session=session.id, source=source)


def _pictures(script: Script, session: Session) -> list[Picture]:
    view = recap(script, session)
    first: list[Picture] = [view.map] if view.map is not None and view.map.stories else []
    return [*first, *(seen for _, seen in view.pictures)]


def _shown(seen: Picture, session: Session, step: str = "") -> Post:
    return Post(text=alt_text(seen), kind=PICTURE, session=session.id, step=step, source=draw(seen))


def seal(post: Post) -> str:
    """A digest of a post: the same as long as it shows the same."""
    content = post.file.data if post.file is not None else post.source.encode()
    shown = (post.text, post.buttons, post.kind, post.picture, post.poll)
    return hashlib.sha256(repr(shown).encode() + b"\0" + content).hexdigest()[:16]


async def filed(post: Post) -> Post:
    """The post with its file, if one is to be made of it."""
    if not post.source or post.file is not None:
        return post
    if post.kind == FILM:
        from bot.render.video.encoder import filmed
        from bot.render.video.storyboard import HIGH
        from bot.render.video.storyboard import WIDE as ACROSS

        data = await filmed(json.loads(post.source))
        file = File(name="recap.mp4", media="video/mp4", data=data, wide=ACROSS, high=HIGH)
    elif post.kind == PAGE:
        file = File(name="recap.html", media="text/html", data=post.source.encode())
    else:
        from bot.render.rasterize import drawn  # a process of its own: only where pictures become files

        file = png_file(await drawn(post.source, WIDE), "picture.png")
    return replace(post, file=file)


def png_file(data: bytes, name: str) -> File:
    """A PNG, with the size that it says it has (PNG, 11.2.1: width and height open the first chunk)."""
    wide, high = struct.unpack(">II", data[16:24])
    return File(name=name, media="image/png", data=data, wide=wide, high=high)
