"""Retention outside of sessions: old talk of the web room, names given at its door, events put aside.

Words inside of sessions go by `bot/core/pacing/retention.py`; both take their days from the setting `keep_days`.
"""

from __future__ import annotations

from bot.store.engine import Rows

LASTING = (
    "notice",
    "closing",
    "recap",
)  # cards of the bot that hold nobody's words, or only what was allowed
PARKED_DAYS = 30  # an event that a fault of ours put aside may hold words


def sweep(db: Rows, before: float, parked_before: float) -> int:
    """Delete what is older; how many rows that were. Rooms in which a workshop is open are left alone.

    Args:
        before, parked_before: seconds since 1970.
    """
    talk = db.execute(
        "DELETE FROM web_message WHERE at < ?"
        " AND CASE WHEN author <> '' OR instr(channel, '/') > 0 OR deleted = 1 THEN 1"
        "          WHEN json_extract(body, '$.kind') NOT IN (?, ?, ?) THEN 1 ELSE 0 END = 1"
        " AND NOT EXISTS (SELECT 1 FROM place WHERE holds = 1"
        "                 AND (place.channel = web_message.channel"
        "                      OR web_message.channel LIKE place.channel || '/%'))",
        (before, *LASTING),
    )
    # a name that was given at the door of a room, by somebody who was in no session and of whom nothing else is left
    names = db.execute(
        "DELETE FROM web_member WHERE at < ? AND host = 0"
        " AND NOT EXISTS (SELECT 1 FROM place WHERE place.channel = 'web:' || web_member.room || '/~' || web_member.id)"
        " AND NOT EXISTS (SELECT 1 FROM web_message WHERE web_message.author = web_member.id)"
        " AND NOT EXISTS (SELECT 1 FROM coming WHERE coming.person = 'web:' || web_member.id)",
        (before,),
    )
    db.execute("DELETE FROM web_browser WHERE member NOT IN (SELECT id FROM web_member)")
    parked = db.execute("DELETE FROM held WHERE reason = 'parked' AND at < ?", (parked_before,))
    swept = talk.rowcount + names.rowcount + parked.rowcount
    if swept:
        db.erased()
    return swept
