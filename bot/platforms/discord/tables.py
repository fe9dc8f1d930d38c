"""What the Discord adapter keeps: threads and direct channels by our names for them. SQL only."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def places(c: sqlite3.Connection) -> Mapping[str, str]:
    """Everything kept: our name for it -> the id there."""
    return dict(c.execute("SELECT name, id FROM discord_place").fetchall())


def keep(c: sqlite3.Connection, name: str, id: str) -> None:
    """From here on this name is that id."""
    c.execute(
        "INSERT INTO discord_place (name, id) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET id = excluded.id",
        (name, id),
    )


def forget(c: sqlite3.Connection, name: str) -> None:
    """Nothing is kept under this name."""
    c.execute("DELETE FROM discord_place WHERE name = ?", (name,))
