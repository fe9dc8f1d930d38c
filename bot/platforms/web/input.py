"""What somebody sends from a page, by form or by socket: checked, and passed on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from bot.commands import BY_NAME, parse
from bot.core.text import messages
from bot.core.text.messages import N_, tr
from bot.platforms.web.hub import Hub
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.rate_limits import LONGEST, RateLimits
from bot.platforms.web.room_access import RoomAccess
from bot.store.store import Store
from bot.store.web_rows import Member

TOO_FAST = N_("You are writing faster than anybody can read. Wait a moment; your text is still here.")
TOO_LONG = N_("That is longer than {most} characters. Shorten it, or send it in pieces; it is still here.")


class Refused(Exception):
    """What somebody sent is not taken; the message tells them why."""


class Input:
    """The one way in for what people write and press."""

    def __init__(self, store: Store, platform: WebPlatform, hub: Hub, where: RoomAccess) -> None:
        self._store = store
        self._platform = platform
        self._hub = hub
        self._where = where
        self._fast = RateLimits()

    async def take(self, member: Member, what: Mapping[str, Any]) -> None:
        """Check what somebody sent, and pass it on; returns when it is on disk.

        Raises:
            Refused: with the sentence to show; nothing was taken, nothing is lost.
        """
        if not self._fast.take(member.id):
            raise Refused(tr(TOO_FAST))
        nonce = str(what.get("nonce") or secrets.token_hex(8))[:64]
        room = f"web:{member.room}"
        body: dict[str, Any]
        match what.get("do"):
            case "say":
                body = await self._said(member, str(what.get("text", "")), what)
            case "edit" | "delete" as do:
                number = str(what.get("message", ""))
                text = _text(what.get("text", "")) if do == "edit" else ""
                if not number.isdecimal() or (do == "edit" and not text):
                    raise Refused(tr("An empty message is none: take it back instead."))
                body = {"do": do, "message": int(number), "text": text}
            case "use":
                number = str(what.get("message", ""))
                if not number.isdecimal():
                    raise Refused(tr("Choose one of your own messages."))
                body = {"do": "use", "message": int(number)}
            case "form":
                raw = what.get("fields") or {}
                picks = what.get("picks")
                body = {
                    "do": "form",
                    "session": str(what.get("session", ""))[:40],
                    "step": str(what.get("step", ""))[:80],
                    "fields": {str(k)[:80]: _text(v) for k, v in list(dict(raw).items())[:30]},
                    "picks": [str(p)[:80] for p in list(picks)[:30]] if picks is not None else None,
                    "anonymous": bool(what.get("anonymous")),
                    "share": str(what.get("share", ""))[:20],
                }
            case "order":
                command = str(what.get("command", ""))
                name, _space, rest = command.partition(" ")
                parsed = parse(f"/{command}")
                if parsed is None or parsed.fault:
                    if command not in BY_NAME:
                        raise Refused(
                            parsed.fault
                            if parsed
                            else tr("There is no command {name}.", name=f"{name} {rest}")
                        )
                    body = {"do": "order", "command": command, "args": {}}
                else:
                    body = {"do": "order", "command": parsed.command, "args": dict(parsed.args)}
                body["args"] |= {str(k)[:40]: _text(v) for k, v in dict(what.get("args") or {}).items()}
                body["session"] = str(what.get("session", ""))[:40]
            case _:
                raise Refused(tr("The page is older than the program. Reload it; your text is still here."))
        if body.get("channel", room).partition("/")[0] != room:
            raise Refused(tr("That is another room."))
        if body.get("session", "") not in ("", self._hub.current(member.room)):
            places = (await self._store.context_for([], [room], [])).places.get(room, ())
            if body["session"] not in [place.session for place in places]:
                raise Refused(tr("The page is older than the session. Reload it; your text is still here."))
        await self._platform.send(member, nonce, body)

    async def _said(self, member: Member, raw: str, what: Mapping[str, Any]) -> dict[str, Any]:
        text = _text(raw)
        if not text:
            raise Refused(tr("There was nothing to read in that."))
        parsed = parse(text)
        if parsed is not None:
            if parsed.fault:
                raise Refused(parsed.fault)
            current = self._hub.current(member.room)
            return {"do": "order", "command": parsed.command, "args": dict(parsed.args), "session": current}
        session, _ = await self._where.current(member.room)
        author = session.people.get(f"web:{member.id}")
        if author is not None and author.removed and session.live:
            raise Refused(messages.REMOVED)
        reply = str(what.get("reply_to", ""))
        rest = str(what.get("channel", ""))
        channel = f"web:{member.room}" + (f"/{rest}" if rest else "")
        if rest and channel not in [found for found, _ in await self._where.threads(member)]:
            raise Refused(tr("That conversation is not open to you."))
        return {"do": "say", "channel": channel, "text": text, "reply_to": reply[:40]}


def _text(raw: Any) -> str:
    text = str(raw)
    if len(text) > LONGEST:
        raise Refused(tr(TOO_LONG, most=f"{LONGEST:,}"))
    return messages.clean(text)
