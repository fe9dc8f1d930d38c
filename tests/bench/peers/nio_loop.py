"""The floor: a bare matrix-nio loop that asks three questions and stores what it hears; for `scripts/bench matrix`."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys

from nio import AsyncClient, InviteMemberEvent, RoomMessageText

QUESTIONS = ["What happened?", "What came of it?", "What next?"]


async def main() -> None:
    account = json.loads(sys.argv[1])
    db = sqlite3.connect(os.environ["PEER_DB"], isolation_level=None)
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS answer (event TEXT, room TEXT, step INTEGER, text TEXT)")
    db.execute("CREATE TABLE IF NOT EXISTS state (room TEXT PRIMARY KEY, step INTEGER)")
    client = AsyncClient(account["url"], account["user_id"])
    client.restore_login(account["user_id"], account["device_id"], account["access_token"])

    async def say(room: str, text: str) -> None:
        await client.room_send(room, "m.room.message", {"msgtype": "m.text", "body": text})

    async def heard(room, event) -> None:
        if event.sender == client.user_id:
            return
        if event.body.startswith("line "):
            db.execute("INSERT INTO answer VALUES (?,?,?,?)", (event.event_id, room.room_id, 0, event.body))
            await say(room.room_id, f"counted {event.body}")
            return
        held = db.execute("SELECT step FROM state WHERE room = ?", (room.room_id,)).fetchone()
        if event.body == "!story":
            db.execute("INSERT OR REPLACE INTO state VALUES (?, 0)", (room.room_id,))
            await say(room.room_id, QUESTIONS[0])
        elif held and held[0] < 3:
            db.execute(
                "INSERT INTO answer VALUES (?,?,?,?)", (event.event_id, room.room_id, held[0], event.body)
            )
            db.execute("UPDATE state SET step = step + 1 WHERE room = ?", (room.room_id,))
            await say(room.room_id, [*QUESTIONS[1:], "DONE"][held[0]])

    async def invited(room, event) -> None:
        await client.join(room.room_id)

    client.add_event_callback(invited, InviteMemberEvent)
    await client.sync(timeout=0)
    client.add_event_callback(heard, RoomMessageText)
    await client.sync_forever(timeout=30_000)


if __name__ == "__main__":
    asyncio.run(main())
