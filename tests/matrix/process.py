"""Storycircle as a process of its own, with a Matrix account: started, killed without a word, started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bot.platforms.matrix.account import Account
from tests.matrix.synapse import ROOT, Synapse, free_port


class Process:
    """One installation in a folder."""

    def __init__(self, synapse: Synapse, folder: Path, script: str, **settings: str) -> None:
        self.synapse = synapse
        self.data = folder / "data"
        prompts = folder / "prompts"
        prompts.mkdir(parents=True)
        (prompts / "small.yaml").write_text(script, encoding="utf-8")
        self._env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "STORYCIRCLE_DATA": str(self.data),
            "STORYCIRCLE_PROMPTS": str(prompts),
            "STORYCIRCLE_PORT": str(free_port()),
            "STORYCIRCLE_MATRIX": "true",
            **{f"STORYCIRCLE_{key.upper()}": value for key, value in settings.items()},
        }
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def account(self, name: str) -> str:
        """Register the bot; its user id."""
        made = await self.synapse.register(name)
        account = Account(self.synapse.url, made["user_id"], made["device_id"], made["access_token"])
        account.keep(self.data / "matrix" / "account.json")
        return account.user

    async def start(self) -> None:
        """Start, and wait until it says that it runs."""
        with (self._folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self._env, cwd=self._folder,
                stdout=asyncio.subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self._process.stdout
        async with asyncio.timeout(30):
            while b"running" not in (line := await self._process.stdout.readline()):
                assert line, (self._folder / "log.txt").read_text()[-2000:]

    async def kill(self) -> None:
        """End it without a word."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()
            self._process = None

    def answers(self) -> Counter[str]:
        """What is on disk as an answer, and how often."""
        with sqlite3.connect(f"file:{self.data}/storycircle.db?mode=ro", uri=True) as database:
            rows: list[Any] = database.execute(
                "SELECT body FROM fact WHERE body LIKE '%Answered%'"
            ).fetchall()
        import json

        return Counter(json.loads(body)["text"] for (body,) in rows)

    async def until(self, n: int) -> Counter[str]:
        """Wait until so many answers are on disk."""
        async with asyncio.timeout(60):
            while sum((found := self.answers()).values()) < n:
                await asyncio.sleep(0.2)
        return found
