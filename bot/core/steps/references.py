"""What a script may take up from earlier steps: as `{spokes.widest}` in its words, and in `when`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from statistics import median

from bot.core.model import conditions
from bot.core.model.conditions import Value
from bot.core.model.script import Choice, Scale, Script, Step, Tapped, Vote
from bot.core.model.session import Session, counts
from bot.core.queries import tallied
from bot.core.steps.scale_statistics import measure, numbers

# What can be said of a step: name -> the kinds of step that have it.
FINDINGS: Mapping[str, tuple[type, ...]] = {
    "widest": (Scale,),
    "weakest": (Scale,),
    "stage": (Scale,),
    "top": (Choice, Vote),
    "ideas": (Choice, Vote),
}
IDEAS = 3
_TAKEN_UP = re.compile(r"\{([a-z][a-z0-9_-]*\.[a-z]+)(?:\|[^}]*)?\}")


def taken_up(script: Script, session: Session, step: Step) -> dict[str, str]:
    """What the words of a step take up from earlier ones, as it is at the moment of asking."""
    names = _TAKEN_UP.findall(step.say + step.if_few)
    return {name: text for name in names if (text := found(script, session, name))}


def only_of(script: Script, session: Session, step: Step) -> str:
    """The one item that a scale asks about again; "" if it asks about all."""
    if not isinstance(step, Scale) or not step.only:
        return ""
    earlier = script.step(step.again)
    assert isinstance(earlier, Scale)  # the linter sees to it
    seen = measure(script, session, earlier)
    return seen.widest if step.only == "widest" else seen.weakest


def found(script: Script, session: Session, name: str) -> str:
    """What `step.finding` comes to just now; "" if too few people have tapped to say anything."""
    key, _, what = name.partition(".")
    step = next((s for s in script.all_steps if s.id == key), None)
    if step is None or key not in session.steps:
        return ""
    if isinstance(step, Scale):
        seen = measure(script, session, step)
        if what == "stage":
            return seen.suggested
        wanted = seen.widest if what == "widest" else seen.weakest
        return next((each.item.label for each in seen.items if each.item.key == wanted), "")
    if not isinstance(step, Choice | Vote):
        return ""
    top = top_of(session, step)
    if what == "ideas":
        entry = script.entry(top)
        return "\n".join(f"- {idea}" for idea in entry.ideas[:IDEAS]) if entry else ""
    return next((option.label for option in step.options if option.key == top), "")


def top_of(session: Session, step: Choice | Vote) -> str:
    """The option that most people chose; "" while fewer than four have."""
    counted = tallied(session, step)
    if not counted or not any(counted.values()):
        return ""
    return max(counted, key=lambda key: counted[key])


def fits(script: Script, session: Session, step: Step) -> bool:
    """Whether a step is asked here, by its condition."""
    return conditions.holds(step.when, _names(script, session), _functions(script, session))


def _names(script: Script, session: Session) -> dict[str, Value]:
    return {
        "people": float(sum(counts(p) for p in session.people.values())),
        "reading": float(sum(p.reading for p in session.people.values())),
        "mode": session.mode.value,
        "setting": script.setting,
        "version": script.version,
    }


def _functions(script: Script, session: Session) -> dict[str, Callable[..., Value]]:
    def asked(key: str) -> Tapped | None:
        step = next((s for s in script.all_steps if s.id == key), None)
        return step if isinstance(step, Choice | Vote | Scale) and key in session.steps else None

    def answered(key: str) -> Value:
        state = session.steps.get(key)
        return float(len(state.by_person)) if state else 0.0

    def share(key: str, option: str) -> Value:
        step = asked(key)
        counted = tallied(session, step) if isinstance(step, Choice | Vote) else None
        people = answered(key)
        return counted.get(option, 0) / float(people) if counted and people else 0.0

    def top(key: str) -> Value:
        step = asked(key)
        return top_of(session, step) if isinstance(step, Choice | Vote) else ""

    def middle(key: str, item: str) -> Value:
        given = [n for mine in numbers(session, key).values() if (n := mine.get(item)) is not None]
        return float(median(given)) if given else 0.0

    return {"answered": answered, "share": share, "top": top, "median": middle}
