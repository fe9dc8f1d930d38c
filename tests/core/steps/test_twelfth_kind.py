"""A kind of step that exists in this file only: its module, its schema entry and its renderer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.authoring import step_model as schema
from bot.authoring.loader import parse
from bot.authoring.model import Script as ScriptFile
from bot.authoring.rehearsal import START, Rehearsal
from bot.authoring.run_sheet import run_sheet
from bot.core.model.cards import Prompt
from bot.core.model.events import Joined, Person
from bot.core.model.ids import PersonId
from bot.core.model.records import record
from bot.core.model.script import Script
from bot.core.model.session import Answer, Session
from bot.core.model.steps import Asking, Option
from bot.core.platform import Capabilities
from bot.core.queries import form_answer
from bot.core.steps import registry
from bot.core.steps.forms import Form
from bot.core.steps.kind import Result
from bot.core.steps.tallies import ranked, tallied
from bot.core.steps.tapped import Tapped, option_picks
from bot.core.text.wording import sentence
from bot.core.views.participant import form_for
from bot.core.views.recap import recap
from bot.errors import ScriptError
from bot.platforms.discord import ephemeral_views
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.matrix.platform import MatrixPlatform
from bot.platforms.web.links import WebLinks
from bot.platforms.web.pages import Pages
from bot.platforms.web.platform import WebPlatform
from bot.platforms.web.signing import Signer
from bot.render.cards import draw
from bot.render.recap.exports import markdown
from bot.render.recap.pack import worksheets
from bot.render.steps import renderer
from bot.render.steps.tapped import OptionsRenderer, to_tick
from bot.store.codec import dumps, loads
from bot.store.web_members import Member
from tests.support import ROOM, Scene, plain

# -- its module in core/steps


@record
class Barometer(Asking):
    """How the weather is in the group: one of a few skies, from bad to good."""

    skies: tuple[str, ...]


class BarometerKind(Tapped[Barometer]):
    """How a sky is picked and shown."""

    name = "barometer"

    def labels(self, session: Session, step: Barometer) -> Mapping[str, str]:
        return {option.key: option.label for option in skies(step)}

    def _read(self, session: Session, step: Barometer, text: str) -> tuple[str, ...]:
        return option_picks(list(self.labels(session, step)), text)

    def _chosen(
        self, session: Session, step: Barometer, mine: Answer | None, picks: tuple[str, ...]
    ) -> tuple[str, ...]:
        return tuple(pick for pick in picks if pick in self.labels(session, step))[:1]

    def shows_result(self, step: Barometer) -> bool:
        return True

    def form(self, script: Script, session: Session, person: str, step: Barometer) -> Form:
        mine = form_answer(session, step.id, person)
        return Form(
            step=step.id,
            title=step.title,
            options=skies(step),
            most=1,
            picks=mine.picks if mine else (),
            seen_by=(sentence("Everyone sees the results when the question closes"),),
        )

    def result(self, script: Script, session: Session, step: Barometer) -> Result:
        counts = tallied(session, step)
        return Result(spread=ranked(counts or {}, exact=False), too_few=counts is None)


def skies(step: Barometer) -> tuple[Option, ...]:
    return tuple(Option(key=f"sky{n}", label=label) for n, label in enumerate(step.skies))


# -- its schema entry


class BarometerEntry(schema.Asking):
    """The skies of a barometer."""

    kind: Literal["barometer"]
    skies: tuple[str, ...]

    def built(self, common: Mapping[str, Any], workshop: schema.Building) -> Barometer:
        return Barometer(**common, skies=self.skies)


# -- its renderer


class BarometerRenderer(OptionsRenderer[Barometer]):
    """It says what the skies are for."""

    def how(
        self, script: Script, session: Session, step: Barometer, can: Capabilities, *, personal: bool = False
    ) -> str:
        return f"Point at a sky:\n{super().how(script, session, step, can, personal=personal)}"

    def blanks(self, step: Barometer) -> tuple[renderer.Blank, ...]:
        return to_tick(skies(step))


WORKSHOP = """
id: weather
title: Weather
about: How are we?
minutes: 20
rescue_lines: {silence: I go first.}
steps:
  - {id: hello, kind: open, title: Hello, minutes: 3, max_chars: 140, say: "One line?"}
  - {id: sky, kind: barometer, title: Our weather, minutes: 3, say: "How is it here?", skies: [Storm, Clouds, Sun]}
  - {id: out, kind: reflection, title: Out, minutes: 3, max_chars: 140, say: "What do you take along?"}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Bye.}
"""


@pytest.fixture
def script() -> Iterator[Script]:
    """A workshop with a barometer, which the bot knows for as long as a test runs."""
    registry.register(Barometer, BarometerKind())
    renderer.register("barometer", BarometerRenderer())
    schema.step_kind(BarometerEntry)
    ScriptFile.model_rebuild(force=True)
    yield parse(WORKSHOP, "weather.yaml")
    del registry._KINDS[Barometer], renderer._RENDERERS["barometer"], schema.KINDS["barometer"]
    ScriptFile.model_rebuild(force=True)


async def test_it_is_asked_answered_closed_and_told_in_the_recap(script: Script, tmp_path: Path):
    scene = await Scene(tmp_path / "weather.db", script).open()
    try:
        await scene.gathered("Ada", "Bo", "Chi", "Dan")
        await scene.next()
        assert (await scene.session()).step == "sky"
        assert "Point at a sky:\n1. Storm\n2. Clouds\n3. Sun" in plain(scene.room()[-1])
        await scene.order("Ada", "pick", numbers="3")
        await scene.submit("Bo", "sky", picks=("sky2",))
        await scene.submit("Chi", "sky", picks=("sky2", "sky1", "nonsense"))
        await scene.order("Dan", "answer", text="It is sunny")
        assert len((await scene.session()).steps["sky"].by_person) == 3  # words are no answer here
        await scene.submit("Dan", "sky", picks=("sky0",))
        await scene.reopen()
        session = await scene.session()
        taps = {answer.person: answer.picks for answer in session.answers.values() if answer.step == "sky"}
        assert [*taps.values()] == [("sky2",), ("sky2",), ("sky2",), ("sky0",)]
        await scene.next()
        assert any("- 3 × Sun\n- 1 × Storm" in plain(text) for text in scene.room()), scene.room()
        await scene.order("Host", "workshop end")
        told = markdown(recap(script, await scene.session()))
        assert "## Our weather\n\n- 3 × Sun\n- 1 × Storm" in told, told
    finally:
        await scene.close()


async def test_every_platform_draws_it(script: Script, tmp_path: Path):
    scene = await Scene(tmp_path / "weather.db", script).open()
    try:
        await scene.gathered("Ada", "Bo", "Chi", "Dan")
        await scene.next()
        wim = Person(id=PersonId("web:wim"), name="Wim")
        await scene.happen(Joined(id="", channel=ROOM, at=scene.clock.now(), person=wim, private=""))
        session, step = await scene.session(), script.step("sky")
        for platform in (WebPlatform, DiscordPlatform, MatrixPlatform):
            posts = draw(Prompt(step="sky"), script, session, platform.can)
            assert "Point at a sky:\n1. Storm" in plain(posts[0].text), platform
            alone = draw(Prompt(step="sky", here=True, person="stage:ada"), script, session, platform.can)
            assert "3. Sun\n\nReply with the number, or “skip”." in plain(alone[0].text), platform
        form = form_for(script, session, "stage:ada", step)
        assert form is not None
        buttons = ephemeral_views.options(form, session.id).to_components()
        assert "Clouds" in str(buttons)
        links = WebLinks("http://here.test", Signer("key"))
        page = Pages(links, {}).now(script, session, Member(id="wim", room="circle", name="Wim", host=False))
        assert "How is it here?" in page and "Clouds" in page
    finally:
        await scene.close()


async def test_it_is_rehearsed_stored_and_printed(script: Script):
    played = await Rehearsal(script, 8).play()
    assert len(played.session.steps["sky"].by_person) > 3
    assert any("Point at a sky" in line for line in played.lines)
    assert "Our weather" in markdown(played.recap)
    assert loads(dumps(script)) == script
    assert "Our weather" in run_sheet(script, START)
    assert "Clouds" in worksheets(script)


def test_its_faults_are_told_like_those_of_any_other(script: Script):
    with pytest.raises(ScriptError, match="there is no key 'sky_of' here"):
        parse(WORKSHOP.replace("skies:", "sky_of: x, skies:"), "weather.yaml")
    with pytest.raises(ScriptError, match="Did you mean barometer"):
        parse(WORKSHOP.replace("barometer", "barometr"), "weather.yaml")
