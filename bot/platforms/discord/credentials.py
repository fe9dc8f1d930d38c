"""The bot's token: from the environment, or from a file that nobody else can read; never from the settings."""

from __future__ import annotations

import os
from pathlib import Path

from bot.errors import ConfigError
from bot.files import write_whole

ENVIRONMENT = "STORYCIRCLE_DISCORD_TOKEN"


def read_token(path: Path) -> str:
    """The token.

    Raises:
        ConfigError: there is none.
    """
    if os.environ.get(ENVIRONMENT):
        return os.environ[ENVIRONMENT].strip()
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise ConfigError("Discord is not set up yet: run `storycircle setup discord`.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: run `storycircle setup discord` again ({error})."
        ) from error


def keep_token(path: Path, token: str) -> None:
    """Write it down, readable for nobody else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, token.strip() + "\n")
