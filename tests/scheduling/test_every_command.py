"""What every command that reaches no session of its own comes to: those about plans, and those of a community.

`every_command.yaml` keeps the answers; `scripts/test tests/scheduling/test_every_command.py --update` writes what was
seen into the file.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from bot.commands import COMMANDS
from tests.scheduling.test_plans import buttons, ordered, plan
from tests.support import Scene, plain

GOLDEN = Path(__file__).parent / "every_command.yaml"
COMMUNITY = ("workshop open", "workshop try", "workshop list", "help privacy")
LINES = {
    "rsvp": ("rsvp yes", "rsvp remind", "rsvp word"),
    "rsvp needs": ("rsvp needs a chair",),
    "my settings time-zone": ("my settings time-zone", "zone Europe/Lisbon", "my settings time-zone word"),
    "schedule add": ("schedule add small next Friday 7pm", "schedule add small word", "schedule add nothing word"),
    "schedule move": ("schedule move PLAN", "schedule move PLAN next Friday 7pm", "schedule move word"),
    "schedule edit": ("schedule edit PLAN", "schedule edit PLAN cap: 12 title:\"Large talk\"", "schedule edit word cap:3"),
    "schedule prepare": ("schedule prepare PLAN example", "schedule prepare PLAN room", "schedule prepare word word"),
    "schedule cohost": ("schedule cohost PLAN Ada", "schedule cohost PLAN Nobody"),
    "schedule contact": ("schedule contact PLAN Ada",),
    "schedule show": ("schedule show", "schedule show PLAN", "schedule show word"),
    "schedule choose": ("schedule choose PLAN 1",),
    "schedule confirm": ("schedule confirm PLAN", "schedule confirm word"),
    "schedule drop": ("schedule drop PLAN",),
    "workshop start": ("workshop start small", "workshop start smal", "workshop start small word"),
    "my erase": ("my erase confirm", "my forget me"),
}  # fmt: skip
PEOPLE = ("Host", "Ada", "Zed")


def lines() -> list[str]:
    """What is typed."""
    typed = []
    for command in COMMANDS:
        if command.name.startswith(
            ("schedule ", "rsvp", "my settings time-zone", "my calendar", "my erase", *COMMUNITY)
        ):
            typed += LINES.get(command.name, (command.name,))
    return typed


async def until(scene: Scene, moment: str) -> str:
    """Bring a scene to this moment; the name of its plan, if there is one."""
    if moment == "nothing is planned":
        return "none"
    if moment == "a draft":
        await ordered(scene, "Host", "/schedule add small next Tuesday 7pm")
        return next(iter(buttons(scene, "Host").values())).split()[-1]
    key = (await plan(scene)).id
    await ordered(scene, "Ada", "/coming yes")
    if moment == "paused":
        await ordered(scene, "Host", f"/schedule pause {key}")
    if moment == "begun":
        await scene.order("Host", "workshop open", workshop="small")
        await scene.join("Ada")
    return key


async def seen(scene: Scene, name: str, line: str) -> tuple[str, ...]:
    """What a command comes to: what is said in the room and to whom, and what is true of plans after it."""
    before = {plan.id: plan for plan in await scene.store.plans.confirmed("stage")}
    scene.log.clear()
    await ordered(scene, name, f"/{line}")
    after = {plan.id: plan for plan in await scene.store.plans.confirmed("stage")}
    there = [f"plan {plan.state.value}, {plan.at}" for key, plan in after.items() if before.get(key) != plan]
    names = {key: f"(plan {n})" for n, key in enumerate(sorted(after), 1)}
    told = [plain(each).replace(f"~{name.lower()}:", "~(me):") for each in (*sorted(scene.log), *there)]
    for key, shown in names.items():
        told = [each.replace(key, shown) for each in told]
    return tuple(told)


async def everything(folder: Path) -> dict[str, list[dict[str, object]]]:
    """For each line what it comes to, and when and for whom."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = {line: {} for line in lines()}
    for moment in ("nothing is planned", "a draft", "planned", "paused", "begun"):
        scene = await Scene(folder / f"{moment}.db").open()
        key = await until(scene, moment)
        await scene.close()
        scene.unwatch()
        for line in found:
            for name in PEOPLE:
                path = folder / "now.db"
                shutil.copy(scene.path, path)
                now = Scene(path, stage=scene.stage)
                now.clock, now.session_id = scene.clock, scene.session_id
                heard = len(now.stage.heard)
                kept = deepcopy(now.stage.lines), dict(now.stage._keys)
                await now.open()
                said = await seen(now, name, line.replace("PLAN", key))
                await now.close()
                now.unwatch()
                del now.stage.heard[heard:]
                now.stage.lines, now.stage._keys = kept
                path.unlink()
                found[line].setdefault(said, []).append(f"{moment} ({name})")
    return {
        line: [{"see": list(said), "for": "; ".join(when)} for said, when in outcomes.items()]
        for line, outcomes in found.items()
    }


async def test_every_command_is_answered_as_before(tmp_path: Path, request: pytest.FixtureRequest):
    golden = await everything(tmp_path)
    if request.config.getoption("--update"):
        GOLDEN.write_text(
            yaml.safe_dump(golden, allow_unicode=True, sort_keys=False, width=160), encoding="utf-8"
        )
    before = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    assert list(golden) == list(before)
    for line, outcomes in golden.items():
        assert outcomes == before[line], f"after /{line}"
