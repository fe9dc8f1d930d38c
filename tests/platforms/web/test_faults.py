"""What stands where something is missing: a page with a way on for browsers, the bare line for scripts; and the styleguide."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import aiohttp
import pytest

from bot.app.process import start
from bot.config import Config
from bot.platforms.web.server import STYLEGUIDE
from tests.ports import free_port
from tests.support import fresh

ROOT = Path(__file__).parents[3]
PAGE = {"Accept": "text/html,application/xhtml+xml"}


async def test_a_browser_gets_a_page_with_a_way_on_and_a_script_the_bare_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(STYLEGUIDE, raising=False)
    fresh(tmp_path / "storycircle.db")
    app = await start(Config(data=tmp_path, port=free_port(), prompts=ROOT / "prompts"))
    base = f"http://127.0.0.1:{app.config.port}"
    try:
        async with aiohttp.ClientSession() as http:
            for path in ("/nothing", "/board/nothing", "/styleguide"):
                async with http.get(base + path, headers=PAGE) as answer:
                    text = unescape(await answer.text())
                    assert answer.status == 404 and answer.content_type == "text/html"
                    assert "There's nothing here." in text and 'href="/"' in text, path
                    assert "Content-Security-Policy" in answer.headers
            async with http.get(f"{base}/board/nothing") as answer:
                assert answer.content_type == "text/plain"
                assert await answer.text() == "I can't find that big screen."
            async with http.post(f"{base}/r/circle/host", data={"secret": "x"}, headers=PAGE) as answer:
                assert answer.status == 403
                assert "That isn't the host key." in unescape(await answer.text())
    finally:
        await app.close()


async def test_every_drawing_and_component_stands_in_the_styleguide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(STYLEGUIDE, "1")
    fresh(tmp_path / "storycircle.db")
    app = await start(Config(data=tmp_path, port=free_port(), prompts=ROOT / "prompts"))
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://127.0.0.1:{app.config.port}/styleguide") as answer,
        ):
            text = await answer.text()
    finally:
        await app.close()
    shown = (
        "main",
        "option",
        "good",
        "cue",
        "fault",
        "face",
        "path",
        "ring",
        "sky",
        "spread",
        "said-here",
        "night",
    )
    assert [name for name in shown if f'class="{name}' not in text and f' {name}"' not in text] == []
