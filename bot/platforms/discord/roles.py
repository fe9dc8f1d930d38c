"""Recognition as a role of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import discord

from bot.core.platform import Role
from bot.core.text import messages
from bot.errors import NoRight
from bot.platforms.discord.client import NO_PERMISSION, DiscordClient, Refused
from bot.platforms.discord.ids import NAME, number

ROLE_COLOUR = 0x1F5F5B
UNKNOWN_MEMBER = 10007


async def honour(
    client: DiscordClient,
    room: discord.abc.GuildChannel | None,
    doing: Role,
    role_of: Callable[[str], str] | None,
) -> None:
    """A role of the server by this name, made if it is not there; giving it twice is giving it once."""
    role = role_of(doing.name) if role_of is not None else ""
    if not role or room is None or not doing.person.startswith(NAME):
        return
    try:
        await _change(client, room.guild.id, number(doing.person), replace(doing, name=role))
    except Refused as error:
        if error.code == NO_PERMISSION:
            raise NoRight(messages.NO_RIGHT_TO_GIVE) from error
        if error.code != UNKNOWN_MEMBER:  # they have left the server, and their role with it
            raise


async def _change(client: DiscordClient, guild: int, member: int, doing: Role) -> None:
    async with client.asking():
        there = await client.http.get_roles(guild)
    wanted = doing.name.casefold()
    found = next((each["id"] for each in there if wanted in (each["name"].casefold(), str(each["id"]))), None)
    if found is None and not doing.on:
        return
    if found is None:
        async with client.asking():
            made = await client.http.create_role(
                guild, reason=doing.why, name=doing.name[:100], permissions=0, color=ROLE_COLOUR
            )
        found = made["id"]
    change = client.http.add_role if doing.on else client.http.remove_role
    async with client.asking():
        await change(guild, member, int(found), reason=doing.why[:400])
