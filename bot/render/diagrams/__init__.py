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


def draw(found: Picture) -> str:
    """Any picture as SVG, with its twin in words inside."""
    match found:
        case ValueMap():
            return value_map(found)
        case Measure():
            return radar(found)
        case Wheel():
            return wheel(found)
        case Standing():
            return two_loops(found)
        case Curve():
            return curve(found)
        case Bars():
            return bars(found)
        case Joined():
            return joined(found)
        case _:
            assert_never(found)


__all__ = ["bars", "curve", "draw", "joined", "radar", "two_loops", "value_map", "wheel"]
