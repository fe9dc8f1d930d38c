"""What the templates of the web room may use: filters, and names that stand in all of them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.commands import PAGES
from bot.core.model.facts import Phase
from bot.core.text import dates
from bot.core.text.messages import N_, PHASES
from bot.core.text.quoting import QUOTE_START
from bot.core.text.wording import language, tr
from bot.platforms.web.assets import KEPT
from bot.render import drawing
from bot.render.cards import HOW
from bot.render.html import html
from bot.render.i18n import speak
from bot.render.own_answers import listed, where_shown

HERE = Path(__file__).parent
# What the scripts of the page say; they find it in the page.
IN_SCRIPTS = (
    N_("live"),
    N_("You're offline. I'll send your answers when you're back."),
    N_("sent ✓"),
    N_("sending…"),
    N_("use as my answer"),
    N_("edit"),
    N_("delete"),
    N_("report"),
    N_("Edit your message. Press Enter to save, Escape to cancel."),
    N_("{n} min left"),
    N_("less than a minute left"),
    N_("time is up"),
)
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def environment() -> Environment:
    """Templates with escaping on and undefined names an error."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        auto_reload=False,  # they don't change while the program runs, and looking costs a look each time
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speak(env)
    env.globals["page_words"] = lambda: json.dumps({word: tr(word) for word in IN_SCRIPTS})
    env.globals["phase_name"] = lambda phase: tr(PHASES[phase])
    env.filters["markup"] = html
    env.filters["listed"] = listed
    env.filters["where_shown"] = where_shown
    env.filters["clock"] = lambda at: at.strftime("%H:%M")
    env.filters["timed"] = _timed
    env.filters["whole"] = dates.moment_in_zone
    env.globals["HOW"] = HOW
    env.globals |= {"ring": drawing.ring, "mark": drawing.mark, "sky": drawing.sky, "direction": _direction}
    env.filters["asked"] = _asked
    env.filters["shade"] = _shade
    env.filters["initial"] = lambda name: (name.strip() or "?")[0].upper()
    env.globals["static"] = KEPT
    env.globals["PAGES"] = PAGES
    env.globals["Phase"] = Phase
    return env


def _shade(person: str) -> int:
    """One of the twelve soft colors for the initial of a person, always the same one: the classes `k0` to `k11`."""
    return crc32(person.encode()) % 12


def _direction() -> str:
    """Where lines of the language that is being spoken begin, for `dir`."""
    return "rtl" if language().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


# The first sentences up to a question, or the first one, in a paragraph that goes on after it.
_QUESTION = re.compile(rf"[^\n{QUOTE_START}]{{1,240}}\?(?= \S)|[^\n{QUOTE_START}?]{{12,160}}?[.!:](?= \S)")


def _asked(text: str) -> str:
    """What is asked as a paragraph of its own, which the page shows large; what explains it comes after."""
    text = text.strip()
    found = _QUESTION.match(text)
    return f"{found[0]}\n\n{text[found.end() + 1 :]}" if found else text


def _timed(at: datetime) -> Markup:
    """A moment in UTC, which the page's script shows in the reader's zone."""
    return Markup('<time class="at" datetime="{}">{}</time>').format(at.isoformat(), dates.moment(at))
