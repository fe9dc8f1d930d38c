"""Sessions of one room live side by side: what is said of an earlier one acts on that one, whatever runs now."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest

from bot.authoring.loader import load
from bot.core.model.events import CommandGiven
from bot.core.model.facts import Phase, Share
from bot.core.model.ids import PersonId
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Step, Story, Vote
from bot.core.views import participant
from bot.engine.listings import shelf_of
from tests.support import ROOM, Scene, person, plain


async def held(scene: Scene, *names: str, tell: str) -> Session:
    """A workshop from its lobby to the review, in which everybody tells a story, and Ada writes one line more."""
    scene.session_id = ""
    await scene.wait(60)
    await scene.gathered(*names)
    await scene.say("Ada", f"a line, {tell}")
    await scene.next()
    await scene.next()
    await scene.next()
    await scene.next()
    for name in names:
        await scene.submit(name, "tale", moment=f"{name} tells of {tell}")
    await scene.next()
    await scene.order("Host", "workshop end")
    return await scene.session()


async def of(scene: Scene, session: Session) -> Session:
    return (await scene.runtime.sessions.load(session.id))[0]


def listed(scene: Scene, name: str) -> dict[str, str]:
    """What /my lists for somebody, by number: the line under each heading."""
    found: dict[str, str] = {}
    for text in scene.private(name):
        if "**My answers" in text:
            for number, words in re.findall(r"^(\d+)\. .*\n((?:> .*\n?)+)", plain(text), re.MULTILINE):
                found[number] = words
    return found


async def test_my_lists_the_words_of_every_session_the_newest_first(scene: Scene):
    first = await held(scene, "Ada", "Bo", tell="apples")
    second = await held(scene, "Ada", "Bo", tell="pears")
    assert (await of(scene, first)).phase is Phase.REVIEW
    await scene.order("Ada", "my")
    words = listed(scene, "Ada")
    assert [re.search("apples|pears", line)[0] for _, line in sorted(words.items())] == [
        "pears",
        "pears",
        "apples",
        "apples",
    ]
    assert list(words) == ["1", "2", "3", "4"]
    await scene.order("Ada", "share", answer="4", how="name")
    await scene.order("Ada", "withdraw", answer="3")
    before, after = await of(scene, first), await of(scene, second)
    assert [a.share for a in before.answers.values() if a.person == "stage:ada"] == [Share.NO, Share.NAME]
    assert [a.withdrawn for a in before.answers.values() if a.person == "stage:ada"] == [True, False]
    assert not any(a.withdrawn for a in after.answers.values())
    assert list(listed(scene, "Ada")) == ["1", "2", "4"]


async def test_a_number_never_comes_to_mean_another_answer(scene: Scene):
    await held(scene, "Ada", "Bo", tell="apples")
    await scene.order("Ada", "withdraw", answer="1")
    await scene.order("Ada", "withdraw", answer="1")
    told = await scene.session()
    assert [a.withdrawn for a in told.answers.values() if a.person == "stage:ada"] == [True, False]
    assert any("already" in text for text in scene.private("Ada"))


async def test_a_number_that_came_to_mean_two_answers_does_nothing_but_show_the_list(scene: Scene):
    first = await held(scene, "Ada", "Bo", tell="apples")
    await scene.order("Ada", "my")
    second = await held(scene, "Ada", "Bo", tell="pears")
    await scene.order("Ada", "withdraw", answer="1")
    for session in (first, second):
        assert not any(a.withdrawn for a in (await of(scene, session)).answers.values())
    assert sorted(listed(scene, "Ada")) == ["1", "2", "3", "4"]
    await scene.order("Ada", "my", what="withdraw", how="3")
    assert [a.withdrawn for a in (await of(scene, first)).answers.values() if a.person == "stage:ada"] == [
        True,
        False,
    ]


async def test_with_nothing_written_in_the_new_one_the_earlier_one_is_meant(scene: Scene):
    first = await held(scene, "Ada", "Bo", tell="apples")
    await scene.order("Host", "workshop open", workshop=scene.script.id)
    await scene.order("Ada", "my")
    assert sorted(listed(scene, "Ada")) == ["1", "2"]
    assert "You have no saved answers here" not in " ".join(scene.private("Ada"))
    await scene.order("Ada", "share", answer="2", how="anonymous")
    assert [a.share for a in (await of(scene, first)).answers.values() if a.person == "stage:ada"][
        1
    ] is Share.ANONYMOUS


async def test_who_was_never_there_hears_so_once(scene: Scene):
    await held(scene, "Ada", "Bo", tell="apples")
    await scene.order("Host", "workshop open", workshop=scene.script.id)
    await scene.join("Zed")
    before = len(scene.private("Zed"))
    await scene.order("Zed", "my")
    assert len(scene.private("Zed")) == before + 1


# -- the series of three ----------------------------------------------------------------------------

PROMPTS = Path(__file__).parents[2] / "prompts"
PARTS = ("value-creation", "community-maturity", "change-agents")


class Evening:
    """The shipped series in one room: each part is walked to its end, and stays in review while the next one runs."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.sessions: list[str] = []

    async def open(self, part: int) -> None:
        scene = self.scene
        scene.session_id = ""
        await scene.wait(60)
        await scene.order("Host", "workshop open", workshop=PARTS[part])
        self.sessions.append(scene.session_id)
        await scene.join("Ada", "Bo", "Chi", "Dan")

    async def play(self, *, to: str = "") -> None:
        """From the lobby to the end, or to the step `to`; Ada fills in every form, the others vote."""
        scene = self.scene
        await scene.order("Host", "workshop start")
        while (session := await scene.session()).phase is Phase.RUNNING:
            script = (await scene.runtime.sessions.load(session.id))[1]
            step = script.step(session.step)
            if step.id == to:
                return
            state = session.current
            if state is not None and not state.closed and state.looking is None:
                await self._answer(step)
            await scene.next()
        assert session.phase in (Phase.TAIL, Phase.REVIEW)

    async def _answer(self, step: Step) -> None:
        part = len(self.sessions)
        if isinstance(step, Story):
            fields = {field.key: f"Ada, part {part}" for field in step.fields if not field.options}
            await self.scene.submit("Ada", step.id, share="name", **fields)
        elif isinstance(step, Vote):
            for name in ("Ada", "Bo", "Chi", "Dan"):
                option = participant.form_for(*await self._here(), f"stage:{name.lower()}", step)
                assert option is not None
                await self.scene.submit(name, step.id, picks=(option.options[0].key,))

    async def _here(self) -> tuple[Script, Session]:
        session, script = await self.scene.runtime.sessions.load(self.scene.session_id)
        return script, session

    async def press(self, name: str, number: int, command: str, /, **args: str) -> None:
        """A button on a card of a part."""
        private = self.scene.stage.private_channel(person(name).id, ROOM)
        await self.scene.happen(
            CommandGiven(
                id="",
                channel=ROOM,
                at=self.scene.clock.now(),
                person=person(name),
                command=command,
                args=args,
                session=self.sessions[number - 1],
                private=private,
            )
        )

    async def part(self, number: int) -> Session:
        return (await self.scene.runtime.sessions.load(self.sessions[number - 1]))[0]

    async def others_stay(self, number: int, action: Awaitable[None]) -> Session:
        """The part after the action, which left every other part as it was."""
        before = {key: (await self.scene.runtime.sessions.load(key))[0] for key in self.sessions}
        await action
        for n, key in enumerate(self.sessions, 1):
            if n != number:
                after = (await self.scene.runtime.sessions.load(key))[0]
                assert after.answers == before[key].answers and after.granted == before[key].granted
                assert after.phase == before[key].phase and after.undertaken == before[key].undertaken
        return await self.part(number)


@pytest.fixture
async def series(tmp_path: Path) -> AsyncIterator[Evening]:
    scripts = [load(PROMPTS / f"{part}.yaml") for part in PARTS]
    scene = await Scene(tmp_path / "series.db", scripts[0]).open()
    scene.runtime.shelf.update(await shelf_of(scene.store, *scripts))
    yield Evening(scene)
    await scene.close()


async def others(series: Evening) -> None:
    """What was chosen and said thank you for in part one: with its buttons, and typed where it names what is there."""
    ada, bo = PersonId("stage:ada"), PersonId("stage:bo")
    part = await series.part(1)
    for _ in range(2):  # pressed twice
        part = await series.others_stay(1, series.press("Bo", 1, "take", which="1"))
        assert [u.person for u in part.undertaken.values()] == [bo]
    part = await series.others_stay(1, series.press("Ada", 1, "take", which="1"))
    assert [u.person for u in part.undertaken.values()] == [bo]
    part = await series.others_stay(1, series.press("Bo", 1, "progress", how="1 started: today"))
    assert [u.text for u in part.undertaken.values()] == ["today"]
    part = await series.others_stay(1, series.scene.order("Bo", "progress", how="1 done: it rained"))
    assert [u.text for u in part.undertaken.values()] == ["it rained"]
    part = await series.others_stay(1, series.scene.order("Bo", "take", which="1", days="no"))
    assert not part.undertaken
    given = [thanks for thanks in part.thanks.values() if thanks.by == bo]
    if not given:
        await series.press("Bo", 1, "thanks", what="Ada: for the lamp")
        part = await series.part(1)
    [given] = [thanks for thanks in part.thanks.values() if thanks.by == bo]
    for _ in range(2):  # what hosts still glance at, twice
        part = await series.others_stay(1, series.press("Host", 1, "nod", thanks=given.id))
        assert part.thanks[given.id].passed is True
    for how, hidden in (("hide", True), ("hide", True), ("show", False)):
        part = await series.others_stay(1, series.press("Ada", 1, "thanked", thanks=given.id, how=how))
        assert part.thanks[given.id].hidden is hidden and part.thanks[given.id].person == ada


async def late_actions(series: Evening) -> None:
    """All that Ada and the host still do with part one, while another part has the room."""
    scene, ada = series.scene, PersonId("stage:ada")
    rule = "value-storyteller"
    one = await series.part(1)
    story = next(a for a in one.answers.values() if a.person == ada and "Ada, part 1" in str(a.pieces))
    await scene.order("Ada", "my")
    number = next(n for n, words in listed(scene, "Ada").items() if "Ada, part 1" in words)

    async def order(command: str, **args: str) -> Session:
        return await series.others_stay(1, scene.order("Ada", command, **args))

    assert (await order("share", answer=number, how="anonymous")).answers[story.id].share is Share.ANONYMOUS
    assert (await order("my", what="share", how=f"{number} name")).answers[story.id].share is Share.NAME
    field = next(iter(story.pieces))
    one = await order("change", answer=number, field=field, text="changed later")
    assert one.answers[story.id].text(field) == "changed later"
    await order("change", answer=number, field=field, text="Ada, part 1")
    assert (ada, rule) in (await order("my badges accept", which=rule)).granted
    assert (ada, rule) not in (await order("my badges decline", which=rule)).granted
    assert (ada, rule) in (await order("my badges accept", which=rule)).granted
    one = await order("my", what="badges", how=f"publish {rule}")
    assert (ada, rule) in one.on_show
    for how in ("yes", "no"):  # its buttons; what is typed is for the workshop of now
        one = await series.others_stay(1, series.press("Ada", 1, "follow", how=how))
        assert (ada in one.follow) is (how == "yes")
    await others(series)
    one = await series.others_stay(1, scene.order("Host", "revoke", who=f"Ada: {rule} a slip"))
    assert (ada, rule) not in one.granted
    one = await series.others_stay(1, scene.order("Host", "recognise", who=f"Ada: {rule}"))
    assert (ada, rule) in one.granted


async def test_every_late_action_of_part_one_acts_on_part_one_while_the_others_run(series: Evening):
    scene = series.scene
    await series.open(0)
    await series.play()
    await late_actions(series)
    await series.open(1)
    await late_actions(series)  # in the lobby of part two
    await series.play(to="focus")
    await late_actions(series)
    await series.others_stay(1, scene.order("Host", "review draft"))
    one = await series.others_stay(1, scene.order("Host", "workshop publish"))
    assert one.phase in (Phase.FOLLOWING, Phase.CLOSED)
    await late_actions(series)
    await scene.order("Host", "workshop end")
    await late_actions(series)
    await series.open(2)
    await late_actions(series)
    await scene.order("Host", "workshop start")
    await late_actions(series)
    assert not [text for text in scene.private("Ada") if "I can't find" in text]
    number = next(n for n, words in listed(scene, "Ada").items() if "Ada, part 1" in words)
    one = await series.others_stay(1, scene.order("Ada", "withdraw", answer=number))
    assert any(answer.withdrawn for answer in one.answers.values())
    assert (PersonId("stage:ada"), "value-storyteller") in one.granted  # by the host's hand
