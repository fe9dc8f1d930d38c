"""The bot's login, made once: the token is kept, the password is not; and a check of the account."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
from nio import (
    AsyncClient,
    AsyncClientConfig,
    DiscoveryInfoResponse,
    LoginInfoResponse,
    LoginResponse,
    WhoamiResponse,
)

from bot.config import Config
from bot.errors import ConfigError, PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.credentials import Account, read_account

ONCE = AsyncClientConfig(
    max_timeouts=0, max_limit_exceeded=0, request_timeout=10
)  # somebody waits: no second try
Finding = tuple[bool, str]

BY_PASSWORD = "m.login.password"  # noqa: S105 (the name of a way to log in)

AT_ONCE = 10  # messages, with the limits that Synapse comes with; then one in five seconds


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


async def log_in(
    homeserver: str, user: str, password: str = "", token: str = "", kept: Path | None = None
) -> Account:
    """Log in once, as a new device, or take the device of a token.

    Args:
        kept: the file of an earlier login, if there is to be encryption: a device that has keys must be that one.

    Raises:
        ConfigError: the server cannot be reached, or refuses; with what to do.
    """
    client = AsyncClient(homeserver, user, config=ONCE)
    try:
        if token:
            return await _of_token(client, user, token, kept)
        offered = await client.login_info()
        if isinstance(offered, LoginInfoResponse) and BY_PASSWORD not in offered.flows:
            raise ConfigError(
                f"{homeserver} doesn't take passwords. Make a token for the bot (docs/matrix.md says how) and give it "
                "with --token."
            )
        answer = await client.login(password, device_name="Storycircle")
        if not isinstance(answer, LoginResponse):
            raise ConfigError(
                f"{homeserver} says no: {answer.message}. Is {user} right, and does the server allow passwords? "
                "If it logs in with a browser only, give a token: --token."
            )
        return Account(homeserver, answer.user_id, answer.device_id, answer.access_token)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        why = str(error) or f"no answer within {ONCE.request_timeout} seconds"
        raise ConfigError(
            f"{homeserver} cannot be reached: {why}. Is the address right, with http:// or https:// as it should be?"
        ) from error
    finally:
        await client.close()


async def _of_token(client: AsyncClient, user: str, token: str, kept: Path | None) -> Account:
    """The account and device of a token that nobody else uses."""
    client.access_token = token
    owner = await client.whoami()
    if not isinstance(owner, WhoamiResponse):
        raise ConfigError(f"{client.homeserver} does not take this token: {owner.message}. Make a new one.")
    name = user.lstrip("@")
    if owner.user_id != f"@{name}" and (":" in name or owner.user_id.partition(":")[0] != f"@{name}"):
        raise ConfigError(
            f"This token belongs to {owner.user_id}, not to {user}. Make one while you're logged in as {user}."
        )
    if not owner.device_id:
        raise ConfigError("This token belongs to no device. Log in with a password instead.")
    account = Account(client.homeserver, owner.user_id, owner.device_id, token)
    if kept is None:
        return account
    if (before := _kept(kept)) is not None and (before.user, before.device) == (account.user, account.device):
        return replace(account, pickle_key=before.pickle_key)
    if await _has_keys(client, account.user, account.device):
        raise ConfigError(
            f"Another app uses this token (device {account.device}), and only that app has its encryption keys. Give "
            "the password instead, or make a token for the bot alone: docs/matrix.md says how."
        )
    return account


def _kept(path: Path) -> Account | None:
    try:
        return read_account(path)
    except ConfigError:
        return None


async def _has_keys(client: AsyncClient, user: str, device: str) -> bool:
    """Whether a device has published keys of encryption."""
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    body = json.dumps({"device_keys": {user: [device]}})
    answer = await client.send("POST", "/_matrix/client/v3/keys/query", body, headers)
    data = await answer.json(content_type=None)
    return device in data.get("device_keys", {}).get(user, {})


async def examine(config: Config, replace_with: str = "") -> AsyncIterator[Finding]:
    """Findings on the account for its operator: each with True if all is well, and a sentence.

    Args:
        replace_with: the password with which the signing keys are replaced that another app holds; empty to leave them.
    """
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
        if replace_with and config.matrix_encryption and not client.signed:
            await client.replace_signing(replace_with)
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
                "Matrix: the device isn't signed, so apps that trust signed devices only can't read the bot or talk to "
                "it. Another app, or an earlier data folder, holds the account's signing keys. To replace them, run "
                "`storycircle setup matrix --replace-keys` and give the password",
            )
        rooms = await client.raw("GET", "joined_rooms")
        yield True, f"Matrix: it is in {len(rooms['joined_rooms'])} rooms"
        yield (
            True,
            f"Matrix: with the limits that Synapse comes with, {AT_ONCE} messages go out at once, then one every 5 "
            "seconds. With 8 people, a private question then reaches the last of them up to a minute late. Ask "
            "the server's administrator for an exemption (docs/matrix.md says how)",
        )
    except (PlatformError, ConfigError, KeyError) as error:
        yield False, f"Matrix: {error}. Run `storycircle setup matrix` again if the account has changed"
    finally:
        await client.close()
