"""Storycircle as a process of its own: started, killed without a word, started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.platforms.matrix.synapse import ROOT
from tests.ports import free_port


class Process:
    """One installation in a folder, started as `python -m <module> run`."""

    def __init__(self, folder: Path, script: str, module: str = "bot", **settings: str) -> None:
        self.data = folder / "data"
        prompts = folder / "prompts"
        prompts.mkdir(parents=True)
        (prompts / "small.yaml").write_text(script, encoding="utf-8")
        self.env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "STORYCIRCLE_DATA": str(self.data),
            "STORYCIRCLE_PROMPTS": str(prompts),
            "STORYCIRCLE_PORT": str(free_port()),
            **{f"STORYCIRCLE_{key.upper()}": value for key, value in settings.items()},
        }
        self._module = module
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and wait until it says that it runs."""
        with (self._folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._module, "run", env=self.env, cwd=self._folder,
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

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._process
        return self._process.pid

    def facts(self, kind: str) -> list[Any]:
        """What is on disk, of one kind."""
        with sqlite3.connect(f"file:{self.data}/storycircle.db?mode=ro", uri=True) as database:
            rows: list[Any] = database.execute(
                "SELECT body FROM fact WHERE body LIKE ?", (f"%{kind}%",)
            ).fetchall()
        return [json.loads(body) for (body,) in rows]

    def answers(self) -> Counter[str]:
        """What is on disk as an answer, and how often."""
        return Counter(fact["text"] for fact in self.facts("Answered"))

    def waiting(self) -> int:
        """How much is still to be said."""
        with sqlite3.connect(f"file:{self.data}/storycircle.db?mode=ro", uri=True) as database:
            found: int = database.execute(
                "SELECT count(*) FROM outbox WHERE kind = 'effect' AND dead = 0"
            ).fetchone()[0]
            return found

    async def until(self, n: int) -> Counter[str]:
        """Wait until so many answers are on disk."""
        async with asyncio.timeout(60):
            while sum((found := self.answers()).values()) < n:
                await asyncio.sleep(0.2)
        return found
