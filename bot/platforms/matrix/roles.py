"""Recognitions as power levels and invitations, and the pin of a planned session; both need rights in a room."""

from __future__ import annotations

from urllib.parse import quote

import structlog

from bot.errors import NoRight, Permanent
from bot.platforms.matrix import sentences
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.room_admin import RoomAdmin

log = structlog.get_logger()

PINNED = "m.room.pinned_events"
LEVELS = "m.room.power_levels"


async def grant(
    client: MatrixClient, admin: RoomAdmin, rights: Rights, room: str, user: str, level: int, target: str
) -> None:
    """Give somebody a power level in a room (never less than they have), and invite them to another (`target`).

    Args:
        level: 0 for none.
        target: a room or an alias; empty for none.

    Raises:
        NoRight: the bot may not; what it may was done.
    """
    refused = False
    if level:
        state = await admin.state(room, LEVELS) or {}
        users = dict(state.get("users") or {})
        if (await rights.learn(room)).of(user) < level:
            try:
                await admin.put_state(room, LEVELS, {**state, "users": {**users, user: level}})
            except Permanent as error:
                log.info("no right to give power", room=room, error=str(error))
                refused = True
    if target:
        try:
            if target.startswith("#"):
                resolved = await client.raw("GET", f"directory/room/{quote(target, safe='')}")
                target = str(resolved["room_id"])
            await admin.invite(target, user)
        except Permanent as error:
            log.info("no right to invite", room=target, error=str(error))
            refused = True
    if refused:
        raise NoRight(sentences.NO_RIGHT_TO_RECOGNISE)


async def pin(admin: RoomAdmin, room: str, event: str, *, on: bool) -> None:
    """Pin the message about a planned session, or unpin it; without the right to do so nothing is done."""
    pinned = ((await admin.state(room, PINNED)) or {}).get("pinned", [])
    wanted = [other for other in pinned if other != event] + ([event] if on and event else [])
    if wanted == pinned:
        return
    try:
        await admin.put_state(room, PINNED, {"pinned": wanted})
    except Permanent as error:
        log.info("not pinned", room=room, error=str(error))
