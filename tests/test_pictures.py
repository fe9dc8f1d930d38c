"""Pictures measured with the widths of real letters: nothing overlaps, nothing is cut, everything can be read."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from bot.badges.picture import contrast
from bot.core.pictures import pictures_of
from bot.core.recap import recap
from bot.languages import spoken
from bot.recap.pictures import draw
from bot.recap.pictures.marks import HEIGHT, INK, MAIN, PAPER, SOFT, TINT, TINTS, WARM, WARM_TINT, WIDTH
from bot.rehearse import Played, Rehearsal
from bot.scripts import load

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "bot" / "fonts"
LEAST = 16  # pixels of a thousand; a phone shows them at a third
TOUCH = 1.5  # pixels by which boxes may touch


class Box(NamedTuple):
    words: str
    left: float
    top: float
    right: float
    bottom: float


@cache
def _font(bold: bool) -> tuple[dict[int, str], object, int]:
    font = TTFont(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def wide(words: str, size: float, *, bold: bool) -> float:
    """How wide these words are."""
    letters, widths, unit = _font(bold)
    return sum(widths[letters.get(ord(c), ".notdef")][0] for c in words) * size / unit  # type: ignore[index]


def boxes(svg: str) -> list[Box]:
    """Where the words of a picture stand."""
    found = []
    for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        words = "".join(node.itertext())
        size = float(node.get("font-size", "16"))
        across = wide(words, size, bold=int(node.get("font-weight", "400")) >= 600)
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = {"middle": x - across / 2, "end": x - across}.get(node.get("text-anchor", "start"), x)
        found.append(Box(words, left, y - size * 0.74, left + across, y + size * 0.2))
    return found


def faults(svg: str) -> list[str]:
    """Words that lie on others, or outside of the picture."""
    there = [box for box in boxes(svg) if box.words.strip()]
    out = [
        f"{box.words!r} leaves the picture: {box.left:.0f}..{box.right:.0f}, {box.top:.0f}..{box.bottom:.0f}"
        for box in there
        if box.left < 0 or box.right > WIDTH or box.top < 0 or box.bottom > HEIGHT
    ]
    for one, other in combinations(there, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        if across > TOUCH and down > TOUCH:
            out.append(f"{one.words!r} lies on {other.words!r} by {across:.0f} x {down:.0f}")
    return out


PLAYED: dict[tuple[str, int], Played] = {}


async def played(name: str, people: int) -> Played:
    if (name, people) not in PLAYED:
        script = load(
            ROOT / "prompts" / f"{name}.yaml", "90", "" if name == "change-agents" else "one_community"
        )
        PLAYED[name, people] = await Rehearsal(script, people, 5).play()
    return PLAYED[name, people]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("people", [1, 8, 30])
@pytest.mark.parametrize("name", ["value-creation", "community-maturity", "change-agents"])
async def test_nothing_overlaps_and_nothing_is_cut(name: str, people: int, language: str):
    one = await played(name, people)
    with spoken(language):
        found = recap(one.script, one.session)
        seen = [draw(found.map)] if found.map is not None else []
        seen += [draw(each) for _, each in pictures_of(one.script, one.session)]
        assert not [fault for svg in seen for fault in faults(svg)]
        for svg in seen:
            assert all(float(size) >= LEAST for size in re.findall(r'font-size="([\d.]+)"', svg))


def test_the_check_would_see_it():
    def at(x: int, y: int, words: str) -> str:
        return f'<text x="{x}" y="{y}" font-size="20">{words}</text>'

    start = '<svg xmlns="http://www.w3.org/2000/svg">'
    assert faults(f"{start}{at(100, 100, 'one')}{at(110, 105, 'two')}</svg>")
    assert faults(f"{start}{at(980, 100, 'too far')}</svg>")
    assert not faults(f"{start}{at(100, 100, 'one')}{at(100, 140, 'two')}</svg>")


def test_words_stand_out_from_what_is_behind_them():
    for colour in (INK, MAIN, SOFT, WARM):
        for behind in (PAPER, TINT, WARM_TINT, *TINTS):
            assert contrast(colour, behind) >= 4.5, (colour, behind)
