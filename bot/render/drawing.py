"""The drawings that all pages share: the ring of seats, the mark made of it, and the night sky.

Colors are classes of the style sheet, so a drawing follows light, dark and theme; places are numbers, so the strict
policy of the pages lets them through. Each drawing stands beside words that say the same, and is hidden from screen
readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, pi, sin
from zlib import crc32

from markupsafe import Markup, escape

MOST_SEATS = 30  # of a ring; more people are an arc and a number
AROUND = 44.0  # the radius of the seats
INSIDE = 33.0  # and of the arc


def ring(seats: int, taken: int, number: str = "", word: str = "", *, arc: float | None = None) -> Markup:
    """People as dots in a circle, filled in the order of arrival, never at anybody's own seat.

    Args:
        arc: how much of the inner circle is drawn, 0 to 1; None draws none.
        number: what stands in the middle, with a `word` below it.
    """
    dots = "".join(_dots(seats, taken)) if seats <= MOST_SEATS else ""
    if arc is None and seats > MOST_SEATS:
        arc = taken / seats
    inner = ""
    if arc is not None:
        around = 2 * pi * INSIDE
        inner = (
            f'<circle class="ring-track" cx="50" cy="50" r="{INSIDE:g}"/><circle class="ring-arc" cx="50" cy="50" '
            f'r="{INSIDE:g}" stroke-dasharray="{around * max(0.0, min(1.0, arc)):.1f} {around:.1f}" '
            'transform="rotate(-90 50 50)"/>'
        )
    words = (
        f'<text class="ring-number" x="50" y="{52 if word else 56}">{escape(number)}</text>' if number else ""
    )
    words += f'<text class="ring-word" x="50" y="64">{escape(word)}</text>' if word else ""
    drawn = f'<svg class="ring" viewBox="-3 -3 106 106" aria-hidden="true">{inner}{dots}{words}</svg>'
    return Markup(drawn)  # noqa: S704  (numbers, and words that are escaped)


def _dots(seats: int, taken: int) -> Iterator[str]:
    size = min(5.2, max(2.1, 0.62 * AROUND * pi / max(seats, 1)))
    for n in range(seats):
        at = 2 * pi * n / seats - pi / 2
        x, y = 50 + AROUND * cos(at), 50 + AROUND * sin(at)
        kind, radius = ("on", size) if n < taken else ("off", size - 0.8)
        yield f'<circle class="seat-{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def mark() -> Markup:
    """The mark of Storycircle: a ring of seven seats, one of them open."""
    drawn = "".join(
        f'<circle class="seat-{"off" if n == 6 else "on"}" cx="{50 + 44 * cos(2 * pi * n / 7 - pi / 2):.1f}" '
        f'cy="{50 + 44 * sin(2 * pi * n / 7 - pi / 2):.1f}" r="{9.5 if n == 6 else 10.5}"/>'
        for n in range(7)
    )
    return Markup(f'<svg class="mark" viewBox="-9 -9 118 118" aria-hidden="true">{drawn}</svg>')  # noqa: S704


def sky(stories: int = 0, seats: int = 0, *, wide: int = 600, high: int = 400, seed: str = "") -> Markup:
    """The night above a circle: a star for each story that was told, joined to the nearest one, and a seat for each
    person on the ground. Nobody can be told from a star or a seat: their places come from `seed`.
    """
    ground = high * 0.78
    drawn = [
        f'<svg class="sky" viewBox="0 0 {wide} {high}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">',
        *(
            f'<circle class="far" cx="{x * wide:.0f}" cy="{y * ground:.0f}" r="{0.6 + z:.1f}"/>'
            for x, y, z in _scattered(f"{seed}far", wide * high // 4000)
        ),
        f'<path class="hill" d="M0 {ground * 0.93:.0f}Q{wide * 0.2:.0f} {ground * 0.8:.0f} {wide * 0.48:.0f} '
        f'{ground * 0.92:.0f}T{wide} {ground * 0.84:.0f}V{high}H0Z"/>',
    ]
    stars = list(_constellation(min(stories, 60), wide, ground, seed))
    for n, (x, y) in enumerate(stars[1:], 1):
        to = min(stars[:n], key=lambda each: hypot(each[0] - x, each[1] - y))
        drawn.append(f'<path class="thread" d="M{x:.0f} {y:.0f}L{to[0]:.0f} {to[1]:.0f}"/>')
    for x, y in stars:
        place = f'cx="{x:.0f}" cy="{y:.0f}"'
        drawn.append(f'<circle class="halo" {place} r="9"/><circle class="star" {place} r="3.4"/>')
    if seats:
        across, deep, middle = min(wide * 0.4, 260.0, high * 0.62), high * 0.13, high * 0.83
        drawn.append(
            f'<ellipse class="ground" cx="{wide / 2:.0f}" cy="{middle:.0f}" rx="{across * 1.15:.0f}" '
            f'ry="{deep * 1.3:.0f}"/>'
        )
        some = min(seats, 48)
        for n in sorted(range(some), key=lambda each: sin(2 * pi * each / some - pi / 2)):
            at = 2 * pi * n / some - pi / 2
            near = 1 + 0.28 * sin(at)
            x, y, size = wide / 2 + across * cos(at), middle + deep * sin(at), (13 if some < 16 else 8) * near
            drawn.append(
                f'<ellipse class="shade" cx="{x:.0f}" cy="{y + size:.0f}" rx="{size * 1.2:.0f}" ry="{size * 0.3:.1f}"/>'
                f'<circle class="seat-on" cx="{x:.0f}" cy="{y:.0f}" r="{size:.1f}"/>'
            )
    drawn.append("</svg>")
    return Markup("".join(drawn))  # noqa: S704  (numbers only)


def _scattered(seed: str, many: int) -> Iterator[tuple[float, float, float]]:
    """Places between 0 and 1 that are always the same for one seed."""
    for n in range(many):
        code = crc32(f"{seed}:{n}".encode())
        yield (code & 1023) / 1023, ((code >> 10) & 1023) / 1023, ((code >> 20) & 1023) / 1023


def _constellation(many: int, wide: float, ground: float, seed: str) -> Iterator[tuple[float, float]]:
    """Stars from the lower middle up and outward, as sparks rise."""
    for n, (x, y, _) in enumerate(_scattered(f"{seed}star", many)):
        far = (n + 1) / (many + 1)
        yield (
            wide * (0.5 + (0.16 + 0.3 * far) * cos(5.2 * far + 0.6) + 0.06 * (x - 0.5)),
            ground * (0.74 - 0.62 * far + 0.14 * (y - 0.5)),
        )
