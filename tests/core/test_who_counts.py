"""Who counts: nobody who takes part is missing from a list or a total, and no question ends on people who are there."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import load, parse
from bot.core.machine import step
from bot.core.model import facts as f
from bot.core.model.cards import Card, PairList, Roster
from bot.core.model.events import CommandGiven, Event, Joined, Person, Placed, Posted, Submitted
from bot.core.model.evolve import evolve
from bot.core.model.facts import Mode, Phase, Wish
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Pair
from bot.core.platform import Capabilities
from bot.core.queries import taking_part
from bot.core.steps.forms import Form
from bot.core.steps.registry import kind_of
from bot.core.views.board import board
from bot.core.views.host_panel import panel
from bot.core.views.participant import form_for
from bot.core.views.recap import recap
from bot.platforms.host_panel import panel_text
from bot.render.cards import draw
from tests.core.test_any_script import Evening, scripts
from tests.support import Scene

SIX = ("Ada", "Bo", "Chi", "Dan", "Eve", "Fay")
READ_FIRST = """
id: read-first
title: Read first
about: Two things to read, then a question.
minutes: 20
steps:
  - {id: one, kind: message, title: One, minutes: 1, say: Read this.}
  - {id: two, kind: message, title: Two, minutes: 1, say: And this.}
  - {id: ask, kind: open, title: Ask, minutes: 5, say: "One line, please?"}
  - {id: more, kind: open, title: More, minutes: 5, say: "And one more?"}
  - {id: last, kind: open, title: Last, minutes: 5, say: "And the last?"}
"""


async def opened(tmp_path: Path, text: str, *names: str) -> Scene:
    scene = await Scene(tmp_path / "w.db", parse(text)).open()
    await scene.gathered(*names)
    return scene


async def counted(scene: Scene) -> tuple[int, int]:
    seen = panel(scene.script, await scene.session())
    assert seen.answered + len(seen.waiting) == seen.of
    return seen.answered, seen.of


async def test_what_nobody_can_answer_makes_nobody_late(tmp_path: Path):
    scene = await opened(tmp_path, READ_FIRST, *SIX)
    await scene.wait(60)
    await scene.wait(60)
    assert (await scene.session()).step == "ask"
    assert await counted(scene) == (0, 6)
    await scene.say("Ada", "A first line")
    await scene.wait(60)
    assert (await scene.session()).step == "ask" and not (await scene.session()).steps["ask"].closed
    for name in SIX[1:5]:
        await scene.say(name, "A line")
    await scene.wait(60)
    assert (await scene.session()).step == "ask"
    await scene.order("Fay", "pass")
    await scene.wait(5)
    assert (await scene.session()).step == "more"
    await scene.close()


async def test_two_questions_without_a_word_and_none_waits_any_more_but_everyone_is_still_counted(
    tmp_path: Path,
):
    scene = await opened(tmp_path, READ_FIRST, *SIX)
    for _ in range(2):
        await scene.next()
        await scene.wait(3)
    for _ in range(2):
        for name in SIX[:5]:
            await scene.say(name, "Mine")
        assert await counted(scene) == (5, 6)
        await scene.next()
        await scene.wait(3)
    for name in SIX[:5]:
        await scene.say(name, "Mine")
    assert await counted(scene) == (5, 6)  # Fay is named among those who have not answered
    await scene.wait(5)
    assert (await scene.session()).phase is not Phase.RUNNING  # but nobody waits for her
    await scene.close()


async def missed(scene: Scene) -> dict[str, int]:
    return {p.name: p.missed for p in (await scene.session()).people.values()}


async def test_a_question_asked_again_is_missed_once(tmp_path: Path):
    scene = await opened(tmp_path, READ_FIRST, *SIX)
    once = {name: int(name != "Ada") for name in SIX}
    for order in ("next", "next", "next", "back", "next"):
        await scene.wait(3)
        if order == "back":
            assert await missed(scene) == once
        if (await scene.session()).step == "ask":
            await scene.say("Ada", "Mine")
        await scene.order("Host", f"workshop {order}")
    await scene.wait(3)
    assert (await scene.session()).step == "more"
    assert await missed(scene) == once
    await scene.say("Ada", "Mine, too")
    await scene.order("Host", "workshop next")
    await scene.order("Host", "workshop undo")
    assert await missed(scene) == once
    await scene.close()


async def test_a_question_that_nobody_answered_is_missed_by_nobody(tmp_path: Path):
    """A host passes over two questions: at the third one everybody is waited for, whoever is first."""
    scene = await opened(tmp_path, READ_FIRST, *SIX)
    for _ in range(4):
        await scene.wait(3)
        await scene.next()
    await scene.wait(3)
    assert (await scene.session()).step == "last"
    await scene.say("Ada", "Mine")
    await scene.wait(120)
    session = await scene.session()
    assert session.step == "last" and session.current is not None and not session.current.closed
    await scene.close()


async def test_in_a_call_people_speak_and_nobody_is_late_for_not_typing(tmp_path: Path):
    scene = await Scene(tmp_path / "c.db", parse(READ_FIRST)).open()
    await scene.order("Host", "workshop open", workshop="read-first", how="call")
    await scene.join(*SIX)
    await scene.order("Host", "workshop start")
    for _ in range(4):
        await scene.wait(3)
        await scene.next()
    assert await counted(scene) == (0, 6)
    assert (await scene.session()).counted == 6
    assert not any(
        "Try sharing your own answer, asking something simpler, or taking a break" in line.text
        for line in scene.stage.lines.values()
    )
    assert panel(scene.script, await scene.session()).until is None
    await scene.submit("Ada", "last", text="Mine")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    assert recap(scene.script, await scene.session()).people == 6
    await scene.close()


TALKED = """
id: talked
title: Talked
about: A question, then pairs who bring nothing back.
minutes: 20
steps:
  - {id: ask, kind: open, title: Ask, minutes: 5, say: "One line, please?"}
  - {id: one, kind: pair, title: One, minutes: 4, say: Talk., output: none}
  - {id: two, kind: pair, title: Two, minutes: 4, say: Talk., output: none}
  - {id: three, kind: pair, title: Three, minutes: 4, say: Talk., output: none}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


async def test_talking_in_a_pair_is_taking_part(tmp_path: Path):
    scene = await opened(tmp_path, TALKED, *SIX)
    await scene.wait(3)
    await scene.next()
    for key in ("one", "two", "three"):
        session = await scene.session()
        assert session.step == key
        assert sorted(p for pair in session.steps[key].pairs.values() for p in pair) == sorted(session.people)
        for place, pair in session.steps[key].pairs.items():
            for who in pair:
                await scene.say(who.removeprefix("stage:").title(), "hello", channel=session.places[place])
        assert {p.missed for p in (await scene.session()).people.values()} == {0}
        await scene.wait(3)
        await scene.next()
    await scene.close()


WORKSHOPS = (
    parse(TALKED),
    parse(
        TALKED.replace("minutes: 20", "minutes: 30").replace(
            "output: none", "fields: [{key: line, label: Our line, max_chars: 140}], read_minutes: 1"
        )
    ),
    load(Path("prompts/first-circle.yaml")),
    load(Path("prompts/value-creation.yaml"), "60"),
    load(Path("prompts/change-agents.yaml"), "90"),
    load(Path("prompts/community-maturity.yaml"), "async"),
)
NAMES = re.compile(r"\b(?:P\d+|Host)\b")
LONELY = 3  # with as many people or fewer, whoever asks for another partner may end up alone


class Watched(Evening):
    """An evening that looks, after every event, at who is seated, listed, counted and waited for.

    What should be true is counted by hand, from what people did: who is here from who came and went, and whether a
    question could be answered by trying it.
    """

    def __init__(self, script: Script, people: int, mode: Mode, rooms: int) -> None:
        super().__init__(script, people, mode)
        self.read_out: list[set[str]] = []
        for n in range(1, rooms):
            added = f.RoomAdded(at=self.now, channel=f"stage:room{n}")
            self.log.append(added)
            self.session = evolve(self.session, added)
        self.here: dict[str, bool] = {}  # who came and did not leave; True if they take part
        self.removed: set[str] = set()
        self.silence: Counter[str] = Counter()  # questions in a row that each person let go by
        self.missed_at: set[tuple[str, str]] = set()
        self.could: dict[int, set[str]] = {}  # by visit of a step, who could answer it
        self.lone: set[str] = set()  # who asked for another partner where there are few

    @property
    def parts(self) -> set[str]:
        return {person for person, part in self.here.items() if part}

    def hear(self, event: Event) -> None:
        before, facts = self.session, len(self.log)
        super().hear(event)
        new = self.log[facts:]
        self._come_and_gone(event, before)
        for fact in new:
            self._silence(before, fact)
        self._try_to_answer()
        self._totals()
        self._lists()
        self._seats()
        self._ended_early(event, before, new)
        for person in self.parts:
            waits = self.session.people[person].missed < 2
            assert waits or self.silence[person] >= 2, "not waited for without two questions missed"

    def show(self, card: Card) -> None:
        """Keep the lists that are read out beside a call, as they are shown."""
        drawn = draw(card, self.script, self.session, Capabilities(limit=1800))
        if isinstance(card, PairList):
            self.read_out.append(set(NAMES.findall("\n".join(each.text for each in drawn))))

    def _lists(self) -> None:
        for names in self.read_out:
            assert names == {self.session.people[person].name for person in self.parts}
        self.read_out.clear()

    def _come_and_gone(self, event: Event, before: Session) -> None:
        over = before.phase in (Phase.FOLLOWING, Phase.CLOSED)
        match event:
            case Joined() if not over and event.person.id not in self.removed:
                self.here[event.person.id] = not event.reading
            case CommandGiven(command="leave" | "forget" as order):
                self.here.pop(event.person.id, None)
                self.removed -= {event.person.id} if order == "forget" else set()
            case CommandGiven(command="workshop remove") if event.args["name"] in before.people:
                self.here.pop(event.args["name"], None)
                self.removed.add(event.args["name"])
            case _:
                pass

    def _try_to_answer(self) -> None:
        """Who can answer the open step now: tried on the session as it is, which stays as it was."""
        state = self.session.current
        if state is None or state.closed:
            return
        could = self.could.setdefault(self.session.visit, set())
        for person in self.parts - could:
            known = self.session.people[person]
            form = form_for(self.script, self.session, person, self.script.step(self.session.step))
            if form is None or form.is_gallery:
                return
            sent = self.filled(form, Person(id=known.id, name=known.name), 1)
            tried = step({"h": self.script}, self.session, replace(sent, id="tried"))
            if any(isinstance(fact, f.Answered | f.Picked | f.Amended) for fact in tried.facts):
                could.add(person)

    def filled(self, form: Form, who: Person, how: int) -> Submitted:
        """A form with something in every field."""
        fields = {field.key: f"words {how}" for field in form.fields}
        fields |= {field.key: field.options[0].key for field in form.fields if field.options}
        picks = tuple(f"{item.key}={form.numbers[how % len(form.numbers)]}" for item in form.items)
        picks = picks or tuple(option.key for option in form.options[how % (len(form.options) or 1) :][:1])
        return Submitted(
            id="",
            channel="stage:circle",
            at=self.now,
            person=who,
            session="s",
            step=form.step,
            fields=fields,
            picks=picks or None,
            share=("name", "anonymous", "no")[how % 3] if form.ask_share else "",
        )

    def _totals(self) -> None:
        session, parts = self.session, self.parts
        assert {p.id for p in session.people.values() if p.present} == set(self.here)
        seen, shown = panel(self.script, session), board(self.script, session)
        assert {p.id for p in seen.people} == set(self.here)
        assert seen.of == shown.of == taking_part(session) == len(parts)
        assert seen.answered == shown.answered
        if session.current is not None:
            assert seen.answered + len(seen.waiting) == len(parts)
            assert {p.id for p in seen.waiting} <= parts

    def _seats(self) -> None:
        """Wherever people talk in groups now, everybody has a seat, and nobody who is not here."""
        session = self.session
        now_open = [session.step] if session.current and not session.current.closed else list(session.asides)
        for key in now_open:
            here, state = self.script.step(key), session.steps[key]
            if not isinstance(here, Pair) or state.few:
                continue
            groups = [group for group in state.pairs.values() if group]
            seated = [person for group in groups for person in group]
            assert len(seated) == len(set(seated)) and set(seated) <= self.parts
            together = {person for group in groups if len(group) > 1 for person in group}
            for room in session.rooms:
                there = {person for person in self.parts if session.people[person].room == room}
                social = {person for person in there if session.wishes.get(person) is not Wish.ALONE}
                alone = social - together
                if len(social) < 2 or (alone & self.lone and len(there) <= LONELY):
                    continue
                assert not alone, f"{alone} of {there} have no seat in {key}"

    def _ended_early(self, event: Event, before: Session, new: list[f.Fact]) -> None:
        """A step that no host ended, and whose time was not up, has waited for everybody."""
        state = before.current
        closes = any(isinstance(fact, f.StepClosed | f.LookBegun) for fact in new)
        if not closes or state is None or isinstance(event, CommandGiven) or before.over_days:
            return
        if state.until is None or event.at >= state.until:
            return
        for person in self.parts:
            if self.silence[person] >= 2:
                continue
            group = next((group for group in state.pairs.values() if person in group), (person,))
            assert person in state.passed or any(each in state.by_person for each in group)
            fields = kind_of(self.script.step(before.step)).fields(self.script.step(before.step))
            if before.people[person].one_by_one and len(fields) > 1 and person not in state.passed:
                said = {
                    key
                    for a in state.by_person[person]
                    for key, p in before.answers[a].pieces.items()
                    if p.text
                }
                assert {field.key for field in fields if not (field.optional or field.later)} <= said

    def _silence(self, before: Session, fact: f.Fact) -> None:
        match fact:
            case f.StepClosed() if before.mode is not Mode.CALL:
                state = before.steps[fact.step]
                answered = {*state.by_person, *state.passed, *state.spoke}
                for person in self.parts & self.could.get(state.visit, set()):
                    group = next((group for group in state.pairs.values() if person in group), (person,))
                    if {*group} & {*state.by_person} or person in state.passed or person in state.spoke:
                        self.silence[person] = 0
                    elif answered and (fact.step, person) not in self.missed_at:
                        self.missed_at.add((fact.step, person))
                        self.silence[person] += 1
            case f.Answered() | f.Picked() | f.Passed() | f.PairSpoke() | f.PersonJoined():
                self.silence[fact.person] = 0
            case _:
                pass

    # -- what people do --------------------------------------------------------------------------

    def enter(self, who: Person, *, reading: bool = False, one_by_one: bool = False, room: int = 0) -> None:
        rooms = [self.session.places[place] for place in self.session.rooms]
        self.hear(
            Joined(
                id="",
                channel=rooms[room % len(rooms)],
                at=self.now,
                person=who,
                reading=reading,
                private=f"stage:circle/~{who.name}",
                one_by_one=one_by_one,
            )
        )

    def answer(self, who: Person, how: int) -> None:
        """Somebody answers the open step: by its form, or with a line in private."""
        if not self.session.step:
            return
        form = form_for(self.script, self.session, who.id, self.script.step(self.session.step))
        if form is not None and not (how % 3 == 0 and form.fields):
            self.hear(self.filled(form, who, how))
        else:
            private = f"stage:circle/~{who.name}"
            self.hear(Posted(id="", channel=private, at=self.now, person=who, text=f"line {how}"))

    def talk(self, who: Person) -> None:
        """Somebody says something in the thread of their group."""
        for state in self.session.steps.values():
            for place, group in state.pairs.items():
                if who.id in group:
                    self.hear(Placed(id="", at=self.now, session="s", place=place, channel=f"stage:{place}"))
                    self.hear(Posted(id="", channel=f"stage:{place}", at=self.now, person=who, text="hm"))
                    return

    def do(self, who: Person, how: int) -> None:
        """One of the many things that people and hosts do between the steps."""
        few = (
            sum(self.session.people[each].room == self.session.people[who.id].room for each in self.parts)
            <= LONELY
            if who.id in self.session.people
            else True
        )
        match ("in", "out", "read", "in", "room", "out", "in", "gone", "in", "forget", "pass", "partner", "wish", "talk",
               "talk", "companion", "host", "host talks", "back", "back", "undo", "catchup", "withdraw", "writing",
               "pause", "one", "help", "name")[how % 28]:  # fmt: skip
            case "in":
                self.enter(who, one_by_one=how % 2 == 0)
            case "read":
                self.enter(who, reading=True)
            case "room":
                self.enter(who, room=how)
            case "out":
                self.order(who, "leave")
            case "gone" if len(self.parts) > 2:
                self.order(self.host, "workshop remove", name=who.id)
            case "forget":
                self.order(who, "forget", me="me")
            case "partner":
                self.lone |= self.parts if few else set()
                self.order(who, "partner")
            case "wish":
                self.order(who, "pair", how=("alone", "three", "someone")[how % 3])
            case "talk":
                self.talk(who)
            case "companion":
                self.order(self.host, "workshop companion", name=who.id)
            case "host":
                self.enter(self.host, reading=how % 2 == 0)
            case "host talks":
                self.hear(
                    Posted(id="", channel="stage:circle", at=self.now, person=self.host, text="I wonder.")
                )
            case "back" | "undo" | "pause" as what:
                self.order(self.host, f"workshop {what}")
            case "one":
                self.order(who, "onebyone", how=("yes", "no")[how % 2])
            case "name":
                self.order(who, "my", what="name", how=f"P{100 + how}")
            case "withdraw":
                self.order(who, "withdraw", answer="1")
            case "help":
                self.order(who, "helpme")
            case what if what != "gone":
                self.order(who, what)


any_or_shipped = st.one_of(scripts(), st.sampled_from(WORKSHOPS))
acts = st.lists(
    st.tuples(
        st.sampled_from(["do", "do", "do", "some answer", "some answer", "all answer", "time", "next"]),
        st.integers(0, 29),
        st.integers(0, 71),
    ),
    min_size=15,
    max_size=70,
)


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")), phases=(Stage.explicit, Stage.reuse, Stage.generate)
)
@given(
    any_or_shipped,
    st.sampled_from([1, 2, 3, 5, 8, 30]),
    acts,
    st.sampled_from([Mode.LIVE, Mode.LIVE, Mode.CALL]),
    st.sampled_from([1, 1, 2]),
)
def test_whoever_takes_part_is_in_every_seating_list_and_total(script, people, doings, mode, rooms):
    evening = Watched(script, people, Mode.ASYNC if script.days else mode, rooms)
    evening.order(evening.host, "workshop start")
    for n, who in enumerate(evening.people):
        evening.enter(who, reading=n % 7 == 6, one_by_one=n % 3 == 2, room=n)
    evening.order(evening.host, "workshop start")
    for what, who, how in doings:
        evening.now += timedelta(seconds=20)
        person = evening.people[who % people]
        match what:
            case "do":
                evening.do(person, how)
            case "some answer":
                for each in evening.people[:: 1 + how % people]:
                    evening.answer(each, how)
            case "all answer":
                for each in evening.people:
                    evening.answer(each, how)
            case "time":
                evening.let_time_pass()
            case "next":
                evening.order(evening.host, "workshop next", leaving=str(evening.session.moment))
    evening.to_the_end()
    seen = recap(script, evening.session)
    if evening.session.mode is Mode.CALL:
        assert seen.people >= len(evening.parts)


NOTHING_ASKED = """
id: nothing-asked
title: Nothing asked
about: Around one question nothing is asked.
minutes: 30
steps:
  - {id: read, kind: message, title: Read, minutes: 1, say: Read this.}
  - {id: ask, kind: open, title: Ask, minutes: 2, reveal: together, say: "One line, please?"}
  - {id: wall, kind: gallery, title: Wall, minutes: 2, say: Look., cards_from: ask}
  - {id: talk, kind: pair, title: Talk, minutes: 2, say: Talk., output: none}
  - {id: sum, kind: digest, title: Sum, minutes: 1, say: Here it is., of: [ask, wall, talk]}
  - {id: rest, kind: pause, title: Rest, minutes: 1, say: Rest.}
"""


async def test_where_nothing_is_asked_nobody_is_counted_as_having_answered(tmp_path: Path):
    """Not on the panel, the board or the list of people, nor in what a host hears when the time is up."""
    scene = await opened(tmp_path, NOTHING_ASKED, *SIX)
    counts: dict[str, bool] = {}
    for _ in range(12):
        session = await scene.session()
        if session.phase is not Phase.RUNNING or session.step == "rest":
            break
        key = session.step
        if key == "ask":
            await scene.submit("Ada", "ask", text="Mine")
        session, before = await scene.session(), len(scene.stage.lines)
        on_panel = panel_text(scene.script, session)
        listed = "\n".join(part.text for part in draw(Roster(), scene.script, session, scene.stage.can))
        await scene.wait(121)
        heard = "\n".join(line.text for line in list(scene.stage.lines.values())[before:])
        seen = [board(scene.script, session).asking, "have answered" in on_panel, "waiting" in listed]
        counts[key] = counts.get(key, False) or any(seen) or "have answered" in heard
        if (await scene.session()).step == key:
            await scene.next()
    assert counts == {"read": False, "ask": True, "wall": False, "talk": False, "sum": False}
    digest = next(text for text in scene.room() if "Here it is." in text)
    assert "1 has answered so far" in digest and "Talk" not in digest
    await scene.close()
