"""A forum channel: each question of a workshop over days stands there as a post of its own."""

from __future__ import annotations

from typing import Literal

import discord

from bot.platforms.discord import components
from bot.platforms.discord.ids import keyed

WEEK: Literal[10080] = 10080  # minutes until a quiet post, or thread, is put away
TITLE = 100  # characters (Discord, Channels)


def find(guild: discord.Guild, named: str) -> discord.ForumChannel | None:
    """The forum channel of a server by its name or id; None if there is none, or none is wanted."""
    return next((f for f in guild.forums if means(named, f)), None)


def means(named: str, channel: discord.abc.GuildChannel) -> bool:
    """Whether a setting means this channel."""
    return named.strip().removeprefix("#").casefold() in (channel.name.casefold(), str(channel.id))


def may_post(may: discord.Permissions) -> bool:
    """Whether the bot may write in a channel, and in what hangs under it."""
    return (
        may.view_channel and may.send_messages and may.send_messages_in_threads and may.read_message_history
    )


async def made_before(forum: discord.ForumChannel, key: str, me: int) -> int | None:
    """The post of ours that bears this key, if it was made and nobody could note it down."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id and thread.owner_id == me:
            try:
                first = await thread.fetch_message(thread.id)
            except discord.NotFound:
                continue
            if keyed(key) in components.keys_of(first):
                return thread.id
    return None


async def make(
    forum: discord.ForumChannel, title: str, view: discord.ui.LayoutView, files: list[discord.File]
) -> int:
    """Open a post; a forum that insists on a tag gets its first one. Its first message bears the id of the post."""
    tags = [tag for tag in forum.available_tags if not tag.moderated][:1] if forum.flags.require_tag else []
    made = await forum.create_thread(
        name=components.short(title, TITLE),
        view=view,
        files=files,
        allowed_mentions=components.NOBODY,
        applied_tags=tags,
        auto_archive_duration=WEEK,
    )
    return made.thread.id
