"""Workarounds for faults of matrix-nio that would cost people their messages; each says which fault it is for.

They are written for the version below. A test fails when nio moves on, so that somebody looks whether they
are still needed and still fit.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from nio import AsyncClient, SyncResponse

from bot.errors import ConfigError

FOR_NIO = "0.26.0"


def check_version() -> None:
    """Refuse to run on a version of nio that nobody has looked at.

    Raises:
        ConfigError: another version is installed.
    """
    installed = version("matrix-nio")
    if installed != FOR_NIO:
        raise ConfigError(
            f"matrix-nio {installed} is installed; this Storycircle mends faults of {FOR_NIO} and was tried with it "
            "only. Install the versions of requirements.txt."
        )


def count_keys(client: AsyncClient, answer: SyncResponse) -> None:
    """Note the server's count of one-time keys, which nio takes for untold when it is 0.

    It would upload none again, and newcomers could not be read.
    """
    count = answer.device_key_count.signed_curve25519
    if client.olm is not None:
        client.olm.uploaded_key_count = count or 0


_UNUSED = re.compile(rb'"device_unused_fallback_key_types"\s*:\s*\[([^\]]*)\]')


async def fallback_key(client: AsyncClient, answer: SyncResponse) -> dict[str, Any] | None:
    """The fallback key to upload, which nio never publishes; None if the server has one that is unused.

    Without one, who comes when all others are taken and the bot is away cannot be read. `keys_published` is to be
    called after the upload.
    """
    olm, response = client.olm, answer.transport_response
    unused = _UNUSED.search(await response.read()) if olm is not None and response is not None else None
    if olm is None or unused is None or b"signed_curve25519" in unused[1]:
        return None
    account = olm.account._account
    account.generate_fallback_key()
    olm.save_account()  # before anybody can use it
    keys = {}
    for id, key in account.fallback_key.items():
        bare: dict[str, Any] = {"key": key.to_base64(), "fallback": True}
        signed = {olm.user_id: {f"ed25519:{olm.device_id}": olm.sign_json(bare)}}
        keys[f"signed_curve25519:{id}"] = bare | {"signatures": signed}
    return {"fallback_keys": keys}


def keys_published(client: AsyncClient) -> None:
    """Note that the server has the keys."""
    if client.olm is not None:
        client.olm.account.mark_keys_as_published()
        client.olm.save_account()


def silence_verification(client: AsyncClient) -> None:
    """Keep nio's verification by emoji from answering beside ours.

    It cannot be finished with any client of today: its commitment is in hex, its names of methods are wrong, and it
    knows no request and no done.
    """
    if client.olm is not None:
        client.olm.handle_key_verification = lambda event: None
