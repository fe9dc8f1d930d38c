"""Where no workshop is open, every command is answered: with what is so, and what one can do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import COMMANDS
from tests.support import Scene, plain


@pytest.mark.parametrize("who", ["Host", "Ada"])
async def test_every_command_is_answered_where_no_workshop_is_open(tmp_path: Path, who: str):
    scene = await Scene(tmp_path / "n.db").open()
    silent = []
    for command in COMMANDS:
        if command.name == "my data":
            continue  # it is answered with a file
        before = len(scene.stage.lines)
        await scene.order(who, command.name, **{parameter.name: "1" for parameter in command.parameters})
        if not any(not line.author for line in list(scene.stage.lines.values())[before:]):
            silent.append(command.name)
        if scene.session_id:  # `/workshop open` open one
            await scene.order("Host", "workshop close")
            scene.session_id = ""
    assert not silent
    await scene.close()


async def test_what_is_said_is_for_whoever_asks(tmp_path: Path):
    scene = await Scene(tmp_path / "n.db").open()
    await scene.order("Ada", "now")
    assert (
        scene.private("Ada")[-1] == "No workshop is open here right now. When one opens, you'll see it here."
    )
    await scene.order("Host", "workshop next")
    assert "To open one: /workshop open" in scene.private("Host")[-1]
    await scene.order("Ada", "help")
    assert "/rsvp" in plain(scene.private("Ada")[-1]) and "/workshop" not in scene.private("Ada")[-1]
    assert scene.room() == []
    await scene.close()
