"""Somebody in encrypted rooms: matrix-js-sdk, the engine of Element, under Node; independent of the bot's library."""

from __future__ import annotations

import asyncio
import fcntl
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.platforms.matrix.guest import Guest

HERE = Path(__file__).parent / "js"


def installed() -> Path:
    """The folder of the client, with what it needs.

    Raises:
        RuntimeError: Node or npm is missing, or the packages cannot be had.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise RuntimeError("there is no Node here")
    with (HERE / "package.json").open() as wanted:
        fcntl.flock(wanted, fcntl.LOCK_EX)  # tests run side by side, and each would install it
        if not (HERE / "node_modules" / "matrix-js-sdk").exists():
            told = subprocess.run(
                ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"],
                cwd=HERE,
                capture_output=True,
                text=True,
            )
            if told.returncode:
                raise RuntimeError(f"matrix-js-sdk could not be installed: {told.stderr[-300:]}")
    return HERE


class SealedGuest(Guest):
    """A guest whose client encrypts; `strict` gives keys to signed devices only (MSC4153)."""

    def __init__(self, url: str, account: dict[str, str], *, strict: bool = False) -> None:
        super().__init__(url, account)
        self._account = {"url": url, "user": account["user_id"], "token": account["access_token"]}
        self._account["device"] = account["device_id"]
        self._strict = strict
        self._process: asyncio.subprocess.Process | None = None
        self._asking = asyncio.Lock()

    async def start(self) -> SealedGuest:
        """Log the client in, and wait until it has synced."""
        self._process = await asyncio.create_subprocess_exec(
            "node", "client.mjs", cwd=installed(), stdin=-1, stdout=-1, stderr=asyncio.subprocess.DEVNULL,
            limit=2**24,
        )  # fmt: skip
        await self.ask("start", **self._account, strict=self._strict)
        return self

    async def ask(self, do: str, **what: Any) -> Any:
        """One thing done by the client."""
        assert self._process and self._process.stdin and self._process.stdout
        async with self._asking, asyncio.timeout(30):
            self._process.stdin.write(json.dumps({"do": do, **what}).encode() + b"\n")
            said = json.loads(await self._process.stdout.readline())
        if "fault" in said:
            raise RuntimeError(said["fault"])
        return said["said"]

    async def close(self) -> None:
        """Close the client."""
        await super().close()
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    async def send(self, room: str, content: dict[str, Any], kind: str = "m.room.message") -> str:
        """Send an event; the client encrypts it where the room is encrypted."""
        return str(await self.ask("send", room=room, content=content, kind=kind))

    async def redact(self, room: str, event: str) -> str:
        """Take an event away."""
        return str(await self.ask("redact", room=room, event=event))

    async def room(self, *invite: str, **more: Any) -> str:
        """A new encrypted room."""
        return str(await self.ask("room", invite=list(invite), **more))

    async def invites(self) -> list[str]:
        """Rooms that one is invited to."""
        return list(await self.ask("invites"))

    async def join(self, room: str) -> None:
        """Go into a room."""
        await self.ask("join", room=room)
        self._been.add(room)

    async def events(self, room: str) -> list[dict[str, Any]]:
        """All events of a room as the client could read them."""
        return list(await self.ask("events", room=room))
