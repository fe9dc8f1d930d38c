"""The core imports the standard library and itself, and does no I/O."""

import ast
import sys
from pathlib import Path

CORE = Path(__file__).parents[2] / "bot" / "core"
FORBIDDEN = {
    "asyncio",
    "os",
    "io",
    "pathlib",
    "socket",
    "sqlite3",
    "time",
    "secrets",
    "logging",
    "threading",
    "uuid",
}


def test_the_core_imports_the_standard_library_and_itself():
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                top = name.split(".")[0]
                assert name.startswith("bot.core") or top in sys.stdlib_module_names, (
                    f"{path.relative_to(CORE)} imports {name}"
                )
                assert top not in FORBIDDEN, f"{path.relative_to(CORE)} imports {name}: the core does no I/O"


def test_the_core_asks_no_clock_and_rolls_no_unseeded_die():
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"now", "utcnow", "today"} or not (
                    isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
                ), f"{path.relative_to(CORE)} asks the clock"
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "Random"
            ):
                assert node.args, f"{path.relative_to(CORE)} makes a Random without a seed"
