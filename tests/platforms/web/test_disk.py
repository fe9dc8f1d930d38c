"""A disk that fills up, a page that is damaged, more files than the system gives: a sentence, and on when it is over."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest
import structlog

from bot.app.logs import MOST, Bounded
from bot.app.process import App, start
from bot.cli.main import TROUBLE
from bot.config import Config, turn_on
from bot.platforms.web.health import HealthCheck
from bot.platforms.web.signing import keep_secret
from bot.store.erasure_ledger import Ledger
from tests.platforms.web.house import ROOT, Process
from tests.platforms.web.test_server import Browser
from tests.ports import free_port
from tests.support import fresh

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="limits of another process: Linux only"
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Process]:
    fresh(tmp_path / "storycircle.db")
    made = Process(tmp_path)
    await made.start()
    yield made
    await made.kill()


async def healthy(house: Process, wanted: bool) -> str:
    """Wait until health says so; why it is bad."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"http://127.0.0.1:{house.port}/healthz") as answer:
                said = await answer.json()
                assert answer.status == (200 if said["ok"] else 503)
                if said["ok"] is wanted:
                    return str(said["why"])
            await asyncio.sleep(0.2)


@linux
async def test_a_disk_that_fills_up_confirms_nothing_and_all_goes_on_when_there_is_room(house: Process):
    ada = Browser(SimpleNamespace(config=SimpleNamespace(port=house.port)))  # type: ignore[arg-type]
    await ada.enter("Ada")
    await ada.connect()
    assert "ack" in await ada.send(do="say", text="before")
    files = sorted(house.data.glob("storycircle.db*"))
    assert house.pid
    # No file may grow any more: the kernel answers each write as on a disk without room.
    resource.prlimit(
        house.pid, resource.RLIMIT_FSIZE, (max(f.stat().st_size for f in files) // 4096 * 4096, -1)
    )
    answers = []
    for n in range(40):  # the log of the database has pages that are used again
        answers.append(await ada.send(do="say", text=f"{n} " + "while there is no room " * 50))
        if "refused" in answers[-1]:
            break
    assert "Nothing is half-written" in answers[-1]["why"]
    assert "cannot be written" in await healthy(house, False)
    resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (-1, -1))
    assert await healthy(house, True) == ""
    assert "ack" in await ada.send(do="say", text="after")
    await ada.close()
    log = await house.stop()
    assert "Traceback" not in log and len(log.splitlines()) < 100
    with sqlite3.connect(house.data / "storycircle.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        bodies = " ".join(body for (body,) in database.execute("SELECT body FROM web_message"))
    assert "before" in bodies and "after" in bodies
    for n, answer in enumerate(answers):
        assert (f"{n} while there" in bodies) is ("ack" in answer)


async def test_a_damaged_page_is_a_sentence_and_bad_health(tmp_path: Path):
    fresh(tmp_path / "storycircle.db")
    config = Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port())
    first = await start(config)
    await talk(first)
    await first.close()
    with sqlite3.connect(tmp_path / "storycircle.db") as database:
        size = database.execute("PRAGMA page_size").fetchone()[0]
        [page] = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'web_message' AND type = 'table'"
        ).fetchone()
    with (tmp_path / "storycircle.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    app = await start(config)
    ada = Browser(app)
    try:
        await ada.enter("Bo")
        async with ada.http.get(ada.room) as answer:
            assert answer.status == 503
            said = await answer.text()
        assert "The database is damaged" in said and "storycircle restore" in said
        assert "is damaged" in await HealthCheck(app.store).why()
    finally:
        await ada.close()
        await app.close()


async def talk(app: App) -> None:
    ada = Browser(app)
    await ada.enter("Ada")
    await ada.connect()
    assert "ack" in await ada.send(do="say", text="hello")
    await ada.close()


def test_a_log_of_one_trouble_is_bounded_and_says_what_was_left_out():
    now = [0.0]
    bounded, passed = Bounded(lambda: now[0]), []
    for second in range(120):
        now[0] = float(second)
        for _ in range(10):
            with suppress(structlog.DropEvent):
                passed.append(bounded(None, "error", {"event": "cannot write"}))
    assert len(passed) == 2 * MOST
    assert [line["left_out"] for line in passed if "left_out" in line] == [600 - MOST]


@linux
def test_what_could_not_be_written_whole_is_as_it_was(tmp_path: Path):
    """On a full disk a secret is not made empty, settings are not cut, and the ledger has no half line."""
    child = f"""
import os, resource, signal, sys
from pathlib import Path
from bot.config import turn_on
from bot.platforms.web.signing import keep_secret
from bot.store.erasure_ledger import Ledger
folder = Path({str(tmp_path)!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
for work in (
    lambda: keep_secret(folder / "cookie.secret"),
    lambda: turn_on(folder / "config.yaml", "matrix"),
    lambda: Ledger(folder).add("web:bo"),
):
    try:
        work()
    except OSError as error:
        print(error.errno)
"""
    import subprocess

    (tmp_path / "config.yaml").write_text("port: 8765\n# a comment\n")
    ledger = Ledger(tmp_path)
    ledger.add("web:ada")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    room = ledger.path.stat().st_size + 5  # half a line, and less than the settings with a line more
    (tmp_path / "config.yaml").write_text("port: 8765\n" + "# a long comment\n" * 20)
    before["config.yaml"] = (tmp_path / "config.yaml").read_bytes()
    for size in (0, room):
        done = subprocess.run(
            [sys.executable, "-c", child, str(size)], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert {int(line) for line in done.stdout.split()} <= TROUBLE and done.stdout.count("\n") >= 2
        found = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != "cookie.secret"}
        assert found == before
    (tmp_path / "cookie.secret").write_text("")  # as an older version left it
    assert len(keep_secret(tmp_path / "cookie.secret")) == 32
    assert Ledger(tmp_path).add("web:bo") == 2
    turn_on(tmp_path / "config.yaml", "matrix")
    assert (tmp_path / "config.yaml").read_text().endswith("\nmatrix: true\n")
