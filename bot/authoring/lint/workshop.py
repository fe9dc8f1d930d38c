"""Faults of a workshop as a whole: ids, recognition, follow-ups, minutes and days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from bot.authoring import model as m
from bot.authoring import step_model
from bot.authoring.build import ASYNC, Frameworks, fields_of, looked, minutes_of, read_minutes_of, settings_of
from bot.authoring.diagnostics import Path_
from bot.authoring.lint.problems import Problems
from bot.authoring.lint.steps import picture_faults, step_faults
from bot.core.model.recognition import key_of

SLACK = 0.9  # of the minutes; the rest is for joining and breathing
A_DAY = 15  # minutes that one day of a workshop over days may ask for


def workshop_faults(model: m.Script, frameworks: Frameworks) -> Problems:
    """Faults: a room would not get through these."""
    ids: dict[str, int] = {}
    for n, step in enumerate(model.steps):
        at: Path_ = ("steps", n)
        if step.id in ids or step.id == "parked":
            yield (*at, "id"), f"the id {step.id} is used twice", "Give each step its own."
        ids[step.id] = n
        yield from step_faults(model, n, step, at, frameworks)
    for n, follow_up in enumerate(model.follow_ups):
        yield from _follow_up(model, follow_up, ("follow_ups", n), ids)
        ids[follow_up.id] = -1
    yield from _recognition(model, ids)
    for n, given in enumerate(model.pictures):
        yield from picture_faults(given, model, ("pictures", n), frameworks)
    if model.audience == "under_18":
        for key in ("contact", "second_contact", "help_text"):
            if not getattr(model, key).strip():
                hint = f"Add {key}: with {'local help' if key == 'help_text' else 'a name'}."
                yield ("audience",), f"an audience under 18 needs {key}", hint
    yield from _sums(model)
    if model.days:
        yield from _days(model)
    elif any(step.day is not None for step in model.steps):
        n = next(n for n, step in enumerate(model.steps) if step.day is not None)
        yield (
            ("steps", n, "day"),
            "this step has a day, and the workshop has none",
            "Add days: 5 to the workshop.",
        )


def _recognition(model: m.Script, ids: Mapping[str, int]) -> Problems:
    """Rules that can never fire, or that nobody could tell apart."""
    seen: set[str] = set()
    for n, rule in enumerate(model.recognition):
        at: Path_ = ("recognition", n)
        if key_of(rule.role) in seen:
            yield (*at, "role"), f"the role {rule.role} is there twice", "Give each its own name."
        seen.add(key_of(rule.role))
        for k, step in enumerate(rule.steps):
            if step not in ids:
                yield (*at, "steps", k), f"no step is called {step}", "Name a step of this workshop."
        if rule.earn == "story" and not any(isinstance(step, step_model.Story) for step in model.steps):
            yield (
                (*at, "earn"),
                "no step of this workshop takes a story, so nobody can earn it",
                "Take it out.",
            )
        if rule.earn == "answered" and not rule.steps:
            yield (
                (*at, "earn"),
                "it is for answering steps, and names none",
                "Add steps: [the step, another].",
            )
        if rule.nominate and rule.earn == "thanked":
            yield (*at, "nominate"), "what is given for thanks is always given by a host", "Take this out."
        if rule.earn == "follow" and not model.follow_ups:
            yield (
                (*at, "earn"),
                "there are no follow-ups, so nobody can earn it",
                "Take it out, or add follow_ups.",
            )
        if rule.badge and model.badge is None and rule.earn in ("story", "answered"):
            yield (*at, "badge"), "this workshop has no badge", "Add badge: with a name and statements."


def _follow_up(model: m.Script, follow_up: m.FollowUp, at: Path_, ids: Mapping[str, int]) -> Problems:
    if follow_up.id in ids:
        yield (*at, "id"), f"the id {follow_up.id} is used twice", "Give it its own."
    if follow_up.about:
        source, _, field = follow_up.about.partition(".")
        source_step = next((step for step in model.steps if step.id == source), None)
        if not isinstance(source_step, step_model.Writing) or field not in [
            f.key for f in fields_of(source_step, Frameworks(()))
        ]:
            yield (*at, "about"), f"there is no field {follow_up.about}", "Write step.field, of a step above."
    if "{it}" in follow_up.say and not follow_up.about:
        yield (*at, "say"), "{it} is what somebody wrote, and about says where", "Add about: step.field."
    if follow_up.again and not any(
        step.id == follow_up.again and isinstance(step, step_model.Scale) for step in model.steps
    ):
        yield (*at, "again"), f"no scale is called {follow_up.again}", "Name a scale of this workshop."


def total(model: m.Script, *, version: str, setting: str) -> int:
    """The minutes that all steps of one version take, reading and the host's look included."""
    sum_of_minutes = 0
    for step in model.steps:
        minutes = minutes_of(step, version)
        if not minutes or step.setting not in (None, setting):
            continue
        sum_of_minutes += minutes
        if isinstance(step, step_model.Asking):
            sum_of_minutes += read_minutes_of(step, version)
        sum_of_minutes += looked(model, step)
    return sum_of_minutes


def _sums(model: m.Script) -> Problems:
    for key, whole, took in _full(model):
        if took > whole:
            hint = f"Shorten a step, or say {key}: {math.ceil(took / SLACK)}."
            yield (key,), f"the steps take {took} of {whole} minutes", hint


def tight(model: m.Script) -> Problems:
    """Warnings: there is no time to join and to breathe."""
    for key, whole, took in _full(model):
        if took <= whole:
            yield (
                (key,),
                f"the steps take {took} of {whole} minutes; a tenth is for joining and breathing",
                f"Shorten a step, or say {key}: {math.ceil(took / SLACK)}.",
            )


def _full(model: m.Script) -> Iterator[tuple[str, int, int]]:
    """Versions whose steps leave too little of the minutes: the key of these, how many, how many are taken."""
    for key, whole, version in (
        ("minutes", model.minutes, ""),
        ("minutes_short", model.minutes_short or 10**6, "short"),
    ):
        for setting in ("one_community", "many_communities"):
            took = total(model, version=version, setting=setting)
            if took > whole * SLACK:
                yield key, whole, took
                break


def _days(model: m.Script) -> Problems:
    assert model.days
    for setting in settings_of(model):
        a_day: dict[int, int] = {}
        for n, step in enumerate(model.steps):
            if step.day is None or step.setting not in (None, setting):
                continue
            if step.day > model.days:
                what = f"day {step.day} is after the last one"
                yield ("steps", n, "day"), what, f"The workshop has days: {model.days}."
            a_day[step.day] = a_day.get(step.day, 0) + minutes_of(step, ASYNC)
            if a_day[step.day] > A_DAY >= a_day[step.day] - minutes_of(step, ASYNC):
                what = f"day {step.day} asks for {a_day[step.day]} minutes"
                yield ("steps", n, "day"), what, f"Keep a day to {A_DAY}: move a step, or say minutes_async."
            if isinstance(step, step_model.Gallery):
                source = next((other for other in model.steps if other.id == step.cards_from), None)
                if source is not None and (source.day is None or source.day >= step.day):
                    what = (
                        f"{step.id} hangs on day {step.day}, and {step.cards_from} opens on day {source.day}"
                    )
                    yield ("steps", n, "day"), what, "Give a wall at least a day after what hangs on it."
        for day in range(1, model.days + 1):
            if day not in a_day:
                yield ("days",), f"nothing happens on day {day}", "Give a step this day, or take a day away."
    if not any(step.day for step in model.steps):
        yield ("days",), "no step has a day", "Add day: 1 to the first."
