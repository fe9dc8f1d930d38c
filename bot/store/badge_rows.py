"""Badges and the pages on which they are shown, as rows. Each function runs as a job on the database thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.core.model.effects import Issue
from bot.core.model.records import record
from bot.store import codec
from bot.store.engine import Rows

_FIELDS = "SELECT nth, id, kind, revoked, body, session, rule, on_show FROM badge"


@record
class Badge:
    """A badge that was signed."""

    nth: int  # its number in the list of those that were taken back
    id: str
    kind: str
    revoked: bool
    document: dict[str, Any]
    session: str
    rule: str
    on_show: bool

    @property
    def name(self) -> str:
        """The name of the badge."""
        return str(self.document["name"])


def _badge(row: Sequence[Any]) -> Badge:
    nth, id, kind, revoked, body, session, rule, on_show = row
    return Badge(
        nth=nth,
        id=id,
        kind=kind,
        revoked=bool(revoked),
        document=codec.read(body)["document"],
        session=session,
        rule=rule,
        on_show=bool(on_show),
    )


def reserve(db: Rows, effect: Issue, kind: str, session: str, workshop: str) -> tuple[int, datetime | None]:
    """The number of a badge in the list, and when it was first given, if it was."""
    db.execute(
        "INSERT INTO badge (id, person, kind, revoked, body, session, rule, workshop) VALUES (?,?,?,0,'',?,?,?)"
        " ON CONFLICT (id) DO NOTHING",
        (effect.badge, effect.person, kind, session, effect.rule, workshop),
    )
    nth, body = db.execute("SELECT nth, body FROM badge WHERE id = ?", (effect.badge,)).fetchone()
    return int(nth), datetime.fromisoformat(codec.read(body)["at"]) if body else None


def seal(db: Rows, id: str) -> str:
    """The digest of what a badge says as it is signed; nothing if it was never signed."""
    row = db.execute("SELECT body FROM badge WHERE id = ?", (id,)).fetchone()
    return str(codec.read(row[0]).get("seal", "")) if row and row[0] else ""


def sign(db: Rows, id: str, seal: str, at: str, document: dict[str, Any]) -> None:
    """Keep the signed document of a badge that was not taken back."""
    db.execute("UPDATE badge SET body = ? WHERE id = ? AND revoked = 0", (_body(seal, at, document), id))


def blank(db: Rows, id: str, document: dict[str, Any]) -> None:
    """Put a document that says nothing of anybody in the place of the one that was signed."""
    db.execute("UPDATE badge SET body = ? WHERE id = ?", (_body("", document["awardedDate"], document), id))


def _body(seal: str, at: str, document: dict[str, Any]) -> str:
    return codec.write({"seal": seal, "at": at, "document": document})


def show(db: Rows, id: str, on: bool) -> None:
    """Put a badge on its owner's page, or take it off there."""
    db.execute("UPDATE badge SET on_show = ? WHERE id = ? AND revoked = 0", (int(on), id))


def disown(db: Rows, id: str, *, revoked: bool) -> None:
    """Make a badge nobody's, and (`revoked`) untrue for everybody who checks it."""
    db.execute(
        "UPDATE badge SET revoked = CASE WHEN revoked > ? THEN revoked ELSE ? END, person = '', on_show = 0"
        " WHERE id = ?",
        (int(revoked), int(revoked), id),
    )


def badge(db: Rows, id: str) -> Badge | None:
    """A badge that was signed; None if there is none."""
    row = db.execute(f"{_FIELDS} WHERE id = ?", (id,)).fetchone()
    return _badge(row) if row and row[4] else None


def badges(db: Rows, person: str) -> tuple[Badge, ...]:
    """All signed badges of one person that were not taken back, the oldest first."""
    rows = db.execute(f"{_FIELDS} WHERE person = ? AND revoked = 0 ORDER BY nth", (person,))
    return tuple(_badge(row) for row in rows if row[4])


def by_workshop(db: Rows, person: str) -> dict[str, str]:
    """The last badge of each workshop that somebody completed: workshop -> badge."""
    rows = db.execute(
        "SELECT workshop, id FROM badge WHERE person = ? AND revoked = 0 AND kind NOT IN ('series', 'thanked')"
        " AND body <> '' ORDER BY nth",
        (person,),
    )
    return dict(rows.fetchall())


def revocations(db: Rows) -> list[tuple[int, bool]]:
    """Every number of the list, and whether that badge was taken back."""
    return [(nth, bool(revoked)) for nth, revoked in db.execute("SELECT nth, revoked FROM badge")]


def open_showcase(db: Rows, person: str, id: str) -> str:
    """The id of the page on which somebody shows their badges: this one, unless they have one."""
    db.execute("INSERT INTO showcase (person, id) VALUES (?,?) ON CONFLICT (person) DO NOTHING", (person, id))
    return str(db.execute("SELECT id FROM showcase WHERE person = ?", (person,)).fetchone()[0])


def showcase_owner(db: Rows, id: str) -> str | None:
    """The person whose page this is; None if there is no such page."""
    row = db.execute("SELECT person FROM showcase WHERE id = ?", (id,)).fetchone()
    return row[0] if row else None


def close_showcase(db: Rows, person: str) -> None:
    """Take somebody's page away."""
    db.execute("DELETE FROM showcase WHERE person = ?", (person,))
