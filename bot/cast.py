"""A cast of people who do not exist: for rehearsals, and for trying things with nobody there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from bot.core import views
from bot.core.events import Event, Ordered, Person, Posted, Submitted
from bot.core.script import Choice, Gallery, Message, Open, Reveal, Script, Step, Vote
from bot.core.session import Session

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


class Cast:
    """People who do not exist. One reads along, one is late, the others take part.

    `answer` says what one of them does in a step, and after how many seconds; the same seed says the
    same things.
    """

    def __init__(
        self, people: int, seed: int, *, platform: str = "stage", room: str = "stage:circle"
    ) -> None:
        self.random = random.Random(seed)
        self.room = room
        names = [
            NAMES[n % len(NAMES)] + (str(n // len(NAMES) + 1) if n >= len(NAMES) else "")
            for n in range(people)
        ]
        self.people = [Person(id=f"{platform}:{n}", name=name) for n, name in enumerate(names, 1)]
        self.host = Person(id=f"{platform}:host", name="Host (you)")
        self.reader = self.people[-1] if people > 3 else None
        self.late = self.people[-2] if people > 4 else None
        self._used: Counter[str] = Counter()

    def role(self, person: Person) -> str:
        """How this one of the cast takes part."""
        if person == self.host:
            return "guides"
        return "reads along" if person == self.reader else "late" if person == self.late else "takes part"

    def answer(
        self, person: Person, step: Step, script: Script, session: Session, at: datetime
    ) -> Iterator[tuple[float, Event]]:
        """What this person does in a step: after how many seconds, and the event."""
        reading = self.random.uniform(4, 12)
        if self.random.random() < 0.06:
            yield reading + 10, self.order(person, "pass", {}, at)
            return
        if isinstance(step, Choice | Vote):
            options = views.option_labels(script, session, step)
            most = step.dots if isinstance(step, Vote) else 1
            picks = tuple(o.key for o in self.random.sample(options, min(most, len(options))))
            yield (
                reading + self.random.uniform(3, 20),
                self._submit(person, step.id, session.id, at, picks=picks),
            )
            return
        if isinstance(step, Gallery):
            cards = views.board(script, session).cards
            for n in self.random.sample(range(1, len(cards) + 1), min(2, len(cards))):
                sign = self.random.choice(step.reactions).key
                args = {"card": str(n), "sign": sign}
                yield reading + 25 * n, self.order(person, "react", args, at)
            return
        if isinstance(step, Message):
            return
        if isinstance(step, Open) and step.reveal is Reveal.LIVE and len(step.fields) == 1:
            text = self.random.choice(LINES)[: step.fields[0].max_chars]
            yield (
                reading + self._typing(text),
                Posted(id="", channel=self.room, at=at, person=person, text=text),
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
            yield step.minutes * 60 - 20, self.order(person, "writing", {}, at)
        share = self.random.choice(("name", "anonymous", "no"))
        yield wait, self._submit(person, step.id, session.id, at, fields=fields, share=share)

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

    def order(
        self, person: Person, command: str, args: dict[str, str], at: datetime, host: bool = False
    ) -> Ordered:
        """Somebody of the cast gives a command."""
        return Ordered(
            id="",
            channel=self.room,
            at=at,
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
        at: datetime,
        *,
        fields: dict[str, str] | None = None,
        picks: tuple[str, ...] | None = None,
        share: str = "",
    ) -> Submitted:
        return Submitted(
            id="",
            channel=self.room,
            at=at,
            person=person,
            session=session,
            step=step,
            fields=fields or {},
            picks=picks,
            share=share,
        )
