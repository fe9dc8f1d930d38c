"""The house: which room may import which, no circles, and how large a file, a function and a class may be.

`ARCHITECTURE.md` explains the rooms. Every import counts, also one inside a function or under TYPE_CHECKING.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOT = ROOT / "bot"

# From the ground up: a room imports from its own and from those before it, never from one behind it.
ORDER = (
    "bot.errors",
    "bot.clock",
    "bot.files",
    "bot.config",
    "bot.core.model",
    "bot.core.text",
    "bot.core.turn",
    "bot.core.queries",
    "bot.core.access",
    "bot.core.steps",
    "bot.core.recognition",
    "bot.core.participants",
    "bot.core.views",
    "bot.core.pacing",
    "bot.core.commands",
    "bot.core.machine",
    "bot.core.platform",
    "bot.scheduling",
    "bot.commands",
    "bot.store",
    "bot.render",
    "bot.badges",
    "bot.engine",
    "bot.platforms",
    "bot.authoring",
    "bot.app",
    "bot.cli",
    "bot.__main__",
)
MOST_ROOMS = 16  # files and folders at the level of bot/
FILE_LINES, FUNCTION_LINES = 400, 60  # in the core and the engine
PUBLIC_METHODS = 10  # of a class, anywhere

# What may be larger, and why. At most ten in all.
EXCEPTIONS: Mapping[str, str] = {}  # by the full name, such as bot.core.turn.Turn


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the program by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(BOT.rglob("*.py"))
    }


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the program that a module imports, wherever in it."""
    targets = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}:{node.lineno} imports relatively"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            submodules = names & modules().keys()
            targets |= submodules
            if len(submodules) < len(names):
                targets.add(node.module or "")
    return frozenset(target for target in targets if target in modules() and target != module)


def rank(module: str) -> int:
    """How high a module stands in the order."""
    for height, room in enumerate(ORDER):
        if module == room or module.startswith(f"{room}."):
            return height
    raise AssertionError(f"{module} stands in no room: put it into one, or name the room in ORDER")


PACKAGES = {"bot", "bot.core"}  # hold rooms, and have no rank of their own


def test_no_import_runs_up():
    upwards = [
        f"{module} -> {target}"
        for module in modules().keys() - PACKAGES
        for target in imports(module) - PACKAGES
        if rank(target) > rank(module)
    ]
    assert not upwards, f"imports that run up: {sorted(upwards)}"


def circles() -> Iterator[list[str]]:
    """Groups of modules that import each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(module: str) -> Iterator[list[str]]:
        index[module] = low[module] = len(index)
        stack.append(module)
        for target in sorted(imports(module)):
            if target not in index:
                yield from visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], index[target])
        if low[module] == index[module]:
            circle = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(circle) > 1:
                yield sorted(circle)

    for module in modules():
        if module not in index:
            yield from visit(module)


def test_there_is_no_circle():
    assert not list(circles())


def test_the_rooms_are_few_and_can_be_listed(capsys: pytest.CaptureFixture[str]):
    rooms = sorted(
        path.name
        for path in BOT.iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").exists()
    )
    arrows = Counter(
        (ORDER[rank(module)], ORDER[rank(target)])
        for module in modules().keys() - PACKAGES
        for target in imports(module) - PACKAGES
        if rank(module) != rank(target)
    )
    with capsys.disabled():
        print(f"\n{len(rooms)} rooms: {', '.join(rooms)}")
        print(f"{len(arrows)} arrows between rooms, {sum(map(len, circles()))} modules in circles")
    assert len(rooms) <= MOST_ROOMS


CORE, ENGINE = "bot.core", "bot.engine"


def sizes() -> Iterator[tuple[str, str]]:
    """What is larger than it may be: its name, and how large it is."""
    for module, path in modules().items():
        measured = module.startswith((f"{CORE}.", f"{ENGINE}."))
        if measured and (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES:
            yield module, f"{lines} lines"
        for node in ast.walk(tree(module)):
            if measured and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{module}.{node.name}", f"{lines} lines"
            if isinstance(node, ast.ClassDef):
                public = {
                    part.name
                    for part in node.body
                    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not part.name.startswith("_")
                    and not any(isinstance(d, ast.Name) and d.id == "property" for d in part.decorator_list)
                }
                if len(public) > PUBLIC_METHODS:
                    yield f"{module}.{node.name}", f"{len(public)} public methods"


def test_nothing_is_larger_than_it_may_be():
    too_large = dict(sizes())
    assert not {k: v for k, v in too_large.items() if k not in EXCEPTIONS}
    assert not EXCEPTIONS.keys() - too_large.keys(), "these exceptions are not needed any more"
    assert len(EXCEPTIONS) <= 10
    assert all(len(reason.split()) > 4 for reason in EXCEPTIONS.values()), "an exception needs a reason"
