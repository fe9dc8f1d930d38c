"""Recognitions as roles of a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import discord

from bot.core.platform import Role
from bot.errors import NoRight
from bot.platforms.discord import sentences
from bot.platforms.discord.client import NO_PERMISSION, DiscordClient, Refused
from bot.platforms.discord.ids import NAME, discord_id

ROLE_COLOUR = 0x1F5F5B
UNKNOWN_MEMBER = 10007


async def apply(
    client: DiscordClient,
    room: discord.abc.GuildChannel | None,
    action: Role,
    role_of: Callable[[str], str] | None,
) -> None:
    """Give or take the role of a recognition; the role is made if it is not there. Twice is once.

    Raises:
        NoRight: the bot may not.
    """
    role = role_of(action.name) if role_of is not None else ""
    if not role or room is None or not action.person.startswith(NAME):
        return
    try:
        await _change(client, room.guild.id, discord_id(action.person), replace(action, name=role))
    except Refused as error:
        if error.code == NO_PERMISSION:
            raise NoRight(sentences.NO_RIGHT_TO_GIVE) from error
        if error.code != UNKNOWN_MEMBER:  # they have left the server, and their role with it
            raise


async def _change(client: DiscordClient, guild: int, member: int, action: Role) -> None:
    async with client.asking():
        roles = await client.http.get_roles(guild)
    wanted = action.name.casefold()
    id = next((role["id"] for role in roles if wanted in (role["name"].casefold(), str(role["id"]))), None)
    if id is None and not action.on:
        return
    if id is None:
        async with client.asking():
            created = await client.http.create_role(
                guild, reason=action.why, name=action.name[:100], permissions=0, color=ROLE_COLOUR
            )
        id = created["id"]
    change = client.http.add_role if action.on else client.http.remove_role
    async with client.asking():
        await change(guild, member, int(id), reason=action.why[:400])
