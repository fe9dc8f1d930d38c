"""`storycircle check`: one file, with all that can be said about it before anybody is invited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.authoring.loader import examine, framework, is_series, load, series
from bot.authoring.rehearsal import Played, Rehearsal
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
            workshops = [f.stem for f in path.parent.glob("*.yaml") if f != path]
            tell(f"{path}: {series(path, workshops).title}, a series: no faults")
            return Checked([], [])
        examined = examine(path)
    except ScriptError as error:
        return Checked(str(error).split("\n"), [])
    faults: list[str] = []
    for script in examined.scripts:
        over: list[str] = []
        if not quick:
            over = budget(await Rehearsal(script, CAST).play())
            faults += [f"{path}:1:1: {_way(script)}: {sentence}" for sentence in over]
        if not over:
            tell(
                f"{path}: {script.title}{_way(script)}, {len(script.steps)} steps, {_long(script)}: no faults"
            )
    if play and examined.tests:
        faults += [f"{path}:1:1: {sentence}" for sentence in await play_tests(load(path), examined.tests)]
        tell(f"{path}: {len(examined.tests)} tests were played")
    return Checked(faults, list(examined.warnings))


def _way(script: Script) -> str:
    way = ", ".join(part for part in (script.version, script.setting.replace("_", " ")) if part)
    return f" ({way})" if way else ""


def _long(script: Script) -> str:
    return f"{script.days} days" if script.days else f"{script.minutes} min"


def budget(played: Played) -> list[str]:
    """Sentences about a rehearsal that says more than people should have to bear."""
    script, over = played.script, []
    if script.days:
        pings = max(met.pings_running for met in played.met) - script.days * PINGS_A_DAY
        if pings > 0:
            over.append(f"somebody is pinged {pings} times too often. One ping a day is the most.")
        return over
    hours = script.minutes / 60
    most = int(POSTS_AN_HOUR * max(hours, 0.5))
    if played.in_session > most:
        over.append(
            f"the bot says {played.in_session} things in the room with {CAST} people, and {most} fit. "
            "Leave out a step, or put two choices together."
        )
    pings = max(met.pings_running for met in played.met)
    if pings > max(PINGS_AN_HOUR, round(PINGS_AN_HOUR * hours)):
        over.append(f"somebody is pinged {pings} times. {PINGS_AN_HOUR} an hour is the most.")
    return over
