"""What an operator watches, counted in the database: how much there is and how long it waits, and no word of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.codec import stamp
from bot.store.engine import Engine, Rows


@dataclass(frozen=True)
class Figures:
    """Counts at one moment; ages are in seconds.

    Args:
        sessions: by phase.
        waiting: of what is to be said, by platform: how much, and the age of the oldest.
        dead: messages that were given up, by platform.
        held: events put aside, by the reason: "held" until something has happened, "parked" after a fault of ours.
        late: timers that are due and not done, and how long the first of them has been due.
    """

    sessions: Mapping[str, int]
    waiting: Mapping[str, tuple[int, float]]
    dead: Mapping[str, int]
    held: Mapping[str, int]
    late: tuple[int, float]


async def figures(engine: Engine, now: datetime) -> Figures:
    """Count.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    at = stamp(now)

    def age(due: float | None) -> float:
        return 0.0 if due is None else max(0.0, at - due)

    def work(db: Rows) -> Figures:
        waiting = db.execute(
            "SELECT platform, count(*), min(due) FROM outbox WHERE kind = 'effect' AND dead = 0 GROUP BY platform"
        ).fetchall()
        late, first = db.execute(
            "SELECT count(*), min(due) FROM outbox WHERE kind = 'timer' AND due < ?", (at,)
        ).fetchone()
        return Figures(
            sessions=dict(db.execute("SELECT phase, count(*) FROM session GROUP BY phase").fetchall()),
            waiting={platform: (n, age(due)) for platform, n, due in waiting},
            dead=dict(
                db.execute(
                    "SELECT platform, count(*) FROM outbox WHERE dead = 1 GROUP BY platform"
                ).fetchall()
            ),
            held=dict(db.execute("SELECT reason, count(*) FROM held GROUP BY reason").fetchall()),
            late=(late, age(first)),
        )

    return await engine.read(work)
