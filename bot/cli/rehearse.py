"""`storycircle rehearse`: a workshop or a series played with a cast, as text and as files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.authoring.rehearsal import Played
    from bot.core.model.facts import Mode
    from bot.core.model.script import Script


def rehearse_file(path: Path, how: str, people: int, seed: int, out: Path) -> Iterator[tuple[Played, Path]]:
    """Play a workshop or a series, print and write it; each rehearsal, and its path without an ending.

    Args:
        how: the way to hold it, such as "60 call many".

    Raises:
        ScriptError: the file has faults, or the workshop does not run like that.
    """
    from bot.authoring.loader import is_series, load_series, variants
    from bot.authoring.rehearsal import SeriesRehearsal
    from bot.authoring.rehearsal_coverage import play_both_sides
    from bot.authoring.rehearsal_report import report
    from bot.authoring.ways import chosen

    lines: list[str] = []
    if is_series(path):
        modes: list[Mode] = []

        def pick(scripts: Sequence[Script]) -> Script:
            part, mode = chosen(scripts, how)
            modes.append(mode)
            return part

        series, parts = load_series(path, pick)
        name = "-".join((series.id, *how.lower().split()))
        rehearsals = asyncio.run(SeriesRehearsal(series, parts, people, seed, modes[0]).play())
        heads = [f"Part {n}: {part.title}" for n, part in enumerate(parts, 1)]
        files = [out / _name(part, "") for part in parts]
    else:
        script, mode = chosen(variants(path), how)
        name = _name(script, how)
        coverage = asyncio.run(play_both_sides([script], people, seed, mode=mode))
        rehearsals = coverage.played
        heads = [trial.what and f"Once more, {trial.what}:" for trial, _ in coverage.trials]
        files = [out / (f"{name}-{n}" if n > 1 else name) for n in range(1, len(heads) + 1)]
    out.mkdir(parents=True, exist_ok=True)
    for head, played, file in zip(heads, rehearsals, files, strict=True):
        said = [*([head, ""] if head else []), *played.lines]
        lines += [*said, ""]
        typer.echo("\n".join(said))
        typer.echo("\n" + report(played) + "\n")
        yield played, _written(played, file)
    (out / f"{name}.txt").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _name(script: Script, how: str) -> str:
    words = [word for word in how.lower().split() if word != script.version]
    return "-".join(part for part in (script.id, script.version, *words) if part)


def _written(played: Played, file: Path) -> Path:
    from bot.render.recap.page import page

    recap = file.parent / f"{file.name}.html"
    recap.write_text(page(played.script, played.session, rehearsal=True), encoding="utf-8")
    typer.echo(f"The recap page: {recap}")
    return file
