"""The permissions of the bot in a server, and what it lacks of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import discord

from bot.core.platform import Post
from bot.core.text.wording import tr
from bot.platforms.discord import components, forums, sentences
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.threads import has_threads


async def may_send(client: DiscordClient, room: discord.abc.GuildChannel, post: Post) -> bool:
    """Whether what is more than words in a post may stand in a channel."""
    async with client.asking():
        me = await room.guild.fetch_member(client.me)
    granted = room.permissions_for(me)
    return granted.send_polls if post.poll is not None else granted.attach_files


async def lacking(
    client: DiscordClient,
    room: discord.abc.GuildChannel,
    roles: Sequence[str],
    role_of: Callable[[str], str] | None,
    forum_name: str,
) -> str:
    """What a workshop needs and the bot lacks in a channel, in sentences; empty if all is well.

    Args:
        roles: names of recognitions that may be given there, for which `role_of` says the role.
        forum_name: the forum of workshops over days, if one is configured.
    """
    async with client.asking():
        me = await room.guild.fetch_member(client.me)
    granted = room.permissions_for(me)
    wanted = {
        sentences.MAY_SEND: forums.may_post(granted),
        sentences.NO_THREADS: has_threads(room),
        sentences.MAY_THREAD: not has_threads(room)
        or (granted.create_private_threads and granted.manage_threads),
        sentences.MAY_REACT: granted.add_reactions,
        sentences.MAY_ATTACH: granted.attach_files,
        sentences.MAY_DELETE: granted.manage_messages,
        sentences.MAY_EVENTS: granted.create_events,
        sentences.MAY_ROLES: granted.manage_roles or role_of is None,
    }
    lacks = [tr(sentence) for sentence, has in wanted.items() if not has]
    names = {role_of(name).casefold() for name in roles} - {""} if role_of else set()
    to_give = [role for role in room.guild.roles if {role.name.casefold(), str(role.id)} & names]
    lacks += [tr(sentences.ROLE_ABOVE, role=role.name) for role in to_give if role >= me.top_role]
    forum = forums.find(room.guild, forum_name)
    if forum_name and forum is None:
        lacks.append(tr(sentences.NO_FORUM, forum=components.literal(forum_name)))
    elif forum is not None and not forums.may_post(forum.permissions_for(me)):
        lacks.append(tr(sentences.MAY_FORUM, forum=components.literal(forum.name)))
    return " ".join(lacks)
