"""A cast of people who do not exist: for rehearsals, and for trying things with nobody there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import yaml

from bot.core.model.events import CommandGiven, Event, Person, Posted, Submitted
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Field, Step
from bot.core.steps.forms import Form
from bot.core.steps.registry import kind_of
from bot.core.steps.scale_statistics import UNSURE

TALKING = 0.7  # of the time that a group has, until it brings something back
WORDS_PER_MINUTE = 20  # people compose about this fast in chat
# What the cast says, by kind of field; a file, so that it can be read, edited and translated without code.
_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
# What it says in one workshop, by its id: for a step, or for step.field.
CASTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "casts").glob("*.yaml"))
}
NAMES: Sequence[str] = _WORDS["names"]
LINES: Sequence[str] = _WORDS["lines"]
LONGER: Sequence[str] = _WORDS["longer"]
IDEAS: Sequence[str] = _WORDS["ideas"]
STORIES: Sequence[Mapping[str, str]] = _WORDS["stories"]
CHAINS: Sequence[Mapping[str, str]] = _WORDS["chains"]
BY_KEY: Mapping[str, Sequence[str]] = _WORDS["by_key"]
BY_LENGTH: Sequence[tuple[int, Sequence[str]]] = (  # the longest field that they are for, in characters
    (40, _WORDS["one_word"]),
    (150, _WORDS["short"]),
    (250, _WORDS["intentions"]),
    (450, _WORDS["takeaways"]),
)


def leanings(step: Step) -> list[tuple[str, str]]:
    """The ways in which a whole cast can lean in a step (see `Cast.lean`), each with its words."""
    return [
        (key, f"{f'everybody picks {label}' if label else f'all numbers are {key}'} in {step.title}")
        for key, label in kind_of(step).leanings(step)
    ]


class Cast:
    """People who do not exist. One reads along, one is late, the others take part.

    `answer` says what one of them does in a step, and after how many seconds; the same seed says the
    same things.
    """

    def __init__(
        self,
        people: int,
        seed: int,
        *,
        platform: str = "stage",
        room: str = "stage:circle",
        lean: Mapping[str, str] = {},
    ) -> None:
        self.random = random.Random(seed)
        self.lean = lean  # what everybody picks in a step; "low" or "high" in a scale
        self.room = room
        names = [
            NAMES[n % len(NAMES)] + (str(n // len(NAMES) + 1) if n >= len(NAMES) else "")
            for n in range(people)
        ]
        self.people = [Person(id=PersonId(f"{platform}:{n}"), name=name) for n, name in enumerate(names, 1)]
        self.host = Person(id=PersonId(f"{platform}:host"), name="Host (you)")
        self.reader = self.people[-1] if people > 3 else None
        self.late = self.people[-2] if people > 4 else None
        self._used: Counter[str] = Counter()
        self._own: Mapping[str, Sequence[str]] = {}  # words for the workshop that is played

    def role(self, person: Person) -> str:
        """The part that someone of the cast plays."""
        if person == self.host:
            return "guides"
        return "reads along" if person == self.reader else "late" if person == self.late else "takes part"

    def answer(
        self, person: Person, step: Step, script: Script, session: Session, at: datetime
    ) -> Iterator[tuple[float, Event]]:
        """Events of one person in a step, each with the seconds after which it comes."""
        self._own = CASTS.get(script.id, {})
        reading = self.random.uniform(4, 12)
        leaning = self.lean.get(step.id, "")
        if self.random.random() < 0.06 and not leaning:
            yield reading + 10, self.order(person, "pass", {}, at)
            return
        kind = kind_of(step)
        form = kind.form(script, session, person.id, step) if step.id in session.steps else None
        if form is None:
            return
        if form.is_gallery:
            cards = session.steps[step.id].cards
            for n, card in enumerate(self.random.sample(cards, min(2, len(cards))), 1):
                sign = self.random.choice(form.options).key
                yield reading + 25 * n, self.order(person, "react", {"card": card, "sign": sign}, at)
            return
        if not form.fields:
            picks = self._picks(form, leaning)
            wait = reading + 4 * len(form.items) + self.random.uniform(3, 20)
            yield wait, self._submit(person, step.id, session.id, at, picks=picks)
            return
        if kind.live(step) and len(kind.fields(step)) == 1:
            yield self._said_live(person, step, kind.fields(step)[0], session, at, reading)
            return
        fields = {}
        for asked in kind.fields(step):
            if asked.optional and self.random.random() < 0.25:
                continue
            if asked.options and kind.story and script.cycles:
                tapped = self._told(person, step, asked)
                if tapped:
                    fields[asked.key] = tapped
                continue
            if asked.options:
                most = 2 if asked.many else 1
                keys = [option.key for option in asked.options]
                fields[asked.key] = ",".join(self.random.sample(keys, min(most, len(keys))))
                continue
            words = self._told(person, step, asked)
            if words is None:
                words = self._line(asked.max_chars, asked.loop)
            if words:
                fields[asked.key] = words[: asked.max_chars]
        text = " ".join(fields.values())
        wait = reading + self._typing(text)
        if kind.in_pairs and session.steps[step.id].pairs and not session.over_days:
            wait = max(wait, reading + TALKING * 60 * step.minutes)
        if wait > step.minutes * 60 - 15 and not session.over_days:
            yield step.minutes * 60 - 20, self.order(person, "writing", {}, at)
        share = self.random.choice(("name", "anonymous", "no"))
        yield wait, self._submit(person, step.id, session.id, at, fields=fields, share=share)

    def _said_live(
        self, person: Person, step: Step, asked: Field, session: Session, at: datetime, reading: float
    ) -> tuple[float, Event]:
        """A line said in the room."""
        text = self._least_used(self._own.get(step.id) or BY_KEY.get(step.id, LINES))[: asked.max_chars]
        wait = reading + self._typing(text)
        if session.current is None:  # a line in the room is talk then; answers go by the form
            return wait, self._submit(person, step.id, session.id, at, fields={asked.key: text})
        return wait, Posted(id="", channel=self.room, at=at, person=person, text=text)

    def _picks(self, form: Form, leaning: str) -> tuple[str, ...]:
        """What someone taps: a number for each item, or as many options as they may."""
        if form.items:
            number = {"low": form.numbers[0], "high": form.numbers[-1]}.get(leaning)
            return tuple(
                f"{item.key}={number or self._number(form.numbers, n)}" for n, item in enumerate(form.items)
            )
        options = [option.key for option in form.options]
        picks = tuple(self.random.sample(options, min(form.most, len(options))))
        if leaning in options:
            picks = (leaning, *(pick for pick in picks if pick != leaning))[: form.most]
        return picks

    def _number(self, numbers: Sequence[str], nth: int) -> str:
        """The number that someone taps for an item: most see it alike, some cannot tell."""
        if self.random.random() < 0.08:
            return UNSURE
        least, most = int(numbers[0]), int(numbers[-1])
        middle = (least + most) / 2 + (nth * 7 % 5 - 2) * 0.7
        return str(min(most, max(least, round(self.random.gauss(middle, 0.9)))))

    def _told(self, person: Person, step: Step, asked: Field) -> str | None:
        """The words of this person for a field: of one and the same story, if it belongs to one; else None."""
        nth = self.people.index(person)
        own = self._own.get(f"{step.id}.{asked.key}") or (
            self._own.get(step.id) if asked.key == "text" else None
        )
        if own:
            return own[nth % len(own)]
        if kind_of(step).in_pairs:
            return CHAINS[nth % len(CHAINS)].get(asked.key)
        if kind_of(step).story and (
            asked.cycle or asked.options or asked.loop or asked.key in ("title", "credit")
        ):
            story = STORIES[nth % len(STORIES)]
            return story.get(asked.cycle or ("loop" if asked.loop else asked.key), "")
        pool = BY_KEY.get(asked.key)
        return pool[nth % len(pool)] if pool else None

    def _line(self, most: int, idea: bool) -> str:
        """A line of about the right length."""
        pool = IDEAS if idea else next((lines for longest, lines in BY_LENGTH if most <= longest), LONGER)
        return self._least_used(pool)[:most]

    def _least_used(self, pool: Sequence[str]) -> str:
        """One of these lines; the same comes again only when all others were used."""
        least = min(self._used[line] for line in pool)
        line = self.random.choice([line for line in pool if self._used[line] == least])
        self._used[line] += 1
        return line

    def _typing(self, text: str) -> float:
        speed = self.random.uniform(0.7, 2.2) * WORDS_PER_MINUTE
        return 60 * len(text.split()) / speed

    def order(
        self, person: Person, command: str, args: dict[str, str], at: datetime, host: bool = False
    ) -> CommandGiven:
        """Somebody of the cast gives a command."""
        return CommandGiven(
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
