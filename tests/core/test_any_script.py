"""Any valid script, with any people: no dead end, no exception, every session ends, every answer is accounted for."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import _reading
from bot.authoring.rehearsal import START
from bot.core.machine import step
from bot.core.model import facts as f
from bot.core.model.cards import Card
from bot.core.model.effects import Edit, Say, Wake
from bot.core.model.events import CommandGiven, Event, Joined, Person, Posted, Reacted, Submitted, TimerFired
from bot.core.model.evolve import evolve, fold
from bot.core.model.facts import Mode, Opened, Phase
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Choice, Gallery, Scale, Vote, Written
from bot.core.platform import Capabilities
from bot.core.views.participant import form_for, mine, now
from bot.core.views.recap import recap
from bot.render.cards import draw
from bot.render.recap.page import page
from bot.store import codec
from tests.core.withheld import withheld

FRAMEWORKS = Path("prompts/frameworks")
CHOICES = [{"key": "a", "label": "Apples"}, {"key": "b", "label": "Bread"}, {"key": "c", "label": "Cake"}]
WHEN = ["", "people >= 2", 'mode == "live"', "reading == 0 or people > 3", "not people > 2"]


@st.composite
def scripts(draw_: st.DrawFn) -> Script:
    """A workshop of random steps that refer to each other as they may."""
    steps: list[dict] = [
        {
            "id": "s0",
            "kind": "open",
            "title": "S0",
            "minutes": 1,
            "max_chars": 140,
            "say": "A line?",
            "day": 0,
        }
    ]
    written, tapped, scales, pairs, stories = ["s0"], [], [], [], []
    for n in range(1, draw_(st.integers(2, 9))):
        key = f"s{n}"
        kinds = [
            "message",
            "open",
            "choice",
            "scale",
            "story",
            "pair",
            "reflection",
            "pause",
            "digest",
            "gallery",
        ]
        kind = draw_(st.sampled_from([*kinds, "vote", "open", "gallery"]))
        one: dict = {
            "id": key,
            "kind": kind,
            "title": key.upper(),
            "minutes": draw_(st.integers(1, 4)),
            "say": "Say.",
        }
        one["day"] = draw_(st.integers(1, 2))
        one["when"] = draw_(st.sampled_from(WHEN))
        if draw_(st.booleans()):
            one["if_few"] = draw_(st.sampled_from(["skip", "We are few."]))
        if draw_(st.integers(0, 4)) == 0:
            one["needs_people"] = draw_(st.integers(2, 6))
        match kind:
            case "open":
                one["reveal"] = draw_(st.sampled_from(["live", "together", "never"]))
                one["anonymous_allowed"] = draw_(st.booleans())
                one["recap"] = draw_(st.sampled_from(["quote", "count", "none"]))
                one["minutes_async"] = 1
            case "choice":
                one |= {"options": CHOICES, "most": draw_(st.integers(1, 2))}
                tapped.append(key)
            case "scale":
                if scales and draw_(st.booleans()):
                    one |= {
                        "again": draw_(st.sampled_from(scales)),
                        "only": draw_(st.sampled_from(["widest", "weakest"])),
                    }
                else:
                    one["items"] = "spokes"
                    scales.append(key)
            case "story":
                one["fields"] = [
                    {"key": "moment", "label": "What", "max_chars": 200, "cycle": "immediate", "hope": "is"},
                    {
                        "key": "is",
                        "label": "Is",
                        "optional": True,
                        "options": [{"key": "happened", "label": "h"}, {"key": "hoped", "label": "o"}],
                    },
                    {"key": "loop", "label": "Idea", "max_chars": 80, "optional": True, "loop": True},
                ]
                stories.append(key)
            case "pair":
                by = [
                    "random",
                    *(f"same:{t}" for t in tapped),
                    *(f"different:{t}" for t in tapped),
                    *(f"merge:{p}" for p in pairs),
                ]
                one |= {"size": draw_(st.integers(2, 3)), "by": draw_(st.sampled_from(by))}
                one["output"] = draw_(st.sampled_from(["one_line", "none"]))
                one["fields"] = [{"key": "line", "label": "Line", "max_chars": 100}]
                pairs.append(key)
            case "digest":
                one["of"] = [draw_(st.sampled_from(written + tapped))]
            case "gallery":
                one["cards_from"] = draw_(st.sampled_from(written))
            case "vote":
                one |= {"options": CHOICES, "dots": 2}
                if stories:
                    one["options_from"] = f"{draw_(st.sampled_from(stories))}.loop"
                tapped.append(key)
            case _:
                pass
        if scales and scales[0] != key and draw_(st.integers(0, 3)) == 0:
            one["attach"] = f"radar:{scales[0]}"
            one["say"] = f"See {{{scales[0]}.widest|one}}."
        if kind in ("open", "story", "reflection", "pair"):
            written.append(key)
        if kind in ("open", "choice", "scale") and draw_(st.booleans()):
            one["read_minutes"] = 1
        steps.append(one)
    for one in steps:  # a wall hangs a day after what hangs on it; what refers to another comes after it
        if one["kind"] == "gallery":
            one["day"] = 3
        elif "again" in one or one["kind"] == "vote":
            one["day"] = 2
        elif one["kind"] in ("scale", "story"):
            one["day"] = 1
        one["minutes_async"] = 1
    steps.append({"id": "end", "kind": "message", "title": "End", "minutes": 1, "say": "Bye.", "day": 1})
    steps.append({"id": "end2", "kind": "message", "title": "End", "minutes": 1, "say": "Bye.", "day": 2})
    steps.append({"id": "end3", "kind": "message", "title": "End", "minutes": 1, "say": "Bye.", "day": 3})
    raw = {
        "id": "any",
        "title": "Any",
        "about": "Anything.",
        "minutes": 90,
        "days": 3,
        "frameworks": ["maturity", "value-cycles"],
        "tail_hours": draw_(st.sampled_from([0, 24])),
        "audience": "adults",
        "rescue_lines": {"silence": "I go first."},
        "steps": steps,
    }
    if stories:
        raw["follow_ups"] = [
            {
                "id": "later",
                "days": 9,
                "title": "Later",
                "about": f"{stories[0]}.moment",
                "say": "You said {it}.",
            }
        ]
    found = _reading(yaml.safe_dump(raw, allow_unicode=True), "any.yaml", FRAMEWORKS).scripts
    return draw_(st.sampled_from(found))


class Evening:
    """One session of a script, played against the pure core; everything that is said is drawn."""

    def __init__(self, script: Script, people: int, mode: Mode) -> None:
        self.script = script
        self.people = [Person(id=f"stage:p{n}", name=f"P{n}") for n in range(people)]
        self.host = Person(id="stage:host", name="Host")
        opened = Opened(
            at=START,
            session="s",
            community="c",
            script="h",
            rooms=("stage:circle",),
            hosts_channel="stage:circle/hosts",
            host=PersonId(self.host.id),
            seed="seed",
            mode=mode,
        )
        self.log: list[f.Fact] = [opened]
        self.session: Session = evolve(Session(), opened)
        self.now, self.count = START, 0
        self.wakes: list[Wake] = []

    def hear(self, event: Event) -> None:
        self.count += 1
        outcome = step({"h": self.script}, self.session, replace(event, id=f"e{self.count}"))
        self.log += outcome.facts
        self.session = outcome.after
        for effect in outcome.effects:
            if isinstance(effect, Wake):
                self.wakes.append(effect)
            elif isinstance(effect, Say | Edit):
                self.show(effect.card)

    def show(self, card: Card) -> None:
        draw(card, self.script, self.session, Capabilities(limit=1800))

    def order(self, who: Person, command: str, **args: str) -> None:
        self.hear(
            CommandGiven(
                id="",
                channel="stage:circle",
                at=self.now,
                person=who,
                command=command,
                args=args,
                host=who is self.host,
            )
        )

    def join(self, reading: bool) -> None:
        for n, who in enumerate(self.people):
            self.hear(
                Joined(
                    id="",
                    channel="stage:circle",
                    at=self.now,
                    person=who,
                    reading=reading and n == 0,
                    private=f"stage:circle/~{who.name}",
                    one_by_one=n % 2 == 1,
                )
            )

    def act(self, who: Person, how: int) -> None:
        """Somebody does something with one of the steps that are open to them."""
        keys = (
            list(dict.fromkeys([self.session.step, *self.session.asides, *self.session.steps]))
            if self.session.steps
            else []
        )
        keys = [key for key in keys if key and key != "parked"]
        if not keys:
            return
        here = self.script.step(keys[how % len(keys)])
        base = {"id": "", "channel": "stage:circle", "at": self.now, "person": who}
        match here:
            case Scale():
                self.order(who, "pick", numbers="3 ? 5 1 2")
                picks = tuple(f"{item.key}={how % 6 or '?'}" for item in here.items)
                self.hear(Submitted(**base, session="s", step=here.id, picks=picks))
            case Choice() | Vote():
                self.hear(Submitted(**base, session="s", step=here.id, picks=("abc"[how % 3],)))
            case Gallery():
                self.order(who, "react", card="1", sign="same")
            case Written():
                fields = {field.key: f"words {how}" for field in here.fields}
                fields |= {field.key: field.options[0].key for field in here.fields if field.options}
                share = ("name", "anonymous", "no", "companion")[how % 4]
                self.hear(
                    Submitted(
                        **base, session="s", step=here.id, fields=fields, share=share, anonymous=how % 3 == 0
                    )
                )
            case _:
                self.hear(Posted(**base, text="a line in the room"))
        form_for(self.script, self.session, who.id, here)
        now(self.script, self.session, who.id)

    def other(self, who: Person, how: int) -> None:
        commands = (
            ("pass", {}), ("writing", {}), ("now", {}), ("my", {}), ("catchup", {}), ("park", {"text": "later"}),
            ("follow", {"how": "yes"}), ("remind", {"how": "yes"}), ("partner", {}), ("pair", {"how": "alone"}),
            ("leave", {}), ("withdraw", {"answer": "1"}), ("share", {"answer": "1", "how": "name"}), ("glossary", {}),
            ("forget", {"me": "me"}), ("answer", {"text": "typed"}), ("helpme", {}),
        )  # fmt: skip
        command, args = commands[how % len(commands)]
        self.order(who, command, **args)

    def let_time_pass(self) -> None:
        """Until the next timer falls due, if there is one."""
        if self.wakes:
            wake = min(self.wakes, key=lambda wake: wake.at)
            self.wakes.remove(wake)
            self.now = max(self.now, wake.at)
            self.hear(TimerFired(id="", at=self.now, session="s", timer=wake.timer, due=wake.at))

    def to_the_end(self) -> int:
        """Let the clock run; a pause is ended by the host, as nobody else can."""
        for n in range(600):
            if self.session.phase is Phase.CLOSED:
                return n
            assert self.wakes, (
                f"nothing will ever happen again in {self.session.phase} at {self.session.step}"
            )
            self.let_time_pass()
        raise AssertionError(f"it does not end: {self.session.phase} at {self.session.step}")


does = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 40), st.integers(0, 3)), max_size=30)


@settings(max_examples=int(os.environ.get("EXAMPLES", "120")))
@given(scripts(), st.integers(0, 8), does, st.sampled_from([Mode.LIVE, Mode.CALL]), st.booleans())
def test_any_script_with_any_people_comes_to_its_end(script, people, doings, mode, reading):
    evening = Evening(script, people, Mode.ASYNC if script.days else mode)
    evening.order(evening.host, "workshop start")
    evening.join(reading)
    evening.order(evening.host, "workshop start")
    for who, how, kind in doings:
        evening.now += timedelta(minutes=1)
        if evening.people:
            person = evening.people[who % len(evening.people)]
            if kind == 0:
                evening.other(person, how)
            else:
                evening.act(person, how)
        if kind == 3:
            moment = str(evening.session.moment)
            evening.order(evening.host, "workshop next", leaving=moment)
    evening.to_the_end()
    session = evening.session
    assert fold([codec.loads(codec.dumps(fact)) for fact in evening.log]) == session
    found = recap(script, session)
    shown = {quote.answer for part in found.parts for quote in part.quotes} | {
        c.answer for c in found.stories
    }
    reasons = withheld(script, session)
    assert shown.isdisjoint(reasons) and shown | reasons.keys() == set(session.answers)
    assert all(reasons.values()), reasons
    for key in shown:
        assert session.answers[key].share.public and not session.answers[key].withdrawn
    for person in evening.people:
        mine(script, session, person.id)
    assert "</html>" in page(script, session)


def test_a_reaction_of_a_platform_is_no_exception():
    step_ = {"id": "s", "kind": "message", "title": "S", "minutes": 1, "say": "Hello."}
    raw = {"id": "a", "title": "A", "about": "A.", "minutes": 9, "steps": [step_]}
    script = _reading(yaml.safe_dump(raw), "a", FRAMEWORKS).scripts[0]
    evening = Evening(script, 2, Mode.LIVE)
    evening.order(evening.host, "workshop open")
    evening.hear(Reacted(id="", channel="stage:circle", at=START, person=evening.host, message="m", sign="x"))
    assert evening.session.phase is Phase.LOBBY
