"""References to earlier steps: as `{spokes.widest}` in a script's words, and in `when`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.core.model import conditions
from bot.core.model.conditions import Value
from bot.core.model.masked_count import MaskedCount, Unsaid
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Step
from bot.core.queries import taking_part
from bot.core.steps.registry import kind_of, kinds
from bot.core.steps.scale_statistics import middle
from bot.core.steps.tallies import tallied, top_of

_TAKEN_UP = re.compile(r"\{([a-z][a-z0-9_-]*\.[a-z]+)(?:\|[^}]*)?\}")


def taken_up(script: Script, session: Session, step: Step) -> dict[str, str]:
    """What the words of a step take up from earlier ones, as it is at the moment of asking."""
    names = _TAKEN_UP.findall(step.say + step.if_few)
    return {name: text for name in names if (text := finding(script, session, name))}


def findings() -> Mapping[str, tuple[str, ...]]:
    """The findings that steps can have: each name, with the kinds of step that have it."""
    names: dict[str, tuple[str, ...]] = {}
    for kind in kinds():
        for name in kind.findings:
            names[name] = (*names.get(name, ()), kind.name)
    return names


def finding(script: Script, session: Session, name: str) -> str:
    """The value of `step.finding` just now; "" if too few people have tapped to say anything."""
    key, _, what = name.partition(".")
    step = next((s for s in script.all_steps if s.id == key), None)
    if step is None or key not in session.steps:
        return ""
    return kind_of(step).finding(script, session, step, what)


def fits(script: Script, session: Session, step: Step) -> bool:
    """True if a step is asked here, by its condition."""
    return conditions.holds(step.when, _names(script, session), _functions(script, session))


def _names(script: Script, session: Session) -> dict[str, Value]:
    return {
        "people": float(taking_part(session)),
        "reading": float(sum(p.present and p.reading for p in session.people.values())),
        "mode": session.mode.value,
        "setting": script.setting,
        "version": script.version,
    }


def _functions(script: Script, session: Session) -> dict[str, Callable[..., Value]]:
    def counts_of(key: str) -> Mapping[str, MaskedCount]:
        step = next((s for s in script.all_steps if s.id == key), None)
        return (tallied(session, step) or {}) if step is not None and key in session.steps else {}

    def answered(key: str) -> float:
        state = session.steps.get(key)
        return float(len(state.by_person)) if state else 0.0

    def share(key: str, option: str) -> Value:
        counts, people = counts_of(key), answered(key)
        n = counts.get(option, 0)
        return n / people if people and not isinstance(n, Unsaid) else 0.0

    def top(key: str) -> Value:
        return top_of(counts_of(key)) or ("",)

    def median(key: str, item: str) -> Value:
        step = next((s for s in script.all_steps if s.id == key), None)
        return middle(session, step, item) if step is not None else 0.0

    return {"answered": answered, "share": share, "top": top, "median": median}
