"""Bare words in place of buttons, in the room that one person has with the bot: “yes”, “no”, a number, “skip”, “stop”.

A word gives the command of a button only while the last message there offers it, or as a reply to a message that did.
The offer travels in that message, so what came before and after it is what the homeserver's timeline says. While a
question waits there for an answer nothing is offered: “no” and “3” are answers then, and buttons are shown as commands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from bot.commands import PAGES
from bot.core.model.cards import Button
from bot.core.text.messages import N_
from bot.core.text.quoting import clean
from bot.core.text.wording import tr
from bot.platforms.matrix.channels import ASKED, DIRECT, OFFER, OFFERED
from bot.platforms.matrix.event_content import ASKS, MARK, OFFERS
from bot.platforms.matrix.event_mapping import NAME, Line, without_quote
from bot.platforms.room_registry import RoomRegistry
from bot.render.i18n import either
from bot.store import room_rows
from bot.store.engine import Rows
from bot.store.store import Store

# The words that people may type, under the one that we show; that one is translated.
WORDS: Mapping[str, frozenset[str]] = {
    N_("yes"): frozenset({"yes", "y", "ja", "sí", "si", "oui"}),
    N_("no"): frozenset({"no", "n", "nein", "non"}),
    N_("maybe"): frozenset({"maybe", "vielleicht", "quizás", "quizas", "peut-être", "peut-etre"}),
    N_("here"): frozenset({"here", "hier", "aquí", "aqui", "ici"}),
    N_("start"): frozenset({"start", "starten", "empezar", "commencer"}),
    N_("wait"): frozenset({"wait", "warten", "esperar", "attendre"}),
    N_("skip"): frozenset({"skip", "überspringen", "auslassen", "omitir", "saltar", "passer", "sauter"}),
    N_("more"): frozenset({"more", "mehr", "más", "mas", "plus"}),
    N_("stop"): frozenset({"stop", "stopp", "parar", "arrêter", "arreter"}),
}
_MEANT = {word: key for key, words in WORDS.items() for word in words}
# Commands of buttons that have a word of their own; others have a number.
_OWN = tuple(
    (re.compile(command), word)
    for command, word in (
        (r"schedule confirm \S+|my badges accept .+|approve \S+|rsvp yes .+", "yes"),
        (r"schedule drop \S+|my badges decline .+|decline \S+|rsvp no .+", "no"),
        (r"rsvp maybe .+", "maybe"),
        (r"schedule here .+", "here"),
        (r"schedule begin .+|workshop start", "start"),
        (r"schedule wait .+", "wait"),
        (r"skip", "skip"),
        (r"more", "more"),
        (r"rsvp quiet .+|my settings (?:follow-up|reminders) no", "stop"),
    )
)
_NUMBERED = re.compile(r"my actions (\d+)")


def words_for(buttons: Sequence[Button]) -> Mapping[str, Button]:
    """The words under which buttons may be pressed, in their order; none for a single one that has none of its own."""
    pressed = [button for button in buttons if button.command not in PAGES]
    named: dict[str, Button] = {}
    for button in pressed:
        own = next((word for pattern, word in _OWN if pattern.fullmatch(button.command)), "")
        number = _NUMBERED.fullmatch(button.command)
        word = own or (number[1] if number else "")
        if word and word not in named:
            named[word] = button
    rest = [button for button in pressed if button not in named.values()]
    if not named and len(rest) == 1:
        return {}
    free = (str(n) for n in range(1, 100) if str(n) not in named)
    given = {id(button): word for word, button in named.items()} | {
        id(button): word for button, word in zip(rest, free, strict=False)
    }
    return {given[id(button)]: button for button in pressed}


def sentence(words: Mapping[str, Button]) -> str:
    """The sentence that names the words and what they stand for, in the language that is being spoken."""
    shown = {word: word if word.isdecimal() else tr(word) for word in words}
    choices = [
        f"**{shown[word]}**"
        if button.label.casefold() == shown[word].casefold()
        else f"**{shown[word]}** ({button.label})"
        for word, button in words.items()
    ]
    return tr("Reply {choices}.", choices=either(choices))


@dataclass(frozen=True)
class Offer:
    """The last message that the bot said in a direct room, with the words that it offered."""

    message: str
    at: int  # milliseconds, by the server
    replies: Mapping[str, str]  # word -> command
    until: int = 0  # when the bot said something else; 0: it did not
    used: str = ""  # the line that was a reply to it

    def written(self) -> str:
        """As a row."""
        return json.dumps(self.__dict__, ensure_ascii=False)


class Replies:
    """The offers in direct rooms, as their timelines tell them."""

    def __init__(self, store: Store, rooms: RoomRegistry) -> None:
        self._store = store
        self._rooms = rooms
        self._asking: set[str] = set()  # channels in which a question is on its way
        self._fresh: dict[str, str] = {}  # rows that are to be written

    def asked(self, channel: str) -> None:
        """A question is being asked there: until its reader says something, bare words are answers."""
        if channel.startswith(DIRECT):
            self._asking.add(channel)

    def free(self, channel: str) -> bool:
        """True if buttons may be offered as bare words there."""
        waits = channel in self._asking or self._rooms.known(ASKED + channel)
        return channel.startswith(DIRECT) and not waits

    async def keep(self) -> None:
        """Write what the lines read so far have changed, all at once."""
        fresh, self._fresh = self._fresh, {}
        if fresh:
            await self._store.write(lambda db: _write(db, fresh))

    def _note(self, name: str, id: str) -> None:
        """A row as it is from now on; an empty one is none."""
        self._rooms.learn(name, id)
        self._fresh[name] = id

    def said(self, line: Line) -> None:
        """Take note of a message of ours."""
        if not line.channel.startswith(DIRECT):
            return
        if line.source.get("type") == "m.room.redaction":
            self._gone(line)
        if line.source.get("type") != "m.room.message":
            return
        edit = line.relation.get("rel_type") == "m.replace"
        before = self._last(line.channel)
        message = str(line.relation.get("event_id")) if edit else line.id.removeprefix(NAME)
        if edit and (before is None or before.message != message):
            return
        content = line.content.get("m.new_content") if edit else line.content
        replies = content.get(OFFERS) if isinstance(content, Mapping) else None
        if line.content.get(ASKS):
            self._note(ASKED + line.channel, message)
        if isinstance(replies, Mapping) and replies:
            offer = Offer(message, _ms(line.at), dict(replies), used=before.used if edit and before else "")
            self._note(OFFER + line.channel, offer.written())
            self._note(OFFERED + message, json.dumps(dict(replies)))
        elif before is not None and (edit or not before.until):
            ended = replace(before, until=before.at if edit else _ms(line.at))
            self._note(OFFER + line.channel, ended.written())

    def _gone(self, line: Line) -> None:
        """The message was taken back, and its offer with it."""
        before = self._last(line.channel)
        if before is not None and before.message in (line.source.get("redacts"), line.content.get("redacts")):
            self._note(OFFER + line.channel, replace(before, until=before.at).written())

    async def meant(self, line: Line) -> Line:
        """A line of somebody as the command that it gives, if it is a bare reply; else as it is."""
        if not line.channel.startswith(DIRECT) or line.source.get("type") != "m.room.message":
            return line
        word = _word(line)
        command = await self._command(line, word) if word else ""
        if not command:
            self._asking.discard(line.channel)
            if self._rooms.known(ASKED + line.channel):
                self._note(ASKED + line.channel, "")
            return line
        content = {"msgtype": "m.text", "body": MARK + command}
        return replace(line, source={**line.source, "content": content})

    async def _command(self, line: Line, word: str) -> str:
        target = line.relation.get("m.in_reply_to")
        offer = self._last(line.channel)
        if isinstance(target, Mapping):  # it says itself what it replies to
            row = await self._rooms.find(OFFERED + str(target.get("event_id")))
            return str(json.loads(row).get(word, "")) if row else ""
        if offer is None or word not in offer.replies or offer.used not in ("", line.id):
            return ""
        if _ms(line.at) < offer.at or (offer.until and _ms(line.at) >= offer.until):
            return ""
        if not offer.used:
            self._note(OFFER + line.channel, replace(offer, used=line.id).written())
        return offer.replies[word]

    def _last(self, channel: str) -> Offer | None:
        row = self._rooms.known(OFFER + channel)
        return Offer(**json.loads(row)) if row else None


def _word(line: Line) -> str:
    """What a line says, if it is nothing but a word or a number that could be offered; else an empty text."""
    if line.content.get("msgtype") != "m.text" or line.relation.get("rel_type"):
        return ""
    body = line.content.get("body")
    text = clean(without_quote(body, line.relation)) if isinstance(body, str) else ""
    bare = text.strip(" .!").casefold()
    return _MEANT.get(bare) or (str(int(bare)) if re.fullmatch("[0-9]{1,2}", bare) else "")


def _write(db: Rows, fresh: Mapping[str, str]) -> None:
    for name, id in fresh.items():
        if id:
            room_rows.MATRIX.keep(db, name, id)
        else:
            room_rows.MATRIX.forget(db, name)


def _ms(at: datetime) -> int:
    return round(at.astimezone(timezone.utc).timestamp() * 1000)


def offered(words: Mapping[str, Button]) -> dict[str, Any]:
    """What a message carries of the words that it offers."""
    return {OFFERS: {word: button.command for word, button in words.items()}}
