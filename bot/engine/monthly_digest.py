"""Once a month, a few lines for each community in which something was held: what, what came of it, what comes next.

They are said in the room of the latest session, once, by the id of the month; nobody is quoted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.core.text.dates import moment_in_zone
from bot.core.text.messages import N_, say
from bot.core.text.wording import tr
from bot.engine.runtime import Runtime
from bot.render.i18n import spoken
from bot.render.recap.report import lines, report
from bot.store.store import Store

log = structlog.get_logger()

DAYS = 7  # after the end of a month, in which its digest is still worth saying
NEXT = 3  # planned sessions that are named
HEAD = N_("**Recent workshops here.** {lines}")


def month_before(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The month that is over, by the clocks of this zone: its first moment, and the first one after it."""
    here = now.astimezone(ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    before = (here - timedelta(days=1)).replace(day=1)
    return before, here


async def digests(store: Store, runtime: Runtime, zone: str, language: str) -> int:
    """Say what is to be said of the month that is over; how many communities hear of it."""
    now = runtime.clock.now()
    since, until = month_before(now, zone)
    if now - until > timedelta(days=DAYS):
        return 0
    announced = 0
    for community in await store.sessions.communities(since, until):
        sessions, room = [], ""
        for id in await store.sessions.opened(community, since, until):
            session, script = await runtime.sessions.load(id)
            sessions.append((script, session))
            room = session.places[session.rooms[0]]
        with spoken(language):
            summary = report(since, until, sessions)
            if not summary.held:
                continue
            text = [*lines(summary), *await _coming(store, community, now)]
        note = say(HEAD, lines="\n".join(text))
        announced += await runtime.announce(f"digest:{community}:{since:%Y-%m}", room, note)
    log.info("monthly digests", said=announced)
    return announced


async def _coming(store: Store, community: str, now: datetime) -> list[str]:
    """The plans that come next."""
    plans = [plan for plan in await store.plans.current(community) if plan.at is not None and plan.at > now]
    if not plans:
        return []
    named = [
        f"- {plan.title}: {moment_in_zone(plan.at, plan.zone)}"
        for plan in plans[:NEXT]
        if plan.at is not None
    ]
    return [tr("What comes next") + ":", *named]
