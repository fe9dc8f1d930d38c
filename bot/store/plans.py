"""Plans, who comes to them, and the zone in which somebody is told times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.model.homes import home_of_community
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Coming, Plan, State
from bot.store import Conflict, codec
from bot.store.codec import moment, stamp
from bot.store.engine import Engine, Rows, read

PLANS_AT_ONCE = 500  # that a list or a calendar reads


class PlanStore:
    """Plans, and what people said about coming."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, key: str, community: str = "") -> Plan | None:
        """The plan of this name: in this community, or anywhere if only one community has the name."""
        plans = await self.named(key)
        theirs = [plan for plan in plans if plan.community == community] or plans
        return theirs[0] if len(theirs) == 1 else None

    async def named(self, key: str) -> Sequence[Plan]:
        """The plans of this name; every community gives its own names."""
        rows = await read(self._engine, "SELECT body FROM plan WHERE id = ?", key)
        return [codec.loads(body) for (body,) in rows]

    async def current(self, community: str) -> Sequence[Plan]:
        """The plans of a community that are not over, the next ones first."""
        rows = await read(
            self._engine,
            "SELECT body FROM plan WHERE community = ? AND state IN ('on', 'paused') ORDER BY at IS NULL, at, id"
            f" LIMIT {PLANS_AT_ONCE}",
            community,
        )
        return [codec.loads(body) for (body,) in rows]

    async def confirmed(self, community: str) -> Sequence[Plan]:
        """The plans of a community, also past ones, but for drafts; for its calendar."""
        rows = await read(
            self._engine,
            "SELECT body FROM plan WHERE community = ? AND state <> 'draft' ORDER BY touched DESC"
            f" LIMIT {PLANS_AT_ONCE}",
            community,
        )
        return [codec.loads(body) for (body,) in rows]

    async def latest(self, community: str, person: str) -> Plan | None:
        """The last plan of a community that was confirmed or changed; its zone is that of the community.

        Where there is none, the last draft of this person: its zone was said already.
        """
        rows = await read(
            self._engine,
            "SELECT body FROM plan WHERE community = ? AND state IN ('on', 'paused', 'over', 'draft')"
            " ORDER BY state = 'draft', touched DESC LIMIT 20",
            community,
        )
        plans: list[Plan] = [codec.loads(body) for (body,) in rows]
        counting = (
            plan
            for plan in plans
            if plan.state is not State.DRAFT or (plan.host == person and plan.when is not None)
        )
        return next(counting, None)

    async def moments(self, before: datetime) -> Sequence[tuple[str, str, str, datetime]]:
        """The plans with something to do before this moment: community, name, room, and when."""
        rows = await read(
            self._engine,
            "SELECT community, id, room, next_at FROM plan WHERE next_at <= ? ORDER BY next_at",
            stamp(before),
        )
        return [(community, key, room, moment(at)) for community, key, room, at in rows]

    async def coming(self, plan: Plan, occurrence: str = "") -> Sequence[Coming]:
        """The words of people about coming to one occurrence of a plan, or to any if none is named."""
        rows = await read(
            self._engine,
            "SELECT body FROM coming WHERE home = ? AND plan = ? AND (? = '' OR occurrence = ?)",
            home_of_community(plan.community),
            plan.id,
            occurrence,
            occurrence,
        )
        return [codec.loads(body) for (body,) in rows]

    async def comes_to(self, person: str) -> Sequence[tuple[Coming, Plan]]:
        """All that somebody said about coming, and the plans of which they said it."""
        rows = await read(
            self._engine,
            "SELECT coming.body, plan.body FROM coming"
            " JOIN plan ON plan.home = coming.home AND plan.id = coming.plan WHERE coming.person = ?",
            person,
        )
        return [(codec.loads(coming), codec.loads(plan)) for coming, plan in rows]

    async def zone(self, person: str) -> str:
        """The zone in which somebody is told times."""
        rows = await read(self._engine, "SELECT zone FROM person_zone WHERE person = ?", person)
        return rows[0][0] if rows else ""

    async def tidy(self, before: datetime, ended: datetime) -> None:
        """Throw away drafts that nobody confirmed, and plans that ended long ago."""

        def work(db: Rows) -> None:
            expired = db.execute(
                "DELETE FROM plan WHERE (state = 'draft' AND touched < ?)"
                " OR (state IN ('cancelled', 'over') AND touched < ?)",
                (stamp(before), stamp(ended)),
            )
            if expired.rowcount:
                db.erased()

        await self._engine.write(work, lazy=True)


def change(db: Rows, changed: Changed, at: float) -> None:
    """Write what a decision changed in a plan, and in who comes to it."""
    home, plan = home_of_community(changed.community), changed.plan
    if plan is not None:
        row = (
            plan.version,
            plan.community,
            plan.rooms[0],
            plan.state.value,
            None if plan.at is None else stamp(plan.at),
            None if plan.next_at is None or plan.state is not State.ON else stamp(plan.next_at),
            at,
            codec.dumps(plan),
            home,
            plan.id,
        )
        if changed.before == 0:
            db.execute(
                "INSERT INTO plan (version, community, room, state, at, next_at, touched, body, home, id)"
                " VALUES (?,?,?,?,?,?,?,?,?,?)",
                row,
            )
        else:
            done = db.execute(
                "UPDATE plan SET version=?, community=?, room=?, state=?, at=?, next_at=?, touched=?, body=?"
                " WHERE home=? AND id=? AND version=?",
                (*row, changed.before),
            )
            if not done.rowcount:
                raise Conflict(f"the plan {plan.id} has changed in the meantime")
    for occurrence, person in changed.gone:
        db.execute(
            "DELETE FROM coming WHERE home = ? AND plan = ? AND occurrence = ? AND (? = '' OR person = ?)",
            (home, changed.id, occurrence, person, person),
        )
        db.erased()  # what people needed is nobody's business any more
    db.executemany(
        "INSERT INTO coming (home, plan, occurrence, person, body) VALUES (?,?,?,?,?)"
        " ON CONFLICT (home, plan, occurrence, person) DO UPDATE SET body = excluded.body",
        [(home, c.plan, c.occurrence, c.person, codec.dumps(c)) for c in changed.coming],
    )
