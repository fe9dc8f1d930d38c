"""The knowledge of the database about a batch of events, in one look."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store import Context, Place, Receipt, codec
from bot.store.engine import Rows
from bot.store.outbox import RECEIPT_COLUMNS, receipt


def context_for(db: Rows, ids: Sequence[str], channels: Sequence[str], messages: Sequence[str]) -> Context:
    """The context of these event ids, channels and messages."""
    seen = db.execute(
        f"SELECT event, session FROM seen WHERE event IN ({db.listed})",
        (codec.write(ids),),
    ).fetchall()
    held = db.execute(
        f"SELECT event FROM held WHERE reason = 'held' AND event IN ({db.listed})",
        (codec.write(ids),),
    ).fetchall()
    places: dict[str, list[Place]] = {}
    receipts: dict[str, Receipt] = {}
    unsettled: list[tuple[str]] = []
    opening: list[tuple[str]] = []
    if channels:
        for channel, session, place, holds in db.execute(
            "SELECT channel, session, place, holds FROM place"
            f" WHERE channel IN ({db.listed}) ORDER BY holds DESC, at DESC",
            (codec.write(channels),),
        ):
            places.setdefault(channel, []).append(Place(session=session, place=place, holds=bool(holds)))
        opening = db.execute(
            "SELECT DISTINCT session FROM outbox"
            " WHERE platform = '' AND channel = '' AND kind = 'effect' AND dead = 0"
        ).fetchall()
    if messages:
        for row in db.execute(
            f"SELECT {RECEIPT_COLUMNS} FROM receipt WHERE message IN ({db.listed})",
            (codec.write(messages),),
        ):
            known = receipt(row)
            receipts[known.message] = known
        unsettled = db.execute(
            "SELECT DISTINCT channel FROM outbox"
            f" WHERE kind = 'effect' AND dead = 0 AND channel IN ({db.listed})",
            (codec.write(channels),),
        ).fetchall()
    return Context(
        seen=frozenset(seen),
        places={channel: tuple(found) for channel, found in places.items()},
        receipts=receipts,
        unsettled=frozenset(each[0] for each in unsettled),
        opening=frozenset(each[0] for each in opening),
        held=frozenset(each[0] for each in held),
    )
