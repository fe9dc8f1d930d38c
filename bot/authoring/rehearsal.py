"""Rehearsal: the same core, a cast instead of people, and a clock that jumps.

What a host wants to know before the evening: does it run, how long is it, what does each person
meet. The cast is made up and says so; nothing of it is kept but the files that you ask for.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.authoring.simulated_people import Cast
from bot.core.model.events import CommandGiven, Event, Joined, Person, Posted, Submitted
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Asking, Step, Written
from bot.core.queries import is_asked
from bot.core.text.quoting import QUOTE_END, QUOTE_START
from bot.core.views import participant
from bot.core.views.recap import recap
from bot.core.views.recap_data import Recap
from bot.engine.listings import shelf_of
from bot.engine.runtime import Runtime
from bot.platforms.memory import Line, MemoryPlatform
from bot.store.opening import open_store

ROOM = "stage:circle"
START = datetime(2026, 1, 15, 19, 0, tzinfo=timezone.utc)


class VirtualClock:
    """A clock that stands still until it is turned."""

    def __init__(self, start: datetime = START) -> None:
        self.at = start

    def now(self) -> datetime:
        """The moment on this clock."""
        return self.at

    async def until(self, at: datetime | None, changed: asyncio.Event) -> None:
        """Turn the clock to `at`; waiting costs nothing here."""
        if at is not None and at > self.at:
            self.at = at


@dataclass
class Met:
    """The questions and replies that one person met."""

    name: str
    role: str
    posts: int = 0
    pings: int = 0
    pings_running: int = 0  # between the first step and the close
    private: int = 0
    taps: int = 0
    words: int = 0


@dataclass
class Played:
    """The result of a rehearsal."""

    script: Script
    lines: list[str]
    met: list[Met]
    minutes: float
    session: Session
    recap: Recap
    longest: tuple[int, str]  # characters of the longest post, and its kind
    posts: int
    in_session: int  # posts in the room between the first step and the close
    silence: tuple[
        float, str
    ]  # the longest stretch of the session in which nothing is said in the room; its step
    first_typed: str  # the first step that is answered in words
    steps: list[tuple[str, float]] = field(default_factory=list)


class Rehearsal:
    """Plays one script from the lobby to the recap."""

    def __init__(
        self, script: Script, people: int, seed: int = 1, *, manner: str = "", mode: Mode | None = None
    ) -> None:
        self.script = script
        self.mode = mode or (Mode.ASYNC if script.days else Mode.LIVE)
        self.manner = manner  # "silent": every second one says nothing; "passing": everybody passes
        self.clock = VirtualClock()
        self.stage = MemoryPlatform()
        self.cast = Cast(people, seed)
        self.random = self.cast.random
        self.lines: list[str] = []
        self.met: dict[str, Met] = {
            p.id: Met(name=p.name, role=self.cast.role(p)) for p in [self.cast.host, *self.cast.people]
        }
        self._plans: list[tuple[datetime, int, Event]] = []
        self._planned: set[tuple[int, str]] = set()
        self._count = 0
        self._names: dict[str, str] = {p.id: p.name for p in [self.cast.host, *self.cast.people]}
        self._longest = (0, "")
        self._posts = 0
        self._in_session = 0
        self._running = False
        self._silence = (0.0, "")
        self._spoken: datetime | None = None
        self._moves: list[tuple[str, datetime]] = []
        self.stage.subscribe(self._watch)

    async def play(self, database: Path | None = None) -> Played:
        """Play it through; the database is thrown away unless it is named."""
        with tempfile.TemporaryDirectory() as folder:
            store = await open_store(database or Path(folder) / "rehearsal.db", lasting=database is not None)
            try:
                runtime = Runtime(store, await shelf_of(store, self.script), [self.stage], self.clock)
                await runtime.start()
                return await self._play(runtime)
            finally:
                await store.close()

    async def _play(self, runtime: Runtime) -> Played:
        start = self._order(
            self.cast.host, "workshop start", {"workshop": self.script.id, "how": self.mode.value}, host=True
        )
        await self._hear(runtime, start)
        context = await runtime.store.context_for([], [ROOM], [])
        session_id = context.places[ROOM][0].session
        for n, person in enumerate(self.cast.people):
            wait = 260 if person == self.cast.late else 10 + 7 * n
            joined = Joined(
                id="",
                channel=ROOM,
                at=self.clock.now(),
                person=person,
                reading=person == self.cast.reader,
                private=self.stage.private_channel(person.id, ROOM),
            )
            self._plan(wait, joined)
        begin_at = 30 + 7 * len(self.cast.people)
        self._plan(begin_at, self._order(self.cast.host, "workshop begin", {}, host=True))
        ended: datetime | None = None
        while True:
            await runtime.idle()
            session, _ = await runtime.sessions.load(session_id)
            self._running = session.phase is Phase.RUNNING
            if session.phase is Phase.CLOSED:
                break
            if session.phase in (Phase.TAIL, Phase.REVIEW) and ended is None:
                ended = self.clock.now()
                self._allow(session)
            self._react(session)
            due = await runtime.store.outbox.next_due()
            if self._plans and (due is None or self._plans[0][0] <= due):
                at, _, event = self._plans.pop(0)
                self.clock.at = max(self.clock.at, at)
                await self._hear(runtime, event)
            elif due is not None:
                self.clock.at = max(self.clock.at, due)
                await runtime.wake()
            else:
                break
        began = START + timedelta(seconds=begin_at)
        spans = [
            (title, (after - at).total_seconds() / 60)
            for (title, at), (_, after) in zip(
                self._moves, [*self._moves[1:], ("", ended or self.clock.now())], strict=False
            )
        ]
        return Played(
            script=self.script,
            lines=self.lines,
            met=list(self.met.values()),
            minutes=((ended or self.clock.now()) - began).total_seconds() / 60,
            session=session,
            recap=recap(self.script, session),
            longest=self._longest,
            posts=self._posts,
            in_session=self._in_session,
            silence=self._silence,
            first_typed=next(
                (s.title for s in (*self.script.prepare, *self.script.steps) if isinstance(s, Written)), ""
            ),
            steps=spans,
        )

    # -- the cast --------------------------------------------------------------------------------

    def _react(self, session: Session) -> None:
        """Let everyone plan their part of a step that opens."""
        for key in session.asides:
            beside = self.script.step(key)
            for person in self.cast.people:
                member = session.people.get(person.id)
                at = (session.steps[key].visit, person.id)
                if member is None or member.reading or at in self._planned:
                    continue
                self._planned.add(at)
                # some come back to what lies open, some do not
                if self.random.random() < 0.8 and is_asked(self.script, session, key, person.id):
                    later = self.random.uniform(0, 10 * 3600) if session.over_days else 0.0
                    for wait, event in self._does(person, beside, session):
                        self._plan(wait + later, event)
        state = session.current
        if state is None or state.closed:
            return
        step = self.script.step(session.step)
        if not self._moves or self._moves[-1][0] != step.title:
            self._moves.append((step.title, state.moved_at))
        if not isinstance(step, Asking):
            return
        for person in self.cast.people:
            member = session.people.get(person.id)
            if member is None or member.reading or (session.visit, person.id) in self._planned:
                continue
            self._planned.add((session.visit, person.id))
            for wait, event in self._does(person, step, session):
                self._plan(wait, event)

    def _does(self, person: Person, step: Step, session: Session) -> list[tuple[float, Event]]:
        """Events of one person in a step, by the manner of this cast."""
        nth = self.cast.people.index(person)
        if not isinstance(step, Asking) or (self.manner == "silent" and nth % 2):
            return []
        if self.manner == "passing":
            return [(10.0 + nth, self._order(person, "pass", {}))]
        return list(self.cast.answer(person, step, self.script, session, self.clock.now()))

    def _allow(self, session: Session) -> None:
        """After the close, some look over their words, and some may be asked later."""
        if self.manner == "passing":
            return
        for n, person in enumerate(self.cast.people):
            member = session.people.get(person.id)
            if n % 2 == 0 and member is not None and not member.reading:
                self._plan(200 + 30 * n, self._order(person, "follow", {"how": "yes"}))
        for n, person in enumerate(self.cast.people):
            own_words = participant.mine(self.script, session, person.id)
            if own_words and n % 3 == 0:
                args = {"answer": "1", "how": "name"}
                self._plan(300 + 60 * n, self._order(person, "share", args))
            elif len(own_words) > 2 and n == 1:
                self._plan(600, self._order(person, "withdraw", {"answer": "2"}))

    # -- events ----------------------------------------------------------------------------------

    def _order(self, person: Person, command: str, args: dict[str, str], host: bool = False) -> CommandGiven:
        return self.cast.order(person, command, args, self.clock.now(), host)

    def _plan(self, seconds: float, event: Event) -> None:
        self._count += 1
        self._plans.append((self.clock.now() + timedelta(seconds=seconds), self._count, event))
        self._plans.sort(key=lambda plan: plan[:2])

    async def _hear(self, runtime: Runtime, event: Event) -> None:
        event = replace(event, id=self.stage.next_id, at=self.clock.now())
        self._note(event)
        await runtime.hear(event, self.stage.name, self.stage.happen(event))

    # -- what can be seen ------------------------------------------------------------------------

    def _note(self, event: Event) -> None:
        person = getattr(event, "person", None)
        met = self.met.get(person.id) if person else None
        name = person.name if person else ""
        match event:
            case Posted(text=text):
                line = Line(id=event.id, channel=event.channel, author=event.person.id, text=text)
                self._hush(line)
                self.stage.show(line)
                if met:
                    met.words += len(text.split())
            case Submitted(fields=fields, picks=picks):
                text = f"picks {len(picks)}" if picks else f"writes {len(fields)} fields in private"
                self._write(f"({name} {text})")
                if met:
                    met.taps += 1 + (len(picks) if picks else 0)
                    met.words += sum(len(text.split()) for text in fields.values())
            case CommandGiven(command=command, args=args):
                self._write(f"({name}: /{' '.join([command, *args.values()])})")
                if met:
                    met.taps += 1
            case Joined(reading=reading):
                self._write(f"({name} joins{' to read along' if reading else ''})")
                if met:
                    met.taps += 1
            case _:
                pass

    def _hush(self, line: Line) -> None:
        """Seconds of silence in the room until this line."""
        if line.channel != ROOM or not self._running or self.script.days:
            self._spoken = self.clock.now()
            return
        if self._spoken is not None:
            minutes = (self.clock.now() - self._spoken).total_seconds() / 60
            title = self._moves[-1][0] if self._moves else ""
            self._silence = max(self._silence, (minutes, title))
        self._spoken = self.clock.now()

    def _watch(self, what: str, line: Line) -> None:
        if what == "new":
            self._hush(line)
        if what == "sign":
            self._write(f"({'/'.join(sorted(line.signs))} on {self._names.get(line.author, '')}'s line)")
            return
        if what == "gone":
            return
        where = line.channel.partition("/")[2]
        if line.author:
            self._write(f"{self._names[line.author]}: {line.text}")
            return
        to = f" to {self._names.get('stage:' + where[1:], where)}" if where.startswith("~") else ""
        to = " to the hosts" if where == "hosts" else to
        again = " (changed)" if what == "changed" else ""
        self._write(f"Storycircle{to}{again}: {line.text}")
        if what == "new":
            self._count_post(line, where)

    def _count_post(self, line: Line, where: str) -> None:
        self._longest = max(self._longest, (len(line.text), line.kind))
        if where.startswith("~"):
            met = self.met.get("stage:" + where[1:])
            if met:
                met.private += 1
            return
        if where == "hosts":
            self.met["stage:host"].private += 1
            return
        seated = self.stage.threads.get(line.channel)
        if seated is not None:  # a pair's own conversation
            for person in seated:
                self.met[person].posts += 1
                self.met[person].pings += line.ping
                self.met[person].pings_running += line.ping and self._running
            return
        self._posts += 1
        self._in_session += self._running
        for met in self.met.values():
            met.posts += 1
            met.pings += line.ping
            met.pings_running += line.ping and self._running

    def _write(self, text: str) -> None:
        days = (self.clock.now() - START).days
        stamp = self.clock.now().strftime("%H:%M:%S")
        if self.script.days or days:
            stamp = self.clock.now().strftime("%d %b %H:%M")
        for mark in (QUOTE_START, QUOTE_END):  # for a terminal, which may show them as boxes
            text = text.replace(mark, "")
        first, *rest = text.split("\n")
        self.lines.append(f"{stamp}  {first}")
        self.lines += [f"          {line}" for line in rest]


def _long(played: Played) -> str:
    if played.script.days:
        return f"{played.minutes / 60 / 24:.0f} days"
    return f"{played.minutes:.1f} of {played.script.minutes} minutes"


def report(played: Played) -> str:
    """A rehearsal summed up for a host, as text."""
    lines = [
        f"{played.script.title}: {_long(played)} with this cast;"
        f" {played.posts} posts in the room, {played.in_session} of them in the session; the longest message has "
        f"{played.longest[0]} characters ({played.longest[1]}).",
        *(
            [f"The longest silence in the room: {played.silence[0]:.0f} min, in {played.silence[1]}."]
            if played.silence[0]
            else []
        ),
        *([f"The first thing to type: {played.first_typed}."] if played.first_typed else []),
        "",
        *(["Minutes a step:"] if played.steps else []),
        *(f"  {minutes:5.1f}  {title}" for title, minutes in played.steps),
        "",
        f"{'What each person met':<16}{'':<12}  posts  pings  private   taps  words",
    ]
    lines += [
        f"{met.name:<16}{met.role:<12}{met.posts:>7}{met.pings:>7}{met.private:>9}{met.taps:>7}{met.words:>7}"
        for met in played.met
    ]
    return "\n".join(lines)
