"""The picture of a badge, from data: one family of nine, each with a shape and an emblem of its own.

Two badges differ by their shape and emblem as well as their colour, so nobody has to tell colours apart.
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
GOLD, LIGHT = "#ffd98c", "#e9f7f0"
FONT = 'font-family="DejaVu Sans, system-ui, sans-serif" text-anchor="middle"'
LINES = 2
WIDE = 0.66  # of a bold letter, in its height
# kind -> corners of the shape, how far its inner corners lie (1: none), how it is turned, and how round its corners
# are (half of a side at most)
SHAPES: dict[str, tuple[int, float, float, float]] = {
    "story": (6, 1.0, 0.0, 0.2),
    "maturity": (8, 1.0, pi / 8, 0.22),
    "convening": (5, 1.0, 0.0, 0.2),
    "series": (12, 0.92, 0.0, 0.5),
    "thanked": (8, 0.9, 0.0, 0.5),
    "witness": (24, 1.0, 0.0, 0.5),
    "host": (4, 1.0, pi / 4, 0.24),
    "companion": (6, 1.0, pi / 6, 0.3),
    "follow": (7, 1.0, 0.0, 0.25),
}
# How far the hue of a kind lies from that of the community: neighbors, and one complement for thanks.
TURNS = {
    "maturity": 0.07,
    "convening": 0.14,
    "thanked": 0.5,
    "witness": -0.04,
    "host": 0.03,
    "companion": -0.1,
    "follow": -0.17,
}
# What a kind is about, around 0,0 in a box of some 190: `L` is light, `G` gold.
EMBLEMS = {
    "story": '<path d="M-82 52V-30c28-16 60-14 82 6 22-20 54-22 82-6v82c-28-14-58-12-82 8-24-20-54-22-82-8Z" fill="L"/>'
    '<path d="M0-24V60" stroke="D" stroke-width="5"/>'
    '<path d="M0-96c3 22 15 34 37 37-22 3-34 15-37 37-3-22-15-34-37-37 22-3 34-15 37-37Z" fill="G"/>',
    "maturity": '<g fill="none" stroke="L" stroke-width="7"><circle r="84"/><circle r="67"/><circle r="50"/>'
    '<circle r="34"/><circle r="18"/></g><path d="M0 0L84-26" stroke="G" stroke-width="7"/>'
    '<circle r="10" fill="G"/><circle cx="84" cy="-26" r="11" fill="G"/>',
    "convening": '<g fill="none" stroke-width="15" stroke-linecap="round"><path stroke="L" stroke-opacity=".65" '
    'd="M-80 62C-78-10-48-74-6-74 22-74 34-44 38-12"/><path stroke="L" '
    'd="M-30 62C-26 30-2 26 16 10 40-12 54-50 84-64"/></g>'
    '<circle cx="-80" cy="62" r="13" fill="L"/><circle cx="-30" cy="62" r="13" fill="L"/>'
    '<circle cx="84" cy="-64" r="18" fill="G"/>',
    "series": '<g fill="none" stroke="L" stroke-width="13"><circle cy="-38" r="46"/><circle cx="-42" cy="34" r="46"/>'
    '<circle cx="42" cy="34" r="46"/></g>'
    '<path d="M0-24c3 20 13 30 33 33-20 3-30 13-33 33-3-20-13-30-33-33 20-3 30-13 33-33Z" fill="G"/>',
    "thanked": '<path d="M0 84C-56 46-86 16-86-20A44 44 0 0 1 0-42 44 44 0 0 1 86-20C86 16 56 46 0 84Z" fill="L"/>'
    '<path d="M26-14c3 20 13 30 33 33-20 3-30 13-33 33-3-20-13-30-33-33 20-3 30-13 33-33Z" fill="G"/>',
    "witness": '<path d="M-92 12C-60-34-30-48 0-48S60-34 92 12C60 58 30 72 0 72S-60 58-92 12Z" fill="L"/>'
    '<circle cy="12" r="36" fill="D"/><circle cy="12" r="15" fill="G"/>'
    '<path d="M0-92v26M-52-82l12 24M52-82l-12 24" stroke="G" stroke-width="9" stroke-linecap="round"/>',
    "host": '<path d="M-42-54h84l14 116h-112Z" fill="L"/><path d="M-30-40h60l10 88h-80Z" fill="D"/>'
    '<path d="M-62 62h124v16H-62ZM-26-70h52v12h-52Z" fill="L"/>'
    '<path d="M-18-76a18 18 0 0 1 36 0" fill="none" stroke="L" stroke-width="9"/>'
    '<path d="M0-26c4 14 22 22 22 42a22 22 0 0 1-44 0c0-12 8-14 10-24 5 4 6 7 6 10 3-8 8-16 6-28Z" fill="G"/>',
    "companion": '<circle cx="-30" cy="-44" r="30" fill="L"/>'
    '<path d="M-84 66v-26c0-34 24-50 54-50s54 16 54 50v26Z" fill="L"/>'
    '<circle cx="40" cy="-26" r="29" fill="G" stroke="D" stroke-width="7"/>'
    '<path d="M-14 70v-18c0-34 24-50 54-50s54 16 54 50v18Z" fill="G" stroke="D" stroke-width="7"/>',
    "follow": '<path d="M-76 40C-84-40-20-86 34-62 84-40 84 30 36 48 4 60-30 40-22 6-16-16 10-22 22-6" fill="none" '
    'stroke="L" stroke-width="15" stroke-linecap="round"/><path d="M-104 16l28 30 26-32" fill="none" stroke="L" '
    'stroke-width="15" stroke-linecap="round" stroke-linejoin="round"/><circle cx="22" cy="-4" r="16" fill="G"/>',
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
    high, mid, deep = _own(look.colour, kind)
    label = f"{signable(name)}, {signable(community)}"
    lines, size = _fitted(signable(name))
    top = 356 - (len(lines) - 1) * size * 0.3
    bold = f'font-size="{size}" font-weight="700" {FONT} fill="{BADGE_INK}"'
    words = "".join(
        f'<text x="{SIZE / 2}" y="{top + n * size * 1.12:.0f}" {bold}>{escape(spelt(line))}</text>'
        for n, line in enumerate(lines)
    )
    below, small = _below(signable(community))
    under = min(top + (len(lines) - 1) * size * 1.12 + 44, 430)
    emblem = EMBLEMS.get(kind, EMBLEMS["story"])
    for letter, ink in (("L", LIGHT), ("G", GOLD), ("D", mid)):
        emblem = emblem.replace(f'"{letter}"', f'"{ink}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img"><title>{escape(label)}</title>'
        f'<radialGradient id="glow" cx=".5" cy=".36" r=".62"><stop offset="0" stop-color="{high}"/>'
        f'<stop offset=".55" stop-color="{mid}"/><stop offset="1" stop-color="{deep}"/></radialGradient>'
        f"{_shape(kind, 248, GOLD)}{_shape(kind, 239, deep)}{_shape(kind, 228, 'url(#glow)')}"
        f'<g transform="translate(256 188) scale(.92)">{emblem}</g>{words}'
        f'<text x="{SIZE / 2}" y="{under:.0f}" font-size="{small}" {FONT} fill="{GOLD}">'
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


def _own(colour: str, kind: str) -> tuple[str, str, str]:
    """The colors of a kind from its middle to its edge: that of the community, its hue turned; all of them dark enough
    for white words (WCAG 2.2, 1.4.3).
    """
    hue, light, full = colorsys.rgb_to_hls(*(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)))

    def shade(light: float) -> str:
        parts = colorsys.hls_to_rgb((hue + TURNS.get(kind, 0)) % 1, light, full)
        return "#" + "".join(f"{round(part * 255):02x}" for part in parts)

    light = min(max(light, 0.2), 0.36)
    while contrast(shade(light), BADGE_INK) < READABLE or contrast(shade(light * 0.75), GOLD) < READABLE:
        light -= 0.01
    return shade(light), shade(light * 0.75), shade(light * 0.45)


def _below(community: str) -> tuple[str, int]:
    """The name of the community, as large as there is room for; a long one is cut."""
    for size in range(28, 18, -1):
        most = int(232 / (size * 0.6))
        if len(community) <= most:
            return community, size
    return textwrap.shorten(community, most, placeholder="…") or community[: most - 1] + "…", size


def _fitted(name: str) -> tuple[list[str], int]:
    """The name in at most two lines, as large as the shape has room for."""
    for size in range(46, 20, -2):
        width = int(350 / (size * WIDE))
        lines = textwrap.wrap(name, width, break_long_words=False)
        if len(lines) <= LINES and all(len(line) <= width for line in lines):
            return lines, size
    return textwrap.wrap(name, 24)[:LINES], 22


def _shape(kind: str, radius: float, colour: str) -> str:
    """The shape of a kind, its corners rounded: a point before each, one after it, and a curve between them."""
    corners, inner, turned, rounded = SHAPES.get(kind, SHAPES["story"])
    steps = corners if inner == 1.0 else corners * 2
    where = []
    for n in range(steps):
        at = 2 * pi * n / steps - pi / 2 + turned
        far = radius * (inner if n % 2 else 1.0) * (1.2 if kind == "host" else 1.0)
        where.append((SIZE / 2 + far * cos(at), SIZE / 2 + far * sin(at)))
    drawn: list[str] = []
    for n, (x, y) in enumerate(where):
        (bx, by), (ax, ay) = where[n - 1], where[(n + 1) % steps]
        drawn.append(
            f"{'L' if drawn else 'M'}{x + (bx - x) * rounded:.1f} {y + (by - y) * rounded:.1f}"
            f"Q{x:.1f} {y:.1f} {x + (ax - x) * rounded:.1f} {y + (ay - y) * rounded:.1f}"
        )
    return f'<path class="edge" d="{"".join(drawn)}Z" fill="{colour}"/>'
