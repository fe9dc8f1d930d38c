"""What the bot may do in a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.core.text import messages as words
from bot.core.text.messages import tr
from bot.platforms.discord import components as drawing
from bot.platforms.discord import forums
from bot.platforms.discord.client import Link


async def lacking(
    link: Link,
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
    async with link.asking():
        me = await room.guild.fetch_member(link.me)
    may = room.permissions_for(me)
    wanted = {
        words.MAY_SEND: forums.may_post(may),
        words.MAY_THREAD: may.create_private_threads and may.manage_threads,
        words.MAY_REACT: may.add_reactions,
        words.MAY_EVENTS: may.create_events,
        words.MAY_ROLES: may.manage_roles or role_of is None,
    }
    lacks = [tr(says) for says, has in wanted.items() if not has]
    given = {role_of(name).casefold() for name in roles} - {""} if role_of else set()
    there = [role for role in room.guild.roles if {role.name.casefold(), str(role.id)} & given]
    lacks += [tr(words.ROLE_ABOVE, role=role.name) for role in there if role >= me.top_role]
    forum = forums.find(room.guild, forum_name)
    if forum_name and forum is None:
        lacks.append(tr(words.NO_FORUM, forum=drawing.literal(forum_name)))
    elif forum is not None and not forums.may_post(forum.permissions_for(me)):
        lacks.append(tr(words.MAY_FORUM, forum=drawing.literal(forum.name)))
    return " ".join(lacks)
