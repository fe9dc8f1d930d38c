"""The libraries of Discord and Matrix are extras: nothing of them is loaded where they are not used."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIBRARIES = ("discord", "nio", "vodozemac", "Crypto")


def loaded(*modules: str) -> set[str]:
    """The optional libraries that a new process has loaded after importing these modules."""
    program = f"import sys, {', '.join(modules)}\nprint(*(m for m in {LIBRARIES} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_program_and_the_web_room_need_neither():
    assert (
        loaded("bot.app.process", "bot.cli.main", "bot.platforms.web.server", "bot.platforms.host_panel")
        == set()
    )


@pytest.mark.parametrize(
    ("platform", "library", "other"), [("discord", "discord", "nio"), ("matrix", "nio", "discord")]
)
def test_one_platform_does_not_need_the_library_of_the_other(platform: str, library: str, other: str):
    assert library in (names := loaded(f"bot.platforms.{platform}.platform")) and other not in names
