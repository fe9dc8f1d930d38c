"""The bot's login, made once: the token is kept, the password is not; and a check of the account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from nio import AsyncClient, AsyncClientConfig, DiscoveryInfoResponse, LoginResponse, WhoamiResponse

from bot.config import Config
from bot.errors import ConfigError, PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account, read_account

ONCE = AsyncClientConfig(
    max_timeouts=0, max_limit_exceeded=0, request_timeout=20
)  # somebody waits: no second try
Finding = tuple[bool, str]

SAFE = 8  # people at once, with the limits that Synapse comes with: ten messages, then one in five seconds


async def address_of(server: str) -> str:
    """The homeserver behind a name such as example.org, as its `.well-known` says; an address stays as it is."""
    if server.startswith(("http://", "https://")):
        return server.rstrip("/")
    client = AsyncClient(f"https://{server}", config=ONCE)
    try:
        answer = await client.discovery_info()
    except (aiohttp.ClientError, OSError, TimeoutError):
        answer = None
    finally:
        await client.close()
    if isinstance(answer, DiscoveryInfoResponse):
        return str(answer.homeserver_url).rstrip("/")
    return f"https://{server}"


async def log_in(homeserver: str, user: str, password: str = "", token: str = "") -> Account:
    """Log in once, as a new device, or take the device of a token.

    Raises:
        ConfigError: the server cannot be reached, or refuses; with what to do.
    """
    client = AsyncClient(homeserver, user, config=ONCE)
    try:
        if token:
            client.access_token = token
            owner = await client.whoami()
            if not isinstance(owner, WhoamiResponse):
                raise ConfigError(f"{homeserver} does not take this token: {owner.message}. Make a new one.")
            if not owner.device_id:
                raise ConfigError("This token belongs to no device. Log in with a password instead.")
            return Account(homeserver, owner.user_id, owner.device_id, token)
        answer = await client.login(password, device_name="Storycircle")
        if not isinstance(answer, LoginResponse):
            raise ConfigError(
                f"{homeserver} says no: {answer.message}. Is {user} right, and does the server allow passwords? "
                "If it logs in with a browser only, give a token: --token."
            )
        return Account(homeserver, answer.user_id, answer.device_id, answer.access_token)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ConfigError(f"{homeserver} cannot be reached: {error}. Is the address right?") from error
    finally:
        await client.close()


async def examine(config: Config) -> AsyncIterator[Finding]:
    """Findings on the account for its operator: each with True if all is well, and a sentence."""
    try:
        account = read_account(config.matrix_account)
    except ConfigError as error:
        yield False, str(error)
        return
    client = MatrixClient(account, config.matrix_keys, encryption=config.matrix_encryption)
    try:
        await client.start()
        owner: Any = await client.raw("GET", "account/whoami")
        yield True, f"Matrix: {owner['user_id']} on {account.homeserver}"
        if not config.matrix_encryption:
            yield (
                False,
                "Matrix: without encryption the bot can be in no encrypted room; set `matrix_encryption: true`",
            )
        elif client.signed:
            yield True, "Matrix: encrypted rooms can be read, and the device is signed"
        else:
            yield (
                False,
                "Matrix: the device is not signed, so strict clients give it no keys: another client holds the "
                "signing keys of this account. Give the bot an account of its own",
            )
        rooms = await client.raw("GET", "joined_rooms")
        yield True, f"Matrix: it is in {len(rooms['joined_rooms'])} rooms"
        yield (
            True,
            f"Matrix: with the message limits that Synapse comes with, groups up to {SAFE} people are answered at "
            "once; for larger ones ask the server's administrator for an exemption (docs/matrix.md says how)",
        )
    except (PlatformError, ConfigError, KeyError) as error:
        yield False, f"Matrix: {error}. Run `storycircle setup matrix` again if the account has changed"
    finally:
        await client.close()
