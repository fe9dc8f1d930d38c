"""Which kind a step is of."""

from __future__ import annotations

from typing import Any, TypeGuard

from bot.core.model.steps import Stepping, Written
from bot.core.steps.kind import Kind

_KINDS: dict[type, Kind[Any]] = {}


def register(step: type, kind: Kind[Any]) -> None:
    """Steps of this class are of this kind."""
    _KINDS[step] = kind


def kind_of(step: Stepping) -> Kind[Any]:
    """The kind of a step."""
    return _KINDS[type(step)]


def is_story(step: Stepping) -> TypeGuard[Written]:
    """True if the answers to a step are stories."""
    return isinstance(step, Written) and kind_of(step).story


def only_talk(step: Stepping) -> bool:
    """True if people talk in a step and bring nothing back."""
    kind = kind_of(step)
    return kind.in_pairs and not kind.fields(step)


def kinds() -> tuple[Kind[Any], ...]:
    """Every kind of step."""
    return tuple(_KINDS.values())


def step_classes() -> tuple[type, ...]:
    """The classes of all kinds of steps, as scripts hold them."""
    return tuple(_KINDS)
