"""What one hostile connection can do to a room: nothing that the others would notice."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.process import App, start
from bot.config import Config
from bot.platforms.web.health import HealthCheck
from bot.store.web_rows import Message
from tests.platforms.web.test_server import Browser
from tests.ports import free_port
from tests.support import fresh

ROOT = Path(__file__).parents[3]
LONG = "a long line that fills what is kept for those who do not read " * 100  # 6 kB


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    fresh(tmp_path / "storycircle.db")
    made = await start(Config(data=tmp_path, prompts=ROOT / "prompts", port=free_port()))
    yield made
    await made.close()


@pytest.fixture
async def people(app: App) -> AsyncIterator[list[Browser]]:
    """A host, Ada and Bo; Bo has entered, and opens no page."""
    found = [Browser(app) for _ in range(3)]
    for browser, name in zip(found, ("Hedi", "Ada", "Bo"), strict=True):
        await browser.enter(name)
    assert await found[0].become_host(app.host_secret) == 200
    for browser in found[:2]:
        await browser.connect()
    yield found
    for browser in found:
        await browser.close()


async def raw_socket(app: App, browser: Browser) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The line of a page that reads only what its program asks for: a bare connection, upgraded."""
    reader, writer = await asyncio.open_connection("127.0.0.1", app.config.port, limit=2**12)
    cookies = browser.http.cookie_jar.filter_cookies(f"{browser.room}/ws")  # type: ignore[arg-type]
    cookie = "; ".join(f"{key}={morsel.value}" for key, morsel in cookies.items())
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        f"GET /r/circle/ws HTTP/1.1\r\nHost: 127.0.0.1:{app.config.port}\r\nOrigin: {browser.base}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        f"Sec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readline()
    return reader, writer


def frame(what: dict[str, object]) -> bytes:
    """A client's text frame of fewer than 126 bytes, masked with nought."""
    payload = json.dumps(what).encode()
    assert len(payload) < 126
    return bytes([0x81, 0x80 | len(payload), 0, 0, 0, 0]) + payload


async def test_a_line_that_is_never_read_holds_up_nobody_and_is_cut(app: App, people: list[Browser]):
    hedi, ada, bo = people
    _, writer = await raw_socket(app, bo)
    sockets = app.server.parts.hub.sockets
    async with asyncio.timeout(5):
        while not sockets.of_member(await member_id(app, "Bo")):
            await asyncio.sleep(0.01)
    began = time.monotonic()
    n = 0
    while sockets.of_member(await member_id(app, "Bo")):
        n += 1
        assert time.monotonic() - began < 60, "it was never cut"
        post(app, n)
        await ada.until(lambda f, n=n: f"number {n}: a long" in json.dumps(f), seconds=2)
        ada.frames.clear()
    writer.close()
    assert "ack" in await hedi.send(do="say", text="still here")


async def test_hundreds_of_catch_ups_hold_up_nobody(app: App, people: list[Browser]):
    hedi, ada, bo = people
    for n in range(10):
        await hedi.send(do="say", text=f"number {n}: {LONG}")
    reader, writer = await raw_socket(app, bo)
    received = 0

    async def read() -> None:
        nonlocal received
        while piece := await reader.read(2**16):
            received += len(piece)

    reading = asyncio.create_task(read())
    for _ in range(500):
        writer.write(frame({"do": "since", "rev": 0}))
    await writer.drain()
    slowest = 0.0
    for n in range(10):
        began = time.monotonic()
        assert "ack" in await ada.send(do="say", text=f"line {n}")
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 1.0, f"a line took {slowest:.1f} s"
    assert received < 100 * 10 * len(LONG), "it was told everything again and again"
    reading.cancel()
    writer.close()


async def test_more_pages_than_one_person_opens_are_refused(app: App, people: list[Browser]):
    _, ada, _ = people
    opened = []
    with pytest.raises(AssertionError):  # no 101
        for _ in range(30):
            opened.append(await raw_socket(app, ada))
    assert len(opened) == 11  # one was open
    for _, writer in opened:
        writer.close()
    assert "ack" in await ada.send(do="say", text="still here")


async def test_lines_kept_while_the_line_was_down_all_arrive(app: App, people: list[Browser]):
    """Somebody typed on while their line was down: being quick is then no fault of theirs."""
    _, ada, _ = people
    assert ada.ws
    for n in range(18):
        await ada.ws.send_json({"nonce": f"kept{n}", "do": "say", "text": f"typed on the train, {n}"})
    for n in range(18):
        answer = await ada.until(lambda f, n=n: f"kept{n}" in (f.get("ack"), f.get("refused")), seconds=10)
        assert answer.get("ack") == f"kept{n}", answer


async def test_another_sites_name_for_our_address_reads_nothing(app: App, people: list[Browser]):
    """DNS rebinding: a page elsewhere lets its own name lead to this machine."""
    _, ada, _ = people
    for host, status in (
        (f"127.0.0.1:{app.config.port}", 200),
        ("localhost", 200),
        ("192.168.0.7:8740", 200),
        ("[::1]:8740", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8740", 421),
        ("[::1", 421),
        ("a:b:c", 421),
    ):
        async with ada.http.get(ada.room, headers={"Host": host}) as answer:
            assert answer.status == status, host


async def test_rooms_are_not_for_search_engines_and_no_version_is_told(app: App, people: list[Browser]):
    _, ada, _ = people
    for path, hidden in (("/", False), ("/r/circle", True), ("/r/circle/recaps", True), ("/try", True)):
        async with ada.http.get(f"{ada.base}{path}") as answer:
            assert (answer.headers.get("X-Robots-Tag") == "noindex") is hidden, path
            assert answer.headers["Server"] == "Storycircle"
            assert "Strict-Transport-Security" not in answer.headers  # not behind HTTPS
    for address in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', await ada.page())):
        async with ada.http.get(ada.base + address) as answer:
            assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"], address
        async with ada.http.get(f"{ada.base}{address}.none") as answer:
            assert answer.status == 404 and "immutable" not in answer.headers["Cache-Control"]
    async with ada.http.get(f"{ada.base}/static/room.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache" and answer.headers["Last-Modified"]


async def test_health_is_bad_when_nothing_can_be_written(app: App, people: list[Browser]):
    _, ada, _ = people
    with sqlite3.connect(app.config.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")  # another program keeps it
        async with ada.http.get(f"{ada.base}/healthz") as answer:
            assert answer.status == 503 and "has not answered" in (await answer.json())["why"]
        other.execute("ROLLBACK")
    assert await HealthCheck(app.store).why() == ""


async def test_no_recap_before_the_session_is_over(app: App, people: list[Browser]):
    hedi, ada, _ = people
    await hedi.send(do="order", command="workshop start first-circle")
    await ada.send(do="order", command="join")
    await hedi.send(do="order", command="workshop start")
    [(key, _, _)] = await app.store.sessions.listed()
    for kind in ("", ".md", ".json", ".csv", ".txt"):
        async with ada.http.get(f"{ada.room}/recap/{key}{kind}") as answer:
            assert answer.status == 404 and "when the session is over" in await answer.text(), kind
    await hedi.send(do="order", command="workshop end")
    for _ in range(2):
        await hedi.send(do="order", command="workshop publish")
    async with asyncio.timeout(10):
        while (await app.store.sessions.listed())[0][2] not in ("following", "closed"):
            await asyncio.sleep(0.02)
    async with ada.http.get(f"{ada.room}/recap/{key}.md") as answer:
        assert answer.status == 200


async def member_id(app: App, name: str) -> str:
    found = await app.store.read(
        lambda db: db.execute("SELECT id FROM web_member WHERE name = ?", (name,)).fetchall()
    )
    return str(found[0][0])


def post(app: App, n: int) -> None:
    """Something is said in the room, and many more things than a person could say."""
    body = json.dumps({"text": f"number {n}: {LONG * 10}", "buttons": [], "kind": ""})
    said = Message(
        id=10_000 + n,
        rev=10_000 + n,
        channel="web:circle",
        author="",
        body=body,
        reply_to="",
        signs=(),
        edited=False,
        deleted=False,
        at=0.0,
    )
    app.server.parts.hub.messages([said])
