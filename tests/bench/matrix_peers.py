"""What `scripts/bench matrix` measures beside Storycircle: a bare nio loop, and maubot and opsdroid where installed.

They are looked for in environments of their own (`.venv-maubot`, `.venv-opsdroid`), with small plugins of ours:

    python3 -m venv .venv-maubot && .venv-maubot/bin/pip install maubot
    python3 -m venv .venv-opsdroid && .venv-opsdroid/bin/pip install "setuptools<81" "opsdroid[connector-matrix]"
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import yaml

from tests.platforms.matrix.guest import Guest
from tests.platforms.matrix.synapse import ROOT, Synapse
from tests.ports import free_port

HERE = Path(__file__).parent / "peers"
LOOP, MAUBOT, OPSDROID = "bare nio loop", "maubot", "opsdroid"


def installed() -> list[str]:
    """Those that can be measured here."""
    return [LOOP, *(name for name in (MAUBOT, OPSDROID) if _python(name).exists())]


def _python(name: str) -> Path:
    return ROOT / f".venv-{name}" / "bin" / "python"


class Peer:
    """One of them, in rooms that are there already."""

    def __init__(self, name: str, synapse: Synapse, folder: Path) -> None:
        self.name = name
        self.synapse = synapse
        self.folder = folder
        self.database = folder / "peer.db"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, account: dict[str, str], rooms: dict[str, Guest]) -> None:
        """Put its account into these rooms, start it, and wait until it answers somebody who is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        itself = Guest(self.synapse.url, account)
        for room in rooms:
            await itself.join(room)
        await itself.close()
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PEER_DB": str(self.database), "HOME": str(self.folder)}
        with (self.folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command(account, list(rooms)), cwd=self.folder, env=env, stdout=log, stderr=log
            )
        room, guest = next(iter(rooms.items()))
        for _ in range(30):
            await guest.say(room, "!story")
            await asyncio.sleep(2)
            if await guest.texts(room, account["user_id"]):
                return
            if self._process.returncode is not None:
                break
        raise RuntimeError(f"{self.name} did not answer: {(self.folder / 'log.txt').read_text()[-2000:]}")

    def _command(self, account: dict[str, str], rooms: list[str]) -> list[str]:
        if self.name == LOOP:
            told = {**account, "url": self.synapse.url}
            return [sys.executable, "-m", "tests.bench.peers.nio_loop", json.dumps(told)]
        if self.name == MAUBOT:
            shutil.copytree(HERE / "maubot", self.folder, dirs_exist_ok=True)
            (self.folder / "config.yaml").write_text(yaml.safe_dump(self._maubot(account)))
            return [str(_python(MAUBOT)), "-m", "maubot.standalone", "-c", "config.yaml"]
        (self.folder / "configuration.yaml").write_text(yaml.safe_dump(self._opsdroid(account, rooms)))
        return [
            str(_python(OPSDROID)),
            "-m",
            "opsdroid",
            "start",
            "-f",
            str(self.folder / "configuration.yaml"),
        ]

    def _maubot(self, account: dict[str, str]) -> dict[str, object]:
        return {
            "user": {
                "credentials": {
                    "id": account["user_id"],
                    "homeserver": self.synapse.url,
                    "access_token": account["access_token"],
                    "device_id": None,
                },
                "sync": True,
                "autojoin": True,
                "displayname": "disable",
                "avatar_url": "disable",
                "ignore_initial_sync": True,
                "ignore_first_sync": False,
            },
            "server": {"hostname": "127.0.0.1", "port": free_port(), "base_path": "/", "public_url": ""},
            "database": "sqlite:bot.db",
            "plugin_config": {},
            "logging": {
                "version": 1,
                "handlers": {"console": {"class": "logging.StreamHandler"}},
                "root": {"level": "WARNING", "handlers": ["console"]},
            },
        }

    def _opsdroid(self, account: dict[str, str], rooms: list[str]) -> dict[str, object]:
        return {
            "welcome-message": False,
            "logging": {"level": "warning"},
            "web": {"host": "127.0.0.1", "port": free_port()},
            "connectors": {
                "matrix": {
                    "mxid": account["user_id"],
                    "access_token": account["access_token"],
                    "device_id": account["device_id"],
                    "homeserver": self.synapse.url,
                    "rooms": {("main" if n == 0 else f"r{n}"): room for n, room in enumerate(rooms)},
                    "store_path": str(self.folder / "store"),
                }
            },
            "skills": {"story": {"path": str(HERE / "opsdroid_story.py"), "no-cache": True}},
        }

    @property
    def pid(self) -> int:
        """Of its process."""
        assert self._process
        return self._process.pid

    async def stop(self) -> None:
        """End it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def counted(self) -> int:
        """How many lines it has on disk."""
        if not self.database.exists():
            return 0
        with sqlite3.connect(self.database) as database:
            found: int = database.execute("SELECT count(DISTINCT event) FROM answer").fetchone()[0]
            return found
