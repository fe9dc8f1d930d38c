"""One turn of the conversation: an event comes in, facts and effects gather, the state follows.

`Turn` builds the Outcome of `step`. It lives for one call and is the only mutable thing in the core.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.core.model.cards import Button, Card, Note
from bot.core.model.effects import DROPPABLE, NOW, SOON, Edit, Effect, React, Remove, Say, Wake
from bot.core.model.events import About, CommandGiven, Timer, TimerKind
from bot.core.model.evolve import evolve
from bot.core.model.facts import Fact
from bot.core.model.ids import PlaceName
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import HOSTS, Session, private_place
from bot.core.model.steps import Step

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
                name=name or unique_name(self, "tell"),
                card=card,
                about=about,
                because=self.because,
                priority=SOON,
            )
        )

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
                name=name or unique_name(self, "hosts"),
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


def unique_name(turn: Turn, kind: str) -> str:
    """A name for a message, told apart by the event that it answers: heard again, it is the same message."""
    return f"{kind}:{turn.because}:{len(turn.effects)}"
