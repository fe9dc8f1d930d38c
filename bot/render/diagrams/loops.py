"""The map of two loops, and the curve of energy."""

from __future__ import annotations

from math import sqrt
from textwrap import wrap

from bot.core.model.masked_count import size
from bot.core.model.script import Entry
from bot.core.steps.diagrams import Curve, Standing
from bot.core.text.quoting import clipped
from bot.core.text.wording import tr
from bot.render.diagrams.alt_text import alt_text
from bot.render.diagrams.primitives import (
    INK,
    LINE,
    MAIN,
    PAPER,
    SOFT,
    TINT,
    WARM,
    WARM_TINT,
    canvas,
    halo,
    text,
)

OLD = "M40 470 C160 120 300 70 430 110 C600 165 700 470 940 540"
LARGEST = 30.0  # radius of a station: with hundreds of people it stays clear of its neighbours
LETTERS = {
    "end": 20,
    "start": 16,
    "middle": 12,
}  # of a name: left of its station, right of it, over or under it
MOVES = 8  # arrows at most; the most wanted ones
THICKEST = 9.0  # of an arrow
NEW = "M330 300 C360 480 470 560 600 500 C740 430 800 120 960 70"


def two_loops(standing: Standing, title: str = "") -> str:
    """The old curve solid, the new one dashed; each station with the number of people who stand there."""
    parts = [
        f'<path d="{OLD}" fill="none" stroke="{WARM}" stroke-width="5" stroke-linecap="round"/>',
        f'<path d="{NEW}" fill="none" stroke="{MAIN}" stroke-width="5" stroke-dasharray="14 9" '
        f'stroke-linecap="round"/>',
        halo(20, 552, tr("solid: what's ending"), WARM, 18, "start"),
        halo(20, 578, tr("dashed: what's starting"), MAIN, 18, "start"),
    ]
    radius = {s.key: min(LARGEST, 13 + 5 * sqrt(size(standing.now.get(s.key, 0)))) for s in standing.stations}
    where = {s.key: s for s in standing.stations}
    moves = [m for m in standing.moves.items() if m[0][0] != m[0][1] and {*m[0]} <= where.keys()]
    for (one, other), n in sorted(moves, key=lambda move: -size(move[1]))[:MOVES]:
        parts.append(_move(where[one], where[other], n, radius))
    for station in standing.stations:
        parts.append(_station(station, standing, radius[station.key]))
    if moves:
        parts.append(text(20, 604, tr("arrows: where 2 or more want to go"), 18, SOFT, anchor="start"))
    return canvas("".join(parts), title or tr("Where we are on the two curves"), alt_text(standing))


def _station(station: Entry, standing: Standing, r: float) -> str:
    x, y = station.at
    n, later = standing.now.get(station.key, 0), standing.later.get(station.key, 0)
    new = station.group == "new"
    colour = MAIN if new else WARM if station.group == "old" else INK
    fill = (TINT if new else WARM_TINT) if n else PAPER
    lx, ly, anchor = _beside(station, r, bool(later))
    parts = [
        f'<circle cx="{x}" cy="{y}" r="{r:.1f}" fill="{fill}" stroke="{colour}" stroke-width="3"/>',
        halo(lx, ly, clipped(station.label, LETTERS[anchor]), INK, 19, anchor),
    ]
    if n:
        few = len(str(n)) > 2  # not a number, and wider
        parts.append(text(x, y + (5 if few else 7), str(n), 16 if few else 20, INK, 700))
    if later:
        parts.append(halo(lx, ly + 21, tr("{n} in a year", n=later), SOFT, anchor=anchor))
    return "".join(parts)


def _beside(station: Entry, r: float, two: bool) -> tuple[float, float, str]:
    """The place of a station's name, on no curve and on no neighbor."""
    x, y = station.at
    if station.group == "between":
        return x + r + 10, y + 2, "start"
    if station.group == "old" and 250 < y < 450:
        return x - r - 10, y + 2, "end"
    if station.group == "old" and 150 < y <= 250:
        return x + r + 8, y - 13, "start"
    if station.group == "new" and (250 < y < 450 or y < 200):
        return x - r - 10, y - 10, "end"
    return (x, y + r + 24, "middle") if y > 400 else (x, y - r - (34 if two else 12), "middle")


def _move(one: Entry, other: Entry, n: int, radius: dict[str, float]) -> str:
    (x1, y1), (x2, y2) = one.at, other.at
    length = sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2) or 1.0
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    bend = min(60.0, length * 0.2)
    mx, my = (x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend
    sx, sy = x1 + dx * (radius[one.key] + 3), y1 + dy * (radius[one.key] + 3)
    ex, ey = x2 - dx * (radius[other.key] + 12), y2 - dy * (radius[other.key] + 12)
    tip = x2 - dx * (radius[other.key] + 3), y2 - dy * (radius[other.key] + 3)
    return (
        f'<path d="M{sx:.1f} {sy:.1f}Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}" fill="none" stroke="{SOFT}" '
        f'stroke-width="{min(1.5 + size(n) * 0.8, THICKEST):.1f}" stroke-opacity="0.7"/>'
        f'<path d="M{tip[0]:.1f} {tip[1]:.1f}L{ex - dy * 6:.1f} {ey + dx * 6:.1f}L{ex + dy * 6:.1f} '
        f'{ey - dx * 6:.1f}z" fill="{SOFT}"/>'
    )


def curve(data: Curve, title: str = "") -> str:
    """The community's line rises, dips and rises again; the first leader's line falls."""
    parts = [f'<line x1="60" y1="500" x2="950" y2="500" stroke="{LINE}" stroke-width="3"/>']
    n = len(data.phases)
    for k, phase in enumerate(data.phases):
        x = 60 + 890 * (k + 0.5) / n
        for line, words in enumerate(wrap(phase.label, 18)):
            parts.append(text(x, 536 + 24 * line, words, 20, INK, 600))
        if k:
            edge = 60 + 890 * k / n
            parts.append(
                f'<line x1="{edge:.1f}" y1="90" x2="{edge:.1f}" y2="500" stroke="{LINE}" stroke-width="1.5" '
                f'stroke-dasharray="4 6"/>'
            )
    parts += [
        f'<path d="M70 460C170 430 240 260 330 240C400 228 420 330 500 330C600 330 660 170 780 140C850 126 '
        f'900 150 945 175" fill="none" stroke="{MAIN}" stroke-width="6" stroke-linecap="round"/>',
        f'<path d="M70 130C220 150 330 250 470 330C600 400 760 440 945 455" fill="none" stroke="{WARM}" '
        f'stroke-width="5" stroke-dasharray="12 9" stroke-linecap="round"/>',
        halo(790, 112, tr("the community's energy"), MAIN, 20),
        halo(196, 112, tr("the first leader's energy"), WARM, 20),
        halo(470, 372, tr("a dip, as usual"), SOFT, 18),
    ]
    return canvas("".join(parts), title or tr("How a community's energy moves"), alt_text(data))
