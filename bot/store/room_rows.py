"""Rows of a platform's rooms: a name of ours and the id there. SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.engine import Rows


@dataclass(frozen=True)
class RoomRows:
    """One table of rooms, with the names of its two columns; these come from this module alone."""

    table: str
    name: str
    id: str

    def find(self, db: Rows, name: str) -> str | None:
        """The id under a name."""
        sql = f"SELECT {self.id} FROM {self.table} WHERE {self.name} = ?"
        row = db.execute(sql, (name,)).fetchone()
        return None if row is None else str(row[0])

    def under(self, db: Rows, prefix: str) -> Sequence[tuple[str, str]]:
        """All rows whose names begin with a prefix; a range of the primary key."""
        sql = f"SELECT {self.name}, {self.id} FROM {self.table} WHERE {self.name} >= ? AND {self.name} < ?"
        return [(str(name), str(id)) for name, id in db.execute(sql, (prefix, _after(prefix)))]

    def keep(self, db: Rows, name: str, id: str) -> None:
        """From here on this name is that id."""
        db.execute(
            f"INSERT INTO {self.table} ({self.name}, {self.id}) VALUES (?,?)"
            f" ON CONFLICT ({self.name}) DO UPDATE SET {self.id} = excluded.{self.id}",
            (name, id),
        )

    def forget(self, db: Rows, name: str) -> None:
        """Nothing is kept under this name."""
        db.execute(f"DELETE FROM {self.table} WHERE {self.name} = ?", (name,))


def _after(prefix: str) -> str:
    """The smallest text that is greater than all that begin with a prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


DISCORD = RoomRows("discord_place", "name", "id")
MATRIX = RoomRows("matrix_room", "channel", "room")
