"""Faults in the texts of a workshop: lengths, times in words, and what stands between braces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.authoring import step_model
from bot.authoring.build import Frameworks
from bot.authoring.diagnostics import Fault, Marks, mark_of
from bot.authoring.lint.problems import SPOKEN
from bot.commands import TABLE
from bot.core.steps.references import findings

VARIABLES = ("minutes", "deadline", "each", "it")
LITERAL_TIME = re.compile(
    r"\b(\d+|one|two|three|four|five|six|ten|fifteen|twenty|thirty)\s+(seconds?|minutes?|mins?|hours?)\b|\btonight\b",
    re.I,
)


def text_faults(raw: Mapping[str, Any], marks: Marks, frameworks: Frameworks) -> list[Fault]:
    """Faults in the texts of steps, also of a script that has other faults."""
    faults: list[Fault] = []
    steps = raw.get("steps")
    listed = [item for item in steps if isinstance(item, dict)] if isinstance(steps, list) else []
    before: list[dict[str, Any]] = []
    for n, step in enumerate(steps if isinstance(steps, list) else ()):
        for key in SPOKEN:
            text = step.get(key, "") if isinstance(step, dict) else ""
            mark = mark_of(("steps", n, key), marks)
            if not isinstance(text, str):
                continue
            if len(text) > step_model.LONGEST_PROMPT:
                what = f"{key} has {len(text)} characters"
                faults.append(Fault(mark, what, f"Keep it to {step_model.LONGEST_PROMPT}."))
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
    lines = raw.get("rescue_lines")
    for key, text in lines.items() if isinstance(lines, dict) else ():
        for name in re.findall(r"\{([^}]*)\}", text if isinstance(text, str) else ""):
            if name != "host":
                mark = mark_of(("rescue_lines", key), marks)
                why = "In a ready-made line there is {host}, the name of the host who posts it."
                faults.append(Fault(mark, f"there is no variable {{{name[:40]}}}", why))
    return faults


def _variable(name: str, before: Sequence[Mapping[str, Any]], frameworks: Frameworks) -> str:
    """The reason why this cannot stand between braces; "" if it can."""
    bare = name.partition("|")[0]
    if bare in VARIABLES or frameworks.label(bare) is not None:
        return ""
    if bare.startswith("cmd:"):
        return "" if TABLE.get(bare[4:]) else f"There is no command {bare[4:]}; docs/hosts.md lists them."
    step, dot, what = bare.partition(".")
    wanted = findings().get(what, ()) if dot else ()
    if wanted:
        if any(other.get("id") == step and other.get("kind") in wanted for other in before):
            return "" if "|" in name else f"Say what stands there if few have tapped: {{{bare}|…}}."
        return f"No {' or '.join(wanted)} before this is called {step}."
    return "There are {minutes} and {deadline}, {cmd:…} for a command, and {step.top} for what was chosen."
