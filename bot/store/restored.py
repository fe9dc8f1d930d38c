"""After a restore: who asked to be forgotten since the backup was made."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.engine import Rows
from bot.store.erasure_ledger import FOLLOWED
from bot.store.store import Store


async def to_forget(store: Store) -> Sequence[tuple[str, str, str]]:
    """Whom the ledger names and this database, a restored one, still knows: person, session and its room."""

    def work(db: Rows) -> list[tuple[str, str, str]]:
        followed = db.execute("SELECT value FROM cursor WHERE platform = ?", (FOLLOWED,)).fetchone()
        named = store.ledger.since(int(followed[0]) if followed else 0)
        if not named:
            return []
        people = db.execute(
            "SELECT DISTINCT json_extract(fact.body, '$.person'), session.id, session.room"
            " FROM fact JOIN session ON session.id = fact.session"
            """ WHERE fact.body LIKE '{"t":"PersonJoined"%'"""
            " UNION SELECT person, '', '' FROM coming UNION SELECT person, '', '' FROM person_zone"
            " UNION SELECT 'web:' || id, '', 'web:' || room FROM web_member"
        )
        return [row for row in people if store.ledger.digest(row[0]) in named]

    return await store.read(work)


async def follow_ledger(store: Store) -> None:
    """Everybody whom the ledger names is forgotten here."""
    await store.inbox.advance(FOLLOWED, str(len(store.ledger)))
