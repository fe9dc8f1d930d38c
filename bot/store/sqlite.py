"""The SQLite store: WAL, `synchronous=FULL`, group commit, and erasure that leaves no bytes."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

from bot.core.model import facts as f
from bot.core.model.events import About
from bot.core.model.facts import Fact
from bot.core.model.script import Script
from bot.core.participants.community import CommunityFact
from bot.errors import StoreError
from bot.scheduling.decision import Changed
from bot.scheduling.plan import Coming, Plan, State
from bot.store import Conflict, Context, Decided, Duplicate, Held, Place, Receipt, Row, codec, erasure_ledger
from bot.store.erasure_ledger import Ledger
from bot.store.group_commit import GroupCommit, Hop, connect

T = TypeVar("T")

SCHEMA_VERSION = 1  # of stored scripts
PLANS_AT_ONCE = 500  # that a list or a calendar reads

ELSEWHERE = " AND session NOT IN (SELECT value FROM json_each(?))"
ROW_COLUMNS = (
    "key, session, place, channel, kind, body, because, priority, supersedes, due, tries, error, dead"
)
INSERT_ROW = (
    f"INSERT INTO outbox ({ROW_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (key) DO NOTHING"
)
INSERT_SEEN = "INSERT INTO seen (event, session, at) VALUES (?,?,?)"
INSERT_FACT = "INSERT INTO fact (session, seq, body) VALUES (?,?,?)"


def stamp(at: datetime) -> float:
    """Seconds since 1970, as the database keeps moments."""
    return at.timestamp()


def _utc(at: datetime) -> str:
    """As `session.opened_at` is written."""
    return at.astimezone(timezone.utc).isoformat()


def moment(seconds: float) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromtimestamp(seconds, timezone.utc)


async def open_store(path: Path, *, lasting: bool = True) -> SqliteStore:
    """Open the database, making or migrating it where needed.

    One that is not `lasting` waits for no disk: it is thrown away after a rehearsal.

    Raises:
        StoreError: the file is newer than this program, or cannot be used.
    """
    from bot.store.migrate import bring_up_to_date

    await asyncio.to_thread(bring_up_to_date, path)
    try:
        connection = await connect(str(path))
        await connection.run(_prepare)
        if not lasting:
            await connection.run(lambda c: c.execute("PRAGMA synchronous=OFF").close())
    except sqlite3.Error as error:
        raise StoreError(f"The database {path} cannot be opened: {error}.") from error
    store = SqliteStore(connection, path)
    if not lasting:
        store.group.lazy_seconds = 0.0  # nobody else is there to ride along
    return store


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a tick means: it is on disk
        "secure_delete=ON",  # what is erased is overwritten
        "busy_timeout=5000",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


class SqliteStore:
    """See `bot.store.Store` for what each method promises."""

    def __init__(self, connection: Hop, path: Path) -> None:
        self._connection = connection
        self.group = GroupCommit(connection)
        self.path = path
        self.ledger = Ledger(path.parent)

    async def _read(self, sql: str, *parameters: Any) -> list[Any]:
        return await self._connection.run(lambda c: c.execute(sql, parameters).fetchall())

    async def write(self, job: Callable[[sqlite3.Connection], T], *, lazy: bool = False) -> T:
        """Ride in the next group commit."""
        return await self.group.write(job, lazy=lazy)

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run a read on the database thread."""
        return await self._connection.run(work)

    async def context_for(
        self, ids: Sequence[str], channels: Sequence[str], messages: Sequence[str]
    ) -> Context:
        """What is known about these event ids, channels and messages, in one hop."""

        def work(c: sqlite3.Connection) -> Context:
            listed = json.dumps
            seen = c.execute(
                "SELECT event, session FROM seen WHERE event IN (SELECT value FROM json_each(?))",
                (listed(ids),),
            ).fetchall()
            held = c.execute(
                "SELECT event FROM held WHERE reason = 'held' AND event IN (SELECT value FROM json_each(?))",
                (listed(ids),),
            ).fetchall()
            places: dict[str, list[Place]] = {}
            receipts: dict[str, Receipt] = {}
            unsettled: list[tuple[str]] = []
            opening: list[tuple[str]] = []
            if channels:
                for channel, session, place, holds in c.execute(
                    "SELECT channel, session, place, holds FROM place"
                    " WHERE channel IN (SELECT value FROM json_each(?)) ORDER BY holds DESC, at DESC",
                    (listed(channels),),
                ):
                    places.setdefault(channel, []).append(
                        Place(session=session, place=place, holds=bool(holds))
                    )
                opening = c.execute(
                    "SELECT DISTINCT session FROM outbox WHERE channel = '' AND kind = 'effect' AND dead = 0"
                ).fetchall()
            if messages:
                for row in c.execute(
                    "SELECT key, part, message, session, about FROM receipt"
                    " WHERE message IN (SELECT value FROM json_each(?))",
                    (listed(messages),),
                ):
                    receipts[row[2]] = _receipt(row)
                unsettled = c.execute(
                    "SELECT DISTINCT channel FROM outbox"
                    " WHERE kind = 'effect' AND dead = 0 AND channel IN (SELECT value FROM json_each(?))",
                    (listed(channels),),
                ).fetchall()
            return Context(
                seen=frozenset(seen),
                places={channel: tuple(found) for channel, found in places.items()},
                receipts=receipts,
                unsettled=frozenset(each[0] for each in unsettled),
                opening=frozenset(each[0] for each in opening),
                held=frozenset(each[0] for each in held),
            )

        return await self._connection.run(work)

    async def facts(self, session: str) -> Sequence[Fact]:
        """The whole log of a session, in order."""
        rows = await self._read("SELECT body FROM fact WHERE session = ? ORDER BY seq", session)
        return [codec.loads(body) for (body,) in rows]

    async def community_facts(self, community: str) -> Sequence[CommunityFact]:
        """The whole log of a community."""
        rows = await self._read(
            "SELECT body FROM fact WHERE session = ? ORDER BY seq", f"community:{community}"
        )
        return [codec.loads(body) for (body,) in rows]

    async def commit(self, batch: Sequence[Decided]) -> None:
        """All of the batch in one transaction: seen ids, facts, effects, places, erasures, cursor."""
        await self.group.write(_Commit(batch, self.group, self.ledger))

    async def to_forget(self) -> Sequence[tuple[str, str, str]]:
        """Whom the ledger names and this database, a restored one, still knows: person, session and its room."""

        def work(c: sqlite3.Connection) -> list[tuple[str, str, str]]:
            found = c.execute(
                "SELECT value FROM cursor WHERE platform = ?", (erasure_ledger.FOLLOWED,)
            ).fetchone()
            named = self.ledger.since(int(found[0]) if found else 0)
            if not named:
                return []
            there = c.execute(
                "SELECT DISTINCT json_extract(fact.body, '$.person'), session.id, session.room"
                " FROM fact JOIN session ON session.id = fact.session"
                """ WHERE fact.body LIKE '{"t":"PersonJoined"%'"""
                " UNION SELECT person, '', '' FROM coming UNION SELECT person, '', '' FROM person_zone"
            )
            return [row for row in there if self.ledger.digest(row[0]) in named]

        return await self._connection.run(work)

    async def follow_ledger(self) -> None:
        """Everybody whom the ledger names is forgotten here."""
        await self.advance(erasure_ledger.FOLLOWED, str(len(self.ledger)))

    async def script(self, hash: str) -> Script | None:
        """A stored script by its content."""
        rows = await self._read("SELECT body FROM script WHERE hash = ?", hash)
        if not rows:
            return None
        found: Script = codec.loads(rows[0][0])
        return found

    async def keep_script(self, script: Script) -> str:
        """Store a script under its content hash, once."""
        hash, body = codec.canonical(script)
        await self.write(
            lambda c: c.execute(
                "INSERT INTO script (hash, schema_version, body) VALUES (?,?,?) ON CONFLICT DO NOTHING",
                (hash, SCHEMA_VERSION, body),
            )
        )
        return hash

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> Sequence[Row]:
        """Timers that are due, the earliest first; those of the sessions `but` are left out."""
        rows = await self._read(
            f"SELECT {ROW_COLUMNS} FROM outbox WHERE kind = 'timer' AND due <= ?"
            f"{ELSEWHERE if but else ''} ORDER BY due, id LIMIT ?",
            *(stamp(now), *([json.dumps(list(but))] if but else ()), limit),
        )
        return [_row(row) for row in rows]

    async def next_due(self, but: Collection[str] = ()) -> datetime | None:
        """When the next timer is due; those of the sessions `but` are left out."""
        rows = await self._read(
            f"SELECT min(due) FROM outbox WHERE kind = 'timer'{ELSEWHERE if but else ''}",
            *([json.dumps(list(but))] if but else ()),
        )
        return None if rows[0][0] is None else moment(rows[0][0])

    async def pending(self) -> Sequence[Row]:
        """Effects that were committed and not settled, in the order of commit."""
        rows = await self._read(
            f"SELECT {ROW_COLUMNS} FROM outbox WHERE kind = 'effect' AND dead = 0 ORDER BY id"
        )
        return [_row(row) for row in rows]

    async def dead(self) -> Sequence[Row]:
        """Effects that were given up, for the operator to see."""
        rows = await self._read(f"SELECT {ROW_COLUMNS} FROM outbox WHERE dead = 1 ORDER BY id")
        return [_row(row) for row in rows]

    async def receipts(self, key: str) -> Sequence[Receipt]:
        """The parts of one of our messages, in order."""
        rows = await self._read(
            "SELECT key, part, message, session, about FROM receipt WHERE key = ? ORDER BY part", key
        )
        return [_receipt(row) for row in rows]

    async def settle(
        self,
        keys: Sequence[str],
        receipts: Sequence[Receipt],
        gone: Sequence[tuple[str, int]] = (),
        erasing: bool = False,
    ) -> None:
        """These effects are done. Nobody waits for this write; it rides with others."""

        def work(c: sqlite3.Connection) -> None:
            self.group.truncate_after |= erasing
            c.executemany("DELETE FROM outbox WHERE key = ?", [(key,) for key in keys])
            c.executemany("DELETE FROM receipt WHERE key = ? AND part = ?", gone)
            c.executemany(
                "INSERT INTO receipt (key, part, message, session, about) VALUES (?,?,?,?,?)"
                " ON CONFLICT (key, part) DO UPDATE SET message = excluded.message, about = excluded.about",
                [(r.key, r.part, r.message, r.session, codec.dumps(r.about)) for r in receipts],
            )

        await self.group.write(work, lazy=True)

    async def retry(self, key: str, at: datetime, error: str, dead: bool) -> None:
        """An effect failed: try again then, or give it up."""
        await self.write(
            lambda c: c.execute(
                "UPDATE outbox SET tries = tries + 1, due = ?, error = ?, dead = ? WHERE key = ?",
                (stamp(at), error[:500], int(dead), key),
            )
        )

    async def held(self, session: str) -> Sequence[Held]:
        """Events that wait to be heard."""
        rows = await self._read(
            "SELECT session, body, reason, error FROM held WHERE session = ? ORDER BY at, event", session
        )
        return [
            Held(session=session, event=codec.loads(body), reason=reason, error=error)
            for session, body, reason, error in rows
        ]

    async def all_held(self) -> Sequence[Held]:
        """Every event that waits or is parked, for start-up and `doctor`."""
        rows = await self._read("SELECT session, body, reason, error FROM held ORDER BY at, event")
        return [
            Held(session=session, event=codec.loads(body), reason=reason, error=error)
            for session, body, reason, error in rows
        ]

    async def advance(self, platform: str, cursor: str) -> None:
        """Keep a position before which nothing was for us."""
        await self.write(
            lambda c: c.execute(
                "INSERT INTO cursor (platform, value) VALUES (?,?)"
                " ON CONFLICT (platform) DO UPDATE SET value = excluded.value",
                (platform, cursor),
            )
        )

    async def cursor(self, platform: str) -> str | None:
        """How far a platform was heard."""
        rows = await self._read("SELECT value FROM cursor WHERE platform = ?", platform)
        return rows[0][0] if rows else None

    async def sessions(self, room: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Sessions as (id, script hash, phase), the newest first; of one room if it is named."""
        rows = await self._read(
            "SELECT id, script, phase FROM session WHERE ? IS NULL OR room = ? ORDER BY opened_at DESC",
            room,
            room,
        )
        return [(id, script, phase) for id, script, phase in rows]

    async def sessions_of(
        self, community: str, since: datetime, until: datetime | None = None
    ) -> Sequence[str]:
        """The ids of what a community has opened in this time, the first one first."""
        rows = await self._read(
            "SELECT id FROM session WHERE community = ? AND opened_at >= ? AND opened_at < ? ORDER BY opened_at",
            community,
            _utc(since),
            "9999" if until is None else _utc(until),
        )
        return [id for (id,) in rows]

    async def communities(self, since: datetime, until: datetime) -> Sequence[str]:
        """The communities that have opened something in this time."""
        rows = await self._read(
            "SELECT DISTINCT community FROM session WHERE opened_at >= ? AND opened_at < ? ORDER BY community",
            _utc(since),
            _utc(until),
        )
        return [community for (community,) in rows]

    async def plan(self, key: str) -> Plan | None:
        """What is planned under this name."""
        rows = await self._read("SELECT body FROM plan WHERE id = ?", key)
        return codec.loads(rows[0][0]) if rows else None

    async def plans(self, community: str) -> Sequence[Plan]:
        """What is planned in a community and not over, the next ones first."""
        rows = await self._read(
            "SELECT body FROM plan WHERE community = ? AND state IN ('on', 'paused') ORDER BY at IS NULL, at, id"
            f" LIMIT {PLANS_AT_ONCE}",
            community,
        )
        return [codec.loads(body) for (body,) in rows]

    async def all_plans(self, community: str) -> Sequence[Plan]:
        """What is or was planned in a community and no draft, for its calendar."""
        rows = await self._read(
            "SELECT body FROM plan WHERE community = ? AND state <> 'draft' ORDER BY touched DESC"
            f" LIMIT {PLANS_AT_ONCE}",
            community,
        )
        return [codec.loads(body) for (body,) in rows]

    async def moments(self, before: datetime) -> Sequence[tuple[str, str, datetime]]:
        """The plans with something to do before this moment: name, room, and when."""
        rows = await self._read(
            "SELECT id, room, next_at FROM plan WHERE next_at <= ? ORDER BY next_at", stamp(before)
        )
        return [(key, room, moment(at)) for key, room, at in rows]

    async def coming(self, plan: str, occurrence: str) -> Sequence[Coming]:
        """What people said about coming to one occurrence of a plan."""
        rows = await self._read("SELECT body FROM coming WHERE plan = ? AND occurrence = ?", plan, occurrence)
        return [codec.loads(body) for (body,) in rows]

    async def comes_to(self, person: str) -> Sequence[Coming]:
        """All that somebody said they come to."""
        rows = await self._read("SELECT body FROM coming WHERE person = ?", person)
        return [codec.loads(body) for (body,) in rows]

    async def zone(self, person: str) -> str:
        """The zone in which somebody is told times."""
        rows = await self._read("SELECT zone FROM person_zone WHERE person = ?", person)
        return rows[0][0] if rows else ""

    async def tidy(self, before: datetime, ended: datetime) -> None:
        """Throw away drafts that nobody confirmed, and plans that ended long ago."""
        await self.write(
            lambda c: c.execute(
                "DELETE FROM plan WHERE (state = 'draft' AND touched < ?)"
                " OR (state IN ('cancelled', 'over') AND touched < ?)",
                (stamp(before), stamp(ended)),
            ),
            lazy=True,
        )

    async def close(self) -> None:
        """Write what waits, then close; the last one out folds the log into the file."""
        await self.group.finish()
        await self._connection.close()


def _receipt(row: Any) -> Receipt:
    key, part, message, session, about = row
    found: About = codec.loads(about)
    return Receipt(key=key, part=part, message=message, session=session, about=found)


def _row(row: Any) -> Row:
    key, session, place, channel, _, body, because, priority, supersedes, due, tries, error, dead = row
    return Row(
        key=key,
        session=session,
        place=place,
        channel=channel,
        effect=codec.loads(body),
        because=because,
        priority=priority,
        supersedes=supersedes,
        due=moment(due),
        tries=tries,
        error=error,
        dead=bool(dead),
    )


class _Commit:
    """The one job that makes things true."""

    def __init__(self, batch: Sequence[Decided], group: GroupCommit, forgotten: Ledger) -> None:
        self._group = group
        self._ledger = forgotten
        self._batch = batch
        # JSON is written here, on the event loop's thread, so that the database thread only writes.
        self._seen = [(d.event, d.session, stamp(d.at)) for d in batch if d.event]
        self._facts = [
            (d.session, d.version + n, codec.dumps(fact)) for d in batch for n, fact in enumerate(d.facts, 1)
        ] + [
            (f"community:{d.community}", d.community_version + n, codec.dumps(fact))
            for d in batch
            for n, fact in enumerate(d.community_facts, 1)
        ]
        self._rows = [
            (
                row.key,
                row.session,
                row.place,
                row.channel,
                "timer" if type(row.effect).__name__ == "Wake" else "effect",
                codec.dumps(row.effect),
                row.because,
                row.priority,
                row.supersedes,
                stamp(row.due),
                0,
                "",
                0,
            )
            for d in batch
            for row in d.rows
        ]

    def __call__(self, c: sqlite3.Connection) -> None:
        try:
            c.executemany(INSERT_SEEN, self._seen)
        except sqlite3.IntegrityError as error:
            raise Duplicate(str(error)) from error
        try:
            c.executemany(INSERT_FACT, self._facts)
            for decided in self._batch:
                self._rest(c, decided)
        except sqlite3.IntegrityError as error:
            raise Conflict(str(error)) from error
        c.executemany(INSERT_ROW, self._rows)

    def _rest(self, c: sqlite3.Connection, d: Decided) -> None:
        if d.opened is not None:
            c.execute(
                "INSERT INTO session (id, community, script, room, opened_at, phase) VALUES (?,?,?,?,?,?)",
                (
                    d.session,
                    d.opened.community,
                    d.opened.script,
                    d.opened.rooms[0],
                    d.at.isoformat(),
                    f.Phase.LOBBY.value,
                ),
            )
        for fact in d.facts:
            match fact:
                case f.PhaseChanged() | f.Begun():
                    phase = f.Phase.RUNNING if isinstance(fact, f.Begun) else fact.phase
                    c.execute("UPDATE session SET phase = ? WHERE id = ?", (phase.value, d.session))
                case (
                    f.Amended()
                    | f.Withdrawn()
                    | f.PersonJoined()
                    | f.OfferSettled()
                    | f.Thanked()
                    | f.ThanksTaken()
                    | f.Expired()
                    | f.StepTold()
                    | f.StepLetGo()
                    | f.RecapHeld()
                    | f.ThemeAdded()
                ) if fact.blanks:
                    self._blank(c, d.session, fact.blanks)
                case f.Forgotten():
                    self._forget(c, d.session, fact)
                case _:
                    pass
        supersedes = [(row.supersedes,) for row in d.rows if row.supersedes]
        if supersedes:
            c.executemany("DELETE FROM outbox WHERE supersedes = ? AND dead = 0", supersedes)
        for changed in d.plans:
            self._plan(c, changed, stamp(d.at))
        if d.zone is not None:
            c.execute(
                "INSERT INTO person_zone (person, zone) VALUES (?,?)"
                " ON CONFLICT (person) DO UPDATE SET zone = excluded.zone",
                d.zone,
            )
        if d.erased:
            c.execute("DELETE FROM coming WHERE person = ?", (d.erased,))
            c.execute("DELETE FROM person_zone WHERE person = ?", (d.erased,))
            c.execute("DELETE FROM outbox WHERE session = '' AND place = ?", ("private:" + d.erased,))
            if d.noted:
                self._note(c, d.erased)
            self._group.truncate_after = True
        for channel in d.freed:
            c.execute("UPDATE place SET holds = 0 WHERE channel = ? AND session = ?", (channel, d.session))
        for channel, place in d.places.items():
            c.execute(
                "INSERT INTO place (channel, session, place, holds, at) VALUES (?,?,?,?,?)"
                " ON CONFLICT (channel, session) DO UPDATE SET place = excluded.place",
                (channel, place.session, place.place, int(place.holds), stamp(d.at)),
            )
            c.execute(
                "UPDATE outbox SET channel = ? WHERE session = ? AND place = ? AND channel = ''",
                (channel, place.session, place.place),
            )
        for key in d.settles:
            c.execute("DELETE FROM outbox WHERE key = ?", (key,))
        if d.held is not None:
            c.execute(
                "INSERT INTO held (event, session, reason, at, body, error) VALUES (?,?,?,?,?,?)"
                " ON CONFLICT (event, session)"
                " DO UPDATE SET reason = excluded.reason, error = excluded.error",
                (
                    d.held.event.id,
                    d.held.session,
                    d.held.reason,
                    stamp(d.at),
                    codec.dumps(d.held.event),
                    d.held.error[:500],
                ),
            )
        if d.unheld:
            c.execute("DELETE FROM held WHERE event = ?", (d.event,))
        if d.cursor:
            self._advance(c, d.platform, d.cursor)

    def _note(self, c: sqlite3.Connection, person: str) -> None:
        """Into the ledger before the commit: without the commit, the next start forgets them."""
        before = len(self._ledger)
        now = self._ledger.add(person)
        if before == 0:
            self._advance(c, erasure_ledger.FOLLOWED, str(now))
        else:  # a restored database that has not followed all lines yet still has to
            c.execute(
                "UPDATE cursor SET value = ? WHERE platform = ? AND value = ?",
                (str(now), erasure_ledger.FOLLOWED, str(before)),
            )

    @staticmethod
    def _advance(c: sqlite3.Connection, platform: str, cursor: str) -> None:
        c.execute(
            "INSERT INTO cursor (platform, value) VALUES (?,?)"
            " ON CONFLICT (platform) DO UPDATE SET value = excluded.value",
            (platform, cursor),
        )

    def _plan(self, c: sqlite3.Connection, changed: Changed, at: float) -> None:
        plan = changed.plan
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
                plan.id,
            )
            if changed.before == 0:
                c.execute(
                    "INSERT INTO plan (version, community, room, state, at, next_at, touched, body, id)"
                    " VALUES (?,?,?,?,?,?,?,?,?)",
                    row,
                )
            else:
                done = c.execute(
                    "UPDATE plan SET version=?, community=?, room=?, state=?, at=?, next_at=?, touched=?, body=?"
                    " WHERE id=? AND version=?",
                    (*row, changed.before),
                )
                if not done.rowcount:
                    raise Conflict(f"the plan {plan.id} has changed in the meantime")
        for occurrence, person in changed.gone:
            c.execute(
                "DELETE FROM coming WHERE plan = ? AND occurrence = ? AND ? IN ('', person)",
                (changed.id, occurrence, person),
            )
            self._group.truncate_after = True  # what people needed is nobody's business any more
        c.executemany(
            "INSERT INTO coming (plan, occurrence, person, body) VALUES (?,?,?,?)"
            " ON CONFLICT (plan, occurrence, person) DO UPDATE SET body = excluded.body",
            [(each.plan, each.occurrence, each.person, codec.dumps(each)) for each in changed.coming],
        )

    def _blank(self, c: sqlite3.Connection, session: str, seqs: Sequence[int]) -> None:
        for seq in seqs:
            found = c.execute(
                "SELECT body FROM fact WHERE session = ? AND seq = ?", (session, seq)
            ).fetchone()
            if found:
                c.execute(
                    "UPDATE fact SET body = ? WHERE session = ? AND seq = ?",
                    (codec.blank(found[0]), session, seq),
                )
        self._group.truncate_after = True

    def _forget(self, c: sqlite3.Connection, session: str, fact: f.Forgotten) -> None:
        """Words go, and the person's id gives way to the pseudonym in every fact of the session."""
        self._blank(c, session, fact.blanks)
        old, new = fact.person, fact.pseudonym
        for seq, body in c.execute(
            "SELECT seq, body FROM fact WHERE session = ? AND instr(body, ?)", (session, old)
        ).fetchall():
            c.execute(
                "UPDATE fact SET body = ? WHERE session = ? AND seq = ?",
                (codec.rename(body, old, new), session, seq),
            )
        private = "private:" + old
        c.execute("DELETE FROM outbox WHERE session = ? AND place = ?", (session, private))
        c.execute("DELETE FROM place WHERE session = ? AND place = ?", (session, private))
        c.execute("DELETE FROM held WHERE session = ? AND instr(body, ?)", (session, old))
