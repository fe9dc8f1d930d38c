"""The bot's account on a homeserver: one device with one token, kept in a file of its own."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.errors import ConfigError
from bot.files import write_whole


@dataclass(frozen=True)
class Account:
    """The account of a login; the password is not kept."""

    homeserver: str  # such as https://matrix.example.org
    user: str  # such as @storycircle:example.org
    device: str
    token: str
    # Encrypts the keys on disk; a copy of the key folder alone opens nothing.
    pickle_key: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def server(self) -> str:
        """The name of the homeserver, as it stands in ids."""
        return self.user.partition(":")[2]

    def keep(self, path: Path) -> None:
        """Write the account to a file that nobody else can read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(self), indent=1))


def read_account(path: Path) -> Account:
    """The account that `storycircle setup matrix` kept; a token in STORYCIRCLE_MATRIX_TOKEN wins.

    Raises:
        ConfigError: there is none, or it cannot be read.
    """
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        fields["token"] = os.environ.get("STORYCIRCLE_MATRIX_TOKEN", fields.get("token", ""))
        return Account(**fields)
    except FileNotFoundError as error:
        raise ConfigError("Matrix is not set up yet: run `storycircle setup matrix`.") from error
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{path} cannot be read: run `storycircle setup matrix` again ({error})."
        ) from error
