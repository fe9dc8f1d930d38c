"""Housekeeping beside the conversation: old words go, a month is summed up, and a restore forgets again."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta, timezone

import structlog

from bot.clock import Clock
from bot.core.model.events import CommandGiven, Person
from bot.core.model.ids import PersonId
from bot.engine.monthly_digest import digests
from bot.engine.runtime import Runtime
from bot.errors import StoreUnavailable
from bot.store.codec import stamp
from bot.store.restored import follow_ledger, to_forget
from bot.store.retention import PARKED_DAYS, sweep
from bot.store.store import Store

log = structlog.get_logger()

A_DAY = 86_400.0  # seconds
DRAFT_DAYS = 7  # until a draft of a plan that nobody confirmed is gone


async def keep_house(
    store: Store, runtime: Runtime, *, keep_days: int, digest: bool, zone: str, language: str
) -> None:
    """Once a day, until it is cancelled: what was kept for long enough goes, and a month that is over is told of.

    Args:
        keep_days: how long words are kept that nobody may read; 0 for ever.
        digest: whether communities hear of a month that is over.
    """
    while True:
        try:
            now = runtime.clock.now()
            await expire_plans(store, now, keep_days)
            if keep_days:
                await _sweep(store, now, keep_days)
            if digest:
                await digests(store, runtime, zone, language)
        except StoreUnavailable as error:
            log.warning("not done today", why=str(error))
        await asyncio.sleep(A_DAY)


async def expire_plans(store: Store, now: datetime, keep_days: int) -> None:
    """Drafts that nobody confirmed go after a week; plans that are over after `keep_days`, or never if that is 0."""
    ended = now - timedelta(days=keep_days) if keep_days else datetime.fromtimestamp(0, timezone.utc)
    await store.plans.tidy(now - timedelta(days=DRAFT_DAYS), ended)


async def _sweep(store: Store, now: datetime, keep_days: int) -> None:
    before, parked = (now - timedelta(days=days) for days in (keep_days, PARKED_DAYS))
    rows = await store.write(lambda db: sweep(db, stamp(before), stamp(parked)))
    log.info("swept", rows=rows)


def forgets(id: str, person: str, session: str, room: str, at: datetime, how: str) -> CommandGiven:
    """What is heard of somebody who asks to be forgotten, where somebody else asks it for them.

    Args:
        session: in which they were, and its `room`; both are empty for what they said outside of sessions.
    """
    return CommandGiven(
        id=id,
        channel=room or f"{person.partition(':')[0]}:-",
        at=at,
        person=Person(id=PersonId(person), name=""),
        command="my erase",
        args={"me": how},
        session=session,
    )


async def forget_again(store: Store, runtime: Runtime, clock: Clock) -> None:
    """After a restore: who asked to be forgotten since the backup was made is forgotten before anything is heard."""
    erased = await to_forget(store)
    for n, (person, session, room) in enumerate(erased):
        id = f"ledger:{len(store.ledger)}:{n}:{secrets.token_hex(4)}"
        await runtime.hear(forgets(id, person, session, room, clock.now(), "me again"))
    if erased:
        log.info("forgotten again after a restore", people=len({person for person, _, _ in erased}))
    await follow_ledger(store)
