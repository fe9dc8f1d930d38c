"""Setting Discord up as an operator does, with the real command and the small server in place of Discord."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
import yaml

from bot.platforms.discord.setup import NEEDED
from tests.platforms.discord.server import TOKEN, Discord
from tests.platforms.matrix.synapse import ROOT
from tests.ports import free_port


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    made = await Discord().start()
    yield made
    await made.close()


async def storycircle(server: str, folder: Path, *command: str, **more: str) -> tuple[int, str]:
    """The command line, as a person would run it in this folder."""
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "STORYCIRCLE_PROMPTS": str(ROOT / "prompts"), "COLUMNS": "200",
        "STORYCIRCLE_TEST_SERVER": server, **more,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.platforms.discord.child", *command, cwd=folder, env=env,
        stdin=-1, stdout=-1, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def running(server: str, folder: Path, words: str, **more: str) -> str:
    """What a running Storycircle says up to these words; the web room is open meanwhile, whatever Discord does."""
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "STORYCIRCLE_PROMPTS": str(ROOT / "prompts"), "COLUMNS": "200",
        "STORYCIRCLE_TEST_SERVER": server, **more,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.platforms.discord.child", "run", cwd=folder, env=env,
        stdin=-1, stdout=-1, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    try:
        async with asyncio.timeout(60):
            while words not in said:
                line = await process.stdout.readline()
                assert line, said
                said += line.decode()
        port = yaml.safe_load((folder / "config.yaml").read_text())["port"]
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        assert process.returncode is None
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
    return said


async def test_it_keeps_the_token_and_prints_the_link_with_what_it_needs(server: Discord, tmp_path: Path):
    (tmp_path / "config.yaml").write_text("# mine\nport: 8799\ndiscord: false\n")
    code, said = await storycircle(server.url, tmp_path, "setup", "discord", STORYCIRCLE_DISCORD_TOKEN=TOKEN)
    assert code == 0, said
    assert TOKEN not in said and "it is in no server yet" in said
    link = parse_qs(urlparse(said.split("into your server: ")[1].split()[0]).query)
    assert link["scope"] == ["bot applications.commands"] and link["permissions"] == [str(NEEDED.value)]
    assert not NEEDED.administrator and not NEEDED.mention_everyone and not NEEDED.manage_guild
    text = (tmp_path / "config.yaml").read_text()
    assert (
        text.startswith("# mine\nport: 8799\n")
        and yaml.safe_load(text)["discord"] is True
        and TOKEN not in text
    )
    kept = tmp_path / "data" / "discord" / "token"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and kept.read_text().strip() == TOKEN

    guild = server.guild(server.user("Hans"), "The garden")
    code, said = await storycircle(server.url, tmp_path, "doctor")
    assert "problem Discord: in The garden it lacks: " in said and "send messages" in said and code == 1
    server.guilds[guild]["roles"][0]["permissions"] = str(NEEDED.value)
    code, said = await storycircle(server.url, tmp_path, "doctor", STORYCIRCLE_DISCORD_READ_MESSAGES="true")
    assert "ok      Discord: in The garden it has what it needs" in said
    assert "problem Discord: `discord_read_messages` is set" in said
    code, said = await storycircle(server.url, tmp_path, "doctor")
    assert code == 0, said
    # a role that the bot cannot give, since it stands above its own
    server.guilds[guild]["roles"].append(
        {**server.guilds[guild]["roles"][0], "id": "4242", "name": "Value storyteller", "position": 7}
    )
    server.guilds[guild]["roles"][0]["permissions"] = str(NEEDED.value | 1 << 28)
    code, said = await storycircle(server.url, tmp_path, "doctor", STORYCIRCLE_DISCORD_ROLES="true")
    assert "problem Discord: in The garden it cannot give the role Value storyteller" in said and code == 1
    code, said = await storycircle(server.url, tmp_path, "doctor")
    assert code == 0, said  # none is given, so none can be out of reach
    named = "{value-storyteller: {discord: '4242'}}"
    code, said = await storycircle(server.url, tmp_path, "doctor", STORYCIRCLE_RECOGNITION=named)
    assert "cannot give the role Value storyteller" in said
    assert not server.faults, server.faults


async def test_what_goes_wrong_is_a_sentence(server: Discord, tmp_path: Path):
    code, said = await storycircle(
        server.url, tmp_path, "setup", "discord", STORYCIRCLE_DISCORD_TOKEN="wrong"
    )
    assert code == 2 and "does not take this token" in said and "Traceback" not in said
    assert not (tmp_path / "data").exists()
    (tmp_path / "config.yaml").write_text(f"discord: true\nport: {free_port()}\n")
    code, said = await storycircle(server.url, tmp_path, "run")
    assert code == 2 and "run `scripts/run setup discord`" in said and "Traceback" not in said
    refused = {"STORYCIRCLE_DISCORD_TOKEN": TOKEN, "STORYCIRCLE_DISCORD_READ_MESSAGES": "true"}
    said = await running(server.url, tmp_path, "turn on Message Content Intent", **refused)
    assert "Traceback" not in said
    said = await running("http://127.0.0.1:9", tmp_path, "cannot be reached", STORYCIRCLE_DISCORD_TOKEN=TOKEN)
    assert "Traceback" not in said
