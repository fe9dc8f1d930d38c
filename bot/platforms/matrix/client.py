"""The client of Matrix: one device on one homeserver, by matrix-nio, with its errors translated to ours.

nio's own `sync_forever` is not used: it has no pause after errors, saves the position before the work
is done, and ends when a body is cut. The position here is the runtime's, saved after the commit.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import aiohttp
import structlog
from nio import (
    Api,
    AsyncClient,
    AsyncClientConfig,
    ErrorResponse,
    MegolmEvent,
    MessageDirection,
    SyncResponse,
)

from bot.errors import Permanent, Transient
from bot.platforms.matrix import nio_workarounds
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.cross_signing import CrossSigning, NeedsPassword
from bot.platforms.matrix.device_keys import DeviceKeys
from bot.platforms.matrix.nio_validation import use_compiled_checks
from bot.platforms.matrix.rate_limiter import RateLimiter, Urgency
from bot.platforms.matrix.sync_answer import room_events, sync_response

log = structlog.get_logger()

T = TypeVar("T")

AT_ONCE = 100  # events of a room in one answer; what overflows is fetched from its history
SYNC_SECONDS = 30.0
PATIENCE = 5.0  # seconds that what is to be said waits for the connection, before it is tried again later
REVOKED = (
    "the homeserver doesn't take the bot's token any more. Run `storycircle setup matrix` again, then restart "
    "Storycircle"
)
FILTER: dict[str, Any] = {
    "presence": {"types": []},
    "account_data": {"types": []},
    "room": {
        "timeline": {"limit": AT_ONCE},
        "state": {"lazy_load_members": True},
        "ephemeral": {"types": []},
        "account_data": {"types": []},
    },
}


def checked(answer: Any) -> Any:
    """An answer of nio, if it is no error.

    Raises:
        Transient: the server is busy, away, or asks to slow down.
        Permanent: it refused.
    """
    if not isinstance(answer, ErrorResponse):
        return answer
    status = getattr(answer.transport_response, "status", 0) or 0
    reason = f"{answer.status_code or status}: {answer.message}"
    if answer.status_code == "M_LIMIT_EXCEEDED" or status == 429:
        raise Transient(reason, (answer.retry_after_ms or 1000) / 1000)
    if answer.status_code == "M_UNKNOWN_TOKEN":
        raise Transient(REVOKED)
    if status >= 500 or status == 0:
        raise Transient(reason)
    raise Permanent(reason)


class MatrixClient:
    """One account's device.

    Args:
        keys: the folder in which the keys of encryption are kept.
        encryption: whether there are keys; without them encrypted rooms cannot be read.
    """

    def __init__(self, account: Account, keys: Path, *, encryption: bool = True) -> None:
        self.account = account
        self.encryption = encryption
        self.keys = keys
        self.master = ""  # the public key that vouches for this device, if one does
        self._rate_limiter = RateLimiter()
        config = AsyncClientConfig(
            max_limit_exceeded=0,
            max_timeouts=0,
            request_timeout=60,
            encryption_enabled=encryption,
            store_sync_tokens=False,
            pickle_key=account.pickle_key,
        )
        if encryption:
            keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.nio = AsyncClient(
            account.homeserver,
            account.user,
            device_id=account.device,
            store_path=str(keys) if encryption else "",
            config=config,
        )
        self._started = asyncio.Event()
        self._keys = DeviceKeys(self.nio, self.call, self.raw)
        self._signing = CrossSigning(account, self.raw, keys / "signing.json")

    async def start(self) -> None:
        """Take up the device again, once: log in by its token, publish its keys, and sign it.

        Raises:
            Transient: the server is busy or away; it may be asked again.
            Permanent: it refused.
        """
        if self._started.is_set():
            return
        nio_workarounds.check_version()
        use_compiled_checks()
        self.nio.restore_login(self.account.user, self.account.device, self.account.token)
        if self.nio.olm is not None:
            if self.nio.should_upload_keys:
                checked(await self.call(self.nio.keys_upload()))
            self.master = await self._signing.sign_device()
            nio_workarounds.silence_verification(self.nio)
        nio_workarounds.contain(self.nio)
        self._started.set()

    async def ready(self) -> None:
        """Wait a moment until the device is taken up.

        Raises:
            Transient: it is not.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._started.wait()
        except TimeoutError as error:
            raise Transient("Matrix is not connected yet") from error

    async def replace_signing(self, password: str) -> None:
        """Take over the signing of this account's devices from whatever client did it before.

        Raises:
            PlatformError: the server does not let us.
        """
        self.master = await self._signing.replace(password)

    @property
    def signed(self) -> bool:
        """True if the device is signed, so that strict clients give it keys."""
        return bool(self.master)

    async def close(self) -> None:
        """Disconnect."""
        self._rate_limiter.close()
        self._keys.close()
        await self.nio.close()

    async def call(self, request: Awaitable[Any]) -> Any:
        """The answer to a request of nio.

        Raises:
            Transient: the homeserver cannot be reached.
        """
        try:
            return await request
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Transient(f"the homeserver cannot be reached: {error!r}") from error

    async def raw(
        self, method: str, path: str, body: Any = None, *, patience: float | None = None, version: str = "v3"
    ) -> Any:
        """A request that nio does not know, such as `keys/query`; the answer as data.

        Args:
            patience: seconds until the server is taken for away; 0 waits as long as it takes.
            version: of the Client-Server API that the path is of.

        Raises:
            Transient: the server is busy, away, or asks to slow down.
            Permanent: it refused.
        """
        answer = await self.call(
            self.nio.send(
                method,
                f"/_matrix/client/{version}/{path}",
                None if body is None else json.dumps(body),
                {"Authorization": f"Bearer {self.account.token}", "Content-Type": "application/json"},
                timeout=patience,
            )
        )
        what = path.partition("?")[0]
        try:
            data = json.loads(await self.call(answer.text()))
        except (ValueError, RecursionError) as error:  # a proxy's page, most often
            raise Transient(f"{what}: {answer.status}, and no JSON") from error
        if not isinstance(data, dict):
            raise Transient(f"{what}: {answer.status}, and no JSON object")
        if answer.status == 429:
            raise Transient(str(data), data.get("retry_after_ms", 1000) / 1000)
        if answer.status >= 500:
            raise Transient(f"{answer.status}: {data}")
        if answer.status == 401 and "flows" in data:
            raise NeedsPassword(str(data.get("session", "")))
        if data.get("errcode") == "M_UNKNOWN_TOKEN":
            raise Transient(REVOKED)
        if answer.status >= 400:
            raise Permanent(f"{data.get('errcode', answer.status)}: {data.get('error', '')}")
        return data

    async def sync(
        self, since: str | None, *, full_state: bool = False, wait: float = SYNC_SECONDS
    ) -> SyncResponse:
        """All that is new since a position; waits until there is something, for so many seconds at most.

        Before it returns, the keys in the answer are stored. Those that the server lacks of ours are sent beside.

        Raises:
            Transient: the server is busy, away, or gives no answer that can be read.
            Permanent: it refused.
        """
        pause = int(wait * 1000) if since is not None and not full_state else 0
        _, path = Api.sync("", since=since, timeout=pause or None, filter=FILTER, full_state=full_state)
        patience = 0 if full_state else pause / 1000 + 15 if pause else None
        data = await self.raw("GET", _without_token(path), patience=patience)
        answer = sync_response(data)
        self.nio.next_batch = since or ""
        # Invitations are answered by us, and nio has no need of them.
        await self.nio.receive_response(replace(answer, rooms=replace(answer.rooms, invite={})))
        if self.nio.olm is not None:
            await self._keys.tend(answer, data.get("device_unused_fallback_key_types"))
        return answer

    async def history(self, room: str, before: str, since: str | None) -> list[Any]:
        """The events of a room between two positions, oldest first.

        Raises:
            Transient: the server is busy or away.
            Permanent: it refused.
        """
        newest_first: list[Any] = []
        while before:
            _, path = Api.room_messages(
                "", room, start=before, end=since, direction=MessageDirection.back, limit=AT_ONCE
            )
            page = await self.raw("GET", _without_token(path))
            events = room_events(page.get("chunk"))
            newest_first += [self._decrypted(event, room) for event in events]
            end = page.get("end")
            before = end if page.get("chunk") and isinstance(end, str) and end != before else ""
        return newest_first[::-1]

    def _decrypted(self, event: Any, room: str) -> Any:
        """An event of a room's history, decrypted if its keys are here."""
        if not isinstance(event, MegolmEvent) or self.nio.olm is None:
            return event
        event.room_id = room
        try:
            return self.nio.decrypt_event(event)
        except (
            Exception
        ):  # no key yet, or nothing that a key could open: it waits with those that cannot be read
            return event

    async def in_turn(self, urgency: Urgency, request: Callable[[], Awaitable[T]]) -> T:
        """Make a request until the server's rate limit lets it through; where it limits us, in order of urgency."""
        while True:
            async with self._rate_limiter.turn(urgency):
                try:
                    return await request()
                except Transient as error:
                    if error.retry_after is None:
                        raise
                    self._rate_limiter.refused(error.retry_after)


def _without_token(path: str) -> str:
    """A path of nio's below the version of the API, without the access token, which goes into a header."""
    url = urlsplit(path)
    query = [(key, value) for key, value in parse_qsl(url.query) if key != "access_token"]
    return f"{url.path.removeprefix('/_matrix/client/v3/')}?{urlencode(query)}"
