"""Pictures around a centre: the radar of a scale, and the wheel of kinds of work."""

from __future__ import annotations

from math import cos, pi, sin
from textwrap import wrap

from bot.core.model.masked_count import Unsaid, size
from bot.core.steps.diagrams import Wheel
from bot.core.steps.scale_statistics import Measure, Measured
from bot.core.text.wording import ntr, tr
from bot.render.diagrams.alt_text import FEW_NUMBERS, alt_text
from bot.render.diagrams.primitives import (
    INK,
    LINE,
    MAIN,
    PAPER,
    SOFT,
    TINT,
    TINTS,
    WARM,
    WIDTH,
    canvas,
    halo,
    points,
    text,
)

CENTRE = (500.0, 318.0)
RADIUS = 210.0
RINGS = 5
EDGE, LETTER = 12.0, 11.0  # pixels that stay free, and of a letter of 18 px
ENOUGH = 4  # people; a dot for fewer is hollow


def _at(angle: float, radius: float) -> tuple[float, float]:
    return CENTRE[0] + radius * cos(angle), CENTRE[1] + radius * sin(angle)


def _angles(n: int) -> list[float]:
    return [-pi / 2 + 2 * pi * k / n for k in range(n)]


def _rings() -> str:
    return "".join(
        f'<circle cx="{CENTRE[0]}" cy="{CENTRE[1]}" r="{RADIUS * n / RINGS:.1f}" fill="none" stroke="{LINE}" '
        f'stroke-width="1.5"/>'
        for n in range(1, RINGS + 1)
    )


def _wedge(start: float, end: float, radius: float, fill: str, extra: str = "") -> str:
    (x1, y1), (x2, y2) = _at(start, radius), _at(end, radius)
    large = int(end - start > pi)
    return (
        f'<path d="M{CENTRE[0]} {CENTRE[1]}L{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 {large} 1 {x2:.1f} '
        f'{y2:.1f}z" fill="{fill}"{extra}/>'
    )


def _label(angle: float, first: str, second: str, colour: str = INK) -> str:
    x, y = _at(angle, RADIUS + 26)
    side = cos(angle)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    room = 500.0 if anchor == "middle" else WIDTH - x if anchor == "start" else x
    lines = wrap(second, max(8, int((room - EDGE) / LETTER)))
    if anchor == "middle":
        y += 8 if sin(angle) > 0 else -22 * len(lines)
    below = "".join(text(x, y + 22 * n, line, 18, SOFT, anchor=anchor) for n, line in enumerate(lines, 1))
    return halo(x, y, first, colour, 20, anchor) + below


def _said(measured: Measured) -> str:
    if not measured.shown:
        return tr(FEW_NUMBERS)
    words = tr("{number} of {n}", number=f"{measured.median:g}", n=measured.n)
    return f"{words} · ? {measured.unsure}" if _unsure(measured) else words


def _unsure(measured: Measured) -> bool:
    return bool(measured.unsure) and not isinstance(measured.unsure, Unsaid)


def radar(measure: Measure, title: str = "") -> str:
    """Medians as a line, the quarters around them as a band, an earlier run as a dotted line."""
    title = title or measure.title
    if not measure.items:
        return canvas("", title, alt_text(measure))
    angles = _angles(len(measure.items))
    half = pi / len(measure.items)
    parts = [_sectors(measure, angles, half), _rings()]
    for angle in angles:
        x, y = _at(angle, RADIUS)
        parts.append(
            f'<line x1="{CENTRE[0]}" y1="{CENTRE[1]}" x2="{x:.1f}" y2="{y:.1f}" stroke="{LINE}" '
            f'stroke-width="1.5"/>'
        )
    if measure.shown:
        parts += _drawn(measure, angles)
    parts += [text(CENTRE[0] + 12, CENTRE[1] - RADIUS * n / RINGS + 20, str(n), 18, SOFT) for n in (1, 3, 5)]
    for angle, measured in zip(angles, measure.items, strict=True):
        parts.append(
            _label(
                angle, measured.item.label, _said(measured) if measure.shown else tr("not enough answers yet")
            )
        )
    names = [group for group in measure.groups if any(e.item.group == group.key for e in measure.items)]
    for n, group in enumerate(names):
        lower = 34 * n + 6 * (n > 1)  # past the longest label at the rim, which ends beside the third
        parts.append(
            f'<rect x="30" y="{470 + lower}" width="20" height="20" rx="4" fill="{TINTS[n % len(TINTS)]}" '
            f'stroke="{SOFT}" stroke-width="1.5"/>'
            + text(60, 487 + lower, group.label, 18, INK, anchor="start")
        )
    if measure.shown:
        parts.append(text(30, 40, tr("line: the middle"), 18, SOFT, anchor="start"))
        parts.append(text(30, 64, tr("band: the middle half"), 18, SOFT, anchor="start"))
        beside = [tr("?: can't tell")] if any(map(_unsure, measure.items)) else []
        beside += [tr("dotted: last time")] if measure.before else []
        parts += [text(30, 88 + 24 * n, words, 18, SOFT, anchor="start") for n, words in enumerate(beside)]
    if measure.suggested:
        parts.append(
            text(970, 44, tr("suggestion: {what}", what=measure.suggested), 20, WARM, 600, anchor="end")
        )
    return canvas("".join(parts), title, alt_text(measure))


def _sectors(measure: Measure, angles: list[float], half: float) -> str:
    order = list(dict.fromkeys(measured.item.group for measured in measure.items))
    if order in ([""], []):
        return ""
    return "".join(
        _wedge(angle - half, angle + half, RADIUS, TINTS[order.index(measured.item.group) % len(TINTS)])
        for angle, measured in zip(angles, measure.items, strict=True)
    )


def _drawn(measure: Measure, angles: list[float]) -> list[str]:
    answered = [(a, measured) for a, measured in zip(angles, measure.items, strict=True) if measured.shown]
    unit = RADIUS / RINGS
    high = [_at(a, measured.high * unit) for a, measured in answered]
    low = [_at(a, measured.low * unit) for a, measured in reversed(answered)]
    middle = [_at(a, measured.median * unit) for a, measured in answered]
    parts = []
    if len(answered) > 2:
        ring = f"M{points(high).replace(' ', 'L')}zM{points(low).replace(' ', 'L')}z"
        parts.append(f'<path d="{ring}" fill="{MAIN}" fill-opacity="0.22" fill-rule="evenodd"/>')
    if measure.before:
        was = [
            _at(a, measure.before[measured.item.key] * unit)
            for a, measured in answered
            if measured.item.key in measure.before
        ]
        parts.append(
            f'<polygon points="{points(was)}" fill="none" stroke="{WARM}" stroke-width="3" '
            f'stroke-dasharray="3 7" stroke-linecap="round"/>'
        )
    parts.append(f'<polygon points="{points(middle)}" fill="none" stroke="{MAIN}" stroke-width="4"/>')
    for (x, y), (_, measured) in zip(middle, answered, strict=True):
        fill = MAIN if measured.n >= ENOUGH else PAPER
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{fill}" stroke="{MAIN}" stroke-width="3"/>'
        )
    return parts


def wheel(data: Wheel, title: str = "") -> str:
    """A wedge for each kind of work, filled as far as there is of it; who asks for more stands beside its name."""
    title = title or data.measure.title
    items = data.measure.items
    if not items:
        return canvas("", title, alt_text(data))
    half = pi / len(items)
    parts = []
    for angle, measured in zip(_angles(len(items)), items, strict=True):
        start, end = angle - half, angle + half
        parts.append(_wedge(start, end, RADIUS, TINT, f' stroke="{PAPER}" stroke-width="3"'))
        if data.measure.shown and measured.shown:
            radius = RADIUS * measured.median / RINGS
            parts.append(_wedge(start, end, radius, MAIN, f' stroke="{PAPER}" stroke-width="3"'))
        more = data.needs.get(measured.item.key, 0)
        second = _said(measured) if data.measure.shown else tr("not enough answers yet")
        more = 0 if isinstance(more, Unsaid) else more
        second += " · " + ntr("{n} wants more", "{n} want more", more) if more else ""
        most = bool(more) and size(more) == max(map(size, data.needs.values()))
        parts.append(_label(angle, measured.item.label, second, WARM if most else INK))
    parts.append(_rings())
    if data.measure.shown and any(map(_unsure, items)):
        parts.append(text(30, 40, tr("?: can't tell"), 18, SOFT, anchor="start"))
    parts += [halo(CENTRE[0], CENTRE[1] - RADIUS * n / RINGS + 6, str(n)) for n in (1, 3, 5)]
    return canvas("".join(parts), title, alt_text(data))
