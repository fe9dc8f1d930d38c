"""The pack for a host after a session: pictures, cards the size of a slide, blank worksheets, the recap in all
its forms. It holds what the recap holds, and no words that it does not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.text.dates import day
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.core.views.recap import Held, recap
from bot.render.diagrams import draw
from bot.render.diagrams.card import story_card
from bot.render.i18n import spoken
from bot.render.questions import filled
from bot.render.rasterize import drawn
from bot.render.recap import exports
from bot.render.recap.interchange import as_json
from bot.render.recap.page import environment, page, style
from bot.render.steps.renderer import Blank, renderer_of
from bot.render.video.storyboard import slides

SLIDE = 1280  # pixels
ABOUT = N_(
    "Pictures and a card for each story (SVG and PNG), slides, worksheets to print, and "
    "the recap as a page, as text and as data. People are quoted because they said yes. If "
    "they delete something later, it stays in copies."
)


@record
class Sheet:
    """A step to work on by hand."""

    title: str
    say: str
    asked: tuple[Blank, ...]


async def pack(
    script: Script,
    session: Session,
    progress: Callable[[int, int], None] = lambda done, of: None,
    earlier: Sequence[Held] = (),
) -> bytes:
    """Everything as one zip; `told` hears how many of its pictures are made, and of how many."""
    with spoken(script.language):
        view = recap(script, session, earlier=earlier)
        pictures = [("map", draw(view.map))] if view.map is not None and view.map.stories else []
        pictures += [(_named(title), draw(seen)) for title, seen in view.pictures]
        when = day(view.at)
        stories = [(_named(story.title), story_card(story, when)) for story in view.stories]
        cards = [scene.svg for scene in slides(script, session)]
        files: dict[str, bytes] = {
            "about.txt": tr(ABOUT).encode(),
            "worksheets.html": worksheets(script).encode(),
            "recap.html": page(script, session, earlier=earlier).encode(),
            "recap.md": exports.markdown(view).encode(),
            "recap.json": as_json(view, script.language).encode(),
            "recap.csv": exports.as_csv(view).encode(),
        }
    whole, done = len(pictures) + len(stories) + len(cards), 0
    for folder, contents in (("pictures", pictures), ("stories", stories)):
        for n, (name, svg) in enumerate(contents, 1):
            files[f"{folder}/{n}-{name}.svg"] = svg.encode()
            files[f"{folder}/{n}-{name}.png"] = await drawn(svg)
            done += 1
            progress(done, whole)
    for n, svg in enumerate(cards, 1):
        files[f"slides/{n:02}.png"] = await drawn(svg, SLIDE)
        progress(done + n, whole)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            packed.writestr(path, data)
    return out.getvalue()


def worksheets(script: Script) -> str:
    """The questions of a workshop as a page to print, with room to write by hand."""
    template = environment().get_template("worksheets.html")
    return template.render(script=script, steps=tuple(_sheets(script)), style=style())


def _sheets(script: Script) -> Iterator[Sheet]:
    for step in (*script.prepare, *script.steps, *script.tail):
        blanks = renderer_of(step).blanks(step)
        if blanks:
            minutes = str(step.minutes)
            prompt = filled(step.say, {"minutes": minutes, "each": minutes, "deadline": tr("the end")})
            yield Sheet(title=step.title, say=re.sub(r"\*+", "", prompt), asked=blanks)


def _named(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:40] or "picture"
