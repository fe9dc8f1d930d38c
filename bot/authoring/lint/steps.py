"""Faults of single steps, each looked at with the steps before it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.authoring import model as m
from bot.authoring import step_model
from bot.authoring.build import Frameworks, fields_of, items_of
from bot.authoring.diagnostics import Path_
from bot.authoring.lint.problems import Problems
from bot.core.model import conditions
from bot.core.model.script import Entry

POLL_OPTIONS, POLL_LABEL = 10, 55  # of a poll (Discord, Poll resource)
PICTURES = ("value-map", "radar", "wheel", "two-loops", "curve", "bars", "joined")
LEAST_CORNERS = 3  # of a radar or a wheel
OF_SCALE = ("radar", "wheel")
OF_CHOICE = ("bars", "joined")


def step_faults(
    model: m.Script, n: int, step: step_model.Step, at: Path_, frameworks: Frameworks
) -> Problems:
    """Faults of the `n`th step, which stands in the file at `at`."""
    before = model.steps[:n]
    if isinstance(step, step_model.Writing):
        yield from _fields(step, before, at, frameworks)
    if isinstance(step, step_model.Asking) and not step.pass_:
        yield (*at, "pass"), "everybody may pass", "Take this line out."
    if step.minutes == 0 and step.day is None:
        yield (*at, "minutes"), "a step of no minutes stands nowhere", "Give it minutes, or a day."
    if step.minutes_short == 0 and step.short == "tail" and not model.tail_hours:
        what = f"{step.id} stands in the tail, and there is none"
        yield (*at, "short"), what, "Add tail_hours: 48 to the workshop."
    left_out = step.if_few == "skip" or step.setting or step.when or step.minutes_short == 0
    if n == 0 and (left_out or not step.minutes):
        yield at, "the first step is for everybody", "Put another one first."
    if step.when:
        yield from _when(step, before, at)
    if step.attach:
        yield from picture_faults(step.attach, model, (*at, "attach"), frameworks)
        if step.attach.partition(":")[2] == step.id:
            what = f"{step.attach} hangs under the step that it is drawn from, before anybody has answered it"
            yield (*at, "attach"), what, "Attach it to a later step, or add it to pictures: for the recap."
    for key in ("options", "items"):
        name = getattr(step, key, None)
        if isinstance(name, str) and name not in frameworks.lists:
            known_lists = ", ".join(frameworks.lists) or "none: add frameworks: to the workshop"
            yield (*at, key), f"there is no list {name}", f"There are: {known_lists}."
    match step:
        case step_model.Vote():
            yield from _vote(before, step, at, frameworks)
        case step_model.Choice() if not isinstance(step.options, str) and len(step.options) < 2:
            yield (*at, "options"), "a choice needs two options", "Add one, or make it a message."
        case step_model.Choice() if step.sensitive and step.reveal == "live":
            what = "everybody sees at once who taps what, so nothing of it can be kept"
            yield (*at, "sensitive"), what, "Take one of the two out: reveal: live, or sensitive: true."
        case step_model.Choice() if step.named or step.reveal == "live":
            yield from _poll(model, step, at, frameworks)
        case step_model.Scale():
            yield from _scale(before, step, at, frameworks)
        case step_model.Digest():
            for k, key in enumerate(step.of):
                if not any(other.id == key for other in before):
                    yield (*at, "of", k), f"no step before this one is called {key}", "Name an earlier step."
        case step_model.Gallery():
            source = next((other for other in before if other.id == step.cards_from), None)
            if not isinstance(source, step_model.Writing):
                what = f"no written step before this one is called {step.cards_from}"
                yield (*at, "cards_from"), what, "Name an earlier step that is answered in words."
        case step_model.Pair():
            yield from _pair(before, step, at)
        case _:
            pass


def _when(step: step_model.Step, before: Sequence[step_model.Step], at: Path_) -> Problems:
    try:
        calls = conditions.names_of(step.when)
    except ValueError as error:
        hint = 'Such as: people >= 8, mode == "live", top("gut") == "pass".'
        yield (*at, "when"), f"the condition {step.when[:60]!r} does not work: {error}", hint
        return
    for name, args in calls:
        asked_step = next((other for other in before if other.id == args[0]), None)
        if asked_step is None:
            yield (*at, "when"), f"no step before this one is called {args[0]}", "Name an earlier step."
        elif name in ("share", "top") and not isinstance(asked_step, step_model.Choice | step_model.Vote):
            yield (
                (*at, "when"),
                f"{args[0]} is not a choice or a vote",
                f"{name} counts taps: name one of these.",
            )
        elif name == "median" and not isinstance(asked_step, step_model.Scale):
            yield (*at, "when"), f"{args[0]} is not a scale", "median is of a scale: name one."


def _poll(model: m.Script, step: step_model.Choice, at: Path_, frameworks: Frameworks) -> Problems:
    """A choice that everybody watches: a poll of the platform, where it has some."""
    if step.reveal != "live" or not step.named:
        what = "taps that are shown live are shown with names, and only those are"
        yield (
            (*at, "named" if step.named else "reveal"),
            what,
            "Say both, reveal: live and named: true, or neither.",
        )
    if not model.names or model.audience == "under_18":
        yield (*at, "named"), "this workshop keeps names out", "Take reveal: together."
    if step.most > 1:
        yield (
            (*at, "most"),
            "a choice that is shown live takes one tap",
            "Leave most out, or take reveal: together.",
        )
    options = frameworks.options(step.options)
    if len(options) > POLL_OPTIONS or any(len(o.label) > POLL_LABEL for o in options):
        what = f"a choice that is shown live takes {POLL_OPTIONS} options of {POLL_LABEL} characters"
        yield (*at, "options"), what, "Shorten them: chats have no room for more in a poll."


def picture_faults(given: str, model: m.Script, at: Path_, frameworks: Frameworks) -> Problems:
    """Faults of what a step attaches, such as `radar:check`: the picture, and the step that it is drawn from."""
    picture, _, of = given.partition(":")
    if picture not in PICTURES:
        yield at, f"there is no picture {picture}", f"There are: {', '.join(PICTURES)}."
        return
    source = next((other for other in model.steps if other.id == of), None)
    if picture in OF_SCALE and not isinstance(source, step_model.Scale):
        yield at, f"a {picture} is drawn from a scale", f"Write {picture}:step."
    elif picture in OF_CHOICE and not isinstance(source, step_model.Choice):
        yield at, f"{picture} are drawn from a choice", f"Write {picture}:step."
    elif picture in OF_SCALE and len(items_of(source, model.steps, frameworks)) < LEAST_CORNERS:  # type: ignore[arg-type]
        few = len(items_of(source, model.steps, frameworks))  # type: ignore[arg-type]
        what = f"a {picture} has a corner for each item, and {of} has {few}"
        yield at, what, f"Give it {LEAST_CORNERS} items or more, or leave the picture out."
    elif of and source is None:
        yield at, f"no step is called {of}", "Name the step that the numbers come from."


def _fields(
    step: step_model.Writing, before: Sequence[step_model.Step], at: Path_, frameworks: Frameworks
) -> Problems:
    keys = [field.key for field in step.fields]
    cycles: dict[str, Entry] = {cycle.key: cycle for cycle in frameworks.lists.get("cycles", ())}
    if len(set(keys)) < len(keys):
        yield (*at, "fields"), "two fields have the same key", "Give each its own."
    if step.fields and step.max_chars:
        yield (*at, "max_chars"), "max_chars stands beside fields", "Give it in each field."
    for n, field in enumerate(step.fields):
        here = (*at, "fields", n)
        if isinstance(field.options, str) and field.options not in frameworks.lists:
            known_keys = ", ".join(frameworks.lists) or "none: add frameworks: to the workshop"
            yield (*here, "options"), f"there is no list {field.options}", f"There are: {known_keys}."
        if field.cycle and field.cycle not in cycles:
            known_keys = ", ".join(cycles) or "none: add frameworks: to the workshop"
            yield (*here, "cycle"), f"there is no kind of value {field.cycle}", f"There are: {known_keys}."
        if field.hope and field.hope not in keys:
            yield (*here, "hope"), f"there is no field {field.hope} here", "Name the field that says it."
        if field.prefill:
            source = next((other for other in before if other.id == field.prefill), None)
            if not isinstance(source, step_model.Choice | step_model.Vote) or not field.options:
                what = f"no choice before this one is called {field.prefill}"
                yield (*here, "prefill"), what, "Name an earlier choice, and give the field the same options."


def _vote(
    before: Sequence[step_model.Step], step: step_model.Vote, at: Path_, frameworks: Frameworks
) -> Problems:
    if not step.options and not step.options_from:
        yield at, f"the vote {step.id} has nothing to vote on", "Add options, or options_from: step.field."
        return
    if not step.options_from:
        return
    source, _, field = step.options_from.partition(".")
    source_step = next((other for other in before if other.id == source), None)
    if source_step is None:
        yield (*at, "options_from"), f"no step before this one is called {source}", "Name an earlier step."
        return
    fields = fields_of(source_step, frameworks) if isinstance(source_step, step_model.Writing) else ()
    source_field = next((other for other in fields if other.key == field), None)
    if source_field is None:
        yield (*at, "options_from"), f"the step {source} has no field {field}", "Name one of its fields."
    elif not source_field.loop:
        hint = f"Add loop: true to the field {field}, so that people are told before they write."
        yield (*at, "options_from"), f"{step.options_from} is shown to all in this vote", hint


def _scale(
    before: Sequence[step_model.Step], step: step_model.Scale, at: Path_, frameworks: Frameworks
) -> Problems:
    if step.least >= step.most:
        yield (*at, "most"), f"the numbers go from {step.least} to {step.most}", "Let most be the larger one."
    if step.again and not any(
        other.id == step.again and isinstance(other, step_model.Scale) for other in before
    ):
        yield (*at, "again"), f"no scale before this one is called {step.again}", "Name an earlier scale."
    elif step.only and not step.again:
        yield (*at, "only"), "only is about an earlier scale", "Add again: with its id."
    elif not step.again and not step.items:
        yield at, f"the scale {step.id} asks about nothing", "Add items, or the name of a framework's list."
    elif not step.again and not isinstance(step.items, str):
        keys = [item.key for item in items_of(step, (), frameworks)]
        if len(set(keys)) < len(keys):
            yield (*at, "items"), "two items have the same key", "Give each its own."


def _pair(before: Sequence[step_model.Step], step: step_model.Pair, at: Path_) -> Problems:
    by, _, of = step.by.partition(":")
    if step.group == "keep" and of:
        yield (*at, "group"), "groups that stay together aren't formed again", "Leave out by, or group: keep."
    if step.group == "keep" and not any(isinstance(other, step_model.Pair) for other in before):
        yield (*at, "group"), "no pair step comes before this one", "Leave out group: keep."
    if not of:
        return
    tapped = next((other for other in before if other.id == of), None)
    if by == "merge" and not isinstance(tapped, step_model.Pair):
        yield (
            (*at, "by"),
            f"no pair step before this one is called {of}",
            "Name the step whose pairs come together.",
        )
    elif by != "merge" and not isinstance(tapped, step_model.Choice | step_model.Vote):
        yield (
            (*at, "by"),
            f"no choice before this one is called {of}",
            "Name the choice that pairs are made by.",
        )
