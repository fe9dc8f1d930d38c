"""Optional parts: without them the rest works, and what needs one says how to get it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.process import start
from bot.config import EXTRAS, Config, load_config, require
from bot.errors import ConfigError
from tests.ports import free_port

PROMPTS = Path(__file__).parents[2] / "prompts"


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_part_that_is_missing_is_named_with_how_to_get_it(extra: str, monkeypatch: pytest.MonkeyPatch):
    require(extra)
    monkeypatch.setitem(sys.modules, EXTRAS[extra], None)  # what Python holds for what cannot be imported
    with pytest.raises(ConfigError, match=rf"pip install 'storycircle\[{extra}\]'"):
        require(extra)


@pytest.mark.parametrize("platform", ["discord", "matrix"])
def test_a_platform_that_is_not_installed_cannot_be_turned_on(platform: str, monkeypatch: pytest.MonkeyPatch):
    assert load_config(None, {f"STORYCIRCLE_{platform.upper()}": "true"})
    monkeypatch.setitem(sys.modules, EXTRAS[platform], None)
    with pytest.raises(ConfigError, match=rf"{platform}: .*pip install"):
        load_config(None, {f"STORYCIRCLE_{platform.upper()}": "true"})


def test_films_are_off_where_nothing_can_make_them(monkeypatch: pytest.MonkeyPatch):
    assert Config().films
    monkeypatch.setitem(sys.modules, EXTRAS["film"], None)
    assert not Config().films


async def test_no_badge_is_promised_where_nothing_can_sign_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def promised() -> bool:
        config = Config(data=tmp_path, prompts=PROMPTS, port=free_port())
        app = await start(config)
        hash = app.worker.runtime.shelf["value-creation"].hash
        script = await app.worker.runtime.sessions.script(hash)
        await app.close()
        return any(rule.badge for rule in script.recognition)

    assert await promised()
    monkeypatch.setitem(sys.modules, EXTRAS["badges"], None)
    assert not await promised()


def test_the_program_starts_without_loading_what_it_does_not_use():
    loaded = subprocess.run(
        [sys.executable, "-c", "import bot.app.process, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"discord", "nio", "av"} & set(loaded.stdout.split())
