"""The names under which values are stored. One that changes its name keeps the stored one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.model import cards, effects, events, facts, script, steps
from bot.core.participants import community
from bot.core.steps.registry import step_classes
from bot.scheduling import plan

# An old shape of a value -> the present one, by name.
UPCAST: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}

# A name that a value was once stored under -> its name now. A stored name is never given to another class.
RENAMED: Mapping[str, str] = {
    # facts
    "BadgeDressed": "BadgeDisclosureSet",
    "HandGiven": "RecognisedByHost",
    "Hung": "GalleryOpened",
    "LaidOut": "AsideOpened",
    "TakenIn": "AsideClosed",
    "ThreadWoven": "ThemeAdded",
    "Turned": "PhaseChanged",
    # effects
    "Appoint": "SyncCalendarEvent",
    "Hand": "DeliverFile",
    "Revise": "Edit",
    "Seat": "SetThreadMembers",
    "TakeBack": "RevokeBadge",
    # events
    "Chosen": "MessageUsedAsAnswer",
    "Ordered": "CommandGiven",
    "Woke": "TimerFired",
}


class _Named(dict[str, type]):
    """Every value that is ever stored, by its name; so is the step of a kind that keeps its class in its own module."""

    def __missing__(self, name: str) -> type:
        for cls in step_classes():
            if cls.__name__ == name:
                return cls
        raise KeyError(name)


def _named() -> _Named:
    """Every value that is ever stored; two of the same name would be read as each other."""
    found = _Named()
    modules = (events, facts, cards, effects, community, script, steps, plan)
    there = {cls for module in modules for cls in vars(module).values() if isinstance(cls, type)}
    for cls in there:
        if not dataclasses.is_dataclass(cls):
            continue
        if cls.__name__ in found:
            raise TypeError(f"two values are called {cls}")
        found[cls.__name__] = cls
    for before, now in RENAMED.items():
        if before in found:
            raise TypeError(f"{before} is the stored name of what is {now} now")
        found[before] = found[now]
    return found


NAMED = _named()  # what is stored, by its name
