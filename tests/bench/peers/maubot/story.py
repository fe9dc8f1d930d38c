"""The peer of `scripts/bench matrix` as a plugin of maubot: three questions, and what it hears on disk."""

from __future__ import annotations

import os
import sqlite3

from maubot import MessageEvent, Plugin
from maubot.handlers import event
from mautrix.types import EventType

QUESTIONS = ["What happened?", "What came of it?", "What next?"]


class Story(Plugin):
    """One dialog a room."""

    async def start(self) -> None:
        """Open the database."""
        self.db = sqlite3.connect(os.environ["PEER_DB"], isolation_level=None)
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("CREATE TABLE IF NOT EXISTS answer (event TEXT, room TEXT, step INTEGER, text TEXT)")
        self.db.execute("CREATE TABLE IF NOT EXISTS state (room TEXT PRIMARY KEY, step INTEGER)")

    @event.on(EventType.ROOM_MESSAGE)
    async def heard(self, evt: MessageEvent) -> None:
        """A line: an answer, or the beginning."""
        room, text = evt.room_id, evt.content.body
        if evt.sender == self.client.mxid:
            return
        if text.startswith("line "):
            self.db.execute("INSERT INTO answer VALUES (?,?,?,?)", (evt.event_id, room, 0, text))
            await evt.respond(f"counted {text}")
            return
        held = self.db.execute("SELECT step FROM state WHERE room = ?", (room,)).fetchone()
        if text == "!story":
            self.db.execute("INSERT OR REPLACE INTO state VALUES (?, 0)", (room,))
            await evt.respond(QUESTIONS[0])
        elif held and held[0] < 3:
            self.db.execute("INSERT INTO answer VALUES (?,?,?,?)", (evt.event_id, room, held[0], text))
            self.db.execute("UPDATE state SET step = step + 1 WHERE room = ?", (room,))
            await evt.respond([*QUESTIONS[1:], "DONE"][held[0]])
