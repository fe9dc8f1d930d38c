"""Rows of the Matrix adapter: the reactions to our messages, and erasure. SQL only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.model.events import Reacted
from bot.store import codec
from bot.store.engine import Rows


def keep_reaction(db: Rows, event: Reacted) -> None:
    """Remember a reaction, so that its removal can be told."""
    db.execute(
        "INSERT INTO matrix_reaction (id, body) VALUES (?,?) ON CONFLICT DO NOTHING",
        (event.id, codec.dumps(event)),
    )


def reactions(db: Rows, ids: list[str]) -> Mapping[str, Reacted]:
    """Those of these events that were reactions."""
    rows = db.execute(f"SELECT id, body FROM matrix_reaction WHERE id IN ({db.listed})", (codec.write(ids),))
    return {id: codec.loads(body) for id, body in rows}


def forget(db: Rows, person: str) -> None:
    """Nothing of this person is kept here."""
    db.execute("DELETE FROM matrix_reaction WHERE instr(body, ?) > 0", (f'"{person}"',))
    direct = f"matrix:~{person.partition(':')[2]}"
    for name in (direct, f"matrix:offer/{direct}", f"matrix:asked/{direct}"):
        db.execute("DELETE FROM matrix_room WHERE channel = ?", (name,))
