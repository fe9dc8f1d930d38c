"""A kind of step is one module: nobody else names its class, but for those who say why."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.core.model import script, steps
from bot.core.steps.registry import kind_of, kinds

BOT = Path(script.__file__).parents[2]
STEPS = {
    "Message",
    "Pause",
    "Digest",
    "Open",
    "Choice",
    "Scale",
    "Story",
    "Vote",
    "Gallery",
    "Pair",
    "Reflection",
}
NAMES = (
    "message", "pause", "digest", "open_question", "choice", "scale", "story", "vote", "gallery", "pair", "reflection",
)  # fmt: skip
KINDS = {f"{room}/steps/{name}.py" for room in ("core", "render") for name in NAMES}
ALLOWED = {
    "core/steps/pairs.py": "forms the groups of a pair",
    "core/steps/scale_statistics.py": "what the numbers of a scale come to",
    "core/steps/diagrams.py": "pictures are drawn from choices and scales, two of them together",
}


def named(path: Path) -> set[str]:
    """The classes of steps that a module takes from the script."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bot.core.model.steps"
        for alias in node.names
    } & STEPS


def test_a_step_class_is_named_by_its_kind_only_or_with_a_reason():
    users = {str(path.relative_to(BOT)) for path in BOT.rglob("*.py") if named(path)}
    assert users - KINDS == ALLOWED.keys(), (users - KINDS) ^ ALLOWED.keys()
    for path in KINDS:
        assert len(named(BOT / path)) == 1, path


def test_every_kind_of_step_is_registered_under_its_name():
    assert {type(kind_of(steps.PARKING)).__name__} == {"OpenKind"}
    assert len({kind.name for kind in kinds()}) == len(STEPS)
