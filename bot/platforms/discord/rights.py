"""What the bot may do in a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.core.text import messages
from bot.core.text.messages import tr
from bot.platforms.discord import components, forums
from bot.platforms.discord.client import DiscordClient


async def lacking(
    client: DiscordClient,
    room: discord.abc.GuildChannel,
    roles: Sequence[str],
    role_of: Callable[[str], str] | None,
    forum_name: str,
) -> str:
    """What the bot may not do in a channel and a workshop needs, in sentences; nothing if all is well.

    Args:
        roles: what people may be recognised as there, for which a role may be given: the one that `role_of` says.
        forum_name: the forum of workshops over days, if one is configured.
    """
    async with client.asking():
        me = await room.guild.fetch_member(client.me)
    may = room.permissions_for(me)
    wanted = {
        messages.MAY_SEND: forums.may_post(may),
        messages.MAY_THREAD: may.create_private_threads and may.manage_threads,
        messages.MAY_REACT: may.add_reactions,
        messages.MAY_EVENTS: may.create_events,
        messages.MAY_ROLES: may.manage_roles or role_of is None,
    }
    lacks = [tr(says) for says, has in wanted.items() if not has]
    given = {role_of(name).casefold() for name in roles} - {""} if role_of else set()
    there = [role for role in room.guild.roles if {role.name.casefold(), str(role.id)} & given]
    lacks += [tr(messages.ROLE_ABOVE, role=role.name) for role in there if role >= me.top_role]
    forum = forums.find(room.guild, forum_name)
    if forum_name and forum is None:
        lacks.append(tr(messages.NO_FORUM, forum=components.literal(forum_name)))
    elif forum is not None and not forums.may_post(forum.permissions_for(me)):
        lacks.append(tr(messages.MAY_FORUM, forum=components.literal(forum.name)))
    return " ".join(lacks)
