"""Takes somebody the right to host in a community."""

from __future__ import annotations

from bot.clock import Clock
from bot.core.model.ids import PersonId
from bot.core.participants.community import CommunityHostRevoked, evolve
from bot.engine.session_repository import SessionRepository
from bot.errors import StoreUnavailable
from bot.store import Conflict, Decided
from bot.store.store import Store

CONFLICTS = 5  # times that a community is decided anew, because somebody else wrote to it


async def end_hosting(
    store: Store, sessions: SessionRepository, clock: Clock, id: str, key: str, person: str
) -> bool:
    """Whether somebody hosted in a community; they do not any more.

    Args:
        id: of what ends it; the same one ends it once.
        key: of the community.

    Raises:
        StoreUnavailable: nothing can be written just now.
    """
    for _ in range(CONFLICTS):
        community = await sessions.community(key)
        if person not in community.hosts:
            return False
        now = clock.now()
        fact = CommunityHostRevoked(at=now, person=PersonId(person))
        decided = Decided(
            event=f"{id}:{key}",
            session="",
            at=now,
            community=key,
            community_version=community.version,
            community_facts=(fact,),
        )
        try:
            await store.commit([decided])
        except Conflict:
            sessions.invalidate(())
            continue
        sessions.put_community(evolve(community, fact))
        return True
    raise StoreUnavailable("others write to this community all the time")
