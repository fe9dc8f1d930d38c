"""What matrix-nio does wrong and would cost people their messages; each repair says which fault it is for.

Written for the version below. A test fails when nio moves on, so that somebody looks whether the
repairs are still needed and still fit.
"""

from __future__ import annotations

from importlib.metadata import version

from nio import AsyncClient, SyncResponse

from bot.errors import ConfigError

FOR_NIO = "0.26.0"


def for_this_nio() -> None:
    """Refuse to run on a nio that nobody has looked at.

    Raises:
        ConfigError: another version is installed.
    """
    found = version("matrix-nio")
    if found != FOR_NIO:
        raise ConfigError(
            f"matrix-nio {found} is installed; this Storycircle mends faults of {FOR_NIO} and was tried with it only. "
            "Install the versions of requirements.txt."
        )


def count_keys(client: AsyncClient, answer: SyncResponse) -> None:
    """nio takes a count of 0 for none told, and never uploads one-time keys again: newcomers cannot be read."""
    count = answer.device_key_count.signed_curve25519
    if client.olm is not None:
        client.olm.uploaded_key_count = count or 0
