"""Bringing the bot into a server: the link with what it needs and no more; the commands; and whether all is well."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

import discord
import structlog

from bot.config import Config
from bot.errors import ConfigError, PlatformError
from bot.platforms.discord import commands, forums
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.credentials import read_token
from bot.recognition_settings import RecognitionSettings

log = structlog.get_logger()

# What each right is for stands in docs/discord.md; nothing is asked for that is not used.
NEEDED = discord.Permissions(
    send_polls=True,
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    create_private_threads=True,
    manage_threads=True,
    manage_messages=True,
    read_message_history=True,
    add_reactions=True,
    attach_files=True,
    create_events=True,
)


def needed(config: Config) -> discord.Permissions:
    """The rights for what is set: giving roles is only asked for where roles are given."""
    rights = discord.Permissions(NEEDED.value)
    rights.manage_roles = config.gives_roles
    return rights


def invite_link(application: int, rights: discord.Permissions = NEEDED) -> str:
    """The address that brings the bot into a server, with exactly the scopes and rights that it needs."""
    return discord.utils.oauth_url(application, permissions=rights, scopes=("bot", "applications.commands"))


async def register(
    client: DiscordClient, server: int | None = None, *, managed: bool = False
) -> dict[str, int]:
    """Have Discord know our commands, in one server or in all; written only when something changed.

    `managed`: no role makes hosts, so those who manage a server are them.

    Returns the id of each command by its name.
    """
    ours = commands.payload(managed=managed)
    me = client.application_id or 0
    async with client.asking():
        if server:
            there = await client.http.get_guild_commands(me, server)
        else:
            there = await client.http.get_global_commands(me)
    if not commands.registered(ours, [dict(each) for each in there]):
        async with client.asking():
            if server:
                there = await client.http.bulk_upsert_guild_commands(me, server, ours)
            else:
                there = await client.http.bulk_upsert_global_commands(me, ours)
        log.info("commands registered", n=len(there))
    return {str(each["name"]): int(each["id"]) for each in there if each.get("type", 1) == 1}


async def examine(config: Config, recognised: Iterable[str] = ()) -> AsyncIterator[tuple[bool, str]]:
    """What an operator should know of the bot: whether each is fine, and a sentence.

    Args:
        recognised: the names of all recognitions, for which roles may be given.
    """
    honours = RecognitionSettings(config.recognition)
    roles = {honours.role(name, config.discord_roles).casefold() for name in recognised} - {""}
    client = DiscordClient(read_messages=config.discord_read_messages)
    try:
        await client.enter(read_token(config.discord_token))
        async with client.asking():
            about = await client.application_info()
        yield True, f"Discord: {client.user} ({about.id})"
        rights = needed(config)
        granted = about.flags.gateway_message_content or about.flags.gateway_message_content_limited
        if config.discord_read_messages and not granted:
            yield (
                False,
                "Discord: `discord_read_messages` is set, but the bot may not read messages. Turn on Message Content "
                "Intent (Developer Portal, Bot), or set it to false: everything works with buttons and forms",
            )
        elif not config.discord_read_messages:
            yield (
                True,
                "Discord: it does not read messages; people answer with buttons, forms and /answer",
            )
        else:
            yield True, "Discord: a plain line in the channel counts as an answer, too"
        if about.interactions_endpoint_url:
            yield (
                False,
                "Discord: an Interactions Endpoint URL is set, so taps and commands go there. Empty it (Developer "
                "Portal, General Information)",
            )
        servers = [guild async for guild in client.fetch_guilds(limit=200)]
        if not servers:
            yield False, f"Discord: it is in no server yet. Invite it: {invite_link(about.id, rights)}"
        for server in servers[:20]:
            has, mine, there = await _standing(client, server.id)
            above = [role for role in there if {role.name.casefold(), str(role.id)} & roles and role >= mine]
            for role in above:
                yield (
                    False,
                    f"Discord: in {server.name} it cannot give the role {role.name}, which stands above its own. Drag "
                    f"{mine.name} above it (Server Settings, Roles)",
                )
            if config.discord_forum:
                there_too = await server.fetch_channels()
                forum = any(
                    isinstance(c, discord.ForumChannel) and forums.means(config.discord_forum, c)
                    for c in there_too
                )
                yield (
                    forum,
                    f"Discord: in {server.name} the questions of workshops over days stand in the forum channel "
                    f"{config.discord_forum}"
                    if forum
                    else f"Discord: in {server.name} there is no forum channel {config.discord_forum} that it can see. "
                    "Make one, or change `discord_forum`; until then questions stand in the room",
                )
            lacking = [name.replace("_", " ") for name, wanted in rights if wanted and not getattr(has, name)]
            if lacking:
                yield (
                    False,
                    f"Discord: in {server.name} it lacks: {', '.join(lacking)}. Invite it again: "
                    f"{invite_link(about.id, rights)}",
                )
            else:
                yield True, f"Discord: in {server.name} it has what it needs"
    except (PlatformError, ConfigError, discord.HTTPException) as error:
        yield False, f"Discord: {error}"
    finally:
        await client.leave()


async def _standing(
    client: DiscordClient, server: int
) -> tuple[discord.Permissions, discord.Role, Sequence[discord.Role]]:
    """What the bot may do in a server, its highest role, and all roles that there are."""
    async with client.asking():
        guild = await client.fetch_guild(server)
    async with client.asking():
        me = await guild.fetch_member(client.user.id if client.user else 0)
    return me.guild_permissions, me.top_role, guild.roles
