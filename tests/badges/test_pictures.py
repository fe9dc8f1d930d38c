"""The pictures of badges: words that can be read in any community's color."""

from __future__ import annotations

import re

import pytest

from bot.badges.picture import GOLD, SHAPES, Look, badge_picture
from bot.config import BADGE_INK, READABLE, contrast


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("colour", ["#1f5f5b", "#8b1e5a", "#333333", "#7a4a00", "#004488", "#5c00a3"])
def test_words_can_be_read_in_any_color(kind: str, colour: str) -> None:
    svg = badge_picture("Value Creation Story", "Linden Repair Café", kind, Look(colour=colour))
    high, mid, deep = re.findall(r'stop-color="(#[0-9a-f]{6})"', svg)
    assert contrast(high, BADGE_INK) >= READABLE
    assert min(contrast(mid, GOLD), contrast(deep, GOLD)) >= READABLE


def test_each_kind_has_an_emblem_of_its_own() -> None:
    emblems = {
        badge_picture("A", "B", kind).split("<g transform")[1].split("</g><text")[0] for kind in SHAPES
    }
    drawn = {re.sub(r"#[0-9a-f]{6}", "", each) for each in emblems}
    assert len(drawn) == len(SHAPES)
