"""Golden conversations. The database is closed and reopened before every line, so each dialogue is a
restart test as well. `scripts/test tests/transcripts --update` writes what was seen into the files.

A line is what somebody does:

    Ada joins | Ada reads along | Ada: said in the room | Ada /command words | Ada > step field=words; share=name
    30 people join | 30 people : line {n} | 30 people > step field=words {n}
    Ada picks step key key | Ada edits 1: other words | Ada deletes 1 | host /workshop begin | wait 60
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.authoring.loader import load
from bot.commands import parse
from tests.support import Scene, plain, small

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))


async def act(scene: Scene, line: str) -> None:
    """Do what one line says."""
    if found := re.fullmatch(r"(\d+) people (.*)", line, re.S):
        for n in range(1, int(found[1]) + 1):
            rest = found[2].replace("{n}", str(n))
            await act(scene, f"P{n}{rest}" if rest.startswith(":") else f"P{n} {rest}")
    elif found := re.fullmatch(r"wait (\d+)", line):
        await scene.wait(float(found[1]), between=True)
    elif found := re.fullmatch(r"(\w+) joins?", line):
        await scene.join(found[1])
    elif found := re.fullmatch(r"(\w+) reads along", line):
        await scene.join(found[1], reading=True)
    elif found := re.fullmatch(r"(\w+) edits (\d+): (.*)", line, re.S):
        await scene.edit(found[1], int(found[2]), found[3])
    elif found := re.fullmatch(r"(\w+) deletes (\d+)", line):
        await scene.delete(found[1], int(found[2]))
    elif found := re.fullmatch(r"(\w+) picks (\S+) (.*)", line):
        await scene.submit(found[1], found[2], picks=tuple(found[3].split()))
    elif found := re.fullmatch(r"(\w+) > (\S+) (.*)", line, re.S):
        fields = dict(part.strip().split("=", 1) for part in found[3].split(";"))
        anonymous = fields.pop("anonymous", "") == "yes"
        share = fields.pop("share", "")
        await scene.submit(found[1], found[2], anonymous=anonymous, share=share, **fields)
    elif found := re.fullmatch(r"(\w+) (/.*)", line, re.S):
        parsed = parse(found[2])
        assert parsed is not None and not parsed.fault, parsed
        await scene.order(found[1].capitalize(), parsed.command, **parsed.args)
    elif found := re.fullmatch(r"(\w+): (.*)", line, re.S):
        await scene.say(found[1], found[2])
    else:
        raise AssertionError(f"this line is not understood: {line}")


def by_channel(lines: list[str]) -> list[str]:
    """What was seen, channel by channel, each in its own order."""
    return sorted(lines, key=lambda line: line.partition(":")[0].split()[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_transcript(path: Path, tmp_path: Path, request: pytest.FixtureRequest):
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    path_of = HERE.parents[1] / "prompts" / f"{told['script']}.yaml"
    choice = (str(told.get("version", "")), str(told.get("setting", "")))
    script = small() if told["script"] == "small" else load(path_of, *choice)
    scene = await Scene(tmp_path / "transcript.db", script).open()
    seen: list[dict[str, object]] = []
    for entry in told["lines"]:
        scene.log.clear()
        await scene.reopen()
        assert not scene.log, f"a restart before {entry['do']!r} said something again: {scene.log}"
        await act(scene, entry["do"])
        seen.append({"do": entry["do"], "see": [plain(line) for line in scene.log]})
    await scene.close()
    if request.config.getoption("--update"):
        told["lines"] = [line if line["see"] else {"do": line["do"]} for line in seen]
        path.write_text(
            yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8"
        )
        return
    for entry, line in zip(told["lines"], seen, strict=True):
        assert by_channel(line["see"]) == by_channel(entry.get("see", [])), f"after {entry['do']!r}"


def test_there_are_transcripts():
    assert len(FILES) >= 4
