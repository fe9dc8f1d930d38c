"""Events on their way to disk: decided and committed in batches, in the order in which they came.

One loop drains everything that waits, so that 250 people who answer at once cost one or two commits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from bot.core.model.facts import Fact
from bot.core.model.session import Session
from bot.engine.cursors import Cursors, PendingEvent
from bot.engine.decider import Decider
from bot.engine.plan_service import Working
from bot.engine.routing import NOTHING_KNOWN, asked_about, changed_within, context_after, context_at_hand
from bot.engine.session_repository import SessionRepository
from bot.errors import StoreUnavailable
from bot.store import Conflict, Decided, Duplicate, Place
from bot.store.store import Store

log = structlog.get_logger()

KNOWN_CHANNELS = 50_000
STORE_PAUSE = 1.0  # seconds until a full disk is tried again
CONFLICTS = 5


class Inbox:
    """The one writer of what events come to.

    Args:
        committed: told of each decision that is on disk.
        changed: told of each session that changed, with the facts of the change, once they are on disk.
    """

    def __init__(
        self,
        store: Store,
        decider: Decider,
        sessions: SessionRepository,
        cursors: Cursors,
        committed: Callable[[Decided], None],
        changed: Callable[[Session, Sequence[Fact]], None],
    ) -> None:
        self._store = store
        self._decider = decider
        self._sessions = sessions
        self._cursors = cursors
        self._committed = committed
        self._changed = changed
        self.commits = 0
        self._places: dict[str, tuple[Place, ...]] = {}  # by channel; this process alone changes them
        self._waiting: list[PendingEvent] = []
        self._deciding: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """True if something waits, or is being decided."""
        return self._deciding is not None or bool(self._waiting)

    async def finish(self) -> None:
        """Return when the batch that is being decided is on disk."""
        if self._deciding is not None:
            await asyncio.gather(self._deciding, return_exceptions=True)

    def submit(self, events: Sequence[PendingEvent]) -> None:
        """Decide these in their order, as soon as the batch before them is on disk."""
        self._waiting.extend(events)
        if self._waiting and self._deciding is None:
            self._deciding = asyncio.create_task(self._decide())

    async def _decide(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    await self._batch(batch)
                except StoreUnavailable as error:
                    # Nobody was told that anything was heard: wait, and decide it all again.
                    log.error("cannot write", why=str(error))
                    self._waiting = [*batch, *self._waiting]
                    await asyncio.sleep(STORE_PAUSE)
                except Exception as error:
                    if not isinstance(error, Duplicate | Conflict):
                        log.error("batch failed, going one by one", error=repr(error)[:200])
                    await self._one_by_one(batch)
        finally:
            self._deciding = None

    async def _one_by_one(self, batch: Sequence[PendingEvent]) -> None:
        """After a failure: each event alone, with freshly loaded sessions."""
        for nth, pending in enumerate(batch):
            try:
                await self._alone(pending)
            except StoreUnavailable:
                self._waiting = [*batch[nth:], *self._waiting]
                await asyncio.sleep(STORE_PAUSE)
                return

    async def _alone(self, pending: PendingEvent) -> None:
        for _ in range(CONFLICTS):
            try:
                await self._batch([pending], careful=True)
                return
            except Duplicate:
                pending.future.set_result(None)
                return
            except Conflict:
                continue
            except StoreUnavailable:
                raise
            except Exception as error:
                await self._park(pending, error)
                return
        # Not a race: something else holds what this event would take, such as a room.
        await self._park(pending, Conflict(f"{CONFLICTS} conflicts in a row"))

    async def _park(self, pending: PendingEvent, error: Exception) -> None:
        """A fault of ours that no session survives hearing: put the event aside, and go on."""
        log.error("parked", heard=pending.event.id, error=repr(error)[:200])
        try:
            await self._store.commit(
                [self._decider.hold(pending.event, NOTHING_KNOWN, pending, "parked", error=repr(error))]
            )
            pending.future.set_result(None)
        except StoreUnavailable:
            raise  # it is put back and tried again, as everything is that cannot be written now
        except Exception as second:
            pending.future.set_exception(second)

    async def _batch(self, batch: Sequence[PendingEvent], *, careful: bool = False) -> None:
        events = [pending.event for pending in batch]
        fresh = not careful and not any(pending.unheld for pending in batch)
        context = context_at_hand(events, self._places) if fresh else None
        if context is None:
            ids, channels, messages = asked_about(events)
            context = await self._store.context_for(ids, channels, messages)
            if len(self._places) > KNOWN_CHANNELS:
                self._places.clear()
            self._places.update({channel: context.places.get(channel, ()) for channel in channels})
        working: dict[str, Session] = {}
        plans = Working()
        decided: list[Decided] = []
        try:
            changed = changed_within(events)
            for pending in batch:
                outcomes = await self._decider.decide(pending, context, working, plans)
                decided += outcomes
                context = context_after(context, outcomes, changed)
            decided = self._cursors.beside(decided)
            if decided:
                await self._store.commit(decided)
                self.commits += 1
                self._cursors.written(decided)
        except BaseException:
            self._sessions.invalidate(working)
            raise
        for session in working.values():
            self._sessions.put(session)
        for each in decided:
            for channel in (*each.places, *each.freed):
                self._places.pop(channel, None)
            self._committed(each)
        for pending in batch:
            if not pending.future.done():
                pending.future.set_result(None)
        for each in decided:
            if each.facts and each.session in working:
                self._changed(working[each.session], each.facts)
