"""One homeserver for all tests of this folder."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.platforms.matrix.sealed import installed
from tests.platforms.matrix.synapse import Synapse


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """Synapse on loopback; on a laptop that cannot have it the tests are skipped, and say so."""
    try:
        made = Synapse(tmp_path_factory.mktemp("synapse"))
    except (RuntimeError, OSError) as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"left out: no homeserver here ({error})")
    with ThreadPoolExecutor(1) as apart:  # a test that asks for it late has a loop running here
        apart.submit(asyncio.run, made.start()).result()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def element() -> None:
    """Node with matrix-js-sdk; on a laptop without it the tests are skipped, and say so."""
    try:
        installed()
    except RuntimeError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"left out: no independent client here ({error})")
