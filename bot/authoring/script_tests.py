"""`tests:` beside a script: what somebody does in a session, and what the bot should then have said.

    tests:
      - {do: Ada joins}
      - {do: host /workshop start, expect: "One line"}
      - {do: "Ada: a line in the room"}
      - {do: host /workshop next}
      - {do: "Ada > story moment=A small one; share=name"}
      - {do: Ada picks kind immediate}
      - {do: wait 90, expect: One minute left}

`expect` is part of something that the bot says because of this line, to anybody.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.authoring.model import Test
from bot.authoring.rehearsal import VirtualClock
from bot.authoring.rehearsal_transcript import ROOM
from bot.commands import parse
from bot.core.model.events import CommandGiven, Event, Joined, Person, Posted, Submitted
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.text.quoting import QUOTE_END, QUOTE_START
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.errors import ScriptError
from bot.platforms.memory import Line, MemoryPlatform
from bot.render.i18n import translated
from bot.store.opening import open_store


async def play(script: Script, tests: Sequence[Test]) -> list[str]:
    """Play the tests of a script in a lobby of its own; what did not come as expected, a sentence each."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(Path(folder) / "play.db", lasting=False)
        try:
            stage = _Stage()
            runtime = Runtime(store, await shelf_of(store, script), [stage], stage.clock)
            await runtime.start()
            await stage.hear(runtime, stage.order("host", f"/workshop open {script.id}"))
            faults = []
            for n, test in enumerate(tests, 1):
                before = len(stage.said)
                try:
                    await stage.act(runtime, test.do)
                except ScriptError as error:
                    faults.append(f"test {n}: {error}")
                    continue
                replies = stage.said[before:]
                if test.expect and not any(test.expect in reply for reply in replies):
                    heard = "; ".join(f"“{_short(reply)}”" for reply in replies) or "nothing"
                    faults.append(f"test {n}, {test.do!r}: “{test.expect}” was not said. Heard: {heard}")
            return faults
        finally:
            await store.close()


def _short(text: str) -> str:
    flat = " / ".join(part for part in text.split("\n") if part)
    return flat if len(flat) <= 160 else flat[:159] + "…"


class _Stage(MemoryPlatform):
    """A stage that understands the lines of a test."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = VirtualClock()
        self.said: list[str] = []
        self.session = ""
        self.subscribe(self._note)

    def _note(self, what: str, line: Line) -> None:
        if not line.author and what in ("new", "changed"):
            self.said.append(line.text.replace(QUOTE_START, "").replace(QUOTE_END, ""))

    async def hear(self, runtime: Runtime, event: Event) -> None:
        """Something happens, and all that follows from it."""
        event = replace(event, id=event.id or self.next_id, at=self.clock.now())
        await runtime.hear(event, self.name, self.happen(event))
        await runtime.idle()
        if not self.session:
            context = await runtime.store.context_for([], [ROOM], [])
            self.session = context.places[ROOM][0].session if ROOM in context.places else ""

    def order(self, name: str, typed: str) -> CommandGiven:
        """Somebody gives a command, as they would type it."""
        parsed = parse(typed)
        if parsed is None or parsed.fault:
            raise ScriptError(
                f"{typed!r} is no command. {translated(parsed.fault) if parsed else 'Begin with a /.'}"
            )
        who = self._person(name)
        return CommandGiven(
            id="",
            channel=ROOM,
            at=self.clock.now(),
            person=who,
            command=parsed.command,
            args=parsed.args,
            host=name.lower() == "host",
            seed="play",
            private=self.private_channel(who.id, ROOM),
        )

    def _person(self, name: str) -> Person:
        return Person(id=PersonId(f"stage:{name.lower()}"), name=name)

    async def act(self, runtime: Runtime, line: str) -> None:
        """Do what one line says."""
        at = self.clock.now()
        if match := re.fullmatch(r"wait (\d+)", line):
            await self._wait(runtime, float(match[1]))
        elif match := re.fullmatch(r"(\w+) (joins|reads along)", line):
            who = self._person(match[1])
            reading = match[2] != "joins"
            private = self.private_channel(who.id, ROOM)
            joined = Joined(id="", channel=ROOM, at=at, person=who, reading=reading, private=private)
            await self.hear(runtime, joined)
        elif match := re.fullmatch(r"(\w+) picks (\S+) (.*)", line):
            picks = tuple(match[3].split())
            await self.hear(runtime, self._submitted(match[1], match[2], picks=picks))
        elif match := re.fullmatch(r"(\w+) > (\S+) (.*)", line, re.S):
            parts = [part.strip().partition("=") for part in match[3].split(";")]
            fields = {key: words for key, _, words in parts}
            share = fields.pop("share", "")
            await self.hear(runtime, self._submitted(match[1], match[2], fields=fields, share=share))
        elif match := re.fullmatch(r"(\w+) (/.*)", line, re.S):
            await self.hear(runtime, self.order(match[1], match[2]))
        elif match := re.fullmatch(r"(\w+): (.*)", line, re.S):
            who = self._person(match[1])
            posted = Line(id=self.next_id, channel=ROOM, author=who.id, text=match[2])
            self.show(posted)
            await self.hear(runtime, Posted(id=posted.id, channel=ROOM, at=at, person=who, text=match[2]))
        else:
            raise ScriptError(f"{line!r} is not understood. Write such as: Ada joins; Ada: hello; wait 60.")

    def _submitted(
        self,
        name: str,
        step: str,
        *,
        picks: tuple[str, ...] | None = None,
        fields: dict[str, str] | None = None,
        share: str = "",
    ) -> Submitted:
        return Submitted(
            id="",
            channel=ROOM,
            at=self.clock.now(),
            person=self._person(name),
            session=self.session,
            step=step,
            fields=fields or {},
            picks=picks,
            share=share,
        )

    async def _wait(self, runtime: Runtime, seconds: float) -> None:
        until = self.clock.now() + timedelta(seconds=seconds)
        while (due := await runtime.store.outbox.next_due()) is not None and due <= until:
            self.clock.at = max(self.clock.at, due)
            await runtime.wake()
            await runtime.idle()
        self.clock.at = until
