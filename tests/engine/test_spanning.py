"""A host brings a workshop into rooms of their own community only, and into a web room where the operator says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model.events import CommandGiven
from bot.engine.runtime import Runtime
from bot.platforms.memory import MemoryPlatform
from bot.platforms.web.platform import WebPlatform
from bot.store.opening import open_store
from tests.support import VirtualClock, fresh, person, shelf_of, small


@pytest.mark.parametrize(
    ("here", "there", "shared", "may"),
    [
        ("stage:circle", "web:garden", (), False),
        ("stage:circle", "web:garden", ("meadow",), False),
        ("stage:circle", "web:garden", ("garden",), True),
        ("stage:circle", "stage:garden", (), True),
        ("web:circle", "web:garden", (), True),  # whoever has the host link hosts in all of them
        ("web:circle", "stage:garden", ("circle", "garden"), False),
    ],
)
async def test_who_may_span_a_session_into_another_room(
    tmp_path: Path, here: str, there: str, shared: tuple[str, ...], *, may: bool
):
    clock, store = VirtualClock(), await open_store(fresh(tmp_path / "s.db"), lasting=False)
    web = WebPlatform(store, clock, shared)
    runtime = Runtime(store, await shelf_of(store, small()), [MemoryPlatform(), web], clock)
    await runtime.start()
    orders = (("workshop open", {"workshop": small().id}), ("workshop room", {"channel": there}))
    for n, (command, args) in enumerate(orders):
        await runtime.hear(
            CommandGiven(
                id=f"{here}:{n}",
                channel=here,
                at=clock.now(),
                person=person("Host"),
                command=command,
                args=args,
                host=True,
                private=f"{here}/~host",
            )
        )
    [(key, _, _)] = await store.sessions.listed()
    assert (there in (await runtime.sessions.get(key)).channels) is may
    await runtime.stop()
    await store.close()
