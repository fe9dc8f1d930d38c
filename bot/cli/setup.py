"""`storycircle setup matrix` and `storycircle setup discord`: connect a chat platform."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.options import ConfigPath
from bot.cli.program import tell
from bot.config import load_config, require, turn_on
from bot.errors import ConfigError
from bot.files import settings_file

setup = typer.Typer(no_args_is_help=True, help="Connect a chat platform: `storycircle setup matrix`.")


@setup.command()
def matrix(
    server: Annotated[
        str, typer.Option(prompt="Homeserver (such as example.org)", help="Its name or address.")
    ],
    user: Annotated[
        str, typer.Option(prompt="Account (such as @storycircle:example.org)", help="The bot's own.")
    ],
    token: Annotated[
        str, typer.Option(help="An access token in place of a password.", envvar="STORYCIRCLE_MATRIX_TOKEN")
    ] = "",
    replace_keys: Annotated[
        bool, typer.Option("--replace-keys", help="Replace signing keys that another app holds.")
    ] = False,
    config: ConfigPath = None,
) -> None:
    """Log the bot in to Matrix, keep its token for nobody else to read, and turn Matrix on."""
    require("matrix")
    from bot.platforms.matrix import setup as wizard

    settings = load_config(config)
    if token and replace_keys:
        raise ConfigError("Replacing the signing keys takes the password. Leave out the token.")
    password = "" if token else typer.prompt("Password (never stored)", hide_input=True)

    async def connect() -> list[tuple[bool, str]]:
        kept = settings.matrix_account if settings.matrix_encryption else None
        account = await wizard.log_in(await wizard.address_of(server), user, password, token, kept)
        account.keep(settings.matrix_account)
        return [finding async for finding in wizard.examine(settings, password if replace_keys else "")]

    findings = asyncio.run(connect())
    tell(findings)
    target = config or settings_file()
    turn_on(target, "matrix")
    typer.echo(f"\n{target} says `matrix: true` now. Start Storycircle, then invite {user} into a room.")
    if not all(fine for fine, _ in findings):
        raise typer.Exit(1)


@setup.command()
def discord(
    token: Annotated[
        str,
        typer.Option(
            prompt="Bot token (stored in its own file)",
            hide_input=True,
            help="Better given in the environment.",
            envvar="STORYCIRCLE_DISCORD_TOKEN",
        ),
    ],
    config: ConfigPath = None,
) -> None:
    """Keep the bot's token for nobody else to read, turn Discord on, and print the link that invites the bot."""
    require("discord")
    from bot.platforms.discord import setup as wizard
    from bot.platforms.discord.client import DiscordClient
    from bot.platforms.discord.credentials import keep_token

    settings = load_config(config)

    async def connect() -> tuple[str, list[tuple[bool, str]]]:
        link = DiscordClient()
        try:
            await link.enter(token)
            invite = wizard.invite_link(link.application_id or 0, wizard.needed(settings))
        finally:
            await link.leave()
        keep_token(settings.discord_token, token)
        return invite, [finding async for finding in wizard.examine(settings)]

    invite, findings = asyncio.run(connect())
    tell(findings)
    target = config or settings_file()
    turn_on(target, "discord")
    typer.echo(f"\nInvite the bot into your server: {invite}")
    typer.echo(
        f"{target} says `discord: true` now. Start Storycircle, then give /workshop start in a channel."
    )
