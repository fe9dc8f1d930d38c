"""A Storycircle of its own for web tests: in this process, or as a process that can be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parents[3]


class Process:
    """`storycircle run`, started as an operator starts it."""

    def __init__(self, data: Path, prompts: Path = ROOT / "prompts", module: str = "bot") -> None:
        self.module = (
            module  # what is run; `tests.platforms.web.clocked` is `bot` with a clock that can be moved
        )
        self.data = data
        self.prompts = prompts
        self.port = free_port()
        self.link = f"http://127.0.0.1:{self.port}/r/circle"
        self.host_link = ""
        self._child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and return when the links are printed."""
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self.module,
            "run",
            cwd=ROOT,
            env={
                **os.environ,
                "STORYCIRCLE_DATA": str(self.data),
                "STORYCIRCLE_PORT": str(self.port),
                "STORYCIRCLE_PROMPTS": str(self.prompts),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert self._child.stdout
        while line := (await self._child.stdout.readline()).decode():
            if "For hosts:" in line:
                secret = (self.data / "host.secret").read_text().strip()
                self.host_link = f"{self.link}#host={secret}"
                return
        assert self._child.stderr
        raise AssertionError((await self._child.stderr.read()).decode())

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._child
        return self._child.pid

    async def kill(self) -> None:
        """Pull the plug."""
        if self._child and self._child.returncode is None:
            self._child.send_signal(signal.SIGKILL)
            await self._child.wait()

    async def stop_quietly(self) -> None:
        """Ask it to stop, where somebody else reads its log."""
        assert self._child
        self._child.terminate()
        await self._child.wait()

    async def stop(self) -> str:
        """Ask it to stop; what it wrote to its log."""
        assert self._child and self._child.stderr
        if self._child.returncode is None:
            self._child.terminate()
        rest = await self._child.stderr.read()
        await self._child.wait()
        return rest.decode()
