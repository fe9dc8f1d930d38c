"""Connects the chats that are set up: nothing of Matrix or Discord is loaded where it is not used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.badges.recognition_settings import RecognitionSettings
from bot.config import Config
from bot.core.participants.community import Listing
from bot.engine.session_repository import SessionRepository
from bot.store.store import Store

if TYPE_CHECKING:
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.matrix.platform import MatrixPlatform


async def connect_matrix(config: Config, store: Store) -> MatrixPlatform:
    """The account that was set up, its device started."""
    from bot.platforms.matrix.client import MatrixClient
    from bot.platforms.matrix.credentials import read_account
    from bot.platforms.matrix.platform import MatrixPlatform

    client = MatrixClient(
        read_account(config.matrix_account), config.matrix_keys, encryption=config.matrix_encryption
    )
    await client.start()
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
    """The bot in Discord, logged in.

    Args:
        client: one that is logged in already; without it one logs in with the token that was kept.
    """
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.credentials import read_token
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.discord.setup import register

    if client is None:
        client = DiscordClient(read_messages=config.discord_read_messages)
        await client.enter(read_token(config.discord_token))
    managed = not config.discord_host_roles
    settings = RecognitionSettings(config.recognition)
    return DiscordPlatform(
        store,
        client,
        sessions.load,
        listings,
        await register(client, config.discord_server or None, managed=managed),
        config.discord_host_roles,
        language=config.language,
        address=config.reachable,
        role=(lambda name: settings.role(name, config.discord_roles)) if config.gives_roles else None,
        forum=config.discord_forum,
    )
