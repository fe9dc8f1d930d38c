"""Which process leads: the name of the last one that took the lead stands in the database; others are refused.

A lock keeps a second process off while the first one is alive. One that hangs keeps its lock, and may wake up hours
after another took over; each of its transactions then finds a name that is not its own (`group_commit.py`).
"""

from __future__ import annotations

import secrets

from bot.errors import Superseded
from bot.store.commit import advance
from bot.store.engine import Engine, read
from bot.store.group_commit import LEADS


async def lead(engine: Engine) -> None:
    """From here on only this process writes.

    Raises:
        StoreUnavailable: the database cannot be written.
    """
    name = secrets.token_hex(8)
    await engine.write(lambda db: advance(db, "leader", name))
    engine.leader = name


async def see_who_leads(engine: Engine) -> None:
    """Ask the database, on its own thread, so that an answer also shows that this thread is alive.

    Raises:
        Superseded: another process has taken over.
        StoreUnavailable: the database cannot be read.
    """
    if not await read(engine, LEADS, engine.leader):
        raise Superseded("Another Storycircle has taken over this database, because this one did not answer.")
