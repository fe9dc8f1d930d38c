"""The parts that all pictures share: colors, type, a canvas with its twin in words.

SVG with presentation attributes only, so that a strict page may hold them. Geometry: 1000 by 620, text
of at least 18 px; the colours keep apart for the colour-blind, and nothing is said by colour alone.
"""

from __future__ import annotations

from hashlib import blake2b
from html import escape

from bot.core.text.quoting import spelt

PAPER, INK, SOFT, LINE = "#fffdf9", "#23211d", "#5d584f", "#cfc8ba"
MAIN, TINT, WARM, WARM_TINT = "#1f5f5b", "#e4efed", "#8a4b14", "#f8ead9"
TINTS = ("#e4efed", "#f8ead9", "#ece8f4", "#eef0e0")
FONT = 'font-family="system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif"'
WIDTH, HEIGHT = 1000, 620


def canvas(inner: str, title: str, twin: str) -> str:
    """A picture with a title and a description for screen readers."""
    key = blake2b(f"{title}{twin}".encode(), digest_size=4).hexdigest()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t{key} d{key}"><title id="t{key}">{escape(title)}</title>'
        f'<desc id="d{key}">{escape(twin)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="16" fill="{PAPER}"/>{inner}</svg>'
    )


def halo(x: float, y: float, words: str, colour: str = SOFT, size: int = 18, anchor: str = "middle") -> str:
    """Text that stays legible on top of a line."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="600" {FONT} '
        f'fill="{colour}" stroke="{PAPER}" stroke-width="6" paint-order="stroke">{escape(spelt(words))}</text>'
    )


def text(
    x: float, y: float, words: str, size: int, colour: str, weight: int = 400, anchor: str = "middle"
) -> str:
    """Plain text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'{FONT} fill="{colour}">{escape(spelt(words))}</text>'
    )


def points(where: list[tuple[float, float]]) -> str:
    """Coordinates for a polygon."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in where)
