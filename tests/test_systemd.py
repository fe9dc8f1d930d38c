"""What systemd hears: ready when people are heard, alive while the loop turns, stopping when asked."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

from bot.app.systemd import notify, stay_watched
from tests.platforms.web.house import ROOT
from tests.ports import free_port


async def test_a_service_is_ready_watched_and_stopped(tmp_path: Path):
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.setblocking(False)
    manager.bind(str(tmp_path / "notify"))
    env = {
        **os.environ,
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "WATCHDOG_USEC": "400000",
        "STORYCIRCLE_DATA": str(tmp_path / "data"),
        "STORYCIRCLE_PORT": str(free_port()),
    }
    quiet = asyncio.subprocess.DEVNULL
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=env, stdout=quiet, stderr=quiet
    )
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(60):
            told = [await loop.sock_recv(manager, 100) for _ in range(4)]
            assert told == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"WATCHDOG=1"]
            running.send_signal(signal.SIGSTOP)
            running.send_signal(signal.SIGCONT)
            running.send_signal(signal.SIGTERM)
            while (said := await loop.sock_recv(manager, 100)) == b"WATCHDOG=1":
                pass
            assert said == b"STOPPING=1" and await running.wait() == 0
    finally:
        manager.close()
        if running.returncode is None:
            running.kill()
            await running.wait()


async def test_without_systemd_nothing_is_said(tmp_path: Path):
    assert not notify("READY=1", {})
    assert not notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})
    async with asyncio.timeout(5):
        await stay_watched({"WATCHDOG_USEC": "1000000"})  # nobody listens, so it ends
