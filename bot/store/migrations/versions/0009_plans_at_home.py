"""Receipts for the cards of plans lie in the home of the plan's community, where their revisions look for them.

They lay in home 0, as all that belongs to no session did. How the key of a message is made never changes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    bind = op.get_bind()
    plans = bind.execute(sa.text("SELECT home, body FROM plan WHERE home <> 0")).fetchall()
    moves = [{"home": home, "key": key} for home, body in plans for key in _keys(json.loads(body))]
    if moves:
        move = "UPDATE receipt SET home = :home WHERE home = 0 AND key = :key AND session = ''"
        bind.execute(sa.text(move), moves)


def _keys(plan: Mapping[str, Any]) -> Iterator[str]:
    """The keys of all cards of a plan, and of the signs that a platform has beside them."""
    for room in plan["rooms"]:
        for card in range(1, plan.get("cards", 0) + 1):
            for name in (f"plan:{plan['id']}:{card}", f"plan:{plan['id']}:{card}:event"):
                yield hashlib.blake2b(f"\0{name}\0at:{room}".encode(), digest_size=13).hexdigest()[:25]
