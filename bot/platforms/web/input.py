"""Input from pages, by form or by socket: checked, and passed on."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.commands import TABLE
from bot.core.access import Act
from bot.core.commands.table import Parsed
from bot.core.text import messages, quoting
from bot.core.text.messages import N_
from bot.core.text.wording import tr
from bot.platforms.web.hub import Hub
from bot.platforms.web.pages import MESSAGE
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.rate_limits import LONGEST, RateLimits
from bot.platforms.web.room_access import RoomAccess
from bot.platforms.web.signing import PublicIds
from bot.render.i18n import translated
from bot.store.store import Store
from bot.store.web_members import Member

TOO_FAST = N_("You're sending messages too fast. Wait a moment. Your text is still here.")
TOO_LONG = N_(
    "That's longer than {most} characters. Shorten it or send it in parts. Your text is still here."
)
EMPTY = N_("An empty message can't be saved. To remove the answer, delete it instead.")
DIGITS = 15  # of the number of a message: it fits into a column
Body = dict[str, Any]  # of an event, as it is kept until it is heard


class Refused(Exception):
    """Input is not taken; the message tells its author why."""


# What a frame wants, as far as the room decides it before the core does. A line may be a command: it is seen when it is
# read. Own words are looked up where they are changed; taking them back is always allowed.
ACTS: Mapping[str, Act | None] = {
    "say": None,
    "edit": Act.EDIT,
    "delete": Act.TAKE_BACK,
    "use": Act.READ,
    "form": Act.READ,
    "order": None,
}
Reader = Callable[[Member, Mapping[str, Any]], Awaitable[Body]]  # of one kind of message from a page


class Input:
    """The one way in for what people write and press."""

    def __init__(
        self, store: Store, platform: WebPlatform, hub: Hub, access: RoomAccess, ids: PublicIds
    ) -> None:
        self._store = store
        self._platform = platform
        self._hub = hub
        self._access = access
        self._ids = ids
        self._rate_limits = RateLimits()
        self._readers: Mapping[str, Reader] = {
            "say": self._said,
            "edit": self._edited,
            "delete": self._deleted,
            "use": self._used,
            "form": _submitted,
            "order": self._ordered,
        }

    async def take(self, member: Member, what: Mapping[str, Any], *, patient: bool = False) -> None:
        """Check what somebody sent, and pass it on; returns when it is on disk.

        Who is too fast is refused, or where `patient` waits until it is their turn: what a page kept while its line
        was down comes all at once, and none of it is lost.

        Raises:
            Refused: with the sentence to show; nothing was taken, nothing is lost.
        """
        if patient:
            await self._rate_limits.turn(member.id)
        elif not self._rate_limits.take(member.id):
            raise Refused(tr(TOO_FAST))
        nonce = str(what.get("nonce") or secrets.token_hex(8))[:64]
        room = f"web:{member.room}"
        read = self._readers.get(str(what.get("do", "")))
        if read is None:
            raise Refused(tr("This page is out of date. Reload it. Your text will still be here."))
        await self._check(member, str(what["do"]))
        body = await read(member, what)
        if body.get("channel", room).partition("/")[0] != room:
            raise Refused(tr("That's another room."))
        if body.get("session", "") not in ("", self._hub.current(member.room)):
            places = (await self._store.context_for([], [room], [])).places.get(room, ())
            if body["session"] not in [place.session for place in places]:
                raise Refused(tr("This page is out of date. Reload it. Your text will still be here."))
        if body["do"] == "order":
            body["zone"] = str(what.get("zone", ""))[:64]
        await self._platform.send(member, nonce, body)

    async def _check(self, member: Member, do: str) -> None:
        """See that somebody may do this in the room now; commands are answered by the core, which asks the same."""
        act = ACTS[do]
        if act is not None and (why := await self._access.refusal(member.room, member, act, own=True)):
            raise Refused(tr(why))

    async def _edited(self, member: Member, what: Mapping[str, Any]) -> Body:
        text = _text(what.get("text", ""))
        if not text:
            raise Refused(tr(EMPTY))
        message = self._own(what, EMPTY)
        if why := await self._access.edit_refusal(member, message):
            raise Refused(tr(why))
        return {"do": "edit", "message": message, "text": text}

    async def _ordered(self, member: Member, what: Mapping[str, Any]) -> Body:
        """A command by button or form, perhaps with fields; a message that one names is one that they can read."""
        fields = {str(key)[:40]: _text(value) for key, value in _mapping(what.get("args")).items()}
        parsed = TABLE.filled(str(what.get("command", "")), fields)
        order = _order(parsed, str(what.get("session", ""))[:40])
        return await self._readable(member, order)

    async def _said(self, member: Member, what: Mapping[str, Any]) -> Body:
        """A line: a command, or something said."""
        text = _text(what.get("text", ""))
        if not text:
            raise Refused(tr("That message was empty. Try again."))
        parsed = TABLE.parse(text) if text.startswith("/") else None
        if parsed is not None and (not parsed.fault or parsed.near):
            return await self._readable(member, _order(parsed, ""))
        # any other line that begins with a slash is talk
        reply = await self._message_read(member, str(what.get("reply_to", "")))
        rest = str(what.get("channel", ""))
        channel = f"web:{member.room}" + (f"/{rest}" if rest else "")
        own = bool(rest) and channel in [thread for thread, _ in await self._access.threads(member)]
        act = Act.SAY_PAIR if rest else Act.SAY
        if why := await self._access.refusal(member.room, member, act, own=own):
            raise Refused(tr(why))
        return {"do": "say", "channel": channel, "text": text, "reply_to": reply or ""}

    async def _deleted(self, member: Member, what: Mapping[str, Any]) -> Body:
        return {"do": "delete", "message": self._own(what, EMPTY), "text": ""}

    async def _used(self, member: Member, what: Mapping[str, Any]) -> Body:
        return {"do": "use", "message": self._own(what, messages.ONLY_YOUR_OWN)}

    async def _readable(self, member: Member, order: Body) -> Body:
        """A command in which a message that it names is named as we know it.

        Raises:
            Refused: they do not read such a message.
        """
        named = order["args"].get("message", "")
        if not named:
            return order
        known = await self._message_read(member, named)
        if known is None:
            raise Refused(tr(messages.NO_SUCH_MESSAGE))
        return {**order, "args": {**order["args"], "message": known}}

    async def _message_read(self, member: Member, named: str) -> str | None:
        """The id of a message that somebody means, if they read it."""
        number = self._number(named.removeprefix("web:"))
        return f"web:{number}" if number is not None and await self._access.reads(member, number) else None

    def _number(self, named: str) -> int | None:
        """The number of a message by what pages call it; those of earlier versions counted."""
        if named.isdecimal() and len(named) <= DIGITS:
            return int(named)
        return self._ids.number(MESSAGE, named)

    def _own(self, what: Mapping[str, Any], refusal: str) -> int:
        """The message of one's own that is meant."""
        number = self._number(str(what.get("message", "")))
        if number is None:
            raise Refused(tr(refusal))
        return number


async def _submitted(member: Member, what: Mapping[str, Any]) -> Body:
    picks = what.get("picks")
    if picks is not None and not isinstance(picks, list):
        raise Refused(tr("I didn't understand that."))
    fields = _mapping(what.get("fields"))
    return {
        "do": "form",
        "session": str(what.get("session", ""))[:40],
        "step": str(what.get("step", ""))[:80],
        "fields": {str(key)[:80]: _text(value) for key, value in list(fields.items())[:30]},
        "picks": [str(pick)[:80] for pick in picks[:30]] if picks is not None else None,
        "anonymous": bool(what.get("anonymous")),
        "share": str(what.get("share", ""))[:20],
    }


def _order(parsed: Parsed, session: str) -> Body:
    if parsed.fault:
        raise Refused(translated(parsed.fault))
    order = {"do": "order", "command": parsed.command, "args": dict(parsed.args), "session": session}
    return {**order, "old": parsed.old} if parsed.old else order


def _mapping(raw: Any) -> dict[Any, Any]:
    if raw and not isinstance(raw, dict):
        raise Refused(tr("I didn't understand that."))
    return raw or {}


def _text(raw: Any) -> str:
    text = str(raw)
    if len(text) > LONGEST:
        raise Refused(tr(TOO_LONG, most=f"{LONGEST:,}"))
    return quoting.clean(text)
