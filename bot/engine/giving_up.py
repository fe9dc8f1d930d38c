"""Giving up an effect that fails for good: the operator sees that it did, but nobody who was forgotten is named."""

from __future__ import annotations

from bot.core.model.effects import DeliverFile, Erase, Grant, Issue
from bot.core.model.session import PRIVATE
from bot.engine.messages import Load
from bot.errors import StaysOpen
from bot.store import Row
from bot.store.given_up import put_aside
from bot.store.outbox import home_of
from bot.store.store import Store


async def give_up(store: Store, load: Load, row: Row, error: Exception) -> None:
    """Put a row aside, where the operator sees it; unless there is nothing that anybody could do."""
    if isinstance(error, StaysOpen):
        await store.outbox.settle([row], [], [], False)
        return
    named = await forgotten(load, row)
    await store.write(lambda db: put_aside(db, home_of(row), row.key, repr(error), named))


async def forgotten(load: Load, row: Row) -> str:
    """The person whom a row names, if they asked to be forgotten; else an empty text."""
    effect = row.effect
    if isinstance(effect, Erase) and effect.everything:
        return effect.person
    if not row.session:
        return ""
    named = effect.person if isinstance(effect, Erase | Grant | Issue | DeliverFile) else ""
    person = named or (row.place.removeprefix(PRIVATE) if row.place.startswith(PRIVATE) else "")
    session, _ = await load(row.session)
    return person if person not in session.people else ""
