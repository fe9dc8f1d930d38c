"""Pictures from data, as SVG: one function for each kind, and `draw` for any of them."""

from __future__ import annotations

from typing import assert_never

from bot.core.steps.diagrams import Bars, Curve, Joined, Picture, Standing, Wheel
from bot.core.steps.scale_statistics import Measure
from bot.core.steps.value_map import ValueMap
from bot.render.diagrams.loops import curve, two_loops
from bot.render.diagrams.radial import radar, wheel
from bot.render.diagrams.tables import bars, joined
from bot.render.diagrams.value_map import value_map


def draw(picture: Picture) -> str:
    """Any picture as SVG, with its twin in words inside."""
    match picture:
        case ValueMap():
            return value_map(picture)
        case Measure():
            return radar(picture)
        case Wheel():
            return wheel(picture)
        case Standing():
            return two_loops(picture)
        case Curve():
            return curve(picture)
        case Bars():
            return bars(picture)
        case Joined():
            return joined(picture)
        case _:
            assert_never(picture)


__all__ = ["bars", "curve", "draw", "joined", "radar", "two_loops", "value_map", "wheel"]
