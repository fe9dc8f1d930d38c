"""Who counts: nobody who takes part is missing from a list or a total, and no question ends on people who are there."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from bot.core.model import facts as f
from bot.core.model.events import TimerFired, TimerKind
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Digest, Gallery, Message, Pair, Pause
from bot.core.steps.progress import answerable
from bot.core.views.board import board
from bot.core.views.host_panel import panel
from bot.core.views.recap import recap
from tests.core.test_any_script import Evening, does, scripts
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


async def test_a_question_asked_again_is_missed_once(tmp_path: Path):
    scene = await opened(tmp_path, READ_FIRST, *SIX)
    for order in ("next", "next", "next", "back", "next"):
        await scene.wait(3)
        await scene.order("Host", f"workshop {order}")
    await scene.wait(3)
    assert (await scene.session()).step == "more"
    assert {p.missed for p in (await scene.session()).people.values()} == {1}
    await scene.order("Host", "workshop next")
    await scene.order("Host", "workshop undo")
    assert {p.missed for p in (await scene.session()).people.values()} == {1}
    await scene.close()


async def test_in_a_call_people_speak_and_nobody_is_late_for_not_typing(tmp_path: Path):
    scene = await Scene(tmp_path / "c.db", parse(READ_FIRST)).open()
    await scene.order("Host", "workshop start", workshop="read-first", how="call")
    await scene.join(*SIX)
    await scene.order("Host", "workshop begin")
    for _ in range(4):
        await scene.wait(3)
        await scene.next()
    assert await counted(scene) == (0, 6)
    assert (await scene.session()).counted == 6
    assert not any("few took part" in line.text for line in scene.stage.lines.values())
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


class Watched(Evening):
    """An evening that looks, after every event, at who is listed, counted and waited for."""

    def __init__(self, script: Script, people: int, mode: Mode) -> None:
        super().__init__(script, people, mode)
        self.silence: dict[str, int] = {}
        self.missed_at: set[tuple[str, str]] = set()

    def hear(self, event) -> None:
        before, facts = self.session, len(self.log)
        super().hear(event)
        new = self.log[facts:]
        here = {p.id for p in self.session.people.values() if p.present and not p.reading}
        seen, shown = panel(self.script, self.session), board(self.script, self.session)
        assert here <= {p.id for p in seen.people}
        assert seen.of == shown.of == len(here) and seen.answered == shown.answered
        if self.session.current is not None:
            assert seen.answered + len(seen.waiting) == len(here)
            assert {p.id for p in seen.waiting} <= here
        self._ended_early(event, before, new)
        for fact in new:
            self._silence(before, fact)
        for person in here:
            waits = self.session.people[person].missed < 2
            assert waits or self.silence.get(person, 0) >= 2, "not waited for without two questions missed"

    def _ended_early(self, event, before: Session, new: list) -> None:
        """Where everybody's answer ended a step, there is nobody whom it should have waited for."""
        early = isinstance(event, TimerFired) and event.timer.kind is TimerKind.COMPLETE
        if not early or not any(isinstance(fact, f.StepClosed | f.LookBegun) for fact in new):
            return
        state = before.steps[before.step]
        for person in before.people.values():
            if not person.present or person.reading or self.silence.get(person.id, 0) >= 2:
                continue
            mine = {person.id, *(p for pair in state.pairs.values() if person.id in pair for p in pair)}
            assert person.id in state.passed or any(each in state.by_person for each in mine)

    def _silence(self, before: Session, fact) -> None:
        """How many questions in a row each person let go by, counted by hand."""
        match fact:
            case f.StepClosed() if before.mode is not Mode.CALL:
                step, state = self.script.step(fact.step), before.steps[fact.step]
                talk_only = isinstance(step, Pair) and not step.output
                if isinstance(step, Message | Pause | Digest | Gallery) or talk_only:
                    return
                if not answerable(self.script, before, step):
                    return
                for person in before.people.values():
                    mine = {
                        person.id,
                        *(p for pair in state.pairs.values() if person.id in pair for p in pair),
                    }
                    done = mine & {*state.by_person} or person.id in state.passed
                    once = (fact.step, person.id)
                    if done or person.id in state.spoke:
                        self.silence[person.id] = 0
                    elif person.present and not person.reading and once not in self.missed_at:
                        self.missed_at.add(once)
                        self.silence[person.id] = self.silence.get(person.id, 0) + 1
            case f.Answered() | f.Picked() | f.Passed() | f.PairSpoke() | f.PersonJoined():
                self.silence[fact.person] = 0
            case _:
                pass


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")), phases=(Stage.explicit, Stage.reuse, Stage.generate)
)
@given(
    scripts(),
    st.sampled_from([1, 2, 3, 5, 6, 8]),
    does,
    st.sampled_from([Mode.LIVE, Mode.CALL]),
    st.booleans(),
)
def test_whoever_takes_part_is_in_every_list_and_total(script, people, doings, mode, reading):
    evening = Watched(script, people, Mode.ASYNC if script.days else mode)
    evening.order(evening.host, "workshop start")
    evening.join(reading)
    evening.order(evening.host, "workshop begin")
    for who, how, kind in doings:
        evening.now += timedelta(minutes=1)
        person = evening.people[who % len(evening.people)]
        if kind == 0:
            evening.other(person, how)
        else:
            evening.act(person, how)
        if kind == 3:
            evening.order(evening.host, "workshop next", leaving=str(evening.session.moment))
    evening.to_the_end()
