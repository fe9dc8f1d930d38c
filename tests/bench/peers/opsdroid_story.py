"""The peer of `scripts/bench matrix` as a skill of opsdroid: three questions, and what it hears on disk."""

from __future__ import annotations

import os
import sqlite3

from opsdroid.events import Message
from opsdroid.matchers import match_event
from opsdroid.skill import Skill

QUESTIONS = ["What happened?", "What came of it?", "What next?"]


class Story(Skill):
    """One dialog a room."""

    def __init__(self, opsdroid, config) -> None:
        super().__init__(opsdroid, config)
        self.db = sqlite3.connect(os.environ["PEER_DB"], isolation_level=None)
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("CREATE TABLE IF NOT EXISTS answer (event TEXT, room TEXT, step INTEGER, text TEXT)")
        self.db.execute("CREATE TABLE IF NOT EXISTS state (room TEXT PRIMARY KEY, step INTEGER)")

    @match_event(Message)
    async def heard(self, message: Message) -> None:
        """A line: an answer, or the beginning."""
        room, text = message.target, message.text
        if text.startswith("line "):
            self.db.execute("INSERT INTO answer VALUES (?,?,?,?)", (message.event_id, room, 0, text))
            await message.respond(f"counted {text}")
            return
        held = self.db.execute("SELECT step FROM state WHERE room = ?", (room,)).fetchone()
        if text == "!story":
            self.db.execute("INSERT OR REPLACE INTO state VALUES (?, 0)", (room,))
            await message.respond(QUESTIONS[0])
        elif held and held[0] < 3:
            self.db.execute("INSERT INTO answer VALUES (?,?,?,?)", (message.event_id, room, held[0], text))
            self.db.execute("UPDATE state SET step = step + 1 WHERE room = ?", (room,))
            await message.respond([*QUESTIONS[1:], "DONE"][held[0]])
