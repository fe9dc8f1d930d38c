"""Setting Matrix up as an operator does, with the real command and a real homeserver."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import stat
import sys
from pathlib import Path

import yaml

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account
from tests.platforms.matrix.synapse import ROOT, Synapse


async def storycircle(folder: Path, *command: str, typed: str = "") -> tuple[int, str]:
    """The command line, as a person would run it in this folder."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "STORYCIRCLE_PROMPTS": str(ROOT / "prompts"),
        "COLUMNS": "200",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=folder, env=env,
        stdin=-1, stdout=-1, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate(typed.encode())
    return process.returncode or 0, said.decode()


async def test_it_logs_in_keeps_the_token_and_not_the_password(synapse: Synapse, tmp_path: Path):
    made = await synapse.register(f"bot{secrets.token_hex(4)}")
    (tmp_path / "config.yaml").write_text("# mine\nport: 8799\nmatrix: false\n")
    code, said = await storycircle(
        tmp_path, "setup", "matrix", "--server", synapse.url, "--user", made["user_id"], typed="secret\n"
    )
    assert code == 0, said
    assert "the device is signed" in said and "up to a minute late" in said
    text = (tmp_path / "config.yaml").read_text()
    assert text.startswith("# mine\nport: 8799\n") and yaml.safe_load(text)["matrix"] is True
    account = tmp_path / "data" / "matrix" / "account.json"
    assert stat.S_IMODE(account.stat().st_mode) == 0o600
    held = json.loads(account.read_text())
    assert held["user"] == made["user_id"] and held["token"] and held["token"] not in said
    assert not any("secret" in path.read_text(errors="ignore") for path in account.parent.glob("*.json"))
    code, said = await storycircle(tmp_path, "doctor")
    assert f"ok      Matrix: {made['user_id']}" in said, said


async def test_what_goes_wrong_is_a_sentence(synapse: Synapse, tmp_path: Path):
    made = await synapse.register(f"bot{secrets.token_hex(4)}")
    ask = ("setup", "matrix", "--user", made["user_id"], "--server")
    code, said = await storycircle(tmp_path, *ask, synapse.url, typed="wrong\n")
    assert code == 2 and "says no: Invalid username or password" in said and "Traceback" not in said
    code, said = await storycircle(tmp_path, *ask, "http://127.0.0.1:9", typed="secret\n")
    assert code == 2 and "cannot be reached" in said and "Traceback" not in said
    code, said = await storycircle(tmp_path, *ask, synapse.url, "--token", "nonsense")
    assert code == 2 and "does not take this token" in said and not (tmp_path / "data").exists()


async def keyed(synapse: Synapse, made: dict[str, str], folder: Path) -> MatrixClient:
    """Another app of this account, with keys of its own."""
    account = Account(synapse.url, made["user_id"], made["device_id"], made["access_token"])
    client = MatrixClient(account, folder)
    await client.start()
    return client


async def test_a_token_that_another_app_or_account_uses_is_refused(synapse: Synapse, tmp_path: Path):
    made, other = [await synapse.register(f"bot{secrets.token_hex(4)}") for _ in range(2)]
    ask = ("setup", "matrix", "--server", synapse.url, "--user", made["user_id"], "--token")
    code, said = await storycircle(tmp_path, *ask, other["access_token"])
    assert code == 2 and f"belongs to {other['user_id']}" in said and "Start Storycircle" not in said
    element = await keyed(synapse, made, tmp_path / "element")
    try:
        code, said = await storycircle(tmp_path, *ask, made["access_token"])
    finally:
        await element.close()
    assert code == 2 and "Another app uses this token" in said and "Start Storycircle" not in said
    assert len(said.strip().splitlines()) == 1  # no noise of libraries
    assert not (tmp_path / "data").exists() and not (tmp_path / "config.yaml").exists()


async def test_a_token_may_be_given_twice(synapse: Synapse, tmp_path: Path):
    made = await synapse.register(f"bot{secrets.token_hex(4)}")
    for _ in range(2):
        code, said = await storycircle(
            tmp_path, "setup", "matrix", "--server", synapse.url,
            "--user", made["user_id"].partition(":")[0], "--token", made["access_token"],
        )  # fmt: skip
        assert code == 0 and "the device is signed" in said, said


async def test_signing_keys_that_were_lost_are_replaced_with_the_password(synapse: Synapse, tmp_path: Path):
    made = await synapse.register(f"bot{secrets.token_hex(4)}")
    element = await keyed(synapse, made, tmp_path / "element")
    await element.close()
    ask = ("setup", "matrix", "--server", synapse.url, "--user", made["user_id"])
    code, said = await storycircle(tmp_path, *ask, typed="secret\n")
    assert code == 1 and "the device isn't signed" in said and "--replace-keys" in said
    code, said = await storycircle(tmp_path, *ask, "--replace-keys", typed="secret\n")
    assert code == 0 and "the device is signed" in said, said
    code, said = await storycircle(tmp_path, "doctor")
    assert "the device is signed" in said
