"""Channels on the homeserver: their state, their members, and rooms that the bot makes."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote, urlencode

from nio import MatrixRoom, RoomCreateResponse, RoomResolveAliasResponse

from bot.errors import NoRight, Permanent, StaysOpen
from bot.platforms.matrix import sentences
from bot.platforms.matrix.client import MatrixClient, checked
from bot.platforms.matrix.rate_limiter import Urgency


class RoomAdmin:
    """The rooms of one account, as it reads and changes them."""

    def __init__(self, client: MatrixClient) -> None:
        self._client = client

    async def state(self, room: str, kind: str, key: str = "") -> dict[str, Any] | None:
        """One piece of a room's state as the server has it now; None if there is none."""
        path = "/".join(quote(part, safe="") for part in (room, "state", kind, key) if part)
        try:  # nio takes the body of an error for the state that was asked for
            content: dict[str, Any] = await self._client.raw("GET", f"rooms/{path}")
            return content
        except Permanent as error:
            if str(error).startswith("M_NOT_FOUND"):
                return None
            raise

    async def put_state(self, room: str, kind: str, content: dict[str, Any]) -> None:
        """Set a piece of a room's state; setting it twice is setting it once."""
        await self._client.raw("PUT", f"rooms/{quote(room)}/state/{kind}", content)

    async def create(
        self, key: str, name: str, invite: list[str], *, direct: bool = False, topic: str = ""
    ) -> str:
        """The id of a private room, made once for each key: its alias says whether it is there already.

        To make a room is a message under Synapse's limits, so it waits its turn as private messages do.
        """
        urgency = Urgency.PRIVATE if direct else Urgency.HOSTS
        return await self._client.in_turn(urgency, lambda: self._create(key, name, invite, direct, topic))

    async def _create(self, key: str, name: str, invite: list[str], direct: bool, topic: str) -> str:
        account, nio, encryption = self._client.account, self._client.nio, self._client.encryption
        alias = f"storycircle-{hashlib.blake2b((account.user + key).encode(), digest_size=10).hexdigest()}"
        state = []
        if encryption:
            content = {"algorithm": "m.megolm.v1.aes-sha2"}
            state = [{"type": "m.room.encryption", "state_key": "", "content": content}]
        answer = await self._client.call(
            nio.room_create(
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
            nio.rooms.setdefault(room, MatrixRoom(room, account.user, encrypted=encryption))
            return room
        if getattr(answer, "status_code", "") == "M_ROOM_IN_USE":
            request = nio.room_resolve_alias(f"#{alias}:{account.server}")
            resolved: RoomResolveAliasResponse = checked(await self._client.call(request))
            existing: str = resolved.room_id
            return existing
        checked(answer)
        raise Permanent(f"the room {name} could not be made")

    def member_count(self, room: str) -> int:
        """The number of people in a room or invited; 0 if that is not known."""
        nio_room = self._client.nio.rooms.get(room)
        return int(nio_room.member_count) if nio_room is not None else 0

    async def invite(self, room: str, user: str) -> None:
        """Invite somebody; one who is in already is fine."""
        answer = await self._client.call(self._client.nio.room_invite(room, user))
        if getattr(answer, "status_code", "") != "M_FORBIDDEN":  # most often: is in the room already
            checked(answer)
            self._share_keys(room, user)

    def _share_keys(self, room: str, user: str) -> None:
        """Give the keys also to somebody invited: they read what is said before they come."""
        nio = self._client.nio
        nio_room = nio.rooms.get(room)
        if nio_room is None or nio.olm is None or not nio_room.encrypted:
            return
        if nio_room.add_member(user, None, None, invited=True):
            nio.olm.update_tracked_users(nio_room)
            nio.invalidate_outbound_session(room)

    async def is_in(self, room: str, user: str) -> bool:
        """Whether somebody is in a room, as far as the server says."""
        try:
            state = await self.state(room, "m.room.member", user)
        except Permanent:  # who is out cannot look in
            return False
        return (state or {}).get("membership") == "join"

    async def set_members(self, room: str, users: list[str]) -> None:
        """Let these users, and nobody else, be in a room: the others are put out."""
        answer = await self._client.raw("GET", f"rooms/{quote(room, safe='')}/members")
        members = {
            event["state_key"]
            for event in answer.get("chunk", [])
            if event.get("content", {}).get("membership") in ("join", "invite")
        }
        for user in members - {*users, self._client.account.user}:
            checked(await self._client.call(self._client.nio.room_kick(room, user)))
        for user in users:
            if user not in members:
                await self.invite(room, user)

    async def put_out(self, room: str, users: list[str]) -> None:
        """Put these users out of a room; whoever is not in it is fine.

        Raises:
            NoRight: the bot may not, or anybody can come in again.
        """
        answer = await self._client.raw("GET", f"rooms/{quote(room, safe='')}/members")
        memberships = {
            each["state_key"]: each.get("content", {}).get("membership") for each in answer["chunk"]
        }
        there = [user for user in users if memberships.get(user) in ("join", "invite", "knock")]
        if there and ((await self.state(room, "m.room.join_rules")) or {}).get("join_rule") == "public":
            raise StaysOpen(sentences.OPEN_TO_ALL)
        for user in there:
            try:
                checked(await self._client.call(self._client.nio.room_kick(room, user)))
            except Permanent as error:
                raise NoRight(sentences.MAY_PUT_OUT) from error

    async def join(self, room: str, via: str = "") -> None:
        """Go into a room; `via` is a server that is in it, for one that the own server doesn't know yet."""
        if not via:
            checked(await self._client.call(self._client.nio.join(room)))
            return
        servers = urlencode({"via": via, "server_name": via})  # the second is its name before version 1.12
        await self._client.raw("POST", f"join/{quote(room, safe='')}?{servers}", {})

    async def leave(self, room: str) -> None:
        """Leave a room, or decline an invitation."""
        checked(await self._client.call(self._client.nio.room_leave(room)))
