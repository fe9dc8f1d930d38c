"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.platforms.matrix.fixtures import element, synapse  # noqa: F401  (fixtures)
from tests.support import Scene

settings.register_profile(
    "here", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("here")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden transcripts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for browsers and homeservers comes first; the short ones fill up at the end."""
    slow = ["web", "matrix", "badges", "discord"]
    items.sort(
        key=lambda item: slow.index(item.path.parent.name) if item.path.parent.name in slow else len(slow)
    )


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A room that nobody has come into yet."""
    made = await Scene(tmp_path / "scene.db").open()
    yield made
    await made.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; without it a skip on a laptop, and a failure in CI."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name) if name else None
        if found:
            return found
    if os.environ.get("CI") == "true":
        pytest.fail("No Chromium: .ci/run installs it.")
    pytest.skip(
        "No Chromium here (chromium, chromium-browser, google-chrome or CHROMIUM): browser tests left out."
    )
