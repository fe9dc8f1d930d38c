"""A small Discord for tests: REST and gateway on loopback, with people who write, tap and send forms.

It keeps what Discord keeps and forgets what Discord forgets: history returns no nonces, one interaction is
acknowledged once, words are left out for a bot without the right to read, archived threads refuse edits.
Faults on demand: any answer to any request, a dropped gateway, a session that cannot be resumed.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import secrets
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import unquote

import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.platforms.discord.limits import Limits
from tests.platforms.discord.wire import faults, walk

EPOCH = 1_420_070_400_000
READING = 1 << 15  # intent: message content
EPHEMERAL = 64
BOT, APP = 1001, 1001
TOKEN = "MTAwMQ.test.token"
ALL = (1 << 53) - 1
PATIENCE = 3.0  # seconds until an interaction is lost, by the time in which this process could run
BEAT = 0.05  # seconds between two looks at how much that was


class No(Exception):
    """An answer that says no."""

    def __init__(self, status: int, code: int = 0, message: str = "no") -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Interaction:
    """What somebody did, and what they were answered."""

    id: int
    token: str
    user: int
    channel: int
    born: float
    shown: list[dict[str, Any]] = field(default_factory=list)  # messages that only they see
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    acknowledged: float | None = None  # seconds after it began
    updated: dict[str, Any] | None = None
    kind: int = 0
    told: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return "\n".join(text_of(message) for message in self.shown)


def text_of(message: dict[str, Any]) -> str:
    parts = [p["content"] for p in walk(message.get("components") or []) if p["type"] == 10]
    return "\n".join([message.get("content") or "", *parts]).strip()


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\*_~`|\[\]<>#:@+\-0-9])", r"\1", text)


class Discord:
    """One small world with a bot in it."""

    def __init__(self) -> None:
        self.channels: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, dict[int, dict[str, Any]]] = {}
        self.users: dict[int, dict[str, Any]] = {
            BOT: {
                "id": str(BOT),
                "username": "storycircle",
                "discriminator": "0",
                "avatar": None,
                "bot": True,
                "global_name": None,
            }
        }
        self.guilds: dict[int, dict[str, Any]] = {}
        self.commands: list[dict[str, Any]] = []
        self.command_writes = 0
        self.interactions: dict[str, Interaction] = {}
        self.faults: list[str] = []  # requests that broke the rules
        self.requests: list[tuple[str, str]] = []
        self.limits = Limits()
        self.refused: list[
            str
        ] = []  # requests that count as invalid: Discord bans who makes 10,000 in ten minutes
        self.upset: Callable[[str, str], web.Response | None] | None = None
        self.lose_answer: Callable[[str, str], bool] | None = None  # done, and the answer never arrives
        self.denied: set[tuple[int, str]] = set()
        self.no_direct: set[int] = set()
        self.files: dict[int, bytes] = {}
        self.given: set[tuple[int, int, str]] = set()  # roles: server, user, role
        self.reasons: list[str] = []  # for the audit log
        self.resumable = True
        self.away = False  # no line is taken
        self.token = TOKEN
        self.locales: dict[int, str] = {}
        self.read_messages = False  # granted in the portal
        self.ahead = 0.0
        self.ran = 0.0
        self._nonces: dict[tuple[int, str], int] = {}
        self._last = 0
        self._sockets: dict[str, Socket] = {}
        self._log: dict[str, list[dict[str, Any]]] = {}  # session -> what was dispatched
        self._more = asyncio.Event()
        self.url = ""

    # -- life ------------------------------------------------------------------------------------

    async def start(self, port: int = 0) -> Discord:
        app = web.Application(client_max_size=30_000_000)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._beating = asyncio.create_task(self._beat())
        return self

    async def _beat(self) -> None:
        """Count the seconds in which this process could run; those in which others had the processor are not its fault."""
        while True:
            then, used = time.monotonic(), time.thread_time()
            await asyncio.sleep(BEAT)
            self.ran += min(time.monotonic() - then, max(2 * BEAT, time.thread_time() - used))

    def lead_here(self) -> None:
        """From here on the library talks to this server."""
        Route.BASE = f"{self.url}/api/v10"
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{self.port}/gateway")

    async def close(self) -> None:
        self._beating.cancel()
        for socket in list(self._sockets.values()):
            await socket.drop()
        await self._runner.cleanup()

    def snowflake(self) -> int:
        self._last = max(self._last + 1, (int((time.time() + self.ahead) * 1000) - EPOCH) << 22)
        return self._last

    # -- the world -------------------------------------------------------------------------------

    def user(self, name: str) -> int:
        id = self.snowflake()
        self.users[id] = {
            "id": str(id), "username": name.lower(), "discriminator": "0", "avatar": None, "global_name": name
        }  # fmt: skip
        return id

    def guild(self, owner: int, name: str = "Circle") -> int:
        id = self.snowflake()
        self.guilds[id] = {
            "id": str(id), "name": name, "owner_id": str(owner), "roles": [
                {"id": str(id), "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "colors": {"primary_color": 0},
                 "hoist": False, "managed": False, "mentionable": False, "flags": 0}],
            "emojis": [], "features": [], "verification_level": 0, "default_message_notifications": 0,
            "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "premium_progress_bar_enabled": False,
            "preferred_locale": "en-US", "system_channel_flags": 0, "system_channel_id": None, "afk_timeout": 60,
            "stickers": [], "member_count": 3, "large": False, "unavailable": False, "joined_at": _now(),
            "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        }  # fmt: skip
        self.channel(id, "system")
        return id

    def channel(self, guild: int, name: str = "circle", kind: int = 0) -> int:
        id = self.snowflake()
        self.channels[id] = {
            "id": str(id), "type": kind, "guild_id": str(guild), "name": name, "position": 0,
            "permission_overwrites": [], "parent_id": None, "nsfw": False, "topic": None, "rate_limit_per_user": 0,
        }  # fmt: skip
        if kind == 15:
            self.channels[id] |= {"available_tags": [], "flags": 0, "default_reaction_emoji": None}
        if kind in (2, 13):
            self.channels[id] |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        self.messages[id] = {}
        self._tell("CHANNEL_CREATE", self.channels[id])
        return id

    def thread(self, channel: int, name: str, kind: int = 11, *, with_bot: bool = True) -> int:
        """A thread that somebody made, or a post in a forum; `kind` 12 is a private one."""
        above, id = self.channels[channel], self.snowflake()
        self.channels[id] = {
            "id": str(id), "type": kind, "guild_id": above["guild_id"], "parent_id": str(channel), "name": name, "owner_id": "7",
            "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "flags": 0, "total_message_sent": 0,
            "thread_metadata": {"archived": False, "auto_archive_duration": 60, "archive_timestamp": _now(), "locked": False,
                                "invitable": True}, "_members": {BOT} if with_bot else set(),
        }  # fmt: skip
        self.messages[id] = {}
        if kind != 12 or with_bot:
            self._tell("THREAD_CREATE", public(self.channels[id]) | {"newly_created": True})
        return id

    def delete_channel(self, id: int) -> None:
        """Somebody deletes a channel or a thread."""
        there = self.channels.pop(id)
        del self.messages[id]
        kind = "THREAD_DELETE" if there["type"] in (11, 12) else "CHANNEL_DELETE"
        self._tell(kind, public(there))

    def direct(self, user: int) -> int:
        for id, channel in self.channels.items():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == str(user):
                return id
        id = self.snowflake()
        self.channels[id] = {
            "id": str(id),
            "type": 1,
            "recipients": [self.users[user]],
            "last_message_id": None,
        }
        self.messages[id] = {}
        return id

    def member(self, user: int, guild: int) -> dict[str, Any]:
        return {
            "user": self.users[user],
            "roles": [],
            "joined_at": _now(),
            "deaf": False,
            "mute": False,
            "flags": 0,
            "nick": None,
        }

    def shown(self, channel: int) -> list[str]:
        """What the bot said there, in order, as people see it."""
        return [
            unescaped(text_of(m)) for m in self.messages[channel].values() if m["author"]["id"] == str(BOT)
        ]

    def last(self, channel: int, words: str = "") -> dict[str, Any]:
        found = [
            m
            for m in self.messages[channel].values()
            if m["author"]["id"] == str(BOT) and words in text_of(m)
        ]
        assert found, f"nothing with {words!r} among {self.shown(channel)}"
        return found[-1]

    async def until(self, true: Callable[[], Any], what: str = "", seconds: float = 15) -> Any:
        """Wait until something is so; looked at whenever something happened here."""

        def so() -> Any:
            try:
                return true()
            except AssertionError:  # such as of `last`: it is not there yet
                return None

        try:
            async with asyncio.timeout(seconds):
                while not (found := so()):
                    self._more.clear()
                    try:
                        async with asyncio.timeout(0.05):
                            await self._more.wait()
                    except TimeoutError:
                        pass
        except TimeoutError as error:
            raise AssertionError(f"never came: {what}") from error
        return found

    # -- what people do --------------------------------------------------------------------------

    def leave(self, guild: int) -> None:
        """The bot is sent away."""
        self._tell("GUILD_DELETE", {"id": str(guild)})

    def come_back(self, guild: int) -> None:
        """Somebody invites it again."""
        self._tell("GUILD_CREATE", self._whole(guild))

    def say(self, user: int, channel: int, text: str, reply_to: int | None = None) -> int:
        id = self.snowflake()
        message = self._message(id, channel, user, {"content": text})
        if reply_to:
            message |= {
                "type": 19,
                "message_reference": {"message_id": str(reply_to), "channel_id": str(channel)},
            }
        self.messages[channel][id] = message
        self._tell("MESSAGE_CREATE", self._as_sent(message))
        return id

    def hush(self, user: int, channel: int, text: str) -> int:
        """Somebody says something, and it is not told yet."""
        id = self.snowflake()
        self.messages[channel][id] = self._message(id, channel, user, {"content": text})
        return id

    def edit(self, channel: int, id: int, text: str) -> None:
        self.messages[channel][id] |= {"content": text, "edited_timestamp": _now(self.ahead)}
        self._tell("MESSAGE_UPDATE", self._as_sent(self.messages[channel][id]))

    def preview(self, channel: int, id: int) -> None:
        """Discord adds a preview to a message: an update that is no edit."""
        self._tell("MESSAGE_UPDATE", self._as_sent(self.messages[channel][id]) | {"content": ""})

    def delete(self, channel: int, id: int) -> None:
        del self.messages[channel][id]
        guild = self.channels[channel].get("guild_id")
        told = {"id": str(id), "channel_id": str(channel)} | ({"guild_id": guild} if guild else {})
        self._tell("MESSAGE_DELETE", told)

    def again(self, channel: int, id: int, text: str = "") -> None:
        """Tell of a message a second time, or as it was said first."""
        message = self.messages[channel][id]
        first = message | {"content": text, "edited_timestamp": None} if text else message
        self._tell("MESSAGE_CREATE", self._as_sent(first))

    def roles_of(self, guild: int, user: int) -> list[str]:
        """The roles that somebody bears, by name."""
        names = {each["id"]: each["name"] for each in self.guilds[guild]["roles"]}
        return [names[role] for g, u, role in self.given if (g, u) == (guild, user)]

    def events(self, guild: int) -> list[dict[str, Any]]:
        """The server's own events."""
        found: list[dict[str, Any]] = self.guilds[guild]["guild_scheduled_events"]
        return found

    def change_event(self, event: dict[str, Any], **fresh: Any) -> None:
        """Somebody, or the bot, changes an event; one that is cancelled or over leaves the list."""
        event |= fresh
        self._tell("GUILD_SCHEDULED_EVENT_UPDATE", dict(event))
        if event["status"] in (3, 4):
            self.guilds[int(event["guild_id"])]["guild_scheduled_events"].remove(event)

    def remove_event(self, event: dict[str, Any]) -> None:
        self.guilds[int(event["guild_id"])]["guild_scheduled_events"].remove(event)
        self._tell("GUILD_SCHEDULED_EVENT_DELETE", dict(event))

    def slash(
        self, user: int, channel: int, command: str, /, *, manages: bool = False, **args: Any
    ) -> Interaction:
        data = self._given(command, args)
        return self._interact(user, channel, 2, data, manages=manages)

    def propose(self, user: int, channel: int, name: str, asked: str, **args: Any) -> Interaction:
        data = self._given(name, args, asked)
        return self._interact(user, channel, 4, data)

    def _given(self, name: str, args: dict[str, Any], focused: str = "") -> dict[str, Any]:
        first, _, second = name.partition(" ")
        known = next(c for c in self.commands if c["name"] == first)
        there = known["options"]
        if second:
            there = next(o for o in there if o["name"] == second).get("options") or []
        kinds = {o["name"]: o["type"] for o in there}
        missing = [o["name"] for o in there if o.get("required") and o["name"] not in args]
        assert focused or not missing, f"/{name} needs {missing}"
        options = [
            {"name": k, "type": kinds[k], "value": v} | ({"focused": True} if k == focused else {})
            for k, v in args.items()
        ]
        if second:
            options = [{"name": second, "type": 1, "options": options}]
        return {"id": known["id"], "name": first, "type": 1, "options": options}

    def use(self, user: int, channel: int, message: int) -> Interaction:
        """The command in the menu of a message."""
        known = next(c for c in self.commands if c.get("type") == 3)
        there = self.messages[channel][message]
        return self._interact(
            user, channel, 2,
            {"id": known["id"], "name": known["name"], "type": 3, "target_id": str(message), "resolved": {"messages": {str(message): there}}},
        )  # fmt: skip

    def press(
        self,
        user: int,
        channel: int,
        words: str,
        message: dict[str, Any] | None = None,
        *,
        manages: bool = False,
    ) -> Interaction:
        """Tap the button with these words on it, on a message (the last one in the channel that has one)."""
        messages = [message] if message else list(reversed(self.messages[channel].values()))
        for each in messages:
            for part in walk(each.get("components") or []):
                if part["type"] == 2 and words in (part.get("label") or "") and "custom_id" in part:
                    data = {"component_type": 2, "custom_id": part["custom_id"], "id": part.get("id", 1)}
                    return self._interact(user, channel, 3, data, message=each, manages=manages)
        raise AssertionError(f"no button {words!r} in {[text_of(m)[:80] for m in messages][:5]}")

    def choose(
        self, user: int, channel: int, message: dict[str, Any], *values: str, nth: int = 0
    ) -> Interaction:
        """Choose in a select of a message."""
        select = [p for p in walk(message["components"]) if p["type"] == 3][nth]
        there = {o["value"] for o in select["options"]}
        assert set(values) <= there and select.get("min_values", 1) <= len(values) <= select.get(
            "max_values", 1
        )
        data = {"component_type": 3, "custom_id": select["custom_id"], "values": list(values), "id": 2}
        return self._interact(user, channel, 3, data, message=message)

    def send_form(self, opened: Interaction, **values: Any) -> Interaction:
        """Fill a form in and send it; what is not given stays as it stands there."""
        assert opened.modal is not None, f"no form; {opened.text()}"
        components = []
        for label in opened.modal["components"]:
            inner = label["component"]
            key = inner["custom_id"]
            made = {"type": inner["type"], "custom_id": key, "id": 1}
            if inner["type"] == 4:
                text = str(values.get(key, inner.get("value") or ""))
                assert text or not inner.get("required", True), f"{key} must be given"
                assert len(text) <= inner.get("max_length", 4000), f"{key} is too long for its box"
                made["value"] = text
            else:
                held = [o["value"] for o in inner["options"] if o.get("default")]
                made["values"] = values.get(key, held)
                assert made["values"] or not inner.get("required", True), f"{key} must be given"
            components.append({"type": 18, "id": 1, "component": made})
        data = {"custom_id": opened.modal["custom_id"], "components": components}
        return self._interact(opened.user, opened.channel, 5, data)

    def _interact(
        self,
        user: int,
        channel: int,
        kind: int,
        data: dict[str, Any],
        *,
        manages: bool = False,
        message: dict[str, Any] | None = None,
    ) -> Interaction:
        made = Interaction(self.snowflake(), secrets.token_hex(20), user, channel, self.ran, kind=kind)
        self.interactions[made.token] = made
        where = self.channels[channel]
        guild = where.get("guild_id")
        told: dict[str, Any] = {
            "id": str(made.id), "application_id": str(APP), "type": kind, "data": data, "channel_id": str(channel),
            "channel": public(where), "token": made.token, "version": 1, "app_permissions": str(ALL), "locale": self.locales.get(user, "en-US"), "entitlements": [], "authorizing_integration_owners": {"0": str(guild or 0)}, "context": 0 if guild else 1,
            "attachment_size_limit": 10_000_000,
        }  # fmt: skip
        if guild:
            permissions = str(1 << 5 if manages else 1 << 11)
            told |= {
                "guild_id": guild,
                "guild_locale": "en-US",
                "member": self.member(user, int(guild)) | {"permissions": permissions},
            }
        else:
            told["user"] = self.users[user]
        if message:
            told["message"] = message
        made.told = told
        self._tell("INTERACTION_CREATE", told)
        return made

    def redeliver(self, made: Interaction) -> None:
        """An interaction is told again, as after a connection that was resumed."""
        self._tell("INTERACTION_CREATE", made.told)

    async def answered(self, interaction: Interaction, words: str = "") -> Interaction:
        """Wait until something was said to whoever did it."""
        await self.until(
            lambda: (
                interaction.acknowledged is not None
                and (
                    interaction.modal
                    or interaction.choices is not None
                    or (words in interaction.text() and (interaction.shown or not words))
                )
            ),
            f"an answer with {words!r}; there is {interaction.text()!r}",
        )
        return interaction

    # -- the gateway -----------------------------------------------------------------------------

    def _as_sent(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message as the gateway tells it."""
        guild = self.channels[int(message["channel_id"])].get("guild_id")
        if not guild:
            return message
        mine = message["author"]["id"] == str(BOT) or f"<@{BOT}>" in message["content"]
        told = message if self.read_messages or mine else message | {"content": ""}
        return told | {
            "guild_id": guild,
            "member": {
                k: v for k, v in self.member(int(message["author"]["id"]), int(guild)).items() if k != "user"
            },
        }

    def _tell(self, kind: str, data: dict[str, Any]) -> None:
        self._more.set()
        for session, log in self._log.items():
            log.append({"op": 0, "t": kind, "s": len(log) + 1, "d": data})
            socket = self._sockets.get(session)
            if socket is not None:
                socket.push()

    async def drop(self) -> None:
        """Cut every gateway connection without a word."""
        for socket in list(self._sockets.values()):
            await socket.drop()

    @property
    def connected(self) -> bool:
        return bool(self._sockets)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        if self.away:
            raise web.HTTPServiceUnavailable
        made = web.WebSocketResponse(max_msg_size=0)
        await made.prepare(request)
        socket = Socket(self, made, request.query.get("compress", ""))
        await socket.run()
        return made

    def ready(self, session: str, shard: Any) -> list[dict[str, Any]]:
        self._log[session] = log = []
        told: dict[str, Any] = {
            "v": 10, "user": self.users[BOT], "guilds": [{"id": g, "unavailable": True} for g in map(str, self.guilds)],
            "session_id": session, "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": str(APP), "flags": 1 << 18 if not self.read_messages else 1 << 19}, "shard": shard or [0, 1],
        }  # fmt: skip
        log.append({"op": 0, "t": "READY", "s": 1, "d": told})
        for id in self.guilds:
            log.append({"op": 0, "t": "GUILD_CREATE", "s": len(log) + 1, "d": self._whole(id)})
        return log

    def _whole(self, guild: int) -> dict[str, Any]:
        """A server as the gateway tells it."""
        there = [c for c in self.channels.values() if c.get("guild_id") == str(guild)]
        threads = [
            public(c)
            for c in there
            if c["type"] in (11, 12)
            and not c["thread_metadata"]["archived"]
            and (c["type"] == 11 or BOT in c["_members"])
        ]
        channels = [c for c in there if c["type"] not in (11, 12)]
        return self.guilds[guild] | {
            "channels": channels,
            "threads": threads,
            "members": [self.member(BOT, guild)],
        }

    # -- REST ------------------------------------------------------------------------------------

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, method = "/" + request.match_info["path"], request.method
        self._sent: dict[str, tuple[str, bytes]] = {}  # the files of this request, by their numbers
        self.requests.append((method, path))
        body: Any = None
        if request.content_type == "multipart/form-data":
            form = await request.post()
            body = json.loads(str(form["payload_json"])) if "payload_json" in form else None
            sent = {key[6:-1]: part for key, part in form.items() if isinstance(part, web.FileField)}
            self._sent = {key: (part.filename, part.file.read()) for key, part in sent.items()}
        elif request.can_read_body:
            body = json.loads(await request.text())
        self.faults += faults(method, path, body)
        if request.headers.get("X-Audit-Log-Reason"):
            self.reasons.append(request.headers["X-Audit-Log-Reason"])
        if self.upset is not None:
            upset = self.upset(method, path)
            if upset is not None:
                return upset
        if (
            not path.startswith(("/interactions", "/webhooks"))
            and request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            self.refused.append(f"401 {method} {path}")
            return answer({"code": 0, "message": "401: Unauthorized"}, 401)
        headers, wait = self.limits.count(method, path)
        if wait:
            self.refused.append(f"429 {method} {path}")
            told = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
            return answer(
                told,
                429,
                Via="1.1 google",
                **{"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": "user"},
                **headers,
            )
        try:
            made = self._do(method, path, body, request)
        except No as no:
            if no.status in (401, 403):
                self.refused.append(f"{no.status} {method} {path}")
            return answer({"code": no.code, "message": no.message}, no.status, **headers)
        finally:
            self._more.set()
        if self.lose_answer is not None and self.lose_answer(method, path):
            assert request.transport
            request.transport.close()
        return web.Response(status=204, headers=headers) if made is None else answer(made, **headers)

    def _do(self, method: str, path: str, body: Any, request: web.Request) -> Any:
        for verb, pattern, work in ROUTES:
            found = re.fullmatch(pattern, path)
            if verb == method and found:
                return work(self, *found.groups(), body=body, query=request.query)
        raise No(404, 0, f"404: {method} {path} is not in this server")

    def _there(self, channel: str, what: str = "view") -> dict[str, Any]:
        found = self.channels.get(int(channel))
        if found is None:
            raise No(404, 10003, "Unknown Channel")
        outside = found["type"] == 12 and BOT not in found["_members"]
        if (int(channel), "view") in self.denied or outside:
            raise No(403, 50001, "Missing Access")
        if (int(channel), what) in self.denied:
            raise No(403, 50013, "Missing Permissions")
        return found

    def _message(self, id: int, channel: int, author: int, body: dict[str, Any]) -> dict[str, Any]:
        number = 10  # components that bear no id get one
        components = json.loads(json.dumps(body.get("components") or []))
        for part in walk(components):
            if not part.get("id"):
                number += 1
                part["id"] = number
        return {
            "id": str(id), "channel_id": str(channel), "author": self.users[author], "content": body.get("content") or "",
            "timestamp": datetime.fromtimestamp(((id >> 22) + EPOCH) / 1000, timezone.utc).isoformat(), "edited_timestamp": None, "tts": False,
            "mention_everyone": False, "mentions": [
                self.users[int(n)] for n in re.findall(r"<@!?(\d+)>", body.get("content") or "") if int(n) in self.users
            ], "mention_roles": [], "attachments": self._attachments(body, components), "embeds": [], "pinned": False,
            "type": 0, "flags": body.get("flags") or 0, "components": components, **self._poll(body.get("poll")),
        }  # fmt: skip

    def _poll(self, asked: dict[str, Any] | None) -> dict[str, Any]:
        """A poll as Discord shows it: its answers are numbered from one."""
        if asked is None:
            return {}
        answers = [{"answer_id": n, "poll_media": a["poll_media"]} for n, a in enumerate(asked["answers"], 1)]
        until = datetime.fromtimestamp(time.time() + self.ahead + asked["duration"] * 3600, timezone.utc)
        return {"poll": {
            "question": asked["question"], "answers": answers, "expiry": until.isoformat(),
            "allow_multiselect": asked.get("allow_multiselect", False), "layout_type": 1,
            "results": {"is_finalized": False, "answer_counts": []},
        }}  # fmt: skip

    def vote(self, user: int, channel: int, message: int, answer: int, *, on: bool = True) -> None:
        """Somebody votes in a poll, or takes their vote back."""
        there = self.messages[channel][message]
        assert not there["poll"]["results"]["is_finalized"], "the poll is over"
        votes = there.setdefault("_votes", {})
        votes.setdefault(answer, []).append(user) if on else votes[answer].remove(user)
        kind = "MESSAGE_POLL_VOTE_ADD" if on else "MESSAGE_POLL_VOTE_REMOVE"
        ids = {"user_id": user, "channel_id": channel, "message_id": message}
        guild = self.channels[channel]["guild_id"]
        self._tell(kind, {k: str(v) for k, v in ids.items()} | {"guild_id": guild, "answer_id": answer})

    def voters(self, channel: str, message: str, answer: str, *, body: Any, query: Any) -> Any:
        users = sorted(self._mine(channel, message).get("_votes", {}).get(int(answer), []))
        users = [u for u in users if u > int(query.get("after") or 0)][: int(query.get("limit") or 25)]
        return {"users": [self.users[u] for u in users]}

    def end_poll(self, channel: str, message: str, *, body: Any, query: Any) -> Any:
        found = self._mine(channel, message)
        if found["poll"]["results"]["is_finalized"]:
            raise No(400, 520001, "Poll expired")
        found["poll"]["results"]["is_finalized"] = True
        self._tell("MESSAGE_UPDATE", self._as_sent(found))
        return found

    def _attachments(self, body: dict[str, Any], components: list[Any]) -> list[dict[str, Any]]:
        """The files of a message: those that came with it; each that a component shows has to be there."""
        made = []
        for each in body.get("attachments") or ():
            name, data = self._sent[str(each["id"])]
            id = self.snowflake()
            self.files[id] = data
            made.append({"id": str(id), "filename": name, "description": each.get("description"), "size": len(data),
                         "url": f"https://cdn.example/{id}/{name}", "proxy_url": f"https://cdn.example/{id}/{name}"})  # fmt: skip
        there = {each["filename"]: each for each in made}
        for part in walk(components):
            media = [part.get("file"), *(item["media"] for item in part.get("items") or ())]
            for each in filter(None, media):
                name = each["url"].removeprefix("attachment://")
                if name not in there:
                    self.faults.append(f"{each['url']} was not sent")
                else:
                    each |= {"url": there[name]["url"], "attachment_id": there[name]["id"]}
        return made

    def named_files(self, channel: int, name: str) -> list[bytes]:
        """The files of this name that stand in a channel."""
        there = [
            each
            for id in sorted(self.messages[channel])
            for each in self.messages[channel][id]["attachments"]
        ]
        return [self.files[int(each["id"])] for each in there if each["filename"] == name]

    def pictures(self, channel: int) -> list[tuple[str, bytes]]:
        """The pictures that stand in a channel: how each is described, and what it is."""
        items = [
            item
            for id in sorted(self.messages[channel])
            for part in walk(self.messages[channel][id]["components"])
            for item in part.get("items") or ()
        ]
        return [(item["description"], self.files[int(item["media"]["attachment_id"])]) for item in items]

    def who(self, *, body: Any, query: Any) -> Any:
        return self.users[BOT]

    def application(self, *, body: Any, query: Any) -> Any:
        return {
            "id": str(APP), "name": "Storycircle", "icon": None, "description": "", "bot_public": True, "bot_require_code_grant": False,
            "verify_key": "0" * 64, "flags": (1 << 19) if self.read_messages else 0, "owner": self.users[BOT], "bot": self.users[BOT], "summary": "", "team": None,
        }  # fmt: skip

    def gateway(self, *, body: Any, query: Any) -> Any:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": 1, "session_start_limit": limit}

    def my_guilds(self, *, body: Any, query: Any) -> Any:
        after = int(query.get("after", 0))
        there = [g for id, g in self.guilds.items() if id > after]
        return [
            {
                "id": g["id"],
                "name": g["name"],
                "icon": None,
                "owner": False,
                "permissions": "0",
                "features": [],
            }
            for g in there
        ]

    def get_guild(self, guild: str, *, body: Any, query: Any) -> Any:
        return self.guilds[int(guild)]

    def get_member(self, guild: str, user: str, *, body: Any, query: Any) -> Any:
        return self.member(int(user), int(guild))

    def get_commands(self, *server: str, body: Any, query: Any) -> Any:
        if server and int(server[0]) not in self.guilds:
            raise No(403, 50001, "Missing Access")
        return self.commands

    def put_commands(self, *_: str, body: Any, query: Any) -> Any:
        self.command_writes += 1
        self.commands = [
            {"default_member_permissions": None}
            | json.loads(json.dumps(c))
            | {"id": str(self.snowflake()), "application_id": str(APP), "version": "1"}
            | ({"default_member_permissions": str(n)} if (n := c.get("default_member_permissions")) else {})
            for c in body
        ]
        return self.commands

    def post(self, channel: str, *, body: Any, query: Any) -> Any:
        there = self._there(channel, "send")
        if "poll" in body:
            self._there(channel, "polls")
        if there["type"] == 1 and int(there["recipients"][0]["id"]) in self.no_direct:
            raise No(403, 50007, "Cannot send messages to this user")
        key = (int(channel), str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self._nonces:
            return self.messages[int(channel)][self._nonces[key]]
        if there.get("thread_metadata"):
            there["thread_metadata"]["archived"] = False
        id = self.snowflake()
        made = self._message(id, int(channel), BOT, body)
        self.messages[int(channel)][id] = made
        if body.get("nonce"):
            self._nonces[key] = id
        self._tell("MESSAGE_CREATE", self._as_sent(made))
        return made

    def forget_nonces(self) -> None:
        """Some minutes went by."""
        self._nonces.clear()

    def history(self, channel: str, *, body: Any, query: Any) -> Any:
        self._there(channel, "history")
        ids = sorted(self.messages[int(channel)])
        limit = int(query.get("limit", 50))
        if "after" in query:
            ids = [i for i in ids if i > int(query["after"])][:limit]
        elif "before" in query:
            ids = [i for i in ids if i < int(query["before"])][-limit:]
        else:
            ids = ids[-limit:]
        return [self._as_read(self.messages[int(channel)][i]) for i in reversed(ids)]

    def _as_read(self, message: dict[str, Any]) -> dict[str, Any]:
        sent = self._as_sent(message)
        signs = [
            {"emoji": {"id": None, "name": e}, "count": len(by), "me": BOT in by, "me_burst": False, "burst_colors": [],
             "count_details": {"burst": 0, "normal": len(by)}}
            for e, by in message.get("_signs", {}).items() if by
        ]  # fmt: skip
        kept = {k: v for k, v in sent.items() if k not in ("guild_id", "member") and not k.startswith("_")}
        return kept | {"reactions": signs}

    def _mine(self, channel: str, message: str) -> dict[str, Any]:
        self._there(channel)
        found = self.messages[int(channel)].get(int(message))
        if found is None:
            raise No(404, 10008, "Unknown Message")
        return found

    def patch(self, channel: str, message: str, *, body: Any, query: Any) -> Any:
        found = self._mine(channel, message)
        if (self.channels[int(channel)].get("thread_metadata") or {}).get("archived"):
            raise No(400, 50083, "Thread is archived")
        if found["author"]["id"] != str(BOT):
            raise No(403, 50005, "Cannot edit a message authored by another user")
        fresh = self._message(int(message), int(channel), BOT, body)
        found |= {
            "components": fresh["components"],
            "content": fresh["content"],
            "attachments": fresh["attachments"],
            "edited_timestamp": _now(self.ahead),
        }
        self._tell("MESSAGE_UPDATE", self._as_sent(found))
        return found

    def remove(self, channel: str, message: str, *, body: Any, query: Any) -> Any:
        self._mine(channel, message)
        self.delete(int(channel), int(message))

    def react(self, channel: str, message: str, emoji: str, *, body: Any, query: Any) -> Any:
        self._there(channel, "react")
        found = self._mine(channel, message)
        found.setdefault("_signs", {}).setdefault(emoji, set()).add(BOT)
        found["_signs"] = found["_signs"]

    def unreact(self, channel: str, message: str, emoji: str, *, body: Any, query: Any) -> Any:
        there = self._mine(channel, message).get("_signs", {}).get(emoji, set())
        if BOT not in there:
            raise No(404, 10014, "Unknown Emoji")
        there.discard(BOT)

    def put_sign(self, user: int, channel: int, message: int, emoji: str, *, on: bool = True) -> None:
        """Somebody puts a sign on a message, or takes it away."""
        there = self.messages[channel][message].setdefault("_signs", {}).setdefault(emoji, set())
        there.add(user) if on else there.discard(user)
        told = {"user_id": str(user), "channel_id": str(channel), "message_id": str(message), "guild_id": self.channels[channel]["guild_id"],
                "emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}  # fmt: skip
        self._tell("MESSAGE_REACTION_ADD" if on else "MESSAGE_REACTION_REMOVE", told)

    def who_signed(self, channel: str, message: str, emoji: str, *, body: Any, query: Any) -> Any:
        there = sorted(self._mine(channel, message).get("_signs", {}).get(emoji, set()))
        there = [u for u in there if u > int(query.get("after") or 0)][: int(query.get("limit") or 25)]
        return [self.users[u] for u in there]

    def signs(self, channel: int, message: int) -> list[str]:
        there = self.messages[channel][message].get("_signs", {})
        return sorted(unquote(emoji) for emoji, users in there.items() if users)

    def open_direct(self, *, body: Any, query: Any) -> Any:
        return self.channels[self.direct(int(body["recipient_id"]))]

    def get_channel(self, channel: str, *, body: Any, query: Any) -> Any:
        return self._there(channel)

    def patch_channel(self, channel: str, *, body: Any, query: Any) -> Any:
        there = self._there(channel)
        if "archived" in body and there.get("thread_metadata"):
            there["thread_metadata"]["archived"] = body["archived"]
        return there

    def open_thread(self, channel: str, *, body: Any, query: Any) -> Any:
        parent = self._there(channel, "threads")
        private = parent["type"] != 15 and body.get("type", 12) == 12
        if private and parent["type"] != 0:
            raise No(400, 50024, "Cannot execute action on this channel type")
        if not 1 <= len(body["name"]) <= 100:
            raise No(400, 50035, "name")
        id = self.snowflake()
        self.channels[id] = {
            "id": str(id), "type": 11 if parent["type"] == 15 else body.get("type", 12), "guild_id": parent["guild_id"], "parent_id": channel, "name": body["name"],
            "owner_id": str(BOT), "message_count": 0, "member_count": 1, "rate_limit_per_user": 0, "flags": 0, "total_message_sent": 0,
            "thread_metadata": {"archived": False, "auto_archive_duration": body.get("auto_archive_duration", 60),
                                "archive_timestamp": _now(), "locked": False, "invitable": body.get("invitable", True)},
            "_members": {BOT},
        }  # fmt: skip
        self.messages[id] = {}
        made = public(self.channels[id])
        self._tell("THREAD_CREATE", made | {"newly_created": True})
        if parent["type"] != 15:
            return made
        if parent["flags"] & 16 and not body.get("applied_tags"):
            raise No(400, 40067, "A tag is required to create a forum post in this channel")
        first = self._message(id, id, BOT, body["message"])  # it bears the id of the post
        self.messages[id][id] = first
        self._tell("MESSAGE_CREATE", self._as_sent(first))
        return made | {"message": first}

    def remove_channel(self, channel: str, *, body: Any, query: Any) -> Any:
        there = self._there(channel)
        del self.channels[int(channel)], self.messages[int(channel)]
        self._tell("THREAD_DELETE", {k: there[k] for k in ("id", "guild_id", "parent_id", "type")})
        return public(there)

    def get_message(self, channel: str, message: str, *, body: Any, query: Any) -> Any:
        return self._as_read(self._mine(channel, message))

    def active(self, guild: str, *, body: Any, query: Any) -> Any:
        there = [c for c in self.channels.values() if c.get("guild_id") == guild and c["type"] in (11, 12)]
        return {"threads": [public(c) for c in there if not c["thread_metadata"]["archived"]], "members": []}

    def add_member(self, thread: str, user: str, *, body: Any, query: Any) -> Any:
        self._there(thread)["_members"].add(int(user))

    def take_member(self, thread: str, user: str, *, body: Any, query: Any) -> Any:
        members = self._there(thread, "manage")["_members"]
        if int(user) not in members:
            raise No(404, 10007, "Unknown Member")
        members.discard(int(user))

    def members_of(self, thread: str, *, body: Any, query: Any) -> Any:
        raise No(403, 50001, "Missing Access")  # without the privileged intent for members

    def member_of(self, thread: str, user: str, *, body: Any, query: Any) -> Any:
        if int(user) not in self._there(thread)["_members"]:
            raise No(404, 10007, "Unknown Member")
        return {"id": thread, "user_id": user, "join_timestamp": _now(), "flags": 0}

    # interactions

    def callback(self, id: str, token: str, *, body: Any, query: Any) -> Any:
        made = self.interactions.get(token)
        if made is None or (self.ran - made.born > PATIENCE and made.acknowledged is None):
            raise No(404, 10062, "Unknown interaction")
        if made.acknowledged is not None:
            raise No(400, 40060, "Interaction has already been acknowledged.")
        if body["type"] == 9 and made.kind == 5:
            raise No(400, 50035, "a form cannot answer a form")
        made.acknowledged = self.ran - made.born
        data = body.get("data") or {}
        resource: dict[str, Any] = {"type": body["type"]}
        if body["type"] == 4:
            resource["message"] = self._whisper(made, data)
        elif body["type"] in (5, 6):
            pass
        elif body["type"] == 7:
            made.updated = self._message(self.snowflake(), made.channel, BOT, data)
            made.shown.append(made.updated)
            resource["message"] = made.updated
        elif body["type"] == 8:
            made.choices = data["choices"]
        elif body["type"] == 9:
            made.modal = data
        told = {"id": str(made.id), "type": made.kind}
        if body["type"] == 4:
            told["response_message_id"] = resource["message"]["id"]
        return {"interaction": told, "resource": resource}

    def _whisper(self, made: Interaction, data: dict[str, Any]) -> dict[str, Any]:
        assert int(data.get("flags") or 0) & EPHEMERAL, "answers are for their author only"
        message = self._message(self.snowflake(), made.channel, BOT, data)
        made.shown.append(message)
        return message

    def _token(self, token: str) -> Interaction:
        made = self.interactions.get(token)
        if made is None:
            raise No(404, 10015, "Unknown Webhook")
        return made

    def follow(self, _app: str, token: str, *, body: Any, query: Any) -> Any:
        return self._whisper(self._token(token), body)

    def change_word(self, _app: str, token: str, which: str, *, body: Any, query: Any) -> Any:
        made = self._token(token)
        found = [m for m in made.shown if which in (m["id"], "@original")][:1]
        if not found:
            made.shown.append(self._message(self.snowflake(), made.channel, BOT, body | {"flags": 64}))
            return made.shown[-1]
        fresh = self._message(int(found[0]["id"]), made.channel, BOT, body)
        found[0]["components"] = fresh["components"]
        return found[0]

    def take_word(self, _app: str, token: str, which: str, *, body: Any, query: Any) -> Any:
        made = self._token(token)
        made.shown = [m for m in made.shown if m["id"] != which]


def answer(made: Any, status: int = 200, **headers: str) -> web.Response:
    """An answer as Discord gives it: the library takes it for JSON only without a charset."""
    body = json.dumps(made, default=list).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **headers})


def public(channel: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in channel.items() if not k.startswith("_")}


def until_noon() -> float:
    """Seconds until noon in UTC of a Sunday: what is held over days begins the next morning, whenever a test runs."""
    return (3 * 86_400 + 43_200 - time.time()) % (7 * 86_400)


def _now(ahead: float = 0) -> str:
    return datetime.fromtimestamp(time.time() + ahead, timezone.utc).isoformat()


def _owns(world: Discord, guild: str) -> dict[str, Any]:
    found = world.guilds.get(int(guild))
    if found is None:
        raise No(404, 10004, "Unknown Guild")
    if (int(guild), "events") in world.denied:
        raise No(403, 50013, "Missing Permissions")
    return found


def get_events(world: Discord, guild: str, *, body: Any, query: Any) -> Any:
    return _owns(world, guild)["guild_scheduled_events"]


def make_event(world: Discord, guild: str, *, body: Any, query: Any) -> Any:
    there = _owns(world, guild)["guild_scheduled_events"]
    if datetime.fromisoformat(body["scheduled_start_time"]) <= datetime.now(timezone.utc):
        raise No(400, 50035, "Cannot schedule event in the past.")
    assert body["entity_type"] == 3 and body["entity_metadata"]["location"] and body["scheduled_end_time"]
    made = {
        "id": str(world.snowflake()), "guild_id": guild, "channel_id": None, "creator_id": str(BOT), "status": 1,
        "entity_id": None, "recurrence_rule": None, "guild_scheduled_event_exceptions": [], **body,
    }  # fmt: skip
    there.append(made)
    world._tell("GUILD_SCHEDULED_EVENT_CREATE", made)
    return made


def patch_event(world: Discord, guild: str, event: str, *, body: Any, query: Any) -> Any:
    found = next((e for e in _owns(world, guild)["guild_scheduled_events"] if e["id"] == event), None)
    if found is None:
        raise No(404, 10070, "Unknown Guild Scheduled Event")
    world.change_event(found, **body)
    return found


def get_roles(world: Discord, guild: str, *, body: Any, query: Any) -> Any:
    return world.guilds[int(guild)]["roles"]


def make_role(world: Discord, guild: str, *, body: Any, query: Any) -> Any:
    if (int(guild), "roles") in world.denied:
        raise No(403, 50013, "Missing Permissions")
    made = {"id": str(world.snowflake()), "position": 1, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
            "colors": {"primary_color": body.get("color", 0)}, **body}  # fmt: skip
    world.guilds[int(guild)]["roles"].append(made)
    return made


def give_role(world: Discord, guild: str, user: str, role: str, *, body: Any, query: Any) -> None:
    if (int(guild), "roles") in world.denied:
        raise No(403, 50013, "Missing Permissions")
    world.given.add((int(guild), int(user), role))


def take_role(world: Discord, guild: str, user: str, role: str, *, body: Any, query: Any) -> None:
    world.given.discard((int(guild), int(user), role))


ROUTES: list[tuple[str, str, Callable[..., Any]]] = [
    ("GET", "/users/@me", Discord.who),
    ("GET", "/oauth2/applications/@me", Discord.application),
    ("GET", "/gateway/bot", Discord.gateway),
    ("GET", "/users/@me/guilds", Discord.my_guilds),
    ("GET", r"/guilds/(\d+)", Discord.get_guild),
    ("GET", r"/guilds/(\d+)/members/(\d+)", Discord.get_member),
    ("GET", r"/applications/\d+/commands", Discord.get_commands),
    ("GET", r"/applications/\d+/guilds/(\d+)/commands", Discord.get_commands),
    ("PUT", r"/applications/\d+(?:/guilds/\d+)?/commands", Discord.put_commands),
    ("POST", r"/channels/(\d+)/messages", Discord.post),
    ("GET", r"/channels/(\d+)/messages", Discord.history),
    ("GET", r"/channels/(\d+)/messages/(\d+)", Discord.get_message),
    ("GET", r"/channels/(\d+)/polls/(\d+)/answers/(\d+)", Discord.voters),
    ("POST", r"/channels/(\d+)/polls/(\d+)/expire", Discord.end_poll),
    ("DELETE", r"/channels/(\d+)", Discord.remove_channel),
    ("PATCH", r"/channels/(\d+)/messages/(\d+)", Discord.patch),
    ("DELETE", r"/channels/(\d+)/messages/(\d+)", Discord.remove),
    ("PUT", r"/channels/(\d+)/messages/(\d+)/reactions/([^/]+)/@me", Discord.react),
    ("DELETE", r"/channels/(\d+)/messages/(\d+)/reactions/([^/]+)/@me", Discord.unreact),
    ("GET", r"/channels/(\d+)/messages/(\d+)/reactions/([^/]+)", Discord.who_signed),
    ("POST", "/users/@me/channels", Discord.open_direct),
    ("GET", r"/channels/(\d+)", Discord.get_channel),
    ("PATCH", r"/channels/(\d+)", Discord.patch_channel),
    ("POST", r"/channels/(\d+)/threads", Discord.open_thread),
    ("GET", r"/guilds/(\d+)/threads/active", Discord.active),
    ("PUT", r"/channels/(\d+)/thread-members/(\d+)", Discord.add_member),
    ("DELETE", r"/channels/(\d+)/thread-members/(\d+)", Discord.take_member),
    ("GET", r"/channels/(\d+)/thread-members", Discord.members_of),
    ("GET", r"/channels/(\d+)/thread-members/(\d+)", Discord.member_of),
    ("GET", r"/guilds/(\d+)/roles", get_roles),
    ("POST", r"/guilds/(\d+)/roles", make_role),
    ("PUT", r"/guilds/(\d+)/members/(\d+)/roles/(\d+)", give_role),
    ("DELETE", r"/guilds/(\d+)/members/(\d+)/roles/(\d+)", take_role),
    ("GET", r"/guilds/(\d+)/scheduled-events", get_events),
    ("POST", r"/guilds/(\d+)/scheduled-events", make_event),
    ("PATCH", r"/guilds/(\d+)/scheduled-events/(\d+)", patch_event),
    ("POST", r"/interactions/(\d+)/([^/]+)/callback", Discord.callback),
    ("POST", r"/webhooks/(\d+)/([^/]+)", Discord.follow),
    ("PATCH", r"/webhooks/(\d+)/([^/]+)/messages/([^/]+)", Discord.change_word),
    ("DELETE", r"/webhooks/(\d+)/([^/]+)/messages/([^/]+)", Discord.take_word),
]


class Socket:
    """One connection to the gateway."""

    def __init__(self, world: Discord, socket: web.WebSocketResponse, compress: str) -> None:
        self.world, self.socket = world, socket
        self._deflate = zlib.compressobj() if compress == "zlib-stream" else None
        self._session = ""
        self._at = 0  # entries of the log that were sent
        self._pushing = asyncio.Event()

    async def _send(self, told: dict[str, Any]) -> None:
        text = json.dumps(told, default=list)
        if self._deflate is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(
                self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            )

    def push(self) -> None:
        self._pushing.set()

    async def drop(self) -> None:
        self.world._sockets.pop(self._session, None)
        if not self.socket.closed:
            await self.socket.close(code=4000)

    async def run(self) -> None:
        await self._send({"op": 10, "d": {"heartbeat_interval": 41250}})
        pushing = asyncio.create_task(self._push())
        try:
            async for message in self.socket:
                if message.type is not WSMsgType.TEXT:
                    break
                await self._heard(json.loads(message.data))
        except ConnectionError:
            pass
        finally:
            pushing.cancel()
            if self.world._sockets.get(self._session) is self:
                del self.world._sockets[self._session]

    async def _heard(self, told: dict[str, Any]) -> None:
        world = self.world
        match told["op"]:
            case 1:
                await self._send({"op": 11})
            case 2:
                if told["d"]["intents"] & READING and not world.read_messages:
                    await self.socket.close(code=4014, message=b"Disallowed intent(s).")
                    return
                self._session = secrets.token_hex(8)
                world.ready(self._session, told["d"].get("shard"))
                world._sockets[self._session] = self
                self.push()
            case 6:
                session, seq = told["d"]["session_id"], told["d"]["seq"]
                if not world.resumable or session not in world._log:
                    world._log.pop(session, None)
                    await self._send({"op": 9, "d": False})
                    return
                self._session, self._at = session, seq
                world._log[session].append(
                    {"op": 0, "t": "RESUMED", "s": len(world._log[session]) + 1, "d": {}}
                )
                world._sockets[session] = self
                self.push()

    async def _push(self) -> None:
        while True:
            await self._pushing.wait()
            self._pushing.clear()
            log = self.world._log.get(self._session, [])
            while self._at < len(log):
                entry = log[self._at]
                self._at += 1
                await self._send(entry)
