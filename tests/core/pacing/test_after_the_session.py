"""What is asked and offered after a session: only what fits what was said and done in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.loader import load, parse
from bot.core.model.facts import Phase
from bot.core.views.participant import now
from bot.core.views.recap import recap
from bot.render.questions import filled
from tests.support import SMALL, Scene, plain

PROMPTS = Path(__file__).parents[3] / "prompts"
FOLLOWING = '\nfollow_ups:\n  - id: later\n    days: 7\n    title: Follow-up\n    about: tale.idea\n    say: "You hoped for this: {it}. Follow-up?"\n    fields:\n      - {key: became, label: It has, options: [{key: happened, label: happened}, {key: otherwise, label: gone otherwise}]}\n      - {key: line, label: One line, max_chars: 100, optional: true}\n'
TALE = """
id: hopes
title: Hopes
about: One story.
frameworks: [value-cycles]
minutes: 20
steps:
  - id: tale
    kind: story
    title: A tale
    minutes: 5
    say: Tell one.
    fields:
      - {key: idea, label: What you did or hope to do, max_chars: 200, hope: status, cycle: applied}
      - {key: status, label: That has, options: [{key: happened, label: happened}, {key: hoped, label: not happened}]}
      - {key: tags, label: Kinds of value, options: [{key: applied, label: Applied}, {key: cost, label: It cost us}], many: true, optional: true}
  - {id: bye, kind: message, title: Bye, minutes: 1, say: Thank you.}
"""


async def told(tmp_path: Path, script_text: str, answers: dict[str, dict[str, str]]) -> Scene:
    """A session in which these stories were told, with its recap posted."""
    scene = await Scene(tmp_path / "s.db", parse(script_text)).open()
    await scene.gathered(*answers)
    for name, fields in answers.items():
        await scene.submit(name, "tale", share="name", **fields)
        await scene.order(name, "follow", how="yes")
    await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    return scene


async def test_who_told_that_it_happened_is_not_asked_about_a_hope(tmp_path: Path):
    scene = await told(
        tmp_path,
        TALE + FOLLOWING,
        {
            "Ada": {"idea": "I left two slots.", "status": "happened"},
            "Bo": {"idea": "I will call.", "status": "hoped"},
        },
    )
    await scene.wait(8 * 24 * 3600)
    asked = {
        name: [line for line in scene.private(name) if "You hoped for this" in line] for name in ("Ada", "Bo")
    }
    assert not asked["Ada"] and len(asked["Bo"]) == 1
    assert "You hoped for this: I will call. Follow-up?" in plain(asked["Bo"][0])
    await scene.close()


@pytest.mark.parametrize(
    ("words", "shown"),
    [("I will call.", "It: I will call. So?"), ("Will I?", "It: Will I? So?"), ("call", "It: call. So?")],
)
def test_a_sentence_that_has_its_full_stop_gets_no_second_one(words: str, shown: str):
    assert filled("It: {it}. So?", {"it": words}) == shown
    assert plain(filled("It: {it}. So?", {"it": f"\u2068{words}\u2069"})) == shown


async def test_a_story_that_only_cost_counts_as_a_cost_and_as_no_value(tmp_path: Path):
    scene = await told(
        tmp_path,
        TALE,
        {
            "Ada": {"idea": "It took my Sunday.", "status": "happened", "tags": "cost"},
            "Bo": {"idea": "I tried it.", "status": "happened", "tags": "applied,cost"},
        },
    )
    found = recap(scene.script, await scene.session())
    assert found.map is not None
    assert found.map.stories == 2 and sum(found.map.cost.values()) == 2
    assert found.map.nodes["applied"].happened == 1
    coverage = {story.author: dict(story.coverage) for story in found.stories}
    assert coverage["Bo"]["Applied"] == "happened" and coverage["Ada"]["Applied"] == "not told"
    await scene.close()


async def test_a_lobby_that_nobody_used_offers_nothing_to_its_host_or_readers(tmp_path: Path):
    script = parse(
        SMALL
        + """
recognition:
  - {earn: host, role: Host}
  - {earn: witness, role: Witness}
""",
        "small.yaml",
    )
    scene = await Scene(tmp_path / "l.db", script).open()
    await scene.order("Host", "workshop open", workshop="small")
    await scene.join("Eve", reading=True)
    await scene.wait(13 * 3600)
    assert (await scene.session()).phase is Phase.CLOSED
    assert not any("If you like, you are" in line for name in ("Host", "Eve") for line in scene.private(name))
    await scene.close()


@pytest.mark.parametrize("how", ["", "call", "async"])
async def test_a_lobby_that_is_ended_is_closed_and_has_nothing_to_look_over(tmp_path: Path, how: str):
    script = (
        load(Path("prompts/value-creation.yaml"), "async") if how == "async" else parse(SMALL, "small.yaml")
    )
    scene = await Scene(tmp_path / "e.db", script).open()
    await scene.order("Host", "workshop open", workshop=script.id, how=how)
    await scene.join("Ada")
    await scene.order("Host", "workshop end")
    assert (await scene.session()).phase is Phase.CLOSED
    assert scene.room()[-1] == "The lobby is closed. We didn't start."
    told = "\n".join([*scene.room(), *scene.private("Ada"), *scene.private("Host")])
    assert "took part" not in told and "review" not in scene.private("Ada")[-1]
    await scene.close()


def test_the_review_begins_at_once_where_no_step_is_open_in_the_tail():
    for name in ("value-creation", "community-maturity", "change-agents"):
        for version in ("90", "60"):
            script = load(PROMPTS / f"{name}.yaml", version)
            assert bool(script.tail_hours) is bool(script.tail), (name, version)


async def test_a_form_that_is_only_filled_in_is_not_answered_yet(tmp_path: Path):
    script = load(PROMPTS / "change-agents.yaml", "90")
    prefilled = [
        (step, field) for step in script.steps for field in getattr(step, "fields", ()) if field.prefill
    ]
    assert prefilled
    step, field = prefilled[0]
    scene = await Scene(tmp_path / "p.db", script).open()
    await scene.gathered("Ada", "Bo")
    while (await scene.session()).step != step.id:
        session = await scene.session()
        if session.step == field.prefill and not session.steps[session.step].by_person:
            await scene.submit("Ada", field.prefill, picks=(field.options[0].key,))
        await scene.next()
    form = now(script, await scene.session(), "stage:ada").form
    assert form is not None and form.texts and not form.answered
    await scene.submit("Ada", step.id, **{field.key: field.options[0].key})
    form = now(script, await scene.session(), "stage:ada").form
    assert form is not None and form.answered
    await scene.close()


@pytest.mark.parametrize("tail", [False, True])
async def test_a_recap_that_is_posted_while_the_vote_is_open_has_its_decisions(tmp_path: Path, tail: bool):
    script = load(PROMPTS / "value-creation.yaml", "60" if tail else "90")
    scene = await Scene(tmp_path / "v.db", script).open()
    await scene.gathered("Ada", "Bo", "Chi", "Dee", "Eve")
    if tail:
        await scene.order("Host", "workshop end")
        assert (await scene.session()).phase is Phase.TAIL
    else:
        while (await scene.session()).step != "next":
            await scene.order("Host", "workshop next")
            await scene.wait(3)
    for name in ("Ada", "Bo", "Chi", "Dee", "Eve"):
        await scene.submit(name, "next", picks=("again",))
    if not tail:
        await scene.order("Host", "workshop end")
    await scene.order("Host", "workshop publish")
    session = await scene.session()
    assert session.phase in (Phase.FOLLOWING, Phase.CLOSED)
    assert [choice.label for choice in recap(script, session).chosen] == ["Meet like this once more"]
    await scene.order("Bo", "take", which="1")
    taken = recap(script, await scene.session()).chosen[0]
    assert taken.owner == "Bo" and taken.due is not None
    await scene.close()
