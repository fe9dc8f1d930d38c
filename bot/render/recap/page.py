"""The recap as one self-contained page: no script, no request, one style that the policy can name."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.steps.value_map import ValueMap
from bot.core.views import participant
from bot.core.views.recap import Held, recap
from bot.core.views.recap_data import Recap
from bot.render.action_items import HOW
from bot.render.diagrams import draw
from bot.render.diagrams.alt_text import alt_text
from bot.render.drawing import sky
from bot.render.i18n import speak, spoken
from bot.render.own_answers import listed, where_shown
from bot.render.recap.blocks import blocks

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The template environment of pages that stand alone."""
    environment_ = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speak(environment_)
    environment_.globals |= {"draw": draw, "alt_text": alt_text, "sky": sky}
    environment_.tests["value_map"] = lambda picture: isinstance(picture, ValueMap)
    environment_.filters["listed"] = listed
    environment_.filters["where_shown"] = where_shown
    return environment_


@cache
def style() -> str:
    """The page's style sheet: the tokens of all pages, without fonts, which it may not load, and its own rules."""
    tokens = (HERE.parent / "tokens.css").read_text(encoding="utf-8")
    tokens = "".join(line for line in tokens.splitlines(keepends=True) if not line.startswith("@font-face"))
    return tokens + (HERE / "recap.css").read_text(encoding="utf-8")


@cache
def style_hash() -> str:
    """The digest that lets a Content-Security-Policy allow this style and no other."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def page(script: Script, session: Session, *, rehearsal: bool = False, earlier: Sequence[Held] = ()) -> str:
    """The recap of a session as HTML, with what its people allow now; that of a rehearsal says so."""
    with spoken(script.language):
        return _page(recap(script, session, earlier=earlier), rehearsal)


def page_of(recap: Recap, language: str) -> str:
    """A recap as HTML, also one from elsewhere."""
    with spoken(language):
        return _page(recap, rehearsal=False)


def sheet(held: Sequence[Held], person: str) -> str:
    """One person's own words on paper, for that person only.

    Args:
        held: the sessions that they were in: the one that is meant, then any others in which they wrote.
    """
    session, script = held[0]
    member = session.people.get(person)
    parts = [
        (script.title, session.at, participant.mine(script, session, person))
        for session, script in held
        if session.id
    ]
    return (
        environment()
        .get_template("sheet.html")
        .render(
            title=script.title or "Storycircle",
            name=member.name if member is not None else "",
            when=session.at,
            parts=[part for n, part in enumerate(parts) if part[2] or not n],
            next_steps=script.next_steps,
            style=style(),
        )
    )


def _page(recap: Recap, rehearsal: bool) -> str:
    most = max((count for part in recap.parts for _, count in part.spread), default=1)
    return (
        environment()
        .get_template("recap.html")
        .render(
            title=recap.title,
            blocks=list(blocks(recap)),
            told=len(recap.stories),  # those that can be read: one star for each
            how={progress.value: word for progress, word in HOW.items()},
            style=style(),
            most=most or 1,
            rehearsal=rehearsal,
        )
    )
