"""The design tokens: what is read on what can be told apart (WCAG 2.2, 1.4.3 and 1.4.11), in light, dark and at night."""

from __future__ import annotations

import re

import pytest

from bot.config import contrast
from bot.platforms.web.assets import FOLDER, TOKENS

TEXT, SHAPE = 4.5, 3.0
ON = [
    *[("ink", on, TEXT) for on in ("bg", "surface", "sunk", "tint")],
    *[("soft", on, TEXT) for on in ("bg", "surface", "sunk")],
    *[("brand", on, TEXT) for on in ("bg", "surface", "sunk")],
    ("brand-ink", "brand", TEXT),
    ("tint-ink", "tint", TEXT),
    ("glow-ink", "glow-tint", TEXT),
    ("on-glow", "glow", TEXT),
    ("bad", "bad-tint", TEXT),
    ("bad", "bg", TEXT),
    ("bad", "surface", TEXT),
    ("bad-ink", "bad", TEXT),
    *[("edge", on, SHAPE) for on in ("bg", "surface")],
    *[("glow-edge", on, SHAPE) for on in ("bg", "surface")],
    *[("brand", on, SHAPE) for on in ("bg", "surface", "tint")],
]
SIZES = ("tiny", "small", "body", "lead", "h3", "h2")


def _schemes() -> dict[str, dict[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    root, night = text.split(".night", 1)
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", root)
    dark = {name: two for name, _, two in pairs}
    return {
        "light": {name: one for name, one, _ in pairs},
        "dark": dark,
        "night": dark | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", night)),
    }


@pytest.mark.parametrize("scheme", ["light", "dark", "night"])
@pytest.mark.parametrize(("front", "back", "least"), ON)
def test_what_stands_on_what_can_be_told_apart(scheme: str, front: str, back: str, least: float):
    colors = _schemes()[scheme]
    assert contrast(colors[front], colors[back]) >= least, (scheme, front, back)


@pytest.mark.parametrize("spot", ["night-high", "night-mid", "night-deep"])
@pytest.mark.parametrize(
    ("front", "least"), [("ink", TEXT), ("soft", TEXT), ("brand", TEXT), ("edge", SHAPE)]
)
def test_words_can_be_read_everywhere_on_the_night_sky(spot: str, front: str, least: float):
    sky = dict(re.findall(r"--(night-[a-z]+): (#[0-9a-f]{6})", TOKENS.read_text()))
    assert contrast(_schemes()["night"][front], sky[spot]) >= least


def test_initials_can_be_read_on_each_of_their_colors():
    style = (FOLDER / "style.css").read_text()
    colors = re.findall(r"\.k\d+ \{ background: (#[0-9a-f]{6})", style)
    assert len(colors) == 12
    assert all(contrast("#10241e", color) >= TEXT for color in colors)


def test_no_text_is_smaller_than_thirteen_pixels():
    sizes = dict(re.findall(r"--([a-z0-9]+): ([0-9.]+)rem", TOKENS.read_text()))
    assert all(float(sizes[name]) >= 0.8125 for name in SIZES)


def test_styles_and_scripts_stay_light():
    files = [TOKENS, *FOLDER.glob("*.css"), *FOLDER.glob("*.js")]
    assert sum(path.stat().st_size for path in files) <= 60_000
    for path in files:
        assert not re.search(r"https?://(?!\$)", path.read_text()), (
            path.name
        )  # nothing is asked of anybody else


def test_pages_name_no_token_that_is_not_there():
    known = set(re.findall(r"--([a-z0-9-]+):", TOKENS.read_text()))
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", TOKENS.read_text() + (FOLDER / "style.css").read_text()))
    assert used <= known
