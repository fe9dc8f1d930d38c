"""Drafts that nobody confirmed and plans that are over go by themselves, on a program that runs."""

import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.core.model.ids import PersonId
from bot.engine import housekeeping
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Plan, State
from bot.store import Decided
from bot.store.opening import open_store
from bot.store.store import Store
from tests.process import Process
from tests.scheduling.test_plans import ordered, plan
from tests.support import Scene

SCRIPT = """
id: small
title: Small
about: A line.
minutes: 20
steps:
  - id: one
    title: One
    kind: open
    say: What is it?
    minutes: 5
"""


async def keep(store: Store, *plans: tuple[str, State, datetime]) -> None:
    for n, (key, state, at) in enumerate(plans):
        held = Plan(
            id=key,
            community="web",
            rooms=("web:circle",),
            host=PersonId("web:host"),
            host_name="Hedi",
            workshop="small",
            title="Small",
            minutes=20,
            made=at,
            passed=at,
            state=state,
            version=1,
        )
        changed = Changed(before=0, plan=held, id=key, community="web")
        await store.commit([Decided(event=f"p{n}", session="", at=at, plans=(changed,))])


async def there(path: Path) -> set[str]:
    store = await open_store(path)
    try:
        return {key for key in ("draft", "over", "fresh", "on") if await store.plans.get(key)}
    finally:
        await store.close()


async def test_a_program_that_starts_throws_away_what_has_expired(tmp_path: Path) -> None:
    process = Process(tmp_path, SCRIPT)
    path = process.data / "storycircle.db"
    process.data.mkdir(parents=True, exist_ok=True)
    now = datetime.now(timezone.utc)
    store = await open_store(path)
    await keep(
        store,
        ("draft", State.DRAFT, now - timedelta(days=8)),
        ("over", State.OVER, now - timedelta(days=200)),
        ("fresh", State.DRAFT, now - timedelta(days=1)),
        ("on", State.ON, now - timedelta(days=300)),
    )
    await store.close()
    assert await there(path) == {"draft", "over", "fresh", "on"}
    await process.start()
    try:
        async with asyncio.timeout(30):
            while await there(path) != {"fresh", "on"}:
                await asyncio.sleep(0.1)
    finally:
        await process.kill()


async def test_a_program_that_runs_on_does_so_every_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await Scene(tmp_path / "plans.db").open()
    key = (await plan(scene)).id
    await ordered(scene, "Host", "/schedule add small next Friday 7pm")
    monkeypatch.setattr(housekeeping, "A_DAY", 0.01)
    house = asyncio.create_task(
        housekeeping.keep_house(
            scene.store, scene.runtime, keep_days=90, digest=False, zone="UTC", language="en"
        )
    )

    async def drafts() -> int:
        return int(
            await scene.store.write(
                lambda db: db.execute("SELECT count(*) FROM plan WHERE state = 'draft'").fetchone()[0]
            )
        )

    try:
        await asyncio.sleep(0)
        assert await drafts() == 1
        await scene.wait(timedelta(days=8).total_seconds())
        async with asyncio.timeout(10):
            while await drafts():
                await asyncio.sleep(0.01)
        assert await scene.store.plans.get(key)
    finally:
        house.cancel()
        await asyncio.gather(house, return_exceptions=True)
        await scene.close()
