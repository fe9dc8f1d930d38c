"""Well-formed scripts that would still not work in a room (faults), or would work better otherwise (warnings)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.authoring import model as m
from bot.authoring.build import (
    ASYNC,
    Frameworks,
    fields_of,
    items_of,
    looked,
    minutes_of,
    read_minutes_of,
    settings_of,
)
from bot.authoring.diagnostics import Fault, Marks, Path_, mark_of
from bot.commands import BY_NAME
from bot.core.model import conditions
from bot.core.model.script import Entry, Gallery, Scale, Script, Step, Vote, key_of
from bot.core.steps.references import findings

MOST_INPUTS = 5  # in ten minutes; more is a form, not a story
SLACK = 0.9  # of the minutes; the rest is for joining and breathing
PARAGRAPH = 250  # characters; a step that asks for more than this asks for a paragraph
PARAGRAPHS_AN_HOUR = 5  # text chat holds about five real questions an hour
ONE_LINE = 200
POLL_OPTIONS, POLL_LABEL = 10, 55  # of a poll (Discord, Poll resource)
A_DAY = 15  # minutes that one day of a workshop over days may ask for
PICTURES = ("value-map", "radar", "wheel", "two-loops", "curve", "bars", "joined")
OF_SCALE = ("radar", "wheel")
OF_CHOICE = ("bars", "joined")
VARIABLES = ("minutes", "deadline", "each", "it")
LITERAL_TIME = re.compile(
    r"\b(\d+|one|two|three|four|five|six|ten|fifteen|twenty|thirty)\s+(seconds?|minutes?|mins?|hours?)\b|\btonight\b",
    re.I,
)
IDIOMS = (
    "low-hanging fruit", "ballpark", "touch base", "outside the box", "on the same page", "hit the ground",
    "bite the bullet", "piece of cake", "break the ice", "deep dive", "move the needle", "circle back",
    "at the end of the day", "elephant in the room", "no-brainer", "rule of thumb",
)  # fmt: skip
TALK = ("say", "say_async", "say_again", "if_few")
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")

Found = Iterator[tuple[Path_, str, str]]


def texts(raw: Mapping[str, Any], marks: Marks, frameworks: Frameworks) -> list[Fault]:
    """Faults in the texts of steps, also of a script that has other faults."""
    faults: list[Fault] = []
    steps = raw.get("steps")
    listed = [item for item in steps if isinstance(item, dict)] if isinstance(steps, list) else []
    before: list[dict[str, Any]] = []
    for n, step in enumerate(steps if isinstance(steps, list) else ()):
        for key in TALK:
            text = step.get(key, "") if isinstance(step, dict) else ""
            mark = mark_of(("steps", n, key), marks)
            if not isinstance(text, str):
                continue
            if len(text) > m.LONGEST_PROMPT:
                what = f"{key} has {len(text)} characters"
                faults.append(Fault(mark, what, f"Keep it to {m.LONGEST_PROMPT}."))
            match = LITERAL_TIME.search(text)
            if match:
                what = f"{key} names a time ({match[0]!r})"
                faults.append(Fault(mark, what, "Write {minutes} or {deadline}."))
            for name in re.findall(r"\{([^}]*)\}", text):
                why = _variable(name, before, frameworks)
                if why:
                    faults.append(Fault(mark, f"there is no variable {{{name[:40]}}}", why))
        if isinstance(step, dict):
            before.append(step)
    for n, item in enumerate(raw.get("follow_ups") or () if isinstance(raw.get("follow_ups"), list) else ()):
        text = item.get("say") if isinstance(item, dict) else ""
        for name in re.findall(r"\{([^}]*)\}", text if isinstance(text, str) else ""):
            why = _variable(name, listed, frameworks)
            if why:
                mark = mark_of(("follow_ups", n, "say"), marks)
                faults.append(Fault(mark, f"there is no variable {{{name[:40]}}}", why))
    return faults


def _variable(name: str, before: Sequence[Mapping[str, Any]], frameworks: Frameworks) -> str:
    """The reason why this cannot stand between braces; "" if it can."""
    bare = name.partition("|")[0]
    if bare in VARIABLES or frameworks.label(bare) is not None:
        return ""
    if bare.startswith("cmd:"):
        return "" if bare[4:] in BY_NAME else f"There is no command {bare[4:]}; docs/hosts.md lists them."
    step, dot, what = bare.partition(".")
    wanted = findings().get(what, ()) if dot else ()
    if wanted:
        if any(other.get("id") == step and other.get("kind") in wanted for other in before):
            return "" if "|" in name else f"Say what stands there if few have tapped: {{{bare}|…}}."
        return f"No {' or '.join(wanted)} before this is called {step}."
    return "There are {minutes} and {deadline}, {cmd:…} for a command, and {step.top} for what was chosen."


def faults_of(model: m.Script, frameworks: Frameworks) -> Found:
    """Faults: a room would not get through these."""
    ids: dict[str, int] = {}
    for n, step in enumerate(model.steps):
        at: Path_ = ("steps", n)
        if step.id in ids or step.id == "parked":
            yield (*at, "id"), f"the id {step.id} is used twice", "Give each step its own."
        ids[step.id] = n
        yield from _step(model, n, step, at, frameworks)
    for n, follow_up in enumerate(model.follow_ups):
        yield from _follow_up(model, follow_up, ("follow_ups", n), ids)
        ids[follow_up.id] = -1
    yield from _recognition(model, ids)
    for n, given in enumerate(model.pictures):
        yield from _attach(given, model, ("pictures", n))
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


def _recognition(model: m.Script, ids: Mapping[str, int]) -> Found:
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
        if rule.earn == "story" and not any(isinstance(step, m.Story) for step in model.steps):
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


def _step(model: m.Script, n: int, step: m.Step, at: Path_, frameworks: Frameworks) -> Found:
    before = model.steps[:n]
    if isinstance(step, m.Writing):
        yield from _fields(step, before, at, frameworks)
    if isinstance(step, m.Asking) and not step.pass_:
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
        yield from _attach(step.attach, model, (*at, "attach"))
    for key in ("options", "items"):
        name = getattr(step, key, None)
        if isinstance(name, str) and name not in frameworks.lists:
            known_lists = ", ".join(frameworks.lists) or "none: add frameworks: to the workshop"
            yield (*at, key), f"there is no list {name}", f"There are: {known_lists}."
    match step:
        case m.Vote():
            yield from _vote(before, step, at, frameworks)
        case m.Choice() if not isinstance(step.options, str) and len(step.options) < 2:
            yield (*at, "options"), "a choice needs two options", "Add one, or make it a message."
        case m.Choice() if step.named or step.reveal == "live":
            yield from _poll(model, step, at, frameworks)
        case m.Scale():
            yield from _scale(before, step, at, frameworks)
        case m.Digest():
            for k, key in enumerate(step.of):
                if not any(other.id == key for other in before):
                    yield (*at, "of", k), f"no step before this one is called {key}", "Name an earlier step."
        case m.Gallery():
            source = next((other for other in before if other.id == step.cards_from), None)
            if not isinstance(source, m.Writing):
                what = f"no written step before this one is called {step.cards_from}"
                yield (*at, "cards_from"), what, "Name an earlier step that is answered in words."
        case m.Pair():
            yield from _pair(before, step, at)
        case _:
            pass


def _when(step: m.Step, before: Sequence[m.Step], at: Path_) -> Found:
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
        elif name in ("share", "top") and not isinstance(asked_step, m.Choice | m.Vote):
            yield (
                (*at, "when"),
                f"{args[0]} is not a choice or a vote",
                f"{name} counts taps: name one of these.",
            )
        elif name == "median" and not isinstance(asked_step, m.Scale):
            yield (*at, "when"), f"{args[0]} is not a scale", "median is of a scale: name one."


def _poll(model: m.Script, step: m.Choice, at: Path_, frameworks: Frameworks) -> Found:
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


def _attach(given: str, model: m.Script, at: Path_) -> Found:
    picture, _, of = given.partition(":")
    if picture not in PICTURES:
        yield at, f"there is no picture {picture}", f"There are: {', '.join(PICTURES)}."
        return
    source = next((other for other in model.steps if other.id == of), None)
    if picture in OF_SCALE and not isinstance(source, m.Scale):
        yield at, f"a {picture} is drawn from a scale", f"Write {picture}:step."
    elif picture in OF_CHOICE and not isinstance(source, m.Choice):
        yield at, f"{picture} are drawn from a choice", f"Write {picture}:step."
    elif of and source is None:
        yield at, f"no step is called {of}", "Name the step that the numbers come from."


def _fields(step: m.Writing, before: Sequence[m.Step], at: Path_, frameworks: Frameworks) -> Found:
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
            if not isinstance(source, m.Choice | m.Vote) or not field.options:
                what = f"no choice before this one is called {field.prefill}"
                yield (*here, "prefill"), what, "Name an earlier choice, and give the field the same options."


def _vote(before: Sequence[m.Step], step: m.Vote, at: Path_, frameworks: Frameworks) -> Found:
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
    fields = fields_of(source_step, frameworks) if isinstance(source_step, m.Writing) else ()
    source_field = next((other for other in fields if other.key == field), None)
    if source_field is None:
        yield (*at, "options_from"), f"the step {source} has no field {field}", "Name one of its fields."
    elif not source_field.loop:
        hint = f"Add loop: true to the field {field}, so that people are told before they write."
        yield (*at, "options_from"), f"{step.options_from} is shown to all in this vote", hint


def _scale(before: Sequence[m.Step], step: m.Scale, at: Path_, frameworks: Frameworks) -> Found:
    if step.least >= step.most:
        yield (*at, "most"), f"the numbers go from {step.least} to {step.most}", "Let most be the larger one."
    if step.again and not any(other.id == step.again and isinstance(other, m.Scale) for other in before):
        yield (*at, "again"), f"no scale before this one is called {step.again}", "Name an earlier scale."
    elif step.only and not step.again:
        yield (*at, "only"), "only is about an earlier scale", "Add again: with its id."
    elif not step.again and not step.items:
        yield at, f"the scale {step.id} asks about nothing", "Add items, or the name of a framework's list."
    elif not step.again and not isinstance(step.items, str):
        keys = [item.key for item in items_of(step, (), frameworks)]
        if len(set(keys)) < len(keys):
            yield (*at, "items"), "two items have the same key", "Give each its own."


def _pair(before: Sequence[m.Step], step: m.Pair, at: Path_) -> Found:
    by, _, of = step.by.partition(":")
    if not of:
        return
    tapped = next((other for other in before if other.id == of), None)
    if by == "merge" and not isinstance(tapped, m.Pair):
        yield (
            (*at, "by"),
            f"no pair step before this one is called {of}",
            "Name the step whose pairs come together.",
        )
    elif by != "merge" and not isinstance(tapped, m.Choice | m.Vote):
        yield (
            (*at, "by"),
            f"no choice before this one is called {of}",
            "Name the choice that pairs are made by.",
        )


def _follow_up(model: m.Script, follow_up: m.FollowUp, at: Path_, ids: Mapping[str, int]) -> Found:
    if follow_up.id in ids:
        yield (*at, "id"), f"the id {follow_up.id} is used twice", "Give it its own."
    if follow_up.about:
        source, _, field = follow_up.about.partition(".")
        source_step = next((step for step in model.steps if step.id == source), None)
        if not isinstance(source_step, m.Writing) or field not in [
            f.key for f in fields_of(source_step, Frameworks(()))
        ]:
            yield (*at, "about"), f"there is no field {follow_up.about}", "Write step.field, of a step above."
    if "{it}" in follow_up.say and not follow_up.about:
        yield (*at, "say"), "{it} is what somebody wrote, and about says where", "Add about: step.field."
    if follow_up.again and not any(
        step.id == follow_up.again and isinstance(step, m.Scale) for step in model.steps
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
        if isinstance(step, m.Asking):
            sum_of_minutes += read_minutes_of(step, version)
        sum_of_minutes += looked(model, step)
    return sum_of_minutes


def _sums(model: m.Script) -> Found:
    for key, whole, version in (
        ("minutes", model.minutes, ""),
        ("minutes_short", model.minutes_short or 10**6, "short"),
    ):
        for setting in ("one_community", "many_communities"):
            took = total(model, version=version, setting=setting)
            if took > whole * SLACK:
                yield (
                    (key,),
                    f"the steps take {took} of {whole} minutes; a tenth is for joining and breathing",
                    f"Shorten a step, or say {key}: {math.ceil(took / SLACK)}.",
                )
                break


def _days(model: m.Script) -> Found:
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
            if isinstance(step, m.Gallery):
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


def dangling(model: m.Script, scripts: Sequence[Script]) -> Found:
    """Steps that take something up which is not asked before them in one of the versions or settings."""
    at = {step.id: n for n, step in enumerate(model.steps)}
    seen: set[tuple[str, str]] = set()
    for script in scripts:
        before: set[str] = set()
        for step in (*script.prepare, *script.steps, *script.tail):
            for key, source in _takes_up(step):
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


def _takes_up(step: Step) -> Iterator[tuple[str, str]]:
    match step:
        case Gallery():
            yield "cards_from", step.cards_from
        case Vote() if step.options_from and not step.options:
            yield "options_from", step.options_from.partition(".")[0]
        case Scale() if step.again:
            yield "again", step.again
        case _:
            pass


def warnings_of(model: m.Script, frameworks: Frameworks) -> Found:
    """Warnings: the craft of facilitation, as far as a machine can see it."""
    steps = list(enumerate(model.steps))
    for version in [""] + ["short"] * bool(model.minutes_short):
        whole = model.minutes_short if version else model.minutes
        assert whole
        most = max(1, PARAGRAPHS_AN_HOUR * whole // 60)
        long = [n for n, step in steps if minutes_of(step, version) and _asks_paragraph(step)]
        if len(long) > most:
            what = f"{len(long)} steps ask for a paragraph in {whole} minutes"
            yield ("steps", long[most]), what, f"Text chat holds {most}: turn one into a tap or a line."
    for n, step in steps:
        if isinstance(step, m.Story):
            yield from _story_inputs(step, ("steps", n))
            if not any(field.loop for field in step.fields):
                hint = "Add a field with loop: true, such as: what should the community do with it?"
                yield ("steps", n, "fields"), f"nothing of {step.id} comes back to the community", hint
        if isinstance(step, m.Pair) and step.output == "one_line":
            hung = any(isinstance(other, m.Gallery) and other.cards_from == step.id for other in model.steps)
            if not hung and not step.read_minutes:
                yield (
                    ("steps", n),
                    f"nobody reads what {step.id} brings back",
                    "Add read_minutes, or a gallery.",
                )
        for key in TALK:
            text = getattr(step, key, "")
            yield from _words(text, ("steps", n, key), model.language)
        options = getattr(step, "options", ())
        for k, option in enumerate(options if not isinstance(options, str) else ()):
            if not EMOJI.sub("", option.label).strip(" \ufe0f"):
                yield (
                    ("steps", n, "options", k),
                    f"{option.label!r} has no word",
                    "Add a word beside the sign.",
                )
    typed = next((other for other in steps if isinstance(other[1], m.Writing) and other[1].minutes), None)
    if typed is not None:
        asked = fields_of(typed[1], frameworks) if isinstance(typed[1], m.Writing) else ()
        if len(asked) > 1 or asked[0].max_chars > ONE_LINE:
            hint = f"Let the first question be one line (max_chars: {ONE_LINE} at most)."
            yield ("steps", typed[0]), f"the first thing to type, {typed[1].id}, is long", hint
    if not isinstance(model.steps[-1], m.Message):
        yield ("steps", len(steps) - 1), "there is no close", "End with a message that says thank you."
    if model.minutes >= 30 and not any(isinstance(step, m.Reflection) for _, step in steps):
        yield ("steps",), "there is no check-out", "Add a reflection before the close."
    if not model.rescue_lines:
        yield ("id",), "there are no rescue lines", "Add rescue_lines: silence, flood, heat, drift."


def _asks_paragraph(step: m.Step) -> bool:
    if not isinstance(step, m.Writing) or isinstance(step, m.Reflection):
        return False
    asked = sum(f.max_chars for f in step.fields if not f.later and not f.optional and not f.options)
    return (asked or (step.max_chars or 600) * (not step.fields)) > PARAGRAPH


def _story_inputs(step: m.Story, at: Path_) -> Found:
    asked = [field for field in step.fields if not field.later]
    minutes = min(step.minutes or 10**6, step.minutes_short or step.minutes or 10**6)
    if len(asked) > max(MOST_INPUTS, MOST_INPUTS * minutes // 10):
        what = f"{len(asked)} things are asked for in {minutes} minutes"
        yield (*at, "fields"), what, "Give the others later: true; they stay open until the recap."


def _words(text: str, at: Path_, language: str) -> Found:
    if language == "en":
        low = text.lower()
        for idiom in IDIOMS:
            if idiom in low:
                yield at, f"“{idiom}” is an idiom", "Say it plainly; not everybody grew up with it."
    for line in text.split("\n"):
        if line.strip() and EMOJI.search(line) and not re.search(r"\w", EMOJI.sub("", line)):
            yield at, f"{line.strip()[:20]!r} stands without a word", "Add a word beside the sign."
