"""A kind of step is one module: nobody else names its class, but for those who say why."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.core.model import script, steps
from bot.core.steps.registry import kind_of, kinds, step_classes

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
SCHEMA = "authoring/step_model.py"  # an entry for each
MODULE = ("bot.core.model", "steps")
ALLOWED = {
    "core/steps/pairs.py": "forms the groups of a pair",
    "core/steps/scale_statistics.py": "what the numbers of a scale come to",
    "core/steps/diagrams.py": "pictures are drawn from choices and scales, two of them together",
}


def named(path: Path) -> set[str]:
    """The classes of steps that a module takes from the script."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    imports = [
        (node.module, alias) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    modules = {alias.asname or alias.name for module, alias in imports if (module, alias.name) == MODULE}
    names = {alias.name for module, alias in imports if module == ".".join(MODULE)}
    names |= {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
    }
    return names & STEPS


def test_a_step_class_is_named_by_its_kind_only_or_with_a_reason():
    users = {str(path.relative_to(BOT)) for path in BOT.rglob("*.py") if named(path)}
    others = users - KINDS - {SCHEMA}
    assert others == ALLOWED.keys(), others ^ ALLOWED.keys()
    assert named(BOT / SCHEMA) == STEPS
    assert len(ALLOWED) <= 3
    for path in KINDS:
        assert len(named(BOT / path)) == 1, path


def test_every_kind_of_step_is_registered_under_its_name():
    assert {type(kind_of(steps.PARKING)).__name__} == {"OpenKind"}
    assert len({kind.name for kind in kinds()}) == len(step_classes())
