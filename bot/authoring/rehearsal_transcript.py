"""The transcript of a rehearsal: who says what, and how much of it each person meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.core.model.events import CommandGiven, Event, Joined, Person, Posted, Submitted
from bot.core.text.quoting import QUOTE_END, QUOTE_START
from bot.platforms.memory import Line, MemoryPlatform

ROOM = "stage:circle"


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


class Transcript:
    """Writes down what is said on a stage, and counts it.

    Args:
        people: of the cast, with their roles; the first is the host.
        start: the moment from which days are counted.
        dated: whether each line bears its date, as in a workshop over days.
    """

    def __init__(
        self,
        stage: MemoryPlatform,
        clock: Clock,
        people: Sequence[tuple[Person, str]],
        start: datetime,
        *,
        dated: bool = False,
    ) -> None:
        self.lines: list[str] = []
        self.met: dict[str, Met] = {person.id: Met(person.name, role) for person, role in people}
        self.longest = (0, "")  # characters of the longest post, and its kind
        self.posts = 0
        self.in_session = 0  # posts in the room between the first step and the close
        self.posts_by_step: Counter[str] = Counter()  # of these, by the step that was open
        self.silence = (0.0, "")  # minutes of the longest silence in the room, and its step
        self.running = False
        self.step = ""  # the title of the step that is open
        self._names: dict[str, str] = {person.id: person.name for person, _ in people}
        self._host = people[0][0].id
        self._stage, self._clock, self._start, self._dated = stage, clock, start, dated
        self._spoken: datetime | None = None
        self._stop = stage.subscribe(self._watch)

    def close(self) -> None:
        """Write down nothing more: the stage is for another part."""
        self._stop()

    def note(self, event: Event) -> None:
        """Somebody of the cast does something."""
        person = getattr(event, "person", None)
        met = self.met.get(person.id) if person else None
        name = person.name if person else ""
        match event:
            case Posted(text=text):
                line = Line(id=event.id, channel=event.channel, author=event.person.id, text=text)
                self._hush(line)
                self._stage.show(line)
                if met:
                    met.words += len(text.split())
            case Submitted(fields=fields, picks=picks):
                text = f"picks {len(picks)}" if picks else f"writes {len(fields)} fields in private"
                self.write(f"({name} {text})")
                if met:
                    met.taps += 1 + (len(picks) if picks else 0)
                    met.words += sum(len(text.split()) for text in fields.values())
            case CommandGiven(command=command, args=args):
                self.write(f"({name}: /{' '.join([command, *args.values()])})")
                if met:
                    met.taps += 1
            case Joined(reading=reading):
                self.write(f"({name} joins{' to read along' if reading else ''})")
                if met:
                    met.taps += 1
            case _:
                pass

    def _hush(self, line: Line) -> None:
        """Seconds of silence in the room until this line."""
        if line.channel != ROOM or not self.running or self._dated:
            self._spoken = self._clock.now()
            return
        if self._spoken is not None:
            minutes = (self._clock.now() - self._spoken).total_seconds() / 60
            self.silence = max(self.silence, (minutes, self.step))
        self._spoken = self._clock.now()

    def _watch(self, what: str, line: Line) -> None:
        if what == "new":
            self._hush(line)
        if what == "sign":
            self.write(f"({'/'.join(sorted(line.signs))} on {self._names.get(line.author, '')}'s line)")
            return
        if what == "gone":
            return
        where = line.channel.partition("/")[2]
        if line.author:
            self.write(f"{self._names[line.author]}: {line.text}")
            return
        to = f" to {self._names.get('stage:' + where[1:], where)}" if where.startswith("~") else ""
        to = " to the hosts" if where == "hosts" else to
        again = " (changed)" if what == "changed" else ""
        self.write(f"Storycircle{to}{again}: {line.text}")
        if what == "new":
            self._count_post(line, where)

    def _count_post(self, line: Line, where: str) -> None:
        self.longest = max(self.longest, (len(line.text), line.kind))
        if where.startswith("~"):
            met = self.met.get("stage:" + where[1:])
            if met:
                met.private += 1
            return
        if where == "hosts":
            self.met[self._host].private += 1
            return
        seated = self._stage.threads.get(line.channel)
        if seated is not None:  # a pair's own conversation
            for person in seated:
                self.met[person].posts += 1
                self.met[person].pings += line.ping
                self.met[person].pings_running += line.ping and self.running
            return
        self.posts += 1
        self.in_session += self.running
        if self.running and self.step:
            self.posts_by_step[self.step] += 1
        for met in self.met.values():
            met.posts += 1
            met.pings += line.ping
            met.pings_running += line.ping and self.running

    def write(self, text: str) -> None:
        """Add a line, with the time on the clock."""
        days = (self._clock.now() - self._start).days
        stamp = self._clock.now().strftime("%H:%M:%S")
        if self._dated or days:
            stamp = self._clock.now().strftime("%d %b %H:%M")
        for mark in (QUOTE_START, QUOTE_END):  # for a terminal, which may show them as boxes
            text = text.replace(mark, "")
        first, *rest = text.split("\n")
        self.lines.append(f"{stamp}  {first}")
        self.lines += [f"          {line}" for line in rest]
