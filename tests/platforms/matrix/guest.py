"""Somebody in Matrix with a client of their own: plain calls of the Client-Server API, no library of ours."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

import aiohttp
from nio.crypto.attachments import decrypt_attachment


class Guest:
    """One account, without encryption."""

    def __init__(self, url: str, account: dict[str, str]) -> None:
        self.user = account["user_id"]
        self.pause = 0.1  # seconds between two looks
        self._been: set[str] = set()
        self._known: dict[str, list[dict[str, Any]]] = {}  # room -> its events, as they were read last
        self._url = url + "/_matrix/client/v3"
        self._web = aiohttp.ClientSession(headers={"Authorization": f"Bearer {account['access_token']}"})

    async def close(self) -> None:
        """Close the client."""
        await self._web.close()

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One call; raises when the server says no."""
        async with self._web.request(method, self._url + path, json=body, params=query) as answer:
            said = await answer.json()
            if answer.status >= 400:
                raise RuntimeError(f"{answer.status} {json.dumps(said)}")
            return said

    async def send(self, room: str, content: dict[str, Any], kind: str = "m.room.message") -> str:
        """Send an event, and return its id."""
        said = await self.call("PUT", f"/rooms/{room}/send/{kind}/{secrets.token_hex(8)}", content)
        return str(said["event_id"])

    async def file(self, content: dict[str, Any]) -> bytes:
        """The file of a message; a sealed one is opened with the key that the message holds."""
        held = content.get("file") or content
        server, _, media = held["url"].removeprefix("mxc://").partition("/")
        url = self._url.replace("/v3", "/v1") + f"/media/download/{server}/{media}"
        async with self._web.get(url) as answer:
            assert answer.status == 200, answer.status
            data = await answer.read()
        if "file" not in content:
            return data
        return bytes(decrypt_attachment(data, held["key"]["k"], held["hashes"]["sha256"], held["iv"]))

    async def files(self, room: str, kind: str) -> list[dict[str, Any]]:
        """The messages with a file of this kind (`m.image`, `m.file`) that stand in a room."""
        found = [event.get("content", {}) for event in await self.events(room)]
        return [content for content in found if content.get("msgtype") == kind]

    async def until_file(self, room: str, kind: str, words: bytes, *, there: bool = True) -> dict[str, Any]:
        """Wait until the one file of this kind in a room holds these words (or does not); its message."""
        async with asyncio.timeout(20):
            while True:
                found = await self.files(room, kind)
                if len(found) == 1 and (words in await self.file(found[0])) is there:
                    return found[0]
                await asyncio.sleep(self.pause)

    async def say(self, room: str, text: str, **more: Any) -> str:
        """Say something."""
        return await self.send(room, {"msgtype": "m.text", "body": text, **more})

    async def edit(self, room: str, event: str, text: str) -> str:
        """Change a message of one's own."""
        fresh = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": event}
        return await self.say(room, f"* {text}", **{"m.new_content": fresh, "m.relates_to": relation})

    async def redact(self, room: str, event: str) -> str:
        """Take an event away."""
        said = await self.call("PUT", f"/rooms/{room}/redact/{event}/{secrets.token_hex(8)}", {})
        return str(said["event_id"])

    async def room(self, *invite: str, **more: Any) -> str:
        """A new room."""
        body = {"invite": list(invite), "preset": "private_chat", **more}
        return str((await self.call("POST", "/createRoom", body))["room_id"])

    async def invites(self) -> list[str]:
        """Rooms that one is invited to."""
        said = await self.call("GET", "/sync", filter=json.dumps({"room": {"timeline": {"limit": 1}}}))
        return list(said.get("rooms", {}).get("invite", {}))

    async def come(self) -> str:
        """Wait for an invitation, and go in."""
        async with asyncio.timeout(20):
            while True:
                for room in await self.invites():
                    if room not in self._been:  # a client may hear of its own coming a moment late
                        await self.join(room)
                        self._been.add(room)
                        return room
                await asyncio.sleep(self.pause)

    async def join(self, room: str) -> None:
        """Go into a room."""
        await self.call("POST", f"/join/{room}", {})
        self._been.add(room)

    async def until_member(self, room: str, user: str) -> None:
        """Wait until somebody is in a room."""
        async with asyncio.timeout(20):
            while user not in (await self.call("GET", f"/rooms/{room}/joined_members"))["joined"]:
                await asyncio.sleep(0.05)

    async def events(self, room: str) -> list[dict[str, Any]]:
        """All events of a room, oldest first. What was read before is not asked for again, unless something was taken away."""
        known = self._known.get(room, [])
        if known:
            latest = await self._latest(room, 20)
            ids = [event["event_id"] for event in latest]
            if known[-1]["event_id"] in ids:
                fresh = latest[ids.index(known[-1]["event_id"]) + 1 :]
                if not any(event["type"] == "m.room.redaction" for event in fresh):
                    self._known[room] = [*known, *fresh]
                    return self._known[room]
        self._known[room] = await self._latest(room, 1000)
        return self._known[room]

    async def _latest(self, room: str, many: int) -> list[dict[str, Any]]:
        said = await self.call("GET", f"/rooms/{room}/messages", dir="b", limit=many)
        return list(reversed(said["chunk"]))

    async def texts(self, room: str, by: str = "") -> list[str]:
        """What stands in a room, without the marks around people's words."""
        found = await self.shown(room, by)
        return [text.replace("\u2068", "").replace("\u2069", "") for text, _ in found]

    async def shown(self, room: str, by: str = "") -> list[tuple[str, str]]:
        """What stands in a room as a client shows it: edits in place, what was taken away gone; and in which thread."""
        shown: dict[str, tuple[str, str]] = {}
        for event in await self.events(room):
            content = event.get("content", {})
            if event["type"] != "m.room.message" or (by and event["sender"] != by) or "body" not in content:
                continue
            relation = content.get("m.relates_to", {})
            if relation.get("rel_type") == "m.replace":
                if relation["event_id"] in shown:
                    shown[relation["event_id"]] = (content["m.new_content"]["body"], "")
            else:
                thread = relation["event_id"] if relation.get("rel_type") == "m.thread" else ""
                shown[event["event_id"]] = (content["body"], thread)
        return list(shown.values())

    async def until(self, room: str, there: Callable[[list[str]], bool], by: str = "") -> list[str]:
        """Wait until a room shows something."""
        found: list[str] = []
        try:
            async with asyncio.timeout(20):
                while True:
                    found = await self.texts(room, by)
                    if there(found):
                        return found
                    await asyncio.sleep(self.pause)
        except TimeoutError as error:
            raise AssertionError("not shown within 20 s; there is: " + "\n---\n".join(found)) from error
