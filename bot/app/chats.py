"""Connects the chats that are set up: nothing of Matrix or Discord is loaded where it is not used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config
from bot.core.participants.community import Listing
from bot.engine.session_repository import SessionRepository
from bot.errors import ConfigError, PlatformError
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.matrix.platform import MatrixPlatform


def connect_matrix(config: Config, store: Store) -> MatrixPlatform:
    """The account that was set up. It connects when it is listened to, so that trouble there is no trouble elsewhere.

    Raises:
        ConfigError: no account is set up.
    """
    from bot.platforms.matrix.client import MatrixClient
    from bot.platforms.matrix.credentials import read_account
    from bot.platforms.matrix.platform import MatrixPlatform

    client = MatrixClient(
        read_account(config.matrix_account), config.matrix_keys, encryption=config.matrix_encryption
    )
    settings = RecognitionSettings(config.recognition)
    return MatrixPlatform(
        store,
        client,
        config.matrix_allow,
        config.language,
        config.reachable,
        honour=lambda name: settings.honour(
            name, config.matrix_recognition_level, config.matrix_recognition_room
        ),
        threads=config.matrix_threads,
    )


async def connect_discord(
    config: Config,
    store: Store,
    sessions: SessionRepository,
    listings: Mapping[str, Listing],
    client: DiscordClient | None = None,
) -> DiscordPlatform:
    """The bot in Discord. It logs in when it is listened to, so that trouble there is no trouble elsewhere.

    Args:
        client: one that is logged in already; without it one logs in with the token that was kept.

    Raises:
        ConfigError: there is no token.
    """
    from bot.platforms.discord.client import DiscordClient, Refused
    from bot.platforms.discord.credentials import read_token
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.discord.setup import register

    if client is None:
        read_token(config.discord_token)  # without one, nothing is tried
    bot = client or DiscordClient(read_messages=config.discord_read_messages)
    command_ids: dict[str, int] = {}

    async def enter() -> None:
        """Log in with the token as it is now, and register the commands."""
        try:
            await log_in()
        except (ConfigError, PlatformError) as error:
            bot.off = str(error)
            raise

    async def log_in() -> None:
        if client is None:
            await bot.enter(read_token(config.discord_token))
            bot.off = ""
        server = config.discord_server or None
        try:
            command_ids.update(await register(bot, server, managed=not config.discord_host_roles))
        except Refused as error:
            where = (
                f" in the server {server}: check `discord_server`, and that the bot was invited there"
                if server
                else ""
            )
            raise ConfigError(f"Discord does not take the bot's commands{where} ({error}).") from error

    if client is None:
        bot.off = "Discord is not connected yet"
    else:
        await enter()
    settings = RecognitionSettings(config.recognition)
    return DiscordPlatform(
        store,
        bot,
        sessions.load,
        listings,
        command_ids,
        config.discord_host_roles,
        language=config.language,
        address=config.reachable,
        role=(lambda name: settings.role(name, config.discord_roles)) if config.gives_roles else None,
        forum=config.discord_forum,
        enter=enter if client is None else None,
    )
