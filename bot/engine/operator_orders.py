"""Follows what commands of the operator's ask: by the laws that hold for what people ask themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog

from bot.core.model.events import HostRightsEnded
from bot.core.model.ids import PersonId
from bot.engine.host_rights import end_hosting
from bot.engine.housekeeping import forgets
from bot.engine.runtime import Runtime
from bot.errors import StoreUnavailable
from bot.store import operator_orders, people, web_members
from bot.store.store import Store

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks for orders

DONE, NOBODY, FAILED = "done", "nobody", "failed"  # what a command reads as its answer


class OperatorOrders:
    """The orders that wait in the database.

    Args:
        revoked: told of a person who hosts no more, once that is on disk.
    """

    def __init__(
        self, store: Store, runtime: Runtime, revoked: Callable[[str], None] = lambda person: None
    ) -> None:
        self._store = store
        self._runtime = runtime
        self._revoked = revoked

    async def watch(self) -> None:
        """Follow orders as they come, until it is cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.follow()
            except StoreUnavailable as error:
                log.warning("orders wait", why=str(error))

    async def follow(self) -> None:
        """Follow the orders that wait."""
        for id, order in await self._store.read(operator_orders.waiting):
            try:
                done = await self._follow(id, order)
            except StoreUnavailable:
                raise
            except Exception as error:
                log.error("order failed", order=order.get("do"), error=repr(error)[:200])
                done = FAILED
            await self._store.write(partial(operator_orders.answer, id=id, text=done))

    async def _follow(self, id: str, order: Mapping[str, Any]) -> str:
        match order:
            case {"do": "forget", "person": str(person)}:
                return await self._forget(id, person)
            case {"do": "revoke", "person": str(person)}:
                return await self._revoke(id, person)
            case _:
                return FAILED

    async def _forget(self, id: str, person: str) -> str:
        everybody = await self._store.read(people.everybody)
        found = next((each for each in everybody if each.id == person), None)
        if found is None:
            return NOBODY
        where = found.sessions or (("", next(iter(found.rooms), "")),)
        for n, (session, room) in enumerate(where):
            event = forgets(f"operator:{id}:{n}", person, session, room, self._runtime.clock.now(), "me")
            await self._runtime.hear(event)
        return DONE

    async def _revoke(self, id: str, person: str) -> str:
        sessions, communities = await self._store.read(lambda db: people.concerned(db, person))
        found = False
        if person.startswith("web:"):
            member = await self._store.read(lambda db: web_members.member(db, person.removeprefix("web:")))
            if member is not None and member.host:
                found = True
                await self._store.write(lambda db: web_members.name_host(db, member.id, host=False))
                self._revoked(member.id)
        for community in communities:
            found |= await end_hosting(
                self._store, self._runtime.sessions, self._runtime.clock, f"operator:{id}", community, person
            )
        for key in sessions:
            session = await self._runtime.sessions.get(key)
            if person in session.hosts | session.companions:
                found = True
                now, room = self._runtime.clock.now(), session.places.get("room:1", "")
                await self._runtime.hear(
                    HostRightsEnded(
                        id=f"operator:{id}:{key}", channel=room, at=now, session=key, person=PersonId(person)
                    )
                )
        if found and person.startswith("web:"):
            self._revoked(person.removeprefix("web:"))
        return DONE if found else NOBODY
