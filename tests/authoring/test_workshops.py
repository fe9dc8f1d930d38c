"""The three workshops and the shortest one, in every version and setting, with casts of every manner."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.check import budget
from bot.authoring.folder import shelf
from bot.authoring.rehearsal import Rehearsal
from bot.core.model.facts import Mode, Phase
from bot.core.model.script import Script
from bot.core.model.session import Session
from bot.core.model.steps import Gallery, Scale, Story, Vote, Written
from bot.core.platform import Capabilities
from bot.core.steps.diagrams import Standing, Wheel, pictures_of
from bot.core.steps.registry import kind_of
from bot.core.steps.scale_statistics import Measure
from bot.core.views.recap import recap
from bot.render.diagrams import draw
from bot.render.diagrams.alt_text import alt_text
from bot.render.i18n import translated
from bot.render.recap.page import page
from bot.render.steps.renderer import renderer_of
from tests.core.withheld import withheld

PROMPTS = Path(__file__).parents[2] / "prompts"
WORKSHOPS = shelf(PROMPTS)
ALL = [script for there in WORKSHOPS.values() for script in there]
THREE = ("value-creation", "community-maturity", "change-agents")


def name(script: Script) -> str:
    return "-".join(part for part in (script.id, script.version, script.setting) if part)


def test_the_three_are_complete():
    for key in THREE:
        there = WORKSHOPS[key]
        assert {s.version for s in there} == {"90", "60", "async"}
        for script in there:
            assert script.badge and len(script.statements) >= 3 and script.host_card and script.credits
            assert (
                script.resources and script.next_steps and len(script.rescue_lines) >= 5 and script.glossary
            )
            assert script.follow_ups and any(isinstance(s, Story) for s in script.steps)
            assert all(field.label for s in script.steps if isinstance(s, Story) for field in s.fields)
            if script.days:
                assert script.days == 5 and script.review_hours == 48 and script.prepare
        assert {each.days for each in there[0].follow_ups} <= {14, 28, 60, 90}
    assert sorted(d for key in THREE for d in (f.days for f in WORKSHOPS[key][0].follow_ups)) == [
        14,
        28,
        28,
        60,
        90,
    ]
    for key in ("value-creation", "community-maturity"):
        assert {s.setting for s in WORKSHOPS[key]} == {"one_community", "many_communities"}


@pytest.mark.parametrize("people", [1, 3, 8, 30])
@pytest.mark.parametrize("script", ALL, ids=name)
async def test_every_version_rehearses_to_its_end(script: Script, people: int):
    played = await Rehearsal(script, people).play()
    assert played.session.phase is Phase.CLOSED
    assert set(played.session.steps) <= {s.id for s in script.all_steps}
    if not script.days:
        assert played.minutes <= script.minutes
    found = recap(script, played.session)
    assert found.people == len({a.person for a in played.session.answers.values() if not a.withdrawn})
    assert all(withheld(script, played.session).values())
    html = page(script, played.session)
    assert "</html>" in html
    if people >= 8:
        assert budget(played) == [] or people > 8
        for _, seen in pictures_of(script, played.session):
            assert draw(seen).startswith("<svg") and alt_text(seen)
    if people < 4:
        guarded = {step.title for step in script.all_steps if getattr(step, "sensitive", False)}
        assert not any(
            part.spread or (part.measured and part.measured.shown)
            for part in found.parts
            if part.title in guarded
        )
        assert not any(isinstance(seen, Wheel | Standing | Measure) for _, seen in found.pictures)


@pytest.mark.parametrize("manner", ["silent", "passing"])
@pytest.mark.parametrize("script", ALL, ids=name)
async def test_half_of_them_silent_or_all_of_them_passing(script: Script, manner: str):
    played = await Rehearsal(script, 8, manner=manner).play()
    assert played.session.phase is Phase.CLOSED
    if manner == "passing":
        assert not played.session.answers


@pytest.mark.parametrize("script", [s for s in ALL if not s.days], ids=name)
async def test_beside_a_call_only_the_host_moves_on_and_it_ends_by_itself(script: Script):
    played = await Rehearsal(script, 6, mode=Mode.CALL).play()
    assert played.session.mode is Mode.CALL and played.session.phase is Phase.CLOSED
    assert not any("1 minute left" in line for line in played.lines)


@pytest.mark.parametrize("script", [s for s in ALL if s.days], ids=name)
async def test_over_days_nothing_is_said_at_night_and_walls_come_after_stories(script: Script):
    played = await Rehearsal(script, 8).play()
    said = [line for line in played.lines if "  Storycircle: " in line]
    begun = next(n for n, line in enumerate(said) if "and the last ones stay open until" in line)
    hours = {line[7:9] for line in said[begun + 1 :]}
    assert hours and all("08" <= hour < "21" for hour in hours)
    for step in script.steps:
        if isinstance(step, Gallery):
            assert script.step(step.cards_from).day < step.day
    for day in range(1, 6):
        assert sum(s.minutes for s in script.steps if s.day == day) <= 15


def test_hosts_of_many_communities_see_no_radar_of_them_all():
    for script in WORKSHOPS["community-maturity"]:
        shown = [s for s in script.steps if s.attach and s.attach.picture == "radar"]
        assert bool(shown) is (script.setting == "one_community")
        assert any(isinstance(s, Scale) and len(s.items) == 9 for s in script.steps)


@pytest.mark.parametrize("script", ALL, ids=name)
def test_people_are_told_of_a_vote_on_their_ideas_where_there_is_one_and_nowhere_else(script: Script):
    taken = {step.options_from for step in script.all_steps if isinstance(step, Vote) and step.options_from}
    told = set()
    for step in script.all_steps:
        if isinstance(step, Written):
            said = translated(kind_of(step).seen_by(script, step)) if kind_of(step).story else ""
            said += (
                renderer_of(step).how(script, Session(), step, Capabilities(limit=4000))
                if kind_of(step).story
                else ""
            )
            told |= {
                f"{step.id}.{field.key}"
                for field in step.fields
                if f"“{field.label}” is shown to everyone" in said
            }
    assert told == taken
