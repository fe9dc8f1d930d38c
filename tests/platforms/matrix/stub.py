"""A homeserver in memory that answers in milliseconds, and badly when a test asks for it.

Just enough of the Client-Server API for the platform contract, without encryption. Faults: `limit` (429
with `retry_after_ms`), `pace` (429 for what comes sooner after the last message), `broken` (5xx), `lost` (the request is done, and the answer never arrives), `cut`
(an answer of `/sync` that ends in the middle), and a timeline of `most` events a room, with a gap before it.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.ports import free_port

Event = dict[str, Any]


@dataclass
class Room:
    """One room: its events in order, and who is in it."""

    id: str
    events: list[tuple[int, Event]] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)

    def state(self) -> dict[tuple[str, str], Event]:
        return {(e["type"], e["state_key"]): e for _, e in self.events if "state_key" in e}


class Stub:
    """The homeserver; `register` gives accounts as the real one does."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.users: dict[str, str] = {}  # token -> user
        self.rooms: dict[str, Room] = {}
        self.media: dict[str, bytes] = {}
        self.aliases: dict[str, str] = {}
        self.via: dict[str, str] = {}  # server through which a room was joined
        self.asked: Counter[str] = Counter()  # what was asked, by kind
        self.limit = self.broken = self.lost = self.cut = 0  # how many answers are bad
        self.pace = 0.0  # seconds from one message of the bot to the next
        self._next = 0.0
        self.most = 1000
        self.down = False  # nothing that the bot asks is answered
        self.unreachable: set[str] = set()  # pieces of paths: what the bot asks there is answered by 502
        self.silent: set[str] = set()  # the same, answered not at all
        self.ahead = 0.0  # seconds by which its clock is ahead of the wall
        self._done: dict[str, str] = {}  # transaction -> event
        self._clock = 0
        self._news = asyncio.Event()

    async def start(self) -> Stub:
        """Listen."""
        app = web.Application(middlewares=[self._faults], client_max_size=2**24)
        v3 = "/_matrix/client/v3"
        app.add_routes(
            [
                web.get(f"{v3}/account/whoami", self._whoami),
                web.get(f"{v3}/sync", self._sync),
                web.post(f"{v3}/createRoom", self._create),
                web.post(v3 + "/join/{room}", self._join),
                web.post(v3 + "/rooms/{room}/join", self._join),
                web.post(v3 + "/rooms/{room}/leave", self._leave),
                web.post(v3 + "/rooms/{room}/invite", self._invite),
                web.get(v3 + "/rooms/{room}/messages", self._messages),
                web.get(v3 + "/rooms/{room}/state/{kind}", self._state),
                web.get(v3 + "/rooms/{room}/state/{kind}/{key}", self._state),
                web.put(v3 + "/rooms/{room}/state/{kind}", self._set),
                web.put(v3 + "/rooms/{room}/send/{kind}/{tx}", self._send),
                web.get(
                    "/_matrix/client/v1/rooms/{room}/relations/{event}/m.annotation/m.reaction",
                    self._relations,
                ),
                web.put(v3 + "/rooms/{room}/redact/{event}/{tx}", self._redact),
                web.get(v3 + "/directory/room/{alias}", self._resolve),
                web.post("/_matrix/media/v3/upload", self._upload),
                web.get("/_matrix/client/v1/media/download/{server}/{media}", self._download),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def close(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    async def register(self, name: str) -> dict[str, str]:
        """A new account, logged in."""
        user, token = f"@{name}:localhost", secrets.token_hex(8)
        self.users[token] = user
        return {"user_id": user, "access_token": token, "device_id": f"D{name}"}

    # -- faults ----------------------------------------------------------------------------------

    @web.middleware
    async def _faults(self, request: web.Request, handler: Any) -> web.StreamResponse:
        kind = "sync" if request.path.endswith("/sync") else "send" if "/send/" in request.path else "other"
        self.asked[kind] += 1
        user = self._user(request)
        if self.down and user.startswith("@bot"):
            return web.json_response({"errcode": "M_UNKNOWN", "error": "down"}, status=502)
        if user.startswith("@bot") and any(piece in request.path for piece in self.unreachable):
            return web.json_response({"errcode": "M_UNKNOWN", "error": "far away"}, status=502)
        while user.startswith("@bot") and any(piece in request.path for piece in self.silent):
            await asyncio.sleep(0.02)
        if kind != "sync" and user.startswith("@bot"):
            if self.limit:
                self.limit -= 1
                said = {"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", "retry_after_ms": 50}
                return web.json_response(said, status=429)
            if kind == "send" and self.pace and (early := self._next - time.monotonic()) > 0:
                said = {
                    "errcode": "M_LIMIT_EXCEEDED",
                    "error": "slow down",
                    "retry_after_ms": int(early * 1000) + 1,
                }
                return web.json_response(said, status=429)
            if kind == "send":
                self._next = time.monotonic() + self.pace
            if self.broken:
                self.broken -= 1
                return web.json_response({"errcode": "M_UNKNOWN", "error": "broken"}, status=502)
        answer: web.StreamResponse = await handler(request)
        if kind == "sync" and self.cut and user.startswith("@bot"):
            self.cut -= 1
            return web.Response(body=b'{"next_batch": "s', content_type="application/json")
        if kind == "send" and self.lost and user.startswith("@bot"):
            self.lost -= 1
            assert request.transport
            request.transport.close()
        return answer

    def _user(self, request: web.Request) -> str:
        return self.users.get(request.headers.get("Authorization", "").removeprefix("Bearer "), "")

    async def _upload(self, request: web.Request) -> web.Response:
        media = secrets.token_hex(8)
        self.media[media] = await request.read()
        return web.json_response({"content_uri": f"mxc://localhost/{media}"})

    async def _download(self, request: web.Request) -> web.Response:
        return web.Response(body=self.media[request.match_info["media"]])

    def _add(self, room: Room, event: Event) -> str:
        self._clock += 1
        event = {
            "event_id": f"${secrets.token_hex(12)}",
            "origin_server_ts": int((time.time() + self.ahead) * 1000),
            "room_id": room.id,
            **event,
        }
        room.events.append((self._clock, event))
        self._news.set()
        self._news = asyncio.Event()
        return str(event["event_id"])

    # -- calls -----------------------------------------------------------------------------------

    async def _whoami(self, request: web.Request) -> web.Response:
        return web.json_response({"user_id": self._user(request), "device_id": "D"})

    async def _create(self, request: web.Request) -> web.Response:
        user, asked = self._user(request), await request.json()
        alias = f"#{asked['room_alias_name']}:localhost" if asked.get("room_alias_name") else ""
        if alias in self.aliases:
            return web.json_response({"errcode": "M_ROOM_IN_USE", "error": "there"}, status=400)
        room = Room(f"!{secrets.token_hex(8)}:localhost")
        self.rooms[room.id] = room
        if alias:
            self.aliases[alias] = room.id
        own = {"sender": user, "state_key": ""}
        levels = {"users": {user: 100}, **asked.get("power_level_content_override", {})}
        self._add(room, {"type": "m.room.create", "content": {"room_version": "11"}, **own})
        self._member(room, user, user, "join")
        self._add(room, {"type": "m.room.power_levels", "content": levels, **own})
        for guest in asked.get("invite", []):
            self._member(room, user, guest, "invite", is_direct=bool(asked.get("is_direct")))
        return web.json_response({"room_id": room.id})

    def _member(self, room: Room, by: str, user: str, how: str, **more: Any) -> None:
        room.members[user] = how
        content = {"membership": how, "displayname": user[1:].partition(":")[0], **more}
        self._add(room, {"type": "m.room.member", "sender": by, "state_key": user, "content": content})

    async def _join(self, request: web.Request) -> web.Response:
        self.via[unquote(request.match_info["room"])] = request.query.get("via", "")
        room = self.rooms[unquote(request.match_info["room"])]
        self._member(room, self._user(request), self._user(request), "join")
        return web.json_response({"room_id": room.id})

    async def _leave(self, request: web.Request) -> web.Response:
        room = self.rooms[unquote(request.match_info["room"])]
        self._member(room, self._user(request), self._user(request), "leave")
        return web.json_response({})

    async def _invite(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self._member(self.rooms[request.match_info["room"]], self._user(request), asked["user_id"], "invite")
        return web.json_response({})

    async def _state(self, request: web.Request) -> web.Response:
        room = self.rooms[request.match_info["room"]]
        found = room.state().get((request.match_info["kind"], request.match_info.get("key", "")))
        if found is None:
            return web.json_response({"errcode": "M_NOT_FOUND", "error": "none"}, status=404)
        return web.json_response(found["content"])

    async def _set(self, request: web.Request) -> web.Response:
        room, own = self.rooms[request.match_info["room"]], {"sender": self._user(request), "state_key": ""}
        event = {"type": request.match_info["kind"], "content": await request.json(), **own}
        return web.json_response({"event_id": self._add(room, event)})

    async def _resolve(self, request: web.Request) -> web.Response:
        room = self.aliases[request.match_info["alias"]]
        return web.json_response({"room_id": room, "servers": ["localhost"]})

    async def _send(self, request: web.Request) -> web.Response:
        room, kind = self.rooms[request.match_info["room"]], request.match_info["kind"]
        user, content = self._user(request), await request.json()
        tx = f"{user}/{request.match_info['tx']}"
        levels = room.state()["m.room.power_levels", ""]["content"]
        needed = levels.get("events", {}).get(kind, levels.get("events_default", 0))
        if levels["users"].get(user, 0) < needed:
            return web.json_response({"errcode": "M_FORBIDDEN", "error": "too low"}, status=403)
        relation = content.get("m.relates_to", {})
        if tx not in self._done and kind == "m.reaction":
            same = (
                e["content"].get("m.relates_to") == relation and e["sender"] == user for _, e in room.events
            )
            if any(same):
                said = {"errcode": "M_DUPLICATE_ANNOTATION", "error": "there"}
                return web.json_response(said, status=400)
        if tx not in self._done:
            self._done[tx] = self._add(room, {"type": kind, "sender": user, "content": content})
        return web.json_response({"event_id": self._done[tx]})

    async def _redact(self, request: web.Request) -> web.Response:
        room, gone = self.rooms[request.match_info["room"]], unquote(request.match_info["event"])
        tx = f"{self._user(request)}/{request.match_info['tx']}"
        for _, event in room.events:
            if event["event_id"] == gone:
                event["content"] = {}
                event["unsigned"] = {"redacted_because": {"sender": self._user(request)}}
        if tx not in self._done:
            content = {"redacts": gone}
            event = {"type": "m.room.redaction", "redacts": gone, "content": content}
            self._done[tx] = self._add(room, {"sender": self._user(request), **event})
        return web.json_response({"event_id": self._done[tx]})

    async def _relations(self, request: web.Request) -> web.Response:
        room, event = self.rooms[request.match_info["room"]], unquote(request.match_info["event"])
        related = [e for _, e in room.events if e["content"].get("m.relates_to", {}).get("event_id") == event]
        return web.json_response({"chunk": [e for e in related if e["type"] == "m.reaction"]})

    async def _messages(self, request: web.Request) -> web.Response:
        room = self.rooms[request.match_info["room"]]
        start = int(request.query.get("from", f"s{self._clock}")[1:])
        end = int(request.query.get("to", "s0")[1:])
        limit = int(request.query.get("limit", "10"))
        found = [(n, e) for n, e in reversed(room.events) if end < n <= start][:limit]
        said: dict[str, Any] = {"chunk": [e for _, e in found], "start": f"s{start}"}
        if found:
            said["end"] = f"s{found[-1][0] - 1}"
        return web.json_response(said)

    async def _sync(self, request: web.Request) -> web.Response:
        user = self._user(request)
        since = int(request.query["since"][1:]) if request.query.get("since") else 0
        first = "since" not in request.query
        wait = int(request.query.get("timeout", "0")) / 1000
        full = request.query.get("full_state") == "true"
        end = time.monotonic() + wait
        while self._clock <= since and (left := end - time.monotonic()) > 0 and not full:
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                break
        asked = (
            json.loads(request.query.get("filter", "{}"))
            if request.query.get("filter", "").startswith("{")
            else {}
        )
        most = min(self.most, asked.get("room", {}).get("timeline", {}).get("limit", 10))
        join: dict[str, Any] = {}
        invite: dict[str, Any] = {}
        for room in self.rooms.values():
            fresh = [(n, e) for n, e in room.events if n > since]
            if room.members.get(user) == "invite" and (fresh or first):
                state = [e for e in room.state().values() if e["type"] == "m.room.member"]
                invite[room.id] = {"invite_state": {"events": state}}
            if room.members.get(user) != "join" or not (fresh or first or full):
                continue
            shown = fresh[-most:]
            before = shown[0][0] - 1 if shown else self._clock
            state = list(room.state().values()) if (full or first or len(shown) < len(fresh)) else []
            timeline = {
                "events": [e for _, e in shown],
                "limited": len(shown) < len(fresh),
                "prev_batch": f"s{before}",
            }
            join[room.id] = {"timeline": timeline, "state": {"events": state}}
        said = {"next_batch": f"s{self._clock}", "rooms": {"join": join, "invite": invite, "leave": {}}}
        return web.json_response(said)
