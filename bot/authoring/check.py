"""`storycircle check`: one file, with all that can be said about it before anybody is invited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.authoring.diagnostics import Fault
from bot.authoring.loader import Reading, examine, framework, is_series, load, load_series, series
from bot.authoring.rehearsal import Played, SeriesRehearsal
from bot.authoring.rehearsal_coverage import Coverage, play_both_sides
from bot.authoring.script_tests import play as play_tests
from bot.core.model.script import Script
from bot.errors import ScriptError

CAST = 8
POSTS_AN_HOUR = 25  # of the bot, in the room; more is a bot that talks over people
PINGS_AN_HOUR = 2
PINGS_A_DAY = 1


class Checked:
    """Faults and warnings of a file, as lines."""

    def __init__(self, faults: list[str], warnings: list[str]) -> None:
        self.faults, self.warnings = faults, warnings


async def check_file(
    path: Path, *, play: bool = False, quick: bool = False, tell: Callable[[str], None] = lambda line: None
) -> Checked:
    """Read a script (or a series, or a framework), rehearse it for its budgets, and play its tests if wanted."""
    try:
        if path.parent.name == "frameworks":
            described = framework(path)
            tell(f"{path}: {described.title}, a framework: no faults")
            return Checked([], [])
        if is_series(path):
            return await _check_series(path, quick=quick, tell=tell)
        examined = examine(path)
    except ScriptError as error:
        return Checked(str(error).split("\n"), list(error.warnings))
    faults: list[Fault] = []
    warnings: list[Fault] = []
    coverage = Coverage()
    if not quick:
        coverage = await play_both_sides(examined.scripts, CAST)
        faults += _unfinished(examined, coverage.played)
        warnings += [
            Fault(mark, what, hint, grave=False)
            for played in coverage.plain
            for mark, what, hint in _budget_warnings(examined, played)
        ]
        warnings += _one_sided(examined, coverage)
    for script in examined.scripts:
        tell(f"{path}: {script.title}{_way(script)}, {len(script.steps)} steps, {_long(script)}: no faults")
    lines = [fault.line(str(path)) for fault in faults]
    if play and examined.tests:
        lines += [f"{path}:1:1: {sentence}" for sentence in await play_tests(load(path), examined.tests)]
        tell(f"{path}: {len(examined.tests)} tests were played")
    found = [fault.line(str(path)) for fault in sorted(warnings, key=lambda fault: fault.mark)]
    return Checked(lines, [*examined.warnings, *dict.fromkeys(found)])


async def _check_series(path: Path, *, quick: bool, tell: Callable[[str], None]) -> Checked:
    """Read a series, and play its parts one after the other."""
    if quick:
        title = series(path, [f.stem for f in path.parent.glob("*.yaml") if f != path]).title
    else:
        one, parts = load_series(path)
        title = one.title
        for played in await SeriesRehearsal(one, parts, CAST).play():
            if played.stopped_at:
                return Checked([f"{path}:1:1: {played.script.id} stopped at {played.stopped_at}"], [])
    tell(f"{path}: {title}, a series: no faults")
    return Checked([], [])


def _unfinished(examined: Reading, rehearsals: list[Played]) -> Iterator[Fault]:
    for played in rehearsals:
        if played.stopped_at:
            key = next((s.id for s in played.script.steps if s.title == played.stopped_at), "")
            hint = "Put a step that ends by itself in its place."
            yield Fault(examined.mark(key), f"{played.stopped_at} did not end in a rehearsal", hint)


def _one_sided(examined: Reading, coverage: Coverage) -> Iterator[Fault]:
    titles = {step.id: step.title for script in examined.scripts for step in script.steps if step.when}
    for key in sorted(coverage.conditional & titles.keys()):
        tried = f"in {coverage.tries} rehearsals with different answers"
        if key not in coverage.asked:
            what = f"{titles[key]} was never asked {tried}"
            yield Fault(examined.mark(key, "when"), what, "See whether this can come true.", grave=False)
        if key not in coverage.left_out:
            what = f"{titles[key]} was never left out {tried}"
            hint = "Take `when` out, or see whether this can turn out false."
            yield Fault(examined.mark(key, "when"), what, hint, grave=False)


def _way(script: Script) -> str:
    way = ", ".join(part for part in (script.version, script.setting.replace("_", " ")) if part)
    return f" ({way})" if way else ""


def _long(script: Script) -> str:
    return f"{script.days} days" if script.days else f"{script.minutes} min"


def _budget_warnings(examined: Reading, played: Played) -> Iterator[tuple[tuple[int, int], str, str]]:
    way = _way(played.script).strip()
    for what, hint, step in budget(played):
        yield examined.mark(step), f"{what} {way}".rstrip(), hint


def budget(played: Played) -> list[tuple[str, str, str]]:
    """What a rehearsal says more often than people should have to bear, a way to mend it, and the step it is about."""
    script, over = played.script, []
    pinged = max(met.pings_running for met in played.met)
    if script.days:
        if pinged > script.days * PINGS_A_DAY:
            what = f"somebody is pinged {pinged} times in {script.days} days"
            over.append((what, "One ping a day is the most.", ""))
        return over
    hours = script.minutes / 60
    most = int(POSTS_AN_HOUR * max(hours, 0.5))
    if played.in_session > most:
        title, posts = max(played.posts_by_step.items(), key=lambda item: item[1])
        key = next((step.id for step in script.steps if step.title == title), "")
        what = (
            f"the bot posts {played.in_session} times in the room in {script.minutes} minutes, and {most} are "
            f"easy to follow; most often in {title}: {posts} times"
        )
        over.append((what, "Leave out a step, or put two choices together.", key))
    if pinged > max(PINGS_AN_HOUR, round(PINGS_AN_HOUR * hours)):
        over.append((f"somebody is pinged {pinged} times", f"{PINGS_AN_HOUR} an hour is the most.", ""))
    return over
