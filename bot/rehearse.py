"""Rehearsal: the same core, a cast instead of people, and a clock that jumps.

What a host wants to know before the evening: does it run, how long is it, what does each person
meet. The cast is made up and says so; nothing of it is kept but the files that you ask for.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.core import views
from bot.core.community import Listing
from bot.core.events import Event, Joined, Ordered, Person, Posted, Submitted
from bot.core.facts import Phase
from bot.core.recap import Recap, recap
from bot.core.script import Choice, Gallery, Message, Open, Reveal, Script, Step, Vote
from bot.core.session import Session
from bot.platforms.stage import Line, Stage
from bot.render import QUOTE_END, QUOTE_START
from bot.runtime import Runtime
from bot.store.sqlite import open_store

ROOM = "stage:circle"
START = datetime(2026, 1, 15, 19, 0, tzinfo=timezone.utc)
WORDS_PER_MINUTE = 20  # people compose about this fast in chat
NAMES = ("Ada", "Bo", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lena")
LINES = (
    "Kitchen table, and a laugh about the broken rota",
    "On the train; somebody here sent me exactly the link I needed",
    "Home, tired. Last week nobody minded that I only listened",
    "At work. A recipe for saying no, which I used twice",
    "In the garden; I got three names to write to",
    "By the window. Honestly, a lot of messages and little sleep",
)
LONGER = (
    "Thursday show-and-tell. Ines showed her rota, half broken, and apologised. Ours is worse.",
    "I asked a beginner's question and got four answers, none of them with a sigh in it.",
    "Two of us met outside the channel and rewrote the checklist on the back of a menu.",
    "I read along for a month before I said anything. Then somebody answered within a minute.",
    "We argued about the calendar. It was not pleasant, and it was the first honest talk about workload.",
)
TAKES = (
    "The trick of leaving one slot a week empty, on purpose",
    "A name to write to, and the courage to do it",
    "A doubt: maybe the checklist is the problem",
    "That I need not have an answer to be of use",
    "The feeling of not being the only one",
)
WILL = (
    "Write to Ines about her rota",
    "Leave two slots empty in December",
    "Ask my first question in the open",
    "Bring something half broken next Thursday",
    "Thank the person who answered me",
    "Read along for a week, then say one thing",
)
ONE_WORD = ("lighter", "curious", "heard", "ready", "tired, in a good way", "awake", "braver")
SHORT = (
    "a patient ear",
    "questions",
    "one template",
    "courage",
    "bad jokes",
    "two contacts",
    "an hour on Fridays",
    "the long view",
    "a reason to finish things",
)
IDEAS = (
    "More broken things at show-and-tell",
    "A quiet hour each month",
    "Write down who holds which key",
    "Answer every first question within a day",
    "One meeting without an agenda",
    "A list of who can help with what",
)


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
    """What one person met and did."""

    name: str
    role: str
    posts: int = 0
    pings: int = 0
    private: int = 0
    taps: int = 0
    words: int = 0


@dataclass
class Played:
    """What came of a rehearsal."""

    script: Script
    lines: list[str]
    met: list[Met]
    minutes: float
    session: Session
    recap: Recap
    longest: tuple[int, str]  # characters of the longest post, and its kind
    posts: int
    steps: list[tuple[str, float]] = field(default_factory=list)


class Cast:
    """People who do not exist. The first guides, one reads along, one is late, the others take part."""

    def __init__(self, people: int, seed: int) -> None:
        self.random = random.Random(seed)
        names = [
            NAMES[n % len(NAMES)] + (str(n // len(NAMES) + 1) if n >= len(NAMES) else "")
            for n in range(people)
        ]
        self.people = [Person(id=f"stage:{n}", name=name) for n, name in enumerate(names, 1)]
        self.host = Person(id="stage:host", name="Host (you)")
        self.reader = self.people[-1] if people > 3 else None
        self.late = self.people[-2] if people > 4 else None

    def role(self, person: Person) -> str:
        """How this one of the cast takes part."""
        if person == self.host:
            return "guides"
        return "reads along" if person == self.reader else "late" if person == self.late else "takes part"


class Rehearsal:
    """Plays one script from the lobby to the recap."""

    def __init__(self, script: Script, people: int, seed: int = 1) -> None:
        self.script = script
        self.clock = VirtualClock()
        self.stage = Stage()
        self.cast = Cast(people, seed)
        self.random = self.cast.random
        self.lines: list[str] = []
        self.met = {
            p.id: Met(name=p.name, role=self.cast.role(p)) for p in [self.cast.host, *self.cast.people]
        }
        self._plans: list[tuple[datetime, int, Event]] = []
        self._planned: set[tuple[int, str]] = set()
        self._count = 0
        self._used: Counter[str] = Counter()
        self._names = {p.id: p.name for p in [self.cast.host, *self.cast.people]}
        self._longest = (0, "")
        self._posts = 0
        self._moves: list[tuple[str, datetime]] = []
        self.stage.seen.append(self._watch)

    async def play(self, database: Path | None = None) -> Played:
        """Play it through; the database is thrown away unless it is named."""
        with tempfile.TemporaryDirectory() as folder:
            store = await open_store(database or Path(folder) / "rehearsal.db")
            try:
                hash = await store.keep_script(self.script)
                listing = Listing(
                    id=self.script.id, title=self.script.title, minutes=self.script.minutes, hash=hash
                )
                runtime = Runtime(store, {self.script.id: listing}, [self.stage], self.clock)
                await runtime.start()
                return await self._play(runtime)
            finally:
                await store.close()

    async def _play(self, runtime: Runtime) -> Played:
        start = self._order(self.cast.host, "workshop start", {"workshop": self.script.id}, host=True)
        await self._hear(runtime, start)
        context = await runtime.store.look([], [ROOM], [])
        session_id = context.places[ROOM][0].session
        for n, person in enumerate(self.cast.people):
            wait = 260 if person == self.cast.late else 10 + 7 * n
            joined = Joined(
                id="",
                channel=ROOM,
                at=self.clock.now(),
                person=person,
                reading=person == self.cast.reader,
                private=self.stage.private(person.id, ROOM),
            )
            self._plan(wait, joined)
        begin_at = 30 + 7 * len(self.cast.people)
        self._plan(begin_at, self._order(self.cast.host, "workshop begin", {}, host=True))
        ended: datetime | None = None
        while True:
            await runtime.idle()
            session, _ = await runtime.load(session_id)
            if session.phase is Phase.CLOSED:
                break
            if session.phase is Phase.REVIEW and ended is None:
                ended = self.clock.now()
                self._allow(session)
            self._react(session)
            due = await runtime.store.next_due()
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
                self._moves, [*self._moves[1:], ("", ended or self.clock.now())], strict=True
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
            steps=spans,
        )

    # -- the cast --------------------------------------------------------------------------------

    def _react(self, session: Session) -> None:
        """When a step opens, everybody plans what to do in it."""
        state = session.current
        if state is None or state.closed:
            return
        step = self.script.step(session.step)
        if not self._moves or self._moves[-1][0] != step.title:
            self._moves.append((step.title, state.moved_at))
        if isinstance(step, Message):
            return
        for person in self.cast.people:
            known = session.people.get(person.id)
            if known is None or known.reading or (session.visit, person.id) in self._planned:
                continue
            self._planned.add((session.visit, person.id))
            for wait, event in self._answer(person, step, session):
                self._plan(wait, event)

    def _answer(self, person: Person, step: Step, session: Session) -> Iterator[tuple[float, Event]]:
        reading = self.random.uniform(4, 12)
        if self.random.random() < 0.06:
            yield reading + 10, self._order(person, "pass", {})
            return
        if isinstance(step, Choice | Vote):
            options = views.option_labels(self.script, session, step)
            most = step.dots if isinstance(step, Vote) else 1
            picks = tuple(o.key for o in self.random.sample(options, min(most, len(options))))
            yield reading + self.random.uniform(3, 20), self._submit(person, step.id, session.id, picks=picks)
            return
        if isinstance(step, Gallery):
            cards = views.board(self.script, session).cards
            for n in self.random.sample(range(1, len(cards) + 1), min(2, len(cards))):
                sign = self.random.choice(step.reactions).key
                args = {"card": str(n), "sign": sign}
                yield reading + 25 * n, self._order(person, "react", args)
            return
        if isinstance(step, Message):
            return
        if isinstance(step, Open) and step.reveal is Reveal.LIVE and len(step.fields) == 1:
            text = self.random.choice(LINES)[: step.fields[0].max_chars]
            yield (
                reading + self._typing(text),
                Posted(id="", channel=ROOM, at=self.clock.now(), person=person, text=text),
            )
            return
        fields = {}
        for asked in step.fields:
            if asked.optional and self.random.random() < 0.3:
                continue
            fields[asked.key] = self._line(asked.max_chars, asked.loop)
        text = " ".join(fields.values())
        wait = reading + self._typing(text)
        if wait > step.minutes * 60 - 15:
            yield step.minutes * 60 - 20, self._order(person, "writing", {})
        share = self.random.choice(("name", "anonymous", "no"))
        yield wait, self._submit(person, step.id, session.id, fields=fields, share=share)

    def _line(self, most: int, idea: bool) -> str:
        """A line of about the right length; the same one comes again only when all others were used."""
        pools = ((40, ONE_WORD), (150, SHORT), (250, WILL), (450, TAKES))
        pool = IDEAS if idea else next((lines for longest, lines in pools if most <= longest), LONGER)
        least = min(self._used[line] for line in pool)
        line = self.random.choice([line for line in pool if self._used[line] == least])
        self._used[line] += 1
        return line[:most]

    def _typing(self, text: str) -> float:
        speed = self.random.uniform(0.7, 2.2) * WORDS_PER_MINUTE
        return 60 * len(text.split()) / speed

    def _allow(self, session: Session) -> None:
        """After the close, some look over their words."""
        for n, person in enumerate(self.cast.people):
            mine = views.mine(self.script, session, person.id)
            if mine and n % 3 == 0:
                args = {"answer": "1", "how": "name"}
                self._plan(300 + 60 * n, self._order(person, "share", args))
            elif len(mine) > 2 and n == 1:
                self._plan(600, self._order(person, "withdraw", {"answer": "2"}))

    # -- events ----------------------------------------------------------------------------------

    def _order(self, person: Person, command: str, args: dict[str, str], host: bool = False) -> Ordered:
        return Ordered(
            id="",
            channel=ROOM,
            at=self.clock.now(),
            person=person,
            command=command,
            args=args,
            host=host,
            seed="rehearsal",
        )

    def _submit(
        self,
        person: Person,
        step: str,
        session: str,
        *,
        fields: dict[str, str] | None = None,
        picks: tuple[str, ...] | None = None,
        share: str = "",
    ) -> Submitted:
        return Submitted(
            id="",
            channel=ROOM,
            at=self.clock.now(),
            person=person,
            session=session,
            step=step,
            fields=fields or {},
            picks=picks,
            share=share,
        )

    def _plan(self, seconds: float, event: Event) -> None:
        self._count += 1
        self._plans.append((self.clock.now() + timedelta(seconds=seconds), self._count, event))
        self._plans.sort(key=lambda plan: plan[:2])

    async def _hear(self, runtime: Runtime, event: Event) -> None:
        event = replace(event, id=self.stage.next_id(), at=self.clock.now())
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
                self.stage.show(line)
                if met:
                    met.words += len(text.split())
            case Submitted(fields=fields, picks=picks):
                text = f"picks {len(picks)}" if picks else f"writes {len(fields)} fields in private"
                self._write(f"({name} {text})")
                if met:
                    met.taps += 1 + (len(picks) if picks else 0)
                    met.words += sum(len(text.split()) for text in fields.values())
            case Ordered(command=command, args=args):
                self._write(f"({name}: /{' '.join([command, *args.values()])})")
                if met:
                    met.taps += 1
            case Joined(reading=reading):
                self._write(f"({name} joins{' to read along' if reading else ''})")
                if met:
                    met.taps += 1
            case _:
                pass

    def _watch(self, what: str, line: Line) -> None:
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
        self._posts += 1
        for met in self.met.values():
            met.posts += 1
            met.pings += line.ping

    def _write(self, text: str) -> None:
        days = (self.clock.now() - START).days
        stamp = self.clock.now().strftime("%H:%M:%S") if not days else f"+{days} day{'s' * (days > 1)}  "[:8]
        for mark in (QUOTE_START, QUOTE_END):  # for a terminal, which may show them as boxes
            text = text.replace(mark, "")
        first, *rest = text.split("\n")
        self.lines.append(f"{stamp}  {first}")
        self.lines += [f"          {line}" for line in rest]


def report(played: Played) -> str:
    """What a host wants to know of a rehearsal, as text."""
    lines = [
        f"{played.script.title}: {played.minutes:.1f} of {played.script.minutes} minutes with this cast;"
        f" {played.posts} posts in the room; the longest message has {played.longest[0]} characters"
        f" ({played.longest[1]}).",
        "",
        "Minutes a step:",
        *(f"  {minutes:5.1f}  {title}" for title, minutes in played.steps),
        "",
        f"{'What each person met':<16}{'':<12}  posts  pings  private   taps  words",
    ]
    lines += [
        f"{met.name:<16}{met.role:<12}{met.posts:>7}{met.pings:>7}{met.private:>9}{met.taps:>7}{met.words:>7}"
        for met in played.met
    ]
    return "\n".join(lines)
