"""Orders are idempotent: pressed twice, late, from two devices, they come to what they come to once, and say why.

Two sessions live through the same evening. One hears each order once. The other hears it again, a moment later and
under another id, as from a second device; and buttons of moments that are gone are pressed there as well. Both have
to be in the same state all the time, and who repeats an order that changes nothing is told so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.authoring.loader import parse
from bot.core import machine
from bot.core.model import facts as f
from bot.core.model.effects import DeliverFile, Say
from bot.core.model.events import CommandGiven, Event, Joined, Person, Submitted
from bot.core.model.evolve import evolve
from bot.core.model.facts import Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from tests.core.commands.moments import SCRIPT
from tests.support import ROOM, person

SMALL: Script = parse(
    SCRIPT.replace("DAY, ", "")
    .replace("NEXT, ", "")
    .replace("badge: true}]", "badge: true}, {earn: thanked, role: Helper}]"),
    "small.yaml",
)
PEOPLE = ("Ada", "Bo", "Chi")
NUMBERS = st.integers(1, 4).map(str)
WHO = st.sampled_from(PEOPLE)


def state(session: Session) -> dict[str, Any]:
    """What is true in a session, without the numbers of its facts and the moments of the clock."""
    answers = [
        (a.step, a.person, {k: p.text for k, p in a.pieces.items()}, a.picks, a.share, a.withdrawn, a.held)
        for a in session.answers.values()
    ]
    return {
        "phase": session.phase,
        "moment": (session.step, session.moment, session.paused),
        "closed": {
            key: (s.closed, len(s.revealed), s.passed, len(s.visits)) for key, s in session.steps.items()
        },
        "answers": answers,
        "until": session.current.until.replace(microsecond=0, second=0)
        if session.current and session.current.until
        else None,
        "recognised": (
            session.granted,
            session.declined,
            session.proposed,
            set(session.by_hand),
            set(session.revoked),
        ),
        "log": [(line.person, line.rule, line.what) for line in session.recognitions],
        "shown": (session.on_show, session.dressed),
        "thanks": [(t.by, t.person, t.text, t.share, t.hidden, t.passed) for t in session.thanks.values()],
        "undertaken": [(u.choice, u.person, u.how, u.text) for u in session.undertaken.values()],
        "offers": [(o.by, o.person, o.text) for o in session.offers.values()],
        "people": [
            (p.id, p.name, p.reading, p.present, p.removed, p.needs_help) for p in session.people.values()
        ],
        "hosts": (session.hosts, session.companions, session.contact, session.locked, session.apart),
        "wishes": dict(session.wishes),
        "follow": session.follow,
        "hung": {key: dict(s.signs) for key, s in session.steps.items()},
        "reported": len(session.reported),
        "threads": [woven.text for woven in session.threads.values()],
    }


class Orders(RuleBasedStateMachine):
    """One session that hears orders once, and one that hears them more often."""

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(2026, 1, 15, 19, 0, tzinfo=timezone.utc)
        self.count = 0
        self.pressed: list[tuple[str, str, dict[str, str]]] = []  # buttons of the host, each of one moment

    @initialize()
    def open(self) -> None:
        opened = f.Opened(
            at=self.at,
            session="s",
            community="stage",
            script="small",
            seed="seed",
            rooms=(ROOM,),
            hosts_channel=f"{ROOM}/hosts",
            host=PersonId("stage:host"),
        )
        self.once = self.often = evolve(Session(), opened)
        for name in PEOPLE:
            self.hear(
                Joined(
                    id="", channel=ROOM, at=self.at, person=person(name), private=f"{ROOM}/~{name.lower()}"
                )
            )

    def _step(self, session: Session, event: Event) -> tuple[Session, bool, bool]:
        """The session after an event, whether anything changed, and whether anybody was told anything."""
        self.count += 1
        heard = replace(event, id=f"stage:{self.count}", at=self.at)
        outcome = machine.step({"small": SMALL}, session, heard)
        told = any(isinstance(effect, Say | DeliverFile) for effect in outcome.effects)
        return outcome.after, bool(outcome.facts), told

    def hear(self, event: Event, *, twice: bool = False) -> None:
        self.at += timedelta(seconds=5)
        self.once, _, _ = self._step(self.once, event)
        self.often, _, _ = self._step(self.often, event)
        if twice:
            self.at += timedelta(milliseconds=700)
            before = state(self.often)
            self.often, _, told = self._step(self.often, event)
            assert state(self.often) == before, f"heard twice: {event}"
            assert told or (isinstance(event, Submitted) and event.picks is not None), (
                f"nothing was said of the second: {event}"
            )
            self.at -= timedelta(milliseconds=700)

    def order(self, who: str, command: str, args: dict[str, str]) -> None:
        self.hear(self._given(who, command, args), twice=True)

    def _given(self, who: str, command: str, args: dict[str, str]) -> CommandGiven:
        someone: Person = person(who)
        return CommandGiven(
            id="", channel=ROOM, at=self.at, person=someone, command=command, args=args, session="s"
        )

    def press(self, command: str, **args: str) -> None:
        """A button of the host's panel, as it stands there now."""
        self.pressed.append(("Host", command, args))
        self.order("Host", command, args)

    # -- steps ---------------------------------------------------------------------------------------

    @rule()
    def begin(self) -> None:
        self.press("workshop start")

    @precondition(lambda self: self.once.phase is Phase.RUNNING)
    @rule()
    def next(self) -> None:
        self.press("workshop next", leaving=str(self.once.moment))

    @precondition(lambda self: self.once.phase is Phase.RUNNING)
    @rule()
    def back(self) -> None:
        self.press("workshop back", leaving=str(self.once.moment))

    @precondition(lambda self: self.once.current is not None and self.once.current.until is not None)
    @rule()
    def extend(self) -> None:
        assert (
            self.once.current and self.once.current.until and self.often.current and self.often.current.until
        )
        self.press("workshop extend", minutes="2", ends=str(int(self.once.current.until.timestamp())))

    @rule(
        what=st.sampled_from(
            ["workshop pause", "workshop resume", "workshop lock", "workshop unlock", "workshop end"]
        )
    )
    def host(self, what: str) -> None:
        self.order("Host", what, {})

    @precondition(lambda self: self.once.phase in (Phase.TAIL, Phase.REVIEW))
    @rule()
    def publish(self) -> None:
        self.press("recap publish")

    @precondition(lambda self: bool(self.pressed))
    @rule(data=st.data())
    def late(self, data: st.DataObject) -> None:
        """A button of an earlier moment is pressed, or its press arrives, only now."""
        who, command, args = data.draw(st.sampled_from(self.pressed))
        stale = args.get("leaving", str(self.once.moment)) != str(self.once.moment)
        if stale or (command in ("workshop start", "recap publish") and self.once.phase is not Phase.LOBBY):
            if command == "recap publish" and self.once.phase in (Phase.TAIL, Phase.REVIEW):
                return
            before = state(self.often)
            self.often, _, told = self._step(self.often, self._given(who, command, args))
            assert state(self.often) == before and told, f"late: {command} {args}"

    # -- words, votes, consent -----------------------------------------------------------------------

    @rule(who=WHO, text=st.sampled_from(["a lamp", "two chairs"]))
    def answer(self, who: str, text: str) -> None:
        step = self.once.step or "hello"
        form = {
            "deep": {"bring": text, "take": text},
            "tale": {"moment": text, "loop": text},
            "talk": {"line": text},
        }
        if step in form:
            event = Submitted(
                id="", channel=ROOM, at=self.at, person=person(who), session="s", step=step, fields=form[step]
            )
            self.hear(event, twice=True)

    @rule(who=WHO)
    def vote(self, who: str) -> None:
        picks = ("rest",)
        event = Submitted(
            id="", channel=ROOM, at=self.at, person=person(who), session="s", step="choose", picks=picks
        )
        if "choose" in self.once.steps:
            self.hear(event, twice=True)

    @rule(who=WHO, number=NUMBERS, how=st.sampled_from(["name", "anonymous", "no", "companion"]))
    def share(self, who: str, number: str, how: str) -> None:
        self.order(who, "share", {"answer": number, "how": how})

    @rule(who=WHO, number=NUMBERS)
    def withdraw(self, who: str, number: str) -> None:
        self.order(who, "withdraw", {"answer": number})

    @rule(who=WHO, number=NUMBERS)
    def change(self, who: str, number: str) -> None:
        self.order(who, "change", {"answer": number, "text": "a third thing"})

    @rule(who=WHO, what=st.sampled_from(["pass", "helpme", "leave", "my", "writing"]))
    def simple(self, who: str, what: str) -> None:
        self.order(who, what, {})

    @rule(who=WHO, on=st.sampled_from(["yes", "no"]))
    def follow(self, who: str, on: str) -> None:
        self.order(who, "follow", {"how": on})

    @rule(who=WHO, how=st.sampled_from(["someone", "three", "alone"]))
    def wish(self, who: str, how: str) -> None:
        self.order(who, "pair", {"how": how})

    @rule(who=WHO)
    def park(self, who: str) -> None:
        self.order(who, "park", {"text": "the tea"})

    # -- recognition ---------------------------------------------------------------------------------

    @rule(who=WHO, how=st.sampled_from(["take", "decline"]))
    def recognition(self, who: str, how: str) -> None:
        self.order(who, "recognition", {"how": how, "which": "storyteller"})

    @rule(who=WHO, rule_=st.sampled_from(["storyteller", "helper"]))
    def by_host(self, who: str, rule_: str) -> None:
        self.order("Host", "recognise", {"who": f"{who}: {rule_}"})

    @rule(who=WHO)
    def revoke(self, who: str) -> None:
        self.order("Host", "revoke", {"who": f"{who}: storyteller a slip"})

    @rule(who=WHO, how=st.sampled_from(["name", "story", "bare", "publish", "hide", "remove"]))
    def badge(self, who: str, how: str) -> None:
        self.order(who, "my", {"what": "badges", "how": f"{how} storyteller"})

    @rule(who=WHO, other=WHO)
    def thank(self, who: str, other: str) -> None:
        self.order(who, "thanks", {"what": f"{other}: for the tea"})

    @rule(number=NUMBERS, how=st.sampled_from(["yes", "no"]))
    def nod(self, number: str, how: str) -> None:
        self.order("Host", "nod", {"thanks": number, "how": how})

    @rule(who=WHO, number=NUMBERS, how=st.sampled_from(["name", "back", "hide", "show"]))
    def thanked(self, who: str, number: str, how: str) -> None:
        self.order(who, "thanked", {"thanks": number, "how": how})

    @rule(who=WHO, how=st.sampled_from(["1", "1 no"]))
    def take(self, who: str, how: str) -> None:
        which, _, days = how.partition(" ")
        self.order(who, "take", {"which": which, "days": days})

    @rule(who=WHO, how=st.sampled_from(["done: it rained", "started"]))
    def progress(self, who: str, how: str) -> None:
        self.order(who, "progress", {"how": f"1 {how}"})

    @rule(who=WHO)
    def people(self, who: str) -> None:
        self.order("Host", "workshop contact", {"name": who})

    @invariant()
    def the_same(self) -> None:
        assert state(self.once) == state(self.often)


Orders.TestCase.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOrders = Orders.TestCase
