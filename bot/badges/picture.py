"""The picture of a badge, from data: its name large enough to be read at 96 pixels, and a shape of its own.

Two badges differ by their shape as well as their colour, so nobody has to tell colours apart.
"""

from __future__ import annotations

import base64
import colorsys
import re
import textwrap
from collections.abc import Mapping
from dataclasses import field
from html import escape
from math import cos, pi, sin
from pathlib import Path

from bot.badges.award import signable
from bot.config import BADGE_COLOUR, BADGE_INK, READABLE, contrast
from bot.core.model.records import record
from bot.core.text.quoting import spelt
from bot.errors import ConfigError

SIZE = 512
PAPER = "#fffdf9"
FONT = 'font-family="DejaVu Sans, system-ui, sans-serif" text-anchor="middle"'
LINES = 3
WIDE = 0.66  # of a bold letter, in its height
# kind -> corners of the shape, how far its inner corners lie (1: none), and how it is turned
SHAPES: dict[str, tuple[int, float, float]] = {
    "story": (6, 1.0, 0.0),
    "maturity": (8, 1.0, pi / 8),
    "convening": (5, 1.0, 0.0),
    "series": (12, 0.86, 0.0),
    "thanked": (8, 0.8, 0.0),
    "witness": (4, 1.0, 0.0),
    "host": (4, 1.0, pi / 4),
    "companion": (6, 1.0, pi / 6),
    "follow": (7, 1.0, 0.0),
}


@record
class Look:
    """The look of a community's badges: a color, and its own pictures in place of ours, by kind."""

    colour: str = BADGE_COLOUR
    images: Mapping[str, str] = field(default_factory=dict)


def badge_picture(name: str, community: str, kind: str = "story", look: Look = Look()) -> str:
    """The SVG of a badge; its title says what it shows."""
    if kind in look.images:
        return look.images[kind]
    colour = _own(look.colour, kind)
    label = f"{signable(name)}, {signable(community)}"
    lines, size = _fitted(signable(name))
    top = SIZE * 0.45 - (len(lines) - 1) * size * 0.58 + size * 0.2
    bold = f'font-size="{size}" font-weight="700" {FONT} fill="{BADGE_INK}"'
    words = "".join(
        f'<text x="{SIZE / 2}" y="{top + n * size * 1.16:.0f}" {bold}>{escape(spelt(line))}</text>'
        for n, line in enumerate(lines)
    )
    below, small = _below(signable(community))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img"><title>{escape(label)}</title>'
        f"{_shape(kind, 244, colour)}{_shape(kind, 222, colour, line=PAPER)}{words}"
        f'<text x="{SIZE / 2}" y="{SIZE * 0.73:.0f}" font-size="{small}" {FONT} fill="{BADGE_INK}">'
        f"{escape(spelt(below))}</text>"
        "</svg>"
    )


def picture_from(path: Path) -> str:
    """A community's own picture as SVG: the file itself, or a PNG in a frame.

    Raises:
        ConfigError: it is neither.
    """
    data = path.read_bytes()
    if data.startswith(b"\x89PNG"):
        encoded = base64.b64encode(data).decode("ascii")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
            f'<image width="{SIZE}" height="{SIZE}" href="data:image/png;base64,{encoded}"/></svg>'
        )
    text = data.decode("utf-8", "replace")
    svg = re.search(r"<svg\b.*</svg\s*>", text, re.DOTALL)
    if svg is None or re.search(r"<script|\son\w+\s*=|javascript:", text, re.IGNORECASE):
        raise ConfigError(f"{path} is no plain SVG or PNG. Save it anew, without scripts.")
    return svg[0]


def _own(colour: str, kind: str) -> str:
    """The colour of a kind: that of the community, its hue turned; dark enough for white words (WCAG 2.2, 1.4.3)."""
    turn = list(SHAPES).index(kind) / len(SHAPES) if kind in SHAPES else 0
    hue, light, full = colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))
    while True:
        parts = colorsys.hls_to_rgb((hue + turn) % 1, light, full)
        code = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if not turn or contrast(code, BADGE_INK) >= READABLE:
            return code
        light -= 0.02


def _below(community: str) -> tuple[str, int]:
    """The name of the community, as large as there is room for; a long one is cut."""
    for size in range(42, 26, -2):
        most = int(250 / (size * 0.6))
        if len(community) <= most:
            return community, size
    return textwrap.shorten(community, most, placeholder="…") or community[: most - 1] + "…", size


def _fitted(name: str) -> tuple[list[str], int]:
    """The name in at most three lines, as large as the shape has room for."""
    for size in range(64, 20, -4):
        width = int(330 / (size * WIDE))
        lines = textwrap.wrap(name, width, break_long_words=False)
        if len(lines) <= LINES and all(len(line) <= width for line in lines):
            return lines, size
    return textwrap.wrap(name, 20)[:LINES], 22


def _shape(kind: str, radius: float, colour: str, line: str = "") -> str:
    corners, inner, turned = SHAPES.get(kind, SHAPES["story"])
    steps = corners if inner == 1.0 else corners * 2
    where = []
    for n in range(steps):
        at = 2 * pi * n / steps - pi / 2 + turned
        far = radius * (inner if inner != 1.0 and n % 2 else 1.0)
        where.append(f"{SIZE / 2 + far * cos(at):.1f},{SIZE / 2 + far * sin(at):.1f}")
    drawn = (
        f'stroke="{line}" stroke-width="5" fill="none"'
        if line
        else f'fill="{colour}" stroke-linejoin="round"'
    )
    return f'<polygon points="{" ".join(where)}" {drawn}/>'
