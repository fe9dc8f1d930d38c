"""The value-cycle map. What has happened is a solid line, what is hoped for a dashed one."""

from __future__ import annotations

from html import escape
from math import sqrt

from bot.core.model.masked_count import size
from bot.core.model.script import Entry
from bot.core.steps.value_map import Told, ValueMap
from bot.core.text.quoting import clipped
from bot.core.text.wording import tr
from bot.render.diagrams.alt_text import alt_text
from bot.render.diagrams.primitives import (
    FONT,
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

SMALLEST, LARGEST = 30.0, 56.0  # radius of a node: two neighbours never touch
THIN, THICK = 2.0, 14.0
NAME, CLOSE = 14, 10  # letters of a name, and of one that has long names beside it or stands at the edge


def value_map(data: ValueMap, title: str = "") -> str:
    """The value-cycle map as SVG, with a title and a description for screen readers."""
    places = {cycle.key: cycle for cycle in data.cycles}
    most = max((size(data.shown(counts.all)) for counts in data.nodes.values()), default=1)
    widest = max((size(data.shown(counts.all)) for counts in data.flows.values()), default=1)
    radius = {
        key: SMALLEST + (LARGEST - SMALLEST) * sqrt(size(data.shown(data.nodes[key].all)) / max(most, 6))
        if key in data.nodes
        else SMALLEST
        for key in places
    }
    parts = [_loops(data, radius)]
    if data.supported and {"enabling", "applied"} <= data.nodes.keys():
        parts.append(_edge(places["enabling"], places["applied"], radius, THIN, dashed=False, colour=LINE))
    for (one, other), counts in data.flows.items():
        parts += _flow(places[one], places[other], radius, counts, widest, data)
    parts += [_node(cycle, data, radius[cycle.key]) for cycle in data.cycles]
    parts.append(_legend(bool(data.cost)))
    return canvas("".join(parts), title, alt_text(data))


def _flow(
    one: Entry, other: Entry, radius: dict[str, float], counts: Told, widest: int, seen: ValueMap
) -> list[str]:
    """One line for what happened and one, dashed, for what is hoped; side by side if there are both."""
    if one.row and other.row and abs(other.at[0] - one.at[0]) > 180:
        return [_over(one, other, radius, counts, str(seen.shown(counts.all)))]
    parts = []
    for n, dashed, shift in ((counts.happened, False, -1), (counts.hoped, True, 1)):
        if n:
            width = THIN + (THICK - THIN) * size(seen.shown(n)) / widest
            off = shift * 9.0 if counts.happened and counts.hoped else 0.0
            parts.append(_edge(one, other, radius, width, dashed=dashed, off=off))
    return parts


def _over(one: Entry, other: Entry, radius: dict[str, float], counts: Told, number: str) -> str:
    """A story that leaves a kind of value out: an arc above the row, so that it runs through no circle."""
    (x1, y1), (x2, y2) = one.at, other.at
    sx, sy = x1 + radius[one.key] * 0.6, y1 - radius[one.key] * 0.8 - 2
    ex, ey = x2 - radius[other.key] * 0.6, y2 - radius[other.key] * 0.8 - 6
    top, mx = y1 - 112 - abs(x2 - x1) * 0.06, (sx + ex) / 2
    colour, dash = (MAIN, "") if counts.happened else (WARM, ' stroke-dasharray="9 7"')
    return (
        f'<path d="M{sx:.1f} {sy:.1f}Q{mx:.1f} {2 * top - (sy + ey) / 2:.1f} {ex:.1f} {ey:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="2.5"{dash}/><path d="M{ex + 3:.1f} {ey + 5:.1f}l-13 -5l10 -9z" '
        f'fill="{colour}"/>' + halo(mx, top + 6, number, colour)
    )


def _edge(
    one: Entry,
    other: Entry,
    radius: dict[str, float],
    width: float,
    *,
    dashed: bool,
    off: float = 0.0,
    colour: str = "",
) -> str:
    (x1, y1), (x2, y2) = one.at, other.at
    length = sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2) or 1.0
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    a = x1 + dx * (radius[one.key] + 3) - dy * off, y1 + dy * (radius[one.key] + 3) + dx * off
    head = 9.0
    end = radius[other.key] + 4
    b = x2 - dx * (end + head) - dy * off, y2 - dy * (end + head) + dx * off
    tip = x2 - dx * end - dy * off, y2 - dy * end + dx * off
    colour = colour or (WARM if dashed else MAIN)
    dash = ' stroke-dasharray="9 7"' if dashed else ""
    half = max(width * 0.8, 6.0)
    return (
        f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" stroke="{colour}" '
        f'stroke-width="{width:.1f}"{dash}/>'
        f'<path d="M{tip[0]:.1f} {tip[1]:.1f}L{b[0] - dy * half:.1f} {b[1] + dx * half:.1f}'
        f'L{b[0] + dy * half:.1f} {b[1] - dx * half:.1f}z" fill="{colour}"/>'
    )


def _loops(data: ValueMap, radius: dict[str, float]) -> str:
    """Arcs below the row, from stories back to where stories begin, each with its count."""
    row = [cycle for cycle in data.cycles if cycle.row]
    first, parts = row[0], []
    (x2, y2), r2 = first.at, radius[first.key]
    for k, cycle in enumerate(row):
        n = data.shown(data.loops.get(cycle.key, 0))
        if not n:
            continue
        width = 2 + min(size(n), 10) * 0.2
        if cycle is first:
            x, y = x2 - r2 - 34, y2 + r2 * 0.72
            parts.append(
                f'<path d="M{x2 - r2 * 0.9:.1f} {y2 + r2 * 0.45:.1f}C{x - 10:.1f} {y:.1f} {x2 - r2:.1f} '
                f'{y2 + r2 + 44:.1f} {x2 - r2 * 0.4:.1f} {y2 + r2 * 0.96:.1f}" fill="none" stroke="{SOFT}" '
                f'stroke-width="{width:.1f}"/>' + halo(x2 - r2 - 6, y2 + r2 + 8, str(n))
            )
            continue
        (x1, y1), r1 = cycle.at, radius[cycle.key]
        sx, start = x1 - r1 * 0.45, y1 + r1 * 0.9 + 2
        dx = r2 * (0.78 - 0.24 * (k - 1))
        ex, end = x2 + dx, y2 + sqrt(max(r2 * r2 - dx * dx, 0.0)) + 12
        middle = y1 + 76 + 19 * k
        low = 2 * middle - (start + end) / 2
        mx = (sx + ex) / 2
        parts.append(
            f'<path d="M{sx:.1f} {start:.1f}Q{mx:.1f} {low:.1f} {ex:.1f} {end:.1f}" fill="none" '
            f'stroke="{SOFT}" stroke-width="{width:.1f}"/>'
            f'<path d="M{ex - 7:.1f} {end + 4:.1f}l4 -13l11 9z" fill="{SOFT}"/>'
            + halo(mx + 20 * k, middle + 6, str(n))
        )
    return "".join(parts)


def _node(cycle: Entry, data: ValueMap, r: float) -> str:
    x, y = cycle.at
    counts = data.nodes.get(cycle.key)
    hoped_only = counts is not None and not counts.happened
    fill = PAPER if counts is None else WARM_TINT if hoped_only else TINT
    stroke = LINE if counts is None else WARM if hoped_only else MAIN
    dash = ' stroke-dasharray="7 5"' if hoped_only else ""
    parts = [
        f'<circle cx="{x}" cy="{y}" r="{r:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="3"{dash}/>',
        halo(
            x,
            y + r + 24 if y > 400 else y - r - 14,
            _name(cycle, data),
            INK if counts else SOFT,
            20,
        ),
    ]
    if counts is not None:
        parts.append(text(x, y + 10, str(data.shown(counts.all)), 28, INK, 700))
        if counts.hoped:
            parts.append(halo(x + 6, y + r + 22, tr("{n} hoped", n=data.shown(counts.hoped)), WARM))
    cost = data.shown(data.cost.get(cycle.key, 0))
    if cost:
        parts.append(
            f'<rect x="{x + r * 0.72:.1f}" y="{y - r * 0.72 - 6:.1f}" width="16" height="16" fill="{PAPER}" '
            f'stroke="{INK}" stroke-width="2.5"/>'
            + halo(x + r * 0.72 + 24, y - r * 0.72 + 9, str(cost), INK, anchor="start")
        )
    return "".join(parts)


def _name(cycle: Entry, data: ValueMap) -> str:
    """A name as far as it fits between those of its neighbours."""
    x, y = cycle.at
    beside = [o.label for o in data.cycles if o.at[1] == y and 0 < abs(o.at[0] - x) < 200]
    roomy = x > 120 and all(len(name) < CLOSE for name in beside)
    return clipped(cycle.label, NAME if roomy else CLOSE)


def _legend(cost: bool) -> str:
    parts = [
        f'<line x1="40" y1="44" x2="84" y2="44" stroke="{MAIN}" stroke-width="5"/>',
        f'<text x="94" y="50" font-size="18" {FONT} fill="{INK}">{escape(tr("happened"))}</text>',
        f'<line x1="40" y1="74" x2="84" y2="74" stroke="{WARM}" stroke-width="5" stroke-dasharray="9 7"/>',
        f'<text x="94" y="80" font-size="18" {FONT} fill="{INK}">{escape(tr("hoped for"))}</text>',
        f'<path d="M40 98q22 22 44 0" fill="none" stroke="{SOFT}" stroke-width="3"/>',
        f'<text x="94" y="110" font-size="18" {FONT} fill="{INK}">{escape(tr("comes back to the community"))}</text>',
    ]
    if cost:
        parts += [
            f'<rect x="54" y="126" width="16" height="16" fill="{PAPER}" stroke="{INK}" stroke-width="2.5"/>',
            f'<text x="94" y="140" font-size="18" {FONT} fill="{INK}">{escape(tr("it cost us"))}</text>',
        ]
    return "".join(parts)
