"""One device on one homeserver, by matrix-nio: what fails is Transient or Permanent, never an answer to look into.

nio's own `sync_forever` is not used: it has no pause after errors, saves the position before the work
is done, and ends when a body is cut. The position here is the runtime's, saved after the commit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import aiohttp
import structlog
from nio import (
    AsyncClient,
    AsyncClientConfig,
    ErrorResponse,
    MatrixRoom,
    MessageDirection,
    RoomCreateResponse,
    RoomMessagesResponse,
    RoomResolveAliasResponse,
    SyncResponse,
    UploadResponse,
)
from nio.exceptions import LocalProtocolError, OlmTrustError

from bot.errors import Permanent, Transient
from bot.platforms.matrix import nio_workarounds
from bot.platforms.matrix.credentials import Account
from bot.platforms.matrix.nio_validation import check_quickly
from bot.platforms.matrix.rate_limiter import RateLimiter, Urgency

log = structlog.get_logger()

T = TypeVar("T")

AT_ONCE = 100  # events of a room in one answer; what overflows is fetched from its history
SYNC_SECONDS = 30
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
    """The answer, if it is none of an error.

    Raises:
        Transient: the server is busy, away, or asks to slow down.
        Permanent: it said no.
    """
    if not isinstance(answer, ErrorResponse):
        return answer
    status = getattr(answer.transport_response, "status", 0) or 0
    says = f"{answer.status_code or status}: {answer.message}"
    if answer.status_code == "M_LIMIT_EXCEEDED" or status == 429:
        raise Transient(says, (answer.retry_after_ms or 1000) / 1000)
    if status >= 500 or status == 0 or answer.status_code == "M_UNKNOWN_TOKEN":
        raise Transient(says)
    raise Permanent(says)


class MatrixClient:
    """Speaks for one account. `encryption`: whether keys are kept and encrypted rooms can be read."""

    def __init__(self, account: Account, keys: Path, *, encryption: bool = True) -> None:
        self.account = account
        self.encryption = encryption
        self.keys = keys
        self.master = ""  # the public key that vouches for this device, if one does
        self._rate_limiter = RateLimiter()
        self._plain: set[str] = set()  # rooms that the server said are not encrypted
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

    async def start(self) -> None:
        """Take the device up again: its keys, and what the server has to know of them."""
        nio_workarounds.for_this_nio()
        check_quickly()
        self.nio.restore_login(self.account.user, self.account.device, self.account.token)
        if self.nio.olm is not None:
            if self.nio.should_upload_keys:
                checked(await self._call(self.nio.keys_upload()))
            from bot.platforms.matrix.cross_signing import CrossSigning

            self.master = await CrossSigning(self, self.keys / "signing.json").vouch()
            nio_workarounds.hush_verification(self.nio)

    @property
    def signed(self) -> bool:
        """Whether strict clients give keys to this device."""
        return bool(self.master)

    async def close(self) -> None:
        """Let go of the connection."""
        self._rate_limiter.close()
        await self.nio.close()

    async def _call(self, asking: Any) -> Any:
        try:
            return await asking
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise Transient(f"the homeserver cannot be reached: {error!r}") from error

    async def raw(self, method: str, path: str, body: Any = None) -> Any:
        """A call that nio does not know, such as `keys/query`; the answer as data."""
        answer = await self._call(
            self.nio.send(
                method,
                f"/_matrix/client/v3/{path}",
                None if body is None else json.dumps(body),
                {"Authorization": f"Bearer {self.account.token}", "Content-Type": "application/json"},
            )
        )
        try:
            said = json.loads(await answer.text())
        except ValueError as error:  # a proxy's page, most often
            raise Transient(f"{path}: {answer.status}, and no JSON") from error
        if answer.status == 429:
            raise Transient(str(said), said.get("retry_after_ms", 1000) / 1000)
        if answer.status >= 500:
            raise Transient(f"{answer.status}: {said}")
        if answer.status >= 400:
            raise Permanent(f"{said.get('errcode', answer.status)}: {said.get('error', '')}")
        return said

    # -- hearing ---------------------------------------------------------------------------------

    async def sync(self, since: str | None, *, full_state: bool = False, wait: bool = True) -> SyncResponse:
        """What is new since a position; waits for it, unless told not to.

        The answer's keys are taken into the store, and what the server lacks of ours is sent, before it returns.
        """
        pause = SYNC_SECONDS * 1000 if wait and since is not None and not full_state else 0
        self.nio.next_batch = since or ""
        answer: SyncResponse = checked(
            await self._call(
                self.nio.sync(timeout=pause, sync_filter=FILTER, since=since, full_state=full_state)
            )
        )
        if self.nio.olm is not None:
            await self._keep_keys(answer)
        return answer

    async def _keep_keys(self, answer: SyncResponse) -> None:
        client = self.nio
        if (fallback := await nio_workarounds.fallback_key(client, answer)) is not None:
            await self.raw("POST", "keys/upload", fallback)
            nio_workarounds.published(client)
        nio_workarounds.count_keys(client, answer)
        for needed, ask in (
            (client.should_upload_keys, client.keys_upload),
            (client.should_query_keys, client.keys_query),
        ):
            if needed:
                checked(await self._call(ask()))
        if client.should_claim_keys:
            checked(await self._call(client.keys_claim(client.get_users_for_key_claiming())))
        for sent in await self._call(client.send_to_device_messages()):
            checked(sent)

    async def history(self, room: str, before: str, since: str | None) -> list[Any]:
        """The events of a room between two positions, oldest first."""
        found: list[Any] = []
        while before:
            page: RoomMessagesResponse = checked(
                await self._call(
                    self.nio.room_messages(
                        room, start=before, end=since, direction=MessageDirection.back, limit=AT_ONCE
                    )
                )
            )
            found += page.chunk
            before = page.end if page.chunk and page.end != before else ""
        return found[::-1]

    # -- saying ----------------------------------------------------------------------------------

    async def send(
        self, room: str, kind: str, content: dict[str, Any], key: str, urgency: Urgency = Urgency.ROOM
    ) -> str:
        """Send an event once for each key, and return its id; where the server limits us, in order of urgency.

        The key becomes the transaction id: on the same device the server sends it once, also after a
        restart of either side. Into an encrypted room nothing goes in clear but reactions.
        """
        return await self._in_turn(urgency, lambda: self._send(room, kind, content, key))

    async def _in_turn(self, urgency: Urgency, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until the server has not said that it is too much just now."""
        while True:
            async with self._rate_limiter.turn(urgency):
                try:
                    return await ask()
                except Transient as error:
                    if error.retry_after is None:
                        raise
                    self._rate_limiter.refused(error.retry_after)

    async def _send(self, room: str, kind: str, content: dict[str, Any], key: str) -> str:
        tx = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        await self._guard(room)
        if self.nio.olm is not None and self.nio.should_query_keys:
            checked(await self._call(self.nio.keys_query()))
        try:
            answer = checked(
                await self._call(
                    self.nio.room_send(room, kind, content, tx_id=tx, ignore_unverified_devices=True)
                )
            )
        except (LocalProtocolError, OlmTrustError) as error:
            raise Transient(f"not ready to write into {room}: {error}") from error
        event: str = answer.event_id
        return event

    async def _guard(self, room: str) -> None:
        """nio writes in clear into an encrypted room when it has no keys, or has not yet heard of the encryption."""
        known = self.nio.rooms.get(room)
        if known is None:
            raise Transient(f"{room} is not known yet")
        if known.encrypted:
            if self.nio.olm is None:
                raise Permanent(f"{room} is encrypted, and this bot was started without encryption")
            if not known.members_synced:
                await self._learn_members(room, known)
            return
        if room not in self._plain:
            if await self.state(room, "m.room.encryption") is not None:
                known.encrypted = True
                return await self._guard(room)
            self._plain.add(room)

    async def _learn_members(self, room: str, known: MatrixRoom) -> None:
        """Who gets the keys: also who is invited and has not come yet. nio asks for those who are in, and the
        answers of `/sync` name only those who speak; a room that we just made may be told in two pieces."""
        said = await self.raw("GET", f"rooms/{quote(room, safe='')}/members")
        for event in said.get("chunk", []):
            how = event.get("content", {}).get("membership")
            if how in ("join", "invite"):
                name = event["content"].get("displayname")
                known.add_member(event["state_key"], name, None, invited=how == "invite")
        known.members_synced = True
        if self.nio.olm is not None:
            self.nio.olm.update_tracked_users(known)

    async def redact(self, room: str, event: str, key: str, reason: str = "") -> None:
        """Take an event away; one that is away already is fine."""
        tx = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()

        async def ask() -> None:
            checked(await self._call(self.nio.room_redact(room, event, reason=reason or None, tx_id=tx)))

        await self._in_turn(Urgency.ROOM, ask)

    def sealed(self, room: str) -> bool:
        """Whether a room is encrypted, as far as is known."""
        known = self.nio.rooms.get(room)
        return known is None or bool(known.encrypted)

    async def upload(self, data: bytes, kind: str, name: str, *, encrypt: bool) -> dict[str, Any]:
        """Put a file on the server; what a message needs in order to show it."""
        answer, keys = await self._call(
            self.nio.upload(
                lambda *_: data, content_type=kind, filename=name, encrypt=encrypt, filesize=len(data)
            )
        )
        made: UploadResponse = checked(answer)
        if encrypt:
            return {"file": {"url": made.content_uri, **(keys or {})}}
        return {"url": made.content_uri}

    # -- rooms -----------------------------------------------------------------------------------

    async def state(self, room: str, kind: str, key: str = "") -> dict[str, Any] | None:
        """One piece of a room's state as the server has it now; None if there is none."""
        path = "/".join(quote(part, safe="") for part in (room, "state", kind, key) if part)
        try:  # nio takes the body of an error for the state that was asked for
            content: dict[str, Any] = await self.raw("GET", f"rooms/{path}")
            return content
        except Permanent as error:
            if str(error).startswith("M_NOT_FOUND"):
                return None
            raise

    async def put_state(self, room: str, kind: str, content: dict[str, Any]) -> None:
        """Set a piece of a room's state; setting it twice is setting it once."""
        await self.raw("PUT", f"rooms/{quote(room)}/state/{kind}", content)

    async def make_room(
        self, key: str, name: str, invite: list[str], *, direct: bool = False, topic: str = ""
    ) -> str:
        """A private room, once for each key: its alias says whether it is there already.

        To make one is a message under Synapse's limits, so it stands in line as private words do.
        """
        urgency = Urgency.PRIVATE if direct else Urgency.HOSTS
        return await self._in_turn(urgency, lambda: self._make_room(key, name, invite, direct, topic))

    async def _make_room(self, key: str, name: str, invite: list[str], direct: bool, topic: str) -> str:
        alias = (
            f"storycircle-{hashlib.blake2b((self.account.user + key).encode(), digest_size=10).hexdigest()}"
        )
        full = f"#{alias}:{self.account.server}"
        state = []
        if self.encryption:
            content = {"algorithm": "m.megolm.v1.aes-sha2"}
            state = [{"type": "m.room.encryption", "state_key": "", "content": content}]
        answer = await self._call(
            self.nio.room_create(
                name=name,
                topic=topic or None,
                alias=alias,
                invite=invite,
                is_direct=direct,
                initial_state=state,
                # Who is here is for the bot to say: nobody can bring others in to read private words.
                power_level_override={"invite": 100, "events": {"m.room.encryption": 100}},
            )
        )
        if isinstance(answer, RoomCreateResponse):
            room: str = answer.room_id
            # Known at once: what is to be said there need not wait until the server tells us of it.
            self.nio.rooms.setdefault(room, MatrixRoom(room, self.account.user, encrypted=self.encryption))
            return room
        if getattr(answer, "status_code", "") == "M_ROOM_IN_USE":
            there: RoomResolveAliasResponse = checked(await self._call(self.nio.room_resolve_alias(full)))
            known: str = there.room_id
            return known
        checked(answer)
        raise Permanent(f"the room {name} could not be made")

    def members(self, room: str) -> int:
        """How many are in a room or invited; 0 if that is not known."""
        known = self.nio.rooms.get(room)
        return int(known.member_count) if known is not None else 0

    async def invite(self, room: str, user: str) -> None:
        """Ask somebody in; one who is in already is fine."""
        answer = await self._call(self.nio.room_invite(room, user))
        if getattr(answer, "status_code", "") != "M_FORBIDDEN":  # most often: is in the room already
            checked(answer)
            self._expect(room, user)

    async def seat(self, room: str, users: list[str]) -> None:
        """Let these and nobody else be in a room: who is missing is asked in, who is there besides is put out."""
        there = await self.raw("GET", f"rooms/{quote(room, safe='')}/members")
        inside = {
            event["state_key"]
            for event in there.get("chunk", [])
            if event.get("content", {}).get("membership") in ("join", "invite")
        }
        for user in inside - {*users, self.account.user}:
            checked(await self._call(self.nio.room_kick(room, user)))
        for user in users:
            if user not in inside:
                await self.invite(room, user)

    def _expect(self, room: str, user: str) -> None:
        """Who is invited reads what is said before they come: they get the keys, too."""
        known = self.nio.rooms.get(room)
        if known is None or self.nio.olm is None or not known.encrypted:
            return
        if known.add_member(user, None, None, invited=True):
            self.nio.olm.update_tracked_users(known)
            self.nio.invalidate_outbound_session(room)

    async def join(self, room: str) -> None:
        """Go into a room."""
        checked(await self._call(self.nio.join(room)))

    async def leave(self, room: str) -> None:
        """Leave a room, or decline an invitation."""
        checked(await self._call(self.nio.room_leave(room)))
