"""What the system gives no more of: files to open, and a folder to write into."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.platforms.web.house import ROOT, Process
from tests.platforms.web.test_disk import linux
from tests.support import fresh


@linux
async def test_without_files_to_open_health_says_so_and_the_log_stays_short(tmp_path: Path):
    fresh(tmp_path / "storycircle.db")
    house = Process(tmp_path)
    await house.start()
    base = f"http://127.0.0.1:{house.port}"
    held: list[asyncio.StreamWriter] = []
    try:
        async with aiohttp.ClientSession() as http:
            async with http.get(f"{base}/healthz") as answer:
                assert (await answer.json())["ok"]
            limits = resource.prlimit(house.pid, resource.RLIMIT_NOFILE)
            few = max(map(int, os.listdir(f"/proc/{house.pid}/fd"))) + 2
            resource.prlimit(house.pid, resource.RLIMIT_NOFILE, (few, limits[1]))
            for _ in range(60):  # fewer than the system holds for us
                _, writer = await asyncio.open_connection("127.0.0.1", house.port)
                held.append(writer)
            why = ""
            async with asyncio.timeout(30):
                while not why:
                    async with http.get(f"{base}/healthz") as answer:  # over the line that it has
                        assert answer.status in (200, 503)
                        why = (await answer.json())["why"]
                    await asyncio.sleep(0.2)
            assert "No more files can be opened" in why and "ulimit -n" in why
            resource.prlimit(house.pid, resource.RLIMIT_NOFILE, limits)
            for writer in held:
                writer.close()
            async with asyncio.timeout(30):
                while why:
                    async with http.get(f"{base}/healthz") as answer:
                        why = (await answer.json())["why"]
                    await asyncio.sleep(0.2)
        async with aiohttp.ClientSession() as stranger, stranger.get(f"{base}/") as answer:
            assert answer.status == 200, "who comes now is let in"
    finally:
        log = await house.stop()
    assert len(log.splitlines()) < 30, log[:2000]
    assert "Traceback" not in log


def _read_only(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command that sees a folder mounted read-only; skips where the system does not allow that."""
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    try:
        subprocess.run(
            ["unshare", "-m", "sh", "-c", mounted, str(folder), "true"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no mounts of our own here")
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, str(folder), sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env={**os.environ, "STORYCIRCLE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@linux
@pytest.mark.skipif(shutil.which("unshare") is None, reason="no mounts of our own here")
def test_a_folder_that_is_mounted_read_only_is_a_sentence(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    fresh(folder / "storycircle.db")
    before = sorted(folder.iterdir())
    run = _read_only(folder, "run")
    assert run.returncode == 2 and "can't be written: Read-only file system" in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
    looked = _read_only(folder, "doctor")
    assert f"{folder} can't be written" in looked.stdout and "Traceback" not in looked.stderr
    assert sorted(folder.iterdir()) == before
