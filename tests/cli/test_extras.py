"""Optional parts: without them the rest works, and what needs one says how to get it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.config import EXTRAS, Config, load_config, require
from bot.errors import ConfigError


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


def test_the_program_starts_without_loading_what_it_does_not_use():
    loaded = subprocess.run(
        [sys.executable, "-c", "import bot.app, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"discord", "nio", "av"} & set(loaded.stdout.split())
