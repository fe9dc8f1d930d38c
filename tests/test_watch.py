"""Those who watch it: health, readiness, and numbers that agree with what happened."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app.logs import COUNTED
from bot.app.process import App, start
from bot.app.watch import Watch, start_watch
from bot.config import Config
from bot.errors import ConfigError
from tests.platforms.web.house import ROOT
from tests.ports import free_port

CANARY = "zanzibar-canary"


@asynccontextmanager
async def watched(tmp_path: Path) -> AsyncIterator[tuple[App, Watch, str]]:
    config = Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port(), watch_port=free_port())
    watch = await start_watch(config)
    assert watch is not None
    app = await start(config)
    try:
        yield app, watch, f"http://127.0.0.1:{config.watch_port}"
    finally:
        await watch.close()
        await app.close()


def look(watch: Watch, app: App) -> None:
    watch.look_at(app.worker, lambda: app.server.parts.sockets.count)


async def asked(http: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with http.get(url) as answer:
        return answer.status, await answer.text()


def numbers(text: str) -> dict[tuple[str, str], float]:
    return {
        (sample.name, ",".join(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_it_is_ready_when_it_hears_people_and_not_before(tmp_path: Path):
    async with watched(tmp_path) as (app, watch, url), aiohttp.ClientSession() as http:
        assert await asked(http, f"{url}/healthz") == (200, '{"ok": true, "why": ""}')
        status, said = await asked(http, f"{url}/readyz")
        assert status == 503 and "stands by" in said
        look(watch, app)
        assert (await asked(http, f"{url}/readyz"))[0] == 200
        app.store.engine.damage = "The database is damaged."
        look(watch, app)
        for path in ("healthz", "readyz"):
            status, said = await asked(http, f"{url}/{path}")
            assert status == 503 and "damaged" in said


async def test_numbers_agree_with_what_happened_and_hold_no_word_of_anybody(tmp_path: Path):
    async with (
        watched(tmp_path) as (app, watch, url),
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        look(watch, app)
        before = numbers((await asked(http, f"{url}/metrics"))[1])
        async with http.post(
            f"{app.link}/enter", data={"name": CANARY, "next": "room"}, headers={"Origin": app.config.public}
        ) as entered:
            assert entered.status == 200
        async with http.ws_connect(f"{app.link}/ws", headers={"Origin": app.config.public}) as line:
            await line.send_json({"t": "say", "id": "one", "text": f"/start first-circle {CANARY}"})
            async with asyncio.timeout(20):
                while True:
                    text = (await asked(http, f"{url}/metrics"))[1]
                    after = numbers(text)
                    if after["storycircle_writes_total", ""] > before["storycircle_writes_total", ""]:
                        break
            assert after["storycircle_web_sockets", ""] == 1
        assert after["storycircle_commits_total", ""] == app.store.engine.commits
        assert after["storycircle_platform_up", "web"] == 1
        assert after["storycircle_outbox_dead_rows", "web"] == 0
        assert after["storycircle_database_bytes", ""] > 4096
        assert ("process_resident_memory_bytes", "") in after
        assert CANARY not in text and "circle" not in text.replace("storycircle", "")


async def test_trouble_is_counted_by_kind(tmp_path: Path):
    async with watched(tmp_path) as (app, watch, url), aiohttp.ClientSession() as http:
        look(watch, app)
        COUNTED["error", "a platform is off; the others go on"] += 2
        try:
            seen = numbers((await asked(http, f"{url}/metrics"))[1])
        finally:
            COUNTED.clear()
        assert seen["storycircle_log_lines_total", "a platform is off; the others go on,error"] == 2


async def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path):
    async with watched(tmp_path) as (app, _, _url):
        with pytest.raises(ConfigError, match=r"STORYCIRCLE_WATCH_PORT=\d+, or 0"):
            await start_watch(app.config)


async def test_nothing_listens_unless_it_is_asked_for(tmp_path: Path):
    assert await start_watch(Config(data=tmp_path)) is None


async def test_one_that_stands_by_is_well_and_not_ready(tmp_path: Path):
    ports = {"first": free_port(), "second": free_port()}

    async def run(name: str, *more: str) -> asyncio.subprocess.Process:
        env = {
            **os.environ,
            "STORYCIRCLE_DATA": str(tmp_path),
            "STORYCIRCLE_PORT": str(port),
            "STORYCIRCLE_WATCH_PORT": str(ports[name]),
        }
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", *more, cwd=ROOT, env=env,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    async def until(process: asyncio.subprocess.Process, word: bytes) -> None:
        assert process.stdout
        async with asyncio.timeout(30):
            while word not in (line := await process.stdout.readline()):
                assert line

    port = free_port()
    first = await run("first")
    await until(first, b"is running")
    second = await run("second", "--stand-by")
    try:
        await until(second, b"stands by")
        async with aiohttp.ClientSession() as http:
            assert (await asked(http, f"http://127.0.0.1:{ports['first']}/readyz"))[0] == 200
            assert (await asked(http, f"http://127.0.0.1:{ports['second']}/healthz"))[0] == 200
            assert (await asked(http, f"http://127.0.0.1:{ports['second']}/readyz"))[0] == 503
            first.send_signal(signal.SIGTERM)
            await until(second, b"is running")
            assert (await asked(http, f"http://127.0.0.1:{ports['second']}/readyz"))[0] == 200
    finally:
        for process in (first, second):
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
