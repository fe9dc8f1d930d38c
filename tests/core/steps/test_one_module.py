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
KINDS = {f"core/steps/{name}.py" for name in (
    "message", "pause", "digest", "open_question", "choice", "scale", "story", "vote", "gallery", "pair", "reflection",
)}  # fmt: skip
ALLOWED = {
    "core/steps/pairs.py": "forms the groups of a pair",
    "core/steps/scale_statistics.py": "what the numbers of a scale come to",
    "core/steps/value_map.py": "what the fields of stories tell",
    "core/steps/diagrams.py": "pictures are drawn from choices and scales, two of them together",
    "authoring/lint/order.py": "checks what a step takes up of an earlier one",
    "authoring/simulated_people.py": "the cast plays each in its own way",
    "authoring/run_sheet.py": "a pause waits for the host",
    "badges/from_session.py": "a badge is for a story",
    "render/questions.py": "draws each",
    "render/answers.py": "draws each",
    "render/tallies.py": "draws each",
    "render/cards.py": "draws each",
    "render/notice.py": "says which of them wait for people",
    "render/recap/pack.py": "draws each as a worksheet",
    "platforms/discord/reactions.py": "reactions count on the messages of a gallery",
    "platforms/discord/component_interactions.py": "draws a gallery anew after a tap",
    "platforms/web/pages.py": "the board shows the map while stories are told",
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
