"""What was given up is kept for the operator, without words that were taken back, and names nobody forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store import codec
from bot.store.engine import Rows
from bot.store.rewriting import rename


def put_aside(db: Rows, home: int, key: str, error: str, forgotten: str = "") -> None:
    """An effect is given up.

    Args:
        home: of the row.
        forgotten: whom it names who asked to be forgotten; from now on it does so no more.
    """
    db.execute(
        "UPDATE outbox SET tries = tries + 1, error = ?, dead = 1 WHERE home = ? AND key = ?",
        (error[:500], home, key),
    )
    if forgotten:
        unname(db, forgotten)


def unname(db: Rows, person: str) -> None:
    """Effects that were given up name somebody no more, and neither do their errors; a word to them alone goes."""
    alone = "private:" + person
    db.execute("DELETE FROM outbox WHERE dead = 1 AND place = ?", (alone,))
    id = person.partition(":")[2]
    for home, key, body, error, channel, place in db.execute(
        "SELECT home, key, body, error, channel, place FROM outbox WHERE dead = 1 AND instr(body || error, ?) > 0",
        (id,),
    ).fetchall():
        raw = codec.read(rename(body, person, "forgotten"))
        if raw["t"] == "Erase":
            raw["messages"] = []
        channel, place, error = (text.replace(id, "forgotten") for text in (channel, place, error))
        db.execute(
            "UPDATE outbox SET body = ?, error = ?, channel = ?, place = ? WHERE home = ? AND key = ?",
            (codec.write(raw), error, channel, place, home, key),
        )
    db.erased()


def drop(db: Rows, gone: Sequence[tuple[int, str, int]]) -> None:
    """Messages that are gone (home, key, part) and could never be said are not kept either."""
    for home, key, part in gone:
        if part == 0:
            done = db.execute("DELETE FROM outbox WHERE home = ? AND key = ? AND dead = 1", (home, key))
            if done.rowcount:
                db.erased()
