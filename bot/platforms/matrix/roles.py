"""Recognition in a room, and the pin of a planned session: both need rights that a host may not have given."""

from __future__ import annotations

from urllib.parse import quote

import structlog

from bot.core.text import messages
from bot.errors import NoRight, Permanent
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.rights import Rights

log = structlog.get_logger()

PINNED = "m.room.pinned_events"
LEVELS = "m.room.power_levels"


async def grant(client: MatrixClient, rights: Rights, room: str, user: str, level: int, target: str) -> None:
    """Give a level of power (never less than somebody has), or an invitation to a room of its own (`target`).

    Raises:
        NoRight: the bot may not; what it may was done.
    """
    refused = False
    if level:
        held = await client.state(room, LEVELS) or {}
        users = dict(held.get("users") or {})
        if (await rights.learn(room)).of(user) < level:
            try:
                await client.put_state(room, LEVELS, {**held, "users": {**users, user: level}})
            except Permanent as error:
                log.info("no right to give power", room=room, error=str(error))
                refused = True
    if target:
        try:
            if target.startswith("#"):
                found = await client.raw("GET", f"directory/room/{quote(target, safe='')}")
                target = str(found["room_id"])
            await client.invite(target, user)
        except Permanent as error:
            log.info("no right to invite", room=target, error=str(error))
            refused = True
    if refused:
        raise NoRight(messages.NO_RIGHT_TO_RECOGNISE)


async def pin(client: MatrixClient, room: str, event: str, *, on: bool) -> None:
    """Pin what tells of a planned session, or take the pin away; without the right to do so it stays a message."""
    there = ((await client.state(room, PINNED)) or {}).get("pinned", [])
    wanted = [each for each in there if each != event] + ([event] if on and event else [])
    if wanted == there:
        return
    try:
        await client.put_state(room, PINNED, {"pinned": wanted})
    except Permanent as error:
        log.info("not pinned", room=room, error=str(error))
