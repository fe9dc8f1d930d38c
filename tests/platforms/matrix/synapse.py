"""A real homeserver on loopback for tests: Synapse from PyPI, in a virtual environment of its own.

`.venv-synapse` is made when it is first needed and kept between runs; it takes half a minute and
250 MB. Federation, presence and rate limits are off unless a test asks for them.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import hmac
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from tests.ports import free_port

ROOT = Path(__file__).parents[3]
VENV = ROOT / ".venv-synapse"
PINS = ROOT / "requirements-synapse.txt"
SECRET = "only-on-loopback"
FREE = {"per_second": 100_000, "burst_count": 100_000}


def python() -> Path:
    """The interpreter that has Synapse; it is installed if need be.

    Raises:
        RuntimeError: it cannot be installed here.
    """
    found = VENV / "bin" / "python"
    done = VENV / "installed"
    want = hashlib.sha256(PINS.read_bytes()).hexdigest()
    with PINS.open() as pins:
        fcntl.flock(pins, fcntl.LOCK_EX)  # tests run side by side, and each would make it
        if done.exists() and done.read_text() == want:
            return found
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
        told = subprocess.run([*pip, "--require-hashes", "-r", PINS], capture_output=True, text=True)
        if told.returncode:
            raise RuntimeError(f"Synapse could not be installed: {told.stderr.strip().splitlines()[-1:]}")
        done.write_text(want)
    return found


def settings(folder: Path, port: int, **more: Any) -> dict[str, Any]:
    """A homeserver that never leaves this machine; `more` replaces single settings."""
    listener = {
        "port": port,
        "type": "http",
        "tls": False,
        "bind_addresses": ["127.0.0.1"],
        "resources": [{"names": ["client"], "compress": False}],
    }
    made: dict[str, Any] = {
        "server_name": "localhost",
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "log_config": str(folder / "log.yaml"),
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": SECRET,
        "macaroon_secret_key": SECRET,
        "form_secret": SECRET,
        "report_stats": False,
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "federation_domain_whitelist": [],
        "send_federation": False,
        # An identical answer from a cache would show a restarted client an old world.
        "caches": {"sync_response_cache_duration": "0s"},
        "presence": {"enabled": False},
        "bcrypt_rounds": 4,
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), FREE),
        "rc_joins": {"local": FREE, "remote": FREE},
        "rc_invites": {"per_room": FREE, "per_user": FREE, "per_issuer": FREE},
    }
    for name in (
        "message",
        "registration",
        "joins_per_room",
        "admin_redaction",
        "media_create",
        "room_creation",
    ):
        made[f"rc_{name}"] = FREE
    return {**made, **more}


class Synapse:
    """One homeserver in a folder; it can be stopped and started again."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "homeserver.yaml").write_text(yaml.safe_dump(settings(folder, self.port, **more)))
        log = {
            "version": 1,
            "handlers": {"file": {"class": "logging.FileHandler", "filename": str(folder / "log.txt")}},
            "root": {"level": "WARNING", "handlers": ["file"]},
        }
        (folder / "log.yaml").write_text(yaml.safe_dump(log))
        self._process: subprocess.Popen[bytes] | None = None
        self._command = [str(python()), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")]

    async def start(self) -> Synapse:
        """Start, and wait until it answers."""
        quiet = subprocess.DEVNULL
        if not (self.folder / "signing.key").exists():
            made = await asyncio.create_subprocess_exec(
                *self._command, "--generate-keys", stdout=quiet, stderr=quiet
            )
            await made.wait()
        self._process = subprocess.Popen(self._command, cwd=self.folder, stdout=quiet, stderr=quiet)
        async with aiohttp.ClientSession() as web:
            for _ in range(600):
                try:
                    async with web.get(f"{self.url}/_matrix/client/versions") as answer:
                        if answer.status == 200:
                            return self
                except aiohttp.ClientError:
                    pass
                if self._process.poll() is not None:
                    break
                await asyncio.sleep(0.05)
        log = (self.folder / "log.txt").read_text() if (self.folder / "log.txt").exists() else ""
        raise RuntimeError(f"Synapse did not start: {log[-1500:]}")

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    async def register(self, name: str) -> dict[str, str]:
        """A new account, logged in: user_id, access_token, device_id."""
        async with aiohttp.ClientSession() as web:
            address = f"{self.url}/_synapse/admin/v1/register"
            async with web.get(address) as answer:
                nonce = (await answer.json())["nonce"]
            told = "\0".join([nonce, name, "secret", "notadmin"]).encode()
            mac = hmac.new(SECRET.encode(), told, hashlib.sha1).hexdigest()
            body = {"nonce": nonce, "username": name, "password": "secret", "admin": False, "mac": mac}
            async with web.post(address, json=body) as answer:
                made: dict[str, str] = await answer.json()
                return made
