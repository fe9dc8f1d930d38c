"""A small theatre for tests: the real runtime and the real store, a stage, a clock that is turned by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.authoring.loader import parse
from bot.authoring.rehearsal import VirtualClock
from bot.badges.issuer import BadgeIssuer
from bot.core.model.events import CommandGiven, Deleted, Edited, Event, Joined, Person, Posted, Submitted
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.engine.session_repository import SessionRepository
from bot.platforms.memory import Line, MemoryPlatform
from bot.store.migrate import bring_up_to_date
from bot.store.opening import open_store
from bot.store.store import Store

ROOM = "stage:circle"
HOST = Person(id="stage:host", name="Hedi")

SMALL = """
id: small
title: Small talk
about: Four short steps.
minutes: 20
review_hours: 24
steps:
  - {id: hello, kind: open, title: Hello, minutes: 4, say: "One line, please?", say_again: "One line."}
  - id: deep
    kind: open
    title: Deeper
    minutes: 4
    reveal: together
    anonymous_allowed: true
    look: none
    say: "Quietly: what else?"
    fields:
      - {key: bring, label: I bring, max_chars: 140}
      - {key: take, label: I take, max_chars: 140, optional: true}
  - id: tale
    kind: story
    title: A tale
    minutes: 4
    say: Tell one.
    fields:
      - {key: moment, label: "What happened?", max_chars: 300}
      - {key: loop, label: "What should we do?", max_chars: 80, optional: true, loop: true}
  - {id: choose, kind: vote, title: Choose, minutes: 4, say: "Up to two.", dots: 2, options_from: tale.loop,
     options: [{key: rest, label: Rest a while}]}
"""


def small() -> Script:
    """A short script with every way to answer."""
    return parse(SMALL, "small.yaml")


def person(name: str) -> Person:
    """Somebody on the stage."""
    return HOST if name in ("Host", "Hedi") else Person(id=f"stage:{name.lower()}", name=name)


@cache
def _empty_database() -> bytes:
    """A migrated database with nothing in it; migrating anew for every test is slow."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        bring_up_to_date(path)
        return path.read_bytes()


def fresh(path: Path) -> Path:
    """An empty database at this path, unless something is there already."""
    if not path.exists():
        path.write_bytes(_empty_database())
    return path


IssuerOf = Callable[["Scene", Any, SessionRepository], BadgeIssuer]


class Scene:
    """One room, a stage that survives restarts, and a database that is reopened at will."""

    def __init__(
        self,
        path: Path,
        script: Script | None = None,
        mortal: Callable[[Any], Any] = lambda inner: inner,
        stage: MemoryPlatform | None = None,
    ) -> None:
        self.mortal = mortal  # how a test gets between the runtime and what it awaits
        self.badges: IssuerOf | None = None  # makes what issues badges, if they are issued
        self.path = fresh(path)
        self.script = script or small()
        self.stage = stage or MemoryPlatform()
        self.clock = VirtualClock()
        self.log: list[str] = []
        self.unwatch = self.stage.subscribe(self._watch)
        self.store: Store
        self.runtime: Runtime
        self.session_id = ""
        self._said: dict[str, list[str]] = {}

    async def open(self) -> Scene:
        """Start, as a process does."""
        self.store = await open_store(self.path, lasting=False)  # no test pulls the plug
        shelf = await shelf_of(self.store, self.script)
        store, stage = self.mortal(self.store), self.mortal(self.stage)
        sessions = SessionRepository(store, "en")
        badges = self.badges(self, store, sessions) if self.badges else None
        self.runtime = Runtime(store, shelf, [stage], self.clock, sessions=sessions, badges=badges)
        await self.runtime.start()
        await self.catch_up()
        return self

    async def catch_up(self) -> None:
        """Hear what the stage has seen and the database has not."""
        since = await self.store.inbox.cursor(self.stage.name)
        for n in range(int(since) if since else 0, len(self.stage.heard)):
            await self.runtime.hear(self.stage.heard[n], self.stage.name, str(n + 1))
        await self.runtime.idle()

    async def close(self) -> None:
        """Stop, in an orderly way."""
        await self.runtime.idle()
        await self.store.close()

    async def reopen(self) -> None:
        """Stop and start."""
        await self.close()
        await self.open()

    # -- what people do --------------------------------------------------------------------------

    async def happen(self, event: Event) -> None:
        """Something happens on the stage, and all that follows from it."""
        if not event.id:
            event = replace(event, id=self.stage.next_id)
        cursor = self.stage.happen(event)
        await self.runtime.hear(event, self.stage.name, cursor)
        await self.runtime.idle()
        await self._find()

    async def _find(self) -> None:
        if not self.session_id:
            context = await self.store.context_for([], [ROOM], [])
            if ROOM in context.places:
                self.session_id = context.places[ROOM][0].session

    def posted(self, name: str, text: str, channel: str = ROOM, reply_to: str | None = None) -> Posted:
        """A message of somebody, on the stage but not yet heard."""
        line = Line(id=self.stage.next_id, channel=channel, author=person(name).id, text=text)
        self.stage.show(line)
        self._said.setdefault(name, []).append(line.id)
        return Posted(
            id=line.id,
            channel=channel,
            at=self.clock.now(),
            person=person(name),
            text=text,
            reply_to=reply_to,
        )

    async def say(self, name: str, text: str, **where: str) -> str:
        """Somebody says something; returns the message's id."""
        event = self.posted(name, text, **where)
        await self.happen(event)
        return event.id

    async def order(self, name: str, command: str, /, **args: str) -> None:
        """Somebody gives a command."""
        await self.happen(
            CommandGiven(
                id="",
                channel=ROOM,
                at=self.clock.now(),
                person=person(name),
                command=command,
                args=args,
                host=name in ("Host", "Hedi"),
                seed="seed",
                private=self.stage.private_channel(person(name).id, ROOM),
            )
        )

    async def join(self, *names: str, reading: bool = False, one_by_one: bool = False) -> None:
        """People come in."""
        for name in names:
            who = person(name)
            private = self.stage.private_channel(who.id, ROOM)
            await self.happen(
                Joined(
                    id="",
                    channel=ROOM,
                    at=self.clock.now(),
                    person=who,
                    reading=reading,
                    private=private,
                    one_by_one=one_by_one,
                )
            )

    async def submit(
        self,
        name: str,
        step: str,
        /,
        *,
        picks: tuple[str, ...] | None = None,
        anonymous: bool = False,
        share: str = "",
        **fields: str,
    ) -> None:
        """Somebody sends a form."""
        await self.happen(
            Submitted(
                id="",
                channel=ROOM,
                at=self.clock.now(),
                person=person(name),
                session=self.session_id,
                step=step,
                fields=fields,
                picks=picks,
                anonymous=anonymous,
                share=share,
            )
        )

    async def edit(self, name: str, nth: int, text: str) -> None:
        """Somebody changes the nth message of theirs (from 1)."""
        message = self._said[name][nth - 1]
        self.stage.lines[message].text = text
        await self.happen(
            Edited(id="", channel=ROOM, at=self.clock.now(), person=person(name), message=message, text=text)
        )

    async def delete(self, name: str, nth: int) -> None:
        """Somebody deletes the nth message of theirs (from 1)."""
        message = self._said[name][nth - 1]
        self.stage.lines[message].text = ""
        self.stage.lines[message].deleted = True
        await self.happen(
            Deleted(id="", channel=ROOM, at=self.clock.now(), person=person(name), message=message)
        )

    async def wait(self, seconds: float, *, between: bool = False) -> None:
        """Time passes, and every timer that falls due is heard at its moment."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while True:
            due = await self.runtime.next_due()
            if due is None or due > until:
                break
            self.clock.at = max(self.clock.at, due)
            await self.runtime.wake()
            await self.runtime.idle()
            if between:
                await self.reopen()
        self.clock.at = until

    async def gathered(self, *names: str) -> None:
        """A lobby with these people, then the first step."""
        await self.order("Host", "workshop open", workshop=self.script.id)
        await self.join(*names)
        await self.order("Host", "workshop start")

    async def next(self) -> None:
        """The host moves on: closes what is open, or goes on from what was shown."""
        session = await self.session()
        await self.order("Host", "workshop next", leaving=str(session.moment))

    # -- what can be seen ------------------------------------------------------------------------

    async def session(self) -> Session:
        """The session as it is."""
        return (await self.runtime.sessions.load(self.session_id))[0]

    def room(self) -> list[str]:
        """The bot's messages in the room, as they stand now."""
        return [
            x.text for x in self.stage.lines.values() if x.channel == ROOM and not x.author and not x.deleted
        ]

    def private(self, name: str) -> list[str]:
        """What one person was told."""
        channel = self.stage.private_channel(person(name).id, ROOM)
        return [x.text for x in self.stage.lines.values() if x.channel == channel and not x.deleted]

    def ticked(self, name: str) -> list[bool]:
        """Which of somebody's messages bear a sign."""
        return [bool(self.stage.lines[message].signs) for message in self._said.get(name, [])]

    def _watch(self, what: str, line: Line) -> None:
        where = line.channel.removeprefix(ROOM).lstrip("/") or "room"
        if what == "sign":
            self.log.append(f"{where}: {' '.join(sorted(line.signs))} on: {line.text}")
        elif not line.author:
            text = " / ".join(part for part in line.text.split("\n") if part)
            self.log.append(f"{where}{'' if what == 'new' else ' ' + what}: {text}")


def plain(text: str) -> str:
    """A text without the isolate marks around people's words."""
    return text.replace("\u2068", "").replace("\u2069", "")


PAIRED = """
id: paired
title: In pairs
about: Talk with one other person.
minutes: 10
steps:
  - id: talk
    kind: pair
    title: With a partner
    minutes: 4
    read_minutes: 1
    say: What surprised you lately?
    fields: [{key: line, label: "What we bring back", max_chars: 140}]
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


GALLERIED = """
id: galleried
title: Reading each other
about: Tell, then read.
minutes: 20
steps:
  - id: tale
    kind: story
    title: A tale
    minutes: 4
    say: Tell one.
    fields: [{key: moment, label: "What happened?", max_chars: 1000}]
  - {id: wall, kind: gallery, title: The wall, minutes: 4, cards_from: tale, say: Read one slowly.}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""
