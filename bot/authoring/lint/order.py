"""Faults of the order of steps in each version and setting of a workshop."""

from __future__ import annotations

from collections.abc import Sequence

from bot.authoring import model as m
from bot.authoring.lint.problems import Problems
from bot.core.model.script import Script
from bot.core.steps.registry import kind_of


def order_faults(model: m.Script, scripts: Sequence[Script]) -> Problems:
    """Steps that take something up which is not asked before them in one of the versions or settings."""
    at = {step.id: n for n, step in enumerate(model.steps)}
    seen: set[tuple[str, str]] = set()
    for script in scripts:
        before: set[str] = set()
        for step in (*script.prepare, *script.steps, *script.tail):
            for key, source in kind_of(step).takes_up(step):
                if source not in before and (step.id, key) not in seen:
                    seen.add((step.id, key))
                    way = ", ".join(part for part in (script.version, script.setting) if part) or "order"
                    what = f"in the {way} version {source} is not asked before {step.id}"
                    yield (
                        ("steps", at[step.id], key),
                        what,
                        "Keep both in it, or leave both out (minutes_short, day, setting).",
                    )
            before.add(step.id)
