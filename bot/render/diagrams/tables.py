"""Pictures of taps: bars, and a table of two choices."""

from __future__ import annotations

from math import sqrt
from textwrap import wrap

from bot.core.model.masked_count import MaskedCount, Unsaid, size
from bot.core.steps.diagrams import Bars, Joined
from bot.core.text.quoting import clipped, room
from bot.core.text.wording import tr
from bot.render.diagrams.alt_text import alt_text
from bot.render.diagrams.primitives import (
    HEIGHT,
    INK,
    LINE,
    MAIN,
    PAPER,
    SOFT,
    TINT,
    WARM,
    WIDTH,
    canvas,
    text,
)

LEFT, RIGHT = 350.0, 880.0  # where bars begin, and the longest one ends
TOP, BOTTOM = 96.0, 540.0
NAME, SIDE, HEAD = 30, 22, 22  # letters of a bar's name, of a row's, of a column's
LEAST_HIGH, MOST_HIGH = 24.0, 84.0  # of a bar with the room around it
NAMED = 84  # letters in a line at the foot


def bars(data: Bars, title: str = "") -> str:
    """A bar for each option, its number behind it; where the number is not said it is hollow, and all are as long."""
    title = title or data.title
    if not data.bars:
        return canvas(
            text(WIDTH / 2, HEIGHT / 2, tr("not enough answers yet"), 24, SOFT), title, alt_text(data)
        )
    high = max(LEAST_HIGH, min(MOST_HIGH, (BOTTOM - TOP) / len(data.bars)))
    most = max(max(size(n) for _, n in data.bars), 6)
    parts = [text(LEFT, 56, clipped(title, 40), 24, INK, 700, "start")]
    for k, (label, n) in enumerate(data.bars):
        y = TOP + k * high
        middle, long = y + high / 2, (RIGHT - LEFT) * size(n) / most
        few = isinstance(n, MaskedCount) and n.few
        look = f'fill="{TINT}" stroke="{MAIN}" stroke-width="2"' if few else f'fill="{MAIN}"'
        parts.append(text(LEFT - 16, middle + 6, clipped(label, NAME), 20, INK, anchor="end"))
        if n:
            parts.append(
                f'<rect x="{LEFT}" y="{y + high * 0.16:.1f}" width="{long:.1f}" height="{high * 0.68:.1f}" rx="4" '
                f"{look}/>"
            )
        parts.append(text(LEFT + (long + 14 if n else 4), middle + 7, str(n), 20, INK, 700, "start"))
    parts.append(
        f'<line x1="{LEFT}" y1="{TOP - 8}" x2="{LEFT}" y2="{TOP + high * len(data.bars) + 8:.1f}" '
        f'stroke="{SOFT}" stroke-width="2"/>'
    )
    if data.suggested:
        suggestion = tr("suggestion from the numbers: {what}", what=data.suggested)
        parts.append(text(LEFT, 588, clipped(suggestion, 56), 20, WARM, 600, "start"))
    return canvas("".join(parts), title, alt_text(data))


def joined(data: Joined, title: str = "") -> str:
    """Rows and columns of two choices; a circle for those who chose both, with their number."""
    title = title or data.title
    if not data.cells:
        return canvas(
            text(WIDTH / 2, HEIGHT / 2, tr("not enough answers yet"), 24, SOFT), title, alt_text(data)
        )
    rows = [row for row in data.rows if any(data.cells.get((row.key, c.key)) for c in data.columns)]
    left, top, foot = 270.0, 114.0, 520.0
    wide = (WIDTH - 30 - left) / len(data.columns)
    high = min(96.0, (foot - top) / len(rows))
    most = max(size(n) for n in data.cells.values())
    parts = [text(30, 48, clipped(title, 62), 22, INK, 700, "start")]
    letters = min(HEAD, int(wide / 12.5))
    for c, column in enumerate(data.columns):
        lines = wrap(column.label, room(column.label, letters)) or [""]
        lines = [*lines[:1], " ".join(lines[1:])] if len(lines) > 1 else lines
        for k, line in enumerate(lines):
            y = 98.0 - 22 * (len(lines) - 1 - k)
            parts.append(text(left + wide * (c + 0.5), y, clipped(line, letters), 18, SOFT, 600))
    for r, row in enumerate(rows):
        y = top + high * (r + 0.5)
        parts.append(
            f'<line x1="30" y1="{y + high / 2:.1f}" x2="970" y2="{y + high / 2:.1f}" stroke="{LINE}"/>'
            + text(30, y + 6, clipped(row.label, SIDE), 19, INK, anchor="start")
        )
        for c, column in enumerate(data.columns):
            n = data.cells.get((row.key, column.key), 0)
            if n:
                parts.append(_cell(left + wide * (c + 0.5), y, n, most, min(high, wide) / 2 - 3))
    if data.named:
        caption = tr(
            "work needed for the next moves: {list}",
            list=", ".join(f"{label} {n}" for label, n in data.named),
        )
        lines = wrap(caption, room(caption, NAMED))[:3]
        parts += [text(30, 548 + 26 * k, line, 18, SOFT, anchor="start") for k, line in enumerate(lines)]
    return canvas("".join(parts), title, alt_text(data))


def _cell(x: float, y: float, n: int, most: int, radius: float) -> str:
    """A circle, and where the number is not said a hollow pill."""
    look = f'stroke="{MAIN}" stroke-width="2.5"'
    if isinstance(n, MaskedCount) and n.few:
        half = min(14.0, radius)
        shape = (
            f'<rect x="{x - 30:.1f}" y="{y - half:.1f}" width="60" height="{2 * half:.1f}" rx="{half:.1f}" '
            f'fill="{PAPER}" {look}/>'
        )
    else:
        r = max(min(16.0, radius), radius * sqrt(size(n) / most))
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{TINT}" {look}/>'
    return shape + ("" if isinstance(n, Unsaid) else text(x, y + 6, str(n), 17, INK, 700))
