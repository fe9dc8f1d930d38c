"""Private lines land where they were meant: never by a guess under a question with other readers."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.authoring.loader import parse
from tests.support import Scene, person, plain

SCRIPT = """
id: three
title: Three
about: Three questions.
minutes: 45
audience: adults
contact: Cora
steps:
  - id: tale
    kind: story
    title: One small story
    say: Tell it.
    minutes: 20
    fields:
      - {key: moment, label: "What happened?"}
      - {key: more, label: "What else?", optional: true}
  - {id: bring, kind: open, title: What I bring, say: "What do you bring?", minutes: 5, reveal: together, look: none}
  - {id: quiet, kind: reflection, title: A quiet note, say: "What stays?", minutes: 5}
  - {id: pause, kind: message, title: Hold on, say: We go on in a moment., minutes: 5}
  - {id: hello, kind: open, title: Hello again, say: "One line, here?", minutes: 5}
"""
WIDE = {
    "tale": 0,
    "bring": 1,
    "quiet": 0,
    "hello": 2,
}  # who reads it: its author, all when it closes, all at once


async def begun(path: Path, *, one_by_one: bool = True) -> Scene:
    scene = await Scene(path, parse(SCRIPT)).open()
    await scene.order("Host", "workshop open", workshop="three")
    await scene.join("Ada", one_by_one=one_by_one)
    await scene.join("Bo")
    await scene.order("Host", "workshop start")
    return scene


@pytest.fixture(params=[True, False], ids=["no forms", "forms"])
async def scene(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Scene]:
    made = await begun(tmp_path / "three.db", one_by_one=request.param)
    yield made
    await made.close()


async def says(scene: Scene, text: str, *, ago: float = 0) -> str:
    """What the bot answers Ada in private to a line there, said so many seconds ago."""
    channel = scene.stage.private_channel("stage:ada", "stage:circle")
    event = scene.posted("Ada", text, channel=channel)
    await scene.happen(replace(event, at=event.at - timedelta(seconds=ago)))
    return plain(scene.private("Ada")[-1])


async def moved(scene: Scene, step: str) -> None:
    """The host has moved on to a step."""
    while (await scene.session()).step != step:
        await scene.next()


async def kept(scene: Scene) -> dict[str, list[str]]:
    """The words of Ada by step."""
    found: dict[str, list[str]] = {}
    for answer in (await scene.session()).answers.values():
        words = [piece.text for piece in answer.pieces.values() if piece.text]
        if answer.person == person("Ada").id and words:
            found.setdefault(answer.step, []).extend(words)
    return found


@pytest.mark.parametrize("number", ["1", "2"])
async def test_a_line_a_second_after_the_change_is_asked_about(scene: Scene, number: str):
    await says(scene, "The door was open")
    await moved(scene, "bring")
    await scene.wait(1)
    asked = await says(scene, "and it was cold")
    assert "Is this for One small story (1) or for What I bring (2)?" in asked.replace("**", "")
    assert "bring" not in await kept(scene)
    await scene.reopen()
    await says(scene, number)
    told = "".join(map(plain, scene.private("Ada")))
    if number == "1":
        assert await kept(scene) == {"tale": ["The door was open", "and it was cold"]} or await kept(
            scene
        ) == {"tale": ["The door was open"]}
    else:
        assert (await kept(scene))["bring"] == ["and it was cold"] and "Got it for “What I bring”" in told
    assert not [text for text in scene.private("Ada") if "Is this for" in text]


async def test_a_number_of_the_question_before_is_asked_about_at_any_time(scene: Scene):
    await says(scene, "The door was open")
    await moved(scene, "bring")
    await scene.wait(100)
    assert "Is this for" in await says(scene, "2 It was cold")
    await says(scene, "1")
    assert "bring" not in await kept(scene)


async def test_what_was_said_before_the_question_belongs_to_the_one_before(scene: Scene):
    await scene.wait(20)
    await moved(scene, "bring")
    await scene.wait(10)
    told = await says(scene, "The door was open", ago=14)
    assert await kept(scene) == {"tale": ["The door was open"]} and "One small story" in "".join(
        map(plain, scene.private("Ada")[-2:])
    )
    assert told
    await scene.wait(30)
    assert "Got it for “What I bring”" in await says(scene, "A cake")


async def test_late_words_are_never_without_a_sign(scene: Scene):
    await moved(scene, "quiet")
    await scene.wait(60)
    await moved(scene, "pause")
    assert "Saved for “A quiet note”, after the others" in await says(scene, "The light")
    assert "Use this instead?" in await says(scene, "The late light")
    await moved(scene, "hello")
    await scene.wait(60)
    await scene.next()  # closed, and read
    assert "Saved for “Hello again”" in "".join(map(plain, scene.private("Ada"))) + await says(scene, "Hello")
    assert (await kept(scene))["quiet"] == ["The light"]


async def test_a_second_line_never_overwrites_the_first(scene: Scene):
    await says(scene, "The door was open")
    await says(scene, "It was cold")
    assert (await kept(scene))["tale"][0] == "The door was open"
    await moved(scene, "bring")
    await scene.wait(10)
    await says(scene, "A cake")
    assert "Use this instead?" in await says(scene, "Two cakes")
    assert (await kept(scene))["bring"] == ["A cake"]
    offer = next(iter((await scene.session()).offers))
    await scene.order("Ada", "approve", offer=offer)
    assert (await kept(scene))["bring"] == ["Two cakes"]


async def test_a_line_that_waits_follows_its_message_and_is_erased_with_the_recap(scene: Scene):
    await says(scene, "The door was open")
    await moved(scene, "bring")
    await says(scene, "a secret")
    await scene.edit("Ada", 2, "a small secret")
    assert any("a small secret" in plain(text) for text in scene.private("Ada"))
    await scene.delete("Ada", 2)
    assert not (await scene.session()).offers
    await says(scene, "another")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    assert not (await scene.session()).offers
    assert any("didn't say which question" in text for text in map(plain, scene.private("Ada")))


async def test_answer_as_a_command_is_asked_about_too(scene: Scene):
    await moved(scene, "bring")
    await scene.order("Ada", "answer", text="the door was open")
    assert "Is this for" in plain(scene.private("Ada")[-1]) and not await kept(scene)
    key = next(iter((await scene.session()).offers))
    await scene.order("Ada", "approve", offer=key)  # says nothing of which
    assert not await kept(scene)
    await scene.order("Ada", "approve", offer=key, step="tale")
    assert await kept(scene) == {"tale": ["the door was open"]}


moments = st.lists(
    st.tuples(
        st.sampled_from(["line", "line", "numbered", "next", "edit", "restart"]),
        st.floats(0, 40),  # seconds that pass before it
        st.floats(-2, 2),  # by which the clock of Ada's server differs
        st.floats(0.2, 3),  # seconds since she read what she answers
    ),
    min_size=2,
    max_size=9,
)


FAR_BACK = [  # a number of a question that lies two questions back
    *[("next", 0.0, 0.0, 1.0)] * 3,
    ("line", 30.0, 0.0, 1.0),
    ("next", 0.0, 0.0, 1.0),
    ("numbered", 5.0, 0.0, 1.0),
]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(moments)
@example(FAR_BACK)
def test_nothing_private_is_filed_where_more_people_read_without_a_yes(
    plan: list[tuple[str, float, float, float]],
):
    """Ada answers what she had read last, however long that was before; she never says which question she means."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_played(Path(folder), plan))


async def _played(folder: Path, plan: list[tuple[str, float, float, float]]) -> None:
    scene = await begun(folder / "three.db")
    seen = [(scene.clock.now(), "tale")]  # when Ada was asked what
    meant: dict[str, str] = {}
    lines: list[int] = []
    said = 0
    for n, (what, passes, skew, reading) in enumerate(plan):
        await scene.wait(passes)
        step = (await scene.session()).step
        if step in WIDE and step != seen[-1][1]:
            seen.append((scene.clock.now(), step))
        now = scene.clock.now()
        if what == "next":
            await scene.next()
            step = (await scene.session()).step
            if step in WIDE and step != seen[-1][1]:
                seen.append((scene.clock.now(), step))
        elif what == "restart":
            await scene.reopen()
        elif what == "edit" and lines:
            text = f"changed {n}"
            meant[text] = meant[next(words for words in reversed(meant))]
            await scene.edit("Ada", lines[-1], text)
        elif what in ("line", "numbered"):
            text = f"{'2 ' if what == 'numbered' else ''}words {n}"
            read = [step for at, step in seen if at <= now - timedelta(seconds=reading)] or ["tale"]
            meant[text] = meant[f"words {n}"] = "tale" if what == "numbered" else read[-1]
            said += 1
            lines.append(said)
            await says(scene, text, ago=-skew)
        for step, words in (await kept(scene)).items():
            for text in words:
                assert WIDE[step] <= WIDE[meant[text]], (
                    text,
                    "answers",
                    meant[text],
                    "and is filed under",
                    step,
                )
    await scene.close()
