"""The outbox: effects and timers that are committed and not done, and receipts for what is on a platform."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.core.model.events import About
from bot.core.model.homes import home_of_session
from bot.store import Decided, Receipt, Row, codec
from bot.store.codec import moment, stamp
from bot.store.engine import Engine, Rows, read
from bot.store.given_up import drop

ROW_COLUMNS = (
    "home, key, session, place, channel, platform, kind, body, because, priority, supersedes, due,"
    " tries, error, dead"
)
RECEIPT_COLUMNS = "home, key, part, message, session, about"
INSERT_ROW = (
    f"INSERT INTO outbox ({ROW_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
    " ON CONFLICT (home, key) DO NOTHING"
)


def home_of(item: Row | Receipt | Decided) -> int:
    """The home in which a record lies."""
    return home_of_session(item.session) if item.session or item.home is None else item.home


class Outbox:
    """The outbox: effects that are still to be done, and those that were."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> Sequence[Row]:
        """Timers that are due, the earliest first; those of the sessions `but` are left out."""

        def work(db: Rows) -> list[Any]:
            others, listed = _others(db, but)
            return db.execute(
                f"SELECT {ROW_COLUMNS} FROM outbox WHERE kind = 'timer' AND due <= ?{others}"
                " ORDER BY due, id LIMIT ?",
                (stamp(now), *listed, limit),
            ).fetchall()

        return [_row(row) for row in await self._engine.read(work)]

    async def next_due(self, but: Collection[str] = ()) -> datetime | None:
        """The moment at which the next timer is due; those of the sessions `but` are left out."""

        def work(db: Rows) -> float | None:
            others, listed = _others(db, but)
            found: float | None = db.execute(
                f"SELECT min(due) FROM outbox WHERE kind = 'timer'{others}", listed
            ).fetchone()[0]
            return found

        due = await self._engine.read(work)
        return None if due is None else moment(due)

    async def pending(self) -> Sequence[Row]:
        """Effects that were committed and not settled, in the order of commit."""
        rows = await read(
            self._engine, f"SELECT {ROW_COLUMNS} FROM outbox WHERE kind = 'effect' AND dead = 0 ORDER BY id"
        )
        return [_row(row) for row in rows]

    async def dead(self) -> Sequence[Row]:
        """Effects that were given up, for the operator to see."""
        rows = await read(self._engine, f"SELECT {ROW_COLUMNS} FROM outbox WHERE dead = 1 ORDER BY id")
        return [_row(row) for row in rows]

    async def receipts(self, session: str, key: str, home: int | None = None) -> Sequence[Receipt]:
        """The parts of one of our messages, in order; `home` is that of a message of no session."""
        rows = await read(
            self._engine,
            f"SELECT {RECEIPT_COLUMNS} FROM receipt WHERE home = ? AND key = ? ORDER BY part",
            home_of_session(session) if home is None else home,
            key,
        )
        return [receipt(row) for row in rows]

    async def settle(
        self,
        effects: Sequence[Row],
        receipts: Sequence[Receipt],
        gone: Sequence[tuple[int, str, int]] = (),
        erasing: bool = False,
    ) -> None:
        """These effects are done. Nobody waits for this write; it rides with others.

        Args:
            receipts: the parts that are on the platform now.
            gone: the parts that are not there any more: home and key of the message, and number of the part.
            erasing: no copy of the effects may stay behind in a log.
        """

        def work(db: Rows) -> None:
            if erasing:
                db.erased()
            db.executemany(
                "DELETE FROM outbox WHERE home = ? AND key = ?",
                [(home_of(row), row.key) for row in effects],
            )
            db.executemany(
                "DELETE FROM receipt WHERE home = ? AND key = ? AND part = ?",
                gone,
            )
            if gone:
                drop(db, gone)
            db.executemany(
                f"INSERT INTO receipt ({RECEIPT_COLUMNS}) VALUES (?,?,?,?,?,?)"
                " ON CONFLICT (home, key, part) DO UPDATE SET message = excluded.message, about = excluded.about",
                [(home_of(r), r.key, r.part, r.message, r.session, codec.dumps(r.about)) for r in receipts],
            )

        await self._engine.write(work, lazy=True)

    async def retry(self, row: Row, at: datetime, error: str) -> None:
        """An effect failed: try again then."""
        await self._engine.write(
            lambda db: db.execute(
                "UPDATE outbox SET tries = tries + 1, due = ?, error = ? WHERE home = ? AND key = ?",
                (stamp(at), error[:500], home_of(row), row.key),
            )
        )


def _others(db: Rows, but: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A condition that leaves out these sessions, and its parameters."""
    return (f" AND session NOT IN ({db.listed})", (codec.write(list(but)),)) if but else ("", ())


def receipt(row: Any) -> Receipt:
    """A row of `receipt` as a value."""
    home, key, part, message, session, about = row
    decoded: About = codec.loads(about)
    return Receipt(
        key=key, part=part, message=message, session=session, about=decoded, home=None if session else home
    )


def _row(row: Any) -> Row:
    home, key, session, place, channel, _, _, body, because, priority, supersedes, due, tries, error, dead = (
        row
    )
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
        home=None if session else home,
    )
