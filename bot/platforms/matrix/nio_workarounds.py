"""Workarounds for faults of matrix-nio that would cost people their messages; each says which fault it is for.

They are written for the version below. A test fails when nio moves on, so that somebody looks whether they
are still needed and still fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from inspect import iscoroutinefunction
from typing import Any

from nio import AsyncClient, SyncResponse
from nio.responses import RoomInfo

from bot.errors import ConfigError
from bot.platforms.matrix.sync_answer import left_out

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


def fallback_key(client: AsyncClient, unused: Sequence[str] | None) -> dict[str, Any] | None:
    """The fallback key to upload, which nio never publishes; None if the server has one that is unused.

    Without one, who comes when all others are taken and the bot is away cannot be read. `keys_published` is to be
    called after the upload.

    Args:
        unused: the kinds of fallback keys that nobody took yet, as the server says; None if it does not.
    """
    olm = client.olm
    if olm is None or not isinstance(unused, list) or "signed_curve25519" in unused:
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


# What nio does with one item, or with one list of no consequence for others, when an answer is taken in.
_WITH_ONE = (
    "_handle_decrypt_to_device",
    "_handle_timeline_event",
    "_handle_expired_verifications",
    "_handle_olm_events",
    "_collect_key_requests",
)


def contain(client: AsyncClient) -> None:
    """Let an item that nio cannot deal with cost itself.

    It was written by a stranger, and an error would end the taking in of all that came with it, again and again.
    """
    for name in _WITH_ONE:
        setattr(client, name, _contained(getattr(client, name)))
    if client.olm is not None:
        client.olm.update_tracked_users = _contained(client.olm.update_tracked_users)
    take_in: Callable[[str, RoomInfo, set[str]], None] = client._handle_joined_state

    def one_by_one(room: str, joined: RoomInfo, encrypted: set[str]) -> None:
        _contained(take_in)(room, replace(joined, state=[]), encrypted)
        for event in joined.state:
            _contained(take_in)(room, RoomInfo(joined.timeline, [event], [], []), encrypted, item=event)

    client._handle_joined_state = one_by_one


def _contained(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work, which comes to nothing where it fails."""
    if iscoroutinefunction(work):

        async def wait(*args: Any) -> Any:
            try:
                return await work(*args)
            except Exception as error:
                left_out(None, error)

        return wait

    def do(*args: Any, item: Any = None) -> Any:
        try:
            return work(*args)
        except Exception as error:
            left_out(getattr(item or (args[0] if args else None), "source", None), error)

    return do
