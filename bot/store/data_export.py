"""All that is kept of one person, table by table, for their own eyes."""

from __future__ import annotations

from typing import Any

from bot.store import codec
from bot.store.engine import Rows

Table = tuple[str, str, tuple[str, ...]]
# What names one person: table, the column that does, and what of the row is theirs to see.
ROWS: tuple[Table, ...] = (
    ("coming", "person", ("plan", "occurrence", "body")),
    ("person_zone", "person", ("zone",)),
    ("badge", "person", ("id", "kind", "workshop", "on_show", "body")),
    ("showcase", "person", ("id",)),
)
WEB: tuple[Table, ...] = (
    ("web_member", "id", ("room", "name", "host", "at")),
    ("web_browser", "member", ("name", "at", "seen")),
    ("web_mark", "member", ("name",)),
    ("web_message", "author", ("channel", "body", "edited", "at")),
)
SAID = (
    "web_member",
    "web_browser",
    "web_mark",
    "web_message",
)  # what people typed, which may begin with a bracket
WHO = ("person", "by", "host", "author")


def holdings(db: Rows, person: str) -> dict[str, Any]:
    """Everything that somebody did and said in every session, as it stands in the log, and every row that is theirs.

    Facts that others made are left out, also where they name the person: those are others' words.
    """
    sessions: dict[str, list[Any]] = {}
    found = db.execute(
        "SELECT session, body FROM fact WHERE instr(body, ?) > 0 ORDER BY session, seq", (f'"{person}"',)
    )
    for session, body in found:
        fact = codec.read(body)
        if _theirs(fact, person):
            sessions.setdefault(session, []).append(fact)
    export: dict[str, Any] = {"sessions": [_session(db, id, facts) for id, facts in sessions.items()]}
    for table, column, columns in ROWS:
        export[table] = _rows(db, table, column, columns, person)
    if person.startswith("web:"):
        for table, column, columns in WEB:
            export[table] = _rows(db, table, column, columns, person.removeprefix("web:"))
    private = db.execute("SELECT channel FROM place WHERE place = ?", (f"private:{person}",))
    export["private_channels"] = sorted({channel for (channel,) in private})
    return export


def _theirs(fact: dict[str, Any], person: str) -> bool:
    """True if somebody did this themselves, or it is about nobody else."""
    named = [fact[key] for key in WHO if fact.get(key)]
    doer = fact.get("by") or fact.get("host") or fact.get("person") or fact.get("author")
    return person in named and doer == person


def _session(db: Rows, id: str, facts: list[Any]) -> dict[str, Any]:
    row = db.execute("SELECT room, opened_at FROM session WHERE id = ?", (id,)).fetchone()
    room, opened = row or ("", "")
    return {"id": id, "room": room, "opened": opened, "facts": facts}


def _rows(db: Rows, table: str, column: str, columns: tuple[str, ...], person: str) -> list[dict[str, Any]]:
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {column} = ?"
    rows = db.execute(sql, (person,))
    return [
        {name: value if table in SAID else _opened(value) for name, value in zip(columns, row, strict=True)}
        for row in rows
    ]


def _opened(held: Any) -> Any:
    if isinstance(held, str) and held.startswith(("{", "[")):
        return codec.read(held)
    return held
