"""From what was read to what the core plays: one `core.script.Script` for each way a workshop can run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.authoring import model as m
from bot.authoring import step_model
from bot.core.model import recognition
from bot.core.model import script as s
from bot.core.model import steps as core_steps

ASYNC = "async"

# What people can always say beside the kinds of value that a framework names.
ELSEWHERE = (
    core_steps.Option(key="else", label="Something else"),
    core_steps.Option(key="cost", label="It cost us"),
)


class Frameworks:
    """The frameworks of one script: their lists by name, and their glossary."""

    def __init__(self, models: tuple[m.Framework, ...]) -> None:
        self.lists: dict[str, tuple[s.Entry, ...]] = {}
        self.glossary: dict[str, str] = {}
        for framework in models:
            self.glossary |= framework.glossary
            for name, entries in framework.lists.items():
                self.lists[name] = tuple(_entry(entry) for entry in entries)
                self.glossary |= {
                    labelled.label: labelled.line for labelled in self.lists[name] if labelled.line
                }

    def options(self, given: tuple[step_model.Option, ...] | str) -> tuple[core_steps.Option, ...]:
        """Options as the script lists them, or those of a framework's list."""
        if isinstance(given, str):
            options = tuple(core_steps.Option(key=e.key, label=e.label) for e in self.lists.get(given, ()))
            return (*options, *ELSEWHERE) if given == "cycles" else options
        return tuple(core_steps.Option(key=o.key, label=o.label) for o in given)

    def label(self, name: str) -> str | None:
        """`list.key` as the label of that entry."""
        where, _, key = name.partition(".")
        return next((e.label for e in self.lists.get(where, ()) if e.key == key), None)


def _entry(model: m.Entry) -> s.Entry:
    kept = model.model_dump(exclude={"ideas"})
    return s.Entry(**kept, ideas=tuple(model.ideas))


def flowing(text: str) -> str:
    """A text whose paragraphs are one line each; lists keep their lines. Chats show every line break."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in map(str.strip, block.split("\n")):
            if lines and not re.match(r"(- |\d+\. |> )", line):
                lines[-1] += f" {line}"
            else:
                lines.append(line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def settings_of(model: m.Script) -> tuple[str, ...]:
    """One community and many, if the steps tell them apart."""
    apart = any(step.setting for step in model.steps)
    return ("one_community", "many_communities") if apart else ("",)


def versions_of(model: m.Script) -> tuple[str, ...]:
    """Such as "", "short", "async": the long version first."""
    versions = [""]
    if model.minutes_short:
        versions.append("short")
    if model.days:
        versions.append(ASYNC)
    return tuple(versions)


def variants(
    model: m.Script, frameworks: Frameworks, spoken: Mapping[str, Mapping[str, str]]
) -> Iterator[s.Script]:
    """Every way in which a workshop can run."""
    for version in versions_of(model):
        for setting in settings_of(model):
            yield built(model, frameworks, spoken, version=version, setting=setting)


def _in_another_version(model: m.Script, places: Mapping[str, list[core_steps.Step]]) -> bool:
    """Whether the steps that stay open after the session belong to another version only: then nothing is waited for."""
    return not places["tail"] and any(step.short == "tail" for step in model.steps)


def _guarded(step: core_steps.Step, entry: step_model.Step, model: m.Script) -> core_steps.Step:
    """Counts are said as they are, but for sensitive taps; where young people take part, every tap is one."""
    if not isinstance(step, core_steps.Asking):
        return step
    if model.audience == "under_18":
        return replace(step, sensitive="sensitive" in type(entry).model_fields)
    return replace(step, exact=not step.sensitive)


def built(
    model: m.Script,
    frameworks: Frameworks,
    spoken: Mapping[str, Mapping[str, str]],
    *,
    version: str,
    setting: str,
) -> s.Script:
    """One way in which a workshop can run."""
    days = version == ASYNC
    places: dict[str, list[core_steps.Step]] = {"": [], "prepare": [], "tail": [], "skip": []}
    chosen = [step for step in model.steps if step.setting in (None, setting)]
    if days:
        chosen = sorted((step for step in chosen if step.day is not None), key=lambda step: step.day or 0)
    for step in chosen:
        minutes = minutes_of(step, version)
        place = "prepare" if step.day == 0 else ""
        if not days:
            place = "" if minutes else step.short if version == "short" else "skip"
        places[place].append(_guarded(step_of(step, frameworks, version, model.steps), step, model))
    minutes = model.minutes_short if version == "short" and model.minutes_short else model.minutes
    name = ASYNC if days else str(minutes) if len(versions_of(model)) > 1 else ""
    steps = tuple(places[""])
    kept = {
        key: getattr(model, key)
        for key in [
            "id",
            "title",
            "about",
            "language",
            "day_at",
            "digest_at",
            "agreements",
            "next_steps",
            "resources",
            "credits",
            "host_card",
            "rescue_lines",
            "contact",
            "second_contact",
            "help_text",
            "names",
        ]
    }
    return s.Script(
        **kept,
        pictures=tuple(filter(None, map(_attached, model.pictures))),
        minutes=sum(max(step.minutes, 1) for step in steps) if days else minutes,
        version=name,
        setting=setting,
        days=model.days or 0 if days else 0,
        lists=frameworks.lists,
        glossary={**frameworks.glossary, **model.glossary},
        badge=model.badge.name if model.badge else "",
        statements=model.badge.statements if model.badge else (),
        recognition=tuple(
            recognition.Rule(
                key=recognition.key_of(each.role),
                earn=recognition.Earn(each.earn),
                name=each.role,
                steps=each.steps,
                badge=each.badge,
                nominate=each.nominate,
                statements=each.statements,
            )
            for each in model.recognition
        ),
        audience=s.Audience(model.audience),
        tail_hours=0 if days or _in_another_version(model, places) else model.tail_hours,
        review_hours=model.review_hours_async if days else model.review_hours,
        steps=steps,
        prepare=tuple(places["prepare"]),
        tail=tuple(places["tail"]),
        follow_ups=tuple(_follow_up(each, model, frameworks) for each in model.follow_ups),
        spoken=spoken,
    )


def minutes_of(step: step_model.Step, version: str) -> int:
    """Minutes that a step takes in a version; 0 where it is left out or moved."""
    if version == ASYNC:
        return step.minutes if step.minutes_async is None else step.minutes_async
    if version == "short" and step.minutes_short is not None:
        return step.minutes_short
    return step.minutes


def read_minutes_of(step: step_model.Asking, version: str) -> int:
    """Minutes for reading the answers of a step."""
    given = step.read_minutes_short
    if version == ASYNC:
        return 0
    return given if version == "short" and given is not None else step.read_minutes


def looked(model: m.Script, step: step_model.Step) -> bool:
    """True if a host sees the answers a minute before everyone; that minute is in the plan."""
    if not isinstance(step, step_model.Open):
        return False
    hidden = step.anonymous_allowed and (step.look or "host") == "host"
    return step.reveal == "together" and (hidden or step.look == "host" or model.audience == "under_18")


def fields_of(step: step_model.Writing, frameworks: Frameworks) -> tuple[core_steps.Field, ...]:
    """The fields of a written step; a single one if it names none."""
    if not step.fields:
        return (core_steps.Field(key="text", label=step.title[:45], max_chars=step.max_chars or 600),)
    return tuple(
        core_steps.Field(**field.model_dump(exclude={"options"}), options=frameworks.options(field.options))
        for field in step.fields
    )


def items_of(
    step: step_model.Scale, steps: tuple[step_model.Step, ...], frameworks: Frameworks
) -> tuple[core_steps.Item, ...]:
    """The items of a scale: its own, a framework's list, or those of the scale that it repeats."""
    if step.again:
        earlier = next((other for other in steps if other.id == step.again), None)
        return (
            items_of(earlier, steps, frameworks)
            if isinstance(earlier, step_model.Scale) and earlier is not step
            else ()
        )
    if isinstance(step.items, str):
        return tuple(
            core_steps.Item(
                key=e.key,
                label=e.label,
                question=e.question,
                group=e.group,
                anchors=e.anchors or step.anchors,
            )
            for e in frameworks.lists.get(step.items, ())
        )
    return tuple(
        core_steps.Item(key=i.key, label=i.label, question=i.question, anchors=i.anchors or step.anchors)
        for i in step.items
    )


def _attached(given: str) -> core_steps.Attached | None:
    picture, _, of = given.partition(":")
    return core_steps.Attached(picture=picture, of=of) if picture else None


def step_of(
    model: step_model.Step, frameworks: Frameworks, version: str, steps: tuple[step_model.Step, ...]
) -> core_steps.Step:
    """One step as the core plays it."""
    days = version == ASYNC
    say = model.say_async if days and model.say_async else model.say
    common: dict[str, Any] = {
        "id": model.id,
        "title": model.title,
        "say": _named(flowing(say), frameworks),
        "minutes": minutes_of(model, version),
        "host_notes": model.host_notes,
        "if_few": model.if_few if model.if_few == "skip" else _named(flowing(model.if_few), frameworks),
        "needs_people": model.needs_people,
        "when": model.when,
        "day": (model.day or 0) if days else 0,
        "attach": _attached(model.attach),
    }
    if "needs_people" in model.model_fields_set and not model.if_few:
        common["if_few"] = "skip"
    if isinstance(model, step_model.Asking):
        common |= {
            "read_minutes": read_minutes_of(model, version),
            "min_seconds": model.min_seconds,
            "say_again": model.say_again,
            "advance": core_steps.Advance(model.advance),
            "reminders": model.reminders,
            "recap": core_steps.InRecap(model.recap),
        }
    return model.built(common, _Workshop(frameworks, steps))


class _Workshop:
    """What the steps of a workshop take from it when they are built."""

    def __init__(self, frameworks: Frameworks, steps: tuple[step_model.Step, ...]) -> None:
        self._frameworks, self._steps = frameworks, steps

    def options(self, given: step_model.Options) -> tuple[core_steps.Option, ...]:
        return self._frameworks.options(given)

    def fields(self, entry: step_model.Writing) -> tuple[core_steps.Field, ...]:
        return fields_of(entry, self._frameworks)

    def items(self, entry: step_model.Scale) -> tuple[core_steps.Item, ...]:
        return items_of(entry, self._steps, self._frameworks)


def prose(frameworks: Frameworks) -> Callable[[str], str]:
    """A text of a file as it stands in the built script."""
    return lambda text: _named(flowing(text), frameworks)


def _named(text: str, frameworks: Frameworks) -> str:
    """`{list.key}` as the label that the framework has for it."""
    return re.sub(r"\{([a-z_]+\.[a-z_-]+)\}", lambda match: frameworks.label(match[1]) or match[0], text)


def _follow_up(follow_up: m.FollowUp, model: m.Script, frameworks: Frameworks) -> s.FollowUp:
    common: dict[str, Any] = {
        "id": follow_up.id,
        "title": follow_up.title,
        "say": flowing(follow_up.say),
    }
    entry: step_model.Step
    if follow_up.to == "hosts":
        entry = step_model.Message(kind="message", minutes=1, **common)
    elif follow_up.again:
        entry = step_model.Scale(kind="scale", minutes=1, again=follow_up.again, **common)
    else:
        entry = step_model.Reflection(kind="reflection", minutes=1, fields=follow_up.fields, **common)
    return s.FollowUp(
        step=entry.built(common, _Workshop(frameworks, model.steps)),
        days=follow_up.days,
        about=follow_up.about,
        hosts=follow_up.to == "hosts",
    )
