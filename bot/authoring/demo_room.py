"""Trying things safely: a room of one's own for three minutes, with a cast that says it is one.

Each trial has its own database in a folder that is thrown away; nobody else is reached, and nothing
is kept. Everything else is the real thing: the same core, the same pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog

from bot.authoring.loader import load
from bot.authoring.simulated_people import Cast
from bot.clock import Clock
from bot.core.model.events import CommandGiven, Event, Person, Posted, Submitted
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.steps import Asking
from bot.engine.runtime import Runtime
from bot.errors import StorycircleError
from bot.platforms.web.names import plain_name
from bot.platforms.web.pages import TRIAL
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.server import WebServer
from bot.store import web_members
from bot.store.opening import open_store
from bot.store.store import Store
from bot.store.web_members import Member

log = structlog.get_logger()

AT_ONCE = 20
OF_ONE_ADDRESS = AT_ONCE // 2  # the other half is for the rest of the world
LONGEST = 600.0  # seconds until a trial is taken down, whatever happens in it
UNSEEN = 60.0  # seconds without a page until it is taken down
CAST = 4  # people, of whom the last reads along
LABEL = " (made up)"
HURRY = 0.5  # the cast types faster than people do: three minutes are short


def script() -> Script:
    """The workshop that one tries."""
    return load(Path(__file__).parent / "demo.yaml")


@dataclass(frozen=True)
class DemoParts:
    """A bot of its own for a demo room, not started yet."""

    runtime: Runtime
    platform: WebPlatform
    server: WebServer


Build = Callable[[Store, Path, str, Script], Awaitable[DemoParts]]


class DemoRoom:
    """One room to try things in."""

    def __init__(self, room: str, folder: Path, store: Store, parts: DemoParts, address: str) -> None:
        self.room = room
        self.address = address  # of who asked for it
        self.folder = folder
        self.store = store
        self.runtime = parts.runtime
        self.platform = parts.platform
        self.server = parts.server
        self.began = self.seen = time.monotonic()
        self.tasks: list[asyncio.Task[None]] = []

    async def close(self) -> None:
        """Take everything down, and throw the folder away."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for socket in list(self.server.parts.hub.sockets.of(self.room)):
            socket.finish()
        await self.runtime.stop()
        await self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class DemoRooms:
    """All rooms to try things in; a handful at a time.

    Args:
        folder: of their databases; what is in it is thrown away.
        build: makes the bot of a room, given its store, its own folder, its name and the workshop.
    """

    def __init__(self, folder: Path, clock: Clock, build: Build) -> None:
        shutil.rmtree(folder, ignore_errors=True)  # of a process that was killed
        self._folder = folder
        self._clock = clock
        self._build = build
        self._script = script()
        self._starting: dict[str, str] = {}  # room -> who asked for it, by address
        self._trials: dict[str, DemoRoom] = {}
        self._sweeping: asyncio.Task[None] | None = None

    def server(self, room: str) -> WebServer | None:
        """The server of this room, if it is one of ours."""
        trial = self._trials.get(room)
        return trial.server if trial else None

    async def start(self, name: str, *, host: bool, address: str = "") -> tuple[WebServer, Member] | None:
        """Open a room, with a cast in it; None if there are too many already."""
        held = [
            *self._starting.values(),
            *(trial.address for room, trial in self._trials.items() if room not in self._starting),
        ]
        if len(held) >= AT_ONCE or held.count(address) >= OF_ONE_ADDRESS:
            return None
        room = f"{TRIAL}{secrets.token_hex(6)}"
        self._starting[room] = address  # before anything is waited for, or many at once would all find room
        try:
            return await self._started(room, name, host=host)
        finally:
            del self._starting[room]

    async def _started(self, room: str, name: str, *, host: bool) -> tuple[WebServer, Member]:
        self._folder.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        store = await open_store(folder / "trial.db")
        parts = await self._build(store, folder, room, self._script)
        await parts.runtime.start()
        parts.runtime.run()
        trial = self._trials[room] = DemoRoom(room, folder, store, parts, self._starting[room])
        you = await self._enter(trial, name, host=host)
        cast = await self._cast(trial)
        await self._open(trial, cast, you, host=host)
        trial.tasks.append(asyncio.create_task(self._play(trial, cast, guided=host), name="trial"))
        if self._sweeping is None or self._sweeping.done():
            self._sweeping = asyncio.create_task(self._sweep())
        return trial.server, you

    async def close(self) -> None:
        """Take down all of them."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        for trial in list(self._trials.values()):
            await self._end(trial)

    async def _end(self, trial: DemoRoom) -> None:
        self._trials.pop(trial.room, None)
        await trial.close()

    async def _sweep(self) -> None:
        """Take down what is over; runs only while there is something to take down."""
        while self._trials:
            await asyncio.sleep(5)
            now = time.monotonic()
            for trial in list(self._trials.values()):
                if trial.server.parts.hub.sockets.of(trial.room):
                    trial.seen = now
                if now - trial.began > LONGEST or now - trial.seen > UNSEEN:
                    await self._end(trial)

    async def _enter(self, trial: DemoRoom, name: str, *, host: bool = False) -> Member:
        wanted = Member(id=secrets.token_hex(6), room=trial.room, name=name, host=host)
        at = self._clock.now().timestamp()
        member = await trial.store.write(lambda db: web_members.enter(db, wanted, plain_name(name), at))
        assert member is not None  # the room is new, and the cast bears its label
        if host:
            await trial.store.write(lambda db: web_members.name_host(db, wanted.id))
        trial.server.parts.hub.names[member.id] = member.name
        return replace(member, host=host)

    async def _cast(self, trial: DemoRoom) -> Cast:
        cast = Cast(CAST, secrets.randbelow(1000), platform="web", room=f"web:{trial.room}")
        people = []
        for person in cast.people:
            member = await self._enter(trial, person.name + LABEL)
            people.append(Person(id=PersonId(f"web:{member.id}"), name=member.name))
        cast.reader, cast.people = people[-1], people
        return cast

    async def _open(self, trial: DemoRoom, cast: Cast, you: Member, *, host: bool) -> None:
        """The lobby is open, and the cast is in it; a participant finds it begun by a host of the cast."""
        guide = you
        if not host:
            guide = await self._enter(trial, "Hedi" + LABEL, host=True)
        cast.host = Person(id=PersonId(f"web:{guide.id}"), name=guide.name)
        await self._order(trial, guide, "workshop open", {"workshop": self._script.id})
        for person in cast.people:
            member = Member(id=person.id.removeprefix("web:"), room=trial.room, name=person.name, host=False)
            await self._order(trial, member, "read" if person == cast.reader else "join", {})

    async def _order(self, trial: DemoRoom, member: Member, command: str, args: dict[str, str]) -> None:
        await trial.platform.send(
            member, secrets.token_hex(8), {"do": "order", "command": command, "args": args, "session": ""}
        )

    async def _play(self, trial: DemoRoom, cast: Cast, *, guided: bool) -> None:
        """The cast does in each step what people do, and its host what hosts do, if you are not the host."""
        moved = asyncio.Event()
        trial.runtime.subscribe(lambda session, facts: moved.set())
        done: set[tuple[int, str]] = set()
        acts: set[asyncio.Task[None]] = set()
        try:
            while True:
                sessions = await trial.store.sessions.listed(f"web:{trial.room}")
                session, script = await trial.runtime.sessions.load(sessions[0][0])
                guide = Member(id=cast.host.id[4:], room=trial.room, name=cast.host.name, host=True)
                if not guided and session.phase is Phase.LOBBY and len(session.people) > len(cast.people):
                    await asyncio.sleep(3)
                    await self._order(trial, guide, "workshop start", {})
                elif not guided and session.phase is Phase.REVIEW:
                    await asyncio.sleep(20)
                    await self._order(trial, guide, "recap publish", {})
                elif session.phase is Phase.CLOSED:
                    return
                state = session.current
                step = script.step(session.step) if state else None
                if state is not None and not state.closed and step is not None and isinstance(step, Asking):
                    for person in cast.people:
                        if (session.visit, person.id) in done or person == cast.reader:
                            continue
                        done.add((session.visit, person.id))
                        at = self._clock.now()
                        for wait, event in cast.answer(person, step, script, session, at):
                            pause = min(wait * HURRY, step.minutes * 45.0)
                            task = asyncio.create_task(self._later(trial, person, pause, event))
                            acts.add(task)
                            task.add_done_callback(acts.discard)
                moved.clear()
                await moved.wait()
        except StorycircleError as error:
            log.error("trial stopped", error=str(error))
        finally:
            for task in acts:
                task.cancel()

    async def _later(self, trial: DemoRoom, person: Person, wait: float, event: Event) -> None:
        await asyncio.sleep(wait)
        member = Member(id=person.id.removeprefix("web:"), room=trial.room, name=person.name, host=False)
        with contextlib.suppress(StorycircleError):
            await trial.platform.send(member, secrets.token_hex(8), _body(event))


def _body(event: Event) -> dict[str, Any]:
    """The body that a browser would have sent for this event."""
    match event:
        case Posted():
            return {"do": "say", "channel": event.channel, "text": event.text, "reply_to": ""}
        case Submitted():
            return {
                "do": "form",
                "session": event.session,
                "step": event.step,
                "fields": dict(event.fields),
                "picks": list(event.picks) if event.picks is not None else None,
                "anonymous": event.anonymous,
                "share": event.share,
            }
        case CommandGiven():
            return {"do": "order", "command": event.command, "args": dict(event.args), "session": ""}
        case _:
            raise AssertionError(event)
