"""The bot's way into a server: the invitation with the permissions it needs, its commands, and a check of both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence

import discord
import structlog

from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config
from bot.errors import ConfigError, PlatformError
from bot.platforms.discord import commands, forums
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.credentials import read_token

log = structlog.get_logger()

Finding = tuple[bool, str]

# docs/discord.md says what each permission is for; none is asked for that is not used.
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
    """The permissions for these settings: to manage roles only where roles are given."""
    rights = discord.Permissions(NEEDED.value)
    rights.manage_roles = config.gives_roles
    return rights


def invite_link(application: int, rights: discord.Permissions = NEEDED) -> str:
    """The address that brings the bot into a server, with exactly the scopes and permissions that it needs."""
    return discord.utils.oauth_url(application, permissions=rights, scopes=("bot", "applications.commands"))


async def register(
    client: DiscordClient, server: int | None = None, *, managed: bool = False
) -> dict[str, int]:
    """Register our commands with Discord, in one server or in all; written only when something changed.

    Args:
        managed: no role makes hosts, so those who manage a server are the hosts.

    Returns:
        the id of each command by its name.
    """
    ours = commands.payload(managed=managed)
    me = client.application_id or 0
    async with client.asking():
        if server:
            theirs = await client.http.get_guild_commands(me, server)
        else:
            theirs = await client.http.get_global_commands(me)
    if not commands.registered(ours, [dict(command) for command in theirs]):
        async with client.asking():
            if server:
                theirs = await client.http.bulk_upsert_guild_commands(me, server, ours)
            else:
                theirs = await client.http.bulk_upsert_global_commands(me, ours)
        log.info("commands registered", n=len(theirs))
    return {str(command["name"]): int(command["id"]) for command in theirs if command.get("type", 1) == 1}


async def examine(config: Config, recognised: Iterable[str] = ()) -> AsyncIterator[Finding]:
    """Findings on the bot for its operator: each with True if all is well, and a sentence.

    Args:
        recognised: the names of all recognitions, for which roles may be given.
    """
    recognition = RecognitionSettings(config.recognition)
    roles = {recognition.role(name, config.discord_roles).casefold() for name in recognised} - {""}
    client = DiscordClient(read_messages=config.discord_read_messages)
    try:
        await client.enter(read_token(config.discord_token))
        async with client.asking():
            application = await client.application_info()
        yield True, f"Discord: {client.user} ({application.id})"
        for finding in _of_application(application, config):
            yield finding
        servers = [guild async for guild in client.fetch_guilds(limit=200)]
        if not servers:
            invitation = invite_link(application.id, needed(config))
            yield False, f"Discord: it is in no server yet. Invite it: {invitation}"
        for server in servers[:20]:
            async for finding in _of_server(client, server, config, application.id, roles):
                yield finding
    except (PlatformError, ConfigError, discord.HTTPException) as error:
        yield False, f"Discord: {error}"
    finally:
        await client.leave()


def _of_application(application: discord.AppInfo, config: Config) -> Iterator[Finding]:
    flags = application.flags
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
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
    if application.interactions_endpoint_url:
        yield (
            False,
            "Discord: an Interactions Endpoint URL is set, so taps and commands go there. Empty it (Developer "
            "Portal, General Information)",
        )


async def _of_server(
    client: DiscordClient, server: discord.Guild, config: Config, application: int, to_give: Collection[str]
) -> AsyncIterator[Finding]:
    rights = needed(config)
    granted, own_role, roles = await _standing(client, server.id)
    for role in roles:
        if {role.name.casefold(), str(role.id)}.intersection(to_give) and role >= own_role:
            yield (
                False,
                f"Discord: in {server.name} it cannot give the role {role.name}, which stands above its own. Drag "
                f"{own_role.name} above it (Server Settings, Roles)",
            )
    if config.discord_forum:
        has_forum = any(
            isinstance(channel, discord.ForumChannel) and forums.is_meant(config.discord_forum, channel)
            for channel in await server.fetch_channels()
        )
        yield (
            has_forum,
            f"Discord: in {server.name} the questions of workshops over days stand in the forum channel "
            f"{config.discord_forum}"
            if has_forum
            else f"Discord: in {server.name} there is no forum channel {config.discord_forum} that it can see. "
            "Make one, or change `discord_forum`; until then questions stand in the room",
        )
    lacking = [name.replace("_", " ") for name, wanted in rights if wanted and not getattr(granted, name)]
    if lacking:
        yield (
            False,
            f"Discord: in {server.name} it lacks: {', '.join(lacking)}. Invite it again: "
            f"{invite_link(application, rights)}",
        )
    else:
        yield True, f"Discord: in {server.name} it has what it needs"


async def _standing(
    client: DiscordClient, server: int
) -> tuple[discord.Permissions, discord.Role, Sequence[discord.Role]]:
    """The bot's permissions in a server, its highest role, and all roles that there are."""
    async with client.asking():
        guild = await client.fetch_guild(server)
    async with client.asking():
        me = await guild.fetch_member(client.me)
    return me.guild_permissions, me.top_role, guild.roles
