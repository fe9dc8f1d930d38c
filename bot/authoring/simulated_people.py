"""A cast of people who do not exist: for rehearsals, and for trying things with nobody there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from bot.core.model.events import CommandGiven, Event, Person, Posted, Submitted
from bot.core.model.script import (
    Choice,
    Field,
    Gallery,
    Open,
    Pair,
    Reveal,
    Scale,
    Script,
    Step,
    Story,
    Vote,
    Written,
)
from bot.core.model.session import Session
from bot.core.queries import items_of
from bot.core.steps.scale_statistics import UNSURE
from bot.core.views import participant

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


# Small stories, part by part. `loop` is what the community could do with it; "" is a part left untold.
STORIES: tuple[dict[str, str], ...] = (
    {
        "title": "The spreadsheet nobody wanted",
        "immediate": "Thursday show-and-tell, eleven of us. Ines showed her rota, half broken, and apologised. I was relieved: ours is worse.",
        "potential": "Her trick of leaving one slot a week empty, on purpose.",
        "applied": "I left two empty slots in our December rota, and told people why.",
        "realized": "Fewer messages at the last minute in January. The weather will play a part, too.",
        "enabling": "Our team lead let me change the rota without a meeting.",
        "credit": "Ines",
        "loop": "More broken things at show-and-tell",
        "status": "hoped",
    },
    {
        "title": "A beginner's question",
        "immediate": "I asked something in the channel that I was ashamed not to know. Four people answered, none of them with a sigh.",
        "potential": "The answer; and the courage to ask the next one in the open.",
        "applied": "In our own team I now begin with the question that I cannot answer.",
        "realized": "Two juniors have begun to do the same. One of them told me so.",
        "credit": "The four who answered",
        "loop": "Answer every first question within a day",
        "status": "happened",
    },
    {
        "title": "On the back of a menu",
        "immediate": "Two of us met outside the channel, by accident, and talked until the kitchen closed. We laughed a lot.",
        "potential": "A checklist, rewritten on the back of a menu. Half as long as the old one.",
        "applied": "I hung it over our sink. People have added to it in pencil.",
        "realized": "",
        "loop": "A list of who lives near whom",
        "status": "happened",
    },
    {
        "title": "The honest evening",
        "immediate": "We argued about the calendar. It was not pleasant, and it was the first honest talk about how much each of us carries.",
        "potential": "A doubt: perhaps the calendar is not the problem.",
        "applied": "I gave one of my three tasks back, with a date.",
        "realized": "I sleep better. Somebody else sleeps worse, I fear.",
        "transformative": "Success used to be that everything gets done. Now it is that nobody is alone with it.",
        "loop": "Say aloud who holds which key",
        "status": "happened",
        "tags": "cost",
    },
    {
        "title": "A month of reading",
        "immediate": "I read along for a month before I said anything. Then somebody greeted me by name, and I wrote two lines.",
        "potential": "The feeling of not being the only one.",
        "applied": "",
        "loop": "Greet those who only read, by name",
    },
    {
        "title": "The borrowed template",
        "immediate": "A call that I nearly skipped. Somebody shared a letter to parents, in plain words.",
        "potential": "The file, and the permission to change it.",
        "applied": "I want to send ours out in the same tone before the summer.",
        "realized": "Parents who answer, instead of asking what we meant.",
        "enabling": "Whoever keeps the shared folder in order.",
        "loop": "One folder for plain letters",
        "status": "hoped",
    },
    {
        "title": "No answer needed",
        "immediate": "In a group of three I listened for ten minutes. I had no advice. They thanked me for it.",
        "potential": "That I need not have an answer to be of use.",
        "applied": "With my sister, the week after. I only asked two questions.",
        "realized": "She called back. That is new.",
        "loop": "Groups of three, once a month",
        "status": "happened",
    },
    {
        "title": "Nobody came",
        "immediate": "I offered an evening and nobody came. It was a little sad, and also quiet.",
        "potential": "Two lines from somebody who would have come on another day.",
        "applied": "I moved it to the lunch break.",
        "realized": "Three people at the second one.",
        "loop": "Ask for the day before setting it",
        "status": "happened",
        "tags": "cost",
    },
)
CHAINS: tuple[dict[str, str], ...] = (
    {
        "was": "a newcomer's question, asked twice",
        "left": "an answer and a name to write to",
        "then": "they wrote the answer down for the next one",
        "so": "the question is asked once less, and better",
    },
    {
        "was": "work that failed, shown without excuses",
        "left": "three people who had failed in the same way",
        "then": "they met and found what they had in common",
        "so": "the fourth one need not fail like that",
    },
    {
        "was": "a walk of two who had only ever typed",
        "left": "a plan too small to be put off",
        "then": "they did it on the Friday",
        "so": "others asked how, and two copied it",
    },
    {
        "was": "a meeting in which the host said nothing",
        "left": "the feeling that it was theirs",
        "then": "somebody else hosted the next",
        "so": "it goes on when the host is ill",
    },
)
SAID: dict[str, tuple[str, ...]] = {
    "thanks": (
        "Ines, for showing what was broken",
        "Whoever keeps the notes tidy; I do not even know who it is",
        "Tomasz, who opens the hall every Thursday",
        "The four who answered my first question",
        "Noor, for asking me how it went",
        "Jun, who stayed after the call",
        "My neighbour, who told me of this place",
    ),
    "bring": (
        "a patient ear",
        "beginner's questions",
        "one good template",
        "bad jokes",
        "two contacts at the council",
        "an hour on Fridays",
        "the long view",
        "a camera and no shame",
    ),
    "take": (
        "courage, mostly",
        "the trick with the empty slot",
        "names to write to",
        "a reason to finish things",
        "more than I give, these weeks",
        "a recipe for saying no",
        "the feeling of not being the only one",
    ),
}


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
        if isinstance(step, Scale):
            picks = tuple(
                f"{item.key}={self._number(step, n)}" for n, item in enumerate(items_of(session, step))
            )
            wait = reading + 4 * len(picks) + self.random.uniform(3, 20)
            yield wait, self._submit(person, step.id, session.id, at, picks=picks)
            return
        if isinstance(step, Choice | Vote):
            options = participant.option_labels(script, session, step)
            most = step.dots if isinstance(step, Vote) else step.most
            picks = tuple(o.key for o in self.random.sample(options, min(most, len(options))))
            yield (
                reading + self.random.uniform(3, 20),
                self._submit(person, step.id, session.id, at, picks=picks),
            )
            return
        if isinstance(step, Gallery):
            cards = session.steps[step.id].cards
            for n, card in enumerate(self.random.sample(cards, min(2, len(cards))), 1):
                sign = self.random.choice(step.reactions).key
                args = {"card": card, "sign": sign}
                yield reading + 25 * n, self.order(person, "react", args, at)
            return
        if not isinstance(step, Written) or (isinstance(step, Pair) and not step.output):
            return
        if isinstance(step, Open) and step.reveal is Reveal.LIVE and len(step.fields) == 1:
            pool = SAID.get(step.id, LINES)
            least = min(self._used[line] for line in pool)
            text = self.random.choice([line for line in pool if self._used[line] == least])
            self._used[text] += 1
            text = text[: step.fields[0].max_chars]
            if session.current is None:  # a line in the room is talk then; answers go by the form
                wait = reading + self._typing(text)
                yield wait, self._submit(person, step.id, session.id, at, fields={step.fields[0].key: text})
                return
            yield (
                reading + self._typing(text),
                Posted(id="", channel=self.room, at=at, person=person, text=text),
            )
            return
        fields = {}
        for asked in step.fields:
            if asked.optional and self.random.random() < 0.25:
                continue
            if asked.options and isinstance(step, Story) and script.cycles:
                tapped = self._told(person, step, asked)
                if tapped:
                    fields[asked.key] = tapped
                continue
            if asked.options:
                most = 2 if asked.many else 1
                keys = [option.key for option in asked.options]
                fields[asked.key] = ",".join(self.random.sample(keys, min(most, len(keys))))
                continue
            told = self._told(person, step, asked)
            if told is None:
                told = self._line(asked.max_chars, asked.loop)
            if told:
                fields[asked.key] = told[: asked.max_chars]
        text = " ".join(fields.values())
        wait = reading + self._typing(text)
        if wait > step.minutes * 60 - 15 and not session.over_days:
            yield step.minutes * 60 - 20, self.order(person, "writing", {}, at)
        share = self.random.choice(("name", "anonymous", "no"))
        yield wait, self._submit(person, step.id, session.id, at, fields=fields, share=share)

    def _number(self, step: Scale, nth: int) -> str:
        """What somebody taps for an item: most see it alike, some cannot tell."""
        if self.random.random() < 0.08:
            return UNSURE
        middle = (step.least + step.most) / 2 + (nth * 7 % 5 - 2) * 0.7
        return str(min(step.most, max(step.least, round(self.random.gauss(middle, 0.9)))))

    def _told(self, person: Person, step: Step, asked: Field) -> str | None:
        """What this person says in this field: of one and the same story, if it belongs to one; else None."""
        nth = self.people.index(person)
        if isinstance(step, Pair):
            return CHAINS[nth % len(CHAINS)].get(asked.key)
        if isinstance(step, Story) and (
            asked.cycle or asked.options or asked.loop or asked.key in ("title", "credit")
        ):
            story = STORIES[nth % len(STORIES)]
            return story.get(asked.cycle or ("loop" if asked.loop else asked.key), "")
        pool = SAID.get(asked.key)
        return pool[nth % len(pool)] if pool else None

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
