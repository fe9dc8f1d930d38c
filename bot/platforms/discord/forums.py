"""A forum channel: each question of a workshop over days stands there as a post of its own."""

from __future__ import annotations

from typing import Literal

import discord

from bot.platforms.discord import components
from bot.platforms.discord.ids import component_id

WEEK: Literal[10080] = 10080  # minutes until a quiet post, or thread, is put away
TITLE = 100  # characters (Discord, Channels)


def find(guild: discord.Guild, setting: str) -> discord.ForumChannel | None:
    """The forum channel of a server by its name or id; None if there is none, or none is wanted."""
    return next((forum for forum in guild.forums if is_meant(setting, forum)), None)


def is_meant(setting: str, channel: discord.abc.GuildChannel) -> bool:
    """True if a setting names this channel, by its name or id."""
    return setting.strip().removeprefix("#").casefold() in (channel.name.casefold(), str(channel.id))


def may_post(rights: discord.Permissions) -> bool:
    """True if these permissions suffice to write in a channel, and in the threads under it."""
    return (
        rights.view_channel
        and rights.send_messages
        and rights.send_messages_in_threads
        and rights.read_message_history
    )


async def find_post(forum: discord.ForumChannel, key: str, me: int) -> int | None:
    """The post of ours that bears this key, if one was made and could not be noted down."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id and thread.owner_id == me:
            try:
                first = await thread.fetch_message(thread.id)
            except discord.NotFound:
                continue
            if component_id(key) in components.keys_of(first):
                return thread.id
    return None


async def create_post(
    forum: discord.ForumChannel, title: str, view: discord.ui.LayoutView, files: list[discord.File]
) -> int:
    """Open a post and return its id, which its first message bears as well (Discord, Start Thread in Forum).

    A forum that insists on a tag gets its first one.
    """
    tags = [tag for tag in forum.available_tags if not tag.moderated][:1] if forum.flags.require_tag else []
    created = await forum.create_thread(
        name=components.short(title, TITLE),
        view=view,
        files=files,
        allowed_mentions=components.NOBODY,
        applied_tags=tags,
        auto_archive_duration=WEEK,
    )
    return created.thread.id
