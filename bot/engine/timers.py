"""The calendar in memory: what is due within a day, kept by APScheduler and rebuilt from the table.

It only says which plan is due; what that comes to is decided when the event is heard. A moment that was missed is fed
late, never dropped (`misfire_grace_time=None`), and one that is fed twice is a duplicate in the ledger.
"""

from __future__ import annotations

import asyncio
import zoneinfo
from datetime import datetime, timedelta, timezone, tzinfo
from importlib import metadata
from pathlib import Path

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from bot.clock import Clock
from bot.core.model.events import Due
from bot.scheduling.plan import Plan, State
from bot.store.store import Store

AHEAD = timedelta(days=1)  # what lies further away stays in the table
AGAIN = timedelta(hours=12)  # the next day is loaded this often


RULES = "zone-rules"  # under this name the store keeps which rules were known


def zone_rules() -> str:
    """Which edition of the rules of time zones this process reads: the system's, or that of the tzdata package."""
    for folder in zoneinfo.TZPATH:
        place = Path(folder) / "tzdata.zi"
        if place.exists():
            with place.open(encoding="ascii", errors="replace") as file:
                return f"system {file.readline().strip('# ').strip()}"
    try:
        return f"tzdata {metadata.version('tzdata')}"
    except metadata.PackageNotFoundError:
        return "unknown"


class _ClockZone(tzinfo):
    """UTC by our clock. APScheduler asks its zone what time it is; so a rehearsal and a test can turn it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def fromutc(self, at: datetime) -> datetime:
        return self._clock.now().astimezone(timezone.utc)

    def utcoffset(self, at: datetime | None) -> timedelta:
        return timedelta()

    def dst(self, at: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, at: datetime | None) -> str:
        return "UTC"


class _Driven(BaseScheduler):  # type: ignore[misc]
    """APScheduler without a timer or a thread of its own: whoever drives it asks what is due."""

    def wakeup(self) -> None:
        """Nothing: the driver looks at `next_at`."""

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def _create_default_executor(self) -> DebugExecutor:
        return DebugExecutor()  # in the thread that asks

    def due(self) -> None:
        """Run the jobs that are due by now."""
        self._process_jobs()

    def next_at(self) -> datetime | None:
        """The moment at which the next job is due; in constant time."""
        run_time: datetime | None = self._lookup_jobstore("default").get_next_run_time()
        return run_time


class Timers:
    """Which plans have something to do, and when."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._scheduler = _Driven(timezone=_ClockZone(clock))
        self._scheduler.start()
        self._until: datetime | None = None  # the table is loaded up to here
        self._fired: list[tuple[str, str, str, datetime]] = []
        self.moved = asyncio.Event()  # the next moment is another one now

    async def load(self) -> None:
        """Take what is due within a day from the table, if that has not been done yet."""
        now = self._clock.now()
        if self._until is not None and now < self._until - (AHEAD - AGAIN) and now > self._until - 2 * AHEAD:
            return
        self._until = now + AHEAD
        for community, key, room, at in await self._store.plans.moments(self._until):
            self._add(community, key, room, at)

    async def rules(self) -> list[Due]:
        """If the rules of time zones have changed since the last start: every plan, to be looked at again."""
        now, version = self._clock.now(), zone_rules()
        if await self._store.inbox.cursor(RULES) == version:
            return []
        far = now + 400 * 9 * AHEAD
        due = [
            Due(id=f"due:{community}:{plan}:{version}", channel=room, at=now, plan=plan, due=now)
            for community, plan, room, _ in await self._store.plans.moments(far)
        ]
        await self._store.inbox.advance(RULES, version)
        return due

    def put(self, plan: Plan) -> None:
        """A plan is on disk as it is now."""
        if plan.next_at is None or plan.state is not State.ON:
            self._remove(plan)
        elif self._until is not None and plan.next_at <= self._until:
            self._add(plan.community, plan.id, plan.rooms[0], plan.next_at)
        else:
            self._remove(plan)

    def next_at(self) -> datetime | None:
        """The moment at which something is to do next: a plan, or loading the next day."""
        again = None if self._until is None else self._until - (AHEAD - AGAIN)
        run_time = self._scheduler.next_at()
        return min(filter(None, (run_time, again)), default=None)

    def due(self) -> list[Due]:
        """The events that are due by now; each is told once."""
        self._scheduler.due()
        fired, self._fired = self._fired, []
        now = self._clock.now()
        return [
            Due(id=f"due:{community}:{plan}:{at.isoformat()}", channel=room, at=now, plan=plan, due=at)
            for community, plan, room, at in fired
        ]

    def close(self) -> None:
        """Forget everything."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _add(self, community: str, plan: str, room: str, at: datetime) -> None:
        self._scheduler.add_job(
            self._fire,
            DateTrigger(at),
            args=(community, plan, room, at),
            id=_job(community, plan),
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
        )
        self.moved.set()

    def _remove(self, plan: Plan) -> None:
        try:
            self._scheduler.remove_job(_job(plan.community, plan.id))
        except JobLookupError:
            pass

    def _fire(self, community: str, plan: str, room: str, at: datetime) -> None:
        self._fired.append((community, plan, room, at))


def _job(community: str, plan: str) -> str:
    """The name of a plan among those of all communities."""
    return f"{community} {plan}"
