"""One turn of the conversation: an event comes in, facts and effects gather, the state follows.

`Turn` builds the Outcome of `step`. It lives for one call and is the only mutable thing in the core.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.core.model.cards import Button, Card, MyWords, Note
from bot.core.model.effects import DROPPABLE, NOW, SOON, Edit, Effect, React, Remove, Say, Wake
from bot.core.model.events import About, CommandGiven, Timer, TimerKind
from bot.core.model.evolve import evolve
from bot.core.model.facts import Fact, ToldOnce, WordsShown
from bot.core.model.ids import PersonId, PlaceName
from bot.core.model.records import record
from bot.core.model.script import Script, Step
from bot.core.model.session import HOSTS, Session, private_place

TICK = "✓"


F = TypeVar("F", covariant=True)
A = TypeVar("A", covariant=True)


@record
class Outcome(Generic[F, A]):
    """The result of one event for a session, a community or a plan, `after` being the aggregate after the facts.

    `orders` are commands to other aggregates: a plan opens and begins sessions.
    """

    facts: Sequence[F] = ()
    effects: Sequence[Effect] = ()
    orders: Sequence[CommandGiven] = ()
    after: A


class Turn:
    """Collects the facts and effects of one event; `session` and `now` are always up to date."""

    __slots__ = ("because", "effects", "facts", "now", "script", "session")

    def __init__(self, scripts: Mapping[str, Script], session: Session, at: datetime, because: str) -> None:
        self.session = session
        self.script = scripts[session.script]
        self.now = max(at, session.at)  # the clock never runs backwards
        self.because = because
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []

    def fact(self, fact: Fact) -> None:
        """Make something true."""
        self.facts.append(fact)
        self.session = evolve(self.session, fact)

    def outcome(self) -> Outcome[Fact, Session]:
        """The result of this turn."""
        return Outcome(facts=self.facts, effects=self.effects, after=self.session)

    @property
    def step(self) -> Step:
        """The current step of the script."""
        return self.script.step(self.session.step)

    def _unique(self, name: str) -> str:
        """`name`, told apart by the event that it answers: heard again, it is the same message."""
        return f"{name}:{self.because}:{len(self.effects)}"

    def say(
        self,
        name: str,
        card: Card,
        *,
        about: About = About(),
        places: Sequence[PlaceName] | None = None,
        ping: bool = False,
    ) -> None:
        """Show a card in every room (or in `places`), once."""
        for place in self.session.rooms if places is None else places:
            self.effects.append(
                Say(place=place, name=name, card=card, about=about, because=self.because, ping=ping)
            )

    def tell(self, person: str, card: Card | str, *, name: str = "", about: About = About()) -> None:
        """Show a card to one person only."""
        card = Note(text=card) if isinstance(card, str) else card
        self.effects.append(
            Say(
                place=private_place(person),
                name=name or self._unique("tell"),
                card=card,
                about=about,
                because=self.because,
                priority=SOON,
            )
        )

    def show_copy(self, person: str, kind: str, card: Card, answer: str) -> None:
        """Show somebody a card with another person's words, and remember it: it follows what its author does."""
        name = f"{kind}:{answer}:{self.session.version}"
        self.fact(ToldOnce(at=self.now, person=PersonId(person), what=name))
        self.tell(person, card, name=name)

    def follow_copies(self, answer: str, cards: Mapping[str, Card]) -> None:
        """Show anew what people were shown of this answer; a card that draws nothing is taken away."""
        for person, told in self.session.told.items():
            for what in sorted(told):
                kind, _, rest = what.partition(":")
                if kind in cards and rest.partition(":")[0] == answer:
                    self.effects.append(Edit(place=private_place(person), name=what, card=cards[kind]))

    def show_words(self, person: str) -> None:
        """Show somebody what they wrote; an earlier card of the same kind goes, so that one is true."""
        name = self._unique("my")
        before = self.session.people[person].card
        if before:
            self.effects.append(Remove(place=private_place(person), name=before))
        self.fact(WordsShown(at=self.now, person=PersonId(person), name=name))
        self.tell(person, MyWords(person=PersonId(person)), name=name)

    def follow_words(self, person: str) -> None:
        """What somebody wrote has changed: so does the card that shows it to them."""
        known = self.session.people.get(person)
        if known is not None and known.card:
            card = MyWords(person=PersonId(person))
            self.effects.append(Edit(place=private_place(person), name=known.card, card=card))

    def retract(self, person: str, name: str) -> None:
        """Take back something that one person was shown."""
        self.effects.append(Remove(place=private_place(person), name=name))

    def tell_hosts(self, card: Card | str, buttons: tuple[Button, ...] = (), *, name: str = "") -> None:
        """Say something where only hosts and companions read."""
        if isinstance(card, str):
            card = Note(text=card)
        if isinstance(card, Note) and buttons:
            card = replace(card, buttons=buttons)
        self.effects.append(
            Say(
                place=HOSTS,
                name=name or self._unique("hosts"),
                card=card,
                because=self.because,
                priority=NOW,
            )
        )

    def revise(
        self, name: str, card: Card, about: About = About(), places: Sequence[PlaceName] | None = None
    ) -> None:
        """Show a message of the rooms (or of `places`) differently."""
        for place in self.session.rooms if places is None else places:
            self.effects.append(Edit(place=place, name=name, card=card, about=about))

    def tick(self, place: PlaceName, message: str) -> None:
        """The visible sign, on the person's own message, that it was taken as an answer."""
        self.effects.append(
            React(place=place, message=message, sign=TICK, because=self.because, priority=DROPPABLE)
        )

    def wake(self, kind: TimerKind, at: datetime, *, visit: int = 0, until: datetime | None = None) -> None:
        """Ask to be woken at a time, for a reason."""
        self.effects.append(Wake(at=at, timer=Timer(kind=kind, visit=visit, until=until or at)))

    def after(self, seconds: float) -> datetime:
        """This many seconds from now."""
        return self.now + timedelta(seconds=seconds)
