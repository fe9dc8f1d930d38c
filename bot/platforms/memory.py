"""A chat that exists in memory: the stage for rehearsals, and for trying things with nobody there.

It keeps every promise of a real platform (ids, order, keys, catching up), so the same runtime runs
on it; `tests/contract/test_platform.py` says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from bot.core.model.cards import Button
from bot.core.model.events import Event
from bot.core.platform import (
    Action,
    Batch,
    CalendarEvent,
    Capabilities,
    Change,
    Delete,
    Erasure,
    File,
    Post,
    Reaction,
    RemoveReaction,
    Role,
    Thread,
    ThreadMembers,
)
from bot.errors import Permanent
from bot.platforms.own_rooms import OwnRooms


@dataclass(kw_only=True)
class Line:
    """A message on the stage."""

    id: str
    channel: str
    author: str  # empty: the bot
    text: str
    buttons: tuple[Button, ...] = ()
    kind: str = ""
    ping: bool = False
    deleted: bool = False
    file: File | None = None
    signs: set[str] = field(default_factory=set)


class MemoryPlatform(OwnRooms):
    """Channels are `stage:<room>`, `stage:<room>/~<person>` for private words, `stage:<room>/hosts`."""

    name = "stage"
    can = Capabilities(limit=4000)

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.threads: dict[str, tuple[str, ...]] = {}
        self.roles: dict[str, set[str]] = {}
        self.appointments: dict[str, CalendarEvent] = {}
        self.heard: list[Event] = []  # all that people ever did; the cursor counts them
        self._watchers: list[Callable[[str, Line], None]] = []
        self._keys: dict[str, str] = {}
        self._more = asyncio.Event()

    def subscribe(self, watch: Callable[[str, Line], None]) -> Callable[[], None]:
        """Tell `watch` of each message that is "new" or "changed", is "gone" or bears a "sign"; returns how to stop."""
        self._watchers.append(watch)
        return lambda: self._watchers.remove(watch)

    def happen(self, event: Event) -> str:
        """Somebody did something; returns the cursor after it."""
        self.heard.append(event)
        self._more.set()
        return str(len(self.heard))

    @property
    def next_id(self) -> str:
        """An id for what comes next."""
        return f"stage:{len(self.heard) + len(self.lines) + 1}"

    async def events(self, since: str | None) -> AsyncIterator[Batch]:
        """Events since the cursor, then live ones."""
        at = int(since) if since is not None else len(self.heard)
        for n in range(at, len(self.heard)):
            yield Batch(events=(self.heard[n],), cursor=str(n + 1))
        at = len(self.heard)
        yield Batch(events=(), cursor=str(at), caught_up=True)
        while True:
            await self._more.wait()
            self._more.clear()
            fresh, at = self.heard[at:], len(self.heard)
            if fresh:
                yield Batch(events=fresh, cursor=str(at), caught_up=True)

    async def perform(self, channel: str, doing: Action, key: str, because: str) -> str | None:
        """Do it, once for each key."""
        if key in self._keys:
            return self._keys[key]
        done = self._do(channel, doing)
        if done is not None:
            self._keys[key] = done
        return done

    def _do(self, channel: str, doing: Action) -> str | None:
        match doing:
            case Post():
                line = Line(
                    id=self.next_id,
                    channel=channel,
                    author="",
                    text=doing.text,
                    buttons=doing.buttons,
                    kind=doing.kind,
                    ping=doing.ping,
                    file=doing.file,
                )
                self.show(line)
                return line.id
            case Change(message=message, post=post):
                line = self._line(message)
                if line.text != post.text:
                    line.text, line.buttons = post.text, post.buttons
                    self._tell("changed", line)
            case Delete(message=message):
                line = self._line(message)
                line.text, line.deleted = "", True
                self._tell("gone", line)
            case Reaction(message=message, sign=sign):
                line = self._line(message)
                line.signs.add(sign)
                self._tell("sign", line)
            case RemoveReaction(message=message, sign=sign):
                line = self._line(message)
                line.signs.discard(sign)
                self._tell("sign", line)
            case Thread(people=people):
                thread = f"{channel}/{len(self.threads) + 1}"
                self.threads[thread] = people
                return thread
            case ThreadMembers(out=out) if out:
                self.threads[channel] = tuple(p for p in self.threads.get(channel, ()) if p not in out)
            case ThreadMembers(people=people):
                self.threads[channel] = people
            case Role(person=person, name=name, on=on):
                roles = self.roles.setdefault(person, set())
                roles.add(name) if on else roles.discard(name)
            case CalendarEvent():
                mark = f"{channel}#{doing.mark}"
                self.appointments[mark] = doing
                return mark
            case Erasure():
                self._erase(doing)
        return None

    def _erase(self, doing: Erasure) -> None:
        private = "/~" + doing.person.partition(":")[2]
        for line in self.lines.values():
            theirs = line.author == doing.person or line.channel.endswith(private)
            if line.id in doing.messages or (doing.everything and theirs):
                line.text, line.deleted = "", True

    def show(self, line: Line) -> None:
        """Put a message on the stage."""
        self.lines[line.id] = line
        self._tell("new", line)

    def _line(self, message: str) -> Line:
        if message not in self.lines:
            raise Permanent(f"there is no message {message}")
        return self.lines[message]

    def _tell(self, what: str, line: Line) -> None:
        for watch in self._watchers:
            watch(what, line)
