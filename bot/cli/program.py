"""What this program is called where it runs, and the workshops that somebody may have meant."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import typer

from bot.errors import ScriptError

_SCRIPT = Path(__file__).parents[2] / "scripts" / "run"
_NAMED = re.compile(
    r"\bstorycircle(?= (?:run|rehearse|check|new|print|schema|backup|restore|export|import|setup|doctor|hosts|"
    r"forget|data|init)\b)"
)


def program() -> str:
    """The command that people type here: `storycircle` where it is installed, `scripts/run` in a clone."""
    if Path(sys.argv[0]).stem == "storycircle":
        return "storycircle"
    return "scripts/run" if _SCRIPT.exists() else f"{Path(sys.executable).name} -m bot"


def called_here(text: str) -> str:
    """A text of ours with the command that is really there in place of `storycircle`."""
    return _NAMED.sub(program().replace("\\", r"\\"), text)


def tell(findings: Iterable[tuple[bool, str]]) -> None:
    """Print what was found, a line each."""
    for fine, line in findings:
        typer.echo(f"{'ok     ' if fine else 'problem'} {called_here(line)}")


def workshop_file(workshop: str, *folders: Path) -> Path:
    """The file of a workshop or a series, given its id or its path.

    Raises:
        ScriptError: there is none; it names those that are near.
    """
    path = Path(workshop)
    if path.suffix in (".yaml", ".yml"):
        there = sorted(str(file) for file in path.parent.glob("*.yaml"))
    else:
        places = [folder / f"{workshop}.yaml" for folder in reversed(folders)]
        path = next((place for place in places if place.exists()), places[-1])
        there = sorted({file.stem for folder in folders for file in folder.glob("*.yaml")})
    if path.exists():
        return path
    near = get_close_matches(workshop, there, 3)
    if not near:  # it stands in another folder, perhaps
        known = {
            file.stem: str(file)
            for file in sorted(file for folder in folders for file in folder.glob("*.yaml"))
        }
        near = [known[stem] for stem in get_close_matches(path.stem, known, 3)]
        there = there or sorted(known.values())
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(there) or 'none'}."
    raise ScriptError(f"There's no workshop {workshop}. {hint}")
