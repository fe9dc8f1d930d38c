"""What matrix-nio does wrong and would cost people their messages; each repair says which fault it is for.

Written for the version below. A test fails when nio moves on, so that somebody looks whether the
repairs are still needed and still fit.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

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


_UNUSED = re.compile(rb'"device_unused_fallback_key_types"\s*:\s*\[([^\]]*)\]')


async def fallback_key(client: AsyncClient, answer: SyncResponse) -> dict[str, Any] | None:
    """nio publishes no fallback key: who comes when all others are taken, and the bot is away, cannot be read.

    What is to be uploaded, if the server has none that is unused; `published` is to be called afterwards.
    """
    olm, told = client.olm, answer.transport_response
    held = _UNUSED.search(await told.read()) if olm is not None and told is not None else None
    if olm is None or held is None or b"signed_curve25519" in held[1]:
        return None
    account = olm.account._account
    account.generate_fallback_key()
    olm.save_account()  # before anybody can use it
    made = {}
    for id, key in account.fallback_key.items():
        bare: dict[str, Any] = {"key": key.to_base64(), "fallback": True}
        signed = {olm.user_id: {f"ed25519:{olm.device_id}": olm.sign_json(bare)}}
        made[f"signed_curve25519:{id}"] = bare | {"signatures": signed}
    return {"fallback_keys": made}


def published(client: AsyncClient) -> None:
    """The server has the keys."""
    if client.olm is not None:
        client.olm.account.mark_keys_as_published()
        client.olm.save_account()


def hush_verification(client: AsyncClient) -> None:
    """nio's verification by emoji cannot be finished with any client of today (commitment in hex, wrong names of
    methods, no request and no done), and would answer beside ours: it hears nothing of it."""
    if client.olm is not None:
        client.olm.handle_key_verification = lambda event: None
