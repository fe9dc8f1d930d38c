"""What steps are made of: scales, conditions, pauses, digests, pairs by answer, and what one takes up from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import parse
from bot.core.model import conditions
from bot.core.model.facts import Phase, Share
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import By, Pair, Scale
from bot.core.steps.pairs import grouped, merged
from bot.core.steps.scale_statistics import measure
from bot.core.views.participant import form_for
from tests.support import ROOM, Scene, plain

BASE = """
id: kinds
title: Kinds
about: All of them.
minutes: 60
frameworks: [maturity]
rescue_lines: {silence: I go first.}
steps:
  - {id: gut, kind: choice, title: Gut, minutes: 2, say: "Where?",
     options: [{key: a, label: Apples}, {key: b, label: Bread}]}
  - {id: taps, kind: scale, title: Taps, minutes: 3, items: spokes, say: Nine.}
  - {id: wait, kind: pause, title: A break, minutes: 2, say: Stretch.}
  - {id: why, kind: open, title: Why, minutes: 3, max_chars: 200, needs_people: 3, attach: "radar:taps",
     say: "We differ on {taps.widest|something}; most chose {gut.top|nothing}."}
  - {id: again, kind: scale, title: Again, minutes: 2, again: taps, only: widest, needs_people: 3, say: Once more.}
  - {id: apples, kind: message, title: For apples, minutes: 1, when: 'top("gut") == "a"', say: Apples it is.}
  - {id: bread, kind: message, title: For bread, minutes: 1, when: 'top("gut") == "b"', say: Bread it is.}
  - {id: sum, kind: digest, title: So far, minutes: 1, of: [gut, why], say: This is what came.}
  - {id: two, kind: pair, title: In twos, minutes: 3, by: "different:gut", output: none, say: Talk.}
  - {id: four, kind: pair, title: In fours, minutes: 3, by: "merge:two", read_minutes: 1, say: Together.,
     fields: [{key: line, label: Line, max_chars: 100}]}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Bye.}
"""


def script() -> Script:
    return parse(BASE, "kinds.yaml")


async def test_numbers_are_taken_item_by_item_and_cant_tell_is_no_nought(tmp_path: Path):
    scene = await Scene(tmp_path / "k.db", script()).open()
    try:
        await scene.gathered("Ada", "Bo", "Chi", "Dan")
        for name in ("Ada", "Bo", "Chi"):
            await scene.submit(name, "gut", picks=("a",))
        await scene.submit("Dan", "gut", picks=("b",))
        await scene.wait(10)
        await scene.order("Ada", "pick", numbers="5 4 ? 2")
        await scene.order("Bo", "pick", numbers="1 4 ? 2 9")  # nine is no number here
        await scene.submit("Chi", "taps", picks=("people=2", "doing=4", "nothing=3", "talking=6"))
        await scene.submit("Chi", "taps", picks=("doing=3",))  # a change of one leaves the others
        await scene.order("Dan", "pick", numbers="3, 4, ?, ?")
        await scene.next()  # nothing is measured before it closes
        session = await scene.session()
        step = session and scene.script.step("taps")
        assert isinstance(step, Scale)
        seen = {each.item.key: each for each in measure(scene.script, session, step).items}
        assert (seen["people"].n, seen["people"].median) == (4, 2.5)
        assert (seen["doing"].n, seen["doing"].median, seen["doing"].low) == (4, 4.0, 3.75)
        assert (seen["talking"].n, seen["talking"].unsure) == (0, 3)
        assert (seen["newcomers"].n, seen["newcomers"].unsure, seen["newcomers"].shown) == (2, 1, True)
        assert seen["identity"].n == 0 and seen["identity"].unsure == 0
        form = form_for(scene.script, session, "stage:chi", step)
        assert (
            form is not None
            and form.picks == ("people=2", "doing=3")
            and form.numbers == ("1", "2", "3", "4", "5")
        )
        assert any(
            "Our people 2.5 (4 people" in text and "Talking: too few numbers to show" in text
            for text in scene.room()
        )
        # a pause waits for the host, however long, and says so
        await scene.wait(3600)
        assert (await scene.session()).step == "wait"
        assert "The host will continue soon" in scene.room()[-1]
        await scene.next()
        text = plain(scene.room()[-1])
        assert "We differ on Our people; most chose Apples." in text and "In words: Our people 2.5" in text
        await scene.say("Ada", "I saw three")
        await scene.next()
        again = scene.script.step("again")
        form = form_for(scene.script, await scene.session(), "stage:ada", again)
        assert form is not None and [item.key for item in form.items] == ["people"]
        for name in ("Ada", "Bo", "Chi", "Dan"):
            await scene.order(name, "pick", numbers="3")
        session = await scene.session()
        assert isinstance(again, Scale) and measure(scene.script, session, again).before == {"people": 2.5}
        await scene.wait(70)
        assert any("Apples it is." in text for text in scene.room())
        assert not any("Bread it is." in text for text in scene.room())
        await scene.wait(70)
        digest = plain(next(text for text in scene.room() if "This is what came." in text))
        assert "3 × Apples" in digest and "I saw three" in digest
    finally:
        await scene.close()


async def test_people_who_tapped_differently_meet_and_then_two_groups_become_one(tmp_path: Path):
    scene = await Scene(tmp_path / "k.db", script()).open()
    try:
        await scene.gathered(*"ABCDEFGH")
        for n, name in enumerate("ABCDEFGH"):
            await scene.submit(name, "gut", picks=("ab"[n % 2],))
        await scene.wait(10)
        for _ in range(40):
            if (await scene.session()).step == "two":
                break
            for name in "ABCDEFGH":
                await scene.order(name, "pass")
            await scene.next()
            await scene.wait(3)
        session = await scene.session()
        taps = {a.person: a.picks[0] for a in session.answers.values() if a.step == "gut"}
        twos = session.steps["two"].pairs.values()
        assert len(twos) == 4 and all({taps[a], taps[b]} == {"a", "b"} for a, b in twos)
        await scene.order("A", "answer", text="nothing is brought back")
        assert not (await scene.session()).steps["two"].by_person
        await scene.next()
        fours = list((await scene.session()).steps["four"].pairs.values())
        assert sorted(map(len, fours)) == [4, 4]
        for group in fours:
            assert sum(set(pair) <= set(group) for pair in twos) == 2
    finally:
        await scene.close()


async def test_who_speaks_and_hears_nothing_is_put_with_others(tmp_path: Path):
    scene = await Scene(tmp_path / "k.db", script()).open()
    try:
        await scene.gathered(*"ABCD")
        for _ in range(40):
            if (await scene.session()).step == "two":
                break
            for name in "ABCD":
                await scene.order(name, "pass")
            await scene.next()
            await scene.wait(3)
        session = await scene.session()
        spoke = {}
        for place, (one, _) in session.steps["two"].pairs.items():
            spoke[one] = place
            await scene.say(one.removeprefix("stage:").upper(), "hello?", channel=session.places[place])
        await scene.wait(95)
        session = await scene.session()
        groups = [set(group) for group in session.steps["two"].pairs.values() if group]
        assert set(spoke) in groups, "the two who spoke sit together"
        quiet = {f"stage:{n}" for n in "abcd"} - set(spoke)
        assert quiet in groups, "and so do those who have not come yet"
    finally:
        await scene.close()


async def test_a_host_hears_when_two_steps_in_a_row_are_quiet(tmp_path: Path):
    scene = await Scene(tmp_path / "k.db", script()).open()
    try:
        await scene.gathered(*"ABCDE")
        await scene.submit("A", "gut", picks=("a",))
        await scene.next()
        assert not any(
            "Try sharing your own answer, asking something simpler, or taking a break" in x.text
            for x in scene.stage.lines.values()
        )
        await scene.wait(3)
        await scene.next()
        (told,) = [
            x
            for x in scene.stage.lines.values()
            if "Try sharing your own answer, asking something simpler, or taking a break" in x.text
        ]
        assert told.channel == f"{ROOM}/hosts"
    finally:
        await scene.close()


async def test_a_teller_who_wants_no_name_has_none_on_the_wall(tmp_path: Path):
    from tests.support import GALLERIED

    scene = await Scene(tmp_path / "k.db", parse(GALLERIED, "g.yaml")).open()
    try:
        await scene.gathered("Ada", "Bo")
        await scene.submit("Ada", "tale", moment="The key was lost", share=Share.ANONYMOUS.value)
        await scene.submit("Bo", "tale", moment="It was found", share=Share.NAME.value)
        await scene.next()
        wall = "\n".join(plain(text) for text in scene.room())
        assert "The key was lost" in wall and "Bo:" in wall and "Ada:" not in wall
    finally:
        await scene.close()


async def test_parking_stops_no_clock(tmp_path: Path):
    scene = await Scene(tmp_path / "k.db", script()).open()
    try:
        await scene.gathered("Ada", "Bo")
        await scene.order("Ada", "park", text="the roof")
        await scene.wait(4 * 60)
        assert (await scene.session()).step == "taps"
        await scene.order("Ada", "share", answer="1", how="name")
        await scene.order("Host", "workshop end")
        await scene.order("Host", "workshop publish")
        session = await scene.session()
        assert session.phase is Phase.CLOSED
        from bot.core.views.recap import recap

        (parked,) = [part for part in recap(scene.script, session).parts if part.title == "Parked for later"]
        assert parked.quotes[0].fields == (("", "the roof"),)
    finally:
        await scene.close()


def test_odd_numbers_make_a_three_and_nobody_is_alone_for_an_answer():
    people = [f"p{n}" for n in range(7)]
    groups = grouped(
        Session(), people, 2, Pair(id="x", title="X", say="", fields=(), by=By.SAME, by_step="gone")
    )
    assert sorted(map(len, groups)) == [2, 2, 3] and {p for g in groups for p in g} == set(people)
    assert (
        merged(Session(), Pair(id="x", title="X", say="", fields=(), by=By.MERGE, by_step="gone"), people)
        == []
    )


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", True),
        ("people >= 8", True),
        ("people < 8 or mode == 'live'", True),
        ("not (people == 8) and True", False),
        ("3 < people <= 8", True),
        ("top('gut') != 'a'", False),
        ("share('gut', 'a') >= 0.5 and answered('story') > 2", True),
        ("median('taps', 'people') == 2.5", True),
        ("setting == 'many_communities'", False),
    ],
)
def test_conditions(text: str, holds: bool):
    names = {"people": 8.0, "reading": 0.0, "mode": "live", "setting": "", "version": "60"}
    functions = {
        "top": lambda s: "a",
        "share": lambda s, o: 0.6,
        "answered": lambda s: 3.0,
        "median": lambda s, i: 2.5,
    }
    if text:
        conditions.names_of(text)
    assert conditions.holds(text, names, functions) is holds


@pytest.mark.parametrize(
    "text",
    [
        "people", "people +", "().__class__", "open('x')", "[1][0]", "people.__class__ == 1", "lambda: 1 == 1",
        "1 if people else 2", "people > 'x'", "people is 1", "top(gut) == 'a'", "top('gut', 'b') == 'a'", "x == 1",
        "f'{people}' == '1'", "1 == 1 " * 200, "(" * 500, "people := 3", "*people", "people in [1]", "-people == 1",
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused_and_never_run(text: str):
    if text in ("people",):
        assert conditions.names_of(text) == ()  # a number is true where it is not nought
        return
    with pytest.raises(ValueError):
        conditions.names_of(text)
