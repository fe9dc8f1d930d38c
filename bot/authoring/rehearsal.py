"""Rehearsal: the same core, a cast instead of people, and a clock that jumps.

What a host wants to know before the evening: does it run, how long is it, what does each person
meet. The cast is made up and says so; nothing of it is kept but the files that you ask for.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.authoring.rehearsal_transcript import ROOM, Met, Transcript
from bot.authoring.simulated_people import Cast
from bot.core.model.events import CommandGiven, Event, Joined, Person
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Script
from bot.core.model.series import Series
from bot.core.model.session import Session
from bot.core.model.steps import Asking, Step, Written
from bot.core.queries import is_asked
from bot.core.steps.registry import kind_of
from bot.core.views import participant
from bot.core.views.recap import recap
from bot.core.views.recap_data import Recap
from bot.engine.listings import list_series, shelf_of
from bot.engine.runtime import Runtime
from bot.platforms.memory import MemoryPlatform
from bot.store.opening import open_store

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
    posts_by_step: Mapping[str, int]  # of these, by the title of the step that was open
    silence: tuple[
        float, str
    ]  # the longest stretch of the session in which nothing is said in the room; its step
    first_typed: str  # the first step that is answered in words
    steps: list[tuple[str, float]] = field(default_factory=list)
    stopped_at: str = ""  # the step at which it ended by itself, because nobody went on


@dataclass
class Scene:
    """The common part of all rehearsals of a series: the cast, the stage and the clock."""

    cast: Cast
    stage: MemoryPlatform = field(default_factory=MemoryPlatform)
    clock: VirtualClock = field(default_factory=VirtualClock)


class Rehearsal:
    """Plays one script from the lobby to the recap.

    Args:
        manner: "silent": every second one says nothing; "passing": everybody passes;
            "unhosted": the host begins, and then does nothing.
        lean: what everybody picks in a step, such as {"mood": "tired"}; "low" or "high" in a scale.
        scene: of a series, on which its parts before were played.
        earlier: these parts, as they were played.
    """

    def __init__(
        self,
        script: Script,
        people: int = 8,
        seed: int = 1,
        *,
        manner: str = "",
        mode: Mode | None = None,
        lean: Mapping[str, str] = {},
        scene: Scene | None = None,
        earlier: Sequence[Played] = (),
    ) -> None:
        self.script = script
        self.mode = mode or (Mode.ASYNC if script.days else Mode.LIVE)
        self.manner = manner
        scene = scene or Scene(Cast(people, seed, lean=lean))
        self.clock, self.stage, self.cast = scene.clock, scene.stage, scene.cast
        self.random = self.cast.random
        self.earlier = earlier
        self.start = self.clock.now()
        self.transcript = Transcript(
            self.stage,
            self.clock,
            [(person, self.cast.role(person)) for person in (self.cast.host, *self.cast.people)],
            self.start,
            dated=bool(script.days or earlier),
        )
        self._plans: list[tuple[datetime, int, Event]] = []
        self._planned: set[tuple[int, str]] = set()
        self._count = 0
        self._led: set[str] = set()  # the moments that the host was planned to end
        self._open: tuple[str, str] = ("", "")  # the step that waits for its host, and its moment
        self._moves: list[tuple[str, datetime]] = []

    async def play(self, database: Path | None = None) -> Played:
        """Play it through; the database is thrown away unless it is named."""
        with tempfile.TemporaryDirectory() as folder:
            store = await open_store(database or Path(folder) / "rehearsal.db", lasting=database is not None)
            try:
                runtime = Runtime(store, await shelf_of(store, self.script), [self.stage], self.clock)
                await runtime.start()
                return await self.play_on(runtime, self.script.id)
            finally:
                await store.close()

    async def play_on(self, runtime: Runtime, workshop: str, *, until: Phase = Phase.CLOSED) -> Played:
        """Play it with a runtime that has started, from `/workshop start` to a phase."""
        how = {"workshop": workshop, "how": self.mode.value}
        await self._hear(runtime, self._order(self.cast.host, "workshop open", how, host=True))
        session_id = (await runtime.store.sessions.listed(ROOM))[0][0]
        begin_at = self._plan_lobby()
        ended: datetime | None = None
        while True:
            await runtime.idle()
            session, _ = await runtime.sessions.load(session_id)
            self.transcript.running = session.phase is Phase.RUNNING
            if session.phase in (Phase.CLOSED, until):
                break
            if session.phase in (Phase.TAIL, Phase.REVIEW) and ended is None:
                ended = self.clock.now()
                self._allow(session)
            self._react(session)
            self._lead(session)
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
        self.transcript.close()
        return self._played(session, begin_at, ended or self.clock.now())

    def _plan_lobby(self) -> float:
        """Plan who joins when; returns the seconds after which the host begins."""
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
        self._plan(begin_at, self._order(self.cast.host, "workshop start", {}, host=True))
        return begin_at

    def _played(self, session: Session, begin_at: float, ended: datetime) -> Played:
        began = self.start + timedelta(seconds=begin_at)
        spans = [
            (title, (after - at).total_seconds() / 60)
            for (title, at), (_, after) in zip(self._moves, [*self._moves[1:], ("", ended)], strict=False)
        ]
        said = self.transcript
        title, moment = self._open
        return Played(
            script=self.script,
            lines=said.lines,
            met=list(said.met.values()),
            minutes=(ended - began).total_seconds() / 60,
            session=session,
            recap=recap(self.script, session),
            longest=said.longest,
            posts=said.posts,
            in_session=said.in_session,
            posts_by_step=said.posts_by_step,
            silence=said.silence,
            first_typed=next(
                (s.title for s in (*self.script.prepare, *self.script.steps) if isinstance(s, Written)), ""
            ),
            steps=spans,
            stopped_at=title if moment not in self._led else "",
        )

    # -- the host --------------------------------------------------------------------------------

    def _lead(self, session: Session) -> None:
        """Plan to go on where only the host can: from a pause, and from everything beside a call."""
        state = session.current
        if state is None or session.phase is not Phase.RUNNING or session.over_days:
            return
        step = self.script.step(session.step)
        looking = state.looking is not None
        moment = f"{session.moment}:{looking}"
        if self.mode is not Mode.CALL and not kind_of(step).waits_for_host:
            self._open = ("", "")
            return
        self._open = (step.title, moment)
        if moment in self._led or self.manner == "unhosted":
            return
        self._led.add(moment)
        minutes = 1 if looking else step.minutes
        if state.closed:
            minutes = step.read_minutes if isinstance(step, Asking) else 0
        self._plan(max(60.0 * minutes, 5.0), self._order(self.cast.host, "workshop next", {}, host=True))

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
            self.transcript.step = step.title
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
        for title, text in self._offered(person, step):
            self.transcript.write(f"(offered to {person.name} from {title}: “{text}”)")
        return list(self.cast.answer(person, step, self.script, session, self.clock.now()))

    def _offered(self, person: Person, step: Step) -> Iterable[tuple[str, str]]:
        """What somebody said in an earlier part of a series, and finds in the form of this step."""
        earlier = [(played.script, played.session) for played in self.earlier]
        return participant.offered(self.script, step.id, person.id, earlier).values()

    def _allow(self, session: Session) -> None:
        """After the close, some look over their words, and some may be asked later."""
        if self.manner == "passing":
            return
        for n, person in enumerate(self.cast.people):
            member = session.people.get(person.id)
            if self.script.follow_ups and n % 2 == 0 and member is not None and not member.reading:
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
        self.transcript.note(event)
        await runtime.hear(event, self.stage.name, self.stage.happen(event))


class SeriesRehearsal:
    """Plays the parts of a series one after the other, as many days apart as the series says.

    Args:
        parts: the scripts, which know what is carried into them.
        mode: in which all of them are held; as each script is meant, if it is not said.
    """

    def __init__(
        self,
        series: Series,
        parts: Sequence[Script],
        people: int = 8,
        seed: int = 1,
        mode: Mode | None = None,
    ) -> None:
        self.series, self.parts, self.mode = series, parts, mode
        self.scene = Scene(Cast(people, seed))

    async def play(self) -> list[Played]:
        """Play all parts, each until its recap is posted, and the last one to its end."""
        clock = self.scene.clock
        with tempfile.TemporaryDirectory() as folder:
            store = await open_store(Path(folder) / "rehearsal.db", lasting=False)
            try:
                listing = await list_series(store, self.series, [[part] for part in self.parts])
                runtime = Runtime(store, {listing.id: listing}, [self.scene.stage], clock)
                await runtime.start()
                played: list[Played] = []
                for n, part in enumerate(self.parts):
                    await self._wait(runtime, START + timedelta(days=n * self.series.days_between))
                    rehearsal = Rehearsal(part, scene=self.scene, earlier=tuple(played), mode=self.mode)
                    last = n == len(self.parts) - 1
                    until = Phase.CLOSED if last else Phase.FOLLOWING
                    played.append(await rehearsal.play_on(runtime, self.series.id, until=until))
                return played
            finally:
                await store.close()

    async def _wait(self, runtime: Runtime, until: datetime) -> None:
        """The days between two parts, with what falls due in them."""
        clock = self.scene.clock
        while (due := await runtime.store.outbox.next_due()) is not None and due < until:
            clock.at = max(clock.at, due)
            await runtime.wake()
            await runtime.idle()
        clock.at = max(clock.at, until)
