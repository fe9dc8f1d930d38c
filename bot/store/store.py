"""The store: what is true, on any engine of the storage port."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.core.model.facts import Fact
from bot.core.model.homes import COMMUNITY, home_of_session
from bot.core.model.script import Script
from bot.core.participants.community import CommunityFact
from bot.store import Conflict, Context, Decided, Duplicate, codec
from bot.store.commit import Commit
from bot.store.context import context_for
from bot.store.engine import Engine, Rows, Taken, read
from bot.store.erasure_ledger import Ledger
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.plans import PlanStore
from bot.store.sessions import SessionList

T = TypeVar("T")

SCHEMA_VERSION = 1  # of stored scripts


class Store:
    """Facts and scripts, and the way to everything else that is kept.

    `tests/contract/test_store.py` holds it to its promises on every engine.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder  # where the files beside the database stand
        self.ledger = Ledger(folder)
        self.inbox = Inbox(engine)
        self.outbox = Outbox(engine)
        self.plans = PlanStore(engine)
        self.sessions = SessionList(engine)

    async def write(self, job: Callable[[Rows], T], *, lazy: bool = False) -> T:
        """Let rows that are not the store's own ride in the next commit; see `Engine.write`."""
        return await self.engine.write(job, lazy=lazy)

    async def read(self, work: Callable[[Rows], T]) -> T:
        """Run a read on the database thread."""
        return await self.engine.read(work)

    async def context_for(
        self, ids: Sequence[str], channels: Sequence[str], messages: Sequence[str]
    ) -> Context:
        """The context of these event ids, channels and messages, in one hop."""
        return await self.engine.read(partial(context_for, ids=ids, channels=channels, messages=messages))

    async def facts(self, session: str) -> Sequence[Fact]:
        """The whole log of a session, in order; empty if there is none."""
        return [codec.loads(body) for body in await self._log(session)]

    async def community_facts(self, community: str) -> Sequence[CommunityFact]:
        """The whole log of a community."""
        return [codec.loads(body) for body in await self._log(COMMUNITY + community)]

    async def _log(self, name: str) -> list[str]:
        rows = await read(
            self.engine,
            "SELECT body FROM fact WHERE home = ? AND session = ? ORDER BY seq",
            home_of_session(name),
            name,
        )
        return [body for (body,) in rows]

    async def commit(self, batch: Sequence[Decided]) -> None:
        """All of the batch in one transaction: seen ids, facts, effects, places, erasures, cursor.

        Raises:
            Duplicate: an event of the batch was heard before.
            Conflict: somebody else wrote to one of these sessions in the meantime.
            StoreUnavailable: nothing can be written now.
        """
        try:
            await self.engine.write(Commit(batch, self.ledger))
        except Taken as error:
            raise (Duplicate if error.table == "seen" else Conflict)(str(error)) from error

    async def script(self, hash: str) -> Script | None:
        """A stored script by its content."""
        rows = await read(self.engine, "SELECT body FROM script WHERE hash = ?", hash)
        if not rows:
            return None
        script: Script = codec.loads(rows[0][0])
        return script

    async def keep_script(self, script: Script) -> str:
        """Store a script under its content hash, once."""
        hash, body = codec.canonical(script)
        await self.write(
            lambda db: db.execute(
                "INSERT INTO script (hash, schema_version, body) VALUES (?,?,?) ON CONFLICT DO NOTHING",
                (hash, SCHEMA_VERSION, body),
            )
        )
        return hash

    async def close(self) -> None:
        """Write what waits, then close; the last one out folds the log into the file."""
        await self.engine.close()
