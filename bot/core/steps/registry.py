"""Which kind a step is of."""

from __future__ import annotations

from typing import Any

from bot.core.model.steps import Stepping
from bot.core.steps.kind import Kind

_KINDS: dict[type, Kind[Any]] = {}


def register(step: type, kind: Kind[Any]) -> None:
    """Steps of this class are of this kind."""
    _KINDS[step] = kind


def kind_of(step: Stepping) -> Kind[Any]:
    """The kind of a step."""
    return _KINDS[type(step)]


def kinds() -> tuple[Kind[Any], ...]:
    """Every kind of step."""
    return tuple(_KINDS.values())
