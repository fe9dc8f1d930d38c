"""One story as a picture, to be shown by whoever was allowed to: its parts, and which kinds of value they tell."""

from __future__ import annotations

from textwrap import wrap

from bot.core.steps.value_map import HAPPENED, HOPE
from bot.core.text.quoting import clipped, room
from bot.core.text.wording import tr
from bot.core.views.recap_data import StoryCard
from bot.render.diagrams.primitives import INK, LINE, MAIN, PAPER, SOFT, WARM, WIDTH, canvas, text

EDGE = 40.0
TITLE = 38  # letters
LETTERS = 78  # in a line of somebody's words
TOP, FOOT, LINE_HIGH = 242.0, 592.0, 27.0


def story_card(story: StoryCard, at: str) -> str:
    """A story as its teller lets others read it; `at` is the day on which it was told."""
    title = story.title or tr("A story")
    author = story.author or tr("without a name")
    parts = [text(EDGE, 74, clipped(title, room(title, TITLE)), 32, INK, 700, "start")]
    parts += _dots(story)
    lines = int((FOOT - 32 - TOP) / LINE_HIGH)
    fields = story.fields[: lines // 2]
    wrapped = [wrap(" ".join(words.split()), room(words, LETTERS)) or [""] for _, words in fields]
    left = lines - 2 * len(fields)  # a line for each label, and one for its words
    y = TOP
    for (label, _), words in zip(fields, wrapped, strict=True):
        most = 1 + min(left, len(words) - 1)
        left -= most - 1
        if len(words) > most:
            words = [*words[: most - 1], clipped(" ".join(words[most - 1 :]), LETTERS)]
        parts.append(text(EDGE, y, clipped(label, room(label, 70)), 18, SOFT, 600, "start"))
        for line in words:
            y += LINE_HIGH
            parts.append(text(EDGE, y, line, 20, INK, anchor="start"))
        y += LINE_HIGH
    parts.append(f'<line x1="{EDGE}" y1="{FOOT - 32}" x2="{WIDTH - EDGE}" y2="{FOOT - 32}" stroke="{LINE}"/>')
    parts.append(text(EDGE, FOOT, clipped(author, room(author, 50)), 20, MAIN, 600, "start"))
    parts.append(text(WIDTH - EDGE, FOOT, at, 18, SOFT, anchor="end"))
    return canvas("".join(parts), title, twin(story))


def twin(story: StoryCard) -> str:
    """The card in words."""
    coverage = ", ".join(f"{label}: {tr(how)}" for label, how in story.coverage)
    return " ".join([f"{coverage}.", *(f"{label} {words}" for label, words in story.fields)])


def _dots(story: StoryCard) -> list[str]:
    """Full: happened; half: hoped for; hollow: not told. The words under them say the same."""
    parts: list[str] = []
    last = len(story.coverage) - 1
    step = (WIDTH - 2 * EDGE - 22) / max(last, 1)
    letters = int(min(step / 9.75, 40))
    for n, (label, how) in enumerate(story.coverage):
        x = EDGE + 11 + step * n
        colour = MAIN if how == HAPPENED else WARM if how == HOPE else LINE
        fill = MAIN if how == HAPPENED else PAPER
        dash = ' stroke-dasharray="4 3"' if how == HOPE else ""
        parts.append(
            f'<circle cx="{x:.1f}" cy="112" r="11" fill="{fill}" stroke="{colour}" stroke-width="3"{dash}/>'
        )
        if how == HOPE:
            parts.append(f'<path d="M{x:.1f} 101a11 11 0 0 0 0 22z" fill="{WARM}"/>')
        at, anchor = (EDGE, "start") if n == 0 else (WIDTH - EDGE, "end") if n == last else (x, "middle")
        shown = clipped(label, room(label, letters))
        parts.append(text(at, 148 + 24 * (n % 2), shown, 18, INK if how == HAPPENED else SOFT, anchor=anchor))
    parts.append(
        text(EDGE, 204, tr("full: happened · half: hoped for · hollow: not told"), 16, SOFT, anchor="start")
    )
    return parts
